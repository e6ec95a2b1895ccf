"""What else there is to read on a question, a page at a time."""

from collections.abc import Sequence

from bot.answering import Quote, Scope
from bot.chat.buttons.custom_id import Kind, custom_id
from bot.chat.card import ROOM, Card
from bot.chat.cards import question_lines, quote_blocks, scope_lines
from bot.chat.layout import size
from bot.chat.paging import leaf, page_rows
from bot.chat.scope_code import scope_code
from bot.texts import Texts

_A_PAGE = 2


def further_card(  # noqa: PLR0913 (what a page is of, and which it is)
    question: str, earlier: str | None, quotes: Sequence[Quote], page: int, texts: Texts, *, scope: Scope | None = None
) -> Card:
    """Lay out a page, the last one in the place of one after it, below the question, from which it is found again."""
    above = (*question_lines(question, earlier, texts), *scope_lines(scope, texts))
    if not quotes:
        return Card((texts("further.nothing"),), above=above)
    shown, page, pages = leaf(quotes, page, _A_PAGE)
    title, footnote = texts("further.title"), texts("further.footnote", number=page + 1, count=pages)
    room = ROOM - sum(map(size, (*above, f"### {title}", f"-# {footnote}")))
    blocks = quote_blocks(shown, texts, room)
    code = f":{scope_code(scope)}" if scope else ""
    rows = page_rows(page, pages, lambda number: custom_id(Kind.PAGE, f"{number}{code}"), texts)
    return Card(blocks, above=above, title=title, footnote=footnote, rows=rows)
