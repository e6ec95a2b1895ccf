"""An article as pages of a card, and the short key that names it in the id of a button."""

from bot.articles import Article, id_digest
from bot.chat.cards.button_ids import ButtonKind, custom_id
from bot.chat.cards.card import TEXT_LIMIT, Card
from bot.chat.cards.card_pages import FOOTNOTE, page_footnote, page_rows, paginate
from bot.chat.cards.card_text import fit_quote, inline, size
from bot.chat.cards.source_lines import cited_line, join_parts, outlet_name, position_text, title_link
from bot.edition import Edition
from bot.texts import Texts

# No title that a person types begins like this.
_MARK = "\u00b6"

_AUTHOR = 80
# Sources of an article, with the longest link; a head still leaves most of the card to the paragraphs.
_CITED = 900
_MOST_PARAGRAPHS = 6


def article_key(article: Article) -> str:
    """Return the key of an article, the same in every edition."""
    return _MARK + id_digest(article.id).hex()


def is_article_key(text: str) -> bool:
    """Tell whether a text has the form of an article's key."""
    return text.startswith(_MARK)


def find_article(edition: Edition, key: str) -> Article | None:
    """Return the article of a key; None where the edition lacks it."""
    if not is_article_key(key):
        return None
    try:
        digest = bytes.fromhex(key.removeprefix(_MARK))
    except ValueError:
        return None
    return next((article for article in edition.catalogue.by_digest(digest) if article_key(article) == key), None)


def article_card(edition: Edition, article: Article, page: int, texts: Texts) -> Card:
    """Lay out a page of an article; a paragraph longer than a page is cut."""
    head = _head(edition, article, texts)
    room = TEXT_LIMIT - size(head) - FOOTNOTE
    paragraphs = [_paragraph(article, number, room, texts) for number in range(len(article.paragraphs))]
    pages = paginate([size(paragraph) for paragraph in paragraphs], room, _MOST_PARAGRAPHS)
    page = min(page, len(pages) - 1)
    key = article_key(article)
    rows = page_rows(page, len(pages), lambda number: custom_id(ButtonKind.ARTICLE, f"{number}:{key}"), texts)
    shown = (paragraphs[number] for number in pages[page])
    return Card((head, *shown), footnote=page_footnote(page, len(pages), texts), rows=rows)


def _head(edition: Edition, article: Article, texts: Texts) -> str:
    """Write the head of an article: title, outlet, author, date, length, its rank by date, and what it rests on."""
    sections = len({paragraph.section for paragraph in article.paragraphs if paragraph.section})
    lines = (
        f"**{texts('article.titled', title=title_link(article, texts))}**",
        join_parts(
            article.outlet and texts("article.outlet", outlet=outlet_name(article.outlet, texts)),
            article.author and texts("article.author", author=inline(article.author, _AUTHOR, texts.language)),
            texts("card.published", date=texts.day(article.published)) if article.published else None,
        ),
        join_parts(
            texts("article.paragraphs", count=len(article.paragraphs)),
            texts("article.sections", count=sections) if sections else None,
            _place(article, edition, texts),
        ),
        cited_line(article, texts, _CITED),
    )
    return "\n".join(filter(None, lines))


def _place(article: Article, edition: Edition, texts: Texts) -> str:
    count = len(edition.catalogue)
    if count == 1:
        return texts("article.only")
    total = texts("sources.total", count=count)
    return texts("article.place", number=edition.catalogue.newer_than(article) + 1, total=total)


def _paragraph(article: Article, number: int, room: int, texts: Texts) -> str:
    """Quote a paragraph under its position and the heading of its section."""
    place = f"-# {position_text(article, number, texts)}\n"
    cut = f"\n-# {texts('card.cut')}"
    shown, is_cut = fit_quote(article.paragraphs[number].text, room - size(place) - size(cut))
    return place + shown + (cut if is_cut else "")
