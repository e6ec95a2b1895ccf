"""What the coverage says on a claim, the first passage with what differs, and where a text that is quoted stands."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import accumulate, compress, pairwise
from operator import not_

from bot.answering.answer import Difference
from bot.answering.configuration import Knowledge
from bot.answering.decision import Decision, Finding
from bot.answering.evidence import Candidate
from bot.answering.knowledge import Lexicon
from bot.answering.modes.claim_comparison import ClaimComparison, Compared
from bot.answering.modes.subject_articles import SubjectArticles
from bot.answering.quotes import MOST_WORDS, QuoteSelector, Selection
from bot.answering.ranking import Ranking
from bot.answering.reasons import Statement
from bot.arabic import Span, Word, normal_words, words

# Chosen: a passage of so much of the best rank may be on the claim as well.
_ON_CLAIM = 0.6
# Chosen: a passage with the claim's figures, or others in their place, goes before one without.
_SAME, _OTHER = 0.4, 0.3
# Chosen: a passage with so much of what the best has of a claim is on it as much.
_MOST_OF = 0.9
_FIRST_WORDS = 80


@dataclass(frozen=True, slots=True)
class _OnClaim:
    """A passage on the subject of a claim, and how it compares."""

    candidate: Candidate
    rank: float
    compared: Compared
    is_of_first: bool

    @property
    def order(self) -> float:
        """The rank, more with what is the claim's or stands in its place, in the article that ranks first above all."""
        compared = self.compared
        differing = bool(compared.other) if self.is_of_first else compared.differing
        return self.rank + _SAME * compared.told + _OTHER * differing

    def is_settled(self, most: float) -> bool:
        """Whether it has all figures of a claim and most of its words, or says all of it but for a name."""
        return self.compared.is_settled or (self.compared.told == 1 and self.compared.share >= _MOST_OF * most)


def find_on_claim(decision: Decision, ranking: Ranking, knowledge: Knowledge) -> Finding | None:
    """Find the passages on the subject of a claim, the one first that has what it says or says otherwise."""
    comparison = ClaimComparison(ranking, knowledge.lexicon)
    if not _has_subject(decision, ranking, comparison, knowledge.lexicon):
        return None
    least, article = _ON_CLAIM * max(item.rank for item in ranking.items), ranking.candidates[0].source.article_number
    found = [
        _OnClaim(item.candidate, item.rank, comparison.compare(item.candidate), is_of_first)
        for item in ranking.items
        if ((is_of_first := item.candidate.source.article_number == article) or item.rank >= least)
        # What asks states nothing.
        and not all(item.candidate.asking)
    ]
    # What a passage confirms, or tells of the claim's own places, no other article contradicts that names another.
    if any(one.compared.is_same for one in found) or any(map(comparison.is_at_place, ranking.candidates)):
        found = [one for one in found if one.is_of_first or not one.compared.is_other_name]
    if not found:
        return None
    # Where one passage that has most of a claim has its figures, those of another are of something else.
    most = max(one.compared.share for one in found)
    found.sort(key=lambda one: (not one.is_settled(most), -one.order))
    selector = QuoteSelector(ranking)
    selected = selector.select([one.candidate for one in found])
    return _finding(selected, found[0].compared, ranking)


def compare_answer(ranking: Ranking, selected: Sequence[Selection], lexicon: Lexicon) -> Finding | None:
    """Compare the quotes that answer a question for yes or no with what it asks; None without any."""
    if not selected:
        return None
    compared = ClaimComparison(ranking, lexicon).compare(selected[0].candidate)
    finding = _finding(selected, compared, ranking)
    return replace(finding, shown=None) if finding.statement is Statement.MATTER else finding


def _finding(selected: Sequence[Selection], compared: Compared, ranking: Ranking) -> Finding:
    """Say how the first selection's passage stands to a claim, and quote the places that say so."""
    claim = ranking.question
    places = [*compared.same, *(place for _, place in compared.other)]
    shown = _with_places(selected, places)
    first = shown[0]
    told = [(asked, place) for asked, place in compared.other if first.start <= place.start < first.end]
    differences = tuple(
        dict.fromkeys(
            Difference(claim.written_at(asked.start, asked.end), first.candidate.text[place.start : place.end])
            for asked, place in told
        )
    )
    alike = Statement.SAME if compared.is_same else Statement.DENIED if compared.is_denied else Statement.MATTER
    statement = Statement.OTHERWISE if differences else alike
    said = {Statement.OTHERWISE: [place for _, place in told], Statement.SAME: compared.same}
    marks = tuple(sorted(said.get(statement, ()), key=lambda place: place.start))
    if statement is not Statement.MATTER:
        return Finding(statement, shown, differences=differences, marks=marks, shown=1)
    # Of what says neither, all is shown that may tell.
    others, is_sure = shown[1:], ranking.are_nearly_as_sure([one.candidate for one in shown])
    ordered = first, *compress(others, is_sure), *compress(others, map(not_, is_sure))
    return Finding(statement, ordered, shown=1 + sum(is_sure))


def _has_subject(decision: Decision, ranking: Ranking, comparison: ClaimComparison, lexicon: Lexicon) -> bool:
    """Whether the coverage has, or may have, the subject of a claim; of a year that it lacks it has nothing."""
    if decision.supporting:
        return True
    articles = SubjectArticles(ranking, decision.edition, lexicon)
    if articles.is_covered(comparison.counted):
        return True
    # A plain «هل» asks about anything, known to be in the coverage or not.
    if ranking.question.answer_type is not None or any(map(str.isdecimal, decision.missing)):
        return False
    return _has_region(ranking, comparison, lexicon) and articles.is_near(comparison.counted)


def _has_region(ranking: Ranking, comparison: ClaimComparison, lexicon: Lexicon) -> bool:
    """Whether the first article names a country or a city of the claim, or has most of the rest."""
    named = lexicon.regions.named([word.normal for word in ranking.question.words])
    if not named or not ranking.candidates or comparison.has_rest(ranking.candidates[0]):
        return True
    texts = ranking.candidates[0].passage.surroundings()
    return any(not named.isdisjoint(lexicon.regions.named(list(normal_words(text)))) for text in texts)


def _with_places(selected: Sequence[Selection], places: Sequence[Span]) -> tuple[Selection, ...]:
    """Widen the first selection to the sentences of some places, or move it there, within its budget of words."""
    first, others = selected[0], selected[1:]
    numbers = first.candidate.sentences_at(places)
    if not numbers or all(number in first.sentences for number in numbers):
        return tuple(selected)
    wide = first.with_sentence(numbers[0]).with_sentence(numbers[-1])
    moved = wide if wide.word_count <= _FIRST_WORDS else Selection(first.candidate, range(numbers[0], numbers[0] + 1))
    kept = [moved, *(one for one in others if one.candidate is not first.candidate)]
    totals = accumulate(one.word_count for one in kept)
    return tuple(one for one, total in zip(kept, totals, strict=True) if one is moved or total <= MOST_WORDS)


# Chosen: of a quotation less of whose words stand there in order, the passage is no source.
_NEARLY = 0.7
_MOST_DIFFERENCES = 3
# Chosen: a paragraph of news has no word as often.
_MOST_PLACES = 40


def find_quotation(quotation: str, ranking: Ranking) -> Finding | None:
    """Find the passage that has a quotation, or most of it, and in which words it differs; None where none has it."""
    asked = list(words(quotation))
    own = [word.normal for word in asked]
    matched = list[list[tuple[int, int, int]]]()
    for candidate in ranking.candidates:
        matched.append(_match(own, [word.normal for word in words(candidate.text)]))
        # No other passage has more than all of it.
        if _count(matched[-1]) == len(own):
            break
    best = max(matched, key=_count, default=[])
    if not asked or _count(best) < _NEARLY * len(asked):
        return None
    candidate = ranking.candidates[matched.index(best)]
    written = list(words(candidate.text))
    first, last = written[best[0][1]], written[best[-1][1] + best[-1][2] - 1]
    differences = tuple(_differences(asked, written, best, quotation, candidate.text))
    # What the passage has between the shared runs.
    between = (
        Span(written[place + size].start, written[behind - 1].end)
        for (_, place, size), (_, behind, _) in pairwise(best)
        if place + size < behind
    )
    statement = Statement.NEARLY_QUOTED if differences else Statement.QUOTED
    return Finding(
        statement,
        _selections(candidate, first, last),
        differences=differences[:_MOST_DIFFERENCES],
        marks=tuple(between)[:_MOST_DIFFERENCES],
    )


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


def _between(found: Sequence[Word], first: int, last: int, text: str) -> str:
    return text[found[first].start : found[last - 1].end] if first < last else ""


def _selections(candidate: Candidate, first: Word, last: Word) -> tuple[Selection, ...]:
    """Select the sentences from one word to another, as many as may be quoted."""
    spans = enumerate(candidate.sentences)
    numbers = [number for number, span in spans if span.start < last.end and first.start < span.end]
    selection = Selection(candidate, range(numbers[0], numbers[0] + 1))
    for number in numbers[1:]:
        if selection.with_sentence(number).word_count <= MOST_WORDS:
            selection = selection.with_sentence(number)
    return (selection,)
