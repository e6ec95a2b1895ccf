"""What comes out of the road of a question: an answer with its quotes, or a refusal with its reason."""

from dataclasses import dataclass
from enum import StrEnum

from bot.articles import Article


class Reason(StrEnum):
    """Why there is no answer; each has its own words in the reply texts."""

    OFF_TOPIC = "off_topic"
    UNSUPPORTED = "unsupported"
    NO_QUESTION = "no_question"
    EMPTY = "empty"
    GREETING = "greeting"
    THANKS = "thanks"
    ONE_WORD = "one_word"
    TOO_LONG = "too_long"
    EMOJI_ONLY = "emoji_only"
    CODE_ONLY = "code_only"
    LINK_ONLY = "link_only"


@dataclass(frozen=True, slots=True)
class Quote:
    """Whole sentences of one paragraph: `article.paragraphs[paragraph].text[start:end] == text`.

    `score` is the probability, 0 to 1, that the passage supports the question, as the evidence model sees it.
    """

    text: str
    article: Article
    paragraph: int
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """One to three quotes, the best first, from the edition with this fingerprint."""

    question: str
    quotes: tuple[Quote, ...]
    edition: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """No answer: why, which of the question's words the coverage lacks, and what to read near it."""

    question: str
    reason: Reason
    edition: str
    missing: tuple[str, ...] = ()
    related: tuple[Article, ...] = ()
