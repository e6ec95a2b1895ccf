"""The pieces that a reader cuts a text into before navigation is taken out."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.articles.article import Paragraph
from bot.articles.long_texts import pieces_of

LONGEST_HEADING = 1000
"""Characters; a longer one is text, whatever a file calls it. Of 10,138 news articles the longest title has 106."""


@dataclass(frozen=True, slots=True)
class Block:
    """One line or paragraph of a file; `heading` and `item` are known where the form marks them."""

    text: str
    heading: bool = False
    item: bool = False


def paragraphs_of(blocks: Iterable[Block], section: str | None = None) -> tuple[Paragraph, ...]:
    """Hang each body block under the last heading before it; one too long for a paragraph becomes several."""
    paragraphs = []
    for block in blocks:
        if block.heading and len(block.text) <= LONGEST_HEADING:
            section = block.text
        else:
            paragraphs += [Paragraph(piece, section) for piece in pieces_of(block.text)]
    return tuple(paragraphs)
