"""The configuration that questions are answered with: analyser, lexicon, background, re-ranker, evidence model."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bot.answering.evidence import Candidate, EvidenceModel, Risk
from bot.answering.knowledge import Background, Lexicon
from bot.answering.knowledge.word_lists import end_sharing
from bot.answering.question import Question, QuestionAnalyser
from bot.arabic import Analyser
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
    """Scores what search found for a question; the passages are weighed in this order."""

    def scores(self, question: Question, hits: Sequence[SearchHit]) -> Sequence[float]:
        """Return the score of each hit, 0 to some 1.5; how far the scores of hits lie apart is a signal itself."""
        ...


class SentenceReranker(Reranker):
    """Ranks by the score of the search, and by what the best sentence has of the question."""

    def scores(self, question: Question, hits: Sequence[SearchHit]) -> Sequence[float]:
        """Add the score of the search and a share of what the best sentence has."""
        del question
        return [hit.score + RANKING.sentence_weight * hit.sentence for hit in hits]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The configuration of answering, independent of editions: lists, word frequencies, evidence model, re-ranker."""

    analyser: Analyser
    lexicon: Lexicon
    background: Background
    model: EvidenceModel
    reranker: Reranker = field(default_factory=SentenceReranker, repr=False, compare=False)
    questions: QuestionAnalyser = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "questions", QuestionAnalyser(self.analyser, self.lexicon, self.background))

    @classmethod
    def read(cls, config: Path, risk: Risk) -> "Knowledge":
        """Read the files of a directory; raise ValueError naming the one that cannot be read, and why."""
        lexicon, background = Lexicon.read(config), Background.read(config / "background.tsv")
        end_sharing()
        model = EvidenceModel.read(config / "evidence.toml").at(risk)
        return cls(Analyser(lexicon.stop_words), lexicon, background, model)
