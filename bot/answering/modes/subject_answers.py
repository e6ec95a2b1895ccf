"""Answers about a subject: what it is, an overview, a list of articles."""

from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import chain, islice, takewhile

import numpy as np

from bot.answering.configuration import Knowledge
from bot.answering.decision import Decision, Finding
from bot.answering.evidence import Candidate
from bot.answering.modes.subject_articles import EXACT, SubjectArticles, select_leads, title_matches
from bot.answering.quotes import select_quotes
from bot.answering.ranking import RankedCandidate, Ranking
from bot.answering.reasons import Statement
from bot.arabic import light_stem, normal_words

_MOST_LISTED = 10


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


def find_list(decision: Decision, ranking: Ranking, knowledge: Knowledge) -> Finding | None:
    """Find the articles about a subject, and the leads of the first."""
    articles = SubjectArticles(ranking, decision.edition, knowledge.lexicon)
    if not articles.is_covered():
        return None
    listed = articles.about[:_MOST_LISTED]
    leads = select_leads([one.lead for one in listed])
    return Finding(Statement.LIST, leads, articles=tuple(one.article for one in listed))


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
        # Where every article names X, none is probable by that; the one that opens with what X is says it all the same.
        definitions = knowledge.lexicon.definitions
        kinds = {light_stem(noun) for noun in (*definitions.kinds, *definitions.roles)}
        opening = (item for item in ranking.items if _opens_with_kind(item.candidate, columns, kinds, knowledge))
        selected = select_quotes(ranking, list(islice(opening, 1)), decision.edition.index)
        return Finding(Statement.DEFINITION, tuple(selected), shown=None) if selected else None
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


def _opens_with_kind(candidate: Candidate, columns: Sequence[int], kinds: Set[str], knowledge: Knowledge) -> bool:
    """Whether a passage begins with X and a noun of what it is, by its stem: «شركة س من الشركات», «زيد، أحد مؤسسي».

    Between them stand at most the rest of a name, which no news is full of, and words that say that one is the other.
    """
    is_named = candidate.word_matches[:_SUBJECT_WORDS, columns] >= EXACT
    if not is_named.any(axis=0).all():
        return False
    table = knowledge.questions.table
    copulas = frozenset(chain.from_iterable(knowledge.lexicon.answer_words.definitions))
    end = candidate.source.layout.ends[int(np.flatnonzero(is_named.any(axis=1))[-1])]
    before = normal_words(candidate.text[:end])[: -len(columns)]
    behind = [table[normal] for normal in islice(normal_words(candidate.text[end:]), _SUBJECT_WORDS)]
    between = list(takewhile(lambda word: word.stem not in kinds, behind))
    return (
        all(light_stem(normal) in kinds for normal in before)
        and len(between) < len(behind)
        and all(word.is_stop_word or word.normal in copulas or not word.is_news for word in between)
    )
