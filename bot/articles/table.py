"""The articles of an edition as columns of arrays; an article is assembled from them on demand."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import overload

import numpy as np
from numpy.typing import NDArray

from bot.articles.article import Article, CitedSource, Paragraph
from bot.storage import Arrays, TextTable, encode, strip_prefix

ARTICLE_TEXTS = ("ids", "titles", "urls", "sources")
"""The texts of which each article has one."""
NONE = -1
"""The label of a missing value."""
DIGEST = 7
_REMEMBERED = 1024
_REMEMBERED_CHARACTERS = 1 << 24


def digest(data: bytes) -> bytes:
    """Return a digest of seven bytes, which fits into a column of 64-bit integers."""
    return blake2b(data, digest_size=DIGEST).digest()


def id_digest(name: str) -> bytes:
    """Return the digest of an article's id, seven bytes; ids may be of any length."""
    return digest(encode(name))


@dataclass(frozen=True, slots=True)
class ArticleColumns:
    """An entry an article: `days` are proleptic ordinals, 0 for no day; `outlets`, `authors`, `languages` are labels.

    `digests` stand for all that a reader could see of an article. `firsts` is the number of each article's first
    paragraph, and behind them the number of paragraphs; `dropped` are the blocks of the article that were navigation.
    `sections` are the paragraphs' labels. `places` sorts the articles by the digest of their id, `id_digests` are these
    in that order.
    """

    days: NDArray[np.integer]
    outlets: NDArray[np.integer]
    authors: NDArray[np.integer]
    languages: NDArray[np.integer]
    digests: NDArray[np.integer]
    firsts: NDArray[np.integer]
    dropped: NDArray[np.integer]
    sections: NDArray[np.integer]
    places: NDArray[np.integer]
    id_digests: NDArray[np.integer]


class ArticleTable(Mapping[str, Article]):
    """Articles by id, in the order of the corpus; `at` returns them by their number in it.

    Those that were asked for last are remembered.
    """

    def __init__(self, arrays: Arrays) -> None:
        self._ids, self._titles, self._urls, self._sources, self._texts, self._labels = (
            TextTable.from_arrays(strip_prefix(arrays, name)) for name in (*ARTICLE_TEXTS, "texts", "labels")
        )
        self.columns = ArticleColumns(**strip_prefix(arrays, "columns"))
        self._remembered: dict[int, Article] = {}
        self._characters = 0

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __getitem__(self, name: str) -> Article:
        number = self.number(name)
        if number is None:
            raise KeyError(name)
        return self.at(number)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.number(name) is not None

    def number(self, name: str) -> int | None:
        """Return the number of the article with an id, or None."""
        return next((number for number in self._numbers(id_digest(name)) if self._ids[number] == name), None)

    def with_digest(self, start: bytes) -> Iterator[Article]:
        """Yield the articles the digests of whose ids begin with some bytes, at most `DIGEST` of them."""
        return map(self.at, self._numbers(start))

    def _numbers(self, start: bytes) -> list[int]:
        first, last = (int.from_bytes(start.ljust(DIGEST, end), "big") for end in (b"\x00", b"\xff"))
        digests = self.columns.id_digests
        places = slice(np.searchsorted(digests, first), np.searchsorted(digests, last, "right"))
        return [int(number) for number in self.columns.places[places]]

    def at(self, number: int) -> Article:
        """Return the article with a number; raise IndexError where there is none."""
        article = self._remembered.get(number)
        if article is None:
            if len(self._remembered) >= _REMEMBERED or self._characters >= _REMEMBERED_CHARACTERS:
                self._remembered, self._characters = {}, 0
            article = self._remembered[number] = self._make(number)
            self._characters += sum(len(paragraph.text) for paragraph in article.paragraphs)
        return article

    def title(self, number: int) -> str:
        """Return the title of the article with a number."""
        return self._titles[number]

    def header(self, number: int) -> Article:
        """Return the article with a number without its text and sources, of which nothing is read or remembered."""
        columns = self.columns
        return Article(
            id=self._ids[number],
            title=self._titles[number],
            paragraphs=(),
            outlet=self._label(columns.outlets[number]),
            url=self._urls[number] or None,
            author=self._label(columns.authors[number]),
            published=date.fromordinal(day) if (day := int(columns.days[number])) else None,
            language=self._label(columns.languages[number]),
            dropped=int(columns.dropped[number]),
        )

    def headers(self) -> Iterator[Article]:
        """Yield all articles without their texts and sources."""
        return map(self.header, range(len(self)))

    def with_text(self, texts: Sequence[str]) -> Iterator[Article]:
        """Yield the articles whose paragraphs are these; of most others nothing is read."""
        firsts = self.columns.firsts
        for number in np.flatnonzero(np.diff(firsts) == len(texts)).tolist():
            if all(self._texts[firsts[number] + place] == text for place, text in enumerate(texts)):
                yield self.at(number)

    def select(self, numbers: NDArray[np.integer]) -> "Articles":
        """Return the articles with some numbers, in that order, without assembling them yet."""
        return Articles(self, numbers)

    @property
    def first_day(self) -> date | None:
        """The first day of publication, None where no article has one."""
        days = self.columns.days[self.columns.days > 0]
        return date.fromordinal(int(days.min())) if len(days) else None

    @cached_property
    def outlet_names(self) -> dict[int, str]:
        """The names of outlets, in every spelling that the articles have, by their labels."""
        return self._names(self.columns.outlets)

    @cached_property
    def language_names(self) -> dict[int, str]:
        """The languages that articles say they are in, by their labels."""
        return self._names(self.columns.languages)

    def _names(self, labels: NDArray[np.integer]) -> dict[int, str]:
        return {int(label): self._labels[label] for label in np.unique(labels) if label != NONE}

    def _make(self, number: int) -> Article:
        columns = self.columns
        if not 0 <= number < len(self):
            raise IndexError(number)
        paragraphs = tuple(map(self._paragraph, range(columns.firsts[number], columns.firsts[number + 1])))
        return replace(self.header(number), paragraphs=paragraphs, sources=_read_sources(self._sources[number]))

    def _paragraph(self, number: int) -> Paragraph:
        return Paragraph(self._texts[number], self._label(self.columns.sections[number]))

    def _label(self, label: int) -> str | None:
        return None if label == NONE else self._labels[label]


class Articles(Sequence[Article]):
    """A selection of a table's articles, assembled on demand."""

    def __init__(self, table: ArticleTable, numbers: NDArray[np.integer]) -> None:
        self._table = table
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> Article: ...

    @overload
    def __getitem__(self, place: slice) -> "Articles": ...

    def __getitem__(self, place: int | slice) -> "Article | Articles":
        if isinstance(place, slice):
            return Articles(self._table, self._numbers[place])
        return self._table.at(int(self._numbers[place]))

    def title(self, place: int) -> str:
        """Return the title of the article at a place."""
        return self._table.title(int(self._numbers[place]))

    def headers(self) -> Iterator[Article]:
        """Yield the articles without their texts and sources."""
        return map(self._table.header, self._numbers.tolist())

    def where(self, included: NDArray[np.bool_]) -> "Articles":
        """Return the articles where a mask over the numbers of the table, (articles,) bool, is true."""
        return Articles(self._table, self._numbers[included[self._numbers]])

    def select(self, places: Sequence[int]) -> "Articles":
        """Return the articles at some places, in that order."""
        return Articles(self._table, self._numbers[np.asarray(places, dtype=np.int64)])


def write_sources(sources: Sequence[CitedSource]) -> str:
    """Write the sources of an article as one text."""
    return json.dumps([astuple(source) for source in sources], ensure_ascii=False) if sources else ""


def _read_sources(text: str) -> tuple[CitedSource, ...]:
    return tuple(CitedSource(*fields) for fields in json.loads(text)) if text else ()


def describe(article: Article) -> bytes:
    """Write down everything that a reader could see of an article."""
    return encode(repr(article))
