"""How well the ranking alone finds the passage with the answer, before anything is refused."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np

from bot.answering import Knowledge
from bot.answering.question import analyse, clean
from bot.answering.ranking import other_spellings, rank
from bot.edition import Edition
from bot.evaluation.sets import GOLD, Case, Place
from bot.retrieval import Passage

DEPTH = 20
_MRR_DEPTH = 10


@dataclass(frozen=True, slots=True)
class RankingFigures:
    """Over the answerable questions, from 0 to 1; each has one passage to be found, `Case.place`.

    `mrr_at_10` is the mean of 1 / rank of that passage, 0 where it is not among the first ten (E. Voorhees, "The TREC-8
    Question Answering Track Report", 1999). `recall_at_k` is the share of questions with it among the first k.
    """

    mrr_at_10: float
    recall_at_1: float
    recall_at_5: float
    recall_at_20: float

    @classmethod
    def of_ranks(cls, ranks: Sequence[int | None]) -> "RankingFigures":
        """Count 1-based ranks; None is a passage that was not found."""
        found = np.array([rank or np.inf for rank in ranks])
        return cls(
            mrr_at_10=float(np.mean(np.where(found <= _MRR_DEPTH, 1 / found, 0))),
            recall_at_1=float(np.mean(found <= 1)),
            recall_at_5=float(np.mean(found <= 5)),  # noqa: PLR2004 - as the name says
            recall_at_20=float(np.mean(found <= DEPTH)),
        )


def score_ranking(cases: Sequence[Case], edition: Edition, knowledge: Knowledge) -> RankingFigures:
    """Rank passages for the answerable questions of a set, and count where the right one comes."""
    ranks = []
    for case in cases:
        if case.kind == GOLD:
            places = list(_ranking(case.question, edition, knowledge))
            ranks.append(places.index(case.place) + 1 if case.place in places else None)
    return RankingFigures.of_ranks(ranks)


def mean_ranking(figures: Sequence[RankingFigures]) -> RankingFigures:
    """Return the plain mean over sets."""
    names = [field.name for field in fields(RankingFigures)]
    return RankingFigures(*(float(np.mean([getattr(each, name) for each in figures])) for name in names))


def _ranking(message: str, edition: Edition, knowledge: Knowledge) -> Iterator[Place]:
    """Name the first passages: those that are ranked anew, in that order, then the others as the index has them."""
    question = analyse(clean(message).text, knowledge.analyser, knowledge.lexicon)
    if not question.terms:
        return
    reranked = [_place(candidate.passage) for candidate in rank(question, edition, knowledge).candidates]
    others = other_spellings(question, knowledge.analyser)
    found = [_place(hit.passage) for hit in edition.index.search(question.terms, DEPTH, others)]
    yield from (reranked + [place for place in found if place not in reranked])[:DEPTH]


def _place(passage: Passage) -> Place:
    return Place(passage.article.id, passage.paragraph)
