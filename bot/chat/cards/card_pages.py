"""Pages of a card that buttons turn in place."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.chat.cards.card import Button
from bot.texts import Texts

_LEFT, _RIGHT = "\N{BLACK LEFT-POINTING TRIANGLE}\ufe0f", "\N{BLACK RIGHT-POINTING TRIANGLE}\ufe0f"
# What a footnote takes, with its mark.
FOOTNOTE = 60

Item = TypeVar("Item")


def page_items(things: Sequence[Item], page: int, most: int) -> tuple[Sequence[Item], int, int]:
    """Return what stands on a page, on the last in the place of one beyond it, its number, and how many there are."""
    pages = -(-len(things) // most)
    page = min(page, pages - 1)
    return things[page * most : (page + 1) * most], page, pages


def page_footnote(page: int, pages: int, texts: Texts) -> str | None:
    """Say which page of how many is shown, where there are several."""
    return texts("pages.page", number=page + 1, count=pages) if pages > 1 else None


def page_rows(page: int, pages: int, custom_id: Callable[[int], str], texts: Texts) -> tuple[tuple[Button, ...], ...]:
    """Make the buttons to the pages beside one, each on the side where its readers turn to it."""
    if pages < 2:  # noqa: PLR2004 (one page needs no turning)
        return ()
    back, on = (_RIGHT, _LEFT) if texts.language == "ar" else (_LEFT, _RIGHT)
    last = pages - 1
    previous = Button(custom_id(max(page - 1, 0)), texts("pages.previous"), back, is_disabled=page == 0)
    following = Button(custom_id(min(page + 1, last)), texts("pages.next"), on, is_disabled=page == last)
    return ((following, previous),) if texts.language == "ar" else ((previous, following),)


def paginate(sizes: Sequence[int], room: int, most: int) -> list[range]:
    """Part a row of things into pages of as many as fit a room, at least one each and no more than `most`."""
    pages: list[range] = []
    start, left = 0, room
    for number, size in enumerate(sizes):
        if number > start and (size > left or number - start == most):
            pages.append(range(start, number))
            start, left = number, room
        left -= size
    return [*pages, range(start, len(sizes))]
