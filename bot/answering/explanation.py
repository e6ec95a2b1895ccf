"""What an explanation lays open: terms, weighed passages with their matches and signals, and the decision."""

from dataclasses import dataclass

from bot.answering.answer import Answer, Refusal
from bot.answering.asks import Asks
from bot.answering.considering import Decision
from bot.answering.objections import Objection
from bot.articles import Article


@dataclass(frozen=True, slots=True)
class ExplainedTerm:
    """A search term: the word as written, its forms, what it is worth in nats, how many passages hold its stem.

    `information` is its weight by Arabic news at large, `importance` that weight drawn towards this corpus's own.
    """

    word: str
    normal: str
    stem: str
    information: float
    importance: float
    passages: int
    is_missing: bool


@dataclass(frozen=True, slots=True)
class ExplainedMatch:
    """A word of the question, the passage's or its title's word that stands for it best, and how well, 0 to 1."""

    asked: str
    found: str | None
    strength: float


@dataclass(frozen=True, slots=True)
class ExplainedSignal:
    """A signal, the model's weight for a unit of it, and what both contribute to the log odds."""

    name: str
    value: float
    weight: float
    contribution: float


@dataclass(frozen=True, slots=True)
class ExplainedCandidate:
    """A weighed passage: the score it ranks by, its matches and signals, what rules it out, its probability 0 to 1."""

    article: Article
    paragraph: int
    rank: float
    matches: tuple[ExplainedMatch, ...]
    signals: tuple[ExplainedSignal, ...]
    objection: Objection | None
    probability: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """An outcome, the question as it was understood, its terms, the weighed passages best first, and what decided.

    The model's log odds of a candidate are the sum of its signals' contributions and the intercept.
    """

    outcome: Answer | Refusal
    understood: str
    asks: Asks | None
    terms: tuple[ExplainedTerm, ...]
    candidates: tuple[ExplainedCandidate, ...]
    intercept: float
    threshold: float
    decision: Decision
