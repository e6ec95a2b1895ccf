"""Candidates for a question, ranked and weighed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.answering.configuration import Knowledge
from bot.answering.evidence import (
    Candidate,
    EvidenceModel,
    Matcher,
    Requirements,
    Signals,
    TermWeights,
    best_sentences,
    match_passages,
    read_signals,
)
from bot.answering.knowledge import Lexicon
from bot.answering.question import Question
from bot.answering.reasons import Requirement
from bot.arabic import Analyser, Term
from bot.edition import Edition
from bot.retrieval import MAX_VARIANT_TERMS, RANKING, Scope, SearchEngine, StemEquivalents

# Some hundred stems each; the bound keeps what made-up words have out of memory.
_REMEMBERED = 1 << 10
# The verb as it is, «she», and «he» of the present.
_INFLECTIONS = (("", ""), ("", "ت"), ("ي", ""))


@dataclass(frozen=True, slots=True)
class RankedCandidate:
    """A candidate with the score it ranks by, its signals, the requirement it misses, and its probability, 0 to 1."""

    candidate: Candidate
    rank: float
    signals: Signals
    missing_requirement: Requirement | None
    probability: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best passages of an edition for a question, best first, with the weights of the question's terms.

    `items` are the first of the candidates, weighed.
    """

    question: Question
    weights: TermWeights
    candidates: tuple[Candidate, ...]
    items: tuple[RankedCandidate, ...]


def other_spellings(question: Question, analyser: Analyser, lexicon: Lexicon) -> list[StemEquivalents]:
    """Return the other spellings of a question's names, numbers and dates, and the standard words of its dialect words.

    All are stems; of very many, those of the first.
    """
    asked = {term.stem for term in question.terms}
    standard = [
        StemEquivalents(frozenset({stem}), _united(*(_forms(term, lexicon) for term in terms)))
        for stem, terms in question.standard_terms.items()
        if stem in asked
    ]
    spelled = [
        StemEquivalents(frozenset(stems), runs=frozenset(tuple(map(analyser.stem, run)) for run in one.spellings))
        for one in question.equivalents[:MAX_VARIANT_TERMS]
        if (stems := asked.intersection(term.stem for term in analyser.terms(question.text[one.start : one.end])))
    ]
    related = [
        StemEquivalents(frozenset({term.stem}), words, weight=RANKING.related_weight)
        for term in question.terms
        if (words := lexicon.thesaurus.related(term))
    ]
    return (spelled + standard + related)[:MAX_VARIANT_TERMS]


def _forms(term: Term, lexicon: Lexicon) -> frozenset[str]:
    """Return the stems under which passages have a standard word: its own, its synonyms', and those of a verb."""
    inflected = frozenset(f"{prefix}{term.stem}{ending}" for prefix, ending in _INFLECTIONS)
    return _united(lexicon.synonyms.get(term.stem, frozenset()), lexicon.thesaurus.related(term), inflected)


@lru_cache(_REMEMBERED)
def _united(*groups: frozenset[str]) -> frozenset[str]:
    """Return the union of groups of stems, which are those of many questions."""
    return frozenset[str]().union(*groups)


def rank(question: Question, edition: Edition, knowledge: Knowledge, scope: Scope | None = None) -> Ranking:
    """Rank and weigh the best passages of an edition, or of its articles in scope, for a question that has terms."""
    engine = edition.index
    spellings = other_spellings(question, knowledge.analyser, knowledge.lexicon)
    shortlist = engine.shortlist(question.terms, spellings, scope)
    weights = TermWeights(question, engine, shortlist, knowledge.background, knowledge.lexicon.everyday)
    best = shortlist.top_k(RANKING.candidates)
    scores = shortlist.scores[best].tolist()
    matcher = Matcher(knowledge.lexicon)
    found = match_passages(shortlist.read(best), question, engine.vocabulary, matcher)
    top = max(scores, default=0.0)
    shares = best_sentences(found, weights.importance).tolist()
    positions = [
        (score / top if top > 0 else 0.0) + RANKING.sentence_weight * share
        for score, share in zip(scores, shares, strict=True)
    ]
    order = sorted(range(len(found)), key=lambda place: -positions[place])
    candidates, ranks = [found[place] for place in order], [positions[place] for place in order]
    read = read_signals(candidates, ranks, question, weights, RANKING.weighed_candidates)
    requirements = Requirements(question, engine, knowledge.lexicon, weights, candidates[: RANKING.weighed_candidates])
    items = [
        _weigh(candidate, position, signals, requirements.first_missing(candidate), knowledge.model)
        for candidate, position, signals in zip(candidates, ranks, read, strict=False)
    ]
    _put_focused_first(items, best_sentences(candidates[: len(items)], weights.focus).tolist())
    ranked = [item.candidate for item in items] + candidates[len(items) :]
    return Ranking(question, weights, tuple(ranked), tuple(items))


def read_candidates(
    numbers: Sequence[int], ranking: Ranking, engine: SearchEngine, matcher: Matcher
) -> dict[int, Candidate]:
    """Return passages by number as candidates: those of the ranking, others read and compared with the question."""
    ranked = {candidate.source.number: candidate for candidate in ranking.candidates}
    unread = engine.read([number for number in numbers if number not in ranked])
    read = match_passages(unread, ranking.question, engine.vocabulary, matcher)
    found = ranked | {candidate.source.number: candidate for candidate in read}
    return {number: found[number] for number in numbers}


def _put_focused_first(items: list[RankedCandidate], focus: Sequence[float]) -> None:
    """Put a neighbour of the best paragraph before it that has more of the focus; `focus` is the share of each item.

    The lead of an article has most of a question's words, the paragraph that answers those around the question word.
    """
    lead = next((place for place, item in enumerate(items) if item.missing_requirement is None), None)
    if lead is None:
        return
    near = [
        place for place, item in enumerate(items) if item.missing_requirement is None and _is_near(item, items[lead])
    ]
    best = max(near, key=lambda place: items[place].rank + RANKING.focus_weight * focus[place])
    items.insert(lead, items.pop(best))


def _is_near(item: RankedCandidate, other: RankedCandidate) -> bool:
    """Tell whether two paragraphs of an article follow each other, or are the same."""
    one, another = item.candidate.source, other.candidate.source
    return one.article_number == another.article_number and abs(one.number - another.number) <= 1


def _weigh(
    candidate: Candidate,
    position: float,
    signals: Signals,
    missing_requirement: Requirement | None,
    model: EvidenceModel,
) -> RankedCandidate:
    """Give a candidate its probability, 0 where it misses a requirement."""
    return RankedCandidate(
        candidate, position, signals, missing_requirement, 0.0 if missing_requirement else model.probability(signals)
    )
