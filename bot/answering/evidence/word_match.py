"""How well a word of a passage stands for a word of a question, for one pair and for many words at once."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import filterfalse

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
_WEAK = CharacterMasks.of([WEAK_LETTERS]).masks[0]
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
    terms = [*asked, *standard]
    stems, stems_without_proclitic = vocabulary.stems[words], vocabulary.stems_without_proclitic[words]
    own = _numbers([term.stem for term in terms], vocabulary.forms)
    own_without_proclitic = _numbers([term.without_proclitic for term in terms], vocabulary.forms)
    same = stems == own
    foreign = vocabulary.is_ascii[words] != _flags(term.normal.isascii() for term in terms)
    has_letters = _flags(not holds_digit(term.normal) for term in terms)
    columns = np.zeros((len(terms), len(words)))
    rows, places = np.nonzero(_may_be_near(vocabulary.near_forms.masks[stems], terms) & has_letters & ~(same | foreign))
    pairs = list(zip(rows.tolist(), stems[places].tolist(), strict=True))
    forms = {stem: vocabulary.forms[stem] for stem in {stem for _, stem in pairs}}
    # A word of the corpus, of everyday Arabic or of our own lists has no slip in it.
    is_word = [
        at >= len(asked) or number >= 0 or matcher.is_everyday(terms[at])
        for at, number in enumerate(own.ravel().tolist())
    ]
    likeness = {
        (row, stem): matcher.likeness(terms[row].stem, forms[stem], is_word=is_word[row]) for row, stem in set(pairs)
    }
    columns[rows, places] = [likeness[pair] for pair in pairs]
    spelled = foreign & has_letters
    if spelled.any():
        names = [consonant_skeleton(term.normal) for term in terms]
        spelled &= _flags(map(bool, names)) & (vocabulary.skeletons[words] == _numbers(names, vocabulary.consonants))
        columns[spelled] = SPELLED
    is_synonym = np.zeros(len(vocabulary.forms), dtype=np.bool_)
    for row in np.flatnonzero(has_letters).tolist():
        others = matcher.synonym_forms(terms[row], vocabulary)
        if len(others):
            is_synonym[others] = True
            columns[row, is_synonym[stems] | is_synonym[stems_without_proclitic]] = SYNONYM
            is_synonym[others] = False
    in_other_case = _numbers([_in_other_case(term.stem) for term in terms], vocabulary.forms)
    is_clitic = (stems == own_without_proclitic) | (stems_without_proclitic == own) | (stems == in_other_case)
    columns[is_clitic & has_letters] = CLITIC
    columns[same] = SAME
    return columns.T


def _in_other_case(stem: str) -> str:
    """Return the stem of an indefinite noun without the ending of its accusative, or with it: «مدير», «مديرا»."""
    return stem.removesuffix(ACCUSATIVE) if stem.endswith(ACCUSATIVE) else stem + ACCUSATIVE


def _numbers(strings: Iterable[str], table: StringTable) -> NDArray[np.int64]:
    """Return the numbers of strings in a table, (n, 1), and for one that it lacks a number that no string has."""
    found = (table.find(string) for string in strings)
    return np.array([-1 if number is None else number for number in found], dtype=np.int64).reshape(-1, 1)


def _flags(flags: Iterable[bool]) -> NDArray[np.bool_]:
    """Return flags as a column, (n, 1)."""
    return np.array(list(flags), dtype=np.bool_).reshape(-1, 1)


def _may_be_near(letters: CharacterMasks, terms: Sequence[Term]) -> NDArray[np.bool_]:
    """Tell which of many stems may be similar enough to terms' or differ in weak letters alone: a row a term."""
    own = CharacterMasks.of([term.stem for term in terms]).column()
    inflected = (letters.masks ^ own.masks) & ~_WEAK == 0
    lengths = np.maximum(letters.lengths, own.lengths)
    is_long = np.minimum(letters.lengths, own.lengths) >= RANKING.least_fuzzy_letters
    is_similar = letters.min_edits_to(own) <= (1 - RANKING.least_similarity) * lengths + _ROUNDING
    return np.asarray(inflected | (is_long & is_similar))
