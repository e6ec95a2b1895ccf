"""What comes out of the road of a question: an answer with its quotes, or a refusal with its reason."""

from dataclasses import dataclass
from enum import StrEnum

from bot.answering.asks import Asks
from bot.answering.objections import Objection
from bot.answering.scope import Scope
from bot.arabic import Span
from bot.articles import Article


class Reason(StrEnum):
    """Why there is no answer; each has its own words in the reply texts."""

    OFF_TOPIC = "off_topic"
    UNSUPPORTED = "unsupported"
    OUT_OF_SCOPE = "out_of_scope"
    NO_QUESTION = "no_question"
    INCOMPLETE = "incomplete"
    EMPTY = "empty"
    GREETING = "greeting"
    THANKS = "thanks"
    ONE_WORD = "one_word"
    TOO_LONG = "too_long"
    EMOJI_ONLY = "emoji_only"
    CODE_ONLY = "code_only"
    LINK_ONLY = "link_only"


_OF_QUESTIONS = frozenset({Reason.OFF_TOPIC, Reason.UNSUPPORTED, Reason.OUT_OF_SCOPE})


@dataclass(frozen=True, slots=True)
class Also:
    """Where else the words of a quote stand: `article.paragraphs[paragraph].text[start:end]` is the quote's text."""

    article: Article
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Whole sentences of one paragraph: `article.paragraphs[paragraph].text[start:end] == text`.

    `score` is the probability, 0 to 1, that the passage supports the question, as the evidence model sees it. `marks`
    are the places in `text` of the words that match the question's: in order, apart, each a whole written word. `also`
    names up to three other articles that have the same words.
    """

    text: str
    article: Article
    paragraph: int
    start: int
    end: int
    score: float
    marks: tuple[Span, ...] = ()
    also: tuple[Also, ...] = ()


@dataclass(frozen=True, slots=True)
class Lack:
    """What rules out the passage nearest to the question: the objection, what was asked for, the words it lacks."""

    objection: Objection
    asks: Asks | None
    words: tuple[str, ...]

    @property
    def kind(self) -> str:
        """What is lacking, by a name of its own for each kind of value."""
        return self.asks.value if self.asks and self.objection is Objection.VALUE else self.objection.value


@dataclass(frozen=True, slots=True)
class Answer:
    """One to three quotes, the best first, from the edition with this fingerprint.

    `completed_from` is the question before it that a follow-up question was completed from. `scope` is the part of
    the coverage that was searched, where that was not all of it.
    """

    question: str
    quotes: tuple[Quote, ...]
    edition: str
    completed_from: str | None = None
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """No answer: why, which of the question's words the coverage lacks, and what to read near it.

    `hint` asks for an Arabic question, in the language of one that was not. `scope` is the part of the coverage that
    was searched, where anything was and not all of it; what is missing is missing in all of it.
    """

    question: str
    reason: Reason
    edition: str
    missing: tuple[str, ...] = ()
    related: tuple[Article, ...] = ()
    lacking: Lack | None = None
    completed_from: str | None = None
    hint: str | None = None
    scope: Scope | None = None

    @property
    def is_of_question(self) -> bool:
        """Tell whether a question was looked for; other messages are small talk, or no question yet."""
        return self.reason in _OF_QUESTIONS
