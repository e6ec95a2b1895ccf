"""A passage: one paragraph of an article, with its place in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.arabic import month_name
from bot.articles import Article


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed and quoted: paragraph number `paragraph` (0-based) of an article's body."""

    article: Article
    paragraph: int

    @property
    def text(self) -> str:
        """The paragraph as the article has it."""
        return self.article.paragraphs[self.paragraph].text

    @property
    def before(self) -> str:
        """The paragraph before it, or nothing."""
        return self.article.paragraphs[self.paragraph - 1].text if self.paragraph else ""

    @property
    def heading(self) -> str:
        """The heading that the paragraph stands under, and the day of publication, on two lines; either may be empty.

        News rarely names the year that it is written in, and its readers ask by it.
        """
        published = self.article.published
        day = f"{published.day} {month_name(published.month)} {published.year}" if published else ""
        return f"{self.article.paragraphs[self.paragraph].section or ''}\n{day}"


def passages(articles: Iterable[Article]) -> Iterator[Passage]:
    """List the passages of articles in order; a blank paragraph is none."""
    for article in articles:
        for number, paragraph in enumerate(article.paragraphs):
            if paragraph.text.strip():
                yield Passage(article, number)
