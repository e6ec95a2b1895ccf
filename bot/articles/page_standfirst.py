"""Puts back the standfirst of a page, which stands between the title and the text that an extraction finds."""

from collections.abc import Sequence

from bot.articles.block import Block
from bot.articles.marks import Marks
from bot.articles.page_marks import ends_sentence, is_byline, is_dateline, is_prose
from bot.articles.page_order import places_of, text_key
from bot.articles.page_text import SeenBlock
from bot.articles.recognition import recogniser

_LEAST_WORDS = 5
_MOST_LOOKED_AT = 30


def with_standfirst(
    blocks: Sequence[Block], seen: Sequence[SeenBlock], title: str, description: str, marks: Marks
) -> list[Block]:
    """Put what is a standfirst by its place, and by its name or the page's description, before an article's blocks."""
    places = places_of(seen)
    found = [places[key] for block in blocks if (key := text_key(block.text)) in places]
    if not found or not any(map(is_prose, blocks)):
        return list(blocks)
    above = _under_title(seen[: min(found)], title)
    kept = "\n".join(text_key(block.text) for block in blocks)
    standfirst = [
        Block(block.text)
        for block in above
        if _is_standfirst(block, description, marks) and text_key(block.text) not in kept
    ]
    return [*dict.fromkeys(standfirst), *blocks]


def _under_title(above: Sequence[SeenBlock], title: str) -> Sequence[SeenBlock]:
    """Return what stands under the title, or else under the last heading; without one there is no standfirst."""
    headings = [place for place, block in enumerate(above) if block.heading and not block.around]
    titles = [place for place in headings if text_key(above[place].text) == text_key(title)]
    return above[(titles or headings)[-1] + 1 :][:_MOST_LOOKED_AT] if headings else ()


def _is_standfirst(block: SeenBlock, description: str, marks: Marks) -> bool:
    if (block.heading and not block.lead) or block.item or block.linked or block.around or block.caption:
        return False
    if len(block.text.split()) < _LEAST_WORDS or recogniser(marks).kind_of(block.text) is not None:
        return False
    if is_byline(block, marks) or is_dateline(block, marks):
        return False
    in_header = block.header and is_prose(block) and ends_sentence(block.text)
    return block.lead or in_header or _is_described(block.text, description)


def _is_described(text: str, description: str) -> bool:
    """Tell whether a page's description is a text, or the beginning of one."""
    key, described = text_key(text), text_key(description)
    return len(description.split()) >= _LEAST_WORDS and (key.startswith(described) or described.startswith(key))
