"""Words that are rare in a corpus, spelled anew, so that a corpus dealt out again has new words as new text has."""

import math
import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_WORD = re.compile("[\u0621-\u064a]+")
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
# Exponents of real text lie between these; a handful of texts may say anything.
_LEAST_GROWTH, _MOST_GROWTH = 0.4, 0.9


@dataclass(frozen=True, slots=True)
class Rarity:
    """The distinct words of a corpus, the rarest first, and the exponent of its growth by Heaps' law.

    Vocabulary grows as the number of words to the power of `growth`. Source: H. S. Heaps, "Information Retrieval:
    Computational and Theoretical Aspects", 1978.
    """

    words: tuple[str, ...]
    growth: float

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Rarity":
        """Count the words of texts; the exponent is that by which the second half of them adds words to the first."""
        first, counts = _count(texts[: len(texts) // 2]), _count(texts)
        more_words = counts.total() / max(first.total(), 1)
        more_distinct = len(counts) / max(len(first), 1)
        growth = math.log(more_distinct) / math.log(more_words) if more_words > 1 else _MOST_GROWTH
        ordered = sorted(counts, key=lambda word: (counts[word], word))
        return cls(tuple(ordered), min(max(growth, _LEAST_GROWTH), _MOST_GROWTH))

    def respelled(self, round_: int, seed: int) -> Mapping[str, str]:
        """Spell anew as many of the rarest words as a corpus gains when it grows from so many rounds to one more.

        The letters are exchanged for one another, in another way in each round.
        """
        gain = (round_ + 1) ** self.growth - round_**self.growth
        shuffled = list(_LETTERS)
        random.Random(f"{seed} letters {round_}").shuffle(shuffled)
        exchange = str.maketrans(_LETTERS, "".join(shuffled))
        return {word: word.translate(exchange) for word in self.words[: round(gain * len(self.words))]}


def respell(text: str, respelled: Mapping[str, str]) -> str:
    """Replace the words of a text that are spelled anew."""
    return _WORD.sub(lambda match: respelled.get(match.group(), match.group()), text)


def _count(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in _WORD.findall(text))
