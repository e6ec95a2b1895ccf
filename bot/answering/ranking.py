"""Candidates for a question, ranked and weighed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.answering.configuration import Knowledge, SearchHit
from bot.answering.evidence import (
    Candidate,
    Given,
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
from bot.retrieval import MAX_VARIANT_TERMS, RANKING, Scope, SearchEngine, Shortlist, StemEquivalents

# The verb as it is, «she», and «he» of the present.
_INFLECTIONS = (("", ""), ("", "ت"), ("ي", ""))
# Measured on 126 claims of five sets: with what is a third as sure as the first beside it 16 more have a right quote,
# and 18 with what is a tenth as sure of the same article, which was noise on each of 18 claims by members.
_AS_SURE = 0.33


@dataclass(frozen=True, slots=True)
class RankedCandidate:
    """A candidate with the score it ranks by, its signals, the requirement it misses, and its probability, 0 to 1.

    `telling` orders those of one article.
    """

    candidate: Candidate
    rank: float
    signals: Signals
    missing_requirement: Requirement | None
    probability: float
    telling: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best passages of an edition for a question, best first, with the weights of the question's terms.

    `given` finds what they give of what is asked for; `items` are the first of the candidates, weighed.
    """

    question: Question
    weights: TermWeights
    given: Given
    candidates: tuple[Candidate, ...]
    items: tuple[RankedCandidate, ...]

    def probability(self, candidate: Candidate) -> float:
        """Return how probably a candidate supports the question, 0 for one that was not weighed."""
        return next((item.probability for item in self.items if item.candidate is candidate), 0.0)

    def are_nearly_as_sure(self, candidates: Sequence[Candidate]) -> list[bool]:
        """Tell of each candidate behind the first whether it is sure enough to be shown with the first."""
        first, *others = candidates
        least = _AS_SURE * self.probability(first)
        return [self.probability(one) >= least for one in others]


def other_spellings(question: Question, analyser: Analyser, lexicon: Lexicon) -> list[StemEquivalents]:
    """Return the other spellings of a question's names, numbers and dates, and the standard words of its dialect words.

    All are stems; of very many, those of the first.
    """
    asked = {term.stem for term in question.terms}
    standard = [
        # The stems under which passages have a standard word: its own, its synonyms', and those of a verb.
        StemEquivalents(
            frozenset({stem}),
            frozenset(first + term.stem + last for term in terms for first, last in _INFLECTIONS),
            groups=tuple(
                filter(
                    None, (*(lexicon.synonyms.get(term.stem) for term in terms), *map(lexicon.thesaurus.related, terms))
                )
            ),
        )
        for stem, terms in question.standard_terms.items()
        if stem in asked
    ]
    spelled = [
        StemEquivalents(frozenset(stems), runs=frozenset(tuple(map(analyser.stem, run)) for run in one.spellings))
        for one in question.equivalents[:MAX_VARIANT_TERMS]
        if (stems := asked.intersection(term.stem for term in analyser.terms(question.text[one.start : one.end])))
    ]
    related = [
        StemEquivalents(frozenset({term.stem}), weight=RANKING.related_weight, groups=(words,))
        for term in question.terms
        if (words := lexicon.thesaurus.related(term))
    ]
    return (spelled + standard + related)[:MAX_VARIANT_TERMS]


def rank(question: Question, edition: Edition, knowledge: Knowledge, scope: Scope | None = None) -> Ranking:
    """Rank and weigh the best passages of an edition, or of its articles in scope, for a question that has terms."""
    shortlist, found, scores = _search(question, edition, knowledge, scope)
    words = knowledge.background, knowledge.lexicon.everyday, knowledge.frequencies
    weights = TermWeights(question, edition.index, shortlist, *words)
    candidates, ranks = _rerank(question, found, scores, weights, knowledge)
    given, weighed = Given(question, weights, knowledge.lexicon), candidates[: RANKING.weighed_candidates]
    requirements = Requirements(given, edition.index, weighed)
    missing = list(map(requirements.first_missing, weighed))
    signals = read_signals(candidates, ranks, given, missing)
    # What misses a requirement supports nothing.
    items = tuple(
        RankedCandidate(candidate, position, read, missed, *((0.0, 0.0) if missed else knowledge.model.weigh(read)))
        for candidate, position, read, missed in zip(weighed, ranks, signals, missing, strict=False)
    )
    return Ranking(question, weights, given, tuple(candidates), items)


def search_candidates(question: Question, edition: Edition, knowledge: Knowledge) -> Sequence[Candidate]:
    """Return what a search of a whole edition finds for a question that has terms, neither ranked nor weighed."""
    return _search(question, edition, knowledge, None)[1]


def _search(
    question: Question, edition: Edition, knowledge: Knowledge, scope: Scope | None
) -> tuple[Shortlist, list[Candidate], list[float]]:
    """Search an edition, and compare the best passages with the question; return the shortlist, and their scores."""
    engine = edition.index
    spellings = other_spellings(question, knowledge.analyser, knowledge.lexicon)
    shortlist = engine.shortlist(question.terms, spellings, scope)
    best = shortlist.top_k(RANKING.candidates)
    found = match_passages(shortlist.read(best), question, engine.vocabulary, Matcher(knowledge.lexicon))
    return shortlist, found, shortlist.scores[best].tolist()


def _rerank(
    question: Question, found: Sequence[Candidate], scores: Sequence[float], weights: TermWeights, knowledge: Knowledge
) -> tuple[list[Candidate], list[float]]:
    """Return what search found in the order of the re-ranker, with the scores that it gives."""
    top = max(scores, default=0.0)
    sentences = best_sentences(found, weights.importance).tolist()
    each = zip(found, scores, sentences, strict=True)
    hits = [SearchHit(one, score / top if top > 0 else 0.0, share) for one, score, share in each]
    ranks = knowledge.reranker.scores(question, hits)
    order = sorted(range(len(found)), key=lambda place: -ranks[place])
    return [found[place] for place in order], [ranks[place] for place in order]


def read_candidates(
    numbers: Sequence[int], ranking: Ranking, engine: SearchEngine, matcher: Matcher
) -> dict[int, Candidate]:
    """Return passages by number as candidates: those of the ranking, others read and compared with the question."""
    ranked = {candidate.source.number: candidate for candidate in ranking.candidates}
    unread = engine.read([number for number in numbers if number not in ranked])
    read = match_passages(unread, ranking.question, engine.vocabulary, matcher)
    found = ranked | {candidate.source.number: candidate for candidate in read}
    return {number: found[number] for number in numbers}


def read_shortlist(
    ranking: Ranking, terms: Sequence[Term], edition: Edition, knowledge: Knowledge, scope: Scope | None
) -> Collection[Candidate]:
    """Search for some terms of a ranking's question, and return the whole shortlist as candidates for the question."""
    engine, stems = edition.index, {term.stem for term in terms}
    spellings = other_spellings(ranking.question, knowledge.analyser, knowledge.lexicon)
    found = engine.shortlist(terms, [one for one in spellings if one.stems <= stems], scope)
    return read_candidates(found.passages.tolist(), ranking, engine, Matcher(knowledge.lexicon)).values()
