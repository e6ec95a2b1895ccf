"""The asker's words, analysed: what to search for, and what kind of answer is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.lexicon import Asks, Lexicon
from bot.arabic import Analyser, Term, normal_words


@dataclass(frozen=True, slots=True)
class Question:
    """A question's text, its search terms in order, and what it asks for, where a question word says so."""

    text: str
    terms: tuple[Term, ...]
    asks: Asks | None


def analyse(text: str, analyser: Analyser, lexicon: Lexicon) -> Question:
    """Analyse a cleaned message: stop words, question words and fillers are no terms, repetitions count once."""
    normals = normal_words(text)
    terms: dict[str, Term] = {}
    for term in analyser.terms(text):
        if term.normal not in lexicon.question_words and term.normal not in lexicon.question_fillers:
            terms.setdefault(term.stem, term)
    return Question(text, tuple(terms.values()), _asks(normals, lexicon))


def _asks(normals: Sequence[str], lexicon: Lexicon) -> Asks | None:
    """Find what is asked for: the first question word decides, or the noun right after «ما», «أي» and their like."""
    for position, normal in enumerate(normals):
        asks = lexicon.question_words.get(normal) or lexicon.question_words.get(_without_proclitic(normal))
        # «من» asks for a person only where a question can begin; elsewhere it is «from».
        if asks is None or (normal == "من" and position > 0):
            continue
        following = (lexicon.asking_nouns.get(noun.removeprefix("ال")) for noun in normals[position + 1 : position + 3])
        return next(filter(None, following), asks) if asks is Asks.THING else asks
    return None


def _without_proclitic(normal: str) -> str:
    return normal[1:] if normal[:1] in {"و", "ف", "ب", "ل"} else ""
