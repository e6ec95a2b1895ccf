"""Run-together words split: two words of the coverage («وزارهالخارجيه»), a question word and a noun («ماسبب»).

A rare name must not be split (فيتنام is no «في تنام»), since a question would then be answered from the rest of it. So
a word is split only where the coverage has its two parts side by side, or where a particle stands before what can only
be a noun; and a word that the coverage has but for a typo stays whole.
"""

from functools import partial

from bot.answering.knowledge import Lexicon
from bot.answering.reasons import AnswerType
from bot.answering.words import TokenisedText
from bot.arabic import ARTICLE, first_word_length, insert_spaces, light_stem, numbers, split_after_final_letters, words
from bot.retrieval import SearchEngine

_PREPOSITIONS = frozenset({"في", "من", "علي", "الي", "عن", "مع", "بين", "منذ", "حتي"})
_HOW_MANY = "كم"
_LEAST_LETTERS, _LEAST_PART = 6, 3
# «معالمها» is no «مع المها».
_LEAST_DEFINITE = 6
# A word nearer than this is the same word misspelt; run-together words are as near to the longer part within them.
_LEAST_TYPO_SIMILARITY = 0.8

_WHAT = "ما"
# No word begins like these: «ماذايحدث», «ماالسبب».
_BEGINS_NO_WORD, _LEAST_BEHIND = ("لماذا", "ماذا", "ماال"), 2
# «مالون» is a name: a short attribute behind «ما» is chance.
_LEAST_OF_ATTRIBUTE = 4
_COUNTED = frozenset({AnswerType.QUANTITY, AnswerType.MONEY, AnswerType.TIME})


def split_run_together_words(text: TokenisedText, index: SearchEngine) -> str:
    """Put the spaces into a text that are missing between two words of an index."""
    return insert_spaces(text.text, text.words, partial(_first_word_length, index, text.table.lexicon))


def _first_word_length(index: SearchEngine, lexicon: Lexicon, normal: str) -> int:
    """Return the length of the first of two words of the index that are run together in a word, else 0."""
    if index.document_frequency(light_stem(normal)) or index.vocabulary.words.find(normal) is not None:
        return 0
    length = first_word_length(normal, partial(_belong_together, index, lexicon))
    return 0 if length and _is_misspelling(normal, index) else length


def _is_misspelling(normal: str, index: SearchEngine) -> bool:
    """Whether the index has a word that a word is a misspelling of, other than a part of it."""
    terms = index.analyser.terms(normal)
    near = (variant for term in terms for variant in index.variants(term))
    return any(variant.similarity >= _LEAST_TYPO_SIMILARITY and variant.word not in normal for variant in near)


def _belong_together(index: SearchEngine, lexicon: Lexicon, first: str, second: str) -> bool:
    """Whether two words stand side by side in the index, or the first is a particle that goes with the second."""
    if first == _HOW_MANY:
        return any(numbers(second)) or second in lexicon.time_units | lexicon.counted_money
    if first in _PREPOSITIONS:
        is_known = index.vocabulary.words.find(second) is not None
        definite = second.startswith(ARTICLE) and len(second) >= _LEAST_DEFINITE
        return is_known and (
            definite or any((second,) in name.spellings for name in lexicon.known_names.find([second]))
        )
    enough = len(first) >= _LEAST_PART and len(first) + len(second) >= _LEAST_LETTERS
    return enough and index.has_adjacent(first, second)


def split_run_together_question_words(text: TokenisedText) -> str:
    """Put the spaces into a question that are missing whatever the coverage has: behind «ة» and question words."""
    ended = split_after_final_letters(text.text)
    found = text.words if ended == text.text else words(ended)
    return insert_spaces(ended, found, partial(_question_word_length, text.table.lexicon))


def _question_word_length(lexicon: Lexicon, normal: str) -> int:
    """Return the length of the question word that is run together with the noun behind it, else 0."""
    if normal in lexicon.question_words:
        return 0
    if (sure := next(filter(normal.startswith, _BEGINS_NO_WORD), "")) and len(normal) >= len(sure) + _LEAST_BEHIND:
        return len(sure.removesuffix(ARTICLE))
    noun = normal[len(_WHAT) :]
    if normal.startswith(_WHAT):
        attribute = len(noun) >= _LEAST_OF_ATTRIBUTE and noun in lexicon.definitions.attributes
        return len(_WHAT) if attribute or noun in lexicon.asking_nouns else 0
    if normal.startswith(_HOW_MANY) and lexicon.asking_nouns.get(noun) in _COUNTED:
        return len(_HOW_MANY)
    return 0
