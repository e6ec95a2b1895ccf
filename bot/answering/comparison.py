"""A question's terms against many words at once: spelling is compared only where arrays say that words may match."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from bot.answering.matching import LEAST_FUZZY, LEAST_SIMILARITY, WEAK_LETTERS, Matcher
from bot.arabic import Term, skeleton
from bot.retrieval import Letters, Vocabulary

Matches = NDArray[np.float64]
_May = NDArray[np.bool_]
_WEAK = Letters.of([WEAK_LETTERS]).masks[0]
# What is similar enough but for rounding is similar enough.
_ROUNDING = 1e-9


def compare(words: NDArray[np.integer], terms: Sequence[Term], vocabulary: Vocabulary, match: Matcher) -> Matches:
    """Return what `match` says of words of a vocabulary, given by number, and terms: a row a word, a column a term."""
    matches = np.zeros((len(words), len(terms)))
    may = np.nonzero(_may_match(words, terms, vocabulary, match))
    for place, column in zip(*map(np.ndarray.tolist, may), strict=True):
        matches[place, column] = match(terms[column], vocabulary[words[place]])
    return matches


def _may_match(words: NDArray[np.integer], terms: Sequence[Term], vocabulary: Vocabulary, match: Matcher) -> _May:
    """Tell which words may match which terms: all that do, and some more."""
    stems, letters = vocabulary.stems[words], vocabulary.form_letters[vocabulary.stems[words]]
    is_ascii = np.array([term.normal.isascii() for term in terms], dtype=np.bool_)
    is_foreign = vocabulary.is_ascii[words][:, np.newaxis] != is_ascii
    may = _is_spelled(vocabulary.skeletons[words], terms, vocabulary) & is_foreign
    may |= _is_inflected(letters, terms) & ~is_foreign
    may |= _is_named(stems, vocabulary.bares[words], terms, vocabulary, match)
    near = np.nonzero(_is_near(letters, terms) & ~is_foreign & ~may)
    places, columns = map(np.ndarray.tolist, near)
    asked, found = [terms[column].stem for column in columns], [vocabulary.forms[stems[place]] for place in places]
    may[near] = cpdist(asked, found, scorer=OSA.normalized_similarity, score_cutoff=LEAST_SIMILARITY) > 0
    return may


def _is_named(
    stems: NDArray[np.integer],
    bares: NDArray[np.integer],
    terms: Sequence[Term],
    vocabulary: Vocabulary,
    match: Matcher,
) -> _May:
    """Tell which words have a term's stem, or that of a synonym, with or without their first letter."""
    may = np.zeros((len(stems), len(terms)), dtype=np.bool_)
    named = [(term.stem, term.bare, *match.synonyms(term)) for term in terms]
    known = [
        (number, column)
        for column, forms in enumerate(named)
        for form in dict.fromkeys(forms)
        if (number := vocabulary.forms.find(form)) is not None
    ]
    if known:
        numbers, columns = np.array(known).T
        places, found = np.nonzero((stems[:, np.newaxis] == numbers) | (bares[:, np.newaxis] == numbers))
        may[places, columns[found]] = True
    return may


def _is_spelled(skeletons: NDArray[np.integer], terms: Sequence[Term], vocabulary: Vocabulary) -> _May:
    """Tell which words have a term's consonants."""
    found = [vocabulary.consonants.find(skeleton(term.normal)) for term in terms]
    return np.asarray(skeletons[:, np.newaxis] == [-1 if number is None else number for number in found])


def _is_inflected(letters: Letters, terms: Sequence[Term]) -> _May:
    """Tell which stems differ in weak letters alone, as far as the kinds of their letters tell."""
    masks = Letters.of([term.stem for term in terms]).masks
    return np.asarray((letters.masks[:, np.newaxis] ^ masks) & ~_WEAK == 0)


def _is_near(letters: Letters, terms: Sequence[Term]) -> _May:
    """Tell which stems may be similar enough, as far as their lengths and the kinds of their letters tell."""
    near = np.zeros((len(letters.lengths), len(terms)), dtype=np.bool_)
    is_long = letters.lengths >= LEAST_FUZZY
    for column, stem in enumerate(term.stem for term in terms):
        if len(stem) >= LEAST_FUZZY:
            most = (1 - LEAST_SIMILARITY) * np.maximum(letters.lengths, len(stem)) + _ROUNDING
            near[:, column] = is_long & (letters.least_edits(stem) <= most)
    return near
