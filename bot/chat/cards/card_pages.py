"""Paging of cards: what a page shows, its footnote, and the buttons to its neighbours."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.chat.cards.card import Button
from bot.texts import Texts

_LEFT, _RIGHT = "\N{BLACK LEFT-POINTING TRIANGLE}\ufe0f", "\N{BLACK RIGHT-POINTING TRIANGLE}\ufe0f"
# The room of a footnote with its mark.
FOOTNOTE = 60

Item = TypeVar("Item")


def page_items(things: Sequence[Item], page: int, most: int) -> tuple[Sequence[Item], int, int]:
    """Return the items of a page, its number and the number of pages; a page beyond the last is the last."""
    pages = -(-len(things) // most)
    page = min(page, pages - 1)
    return things[page * most : (page + 1) * most], page, pages


def page_footnote(page: int, pages: int, texts: Texts) -> str | None:
    """Name the page and the number of pages; None where there is one."""
    return texts("pages.page", number=page + 1, count=pages) if pages > 1 else None


def page_rows(page: int, pages: int, custom_id: Callable[[int], str], texts: Texts) -> tuple[tuple[Button, ...], ...]:
    """Make the buttons to the previous and next page, ordered by the direction of the language."""
    if pages < 2:  # noqa: PLR2004 (one page needs no turning)
        return ()
    back, on = (_RIGHT, _LEFT) if texts.language == "ar" else (_LEFT, _RIGHT)
    last = pages - 1
    previous = Button(custom_id(max(page - 1, 0)), texts("pages.previous"), back, is_disabled=page == 0)
    following = Button(custom_id(min(page + 1, last)), texts("pages.next"), on, is_disabled=page == last)
    return ((following, previous),) if texts.language == "ar" else ((previous, following),)


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
