"""Tells the short paragraphs of a page that are text from buttons and counters."""

from collections.abc import Iterable, Iterator

from bot.articles.block import Block

_LEAST_WORDS = 3
_CLOSING = " )]}"
_ENDS = tuple(".!?؟…:؛،»”\"'’")
_QUESTION_MARKS = ("؟", "?")
_AFTER_QUESTION = " )]}»”\"'’"


def without_fragments(blocks: Iterable[Block]) -> Iterator[Block]:
    """Leave out what is short, unless it ends a sentence or answers a question.

    The answer of an interview may be one word, and without it the next answer would stand under its question.
    """
    asked = False
    for block in blocks:
        if asked or not is_fragment(block):
            yield block
            asked = block.text.rstrip(_AFTER_QUESTION).endswith(_QUESTION_MARKS)


def is_fragment(block: Block) -> bool:
    """Tell whether a block is too short for a paragraph, and no sentence."""
    short = not block.heading and not block.item and len(block.text.split()) < _LEAST_WORDS
    return short and not _ends_sentence(block.text)


def _ends_sentence(text: str) -> bool:
    return any(map(str.isalpha, text)) and text.rstrip(_CLOSING).endswith(_ENDS)
