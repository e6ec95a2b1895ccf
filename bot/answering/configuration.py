"""The configuration that questions are answered with: analyser, lexicon, background, evidence model."""

from dataclasses import dataclass, field
from pathlib import Path

from bot.answering.evidence import EvidenceModel, Reranker, Risk, SentenceReranker
from bot.answering.knowledge import Background, Lexicon
from bot.answering.question import QuestionAnalyser
from bot.arabic import Analyser


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
        model = EvidenceModel.read(config / "evidence.toml").at(risk)
        return cls(Analyser(lexicon.stop_words), lexicon, background, model)
