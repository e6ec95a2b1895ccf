"""Takes navigation out of an article's blocks and leaves its text."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.articles.block import Block
from bot.articles.inline_teaser import cut_inline_teaser
from bot.articles.marks import Marks
from bot.articles.recognition import Kind, Recogniser, recogniser

_Kind = TypeVar("_Kind", bound=Block)


def strip_navigation(blocks: Sequence[_Kind], marks: Marks) -> list[_Kind]:
    """Drop teasers, related-news lists, share, credit and caption lines."""
    recognise = recogniser(marks)
    return [block for block in _texts(blocks, recognise) if block.text]


def _texts(blocks: Sequence[_Kind], recognise: Recogniser) -> Iterator[_Kind]:
    index = 0
    while index < len(blocks):
        end = _navigation_end(blocks, index, recognise)
        if end == index:
            yield _without_teaser(blocks[index], recognise)
        index = max(end, index + 1)


def _without_teaser(block: _Kind, recognise: Recogniser) -> _Kind:
    text = cut_inline_teaser(block.text, recognise)
    return block if text is block.text else replace(block, text=text)


def _navigation_end(blocks: Sequence[Block], start: int, recognise: Recogniser) -> int:
    """Find where navigation that starts at a block ends; the start itself where it is text."""
    kind = recognise.kind_of(blocks[start].text)
    if kind is None or (kind is Kind.LINE and blocks[start].heading):
        return start
    if kind is Kind.TAIL:
        return _run_end(blocks, start + 1, recognise)
    if kind is Kind.TEASER_ABOVE_HEADLINE:
        return _teased_end(blocks, start + 1, recognise)
    return start + 1


def _run_end(blocks: Sequence[Block], start: int, recognise: Recogniser) -> int:
    end = start
    while end < len(blocks) and _belongs_to_list(blocks[end], recognise):
        end += 1
    return end


def _belongs_to_list(block: Block, recognise: Recogniser) -> bool:
    if block.heading:
        return False
    return recognise.is_headline(block.text) or recognise.kind_of(block.text) is not None


def _teased_end(blocks: Sequence[Block], start: int, recognise: Recogniser) -> int:
    """Take along the one headline below a teaser, or all of them where they are a list's items."""
    end = start
    while end < len(blocks) and not blocks[end].heading and recognise.is_headline(blocks[end].text):
        end += 1
        if not blocks[end - 1].item:
            break
    return end
