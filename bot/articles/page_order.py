"""Puts what was extracted from a page back into the blocks and the order that the page has."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from bot.articles.block import Block
from bot.articles.marks import fold
from bot.articles.page_text import SeenBlock

_START = 12  # letters by which the blocks are found that a joined one may begin with
_MOST_TRIED = 5
_MOST_PASSED = 30


def as_on_page(blocks: Sequence[Block], seen: Sequence[SeenBlock]) -> list[Block]:
    """Part what was joined and undo moves: a quote must not have words side by side that stand apart on the page.

    Of short pages trafilatura joins all, the title too, and what it finds late it puts at the end.
    """
    keys = [text_key(block.text) for block in seen]
    starts = defaultdict[str, list[int]](list)
    for place, key in enumerate(keys):
        if len(tried := starts[key[:_START]]) < _MOST_TRIED:
            tried.append(place)
    known = frozenset(keys)
    parts = [part for block in blocks for part in _parted(block, seen, keys, starts, known)]
    return _in_order(parts, places_of(seen))


def places_of(seen: Sequence[SeenBlock]) -> dict[str, int]:
    """Return the places of the texts that a page has once, by their keys."""
    keys = [text_key(block.text) for block in seen]
    counts = Counter(keys)
    return {key: place for place, key in enumerate(keys) if counts[key] == 1}


# Every step that reads a page asks for those of its texts.
@lru_cache(maxsize=1 << 10)
def text_key(text: str) -> str:
    """Return what the spellings of a text have in common, with spaces between its words and without."""
    return fold(text).replace(" ", "")


def _parted(
    block: Block,
    seen: Sequence[SeenBlock],
    keys: Sequence[str],
    starts: Mapping[str, Sequence[int]],
    known: Collection[str],
) -> Iterator[Block]:
    """Yield the blocks of the page that a block was joined of, or else the block itself."""
    whole = text_key(block.text)
    if whole in known:
        yield block
        return
    # A joined block begins as its first part does, which may be shorter than what the parts are found by.
    tried = (place for length in range(_START, 0, -1) for place in starts.get(whole[:length], ()))
    for start in islice(tried, _MOST_TRIED):
        if places := _joined(whole, keys, start):
            yield from (Block(part.text, part.heading, part.item) for part in _text([seen[place] for place in places]))
            return
    yield block


def _text(parts: Sequence[SeenBlock]) -> Sequence[SeenBlock]:
    """Leave out what is no text: captions, and what is around it, unless that is more than the rest."""
    uncaptioned = [part for part in parts if not part.caption] or parts
    within = [part for part in uncaptioned if not part.around]
    # Whole articles stand in elements of names such as «post comments-open».
    is_most = 2 * sum(len(part.text) for part in within) >= sum(len(part.text) for part in uncaptioned)
    return within if is_most else uncaptioned


def _joined(whole: str, keys: Sequence[str], start: int) -> list[int]:
    """Return the places, from one on, of the texts that a text was joined of; nothing where it was not."""
    places, rest, place = list[int](), whole, start
    # What was left out before the texts were joined is passed over.
    while rest and place < min(len(keys), (places or [start])[-1] + _MOST_PASSED):
        if keys[place] and rest.startswith(keys[place]):
            rest = rest.removeprefix(keys[place])
            places.append(place)
        place += 1
    return [] if rest else places


def _in_order(blocks: Sequence[Block], places: Mapping[str, int]) -> list[Block]:
    """Sort blocks by their places; one whose place is not known stays behind the one before it."""
    known, last = list[int](), -1
    for block in blocks:
        last = places.get(text_key(block.text), last)
        known.append(last)
    return [blocks[number] for number in sorted(range(len(blocks)), key=known.__getitem__)]
