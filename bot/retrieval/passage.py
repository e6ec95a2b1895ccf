"""A passage: one paragraph of an article, with its place in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from bot.arabic import month_name
from bot.articles import Article, ArticleTable


@dataclass(frozen=True, slots=True)
class Passage:
    """A unit of indexing and quoting: paragraph number `paragraph` (0-based) of an article's body."""

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


class Passages(Sequence[Passage]):
    """The passages of articles by number, made on access from their article and paragraph numbers, (n,) each."""

    def __init__(self, table: ArticleTable, articles: NDArray[np.integer], paragraphs: NDArray[np.integer]) -> None:
        self._table = table
        self._articles = articles
        self._paragraphs = paragraphs

    def __len__(self) -> int:
        return len(self._articles)

    @overload
    def __getitem__(self, number: int) -> Passage: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Passage]: ...

    def __getitem__(self, number: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(number, slice):
            return Passages(self._table, self._articles[number], self._paragraphs[number])
        return Passage(self._table.at(int(self._articles[number])), int(self._paragraphs[number]))


def passages(article: Article) -> Iterator[Passage]:
    """List the passages of an article in order; a blank paragraph is none."""
    for number, paragraph in enumerate(article.paragraphs):
        if paragraph.text.strip():
            yield Passage(article, number)
