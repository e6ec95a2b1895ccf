"""A corpus of any number of passages out of nothing but the frequencies of words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from bot.articles import Article, Paragraph

_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_TAIL_LETTERS = 5
# Odd and no multiple of 7, so that numbers of a tail word give all spellings before any comes again.
_SCATTER = 7_919_317
_GROWTH = 0.85
_SENTENCE = 15
_FIRST_DAY, _DAYS = date(2015, 1, 1), 4000


class _Words:
    """Draws words at random: listed ones by their frequencies, and made-up ones from a tail that grows."""

    def __init__(self, per_million: Mapping[str, float], chance: np.random.Generator) -> None:
        self._listed = list(per_million)
        self._ends = np.cumsum(np.fromiter(per_million.values(), dtype=np.float64)) / 1e6
        self._chance = chance
        self._drawn = 0

    def __call__(self, number: int) -> list[str]:
        places = np.searchsorted(self._ends, self._chance.random(number), side="right").tolist()
        return [self._listed[place] if place < len(self._listed) else self._tail() for place in places]

    def _tail(self) -> str:
        """Draw one of the words that the list leaves out: of n draws, about n to the power of `_GROWTH` differ."""
        self._drawn += 1
        return spell(int(self._drawn**_GROWTH * self._chance.random() ** 2))


def spell(number: int) -> str:
    """Make up a word; other numbers give other words, up to 17 million."""
    rest = (number + 1) * _SCATTER % len(_LETTERS) ** _TAIL_LETTERS
    letters = []
    for _ in range(_TAIL_LETTERS):
        rest, letter = divmod(rest, len(_LETTERS))
        letters.append(_LETTERS[letter])
    return "".join(letters)


def synthesise(per_million: Mapping[str, float], passages: int, seed: int = 0) -> Iterator[Article]:
    """Yield articles of so many passages in all, two to four each of about 60 words, with titles and days.

    Words are drawn independently of each other: those of `per_million` as often as it says, and for the rest of a
    million made-up ones, of which ever new ones come up (Heaps' law), so that the vocabulary grows as in real text.
    """
    chance = np.random.default_rng(seed)
    draw = _Words(per_million, chance)
    made = 0
    while made < passages:
        number = min(int(chance.integers(2, 5)), passages - made)
        # A number of its own keeps a passage apart from all others, however few words the list has.
        texts = [f"{_sentences(draw(int(chance.integers(40, 80))))} {made + place + 1}." for place in range(number)]
        published = _FIRST_DAY + timedelta(days=int(chance.integers(_DAYS)))
        title = " ".join(draw(int(chance.integers(6, 10))))
        yield Article(f"synthetic-{made}", title, tuple(map(Paragraph, texts)), published=published)
        made += number


def _sentences(words: Sequence[str]) -> str:
    return " ".join(" ".join(words[start : start + _SENTENCE]) + "." for start in range(0, len(words), _SENTENCE))
