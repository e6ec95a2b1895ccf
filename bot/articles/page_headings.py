"""Puts back the headings that an extraction lost between the paragraphs of a page."""

from collections.abc import Iterator, Mapping, Sequence

from bot.articles.block import Block
from bot.articles.marks import Marks
from bot.articles.page_order import places_of, text_key
from bot.articles.page_text import SeenBlock
from bot.articles.recognition import recogniser

_MOST_PASSED = 30


def with_headings(blocks: Sequence[Block], seen: Sequence[SeenBlock], marks: Marks) -> list[Block]:
    """Put a heading of the page back where it stands right above a paragraph that the article has.

    What stands above the first paragraph may be the section or the kicker, and stays away.
    """
    return list(_headed(blocks, seen, places_of(seen), marks))


def _headed(
    blocks: Sequence[Block], seen: Sequence[SeenBlock], places: Mapping[str, int], marks: Marks
) -> Iterator[Block]:
    kept = {text_key(block.text) for block in blocks}
    under_text = False
    for block in blocks:
        place = places.get(text_key(block.text))
        if under_text and place is not None and not block.heading:
            above = [one for one in _above(seen, place) if recogniser(marks).kind_of(one.text) is None]
            if kept.isdisjoint(text_key(one.text) for one in above):
                yield from (Block(one.text, heading=True) for one in above)
        under_text = under_text or not block.heading
        yield block


def _above(seen: Sequence[SeenBlock], place: int) -> list[SeenBlock]:
    """List the headings right above a block; pictures may stand between, and what is around every article."""
    headings = []
    for block in reversed(seen[max(place - _MOST_PASSED, 0) : place]):
        if block.heading and not (block.linked or block.around):
            headings.append(block)
        elif not (block.caption or block.around):
            break
    return headings[::-1]
