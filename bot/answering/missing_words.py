"""What a refusal says that the coverage does not have: nouns that a person would miss."""

from collections.abc import Iterator, Sequence
from itertools import islice

from bot.answering.configuration import Knowledge
from bot.answering.evidence import Candidate
from bot.answering.question import Question
from bot.answering.reasons import AnswerType
from bot.arabic import ARTICLE, CONJUNCTIONS, LI_WITH_ARTICLE, PREPOSITIONS, Term, is_inflected, normalise, root
from bot.edition import Edition
from bot.retrieval import RANKING

_LEAST_LETTERS = 2
# Chosen: each costs an answer.
_MOST_MEANT = 2
# Of a person or a place that is asked for, the event is told in other words too often: «مين أسس», «founder».
_OF_EVENTS = frozenset({AnswerType.TIME, AnswerType.REASON})


def missing_words(
    question: Question, candidates: Sequence[Candidate], edition: Edition, knowledge: Knowledge
) -> tuple[str, ...]:
    """Return the question's words, as its asker wrote them, that no passage holds in any form known here.

    Verbs and function words are none of them, nor is a word of whose root the best passages have another.
    """
    written = (
        question.written(term)
        for column, term in enumerate(question.terms)
        if not _is_held(column, question, candidates, edition)
        and not names_nothing(term, question, knowledge)
        and (knowledge.questions.table[term.normal].is_name or not _has_derived(term, candidates, edition))
    )
    # Several words can be written as one character (ﷺ).
    return tuple(dict.fromkeys(filter(None, written)))


def missing_event(
    question: Question, candidates: Sequence[Candidate], edition: Edition, knowledge: Knowledge
) -> str | None:
    """Return what «when» or «why» asks about, «استقال», where no passage tells of it in any form known here; or None.

    It is a word that is spelled right: of another nobody knows what was meant. A birth and a death are told by dates
    alone as well: they are a requirement of their own.
    """
    event = question.event if question.answer_type in _OF_EVENTS else None
    if event is None:
        return None
    word = knowledge.questions.table[event.normal]
    if not word.is_news or word.is_plain_talk:
        return None
    is_held = _is_held(question.terms.index(event), question, candidates, edition)
    if is_held or knowledge.lexicon.is_relation(event.normal) or _has_derived(event, candidates, edition):
        return None
    return question.written(event) or None


def unread_words(question: Question) -> frozenset[str]:
    """Return the words of a question in Latin letters, as its asker wrote them, that nothing Arabic stands for."""
    left = (one for one in question.terms if one.normal.isascii() and not any(map(str.isdecimal, one.normal)))
    return frozenset(map(question.written, left)) if question.gloss else frozenset()


def meant_words(written: str, edition: Edition, knowledge: Knowledge) -> Iterator[str]:
    """Yield words of the coverage, in normal form, that a missing word may be a misspelling of, the likeliest first.

    A word that is known anywhere is spelled right, and a word of everyday language is none that a person misspells so.
    """
    table = knowledge.questions.table
    word = table[normalise(written)]
    if table.usual(word.normal):
        return
    near = (table[normal] for normal in edition.index.lookalikes(word.normal))
    yield from islice((one.normal for one in near if not (one.is_everyday or one.is_filler)), _MOST_MEANT)


def without_prefixes(written: str, knowledge: Knowledge) -> str:
    """Return a word without conjunction and preposition, where the rest is a word that is known: «لمحمود»."""
    whole = knowledge.questions.table[normalise(written)]
    for conjunction in filter(written.startswith, CONJUNCTIONS):
        name = knowledge.questions.table[normalise(behind := written[len(conjunction) :])]
        if whole.is_name and name.is_name and name.stem == whole.stem:
            return behind
    for bare in _without_prefixes(written):
        word = knowledge.questions.table[normalise(bare)]
        is_known, is_whole_known = (one.is_news or one.is_everyday or one.is_name for one in (word, whole))
        # A stem has lost the prefixes before an article.
        stands_for = is_known and (word.stem == whole.stem or not is_whole_known)
        if stands_for or whole.normal.startswith(LI_WITH_ARTICLE):
            return bare
    return written


def _without_prefixes(written: str) -> Iterator[str]:
    """Yield what a word may be without its prefixes; only an article shows «و» to be none of the word's own letters."""
    for conjunction in ("", *filter(written.startswith, CONJUNCTIONS)):
        behind = written[len(conjunction) :]
        bare = [behind] if conjunction and behind.startswith(ARTICLE) else []
        if behind.startswith(LI_WITH_ARTICLE):
            bare.append(ARTICLE + behind[len(LI_WITH_ARTICLE) :])
        bare += [behind[len(letter) :] for letter in PREPOSITIONS if behind.startswith(letter)]
        yield from (word for word in bare if len(word) > _LEAST_LETTERS)


def _is_held(column: int, question: Question, candidates: Sequence[Candidate], edition: Edition) -> bool:
    """Whether any passage holds a term, given by number, or one of the best a word that stands for it."""
    stems = question.stems(question.terms[column])
    return any(map(edition.index.document_frequency, stems)) or any(
        candidate.mentions[column] >= RANKING.least_match for candidate in candidates
    )


def names_nothing(term: Term, question: Question, knowledge: Knowledge) -> bool:
    """Whether a word is a verb, in standard Arabic or a dialect, a function word with its affixes, or one of talk.

    What another language writes with a capital is neither.
    """
    if question.gloss and question.written(term)[:1].isupper():
        return False
    table, standard = knowledge.questions.table, question.standard_terms.get(term.stem, ())
    is_verb = bool(standard) and (is_inflected(term.normal) or table[term.normal].is_dialect_verb)
    meanings = [table[one.normal] for one in standard]
    is_verb |= any(one.is_everyday_verb for one in meanings)
    is_plain = bool(meanings) and all(one.is_plain_talk for one in meanings)
    return is_verb or is_plain or table[term.normal].names_nothing


def _has_derived(term: Term, candidates: Sequence[Candidate], edition: Edition) -> bool:
    """Whether the best passages have a word of a term's root: «تدعم» and «دعم»."""
    asked, forms = root(term.stem), edition.index.vocabulary.forms
    numbers = frozenset[int]().union(*(candidate.source.forms for candidate in candidates))
    return bool(asked) and any(root(forms[number]) == asked for number in numbers)
