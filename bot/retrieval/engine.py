"""The class that answering and chat are written against: a search engine for passages, and what it raises.

What a search server cannot do is raised, and never counts as coverage that has nothing.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import ClassVar

import numpy as np

from bot.arabic import Analyser, Term
from bot.articles import ArticleStore, outlet_key
from bot.errors import TextError
from bot.retrieval.bm25 import BM25
from bot.retrieval.duplicates.near_duplicates import NearDuplicates
from bot.retrieval.passage import IndexedPassage, Passage
from bot.retrieval.query import Scope, StemEquivalents
from bot.retrieval.shortlist import Shortlist
from bot.retrieval.variants import Variant, VariantLookup
from bot.retrieval.vocabulary import Vocabulary
from bot.storage import IntArray

# Words before a word take half a kilobyte, a kilobyte at most.
_REMEMBERED = 1 << 12


class SearchEngine(ABC):
    """Search over the passages of one edition; immutable, and safe to call from any thread.

    Passages, words and stems have numbers that mean the same in every answer of an engine; the passages of an article
    follow each other. A scope limits which passages are found, never what a word is worth: frequencies and averages are
    those of the whole edition.
    """

    def __init__(
        self,
        analyser: Analyser,
        vocabulary: Vocabulary,
        stems: BM25,
        articles: ArticleStore,
        duplicates: NearDuplicates,
    ) -> None:
        """Search passages that an analyser read, given their distinct words, and the frequencies of all stems."""
        self.analyser = analyser
        self._articles = articles
        self._duplicates = duplicates
        self.vocabulary = vocabulary
        """The distinct words of the passages, their titles and their headings."""
        self.stems = stems
        self._lookup = VariantLookup(vocabulary, stems)
        self._before: dict[tuple[str, ...], IntArray] = {}

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self.stems)

    @property
    def average_length(self) -> float:
        """The mean number of terms of a passage, titles and headings as often as they count; 0 of no passages."""
        return float(self.stems.avgdl)

    def document_frequency(self, stem: str) -> int:
        return self.stems.document_frequency(stem)

    def variants(self, term: Term) -> tuple[Variant, ...]:
        """Return up to three words that may stand for a term whose stem no passage holds, the nearest first."""
        return () if self.stems.document_frequency(term.stem) else self._lookup.variants(term)

    def lookalikes(self, normal: str) -> list[str]:
        """Return the words in normal form that may be meant by one of which no passage has a variant, likeliest first.

        They are further off than a typo: whoever takes one for the other asks first.
        """
        return self._lookup.lookalikes(normal)

    def has_adjacent(self, first: str, second: str) -> bool:
        """Whether two words in normal form stand side by side anywhere, stop words between them left out."""
        one, other = map(self.vocabulary.words.find, (first, second))
        if one is None or other is None:
            return False
        parts = self._words_before([other], {int(self.vocabulary.stems[word]) for word in (one, other)})
        return any(bool((before == one).any()) for before in parts)

    def words_before(self, *normals: str) -> IntArray:
        """Return the words, by number, before some that follow each other without stop words, in 256 passages."""
        found = self._before.get(normals)
        if found is None:
            if len(self._before) >= _REMEMBERED:
                self._before = {}
            run = [number for number in map(self.vocabulary.words.find, normals) if number is not None]
            stems = {int(self.vocabulary.stems[number]) for number in run}
            parts = self._words_before(run, stems) if len(run) == len(normals) else iter(())
            found = next(parts, np.zeros(0, dtype=np.int32))
            self._before[normals] = found
        return found

    def expect_words_before(self, normals: Iterable[str]) -> None:
        """Read at once, where that takes requests, what `words_before` is to be asked of each of some words next."""
        del normals

    @abstractmethod
    def _words_before(self, run: Sequence[int], forms: Collection[int]) -> Iterator[IntArray]:
        """Yield the words before each run in the passages that hold all of some stems, so many passages at a time."""

    @abstractmethod
    def shortlist(
        self, terms: Sequence[Term], equivalents: Sequence[StemEquivalents] = (), scope: Scope | None = None
    ) -> Shortlist:
        """Return the best passages in scope for a query, about a hundred, scored by BM25 of stems and of 4-grams.

        Each holds a stem of the query, of a variant, or all stems of an alternative among the equivalents.
        """

    @abstractmethod
    def read(self, numbers: Sequence[int]) -> list[IndexedPassage]:
        """Return passages by number, in that order, with all that comparing them with a question needs."""

    @abstractmethod
    def holds(self, number: int, stems: Collection[str]) -> bool:
        """Whether a passage, given by number, holds every one of some stems, at least one."""

    def near_duplicates(self, passage: IndexedPassage, scope: Scope | None, limit: int) -> list[Passage]:
        """Return near duplicates of other articles in scope: those of other outlets first, then by day."""
        numbers = self._duplicates[passage.number]
        if not len(numbers):
            return []
        articles = self.articles_of(numbers)
        is_candidate = (scope or Scope()).mask(self._articles, articles) & (articles != passage.article_number)
        labels, names = self._articles.columns.outlets, self._articles.outlet_names
        own = names.get(int(labels[passage.article_number]))
        foreign = [label for label, name in names.items() if own is None or outlet_key(name) != outlet_key(own)]
        order = np.argsort(~np.isin(labels[articles[is_candidate]], foreign), kind="stable")
        return self._passages(numbers[is_candidate][order[:limit]])

    @abstractmethod
    def articles_of(self, passages: IntArray) -> IntArray:
        """Return the numbers of the articles of (n,) passages, (n,)."""

    @abstractmethod
    def _passages(self, numbers: IntArray) -> list[Passage]:
        """Return passages by number, in that order, without what comparing them needs."""


class SearchError(TextError):
    """The search server gave no answer that can be relied on; nothing follows from it about the coverage.

    `cause` has the words of the server or of its library, for the log and the maintainer.
    """

    text: ClassVar = "search.away"

    def __init__(self, cause: str = "") -> None:
        super().__init__(self.text, cause=cause)
        self.cause = cause

    def __reduce__(self) -> tuple[type["SearchError"], tuple[str]]:
        """Let an error pass from one process to another."""
        return type(self), (self.cause,)


class SearchAwayError(SearchError):
    """The server is out of reach, slow, overloaded, or found only a part; it may answer soon."""


class IndexGoneError(SearchAwayError):
    """The index of this edition was removed, since another edition serves now."""

    text = "search.gone"


class SearchDeniedError(SearchError):
    """The server refuses the user name, the password, or what the user would do."""

    text = "search.denied"


class SearchUnknownError(SearchError):
    """The server, its version or the mapping of the index is none that this program knows."""

    text = "search.unknown"


class SearchMissingError(SearchError):
    """The library that speaks with the server is not installed."""

    text = "search.missing"


class IndexBlockedError(SearchError):
    """The server takes no documents for an index, since its disks are full or an operator forbids it."""

    text = "search.blocked"


class IncompleteIndexError(SearchError):
    """An index does not have what was sent to it."""

    text = "search.incomplete"


class SideFileError(SearchError):
    """The side file of an index could not be written to the disk here; `cause` has the system's words."""

    text = "search.side_file"


class ServedElsewhereError(TextError):
    """Another process let another edition serve meanwhile, which this one did not know of when it began."""

    def __init__(self) -> None:
        super().__init__("search.served_elsewhere")
