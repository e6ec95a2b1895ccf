"""Spaces that people leave out: between words of the coverage («وزارهالخارجيه»), behind question words («ماسبب»).

A rare name must not come apart (فيتنام is no «في تنام»), since a question would then be answered from the rest of it.
So two words are parted only where the coverage has them side by side, or where a particle stands before what can be
nothing but a noun; and what the coverage has but for a slip is one word.
"""

from functools import partial

from bot.answering.knowledge import Lexicon
from bot.answering.reasons import AnswerType
from bot.arabic import first_word_length, insert_spaces, light_stem, numbers, split_after_final_letters
from bot.retrieval import PassageIndex

_PREPOSITIONS = frozenset({"في", "من", "علي", "الي", "عن", "مع", "بين", "منذ", "حتي"})
_HOW_MANY, _ARTICLE = "كم", "ال"
_LEAST_LETTERS, _LEAST_PART = 6, 3
# «معالمها» is no «مع المها».
_LEAST_DEFINITE = 6
# Nearer than this is a slip; a glued word shares as much with the longer of its parts, which stands within it.
_SLIP = 0.8

_WHAT, _SPELLED_HOW_MANY, _SPELLED_ARTICLE = "ما", "كم", "ال"
# No word begins like these: «ماذايحدث», «ماالسبب».
_BEGINS_NO_WORD, _LEAST_BEHIND = ("لماذا", "ماذا", "ماال"), 2
# «مالون» is a name: a short attribute behind «ما» is chance.
_LEAST_OF_ATTRIBUTE = 4
_COUNTED = frozenset({AnswerType.QUANTITY, AnswerType.MONEY, AnswerType.TIME})


def split_run_together_words(text: str, index: PassageIndex, lexicon: Lexicon) -> str:
    """Put the spaces into a cleaned message that are missing between words of an index."""
    return insert_spaces(text, partial(_first_length, index, lexicon))


def _first_length(index: PassageIndex, lexicon: Lexicon, normal: str) -> int:
    if index.stems.document_frequency(light_stem(normal)) or index.vocabulary.words.find(normal) is not None:
        return 0
    length = first_word_length(normal, partial(_together, index, lexicon))
    return 0 if length and _is_slip(normal, index) else length


def _is_slip(normal: str, index: PassageIndex) -> bool:
    terms = index.analyser.terms(normal)
    near = (variant for term in terms for variant in index.variants(term))
    return any(variant.similarity >= _SLIP and variant.word not in normal for variant in near)


def _together(index: PassageIndex, lexicon: Lexicon, first: str, second: str) -> bool:
    if first == _HOW_MANY:
        return any(numbers(second)) or second in lexicon.time_units | lexicon.counted_money
    if first in _PREPOSITIONS:
        is_known = index.vocabulary.words.find(second) is not None
        definite = second.startswith(_ARTICLE) and len(second) >= _LEAST_DEFINITE
        return is_known and (definite or _is_name(second, lexicon))
    enough = len(first) >= _LEAST_PART and len(first) + len(second) >= _LEAST_LETTERS
    return enough and index.has_adjacent(first, second)


def _is_name(normal: str, lexicon: Lexicon) -> bool:
    """Tell whether a word is a name as it is written; «روس» is none, though it has the stem of one."""
    return any((normal,) in named.spellings for named in lexicon.known_names.find([normal]))


def split_run_together_question_words(text: str, lexicon: Lexicon) -> str:
    """Put the spaces into a question that are missing in any coverage; what depends on one is not touched."""
    return insert_spaces(split_after_final_letters(text), partial(_question_word_length, lexicon))


def _question_word_length(lexicon: Lexicon, normal: str) -> int:
    """Return the length of the question word that is glued to the noun behind it, else 0."""
    if normal in lexicon.question_words:
        return 0
    if (sure := next(filter(normal.startswith, _BEGINS_NO_WORD), "")) and len(normal) >= len(sure) + _LEAST_BEHIND:
        return len(sure.removesuffix(_SPELLED_ARTICLE))
    noun = normal[len(_WHAT) :]
    if normal.startswith(_WHAT):
        attribute = len(noun) >= _LEAST_OF_ATTRIBUTE and noun in lexicon.definitions.attributes
        return len(_WHAT) if attribute or noun in lexicon.asking_nouns else 0
    if normal.startswith(_SPELLED_HOW_MANY) and lexicon.asking_nouns.get(noun) in _COUNTED:
        return len(_SPELLED_HOW_MANY)
    return 0
