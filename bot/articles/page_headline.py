"""Finds the headline that a page without headings has above its text, which is often fuller than the page's title."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from bot.articles.block import Block
from bot.articles.marks import fold
from bot.articles.page_marks import ends_sentence, is_prose, opens_with

_LEAST_WORDS = 3
_MOST_MORE = 4  # words; titles are cut to fit


def headline_of(title: str, blocks: Sequence[Block]) -> str:
    """Return the line above the text that begins as the title does, or else the title."""
    folded = fold(title)
    size = folded.count(" ") + 1
    for block in _above(blocks):
        words = fold(block.text).split()
        is_fuller = size >= _LEAST_WORDS and size < len(words) <= size + _MOST_MORE
        if is_fuller and not block.heading and opens_with(" ".join(words), (folded,)) and not ends_sentence(block.text):
            return block.text
    return title


def without_headline(title: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Leave out what repeats the title above the text, and every heading that does: nothing stands under it alone."""
    folded = fold(title)
    above = len(list(_above(blocks)))
    for place, block in enumerate(blocks):
        if fold(block.text) != folded or not (block.heading or place < above):
            yield block


def _above(blocks: Sequence[Block]) -> Iterator[Block]:
    return takewhile(lambda block: not is_prose(block), blocks)
