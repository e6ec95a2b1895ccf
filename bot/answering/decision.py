"""The decision on a message: answer or refuse, why, and what a refusal can still say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np

from bot.answering.answer import MOST_QUOTES, Difference, RefusalDetail
from bot.answering.configuration import Knowledge
from bot.answering.evidence import Candidate, terms_of_requirement
from bot.answering.missing_words import missing_event, missing_words, names_nothing, without_prefixes
from bot.answering.question import Interpretation, find_subjects, is_arabic
from bot.answering.quotes import Selection
from bot.answering.ranking import RankedCandidate, Ranking, rank, search_candidates
from bot.answering.reasons import Mode, Requirement, Statement
from bot.answering.words import KnownWord
from bot.arabic import ARTICLE, DEFINITE_PREPOSITIONS, Span, normalise
from bot.articles import Article
from bot.edition import Edition
from bot.retrieval import RANKING, Scope

_MOST_RELATED = 3
_DEFINITE = (ARTICLE, *DEFINITE_PREPOSITIONS)
_MARKS, _LEAST_SAID = frozenset("؟?"), 2
# Chosen: what stands beside an answer may be half as sure. Right in any quote on an archive .66, .64 without.
FURTHER = 0.5
# Said with the words that are lacking, and not without.
_NAMED = frozenset({Requirement.YEAR, Requirement.NAME, Requirement.RELATION})
_OF_KIND = frozenset({Requirement.VALUE, Requirement.COUNT, Requirement.ASKED_NAME})
# Chosen: the share of a follow-up's own subjects, and of those before it, by weight.
_SOME, _MOST = 0.01, 0.5


def nearby_articles(near: Iterable[Candidate]) -> tuple[Article, ...]:
    """Return up to three articles of the passages that are near a question, the best ranked first."""
    articles = dict[str, Article]()
    for article in (one.passage.article for one in near):
        # What was published twice is one thing to read.
        articles.setdefault(normalise(article.title), article)
    return tuple(articles.values())[:_MOST_RELATED]


class Verdict(StrEnum):
    """The ground on which a message is answered or refused."""

    SUPPORTED = "supported"
    NOT_ASKED = "not_asked"
    UNKNOWN_NAME = "unknown_name"
    UNKNOWN_EVENT = "unknown_event"
    RULED_OUT = "ruled_out"
    WEAK = "weak"
    FOUND = "found"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Decision:
    """A message, its interpretation and ranking, and the verdict; no ranking where there is nothing to search for.

    The verdict is on a fact; what supports an answer of another mode is found in the ranking. `event` is what «when» or
    «why» asks about, where the coverage does not have it.
    """

    message: str
    interpretation: Interpretation
    edition: Edition
    verdict: Verdict
    ranking: Ranking | None = None
    missing: tuple[str, ...] = ()
    event: str | None = None
    supporting: tuple[RankedCandidate, ...] = ()
    scope: Scope | None = None

    @property
    def mode(self) -> Mode:
        """The kind of answer that the message asks for."""
        return self.interpretation.mode


@dataclass(frozen=True, slots=True)
class Finding:
    """What answers in another mode than a fact: the selections to quote, the best first, and what an `Answer` says.

    `marks` are the places in the first one's passage, in order, of what differs from what the member said, or where
    nothing does, of what is the same. `shown` is how many of the selections, the first ones, it takes to answer, and
    None where that is as for a fact. `found` is how many quotes a timeline was chosen from.
    """

    statement: Statement
    selections: tuple[Selection, ...]
    day: date | None = None
    differences: tuple[Difference, ...] = ()
    articles: tuple[Article, ...] = ()
    marks: tuple[Span, ...] = ()
    shown: int | None = MOST_QUOTES
    found: int = 0


def decide(
    message: str, interpretation: Interpretation, edition: Edition, knowledge: Knowledge, scope: Scope | None = None
) -> Decision:
    """Rank and weigh what an edition has in scope for an understood message, and decide whether it supports a fact."""
    if interpretation.question is None:
        return Decision(message, interpretation, edition, Verdict.NOT_ASKED, scope=scope)
    question = interpretation.question
    ranking = rank(question, edition, knowledge, scope)
    missing = missing_words(question, ranking.candidates, edition, knowledge)
    event = missing_event(question, ranking.candidates, edition, knowledge)
    if (missing or event) and scope is not None:
        # What the articles in scope lack, another article may have.
        candidates = search_candidates(question, edition, knowledge)
        everywhere = missing_words(question, candidates, edition, knowledge)
        missing = tuple(word for word in missing if word in everywhere)
        event = event and missing_event(question, candidates, edition, knowledge)
    # Completing a follow-up takes pronouns off, and adds spaces.
    before = interpretation.completed_from
    written = tuple(word for word in missing if before is None or word in message or word in before)
    if event is not None:
        written = tuple(dict.fromkeys((event, *written)))
    found = Decision(message, interpretation, edition, Verdict.NOT_ASKED, ranking, written, event, scope=scope)
    return decide_at(found, knowledge.model.threshold)


def decide_at(decision: Decision, threshold: float) -> Decision:
    """Return the decision at another threshold of the evidence model."""
    ranking = decision.ranking
    if ranking is None or decision.interpretation.reason:
        return decision
    best_first = sorted(ranking.items, key=lambda item: -item.probability)
    is_supported = bool(best_first) and best_first[0].probability >= threshold
    least = FURTHER * threshold if is_supported else threshold
    supporting = tuple(item for item in best_first if item.probability >= least)
    is_glossed = ranking.question.gloss is not None
    lacks_name = any(_is_name(word, is_glossed=is_glossed) for word in decision.missing)
    if lacks_name:
        return replace(decision, verdict=Verdict.UNKNOWN_NAME, supporting=())
    if decision.event is not None:
        return replace(decision, verdict=Verdict.UNKNOWN_EVENT, supporting=())
    if supporting:
        return replace(decision, verdict=Verdict.SUPPORTED, supporting=_most_telling_first(supporting, ranking.items))
    is_ruled_out = bool(ranking.items) and all(item.missing_requirement for item in ranking.items)
    return replace(decision, verdict=Verdict.RULED_OUT if is_ruled_out else Verdict.WEAK, supporting=())


def _most_telling_first(
    supporting: Sequence[RankedCandidate], items: Iterable[RankedCandidate]
) -> tuple[RankedCandidate, ...]:
    """Put the passage first that tells most of what is asked for, of those in the likeliest one's article."""
    likeliest = supporting[0]
    article, least = likeliest.candidate.source.article_number, FURTHER * likeliest.probability
    own = [item for item in items if item.candidate.source.article_number == article and item.probability >= least]
    best = max(own, key=lambda item: item.telling)
    return (best, *(item for item in supporting if item is not best))


def refusal_detail(decision: Decision, near: Iterable[RankedCandidate], knowledge: Knowledge) -> RefusalDetail | None:
    """Say which requirement the first of near passages misses, unless the words missing everywhere say so already."""
    ranking, first = decision.ranking, next(iter(near), None)
    if ranking is None or first is None or first.missing_requirement is None:
        return None
    # What the first passage lacks, another one that is listed has.
    if first.missing_requirement in _OF_KIND and any(item.missing_requirement is None for item in ranking.items):
        return None
    question = ranking.question
    terms = terms_of_requirement(first.missing_requirement, first.candidate, question, knowledge.lexicon)
    # A verb is named where nothing else is lacking: «ومن يديرها؟».
    telling = [one for one in terms if not names_nothing(one, question, knowledge)]
    words = {question.read(one): written for one in telling or terms if (written := question.written(one))}
    unsaid = worth_telling((one for one in words if words[one] not in decision.missing), decision, knowledge)
    if not unsaid and (words or first.missing_requirement in _NAMED):
        return None
    return RefusalDetail(first.missing_requirement, question.asked_for.kind, unsaid)


def worth_telling(written: Iterable[str], decision: Decision, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the words among some that a person would miss in the articles.

    Where somebody tells something and asks nothing, they are names and definite nouns alone: whether «زعفان» is a name
    or everyday speech no list knows.
    """
    if not (words := tuple(written)):
        return ()
    asked, questions = decision.interpretation, knowledge.questions
    text = questions.tokenise(asked.text)
    asks = (asked.question and asked.question.answer_type) or text.modes or not _MARKS.isdisjoint(asked.text)
    # «لي» is «who» as well.
    tells = not asks and any(word.is_said for word in text.known if len(word.normal) > _LEAST_SAID)

    def is_missed(word: KnownWord) -> bool:
        # «د» is «of» in Morocco.
        if len(word.normal) == 1 and not word.is_number:
            return False
        if word.may_be_named or word.normal.startswith(_DEFINITE):
            return True
        return not (tells or word.is_everyday)

    missed = (own for own in words if is_missed(questions.table[normalise(own)]))
    return tuple(dict.fromkeys(without_prefixes(own, knowledge) for own in missed))


def joins_subjects(decision: Decision, knowledge: Knowledge) -> bool:
    """Whether the best passage has a subject of what a follow-up adds, and most of what it was completed with."""
    ranking = decision.ranking
    best = next(iter(decision.supporting or (ranking.items if ranking else ())), None)
    if ranking is None or best is None:
        return False
    question, subjects = ranking.question, find_subjects(ranking.question, knowledge.questions.table)
    matches = (best.candidate.matches[np.newaxis] >= RANKING.least_match).astype(float)
    own = [term for term in question.terms if term in (question.added or ())]
    sides = (own, _SOME), ([term for term in question.terms if term not in own], _MOST)
    for terms, least in sides:
        named = subjects.intersection(terms) or set(terms)
        among = np.array([term in named for term in question.terms])
        if ranking.weights.share(matches, among)[0] < least:
            return False
    return True


def _is_name(word: str, *, is_glossed: bool) -> bool:
    """Whether a missing word is a number, in any digits, or is written in other letters and with a capital.

    In an Arabic question such a word is a name: of a firm, a product, an agency. In small letters it may be any word of
    another language, «batterie», and weighs like an unknown word. So does one without digits in a question in Latin
    letters: the articles spell names as they hear them.
    """
    may_be_name = not is_glossed or any(map(str.isdecimal, word))
    return may_be_name and not is_arabic(normalise(word)) and not word.islower()
