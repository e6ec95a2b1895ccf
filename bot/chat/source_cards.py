"""The articles that the bot answers from, as pages of reading."""

from collections.abc import Sequence
from dataclasses import replace

from bot.articles import Article
from bot.chat.article_keys import find_article
from bot.chat.card import ROOM, Card
from bot.chat.layout import name, size
from bot.chat.paging import FOOTNOTE, leaf, page_footnote, page_rows
from bot.chat.scopes import outlet_names, scope_words
from bot.chat.source_list import SourceList
from bot.chat.sources import reading_line
from bot.edition import Edition
from bot.texts import Texts

_PAGE = 8
_TITLE = 200


def sources_card(edition: Edition, asked: SourceList, texts: Texts) -> Card:
    """Lay out a page of a list of articles, or say what there is where the list is empty."""
    articles = asked.articles(edition)
    title = texts("sources.title")
    if not articles:
        return Card((_asked_for(edition, asked, texts), _nothing(edition, texts)), title=title)
    shown, page, pages = leaf(articles, asked.page, _PAGE)
    intro = _intro(edition, asked, len(articles), texts)
    lines = reading_lines(shown, texts, ROOM - size(f"### {title}{intro}") - FOOTNOTE)
    rows = page_rows(page, pages, asked.button_id, texts)
    return Card((intro, lines), title=title, footnote=page_footnote(page, pages, texts), rows=rows)


def reading_card(intro: str, articles: Sequence[Article], texts: Texts) -> Card:
    """Lay out a few articles as reading."""
    return Card((intro, reading_lines(articles, texts, ROOM - size(intro))))


def reading_lines(articles: Sequence[Article], texts: Texts, room: int) -> str:
    """Name a few articles as reading, a line each; where the room is too small, the longest go without their links."""
    lines = [reading_line(article, texts) for article in articles]
    for number in sorted(range(len(lines)), key=lambda number: -size(lines[number])):
        if size("\n".join(lines)) <= room:
            break
        lines[number] = reading_line(replace(articles[number], url=None), texts)
    return "\n".join(lines)


def _intro(edition: Edition, asked: SourceList, found: int, texts: Texts) -> str:
    if asked.is_everything:
        return texts("sources.all", count=found)
    total = texts("sources.total", count=len(edition.articles))
    matching = texts("sources.matching", found=texts("sources.found", count=found), total=total)
    return f"{_asked_for(edition, asked, texts)}\n{matching}"


def _asked_for(edition: Edition, asked: SourceList, texts: Texts) -> str:
    """Say in words what the list is narrowed to."""
    article = find_article(edition, asked.title)
    titled = name(article.title if article else asked.title, _TITLE, texts.language)
    title = texts("sources.titled", title=titled) if asked.title else ""
    filters = " ".join(filter(None, (scope_words(asked.scope, texts) if asked.scope else None, title)))
    return texts("sources.asked_for", filters=filters)


def _nothing(edition: Edition, texts: Texts) -> str:
    """Say that no article is as asked, from when to when there are articles, and by whom."""
    lines = [texts("sources.none")]
    first = edition.articles.first_day
    if first and edition.as_of:
        lines.append(texts("sources.range", first=texts.day(first), last=texts.day(edition.as_of)))
    if edition.outlets:
        lines.append(texts("sources.outlets", outlets=outlet_names(edition.outlets, texts)))
    return "\n".join(lines)
