"""The question, analysed: terms to search for, the type of answer asked for, greetings and thanks left out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.answering.knowledge import Lexicon
from bot.answering.question.definition import subject
from bot.answering.question.equivalents import Equivalent, equivalents
from bot.answering.question.missing_spaces import with_missing_spaces
from bot.answering.question.question_type import Asked, Asking, kind, question_word
from bot.answering.reasons import AnswerType
from bot.arabic import Analyser, Term, Word, words

_ALONE = frozenset("،,.!؟?؛;:\n…")
# One word at an end may belong to the question: «صباح فخري», «أبو الخير».
_SURE = 2

_NEAR = 2


def courtesies(text: str, found: Sequence[Word], lexicon: Lexicon) -> list[Word]:
    """Return the words of greeting and thanks before and behind a question, each run of two or set off by a mark."""
    polite = lexicon.greetings | lexicon.thanks
    before = list(takewhile(lambda word: word.normal in polite, found))
    behind = list(takewhile(lambda word: word.normal in polite, reversed(found[len(before) :])))
    if len(before) == len(found):
        return []
    kept = before if len(before) >= _SURE or _is_set_off(text, found, len(before)) else []
    return kept + (behind if len(behind) >= _SURE or _is_set_off(text, found, len(found) - len(behind)) else [])


def _is_set_off(text: str, found: Sequence[Word], at: int) -> bool:
    """Tell whether a mark stands between two neighbouring words."""
    return 0 < at < len(found) and not _ALONE.isdisjoint(text[found[at - 1].end : found[at].start])


@dataclass(frozen=True, slots=True)
class Question:
    """A question's text, its search terms in order, and what it asks for, where a question word says so.

    The text has the spaces that its writer left out, and the terms stand in it where they say. `focus` are the terms
    around the question word: what the question wants to know of its subject. `subject` are the terms of X where it
    asks what or who X is. `equivalents` are its names, numbers and dates with their other spellings. `language` is
    the tag of the language that it is asked in, None where it holds no letter. `added` are, in a follow-up question,
    the terms that it adds to the question before it; None in a question that stands alone.
    """

    text: str
    terms: tuple[Term, ...]
    asks: AnswerType | None
    focus: tuple[Term, ...]
    subject: tuple[Term, ...] = ()
    equivalents: tuple[Equivalent, ...] = ()
    language: str | None = None
    added: tuple[Term, ...] | None = None


def analyse(text: str, analyser: Analyser, lexicon: Lexicon) -> Question:
    """Analyse a cleaned message: stop words, question words and fillers are no terms, repetitions count once."""
    text = with_missing_spaces(text, lexicon)
    found = list(words(text))
    asking = Asked(text, found, lexicon).asking()
    language = lexicon.languages.recognise(text)
    silent = {word.start for word in _silent(text, found, language, lexicon)}
    silent |= {word.start for word in (*_place(asking, found), *courtesies(text, found, lexicon))}
    spoken = [term for term in analyser.terms(text) if term.start not in silent]
    terms: dict[str, Term] = {}
    for term in spoken:
        terms.setdefault(term.stem, term)
    asks, defined = _asked_for(asking, found, lexicon)
    place = found[asking.first].start if asking else 0
    named = (terms[term.stem] for term in spoken if term.start in defined)
    return Question(
        text,
        tuple(terms.values()),
        asks,
        _around(terms.values(), place),
        tuple(dict.fromkeys(named)),
        equivalents(text, found, language, analyser, lexicon),
        language,
    )


def _silent(text: str, found: Sequence[Word], language: str | None, lexicon: Lexicon) -> Iterator[Word]:
    """Yield the words that are never searched for: question words, fillers, the grammar of another language."""
    is_dialect = any(word.normal in lexicon.dialect_words for word in found)
    fillers = lexicon.question_fillers | (lexicon.dialect_fillers if is_dialect else frozenset())
    for word in found:
        asking = question_word(word.normal, lexicon)
        asks_anywhere = bool(asking) and asking not in lexicon.opening_words
        is_common = lexicon.languages.is_common(text[word.start : word.end], language)
        if asks_anywhere or is_common or word.normal in fillers:
            yield word


def _place(asking: Asking | None, found: Sequence[Word]) -> Sequence[Word]:
    return found[asking.first : asking.last] if asking else []


def _asked_for(asking: Asking | None, found: Sequence[Word], lexicon: Lexicon) -> tuple[AnswerType | None, set[int]]:
    """Tell what kind of answer is asked for, and where the words begin that are to be defined."""
    if asking is None:
        return None, set()
    normals = [word.normal for word in found]
    asks = kind(asking, normals, lexicon)
    may_define = asks in {AnswerType.THING, AnswerType.PERSON, AnswerType.DEFINITION}
    defined = subject(asking, normals, lexicon) if may_define else range(0)
    return AnswerType.DEFINITION if defined else asks, {found[at].start for at in defined}


def _around(terms: Iterable[Term], place: int) -> tuple[Term, ...]:
    """Return the terms nearest to a place in the text, on both sides of it."""
    terms = list(terms)
    before = [term for term in terms if term.start < place]
    return (*before[-_NEAR:], *terms[len(before) : len(before) + _NEAR])
