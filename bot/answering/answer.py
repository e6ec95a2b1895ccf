"""Answers with their quotes, refusals with their reason, and the scope that a question is put to."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bot.answering.reasons import AnswerType, Reason, Requirement
from bot.arabic import Span
from bot.articles import Article, ArticleTable, outlet_key


@dataclass(frozen=True, slots=True)
class Scope:
    """Articles from one day to another, both included, of one outlet, however it is spelled; None sets no bound."""

    since: date | None = None
    until: date | None = None
    outlet: str | None = None

    def includes(self, article: Article) -> bool:
        """Tell whether an article is in scope; one without a date is in none that has a first or a last day."""
        return self._includes_day(article.published) and self._includes_outlet(article.outlet)

    def among(self, articles: ArticleTable) -> NDArray[np.bool_]:
        """Tell of each article, by its number, whether it is in scope, without making any of them."""
        days, outlets = articles.columns.days, articles.columns.outlets
        included = np.ones(len(articles), dtype=np.bool_)
        if self.since is not None:
            included &= days >= self.since.toordinal()
        if self.until is not None:
            included &= (days > 0) & (days <= self.until.toordinal())
        if self.outlet is not None:
            key, names = outlet_key(self.outlet), articles.outlet_names
            included &= np.isin(outlets, [label for label, name in names.items() if outlet_key(name) == key])
        return included

    def _includes_day(self, day: date | None) -> bool:
        if day is None:
            return self.since is None and self.until is None
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def _includes_outlet(self, outlet: str | None) -> bool:
        if self.outlet is None:
            return True
        return outlet is not None and outlet_key(outlet) == outlet_key(self.outlet)


_OF_QUESTIONS = frozenset({Reason.OFF_TOPIC, Reason.UNSUPPORTED, Reason.OUT_OF_SCOPE})


@dataclass(frozen=True, slots=True)
class OtherSource:
    """Where else the words of a quote stand: `article.paragraphs[paragraph].text[start:end]` is the quote's text."""

    article: Article
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Whole sentences of one paragraph: `article.paragraphs[paragraph].text[start:end] == text`.

    `score` is the probability, 0 to 1, that the passage supports the question, as the evidence model sees it.
    `highlights` are the places in `text` of the words that match the question's: in order, apart, each a whole written
    word. `other_sources` names up to three other articles that have the same words.
    """

    text: str
    article: Article
    paragraph: int
    start: int
    end: int
    score: float
    highlights: tuple[Span, ...] = ()
    other_sources: tuple[OtherSource, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusalDetail:
    """What rules out the passage nearest to the question: the objection, what was asked for, the words it lacks."""

    missing_requirement: Requirement
    answer_type: AnswerType | None
    words: tuple[str, ...]

    @property
    def kind(self) -> str:
        """What is lacking, by a name of its own for each kind of value."""
        requirement = self.missing_requirement
        return self.answer_type.value if self.answer_type and requirement is Requirement.VALUE else requirement.value


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
    detail: RefusalDetail | None = None
    completed_from: str | None = None
    hint: str | None = None
    scope: Scope | None = None

    @property
    def is_of_question(self) -> bool:
        """Tell whether a question was looked for; other messages are small talk, or no question yet."""
        return self.reason in _OF_QUESTIONS
