"""The pieces that a reader cuts a text into before navigation is taken out."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.articles.article import Paragraph


@dataclass(frozen=True, slots=True)
class Block:
    """One line or paragraph of a file; `heading` and `item` are known where the form marks them."""

    text: str
    heading: bool = False
    item: bool = False


def paragraphs_of(blocks: Iterable[Block], section: str | None = None) -> tuple[Paragraph, ...]:
    """Hang each body block under the last heading before it."""
    paragraphs = []
    for block in blocks:
        if block.heading:
            section = block.text
        else:
            paragraphs.append(Paragraph(block.text, section))
    return tuple(paragraphs)
