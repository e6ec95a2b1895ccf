"""Candidates for a question, ranked and weighed."""

from dataclasses import dataclass

from bot.answering.answer import Scope
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
from bot.answering.question import Question
from bot.answering.reasons import Requirement
from bot.arabic import Analyser
from bot.edition import Edition
from bot.retrieval import MAX_VARIANT_TERMS, StemEquivalents

_CANDIDATES = 10
# Beyond the best five candidates, support is more often chance than evidence.
_WEIGHED = 5
# A passage ranks by its share of the best score, and by how much of the question its best sentence covers.
_SENTENCE_WEIGHT = 0.7


@dataclass(frozen=True, slots=True)
class RankedCandidate:
    """A candidate, what it ranks by, its signals, what rules it out, and the probability, 0 to 1, that it answers."""

    candidate: Candidate
    rank: float
    signals: Signals
    missing_requirement: Requirement | None
    probability: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best passages of an edition for a question, best first, and what each word of the question is worth there.

    `items` are the first of the candidates, weighed.
    """

    question: Question
    weights: TermWeights
    candidates: tuple[Candidate, ...]
    items: tuple[RankedCandidate, ...]


def other_spellings(question: Question, analyser: Analyser) -> list[StemEquivalents]:
    """Say for the search what a question's names, numbers and dates are in other words; of very many, of the first."""
    asked = {term.stem for term in question.terms}
    return [
        StemEquivalents(frozenset(stems), frozenset(tuple(map(analyser.stem, run)) for run in one.spellings))
        for one in question.equivalents[:MAX_VARIANT_TERMS]
        if (stems := asked.intersection(term.stem for term in analyser.terms(question.text[one.start : one.end])))
    ]


def rank(question: Question, edition: Edition, knowledge: Knowledge, scope: Scope | None = None) -> Ranking:
    """Rank and weigh the best passages of an edition, or of its articles in scope, for a question that has terms."""
    within = None if scope is None else scope.among(edition.articles)[edition.index.article_numbers]
    shortlist = edition.index.shortlist(question.terms, other_spellings(question, knowledge.analyser), within)
    weights = TermWeights(question, edition, shortlist, knowledge.background)
    best = shortlist.top_k(_CANDIDATES)
    scores = shortlist.scores[best].tolist()
    matcher = Matcher(knowledge.lexicon.synonyms)
    found = match_passages(shortlist.passages[best].tolist(), question, edition.index, matcher)
    top = max(scores, default=0.0)
    shares = best_sentences(found, weights.importance).tolist()
    positions = [
        (score / top if top > 0 else 0.0) + _SENTENCE_WEIGHT * share
        for score, share in zip(scores, shares, strict=True)
    ]
    order = sorted(range(len(found)), key=lambda place: -positions[place])
    candidates, ranks = [found[place] for place in order], [positions[place] for place in order]
    read = read_signals(candidates, ranks, question, weights, _WEIGHED)
    requirements = Requirements(question, edition.index, knowledge.lexicon)
    items = [
        _weigh(candidate, position, signals, requirements.first_missing(candidate), knowledge.model)
        for candidate, position, signals in zip(candidates, ranks, read, strict=False)
    ]
    return Ranking(question, weights, tuple(candidates), tuple(items))


def _weigh(
    candidate: Candidate,
    position: float,
    signals: Signals,
    missing_requirement: Requirement | None,
    model: EvidenceModel,
) -> RankedCandidate:
    """Say how likely a candidate answers that nothing rules out."""
    return RankedCandidate(
        candidate, position, signals, missing_requirement, 0.0 if missing_requirement else model.probability(signals)
    )
