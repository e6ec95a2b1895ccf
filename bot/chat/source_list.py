"""Which articles a list of sources shows, and which page of it, as the id of a button holds it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering import Scope
from bot.articles import Article
from bot.chat.article_keys import find_article, is_article_key
from bot.chat.layout import fit
from bot.chat.neutralise import one_line
from bot.chat.scope_code import SCOPE_CODE, read_scope_code, scope_code
from bot.edition import Edition

# What the id of a button has left for the words of a title.
LONGEST_TITLE = 60
ALL = Scope()
SOURCE_PAGE = re.compile(rf"s1:l:(?P<page>-?\d{{1,6}}):(?P<scope>{SCOPE_CODE}):(?P<title>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SourceList:
    """A page of the articles in scope whose titles have most of a text, or of the one article of a key."""

    scope: Scope = ALL
    title: str = ""
    page: int = 0

    @classmethod
    def of(cls, scope: Scope | None, title: str | None) -> "SourceList":
        """Make the first page of what a person asks for."""
        return cls(scope or ALL, fit(one_line(title or ""), LONGEST_TITLE, str))

    @classmethod
    def from_id(cls, match: re.Match[str], edition: Edition) -> "SourceList":
        """Read a list from the id of a button; raise ReplyError where its outlet is gone from the edition."""
        return cls(read_scope_code(match["scope"], edition.outlets), match["title"], int(match["page"]))

    @property
    def is_everything(self) -> bool:
        """Tell whether nothing is left out."""
        return self.scope == ALL and not self.title

    def button_id(self, page: int) -> str:
        """Write the id of the button that leads to another page of the list."""
        return f"s1:l:{page}:{scope_code(self.scope)}:{self.title}"

    def articles(self, edition: Edition) -> Sequence[Article]:
        """Return all articles of the list, the newest first, or those first that have most of the title."""
        if is_article_key(self.title):
            found = list(filter(None, [find_article(edition, self.title)]))
        else:
            found = edition.titles.search(self.title, len(edition.articles))
        return [article for article in found if self.scope.includes(article)]
