"""The asker's words, analysed: what to search for, and what kind of answer is asked for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.answering.asking import Asked, Asking
from bot.answering.asks import Asks
from bot.answering.courtesies import courtesies
from bot.answering.definition import subject
from bot.answering.equivalents import Equivalent, equivalents
from bot.answering.kinds import kind
from bot.answering.lexicon import Lexicon
from bot.answering.question_words import question_word
from bot.answering.spacing import with_missing_spaces
from bot.arabic import Analyser, Term, Word, words

_NEAR = 2


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
    asks: Asks | None
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


def _asked_for(asking: Asking | None, found: Sequence[Word], lexicon: Lexicon) -> tuple[Asks | None, set[int]]:
    """Tell what kind of answer is asked for, and where the words begin that are to be defined."""
    if asking is None:
        return None, set()
    normals = [word.normal for word in found]
    asks = kind(asking, normals, lexicon)
    may_define = asks in {Asks.THING, Asks.PERSON, Asks.DEFINITION}
    defined = subject(asking, normals, lexicon) if may_define else range(0)
    return Asks.DEFINITION if defined else asks, {found[at].start for at in defined}


def _around(terms: Iterable[Term], place: int) -> tuple[Term, ...]:
    """Return the terms nearest to a place in the text, on both sides of it."""
    terms = list(terms)
    before = [term for term in terms if term.start < place]
    return (*before[-_NEAR:], *terms[len(before) : len(before) + _NEAR])
