"""Where a text that a member quotes stands in the coverage: word for word, or nearly."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from bot.answering.answer import Difference
from bot.answering.decision import Finding
from bot.answering.evidence import Candidate
from bot.answering.quotes import Selection
from bot.answering.ranking import Ranking
from bot.answering.reasons import Statement
from bot.arabic import Span, Word, words

# Chosen: of a quotation less of whose words stand there in order, the passage is no source.
_NEARLY = 0.7
_MOST_DIFFERENCES = 3
_MOST_WORDS = 150
# Chosen: a paragraph of news has no word as often.
_MOST_PLACES = 40


def find_quotation(quotation: str, ranking: Ranking) -> Finding | None:
    """Find the passage that has a quotation, or most of it, and in which words it differs; None where none has it."""
    asked = list(words(quotation))
    matched = list(_matched(asked, ranking.candidates))
    best = max(matched, key=_count, default=[])
    if not asked or _count(best) < _NEARLY * len(asked):
        return None
    candidate = ranking.candidates[matched.index(best)]
    written = list(words(candidate.text))
    first, last = written[best[0][1]], written[best[-1][1] + best[-1][2] - 1]
    differences = tuple(_differences(asked, written, best, quotation, candidate.text))
    statement = Statement.NEARLY_QUOTED if differences else Statement.QUOTED
    return Finding(
        statement,
        _selections(candidate, first, last),
        differences=differences[:_MOST_DIFFERENCES],
        marks=tuple(_other_places(written, best))[:_MOST_DIFFERENCES],
    )


def _matched(asked: Sequence[Word], candidates: Sequence[Candidate]) -> Iterator[list[tuple[int, int, int]]]:
    """Yield the runs of words that a quotation shares with each passage, up to one that has all of it."""
    own = [word.normal for word in asked]
    for candidate in candidates:
        found = _match(own, [word.normal for word in words(candidate.text)])
        yield found
        if _count(found) == len(own):
            return


def _match(own: Sequence[str], others: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return the runs of words that two texts share: the first of each in both, and their number."""
    counts = Counter(others)
    # In whatever order, too few of them are there.
    if sum((Counter(own) & counts).values()) < _NEARLY * len(own):
        return []
    # A word that is repeated so often begins no run: each of its places would be compared with each of the other text.
    matcher = SequenceMatcher(lambda word: counts[word] > _MOST_PLACES, own, others, autojunk=False)
    return [(block.a, block.b, block.size) for block in matcher.get_matching_blocks() if block.size]


def _count(blocks: Sequence[tuple[int, int, int]]) -> int:
    return sum(size for _, _, size in blocks)


def _differences(
    asked: Sequence[Word], written: Sequence[Word], blocks: Sequence[tuple[int, int, int]], quotation: str, text: str
) -> Iterator[Difference]:
    """Yield what stands between the shared runs, in the quotation and in the passage, and before and behind them."""
    own, other = 0, blocks[0][1]
    for start, place, size in blocks:
        if own < start or other < place:
            yield Difference(_between(asked, own, start, quotation), _between(written, other, place, text))
        own, other = start + size, place + size
    if own < len(asked):
        last = min(len(written), other + len(asked) - own)
        yield Difference(_between(asked, own, len(asked), quotation), _between(written, other, last, text))


def _other_places(written: Sequence[Word], blocks: Sequence[tuple[int, int, int]]) -> Iterator[Span]:
    """Yield the places of what a passage has between the shared runs."""
    for (_, place, size), (_, behind, _) in pairwise(blocks):
        if place + size < behind:
            yield Span(written[place + size].start, written[behind - 1].end)


def _between(found: Sequence[Word], first: int, last: int, text: str) -> str:
    return text[found[first].start : found[last - 1].end] if first < last else ""


def _selections(candidate: Candidate, first: Word, last: Word) -> tuple[Selection, ...]:
    """Select the sentences from one word to another, as many as may be quoted."""
    numbers = [
        number for number, span in enumerate(candidate.sentences) if span.start < last.end and first.start < span.end
    ]
    selection = Selection(candidate, range(numbers[0], numbers[0] + 1))
    for number in numbers[1:]:
        if selection.with_sentence(number).word_count <= _MOST_WORDS:
            selection = selection.with_sentence(number)
    return (selection,)
