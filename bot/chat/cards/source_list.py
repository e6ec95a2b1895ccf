"""Lists of the articles of the coverage, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.articles import Article
from bot.chat.cards.article_card import find_article, is_article_key
from bot.chat.cards.button_ids import ButtonKind, StaleButtonError, custom_id, decode_scope, encode_scope, parse_number
from bot.chat.cards.card import TEXT_LIMIT, Card
from bot.chat.cards.card_pages import FOOTNOTE, page_footnote, page_items, page_rows
from bot.chat.cards.card_text import fit, inline, size
from bot.chat.cards.markdown_escape import one_line
from bot.chat.cards.scopes import outlet_names, scope_text
from bot.chat.cards.source_lines import article_line
from bot.edition import Edition
from bot.retrieval import Scope
from bot.texts import Texts

# The room that the id of a button has for the words of a title.
_LONGEST_TITLE = 56
_BOUNDS = 4

_PAGE = 8
_TITLE = 200


@dataclass(frozen=True, slots=True)
class SourceList:
    """A page of a list of articles, filtered by scope and by a title or an article's key."""

    scope: Scope | None = None
    title: str = ""
    page: int = 0

    @classmethod
    def from_typed(cls, scope: Scope | None, title: str | None) -> "SourceList":
        """Return the first page of a list for typed filters."""
        return cls(scope, fit(one_line(title or ""), _LONGEST_TITLE, str))

    @classmethod
    def from_button(cls, payload: str, edition: Edition) -> "SourceList":
        """Decode a list from the payload of a button; raise ReplyError where it is malformed or its outlet is gone."""
        parts = payload.split(":", _BOUNDS)
        if len(parts) <= _BOUNDS:
            raise StaleButtonError
        page, *bounds, title = parts
        scope = decode_scope(":".join(bounds), edition.outlets)
        return cls(None if scope == Scope() else scope, title, parse_number(page))

    @property
    def is_everything(self) -> bool:
        """Whether the list has no filter."""
        return self.scope is None and not self.title

    def button_id(self, page: int) -> str:
        """Return the id of the button to another page of the list."""
        return custom_id(ButtonKind.LIST, f"{page}:{encode_scope(self.scope or Scope())}:{self.title}")

    def articles(self, edition: Edition) -> Sequence[Article]:
        """Return all articles of the list, the newest first, or the best matches of the title first."""
        if is_article_key(self.title):
            found = filter(None, [find_article(edition, self.title)])
            return [article for article in found if self.scope is None or self.scope.includes(article)]
        return edition.catalogue.search(self.title, len(edition.catalogue), self.scope)


def sources_card(edition: Edition, asked: SourceList, texts: Texts) -> Card:
    """Lay out a page of a list of articles; describe the coverage where the list is empty."""
    articles = asked.articles(edition)
    title = texts("sources.title")
    if not articles:
        return Card((_asked_for(edition, asked, texts), _nothing(edition, texts)), title=title)
    shown, page, pages = page_items(articles, asked.page, _PAGE)
    intro = _intro(edition, asked, len(articles), texts)
    lines = article_lines(shown, texts, TEXT_LIMIT - size(f"### {title}{intro}") - FOOTNOTE)
    rows = page_rows(page, pages, asked.button_id, texts)
    return Card((intro, lines), title=title, footnote=page_footnote(page, pages, texts), rows=rows)


def article_list_card(intro: str, articles: Sequence[Article], texts: Texts) -> Card:
    """Lay out a few articles below an introduction."""
    return Card((intro, article_lines(articles, texts, TEXT_LIMIT - size(intro))))


def article_lines(articles: Sequence[Article], texts: Texts, room: int) -> str:
    """Name articles in a line each; where the room is too small, the longest lines lose their links."""
    lines = [article_line(article, texts) for article in articles]
    for number in sorted(range(len(lines)), key=lambda number: -size(lines[number])):
        if size("\n".join(lines)) <= room:
            break
        lines[number] = article_line(replace(articles[number], url=None), texts)
    return "\n".join(lines)


def _intro(edition: Edition, asked: SourceList, found: int, texts: Texts) -> str:
    if asked.is_everything:
        return texts("sources.all", count=found)
    total = texts("sources.total", count=len(edition.catalogue))
    matching = texts("sources.matching", found=texts("sources.found", count=found), total=total)
    return f"{_asked_for(edition, asked, texts)}\n{matching}"


def _asked_for(edition: Edition, asked: SourceList, texts: Texts) -> str:
    """Describe the filters of a list."""
    article = find_article(edition, asked.title)
    titled = inline(article.title if article else asked.title, _TITLE, texts.language)
    title = texts("sources.titled", title=titled) if asked.title else ""
    filters = " ".join(filter(None, (scope_text(asked.scope, texts) if asked.scope else None, title)))
    return texts("sources.asked_for", filters=filters)


def _nothing(edition: Edition, texts: Texts) -> str:
    """Say that no article matches, and which dates and outlets the coverage has."""
    lines = [texts("sources.none")]
    first = edition.catalogue.first_day
    if first and edition.as_of:
        lines.append(texts("sources.range", first=texts.day(first), last=texts.day(edition.as_of)))
    if edition.outlets:
        lines.append(texts("sources.outlets", outlets=outlet_names(edition.outlets, texts)))
    return "\n".join(lines)
