"""Which articles a list of sources shows, and which page of it, as the id of a button holds it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering import Scope
from bot.articles import Article
from bot.chat.article_keys import find_article, is_article_key
from bot.chat.buttons.custom_id import Kind, StaleButtonError, custom_id, number
from bot.chat.layout import fit
from bot.chat.neutralise import one_line
from bot.chat.scope_code import read_scope_code, scope_code
from bot.edition import Edition

# What the id of a button has left for the words of a title.
_LONGEST_TITLE = 56
_BOUNDS = 4


@dataclass(frozen=True, slots=True)
class SourceList:
    """A page of the articles in scope whose titles have most of a text, or of the one article of a key."""

    scope: Scope | None = None
    title: str = ""
    page: int = 0

    @classmethod
    def of(cls, scope: Scope | None, title: str | None) -> "SourceList":
        """Make the first page of what a person asks for."""
        return cls(scope, fit(one_line(title or ""), _LONGEST_TITLE, str))

    @classmethod
    def read(cls, load: str, edition: Edition) -> "SourceList":
        """Read a list from what the id of a button holds; raise ReplyError where that cannot be read any more."""
        parts = load.split(":", _BOUNDS)
        if len(parts) <= _BOUNDS:
            raise StaleButtonError
        page, *bounds, title = parts
        scope = read_scope_code(":".join(bounds), edition.outlets)
        return cls(None if scope == Scope() else scope, title, number(page))

    @property
    def is_everything(self) -> bool:
        """Tell whether nothing is left out."""
        return self.scope is None and not self.title

    def button_id(self, page: int) -> str:
        """Write the id of the button that leads to another page of the list."""
        return custom_id(Kind.LIST, f"{page}:{scope_code(self.scope or Scope())}:{self.title}")

    def articles(self, edition: Edition) -> Sequence[Article]:
        """Return all articles of the list, the newest first, or those first that have most of the title."""
        if is_article_key(self.title):
            found = filter(None, [find_article(edition, self.title)])
            return [article for article in found if self.scope is None or self.scope.includes(article)]
        named = edition.titles.search(self.title, len(edition.articles))
        return named if self.scope is None else named.among(self.scope.among(edition.articles))
