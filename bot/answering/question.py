"""The asker's words, analysed: what to search for, and what kind of answer is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.lexicon import Asks, Lexicon
from bot.arabic import Analyser, Term, Word, words

_NEAR = 2


@dataclass(frozen=True, slots=True)
class Question:
    """A question's text, its search terms in order, and what it asks for, where a question word says so.

    `focus` are the terms around the question word: what the question wants to know of its subject. `added` are, in a
    follow-up question, the terms that it adds to the question before it; None in a question that stands alone.
    """

    text: str
    terms: tuple[Term, ...]
    asks: Asks | None
    focus: tuple[Term, ...]
    added: tuple[Term, ...] | None = None


def analyse(text: str, analyser: Analyser, lexicon: Lexicon) -> Question:
    """Analyse a cleaned message: stop words, question words and fillers are no terms, repetitions count once."""
    asking = _asking_word(list(words(text)), lexicon)
    terms: dict[str, Term] = {}
    for term in analyser.terms(text):
        if not _is_question_word(term.normal, lexicon) and term.normal not in lexicon.question_fillers:
            terms.setdefault(term.stem, term)
    place = asking[0] if asking else 0
    before = [term for term in terms.values() if term.start < place]
    after = [term for term in terms.values() if term.start >= place]
    return Question(text, tuple(terms.values()), asking[1] if asking else None, (*before[-_NEAR:], *after[:_NEAR]))


def _asking_word(found: Sequence[Word], lexicon: Lexicon) -> tuple[int, Asks] | None:
    """Find where the question is asked and what for: the first question word, or the noun right after «ما» or «أي»."""
    for position, word in enumerate(found):
        asks = lexicon.question_words.get(word.normal) or lexicon.question_words.get(_without_proclitic(word.normal))
        # «من» asks for a person only where a question can begin; elsewhere it is «from».
        if asks is None or (word.normal == "من" and position > 0):
            continue
        # «سنة كام» asks for a year, «كم سنة» for how many.
        if asks is Asks.QUANTITY and position and lexicon.asking_nouns.get(_bare(found[position - 1])) is Asks.TIME:
            asks = Asks.TIME
        nouns = map(_bare, found[position + 1 : position + 1 + _NEAR])
        by_noun = next(filter(None, map(lexicon.asking_nouns.get, nouns)), asks)
        return word.start, by_noun if asks is Asks.THING else asks
    return None


def _is_question_word(normal: str, lexicon: Lexicon) -> bool:
    return normal in lexicon.question_words or (normal[:1] in {"و", "ف"} and normal[1:] in lexicon.question_words)


def _bare(word: Word) -> str:
    return word.normal.removeprefix("ال")


def _without_proclitic(normal: str) -> str:
    return normal[1:] if normal[:1] in {"و", "ف", "ب", "ل"} else ""
