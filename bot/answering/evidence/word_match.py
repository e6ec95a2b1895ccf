"""How well a word of a passage stands for a word of a question, for one pair and for many words at once."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, compress, filterfalse

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, Levenshtein

from bot.answering.knowledge import Lexicon
from bot.arabic import ACCUSATIVE, Term, consonant_skeleton
from bot.retrieval import RANKING, CharacterMasks, Vocabulary, VocabularyWord
from bot.storage import StringTable

# To take letters out takes longer than to compare words; the bound keeps made-up stems out of memory.
_REMEMBERED, _REMEMBERED_SETS, _REMEMBERED_FORMS = 1 << 12, 1 << 8, 1 << 13
_LEAST_STRONG_LETTERS = 3
WEAK_LETTERS = "اويء"
_WITHOUT_WEAK_LETTERS = str.maketrans("", "", WEAK_LETTERS)
# What patterns of words add to a root.
_ADDED_LETTERS = frozenset(WEAK_LETTERS + "تسمن")
# How well a word stands for another, 0 to 1, by what they have in common; chosen, and fitted with `RANKING`.
SAME, CLITIC, FUZZY, INFLECTED, SYNONYM, SPELLED = 1.0, 0.95, 0.95, 0.75, 0.75, 0.75

Matches = NDArray[np.float64]
_WEAK, _ADDED = CharacterMasks.of([WEAK_LETTERS, "".join(_ADDED_LETTERS)]).masks
# What is similar enough but for rounding is similar enough.
_ROUNDING = 1e-9


class Matcher:
    """Compares a question's terms with passage words."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._synonyms, self._thesaurus, self._everyday = lexicon.synonyms, lexicon.thesaurus, lexicon.everyday

    def match(self, asked: Term, found: Term | VocabularyWord, *, is_word: bool = False) -> float:
        """Return 1 for the same stem, less for a clitic more or less, a synonym or a spelling nearby, 0 for others."""
        if asked.stem == found.stem:
            return SAME
        if holds_digit(asked.normal) or holds_digit(found.normal):
            return 0.0
        is_clitic = found.stem == asked.without_proclitic or found.without_proclitic == asked.stem
        if is_clitic or found.stem == _in_other_case(asked.stem):
            return CLITIC
        if not self.synonyms(asked).isdisjoint((found.stem, found.without_proclitic)):
            return SYNONYM
        if asked.normal.isascii() != found.normal.isascii():
            name = consonant_skeleton(asked.normal)
            return SPELLED if name and name == consonant_skeleton(found.normal) else 0.0
        return self.likeness(asked.stem, found.stem, is_word=is_word)

    @staticmethod
    def likeness(asked: str, found: str, *, is_word: bool = False) -> float:
        """Return how well a stem stands for another of the same alphabet that is spelled nearby.

        One that is a word is no slip of another, «استقال» of «استقبل»: it stands for words of its own root alone.
        """
        if holds_digit(found) or holds_digit(asked):
            return 0.0
        strong = _strong(asked)
        if len(strong) >= _LEAST_STRONG_LETTERS and strong == _strong(found):
            return INFLECTED
        if min(len(asked), len(found)) < RANKING.least_fuzzy_letters:
            return 0.0
        similarity = OSA.normalized_similarity(asked, found, score_cutoff=RANKING.least_similarity)
        return FUZZY * similarity if not is_word or (similarity and _is_derived(asked, found)) else 0.0

    def is_everyday(self, term: Term) -> bool:
        """Whether everyday Arabic has a term."""
        return self._everyday.is_listed(term.stem)

    def synonyms(self, asked: Term) -> frozenset[str]:
        """Return the stems of words that mean the same as a term, with or without its first letter."""
        found = (self._synonyms.get(stem, frozenset()) for stem in (asked.stem, asked.without_proclitic))
        return united(self._thesaurus.related(asked), *found)

    def synonym_forms(self, asked: Term, vocabulary: Vocabulary) -> NDArray[np.int64]:
        """Return the forms of a vocabulary, by number, that mean the same as a term; numbers mean themselves alone."""
        key, known = (asked.stem, asked.without_proclitic), self._thesaurus.forms.setdefault(vocabulary, {})
        forms = known.get(key)
        if forms is None:
            if len(known) >= _REMEMBERED_FORMS:
                known.clear()
            numbers = map(vocabulary.forms.find, filterfalse(holds_digit, self.synonyms(asked)))
            known[key] = forms = np.array([number for number in numbers if number is not None], dtype=np.int64)
        return forms


def meant(matches: Matches, least: float = RANKING.least_match) -> Matches:
    """Return matches with 0 for those that are too weak."""
    return np.where(matches >= least, matches, 0.0)


def holds_digit(word: str) -> bool:
    """Whether a word is a number or holds one, so that it is itself or another thing: 2022 is not nearly 2023."""
    return not word.isalpha() and any(map(str.isdigit, word))


@lru_cache(_REMEMBERED_SETS)
def united(*groups: frozenset[str]) -> frozenset[str]:
    """Return the union of groups of stems, some hundred each, which are those of many questions."""
    return frozenset[str]().union(*groups)


_skeleton = lru_cache(_REMEMBERED)(consonant_skeleton)


@lru_cache(_REMEMBERED)
def _strong(stem: str) -> str:
    return stem.translate(_WITHOUT_WEAK_LETTERS)


@lru_cache(_REMEMBERED)
def _is_derived(stem: str, other: str) -> bool:
    """Whether stems differ only in what patterns add to a root, or put for each other at the beginning."""
    return all(
        (edit.tag == "insert" or stem[edit.src_pos] in _ADDED_LETTERS)
        and (edit.tag == "delete" or other[edit.dest_pos] in _ADDED_LETTERS)
        and (edit.tag != "replace" or not edit.src_pos or not _strong(stem[edit.src_pos] + other[edit.dest_pos]))
        for edit in Levenshtein.editops(stem, other)
    )


def compare(
    words: NDArray[np.integer],
    asked: Sequence[Term],
    vocabulary: Vocabulary,
    matcher: Matcher,
    *,
    standard: Sequence[Term] = (),
) -> Matches:
    """Return how well words of a vocabulary, given by number, match terms: a row a word, a column a term.

    The terms are those asked, and behind them the standard words of dialect ones.
    """
    terms, places = [*asked, *standard], words.astype(np.intp, copy=False)
    stems = vocabulary.stems[places].astype(np.intp, copy=False)
    is_ascii, columns = vocabulary.is_ascii[places], np.zeros((len(terms), len(places)))
    has_letters = np.array([not holds_digit(term.normal) for term in terms], dtype=np.bool_)
    is_latin = np.array([term.normal.isascii() for term in terms], dtype=np.bool_)
    own = _numbers((term.stem for term in terms), vocabulary.forms)
    # A word of the corpus, of everyday Arabic or of our own lists has no slip in it.
    is_word = [
        at >= len(asked) or number >= 0 or matcher.is_everyday(terms[at]) for at, number in enumerate(own.tolist())
    ]
    rows, near = _may_be_near(vocabulary.near_forms.masks[stems], terms, is_word)
    counts = has_letters[rows] & (own[rows] != stems[near]) & (is_latin[rows] == is_ascii[near])
    rows, near = rows[counts], near[counts]
    pairs = list(zip(rows.tolist(), stems[near].tolist(), strict=True))
    likeness = {
        (row, stem): matcher.likeness(terms[row].stem, vocabulary.forms[stem], is_word=is_word[row])
        for row, stem in set(pairs)
    }
    columns[rows, near] = [likeness[pair] for pair in pairs]
    # Among Arabic terms alone, only words of the other alphabet are; figures have no consonants.
    skeletons = vocabulary.skeletons[places]
    may_be_spelled = is_ascii & (skeletons != vocabulary.consonants.find("")) | (has_letters & is_latin).any()
    if may_be_spelled.any():
        names = _numbers((_skeleton(term.normal) or None for term in terms), vocabulary.consonants)
        others = np.flatnonzero(may_be_spelled)
        is_name = (skeletons[others] == names[:, np.newaxis]) & has_letters[:, np.newaxis]
        rows, near = np.nonzero(is_name & (is_latin[:, np.newaxis] != is_ascii[others]))
        columns[rows, others[near]] = SPELLED
    some = list(compress(terms, has_letters))
    synonyms = [matcher.synonym_forms(term, vocabulary) for term in some]
    clitics = chain((term.without_proclitic for term in some), (_in_other_case(term.stem) for term in some))
    numbers = np.concatenate((own, _numbers(clitics, vocabulary.forms), *synonyms))
    lettered = np.flatnonzero(has_letters)
    rows = np.concatenate((np.arange(len(own)), lettered, lettered, lettered.repeat(list(map(len, synonyms)))))
    bare = vocabulary.stems_without_proclitic[places].astype(np.intp, copy=False)
    found, at = _equal(numbers, np.concatenate((stems, bare)), len(vocabulary.forms))
    is_bare, at = at >= len(places), at % max(len(places), 1)
    is_own, is_synonym = found < len(own), found >= len(own) + 2 * len(lettered)
    is_clitic = (is_own == is_bare) & ~is_synonym & has_letters[rows[found]]
    for which, match in ((is_synonym, SYNONYM), (is_clitic, CLITIC), (is_own & ~is_bare, SAME)):
        columns[rows[found[which]], at[which]] = match
    return columns.T


def _equal(
    numbers: NDArray[np.int64], others: NDArray[np.intp], size: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the places of (n,) numbers below `size`, or -1 for none, and those of the others that are the same."""
    is_wanted, is_held = np.zeros(size + 1, dtype=np.bool_), np.zeros(size + 1, dtype=np.bool_)
    is_wanted[numbers] = True
    is_wanted[-1] = False
    places = np.flatnonzero(is_wanted[others])
    held = others[places]
    is_held[held] = True
    found = np.flatnonzero(is_held[numbers])
    rows, columns = np.nonzero(numbers[found][:, np.newaxis] == held)
    return found[rows], places[columns]


def _in_other_case(stem: str) -> str:
    """Return the stem of an indefinite noun without the ending of its accusative, or with it: «مدير», «مديرا»."""
    return stem.removesuffix(ACCUSATIVE) if stem.endswith(ACCUSATIVE) else stem + ACCUSATIVE


def _numbers(strings: Iterable[str | None], table: StringTable) -> NDArray[np.int64]:
    """Return the numbers of strings in a table, (n,), and for one that it lacks a number that no string has."""
    found = (None if string is None else table.find(string) for string in strings)
    return np.array([-1 if number is None else number for number in found], dtype=np.int64)


def _may_be_near(
    letters: CharacterMasks, terms: Sequence[Term], is_word: Sequence[bool]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the terms that stems may be similar enough to or differ from in weak letters alone, and these stems."""
    own = CharacterMasks.of_few([term.stem for term in terms])
    differing = letters.masks ^ own.masks[:, np.newaxis]
    # Of the root of a word, others differ from it in what patterns add.
    fixed = np.where(is_word, ~_ADDED, np.uint64(0))[:, np.newaxis]
    rows, places = np.nonzero(differing & fixed == 0)
    letters, own = letters[places], own[rows]
    inflected = (letters.masks ^ own.masks) & ~_WEAK == 0
    lengths = np.maximum(letters.lengths, own.lengths)
    is_long = np.minimum(letters.lengths, own.lengths) >= RANKING.least_fuzzy_letters
    is_similar = letters.min_edits_to(own) <= (1 - RANKING.least_similarity) * lengths + _ROUNDING
    may_be = inflected | (is_long & is_similar)
    return rows[may_be], places[may_be]
