"""An article as pages of a card, the menu that opens one, and the short key that names it in the id of a button."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.arabic import LINE_ISOLATE_SIZE, is_right_to_left, isolate_line, isolate_phrases
from bot.articles import Article, id_digest
from bot.chat.cards.button_ids import WHOLE_LIST, ButtonKind, custom_id
from bot.chat.cards.card import TEXT_LIMIT, Button, Card, Choice, Menu, page_footnote, page_rows, paginate, small_print
from bot.chat.cards.card_text import fit, inline, isolate, one_line, size
from bot.chat.cards.quote_text import cut_notice, fit_quote
from bot.chat.cards.source_lines import cited_line, join_parts, outlet_name, title_link
from bot.edition import Edition
from bot.texts import Texts, dead_text

# No title that a person types begins like this.
_MARK = "\u00b6"

_AUTHOR, _SECTION = 80, 100
# Sources of an article, with the longest link; a head still leaves most of the card to the paragraphs.
_CITED = 900
# The rooms of a footnote, of the name of a section that goes on, and of the space between paragraphs.
_FOOTNOTE, _CONTINUED, _APART = 120, _SECTION + 40, 2
_MOST_PARAGRAPHS = 6
# Discord's limits for the entries of a menu, and for the characters of one.
_MOST_CHOICES, _CHOICE = 25, 100


def article_key(article: Article) -> str:
    """Return the key of an article, the same in every edition."""
    return _MARK + id_digest(article.id).hex()


def is_article_key(text: str) -> bool:
    return text.startswith(_MARK)


def find_article(edition: Edition, key: str) -> Article | None:
    """Return the article of a key; None where the edition lacks it."""
    if not is_article_key(key):
        return None
    try:
        digest = bytes.fromhex(key.removeprefix(_MARK))
    except ValueError:
        return None
    [found] = edition.articles.with_digests([digest])
    return next((article for article in found if article_key(article) == key), None)


def article_card(article: Article, page: int, texts: Texts, back: str = WHOLE_LIST) -> Card:
    """Lay out a page of an article; a paragraph longer than a page is cut. `back` is the payload of its list."""
    head = _head(article, texts)
    room = TEXT_LIMIT - size(head) - _FOOTNOTE - _CONTINUED
    paragraphs = [_paragraph(article, number, room, texts) for number in range(len(article.paragraphs))]
    pages = paginate([size(paragraph) + _APART for paragraph in paragraphs], room, _MOST_PARAGRAPHS)
    page = min(page, len(pages) - 1)
    key = article_key(article)
    rows = page_rows(page, len(pages), lambda number: custom_id(ButtonKind.ARTICLE, f"{number}:{key}"), texts)
    *turns, last = rows or ((),)
    to_list = Button(custom_id(ButtonKind.LIST, back), texts("pages.list"), "📋")
    blocks = _blocks(article, pages[page], paragraphs, texts)
    return Card((head, *blocks), footnote=_footnote(article, page, pages, texts), rows=(*turns, (*last, to_list)))


def _head(article: Article, texts: Texts) -> str:
    sections = len({paragraph.section for paragraph in article.paragraphs if paragraph.section})
    lines = (
        f"## {title_link(article, texts)}",
        join_parts(
            article.outlet and texts("article.outlet", outlet=outlet_name(article.outlet, texts)),
            article.author and texts("article.author", author=inline(article.author, _AUTHOR, texts.language)),
            texts("card.published", date=texts.day(article.published)) if article.published else None,
            dead_text(article, texts),
        ),
        small_print(
            join_parts(
                texts("article.paragraphs", count=len(article.paragraphs)),
                texts("article.sections", count=sections) if sections else None,
            )
        ),
        cited_line(article, texts, _CITED),
    )
    return "\n".join(filter(None, lines))


def _blocks(article: Article, numbers: range, paragraphs: Sequence[str], texts: Texts) -> Iterator[str]:
    """Yield the paragraphs of a page, a block for each section; a section that began before is named in small print."""
    for section, these in groupby(numbers, lambda number: article.paragraphs[number].section):
        listed = list(these)
        shown = "\n\n".join(paragraphs[number] for number in listed)
        if section and listed[0] > 0 and article.paragraphs[listed[0] - 1].section == section:
            named = inline(section, _SECTION, texts.language)
            shown = f"{small_print(texts('article.continued', section=named))}\n{shown}"
        yield shown


def _paragraph(article: Article, number: int, room: int, texts: Texts) -> str:
    section = article.paragraphs[number].section
    begins = section and (number == 0 or article.paragraphs[number - 1].section != section)
    heading = f"### {inline(section, _SECTION, texts.language)}\n" if section and begins else ""
    cut = cut_notice(texts)
    shown, is_cut = fit_quote(article.paragraphs[number].text, room - size(heading) - size(cut) - _APART)
    return heading + shown + (cut if is_cut else "")


def _footnote(article: Article, page: int, pages: Sequence[range], texts: Texts) -> str | None:
    """Name the page and its paragraphs; None where there is one page."""
    counted = page_footnote(page, len(pages), texts)
    if counted is None:
        return None
    numbers, count = pages[page], len(article.paragraphs)
    if len(numbers) == 1:
        return join_parts(texts("card.place", number=numbers[0] + 1, count=count), counted)
    return join_parts(texts("article.range", first=numbers[0] + 1, last=numbers[-1] + 1, count=count), counted)


def article_menu(articles: Sequence[Article], texts: Texts, back: str = "") -> Menu:
    """Make the menu that opens an article: in the place of the list of the payload `back`, or beside without one."""

    def details(article: Article) -> str:
        day = texts.day(article.published) if article.published else None
        return join_parts(day, article.outlet and isolate(one_line(article.outlet), texts.language))

    choices = (
        Choice(
            article_key(article),
            _isolated(article.title, is_right_to_left(article.title)),
            _isolated(small, texts.language == "ar") if (small := details(article)) else None,
        )
        for article in articles[:_MOST_CHOICES]
    )
    return Menu(custom_id(ButtonKind.OPEN, back), texts("sources.open"), tuple(choices))


def _isolated(words: str, from_right: bool) -> str:  # noqa: FBT001
    """Fit the words of a menu, which reads no markup, and isolate them."""
    return isolate_line(fit(one_line(words), _CHOICE - LINE_ISOLATE_SIZE, isolate_phrases), from_right=from_right)
