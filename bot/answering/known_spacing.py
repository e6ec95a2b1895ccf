"""Spaces that a question lacks between two words of the coverage: «وزارهالخارجيه», «فيمصر», «كممليون».

A rare name must not come apart (فيتنام is no «في تنام»), since a question would then be answered from the rest of it.
So two words are parted only where the coverage has them side by side, or where a particle stands before what can be
nothing but a noun; and what the coverage has but for a slip is one word.
"""

from functools import partial

from bot.answering.lexicon import Lexicon
from bot.arabic import light_stem, numbers, split_glued, with_spaces
from bot.retrieval import PassageIndex

_PREPOSITIONS = frozenset({"في", "من", "علي", "الي", "عن", "مع", "بين", "منذ", "حتي"})
_HOW_MANY, _ARTICLE = "كم", "ال"
_LEAST_LETTERS, _LEAST_PART = 6, 3
# «معالمها» is no «مع المها».
_LEAST_DEFINITE = 6
# Nearer than this is a slip; a glued word shares as much with the longer of its parts, which stands within it.
_SLIP = 0.8


def with_known_spaces(text: str, index: PassageIndex, lexicon: Lexicon) -> str:
    """Put the spaces into a cleaned message that are missing between words of an index."""
    return with_spaces(text, partial(_first_length, index, lexicon))


def _first_length(index: PassageIndex, lexicon: Lexicon, normal: str) -> int:
    if index.stems.document_frequency(light_stem(normal)) or index.vocabulary.words.find(normal) is not None:
        return 0
    length = split_glued(normal, partial(_together, index, lexicon))
    return 0 if length and _is_slip(normal, index) else length


def _is_slip(normal: str, index: PassageIndex) -> bool:
    terms = index.analyser.terms(normal)
    near = (variant for term in terms for variant in index.near(term))
    return any(variant.similarity >= _SLIP and variant.word not in normal for variant in near)


def _together(index: PassageIndex, lexicon: Lexicon, first: str, second: str) -> bool:
    if first == _HOW_MANY:
        return any(numbers(second)) or second in lexicon.time_units | lexicon.counted_money
    if first in _PREPOSITIONS:
        is_known = index.vocabulary.words.find(second) is not None
        definite = second.startswith(_ARTICLE) and len(second) >= _LEAST_DEFINITE
        return is_known and (definite or _is_name(second, lexicon))
    enough = len(first) >= _LEAST_PART and len(first) + len(second) >= _LEAST_LETTERS
    return enough and index.neighbours(first, second)


def _is_name(normal: str, lexicon: Lexicon) -> bool:
    """Tell whether a word is a name as it is written; «روس» is none, though it has the stem of one."""
    return any((normal,) in named.spellings for named in lexicon.known_names.among([normal]))
