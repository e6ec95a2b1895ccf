"""The articles of an edition, wherever their texts are: columns at hand, texts read on demand and in batches."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence, ValuesView
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from bot.arabic import normalise
from bot.articles.article import Article
from bot.storage import Arrays, TextTable, encode

NONE = -1
"""The label of a missing value."""
DIGEST = 7
_REMEMBERED = 1024
_REMEMBERED_CHARACTERS = 1 << 24
# Chosen: so many texts are a megabyte, which neither a network nor a thread that waits for its turn minds.
_BATCH = 256

T = TypeVar("T")


def digest(data: bytes) -> bytes:
    """Return a digest of seven bytes, which fits into a column of 64-bit integers."""
    return blake2b(data, digest_size=DIGEST).digest()


def id_digest(name: str) -> bytes:
    """Return the digest of an article's id, seven bytes; ids may be of any length."""
    return digest(encode(name))


def paragraph_digest(text: str) -> str:
    """Return the digest of a paragraph's text in hexadecimal digits."""
    return id_digest(text).hex()


def header(article: Article) -> Article:
    """Return an article without its paragraphs and sources."""
    return replace(article, paragraphs=(), sources=())


@dataclass(frozen=True, slots=True)
class ArticleColumns:
    """Columns with an entry for each article: `days` are ordinals, 0 for no day, `outlets` and `languages` labels.

    `digests` stand for all that a reader could see of an article. `places` sorts the articles by the digest of their
    id, `id_digests` are these in that order.
    """

    days: NDArray[np.integer]
    outlets: NDArray[np.integer]
    languages: NDArray[np.integer]
    digests: NDArray[np.integer]
    places: NDArray[np.integer]
    id_digests: NDArray[np.integer]

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "ArticleColumns":
        """Take the columns out of arrays that may have others."""
        return cls(**{field.name: arrays[field.name] for field in fields(cls)})


class ArticleStore(Mapping[str, Article], ABC):
    """Articles by id and by number, in the order of the corpus; immutable, and safe to call from any thread.

    Columns and names of labels are at hand. Whatever returns articles reads them, all of a call in one batch; the
    last ones read are remembered.
    """

    def __init__(self, columns: ArticleColumns, labels: TextTable) -> None:
        self.columns = columns
        self._labels = labels
        self._remembered: dict[int, Article] = {}
        self._characters = 0
        self._remembering = threading.Lock()

    @abstractmethod
    def _load(self, numbers: Sequence[int]) -> list[Article]:
        """Return the articles with some distinct numbers, in that order, as one batch."""

    @abstractmethod
    def with_text(self, texts: Sequence[str]) -> Sequence[Article]:
        """Return the articles whose paragraphs are these, in the order of the corpus."""

    @abstractmethod
    def with_link(self, link: str) -> Sequence[Article]:
        """Return the articles of a link, however it is written, in the order of the corpus; of each its header."""

    def titles(self, numbers: Sequence[int]) -> list[str]:
        """Return the titles of the articles with some numbers, in that order."""
        return [article.title for article in self.read(numbers)]

    def headers(self, numbers: Sequence[int]) -> list[Article]:
        """Return the articles with some numbers, in that order, without their paragraphs and sources."""
        return [header(article) for article in self.read(numbers)]

    def number(self, name: str) -> int | None:
        """Return the number of the article with an id, or None; where ids are not at hand, their digests decide."""
        numbers = self._numbers(id_digest(name))
        if len(numbers) > 1:
            articles = self.read(numbers)
            numbers = [number for number, article in zip(numbers, articles, strict=True) if article.id == name]
        return next(iter(numbers), None)

    def at(self, number: int) -> Article:
        """Return the article with a number; raise IndexError where there is none."""
        return self._remembered.get(number) or self.read([number])[0]

    def read(self, numbers: Sequence[int]) -> list[Article]:
        """Return the articles with some numbers, in that order; raise IndexError where one of them is none."""
        remembered = self._remembered
        found = {number: remembered.get(number) for number in numbers}
        if missing := [number for number, article in found.items() if article is None]:
            if not 0 <= min(missing) <= max(missing) < len(self):
                raise IndexError(f"no articles with the numbers {missing}")
            found.update(zip(missing, map(self._remember, missing, self._load(missing)), strict=True))
        return [article for number in numbers if (article := found[number]) is not None]

    def _remember(self, number: int, article: Article) -> Article:
        """Remember an article, unless another thread did meanwhile; return the one that is remembered."""
        with self._remembering:
            if len(self._remembered) >= _REMEMBERED or self._characters >= _REMEMBERED_CHARACTERS:
                self._remembered, self._characters = {}, 0
            self._characters += sum(len(paragraph.text) for paragraph in article.paragraphs)
            return self._remembered.setdefault(number, article)

    def __len__(self) -> int:
        return len(self.columns.days)

    def __iter__(self) -> Iterator[str]:
        return (article.id for article in self.select(np.arange(len(self))).headers())

    def values(self) -> ValuesView[Article]:
        """Return all articles, which are read in batches."""
        return _AllArticles(self)

    def __getitem__(self, name: str) -> Article:
        number = self.number(name)
        if number is None or (article := self.at(number)).id != name:
            raise KeyError(name)
        return article

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.number(name) is not None

    def with_digests(self, starts: Sequence[bytes]) -> list[list[Article]]:
        """Return the articles for each beginning of a digest of ids, which has at most `DIGEST` bytes."""
        numbers = [self._numbers(start) for start in starts]
        articles = iter(self.read([number for own in numbers for number in own]))
        return [[next(articles) for _ in own] for own in numbers]

    def _numbers(self, start: bytes) -> list[int]:
        """Return the numbers of the articles whose ids have digests that begin with some bytes."""
        first, last = (int.from_bytes(start.ljust(DIGEST, end), "big") for end in (b"\x00", b"\xff"))
        digests = self.columns.id_digests
        places = slice(np.searchsorted(digests, first), np.searchsorted(digests, last, "right"))
        return [int(number) for number in self.columns.places[places]]

    def select(self, numbers: NDArray[np.integer]) -> "Articles":
        """Return the articles with some numbers, in that order, without reading them yet."""
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
        return {label: self._labels[label] for label in np.flatnonzero(np.bincount(labels[labels != NONE])).tolist()}


class _AllArticles(ValuesView[Article]):
    """The articles of a store, read in batches."""

    def __init__(self, store: ArticleStore) -> None:
        super().__init__(store)
        self._articles = store.select(np.arange(len(store)))

    def __iter__(self) -> Iterator[Article]:
        return iter(self._articles)


class Articles(Sequence[Article]):
    """A selection of a store's articles, read on demand: a single one by its place, or all in batches."""

    def __init__(self, store: ArticleStore, numbers: NDArray[np.integer]) -> None:
        self._store = store
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[Article]:
        return self._batches(self._store.read)

    @overload
    def __getitem__(self, place: int) -> Article: ...

    @overload
    def __getitem__(self, place: slice) -> "Articles": ...

    def __getitem__(self, place: int | slice) -> "Article | Articles":
        if isinstance(place, slice):
            return Articles(self._store, self._numbers[place])
        return self._store.at(int(self._numbers[place]))

    def titles(self) -> Iterator[str]:
        """Yield the titles of the articles."""
        return self._batches(self._store.titles)

    def headers(self) -> Iterator[Article]:
        """Yield the articles without their paragraphs and sources."""
        return self._batches(self._store.headers)

    def where(self, included: NDArray[np.bool_]) -> "Articles":
        """Return the articles where a mask over the numbers of the store, (articles,) bool, is true."""
        return Articles(self._store, self._numbers[included[self._numbers]])

    def select(self, places: Sequence[int]) -> "Articles":
        """Return the articles at some places, in that order."""
        return Articles(self._store, self._numbers[np.asarray(places, dtype=np.int64)])

    def _batches(self, read: Callable[[Sequence[int]], Sequence[T]]) -> Iterator[T]:
        for first in range(0, len(self._numbers), _BATCH):
            yield from read(self._numbers[first : first + _BATCH].tolist())


# Few outlets publish most of any coverage; the bound keeps a hostile stream of names out of memory.
@lru_cache(maxsize=1 << 10)
def outlet_key(outlet: str) -> str:
    """Return one key for all spellings of an outlet's name."""
    return " ".join(normalise(outlet).split())
