"""An article to read: what is known about it, and its paragraphs word for word, a few a page."""

from bot.articles import Article
from bot.chat.article_keys import article_key
from bot.chat.buttons.custom_id import Kind, custom_id
from bot.chat.card import ROOM, Card
from bot.chat.layout import fit, name, size
from bot.chat.neutralise import block_quote
from bot.chat.paging import FOOTNOTE, page_footnote, page_rows, parted
from bot.chat.sources import joined, outlet_name, place_words, title_link
from bot.edition import Edition
from bot.texts import Texts

_AUTHOR = 80
_MOST_PARAGRAPHS = 6


def article_card(edition: Edition, article: Article, page: int, texts: Texts) -> Card:
    """Lay out a page of an article; a paragraph longer than a page is cut."""
    head = _head(edition, article, texts)
    room = ROOM - size(head) - FOOTNOTE
    paragraphs = [_paragraph(article, number, room, texts) for number in range(len(article.paragraphs))]
    pages = parted([size(paragraph) for paragraph in paragraphs], room, _MOST_PARAGRAPHS)
    page = min(page, len(pages) - 1)
    key = article_key(article)
    rows = page_rows(page, len(pages), lambda number: custom_id(Kind.ARTICLE, f"{number}:{key}"), texts)
    shown = (paragraphs[number] for number in pages[page])
    return Card((head, *shown), footnote=page_footnote(page, len(pages), texts), rows=rows)


def _head(edition: Edition, article: Article, texts: Texts) -> str:
    """Name an article, and say by whom it is, when it appeared, how long it is and how new among the others."""
    sections = len({paragraph.section for paragraph in article.paragraphs if paragraph.section})
    lines = (
        f"**{texts('article.titled', title=title_link(article, texts))}**",
        joined(
            article.outlet and texts("article.outlet", outlet=outlet_name(article.outlet, texts)),
            article.author and texts("article.author", author=name(article.author, _AUTHOR, texts.language)),
            texts("card.published", date=texts.day(article.published)) if article.published else None,
        ),
        joined(
            texts("article.paragraphs", count=len(article.paragraphs)),
            texts("article.sections", count=sections) if sections else None,
            _place(article, edition, texts),
        ),
    )
    return "\n".join(filter(None, lines))


def _place(article: Article, edition: Edition, texts: Texts) -> str:
    newest = edition.titles.newest
    if len(newest) == 1:
        return texts("article.only")
    total = texts("sources.total", count=len(newest))
    return texts("article.place", number=newest.place(article.id) + 1, total=total)


def _paragraph(article: Article, number: int, room: int, texts: Texts) -> str:
    """Quote a paragraph under its place and the heading of its section."""
    place = f"-# {place_words(article, number, texts)}\n"
    return place + fit(article.paragraphs[number].text, room - size(place), block_quote)
