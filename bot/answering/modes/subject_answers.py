"""Answers about a subject: what it is, an overview, the latest, a list of articles, and the newest articles of all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from bot.answering.answer import MOST_QUOTES, Quote
from bot.answering.configuration import Knowledge
from bot.answering.decision import Decision, Finding
from bot.answering.evidence import Candidate
from bot.answering.modes.subject_articles import (
    ABOUT,
    EXACT,
    SubjectArticle,
    SubjectArticles,
    select_leads,
    title_matches,
)
from bot.answering.quotes import are_nearly_same, select_quotes
from bot.answering.ranking import RankedCandidate, Ranking, rank
from bot.answering.reasons import Statement
from bot.arabic import normal_words, sentences
from bot.edition import Edition
from bot.retrieval import Scope

# Chosen: news older than this before the newest article is no longer what happens now.
_OLD = timedelta(days=60)
# Chosen: where so many articles are about a subject, newer ones may be beyond the best passages; they are looked for in
# so many last days of the coverage, then in more.
_MANY, _LAST_DAYS = 4, (10, 60, 365)
_MOST_LISTED = 10
_LEAD_WORDS = 50


def find_overview(decision: Decision, ranking: Ranking, knowledge: Knowledge) -> Finding | None:
    """Find the lead of the article that is most about a subject, and further sides of it in other articles."""
    articles = SubjectArticles(ranking, decision.edition, knowledge.lexicon)
    if not articles.is_covered() or not articles.about:
        return None
    main, *others = articles.about
    number = main.best.source.article_number
    of_main = (candidate for candidate in ranking.candidates if candidate.source.article_number == number)
    further = [one.best for one in others] or [candidate for candidate in of_main if candidate is not main.lead]
    return Finding(Statement.OVERVIEW, select_leads([main.lead, *further]))


def find_latest(decision: Decision, ranking: Ranking, knowledge: Knowledge) -> Finding | None:
    """Find the leads of the newest articles about a subject; an overview of one whose articles have no dates."""
    articles = SubjectArticles(ranking, decision.edition, knowledge.lexicon)
    if not articles.is_covered():
        return None
    found = _newest_first(articles.about)
    if len(found) >= _MANY:
        most = max(one.aboutness for one in found)
        newer = _newer(decision, found[0].article.published, knowledge)
        # Among the newest of all, those most about a subject may only mention it.
        found = [*(one for one in newer if one.aboutness >= ABOUT * most), *found]
    if not found:
        return find_overview(decision, ranking, knowledge)
    day = found[0].article.published
    # That it is the latest is said, or that it is old beside the newest article.
    as_of = decision.edition.as_of
    is_old = day is not None and as_of is not None and as_of - day > _OLD
    statement = Statement.LATEST_OLD if is_old else Statement.LATEST
    return Finding(statement, select_leads([one.lead for one in found]), day)


def find_list(decision: Decision, ranking: Ranking, knowledge: Knowledge) -> Finding | None:
    """Find the articles about a subject, and the leads of the first."""
    articles = SubjectArticles(ranking, decision.edition, knowledge.lexicon)
    if not articles.is_covered():
        return None
    listed = articles.about[:_MOST_LISTED]
    leads = select_leads([one.lead for one in listed])
    return Finding(Statement.LIST, leads, articles=tuple(one.article for one in listed))


def newest_quotes(edition: Edition, scope: Scope | None) -> tuple[Quote, ...]:
    """Quote the leads of the newest articles in scope, of the same text once."""
    quotes: list[Quote] = []
    quoted_words: list[set[str]] = []
    for article in edition.catalogue.search("", _MOST_LISTED, scope):
        place, text = next(((n, p.text) for n, p in enumerate(article.paragraphs) if p.text.strip()), (0, ""))
        spans = sentences(text)
        if not spans:
            continue
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
    scope, question, as_of = decision.scope or Scope(), decision.interpretation.question, decision.edition.as_of
    if question is None or newest is None or as_of is None:
        return []
    for days in _LAST_DAYS:
        since = as_of - timedelta(days=days)
        if since > newest:
            since = max(since, scope.since or since)
            ranking = rank(question, decision.edition, knowledge, replace(scope, since=since))
            articles = SubjectArticles(ranking, decision.edition, knowledge.lexicon)
            if articles.is_covered():
                return _newest_first(articles.about)
    return []


def _newest_first(articles: Sequence[SubjectArticle]) -> list[SubjectArticle]:
    dated = [(one.article.published, one) for one in articles if one.article.published]
    return [one for _, one in sorted(dated, key=lambda dated: dated[0], reverse=True)]


# Measured on the definitions of three question sets: the lead of an article about X goes before a passage that ranks by
# so much more; right@1 .87 to .91. Chosen for a passage with X among the first words of its first sentences, or with an
# apposition to it («بيتر ثيل، أحد مؤسسي …»), and for one whose title begins with X.
_LEAD, _SUBJECT, _APPOSED, _TITLED = 0.3, 0.3, 0.2, 0.1
_APPOSITION = ("،", ",", "(", "–", "-")
_SUBJECT_WORDS, _FIRST_SENTENCES = 5, 2


def find_introduction(decision: Decision, ranking: Ranking, knowledge: Knowledge) -> Finding | None:
    """Find the passages that answer what X is, the one first that introduces it."""
    question = ranking.question
    defined = question.defined_terms or question.terms
    named = [term for term in defined if term.normal not in knowledge.lexicon.definitions.kinds] or defined
    columns = [column for column, term in enumerate(question.terms) if term in named]
    if not decision.supporting:
        return None
    articles = SubjectArticles(ranking, decision.edition, knowledge.lexicon)
    leads = {one.lead.source.number for one in articles.about}

    def introduced(item: RankedCandidate) -> RankedCandidate:
        candidate = item.candidate
        # Where the passage first names X, an apposition may stand behind it.
        named = np.flatnonzero(candidate.word_matches[:, columns[-1]] >= EXACT)
        behind = candidate.text[int(candidate.source.layout.ends[named[0]]) :].lstrip() if len(named) else ""
        gain = _SUBJECT * _is_subject(candidate, columns) + _APPOSED * behind.startswith(_APPOSITION)
        title, first = (title_matches(candidate, most)[columns] >= EXACT for most in (None, 1))
        gain += _LEAD * (candidate.source.number in leads and bool(title.all())) + _TITLED * bool(first.any())
        return replace(item, rank=item.rank + gain)

    # Where another passage of its article supports an answer, so does the one that introduces X.
    supporting = {item.candidate.source.article_number for item in decision.supporting}
    own = [item for item in ranking.items if item.candidate.source.article_number in supporting]
    found = [item for item in own if item in decision.supporting or not item.missing_requirement]
    order = sorted(map(introduced, found), key=lambda item: -item.rank)
    selected = select_quotes(ranking, order, decision.edition.index)
    return Finding(Statement.DEFINITION, tuple(selected), shown=None)


def _is_subject(candidate: Candidate, columns: Sequence[int]) -> bool:
    """Whether X stands at the beginning of one of the first sentences of a passage."""
    sentences = candidate.source.layout.words[:_FIRST_SENTENCES]
    openings = (candidate.word_matches[own][:_SUBJECT_WORDS, columns] for own in sentences)
    return any((opening.max(axis=0, initial=0.0) >= EXACT).all() for opening in openings)
