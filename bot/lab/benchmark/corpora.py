"""Corpora of any number of passages: real ones extended with respelled rare words, or synthetic ones."""

import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count, islice

import numpy as np

from bot.arabic import sentences
from bot.articles import Article, Paragraph

_WORD = re.compile("[\u0621-\u064a]+")
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
# Exponents of real text lie between these; a handful of texts may say anything.
_LEAST_GROWTH, _MOST_GROWTH = 0.4, 0.9
_TAIL_LETTERS = 5
# Odd and no multiple of 7, so that numbers of a tail word give all spellings before any comes again.
_SCATTER = 7_919_317
_GROWTH = 0.85
_SENTENCE = 15
_FIRST_DAY, _DAYS = date(2015, 1, 1), 4000


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
        """Count the words of texts; the exponent is estimated from the new words of their second half."""
        halves = texts[: len(texts) // 2], texts
        first, counts = (Counter(word for text in half for word in _WORD.findall(text)) for half in halves)
        more_words = counts.total() / max(first.total(), 1)
        more_distinct = len(counts) / max(len(first), 1)
        growth = math.log(more_distinct) / math.log(more_words) if more_words > 1 else _MOST_GROWTH
        ordered = sorted(counts, key=lambda word: (counts[word], word))
        return cls(tuple(ordered), min(max(growth, _LEAST_GROWTH), _MOST_GROWTH))

    def respelled(self, round_: int, seed: int) -> Mapping[str, str]:
        """Respell as many of the rarest words as a corpus gains by one more round.

        The letters are exchanged for one another, in another way in each round.
        """
        gain = (round_ + 1) ** self.growth - round_**self.growth
        shuffled = list(_LETTERS)
        random.Random(f"{seed} letters {round_}").shuffle(shuffled)
        exchange = str.maketrans(_LETTERS, "".join(shuffled))
        return {word: word.translate(exchange) for word in self.words[: round(gain * len(self.words))]}


def respell(text: str, respelled: Mapping[str, str]) -> str:
    return _WORD.sub(lambda match: respelled.get(match.group(), match.group()), text)


def stretch(articles: Sequence[Article], passages: int, seed: int = 0) -> Iterator[Article]:
    """Yield articles of so many passages in all, one at a time; no two passages have the same text.

    Fewer passages than the articles have are their first ones. For more, the articles come again in further rounds: in
    each, all sentences are dealt anew among them, so that lengths stay and what stands together does not; titles and
    days change hands too; and the rarest words are spelled by an exchange of letters particular to the round, as many
    as the vocabulary of such a corpus grows by (`Rarity`). So passages, words, and how often each word occurs are
    those of text that goes on; the sense of it is not.
    """
    met = set[int]()
    for article in _rounds(articles, seed, met):
        surplus = max(len(met) - passages, 0)
        yield replace(article, paragraphs=article.paragraphs[: len(article.paragraphs) - surplus])
        if len(met) >= passages:
            return


def _rounds(articles: Sequence[Article], seed: int, met: set[int]) -> Iterator[Article]:
    """Yield articles without end, and without a passage that was met."""
    for article in articles:
        new = tuple(paragraph for paragraph in article.paragraphs if _is_new(paragraph.text, met))
        if new:
            yield replace(article, paragraphs=new)
    texts = [text for article in articles for text in _texts(article)]
    pool = [text[span.start : span.end] for text in texts for span in sentences(text)]
    rarity = Rarity.of(texts)
    for round_ in count(1):
        chance = random.Random(f"{seed} deal {round_}")
        respelled = rarity.respelled(round_, seed)
        dealt = _deal(pool, respelled, chance)
        headed = chance.sample(articles, len(articles))
        for article, other in zip(articles, headed, strict=True):
            paragraphs = tuple(_paragraph(len(sentences(text)), dealt, met) for text in _texts(article))
            name, title = f"{article.id}-{round_}", respell(other.title, respelled)
            if paragraphs:
                yield Article(name, title, paragraphs, outlet=other.outlet, published=other.published)


def _paragraph(length: int, dealt: Iterator[str], met: set[int]) -> Paragraph:
    text = " ".join(islice(dealt, length))
    # A single sentence of frequent words is the one that it was before.
    while not _is_new(text, met):
        text = f"{text} {next(dealt)}"
    return Paragraph(text)


def _is_new(text: str, met: set[int]) -> bool:
    """Return whether a text has words and is new, and remember it."""
    mark = hash(text)
    if not text.strip() or mark in met:
        return False
    met.add(mark)
    return True


def _deal(pool: Sequence[str], respelled: Mapping[str, str], chance: random.Random) -> Iterator[str]:
    """Yield sentences in random order with respelled rare words, each once before any is repeated."""
    while True:
        for sentence in reversed(chance.sample(pool, len(pool))):
            yield respell(sentence, respelled)


def _texts(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs if paragraph.text.strip()]


class _WordSampler:
    """Draws random words: listed ones by their frequencies, made-up ones from a growing tail."""

    def __init__(self, per_million: Mapping[str, float], chance: "np.random.Generator") -> None:
        self._listed = list(per_million)
        self._ends = np.cumsum(np.fromiter(per_million.values(), dtype=np.float64)) / 1e6
        self._chance = chance
        self._drawn = 0

    def draw(self, number: int) -> Iterator[str]:
        """Yield words; of the tail n draws give about n to the power of `_GROWTH` distinct ones."""
        for place in np.searchsorted(self._ends, self._chance.random(number), side="right").tolist():
            if place < len(self._listed):
                yield self._listed[place]
            else:
                self._drawn += 1
                yield spell(int(self._drawn**_GROWTH * self._chance.random() ** 2))


def spell(number: int) -> str:
    """Make up a word of a number, distinct for numbers up to 17 million."""
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
    words = _WordSampler(per_million, chance)
    made = 0
    while made < passages:
        number = min(int(chance.integers(2, 5)), passages - made)
        # A number of its own keeps a passage apart from all others, however few words the list has.
        texts = []
        for place in range(number):
            drawn = list(words.draw(int(chance.integers(40, 80))))
            told = [" ".join(drawn[start : start + _SENTENCE]) for start in range(0, len(drawn), _SENTENCE)]
            texts.append(f"{'. '.join(told)}. {made + place + 1}.")
        published = _FIRST_DAY + timedelta(days=int(chance.integers(_DAYS)))
        title = " ".join(words.draw(int(chance.integers(6, 10))))
        yield Article(f"synthetic-{made}", title, tuple(map(Paragraph, texts)), published=published)
        made += number
