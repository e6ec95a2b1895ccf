"""Lists of the articles of the coverage, a page at a time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.articles import Article
from bot.chat.cards.article_card import article_menu, find_article, is_article_key
from bot.chat.cards.button_ids import ButtonKind, StaleButtonError, custom_id, decode_scope, encode_scope, parse_number
from bot.chat.cards.card import FOOTNOTE, Card, page_footnote, page_items, page_rows, room_beside
from bot.chat.cards.card_text import fit, inline, one_line, size
from bot.chat.cards.source_lines import article_entry, outlet_names, scope_text
from bot.edition import Edition
from bot.retrieval import Scope
from bot.texts import Texts

# What stands for a title in the id of a button where the list is of what arrived since a time.
_SINCE = re.compile("§([0-9]{1,10})")
# The room that the id of a button has for the words of a title.
_LONGEST_TITLE = 56
_BOUNDS = 4

_PAGE = 8
_ENTRIES_APART = "\n\n"
_TITLE = 200


@dataclass(frozen=True, slots=True)
class SourceList:
    """A page of a list of articles, filtered by scope and by a title or an article's key.

    Where `arrived_since` is a time, in seconds since 1970, the list is of what came into the coverage since then.
    """

    scope: Scope | None = None
    title: str = ""
    page: int = 0
    arrived_since: int | None = None

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
        scope = None if scope == Scope() else scope
        if since := _SINCE.fullmatch(title):
            return cls(scope, page=parse_number(page), arrived_since=int(since[1]))
        return cls(scope, title, parse_number(page))

    def payload(self, page: int | str) -> str:
        title = self.title if self.arrived_since is None else f"§{self.arrived_since}"
        return f"{page}:{encode_scope(self.scope or Scope())}:{title}"

    def articles(self, edition: Edition) -> Sequence[Article]:
        """Return all articles of the list, the newest first, or the best matches of the title first."""
        if is_article_key(self.title):
            found = filter(None, [find_article(edition, self.title)])
            return [article for article in found if self.scope is None or self.scope.includes(article)]
        return edition.catalogue.search(self.title, len(edition.catalogue), self.scope)


def sources_card(edition: Edition, asked: SourceList, texts: Texts) -> Card:
    """Lay out a page of a list of articles, with a menu to open one; describe the coverage where the list is empty."""
    articles = asked.articles(edition)
    title = texts("sources.title")
    if not articles:
        blocks = (_asked_for(edition, asked, texts), _nothing(edition, texts))
        return Card(tuple(filter(None, blocks)), title=title)
    if asked.scope is None and not asked.title:
        intro = texts("sources.all", count=len(articles))
    else:
        found, total = texts("sources.found", count=len(articles)), len(edition.catalogue)
        intro = f"{_asked_for(edition, asked, texts)}\n{texts('sources.matching', found=found, total=total)}"
    return list_page_card(title, intro, articles, texts, asked)


def list_page_card(title: str | None, intro: str, articles: Sequence[Article], texts: Texts, asked: SourceList) -> Card:
    """Lay out a page of a list of articles below an introduction, with a menu to open one, which leads back to it."""
    shown, page, pages = page_items(articles, asked.page, _PAGE)
    entries = article_entries(shown, texts, room_beside(intro, title=title) - FOOTNOTE)
    rows = page_rows(page, pages, lambda number: custom_id(ButtonKind.LIST, asked.payload(number)), texts)
    menu = article_menu(shown, texts, asked.payload(page))
    return Card((intro, entries), title=title, footnote=page_footnote(page, pages, texts), rows=rows, menu=menu)


def article_entries(articles: Sequence[Article], texts: Texts, room: int) -> str:
    """Name articles in an entry each, as many as fit; where the room is small, the longest lose their links."""
    entries = [article_entry(article, texts) for article in articles]
    for number in sorted(range(len(entries)), key=lambda number: -size(entries[number])):
        if size(_ENTRIES_APART.join(entries)) <= room:
            break
        entries[number] = article_entry(replace(articles[number], url=None), texts)
    while entries and size(_ENTRIES_APART.join(entries)) > room:
        entries.pop()
    return _ENTRIES_APART.join(entries)


def _asked_for(edition: Edition, asked: SourceList, texts: Texts) -> str:
    """Describe the filters of a list; empty without any."""
    article = find_article(edition, asked.title)
    titled = inline(article.title if article else asked.title, _TITLE, texts.language)
    lines = (
        texts("sources.asked_for", scope=scope_text(asked.scope, texts)) if asked.scope else None,
        texts("sources.titled", title=titled) if asked.title else None,
    )
    return "\n".join(filter(None, lines))


def _nothing(edition: Edition, texts: Texts) -> str:
    """Say that no article matches, and which dates and outlets the coverage has."""
    lines = [texts("sources.none")]
    first = edition.articles.first_day
    if first and first == edition.as_of:
        lines.append(texts("sources.one_day", date=texts.day(first)))
    elif first and edition.as_of:
        lines.append(texts("sources.range", first=texts.day(first), last=texts.day(edition.as_of)))
    if edition.outlets:
        lines.append(texts("sources.outlets", outlets=outlet_names(edition.outlets, texts)))
    return "\n".join(lines)
