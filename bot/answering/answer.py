"""Answers with their quotes, and refusals with their reason."""

from dataclasses import dataclass
from datetime import date

from bot.answering.reasons import AnswerType, AskedKind, Mode, Reason, Requirement, Statement
from bot.arabic import Span
from bot.articles import Article
from bot.retrieval import Scope

MOST_QUOTES = 3
_OF_QUESTIONS = frozenset({Reason.OFF_TOPIC, Reason.UNSUPPORTED, Reason.OUT_OF_SCOPE})
# Whoever gets these may not know yet what can be asked.
_FIRST_WORDS = frozenset({Reason.EMPTY, Reason.GREETING, Reason.HELP, Reason.IDENTITY, Reason.TEST})
_INTRODUCED = _FIRST_WORDS | {Reason.NO_QUESTION, Reason.OFF_TOPIC, Reason.ONE_WORD, Reason.ARTICLES, Reason.SUMMARY}


@dataclass(frozen=True, slots=True)
class OtherSource:
    """Another article that has a quote's text: it is `article.paragraphs[paragraph].text[start:end]`."""

    article: Article
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Whole sentences of one paragraph: `article.paragraphs[paragraph].text[start:end] == text`.

    `score` is the probability, 0 to 1, that the passage supports the question, as the evidence model sees it.
    `highlights` are the places in `text` of the words that answer: the value, name or clause asked for, what differs
    from a claim there or else is the same. They are in order and apart, of whole words, and none where nothing is sure
    to answer.
    `other_sources` names up to three other articles that have the same words. `event_date` is, in a timeline, the date
    that the quote itself gives its event, in ISO 8601: a year, a month or a day.
    """

    text: str
    article: Article
    paragraph: int
    start: int
    end: int
    score: float
    highlights: tuple[Span, ...] = ()
    other_sources: tuple[OtherSource, ...] = ()
    event_date: str | None = None

    @property
    def dated(self) -> str | None:
        """The date that a timeline puts the quote under: that of its event, else of its publication."""
        published = self.article.published
        return self.event_date or (published.isoformat() if published else None)


# An answer without a quote is a mistake of types.
Quotes = tuple[Quote, *tuple[Quote, ...]]

# What any date, and any number, is an answer to.
_OF_TYPES = {AskedKind.DATE: AnswerType.TIME, AskedKind.COUNT: AnswerType.QUANTITY}


@dataclass(frozen=True, slots=True)
class RefusalDetail:
    """The requirement that the passage nearest to the question misses, with the words that the passage lacks."""

    missing_requirement: Requirement
    asked: AskedKind
    words: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The requirement by name, or of a value what is asked for: a time, a quantity, or a kind of amount."""
        if self.missing_requirement is not Requirement.VALUE:
            return self.missing_requirement.value
        return _OF_TYPES.get(self.asked, self.asked).value


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure, date or wording of a claim, and what the first quote has in its place, both as they are written.

    `found` is empty where the quote has nothing in its place.
    """

    asked: str
    found: str


@dataclass(frozen=True, slots=True)
class Meant:
    """A message with a word of the coverage in the place of its own, where that is answered, and that word.

    It is a word set right, or the full name of one of several who bear a family name.
    """

    question: str
    name: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One to three quotes, the best first, from the edition with this fingerprint; of a timeline up to sixty, in order.

    `completed_from` is the question before it that a follow-up question was completed from; where it is gone on from
    again, each further time is a line behind it. `scope` is the part of
    the coverage that was searched, where that was not all of it. `mode` is the kind of the answer, and `statement` how
    it says so, with the `differences` between a claim and the quotes, and the `day` of the newest quote. `articles`
    are those of a list, or those on the subject of a timeline that have no day; `found` is how many quotes that was
    chosen from. `unanswered` are the questions of the message, as they are written, that no quote answers.
    `shown` is how many of the quotes, the first ones, it takes to answer: another outlet's, or the second half of what
    was asked, beside the first. The others are for reading on. `direct` are the words of the first quote that are what
    was asked for, where they are sure enough to stand alone. `meant` names others who bear a family name that was asked
    about.
    """

    question: str
    quotes: Quotes
    edition: str
    completed_from: str | None = None
    scope: Scope | None = None
    mode: Mode = Mode.FACT
    statement: Statement | None = None
    differences: tuple[Difference, ...] = ()
    day: date | None = None
    articles: tuple[Article, ...] = ()
    unanswered: tuple[str, ...] = ()
    shown: int = MOST_QUOTES
    found: int = 0
    direct: str | None = None
    meant: tuple[Meant, ...] = ()

    @property
    def shown_quotes(self) -> tuple[Quote, ...]:
        """The quotes that it takes to answer."""
        return self.quotes[: self.shown]

    @property
    def is_timeline(self) -> bool:
        """Whether the quotes are a story in order, of two days at least."""
        return self.statement in {Statement.TIMELINE, Statement.TIMELINE_PART}

    @property
    def unquoted_articles(self) -> tuple[Article, ...]:
        """The listed articles that no quote shows."""
        quoted = {quote.article.id for quote in self.quotes}
        return tuple(article for article in self.articles if article.id not in quoted)


@dataclass(frozen=True, slots=True)
class Refusal:
    """No answer: why, which of the question's words the coverage lacks, and what to read near it.

    `hint` asks for an Arabic question, in the language of one that was not; `courtesy_reply` returns the greeting or
    thanks of a message that asks nothing. `scope` is the part of the coverage that
    was searched, where anything was and not all of it; what is missing is missing in all of it. `asked` is the type
    of answer that a bare follow-up, «ومتى؟», asks for. `meant` are the ways to put the message that are answered.
    `nearest` is a quote that is half as sure as an answer, which is too little to call it one. `unread` are those of
    the `missing` words that no Arabic is known for: articles may well have what they mean. `also` is the second of two
    things that the bot was asked about itself.
    """

    question: str
    reason: Reason
    edition: str
    missing: tuple[str, ...] = ()
    related: tuple[Article, ...] = ()
    detail: RefusalDetail | None = None
    completed_from: str | None = None
    hint: str | None = None
    scope: Scope | None = None
    courtesy_reply: str | None = None
    mode: Mode = Mode.FACT
    asked: AnswerType | None = None
    meant: tuple[Meant, ...] = ()
    nearest: Quote | None = None
    unread: tuple[str, ...] = ()
    also: Reason | None = None

    @property
    def shown_quotes(self) -> tuple[Quote, ...]:
        """The quote that is shown all the same, if any."""
        return () if self.nearest is None else (self.nearest,)

    @property
    def is_of_question(self) -> bool:
        """Whether a question was looked for; other messages are small talk, or no question yet."""
        return self.reason in _OF_QUESTIONS

    @property
    def introduces_coverage(self) -> bool:
        """Whether it should say what the articles are about, and what can be asked."""
        return self.reason in _INTRODUCED and self.mode is not Mode.CLAIM
