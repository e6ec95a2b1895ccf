"""A question's terms against many words at once: one by one only words that are spelled nearby are compared."""

from collections.abc import Iterable, Sequence
from itertools import filterfalse

import numpy as np
from numpy.typing import NDArray

from bot.answering.matching import (
    CLITIC,
    LEAST_FUZZY,
    LEAST_SIMILARITY,
    SAME,
    SPELLED,
    SYNONYM,
    WEAK_LETTERS,
    Matcher,
    holds_digit,
)
from bot.arabic import Term, skeleton
from bot.retrieval import Letters, Vocabulary
from bot.storage import StringTable

Matches = NDArray[np.float64]
_WEAK = Letters.of([WEAK_LETTERS]).masks[0]
# What is similar enough but for rounding is similar enough.
_ROUNDING = 1e-9


def compare(words: NDArray[np.integer], terms: Sequence[Term], vocabulary: Vocabulary, match: Matcher) -> Matches:
    """Return what `match` says of words of a vocabulary, given by number, and terms: a row a word, a column a term."""
    stems, bares = vocabulary.stems[words], vocabulary.bares[words]
    letters, is_ascii = vocabulary.form_letters[stems], vocabulary.is_ascii[words]
    columns = np.zeros((len(terms), len(words)))
    may_be_near = _may_be_near(letters, [term.stem for term in terms])
    for column, term, near in zip(columns, terms, may_be_near, strict=True):
        synonyms = filterfalse(holds_digit, match.synonyms(term))
        stem, bare, *others = _numbers((term.stem, term.bare, *synonyms), vocabulary.forms)
        same = stems == stem
        if not holds_digit(term.normal):
            foreign = is_ascii != term.normal.isascii()
            places = np.flatnonzero(near & ~(same | foreign))
            likeness = {
                number: match.likeness(term.stem, vocabulary.forms[number]) for number in set(stems[places].tolist())
            }
            column[places] = [likeness[number] for number in stems[places].tolist()]
            if foreign.any() and (name := skeleton(term.normal)):
                column[foreign & (vocabulary.skeletons[words] == _numbers([name], vocabulary.consonants))] = SPELLED
            column[_is_among(stems, others) | _is_among(bares, others)] = SYNONYM
            column[(stems == bare) | (bares == stem)] = CLITIC
        column[same] = SAME
    return columns.T


def _numbers(strings: Iterable[str], table: StringTable) -> list[int]:
    """Return the numbers of strings in a table, and for one that it lacks a number that no string has."""
    found = (table.find(string) for string in strings)
    return [-1 if number is None else number for number in found]


def _is_among(numbers: NDArray[np.integer], few: Sequence[int]) -> NDArray[np.bool_]:
    return np.asarray((numbers == np.array(few)[:, np.newaxis]).any(axis=0))


def _may_be_near(letters: Letters, stems: Sequence[str]) -> NDArray[np.bool_]:
    """Tell which of many stems may be similar enough to these, or differ from them in weak letters alone: a row each.

    The least edits between two are those of `Letters.least_edits`, here of all pairs at once.
    """
    own = Letters.of(stems)
    differing = letters.masks ^ own.masks[:, np.newaxis]
    inflected = differing & ~_WEAK == 0
    lengths = np.maximum(letters.lengths, own.lengths[:, np.newaxis])
    longer = 2 * lengths - (letters.lengths + own.lengths[:, np.newaxis])
    edits = longer + (np.maximum(np.bitwise_count(differing) - longer, 0) + 1) // 2
    is_long = (letters.lengths >= LEAST_FUZZY) & (own.lengths >= LEAST_FUZZY)[:, np.newaxis]
    return np.asarray(inflected | (is_long & (edits <= (1 - LEAST_SIMILARITY) * lengths + _ROUNDING)))
