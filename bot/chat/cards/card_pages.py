"""Paging of cards: what a page shows, its footnote, and the buttons to its neighbours and to both ends."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.chat.cards.card import Button
from bot.texts import Texts

_SIGNS = ("⏮️", "◀️", "▶️", "⏭️")
# Chosen: of fewer pages the ends are near.
_LEAST_TO_JUMP = 5
# The room of a footnote with its mark.
FOOTNOTE = 60

Item = TypeVar("Item")


def page_items(things: Sequence[Item], page: int, most: int) -> tuple[list[Item], int, int]:
    """Return the items of a page, its number and the number of pages; a page beyond the last is the last.

    Articles are read here, in one batch.
    """
    pages = -(-len(things) // most)
    page = min(page, pages - 1)
    return list(things[page * most : (page + 1) * most]), page, pages


def page_footnote(page: int, pages: int, texts: Texts) -> str | None:
    """Name the page and the number of pages; None where there is one."""
    return texts("pages.page", number=page + 1, count=pages) if pages > 1 else None


def page_rows(page: int, pages: int, custom_id: Callable[[str], str], texts: Texts) -> tuple[tuple[Button, ...], ...]:
    """Make the row of buttons to the neighbours and, of many pages, the ends, ordered by the direction of the language.

    `custom_id` takes the number of a page. Ids must differ, so that of a jump begins with a zero.
    """
    if pages < 2:  # noqa: PLR2004 (one page needs no turning)
        return ()
    end, is_first, is_last = pages - 1, page == 0, page == pages - 1
    back = [("00", is_first), (f"{max(page - 1, 0)}", is_first)]
    leads = [*back, (f"{min(page + 1, end)}", is_last), (f"0{end}", is_last)]
    if texts.language == "ar":
        leads.reverse()
    row = tuple(
        Button(custom_id(number), emoji=sign, is_disabled=is_there)
        for sign, (number, is_there) in zip(_SIGNS, leads, strict=True)
    )
    return (row if pages >= _LEAST_TO_JUMP else row[1:-1],)


def paginate(sizes: Sequence[int], room: int, most: int) -> list[range]:
    """Split items of these sizes into pages of as many as fit a room, one to `most` each."""
    pages: list[range] = []
    start, left = 0, room
    for number, size in enumerate(sizes):
        if number > start and (size > left or number - start == most):
            pages.append(range(start, number))
            start, left = number, room
        left -= size
    return [*pages, range(start, len(sizes))]
