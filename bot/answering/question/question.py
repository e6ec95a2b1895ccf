"""The question, analysed: terms to search for, the type of answer asked for, greetings and thanks left out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.answering.knowledge import Lexicon
from bot.answering.question.definition import find_defined_words
from bot.answering.question.equivalents import Equivalent, equivalents
from bot.answering.question.missing_spaces import split_run_together_question_words
from bot.answering.question.question_type import (
    QuestionWord,
    QuestionWordFinder,
    bare_question_word,
    refine_answer_type,
)
from bot.answering.reasons import AnswerType
from bot.arabic import Analyser, Term, Word, words

_SEPARATORS = frozenset("،,.!؟?؛;:\n…")
# One word at an end may belong to the question: «صباح فخري», «أبو الخير».
_LEAST_RUN = 2

_FOCUS_TERMS_A_SIDE = 2


def find_greetings(text: str, found: Sequence[Word], lexicon: Lexicon) -> list[Word]:
    """Return the words of greeting and thanks before and behind a question, each run of two or set off by a mark."""
    polite = lexicon.greetings | lexicon.thanks
    before = list(takewhile(lambda word: word.normal in polite, found))
    behind = list(takewhile(lambda word: word.normal in polite, reversed(found[len(before) :])))
    if len(before) == len(found):
        return []
    kept = before if len(before) >= _LEAST_RUN or _is_set_off(text, found, len(before)) else []
    return kept + (behind if len(behind) >= _LEAST_RUN or _is_set_off(text, found, len(found) - len(behind)) else [])


def _is_set_off(text: str, found: Sequence[Word], at: int) -> bool:
    """Tell whether a mark stands between two neighbouring words."""
    return 0 < at < len(found) and not _SEPARATORS.isdisjoint(text[found[at - 1].end : found[at].start])


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
    answer_type: AnswerType | None
    focus: tuple[Term, ...]
    defined_terms: tuple[Term, ...] = ()
    equivalents: tuple[Equivalent, ...] = ()
    language: str | None = None
    added: tuple[Term, ...] | None = None


def analyse(text: str, analyser: Analyser, lexicon: Lexicon) -> Question:
    """Analyse a cleaned message: stop words, question words and fillers are no terms, repetitions count once."""
    text = split_run_together_question_words(text, lexicon)
    found = list(words(text))
    question_word = QuestionWordFinder(text, found, lexicon).question_word()
    language = lexicon.languages.recognise(text)
    silent = {word.start for word in _unsearched_words(text, found, language, lexicon)}
    silent |= {word.start for word in (*_question_words(question_word, found), *find_greetings(text, found, lexicon))}
    spoken = [term for term in analyser.terms(text) if term.start not in silent]
    terms: dict[str, Term] = {}
    for term in spoken:
        terms.setdefault(term.stem, term)
    answer_type, defined = _answer_type(question_word, found, lexicon)
    place = found[question_word.first].start if question_word else 0
    named = (terms[term.stem] for term in spoken if term.start in defined)
    return Question(
        text,
        tuple(terms.values()),
        answer_type,
        _nearest_terms(terms.values(), place),
        tuple(dict.fromkeys(named)),
        equivalents(text, found, language, analyser, lexicon),
        language,
    )


def _unsearched_words(text: str, found: Sequence[Word], language: str | None, lexicon: Lexicon) -> Iterator[Word]:
    """Yield the words that are never searched for: question words, fillers, the grammar of another language."""
    is_dialect = any(word.normal in lexicon.dialect_question_words for word in found)
    fillers = lexicon.question_fillers | (lexicon.dialect_fillers if is_dialect else frozenset())
    for word in found:
        question_word = bare_question_word(word.normal, lexicon)
        asks_anywhere = bool(question_word) and question_word not in lexicon.initial_question_words
        is_common = lexicon.languages.is_common(text[word.start : word.end], language)
        if asks_anywhere or is_common or word.normal in fillers:
            yield word


def _question_words(question_word: QuestionWord | None, found: Sequence[Word]) -> Sequence[Word]:
    return found[question_word.first : question_word.last] if question_word else []


def _answer_type(
    question_word: QuestionWord | None, found: Sequence[Word], lexicon: Lexicon
) -> tuple[AnswerType | None, set[int]]:
    """Tell what kind of answer is asked for, and where the words begin that are to be defined."""
    if question_word is None:
        return None, set()
    normals = [word.normal for word in found]
    answer_type = refine_answer_type(question_word, normals, lexicon)
    may_define = answer_type in {AnswerType.THING, AnswerType.PERSON, AnswerType.DEFINITION}
    defined = find_defined_words(question_word, normals, lexicon) if may_define else range(0)
    return AnswerType.DEFINITION if defined else answer_type, {found[at].start for at in defined}


def _nearest_terms(terms: Iterable[Term], place: int) -> tuple[Term, ...]:
    """Return the terms nearest to a place in the text, on both sides of it."""
    terms = list(terms)
    before = [term for term in terms if term.start < place]
    return (*before[-_FOCUS_TERMS_A_SIDE:], *terms[len(before) : len(before) + _FOCUS_TERMS_A_SIDE])
