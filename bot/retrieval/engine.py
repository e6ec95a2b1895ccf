"""The protocol that answering and chat are written against: a search engine for passages."""

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.arabic import Analyser, Term
from bot.retrieval.passage import IndexedPassage, Passage
from bot.retrieval.query import Scope, StemEquivalents
from bot.retrieval.shortlist import Shortlist
from bot.retrieval.variants import Variant
from bot.retrieval.vocabulary import Vocabulary


class SearchEngine(Protocol):
    """Search over the passages of one edition; immutable, and safe to call from any thread.

    Passages, words and stems have numbers that mean the same in every answer of an engine; the passages of an article
    follow each other. A scope limits which passages are found, never what a word is worth: frequencies and averages are
    those of the whole edition.
    """

    def __len__(self) -> int:
        """Return the number of passages."""

    @property
    def analyser(self) -> Analyser:
        """The analyser that the passages were indexed with."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The distinct words of the passages, their titles and their headings."""

    @property
    def average_length(self) -> float:
        """The mean number of terms of a passage, titles and headings as often as they count; 0 of no passages."""

    def document_frequency(self, stem: str) -> int:
        """Return how many passages hold a stem."""

    def variants(self, term: Term) -> tuple[Variant, ...]:
        """Return up to three words that may stand for a term whose stem no passage holds, the nearest first."""

    def has_adjacent(self, first: str, second: str) -> bool:
        """Whether two words in normal form stand side by side anywhere, stop words between them left out."""

    def shortlist(
        self, terms: Sequence[Term], equivalents: Sequence[StemEquivalents] = (), scope: Scope | None = None
    ) -> Shortlist:
        """Return the best passages in scope for a query, about a hundred, scored by BM25 of stems and of 4-grams.

        Each holds a stem of the query, of a variant, or all stems of an alternative among the equivalents.
        """

    def read(self, numbers: Sequence[int]) -> list[IndexedPassage]:
        """Return passages by number, in that order, with all that comparing them with a question needs."""

    def holds(self, number: int, stems: Collection[str]) -> bool:
        """Whether a passage, given by number, holds every one of some stems, at least one."""

    def near_duplicates(self, passage: IndexedPassage, scope: Scope | None, limit: int) -> Sequence[Passage]:
        """Return near duplicates of other articles in scope: those of other outlets first, then by day."""
