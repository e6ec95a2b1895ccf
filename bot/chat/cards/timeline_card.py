"""A timeline as pages of a card: each quote under the day of its publication, from the oldest to the newest."""

from collections.abc import Sequence

from bot.answering import Answer, Quote
from bot.chat.cards.button_ids import ButtonKind, custom_id, encode_scope
from bot.chat.cards.card import ANSWER, TEXT_LIMIT, Button, Card
from bot.chat.cards.card_pages import page_footnote, page_items, page_rows
from bot.chat.cards.card_text import link, size, small_print
from bot.chat.cards.quote_text import cut_notice, fit_quote
from bot.chat.cards.source_lines import day_and_age, join_parts, other_source_lines, outlet_name
from bot.chat.cards.source_list import article_entries, article_menu
from bot.texts import Texts, quote_link

# As many quotes as the ids of the buttons for their context and for copying hold.
_A_PAGE = 3
_TITLE = 200
# Other articles with a quote's words get at most this part of the room that is left to it.
_ALSO_SHARE = 4


def timeline_card(answer: Answer, page: int, texts: Texts, room: int = TEXT_LIMIT) -> Card:
    """Lay out a page of a timeline; on the last one, also the articles that have no day."""
    shown, page, pages = page_items(answer.quotes, page, _A_PAGE)
    footnote = join_parts(page_footnote(page, pages, texts), texts("timeline.footnote"))
    room -= size(small_print(footnote))
    undated = answer.unquoted_articles if page == pages - 1 else ()
    heading = texts("timeline.undated")
    entries = article_entries(undated, texts, room // 3 - size(heading))
    listed = (f"{heading}\n{entries}",) if entries else ()
    each = (room - sum(map(size, listed))) // len(shown)
    blocks = tuple(_entry(quote, each, texts) for quote in shown)
    menu = article_menu(undated, texts) if listed else None
    return Card((*blocks, *listed), ANSWER, footnote=footnote, menu=menu)


def timeline_page(answer: Answer, page: int) -> Sequence[Quote]:
    """Return the quotes of a page."""
    return page_items(answer.quotes, page, _A_PAGE)[0]


def timeline_rows(answer: Answer, page: int, texts: Texts) -> tuple[tuple[Button, ...], ...]:
    """Make the buttons to other pages; each finds the timeline anew, in the same scope."""
    _, page, pages = page_items(answer.quotes, page, _A_PAGE)
    scope = f":{encode_scope(answer.scope)}" if answer.scope else ""
    return page_rows(page, pages, lambda number: custom_id(ButtonKind.TIMELINE, f"{number}{scope}"), texts)


def _entry(quote: Quote, room: int, texts: Texts) -> str:
    article = quote.article
    title = link(article.title, quote_link(quote), _TITLE, texts.language)
    named = join_parts(title, article.outlet and outlet_name(article.outlet, texts))
    day, source = f"**{day_and_age(article, texts)}**", f"{texts('answer.source')} {named}"
    room -= size(day) + size(source) + 2
    if also := other_source_lines(quote, texts, room // _ALSO_SHARE):
        source = f"{source}\n{also}"
        room -= size(also) + 1
    cut = cut_notice(texts)
    shown, is_cut = fit_quote(quote.text, room - size(cut), quote.highlights)
    return f"{day}\n{shown}\n{source}{cut if is_cut else ''}"
