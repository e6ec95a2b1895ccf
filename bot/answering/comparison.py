"""A question's terms against many words at once: spelling is compared only where arrays say that words may match."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.answering.matching import LEAST_FUZZY, LEAST_SIMILARITY, WEAK_LETTERS, Matcher
from bot.arabic import Term, skeleton
from bot.retrieval import Letters, Vocabulary

Matches = NDArray[np.float64]
_WEAK = Letters.of([WEAK_LETTERS]).masks[0]
# What is similar enough but for rounding is similar enough.
_ROUNDING = 1e-9


def compare(words: NDArray[np.integer], terms: Sequence[Term], vocabulary: Vocabulary, match: Matcher) -> Matches:
    """Return what `match` says of words of a vocabulary, given by number, and terms: a row a word, a column a term."""
    matches = np.zeros((len(words), len(terms)))
    for column, term in enumerate(terms):
        for place in np.flatnonzero(_may_match(words, term, vocabulary, match)).tolist():
            matches[place, column] = match(term, vocabulary[words[place]])
    return matches


def _may_match(words: NDArray[np.integer], term: Term, vocabulary: Vocabulary, match: Matcher) -> NDArray[np.bool_]:
    """Tell which words may match a term: all that do, and some more."""
    named = _find((term.stem, term.bare, *match.synonyms(term)), vocabulary)
    of_name = np.isin(vocabulary.stems[words], named) | np.isin(vocabulary.bares[words], named)
    foreign = vocabulary.is_ascii[words] != term.normal.isascii()
    spelled = foreign & (vocabulary.skeletons[words] == vocabulary.consonants.find(skeleton(term.normal)))
    near = ~foreign & _is_near(vocabulary.form_letters[vocabulary.stems[words]], term.stem)
    return np.asarray(of_name | spelled | near)


def _find(forms: Iterable[str], vocabulary: Vocabulary) -> list[int]:
    return [number for form in forms if (number := vocabulary.forms.find(form)) is not None]


def _is_near(letters: Letters, stem: str) -> NDArray[np.bool_]:
    """Tell which stems may be similar enough to a stem, or differ from it in weak letters alone."""
    longer = np.maximum(letters.lengths, len(stem))
    near = letters.least_edits(stem) <= (1 - LEAST_SIMILARITY) * longer + _ROUNDING
    inflected = (letters.masks ^ Letters.of([stem]).masks) & ~_WEAK == 0
    return np.asarray((near & (letters.lengths >= LEAST_FUZZY) & (len(stem) >= LEAST_FUZZY)) | inflected)
