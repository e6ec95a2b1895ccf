"""Tells the rows of links and labels of old pages, where navigation stands between the paragraphs, from text."""

import re
from collections.abc import Iterator, Sequence

from bot.arabic import ends_sentence
from bot.articles.article import Block
from bot.articles.html.order import text_key
from bot.articles.html.page_text import PageBlock
from bot.articles.html.prose import is_prose
from bot.articles.marks import BoilerplatePhrases

_BAR = re.compile(r"(?:(?<!\s)\s++)?+[|│¦•·]++\s*+")
_LONGEST = 300  # characters
_FEWEST_LABELS = 3
_LABEL_WORDS = 3


def drop_link_rows(
    blocks: Sequence[Block], page_blocks: Sequence[PageBlock], phrases: BoilerplatePhrases
) -> Iterator[Block]:
    """Leave out rows of nothing but links, and rows of short labels between bars before the text and behind it."""
    links = [block.text for block in page_blocks if block.link_row and not block.item]
    # The bars between the cells of a table are none of the page's own.
    rows, keys = frozenset(links), frozenset(map(text_key, links))
    prose = [place for place, block in enumerate(blocks) if is_prose(block)] or [0]
    for place, block in enumerate(blocks):
        is_edge = not prose[0] <= place <= prose[-1]
        if block.text in rows or (not block.item and text_key(block.text) in keys):
            is_row = len(block.text.split()) <= phrases.headline_words and not ends_sentence(block.text)
        else:
            # Rows of as many parts one below the other are a table that a page has in lines.
            beside = [*blocks[max(place - 1, 0) : place], *blocks[place + 1 : place + 2]]
            is_row = is_edge and is_label_row(block) and all(_size(block) != _size(other) for other in beside)
        if block.heading or not is_row:
            yield block


def is_label_row(block: Block) -> bool:
    """Tell whether a block is a row of short labels between bars, without a number or a sentence."""
    if block.item or len(block.text) > _LONGEST:
        return False
    labels = [label for label in _BAR.split(block.text) if label]
    return (
        len(labels) >= _FEWEST_LABELS
        and all(len(label.split()) <= _LABEL_WORDS and not ends_sentence(label) for label in labels)
        and not any(map(str.isdigit, block.text))
    )


def _size(block: Block) -> int:
    return len(_BAR.split(block.text))
