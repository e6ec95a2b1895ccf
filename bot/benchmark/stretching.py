"""A corpus of any number of passages, out of one that has some."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from bot.arabic import sentences
from bot.articles import Article, Paragraph
from bot.benchmark.respelling import Rarity, respell


def stretch(articles: Sequence[Article], passages: int, seed: int = 0) -> Iterator[Article]:
    """Yield articles of so many passages in all, one at a time; no two passages have the same text.

    Fewer passages than the articles have are their first ones. For more, the articles come again in further rounds: in
    each, all sentences are dealt anew among them, so that lengths stay and what stands together does not; titles and
    days change hands too; and the rarest words are spelled by an exchange of letters particular to the round, as many
    as the vocabulary of such a corpus grows by (`Rarity`). So passages, words, and how often each word occurs are
    those of text that goes on; the sense of it is not.
    """
    rounds = _Rounds(articles, seed)
    for article in rounds:
        surplus = max(len(rounds.met) - passages, 0)
        yield replace(article, paragraphs=article.paragraphs[: len(article.paragraphs) - surplus])
        if len(rounds.met) >= passages:
            return


class _Rounds:
    """Articles without end; `met` are the marks of their passages so far."""

    def __init__(self, articles: Sequence[Article], seed: int) -> None:
        self.met: set[int] = set()
        self._articles = articles
        self._seed = seed

    def __iter__(self) -> Iterator[Article]:
        for article in self._articles:
            new = tuple(paragraph for paragraph in article.paragraphs if self._is_new(paragraph.text))
            if new:
                yield replace(article, paragraphs=new)
        texts = [text for article in self._articles for text in _texts(article)]
        pool = [text[span.start : span.end] for text in texts for span in sentences(text)]
        rarity = Rarity.of(texts)
        for round_ in count(1):
            chance = random.Random(f"{self._seed} deal {round_}")
            yield from self._dealt(round_, _Dealer(pool, rarity.respelled(round_, self._seed), chance), chance)

    def _dealt(self, round_: int, dealer: "_Dealer", chance: random.Random) -> Iterator[Article]:
        """Yield the articles of a further round."""
        headed = chance.sample(self._articles, len(self._articles))
        for article, other in zip(self._articles, headed, strict=True):
            paragraphs = tuple(self._paragraph(len(sentences(text)), dealer) for text in _texts(article))
            title = respell(other.title, dealer.respelled)
            dealt = Article(f"{article.id}-{round_}", title, paragraphs, outlet=other.outlet, published=other.published)
            if paragraphs:
                yield dealt

    def _paragraph(self, length: int, dealer: "_Dealer") -> Paragraph:
        text = " ".join(dealer.next() for _ in range(length))
        # A single sentence of frequent words is the one that it was before.
        while not self._is_new(text):
            text = f"{text} {dealer.next()}"
        return Paragraph(text)

    def _is_new(self, text: str) -> bool:
        """Tell whether a text has words and is met for the first time, and remember it."""
        mark = hash(text)
        if not text.strip() or mark in self.met:
            return False
        self.met.add(mark)
        return True


class _Dealer:
    """Hands out sentences in random order, rare words spelled anew, each once before any comes again."""

    def __init__(self, pool: Sequence[str], respelled: Mapping[str, str], chance: random.Random) -> None:
        self.respelled = respelled
        self._pool = pool
        self._chance = chance
        self._left: list[str] = []

    def next(self) -> str:
        if not self._left:
            self._left = self._chance.sample(self._pool, len(self._pool))
        return respell(self._left.pop(), self.respelled)


def _texts(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs if paragraph.text.strip()]
