"""From text to index terms: a light stem and, beside it, the character 4-grams within each word."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.arabic.months import may_name_months, with_months
from bot.arabic.normalise import normalise
from bot.arabic.stem import bare_stem, light_stem
from bot.arabic.words import Word, normal_words, words

GRAM = 4
_PROCLITICS = ("و", "ف")
# A corpus has far fewer kinds of words than words; past this many the cache starts afresh, so that a hostile
# stream of made-up words cannot fill the memory of a small worker.
_CACHE_SIZE = 200_000


@dataclass(frozen=True, slots=True)
class Term:
    """What one word is to the index, and where it stands in its text.

    `bare` is the stem that the word has if its first letter is a preposition or a conjunction written onto it; only a
    comparison with another word can tell whether it is.
    """

    normal: str
    stem: str
    bare: str
    grams: tuple[str, ...]
    start: int
    end: int


class Analyser:
    """Makes terms of text, the same way for passages and questions; stop words make none."""

    def __init__(self, stop_words: Collection[str] = ()) -> None:
        self._stop_words = frozenset(map(normalise, stop_words))
        self._known: dict[str, tuple[str, str, tuple[str, ...]]] = {}

    def is_stop_word(self, normal: str) -> bool:
        """Tell whether a word in normal form is a stop word, alone or behind «و» or «ف»."""
        return normal in self._stop_words or (normal[:1] in _PROCLITICS and normal[1:] in self._stop_words)

    def words(self, text: str) -> list[str]:
        """Return the normal forms of a text's words in order, without its stop words."""
        return [normal for _, _, normal in with_months(normal_words(text)) if not self.is_stop_word(normal)]

    def terms(self, text: str) -> list[Term]:
        """Return the terms of a text in order, without its stop words."""
        return [
            Term(word.normal, *self._analysed(word.normal), word.start, word.end)
            for word in _with_months(list(words(text)))
            if not self.is_stop_word(word.normal)
        ]

    def starts(self, text: str) -> list[int]:
        """Return where the terms of a text begin, in order."""
        return [word.start for word in _with_months(list(words(text))) if not self.is_stop_word(word.normal)]

    def stem(self, normal: str) -> str:
        """Return the light stem of a word in normal form."""
        return self._analysed(normal)[0]

    def grams(self, normal: str) -> tuple[str, ...]:
        """Return the character 4-grams of a word in normal form."""
        return self._analysed(normal)[2]

    def _analysed(self, normal: str) -> tuple[str, str, tuple[str, ...]]:
        known = self._known.get(normal)
        if known is None:
            if len(self._known) >= _CACHE_SIZE:
                self._known.clear()
            known = self._known[normal] = (light_stem(normal), bare_stem(normal), grams(normal))
        return known


def _with_months(found: Sequence[Word]) -> Iterable[Word]:
    """Take the words together that name one month; it stands from the first of them to the last."""
    normals = [word.normal for word in found]
    if not may_name_months(normals):
        return found
    runs = with_months(normals)
    return [Word(normal, found[start].start, found[stop - 1].end) for start, stop, normal in runs]


def grams(normal: str) -> tuple[str, ...]:
    """Return the character 4-grams of a word in normal form; a shorter word is its own single gram."""
    if len(normal) <= GRAM:
        return (normal,)
    return tuple(normal[start : start + GRAM] for start in range(len(normal) - GRAM + 1))
