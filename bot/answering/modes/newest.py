"""The newest: leads of the last articles on a subject or of all, and passages that answer a question for it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from bot.answering.answer import MOST_QUOTES, Quote
from bot.answering.configuration import Knowledge
from bot.answering.decision import Decision, Finding
from bot.answering.evidence import Holder, Requirements
from bot.answering.modes.event_date import event_date
from bot.answering.modes.subject_answers import find_overview
from bot.answering.modes.subject_articles import ABOUT, SubjectArticle, SubjectArticles, lead_number, select_leads
from bot.answering.quotes import Selection, are_nearly_same, select_quotes
from bot.answering.ranking import RankedCandidate, Ranking, rank, read_shortlist
from bot.answering.reasons import Statement
from bot.arabic import normal_words, sentences
from bot.edition import Edition
from bot.retrieval import Scope

T = TypeVar("T")

# Chosen: news older than this before the newest article is no longer what happens now.
_OLD = timedelta(days=60)
# Chosen: where so many articles are about a subject, newer ones may be beyond the best passages; they are looked for in
# so many last days of the coverage, then in more.
_MANY, _LAST_DAYS = 4, (10, 60, 365)
_MOST_NEWEST = 10
_LEAD_WORDS = 50
# Fitted on one archive with days: what has less of the question than so much of the most of it is about something else.
_AS_NEAR = 0.7


def find_latest(decision: Decision, ranking: Ranking, knowledge: Knowledge) -> Finding | None:
    """Find the leads of the newest articles about a subject; an overview of one whose articles have no dates.

    A lead that tells of a date in the past is as old as that.
    """
    articles = SubjectArticles(ranking, decision.edition, knowledge.lexicon)
    if not articles.is_covered():
        return None
    found = _latest_first(articles.about, knowledge)
    if len(found) >= _MANY:
        most = max(one.aboutness for one in found)
        newer = _newer(decision, max(one.article.published for one in found if one.article.published), knowledge)
        # Among the newest of all, those most about a subject may only mention it.
        found = [*(one for one in newer if one.aboutness >= ABOUT * most), *found]
    if not found:
        return find_overview(decision, ranking, knowledge)
    day = found[0].article.published
    return Finding(_statement(day, decision.edition), select_leads([one.lead for one in found]), day)


def find_newest_fact(decision: Decision, ranking: Ranking, knowledge: Knowledge) -> Finding | None:
    """Find the newest passages that support the answer to a question for it: «آخر سعر», «كم عدد سكانها الآن».

    Newer ones than search finds in the whole coverage are looked for in its last days. None where none has a day.
    """
    nearest = max(item.signals.given for item in decision.supporting)

    def supporting(items: Iterable[RankedCandidate]) -> list[RankedCandidate]:
        near = (one for one in items if one.signals.given >= _AS_NEAR * nearest)
        sure = (one for one in near if one.probability >= knowledge.model.threshold)
        return _newest_first((one.candidate.passage.article.published, one) for one in sure)

    found = supporting(decision.supporting)
    if not found:
        return None
    later = _rankings_since(decision, found[0].candidate.passage.article.published, knowledge)
    newer = next(filter(None, (supporting(one.items) for one in later)), [])
    found = [*newer, *found]
    day, selected = found[0].candidate.passage.article.published, select_quotes(ranking, found, decision.edition.index)
    return Finding(_statement(day, decision.edition), tuple(selected), day, shown=None)


def find_office_holder(decision: Decision, ranking: Ranking, knowledge: Knowledge) -> Finding | None:
    """Find who holds an office by the newest article that names its holder; None where another thing is asked for.

    Whoever only one article names may hold it elsewhere: another counts who is named by two, be it longer ago.
    """
    holders = Requirements(ranking.given, decision.edition.index, ()).holders
    if not holders.is_asked:
        return None
    named, several = list[Holder](), list[Holder]()
    for scope in (*_last_days(decision), decision.scope):
        found = read_shortlist(ranking, holders.searched, decision.edition, knowledge, scope)
        named = [holder for candidate in found for holder in holders.find(candidate)]
        several = [one for one in named if any(map(one.is_confirmed_by, named))]
        if several:
            break
    newest = max(several or named, key=lambda one: one.candidate.passage.article.published or date.min, default=None)
    if newest is None:
        return None
    day = newest.candidate.passage.article.published
    selected = Selection(newest.candidate, range(newest.sentence, newest.sentence + 1))
    return Finding(_statement(day, decision.edition), (selected,), day, marks=(newest.span,), shown=1)


def newest_quotes(edition: Edition, scope: Scope | None) -> tuple[Quote, ...]:
    """Quote the leads of the newest articles in scope, of the same text once."""
    quotes: list[Quote] = []
    quoted_words: list[set[str]] = []
    for article in edition.catalogue.search("", _MOST_NEWEST, scope):
        if (place := lead_number(article)) is None:
            continue
        text = article.paragraphs[place].text
        spans = sentences(text)
        first = [span for span in spans if len(text[: span.end].split()) <= _LEAD_WORDS] or spans[:1]
        start, end = first[0].start, first[-1].end
        words = set(normal_words(text[start:end]))
        if not any(are_nearly_same(words, other) for other in quoted_words):
            quoted_words.append(words)
            quotes.append(Quote(text[start:end], article, place, start, end, 0.0))
        if len(quotes) == MOST_QUOTES:
            break
    return tuple(quotes)


def _newer(decision: Decision, newest: date | None, knowledge: Knowledge) -> list[SubjectArticle]:
    """Find what is about the same subject and newer than a day, in the last days of the coverage that have any."""
    for ranking in _rankings_since(decision, newest, knowledge):
        articles = SubjectArticles(ranking, decision.edition, knowledge.lexicon)
        if articles.is_covered():
            return _latest_first(articles.about, knowledge)
    return []


def _rankings_since(decision: Decision, newest: date | None, knowledge: Knowledge) -> Iterator[Ranking]:
    """Yield rankings of the last days of the coverage, then of more of them, as long as they begin behind a day."""
    question = decision.interpretation.question
    if question is None or newest is None:
        return
    for scope in _last_days(decision, newest):
        yield rank(question, decision.edition, knowledge, scope)


def _last_days(decision: Decision, newest: date = date.min) -> Iterator[Scope]:
    """Yield the last days of the coverage in scope, then more of them, as long as they begin behind a day."""
    scope, as_of = decision.scope or Scope(), decision.edition.as_of
    days = [as_of - timedelta(days=days) for days in _LAST_DAYS] if as_of else []
    for since in days:
        if since > newest:
            yield replace(scope, since=max(since, scope.since or since))


def _latest_first(articles: Iterable[SubjectArticle], knowledge: Knowledge) -> list[SubjectArticle]:
    """Return the articles that have a day, that with the latest event in its lead first."""
    found = [(one, one.article.published) for one in articles if one.article.published]
    leads = ((one, day, Selection(one.lead, range(1)).text) for one, day in found)
    dated = [(event_date(text, day, knowledge.lexicon) or day.isoformat(), day, one) for one, day, text in leads]
    return [one for *_, one in sorted(dated, key=lambda each: each[:2], reverse=True)]


def _newest_first(found: Iterable[tuple[date | None, T]]) -> list[T]:
    """Return what has a day, the newest first."""
    dated = [(day, one) for day, one in found if day]
    return [one for _, one in sorted(dated, key=lambda dated: dated[0], reverse=True)]


def _statement(day: date | None, edition: Edition) -> Statement:
    """Say that what was published on a day is the latest, or that it is old beside the newest article."""
    as_of = edition.as_of
    is_old = day is not None and as_of is not None and as_of - day > _OLD
    return Statement.LATEST_OLD if is_old else Statement.LATEST
