"""What the coverage says on a claim: the passages on it, the first of them with the figures that are the claim's."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from bot.answering.answer import MOST_QUOTES, Difference
from bot.answering.configuration import Knowledge
from bot.answering.decision import Decision, Finding
from bot.answering.evidence import Candidate
from bot.answering.knowledge import Lexicon
from bot.answering.modes.claim_values import NOWHERE, ClaimValue, Compared, claim_values, compare_values
from bot.answering.modes.subject_articles import SubjectArticles
from bot.answering.question import Question
from bot.answering.quotes import QuoteSelector, Selection
from bot.answering.ranking import Ranking
from bot.answering.reasons import Statement
from bot.arabic import Span
from bot.retrieval import RANKING

# Chosen: a passage of so much of the best rank may be on the claim as well.
_ON_CLAIM = 0.6
# Chosen: a passage with the claim's figures, or others in their place, goes before one without.
_SAME, _OTHER = 0.4, 0.3
# Chosen: what a claim counts, a passage may count in other words: «9 أنفار», «أربعة عناصر».
_OF_KIND = 0.1
# Chosen: with a smaller share of the claim its figures may count something else.
_LEAST_SAME = 0.6
_FIRST_WORDS = 80


@dataclass(frozen=True, slots=True)
class _OnClaim:
    """A passage on the subject of a claim, and how its values compare."""

    candidate: Candidate
    rank: float
    compared: Compared

    @property
    def order(self) -> float:
        """The rank, more with values that are the claim's or of their kind."""
        return (
            self.rank
            + _SAME * bool(self.compared.same)
            + max(_OTHER * bool(self.compared.other), _OF_KIND * self.compared.has_kind)
        )


def find_on_claim(decision: Decision, ranking: Ranking, knowledge: Knowledge) -> Finding | None:
    """Find the passages on the subject of a claim, the one first that has its figures or others in their place."""
    lexicon, question = knowledge.lexicon, ranking.question
    asked = claim_values(question, lexicon)
    counted = _counted(question, asked)
    if not _has_subject(decision, ranking, counted, lexicon):
        return None
    least, article = _ON_CLAIM * max(item.rank for item in ranking.items), ranking.candidates[0].source.article_number
    importance = ranking.weights.importance * counted
    compared = {
        id(item.candidate): compare_values(
            asked, item.candidate.passage, partial(_sentences, item.candidate, question, importance, lexicon), lexicon
        )
        for item in ranking.items
    }
    found = [
        _OnClaim(item.candidate, item.rank, compared[id(item.candidate)])
        for item in ranking.items
        if (item.rank >= least or item.candidate.source.article_number == article)
        # What asks states nothing.
        and not all(item.candidate.asking)
    ]
    if not found:
        return None
    found.sort(key=lambda one: -one.order)
    first = found[0]
    selector = QuoteSelector(question, ranking.weights, lexicon)
    selected = selector.select([one.candidate for one in found], close=True)
    places = [*first.compared.same, *(value.place for _, value in first.compared.other)]
    shown = _with_places(selected, [place for place in places if place is not NOWHERE])
    differences = dict[tuple[Span, object, str], Difference]()
    needed = 1
    for number, selection in enumerate(shown, 1):
        known = len(differences)
        for one, value in compared[id(selection.candidate)].other:
            if selection.start <= value.place.start < selection.end:
                found_words = _written(selection.candidate.text, value.place)
                # «30 مليون دولار» and «الثلاثين مليون دولار» differ from a claim alike.
                differences.setdefault(
                    (one.place, value.value, value.unit), Difference(_written(question.text, one.place), found_words)
                )
        needed = number if len(differences) > known else needed
    share = float(first.candidate.matches @ importance / importance.sum())
    is_same = len(first.compared.same) == len(asked) > 0 and share >= _LEAST_SAME
    is_other = bool(first.compared.other)
    statement = Statement.OTHERWISE if is_other else Statement.SAME if is_same else Statement.MATTER
    marked = [] if statement is Statement.MATTER else [place for place in places if place is not NOWHERE]
    return Finding(
        statement,
        shown,
        differences=tuple(differences.values()) if is_other else (),
        places=tuple(marked),
        shown=MOST_QUOTES if statement is Statement.MATTER else needed,
    )


def _has_subject(decision: Decision, ranking: Ranking, counted: NDArray[np.float64], lexicon: Lexicon) -> bool:
    """Tell whether the coverage has, or may have, the subject of a claim; of a year that it lacks it has nothing."""
    if decision.supporting:
        return True
    articles = SubjectArticles(ranking, decision.edition, lexicon)
    has_years = not any(map(str.isdecimal, decision.missing))
    # A plain «هل» asks about anything, known to be in the coverage or not.
    is_doubt = ranking.question.answer_type is None
    return articles.is_covered(counted) or (is_doubt and has_years and articles.is_near(counted))


def _written(text: str, place: Span) -> str:
    return text[place.start : place.end]


def _sentences(
    candidate: Candidate, question: Question, importance: NDArray[np.float64], lexicon: Lexicon, value: ClaimValue
) -> list[Span]:
    """Return the sentences that may have another value in the place of a claim's, those with most of the claim first.

    Of dates a passage has many: a sentence is on the claim's if it has the word before it, «مولود عام 1958».
    """
    shares = (candidate.sentence_matches @ importance).tolist()
    order = sorted(range(len(shares)), key=lambda number: -shares[number])
    if value.is_date:
        before = [
            column
            for column, term in enumerate(question.terms)
            if term.start < value.place.start and term.normal not in lexicon.time_units
        ]
        named = candidate.sentence_matches[:, before[-1]] if before else np.zeros(len(shares))
        order = [number for number in order if named[number] >= RANKING.least_match]
    return [candidate.sentences[number] for number in order]


def _counted(question: Question, asked: Sequence[ClaimValue]) -> NDArray[np.float64]:
    """Return 1 for each term of a claim that tells its subject, 0 for those of its figures and dates."""
    places = [one.place for one in asked]
    return np.array([float(not any(one.start <= term.start < one.end for one in places)) for term in question.terms])


def _with_places(selected: Sequence[Selection], places: Sequence[Span]) -> tuple[Selection, ...]:
    """Widen the first selection to the sentences of some places, or move it there, within its budget of words."""
    first, others = selected[0], selected[1:]
    spans = first.candidate.sentences
    numbers = [number for number, span in enumerate(spans) if any(span.start <= one.start < span.end for one in places)]
    if not numbers or all(number in first.sentences for number in numbers):
        return tuple(selected)
    start, stop = min(numbers[0], first.sentences.start), max(numbers[-1] + 1, first.sentences.stop)
    wide = Selection(first.candidate, range(start, stop))
    moved = wide if wide.word_count <= _FIRST_WORDS else Selection(first.candidate, range(numbers[0], numbers[0] + 1))
    return moved, *(one for one in others if one.candidate is not first.candidate)
