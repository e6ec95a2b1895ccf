"""What may stand in the place of a word of a question, so that the same is asked about something else."""

from collections.abc import Collection, Sequence

from bot.arabic import Analyser, Term, Word, normalise, words
from bot.evaluation.kinds import Kinds
from bot.evaluation.numbers import other_numbers
from bot.evaluation.proclitics import joined, splits
from bot.evaluation.swap_words import ARTICLE, SwapWords

# «ألمانيا» and «إيران» have no article, though their normal forms look like it.
_HAMZAS = ("أ", "إ", "آ")
Proposal = tuple[str, str]
"""A word in normal form that may stand for another, and how it is written in its place."""


class Replacer:
    """Proposes words of the same kind and form: numbers for numbers, Latin for Latin, the definite for the definite."""

    def __init__(self, swap_words: SwapWords, analyser: Analyser, frequent: Collection[str]) -> None:
        self._words = swap_words
        self._kinds = Kinds(swap_words, analyser, frequent)

    def proposals(self, text: str, term: Term, held: Collection[str]) -> list[Proposal]:
        """Propose what may replace a term of a text; `held` are the words of the passage that answers it."""
        written = text[term.start : term.end]
        if term.normal[:1].isdecimal():
            return list(other_numbers(written, term.normal))
        if term.normal.isascii():
            return [(normalise(name), name) for name in self._words.latin_like(written)]
        found = list(words(text))
        place = next(number for number, word in enumerate(found) if word.start == term.start)
        for proclitics, word in splits(term.normal, {*held, *self._words.kinds_of}):
            definite = word.startswith(ARTICLE) and not written[len(proclitics) :].startswith(_HAMZAS)
            if others := self._others(found, place, word, definite=definite):
                return [(normalise(other), joined(proclitics, other)) for other in others]
        return []

    def _others(self, found: Sequence[Word], place: int, word: str, *, definite: bool) -> list[str]:
        around = {other.normal for other in (*found[max(0, place - 1) : place], *found[place + 1 : place + 2])}
        if not around.isdisjoint(self._words.compounds):
            return []
        kinds = self._kinds.of(found, place, word, definite=definite)
        of_kind = self._words.of_kinds(kinds, word, definite=definite)
        # «اللغة الفرنسية» is a language, «الصحافة الفرنسية» of French origin.
        return of_kind if word in self._words.kinds_of else self._words.origins_like(word) or of_kind
