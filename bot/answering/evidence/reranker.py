"""The order of the passages that search found, before they are weighed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.answering.evidence.candidate import Candidate
from bot.answering.question import Question
from bot.retrieval import RANKING


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A passage that search found, its score as a share of the best one's, and what its best sentence has, 0 to 1.

    `sentence` is the share of the question's importance that the sentence has, with title and heading.
    """

    candidate: Candidate
    score: float
    sentence: float


class Reranker(Protocol):
    """Scores what search found for a question; the passages are weighed and quoted in this order."""

    def scores(self, question: Question, hits: Sequence[SearchHit]) -> Sequence[float]:
        """Return the score of each hit, 0 to 1.5, the highest first; how far scores lie apart is a signal itself."""
        ...


class SentenceReranker(Reranker):
    """Ranks by the score of the search, and by what the best sentence has of the question."""

    def scores(self, question: Question, hits: Sequence[SearchHit]) -> Sequence[float]:
        """Add the score of the search and a share of what the best sentence has."""
        del question
        return [hit.score + RANKING.sentence_weight * hit.sentence for hit in hits]
