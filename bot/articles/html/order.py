"""The order of a page put back: blocks, headings and the standfirst that an extraction lost."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice, takewhile

from bot.arabic import ends_sentence
from bot.articles.article import Block
from bot.articles.boilerplate import recogniser
from bot.articles.html.page_text import PageBlock
from bot.articles.html.prose import is_byline, is_prose
from bot.articles.marks import BoilerplatePhrases, fold, opens_with, text_key

_START = 12  # letters by which the blocks are found that a joined one may begin with
_MOST_TRIED = 5
_MOST_PASSED = 30

_LEAST_WORDS = 5
_MOST_LOOKED_AT = 30


def restore_order(blocks: Sequence[Block], page_blocks: Sequence[PageBlock]) -> list[Block]:
    """Split blocks that trafilatura joined, and put blocks back that it moved.

    A quote must not have words side by side that stand apart on the page. Of short pages trafilatura joins all blocks,
    the title too; those that it finds late it puts at the end.
    """
    keys = [text_key(block.text) for block in page_blocks]
    starts = defaultdict[str, list[int]](list)
    for place, key in enumerate(keys):
        if len(tried := starts[key[:_START]]) < _MOST_TRIED:
            tried.append(place)
    known, places = frozenset(keys), unique_positions(page_blocks)
    parts = [part for block in blocks for part in _split_joined(block, page_blocks, keys, starts, known)]
    positions, last = list[int](), -1
    for part in parts:  # one without a position stays behind its predecessor
        last = places.get(text_key(part.text), last)
        positions.append(last)
    return [parts[number] for number in sorted(range(len(parts)), key=positions.__getitem__)]


def unique_positions(page_blocks: Sequence[PageBlock]) -> dict[str, int]:
    """Return the places of the texts that a page has once, by their keys."""
    keys = [text_key(block.text) for block in page_blocks]
    counts = Counter(keys)
    return {key: place for place, key in enumerate(keys) if counts[key] == 1}


def _split_joined(
    block: Block,
    page_blocks: Sequence[PageBlock],
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
        if places := _find_parts(whole, keys, start):
            parts = [page_blocks[place] for place in places]
            parts = [part for part in parts if not part.caption] or parts
            within = [part for part in parts if not part.chrome]
            # Whole articles stand in elements of names such as «post comments-open».
            is_most = 2 * sum(len(part.text) for part in within) >= sum(len(part.text) for part in parts)
            yield from (Block(part.text, part.heading, part.item) for part in (within if is_most else parts))
            return
    yield block


def _find_parts(whole: str, keys: Sequence[str], start: int) -> list[int]:
    """Return the positions, from `start` on, of the page blocks that a text was joined of; none where it was not."""
    places, rest, place = list[int](), whole, start
    # What was left out before the texts were joined is passed over.
    while rest and place < min(len(keys), (places or [start])[-1] + _MOST_PASSED):
        if keys[place] and rest.startswith(keys[place]):
            rest = rest.removeprefix(keys[place])
            places.append(place)
        place += 1
    return [] if rest else places


def restore_headings(
    blocks: Sequence[Block], page_blocks: Sequence[PageBlock], phrases: BoilerplatePhrases
) -> list[Block]:
    """Put a heading of the page back where it stands right above a paragraph that the article has.

    What stands above the first paragraph may be the section or the kicker, and stays away.
    """
    places, kept = unique_positions(page_blocks), {text_key(block.text) for block in blocks}
    restored, under_text = list[Block](), False
    for block in blocks:
        place = places.get(text_key(block.text))
        if under_text and place is not None and not block.heading:
            heads = _headings_above(page_blocks, place)
            heads = [head for head in heads if recogniser(phrases).kind_of(head.text) is None]
            if kept.isdisjoint(text_key(head.text) for head in heads):
                restored += [Block(head.text, heading=True) for head in heads]
        under_text = under_text or not block.heading
        restored.append(block)
    return restored


def drop_links(blocks: Sequence[Block], page_blocks: Sequence[PageBlock]) -> list[Block]:
    """Leave out captions, and lines that are links to other pages: headlines of other news, menus.

    A sentence that is one is text where it stands alone.
    """
    places = unique_positions(page_blocks)
    # The text of a gallery stands in its captions.
    is_gallery = 2 * sum(block.caption for block in page_blocks if is_prose(block)) > sum(map(is_prose, blocks))

    def is_kept(block: Block) -> bool:
        if block.heading or (place := places.get(text_key(block.text))) is None:
            return True
        beside = (*page_blocks[max(place - 1, 0) : place], *page_blocks[place + 1 : place + 2])
        among = not page_blocks[place].item and any(other.linked and not other.chrome for other in beside)
        found = page_blocks[place]
        return not ((found.caption and not is_gallery) or (found.linked and (among or not ends_sentence(block.text))))

    return [*filter(is_kept, blocks)]


def restore_items(blocks: Sequence[Block], page_blocks: Sequence[PageBlock]) -> list[Block]:
    """Put items of lists back that stand between two paragraphs of an article, or below one that ends in a colon."""
    places, kept = unique_positions(page_blocks), {text_key(block.text) for block in blocks}
    restored = list[Block]()
    for block in blocks:
        restored.append(block)
        place = places.get(text_key(block.text))
        if place is None or block.heading:
            continue
        run = list[PageBlock](takewhile(lambda other: _is_lost_item(other, kept), page_blocks[place + 1 :]))
        behind = page_blocks[place + 1 + len(run) :][:1]
        if block.text.endswith((":", "：")) or any(text_key(other.text) in kept for other in behind):
            restored += [Block(item.text, item=True) for item in run]
    return restored


def restore_corrections(
    blocks: Sequence[Block], page_blocks: Sequence[PageBlock], phrases: BoilerplatePhrases
) -> list[Block]:
    """Put corrections of an article, which stand below it, back at its end."""
    places, kept = unique_positions(page_blocks), {text_key(block.text) for block in blocks}
    start = min((places.get(text_key(block.text), len(page_blocks)) for block in blocks), default=0)
    lost = (
        block for block in page_blocks[start:] if not (block.linked or block.chrome or text_key(block.text) in kept)
    )
    return [*blocks, *(Block(block.text) for block in lost if opens_with(fold(block.text), phrases.corrections))]


def _is_lost_item(block: PageBlock, kept: Collection[str]) -> bool:
    is_text = block.item and not (block.linked or block.chrome or block.caption or block.heading)
    return is_text and text_key(block.text) not in kept


def _headings_above(page_blocks: Sequence[PageBlock], place: int) -> list[PageBlock]:
    """List the headings right above a block; pictures may stand between, and what is around every article."""
    headings = []
    for block in reversed(page_blocks[max(place - _MOST_PASSED, 0) : place]):
        if block.heading and not (block.linked or block.chrome):
            headings.append(block)
        elif not (block.caption or block.chrome):
            break
    return headings[::-1]


def restore_standfirst(
    blocks: Sequence[Block], page_blocks: Sequence[PageBlock], title: str, description: str, phrases: BoilerplatePhrases
) -> list[Block]:
    """Put the standfirst back before the blocks of an article.

    It stands under the title, and has an element named so, ends a sentence in a header, or is the page's description.
    """
    places = unique_positions(page_blocks)
    found = [places[key] for block in blocks if (key := text_key(block.text)) in places]
    if not found or not any(map(is_prose, blocks)):
        return list(blocks)
    above = page_blocks[: min(found)]
    headings = [place for place, block in enumerate(above) if block.heading and not block.chrome]
    titles = [place for place in headings if text_key(above[place].text) == text_key(title)]
    below = above[(titles or headings)[-1] + 1 :][:_MOST_LOOKED_AT] if headings else ()
    kept = "\n".join(text_key(block.text) for block in blocks)
    standfirst = [
        Block(block.text)
        for block in below
        if _is_standfirst(block, description, phrases) and text_key(block.text) not in kept
    ]
    return [*dict.fromkeys(standfirst), *blocks]


def _is_standfirst(block: PageBlock, description: str, phrases: BoilerplatePhrases) -> bool:
    if (block.heading and not block.standfirst) or block.item or block.linked or block.chrome or block.caption:
        return False
    if len(block.text.split()) < _LEAST_WORDS or recogniser(phrases).kind_of(block.text) is not None:
        return False
    if is_byline(block.text, phrases):
        return False
    in_header = block.header and is_prose(block) and ends_sentence(block.text)
    key, described = text_key(block.text), text_key(description)
    is_described = key.startswith(described) or described.startswith(key)
    return block.standfirst or in_header or (len(description.split()) >= _LEAST_WORDS and is_described)
