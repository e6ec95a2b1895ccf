"""Paging of cards: what a page shows, its footnote, and the buttons to its neighbours and to both ends."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.chat.cards.card import Button
from bot.texts import Texts

_LEFT, _RIGHT = "\N{BLACK LEFT-POINTING TRIANGLE}\ufe0f", "\N{BLACK RIGHT-POINTING TRIANGLE}\ufe0f"
_FAR_LEFT = "\N{BLACK LEFT-POINTING DOUBLE TRIANGLE WITH VERTICAL BAR}\ufe0f"
_FAR_RIGHT = "\N{BLACK RIGHT-POINTING DOUBLE TRIANGLE WITH VERTICAL BAR}\ufe0f"
# With two pages, the neighbour is the other end.
_LEAST_TO_JUMP = 3
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
    """Make the buttons to the neighbours and the ends, ordered by the direction of the language.

    `custom_id` takes the number of a page. Ids must differ, so that of a jump begins with a zero.
    """
    if pages < 2:  # noqa: PLR2004 (one page needs no turning)
        return ()
    is_from_right = texts.language == "ar"
    back, on = (_RIGHT, _LEFT) if is_from_right else (_LEFT, _RIGHT)
    far_back, far_on = (_FAR_RIGHT, _FAR_LEFT) if is_from_right else (_FAR_LEFT, _FAR_RIGHT)
    end = pages - 1
    turns = (
        Button(custom_id(f"{max(page - 1, 0)}"), texts("pages.previous"), back, is_disabled=page == 0),
        Button(custom_id(f"{min(page + 1, end)}"), texts("pages.next"), on, is_disabled=page == end),
    )
    jumps = (
        Button(custom_id("00"), emoji=far_back, is_disabled=page == 0),
        Button(custom_id(f"0{end}"), emoji=far_on, is_disabled=page == end),
    )
    # Four buttons are wider than a phone.
    rows = (turns, jumps) if pages >= _LEAST_TO_JUMP else (turns,)
    return tuple(row[::-1] for row in rows) if is_from_right else rows


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
