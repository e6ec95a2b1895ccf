"""Words of a question that are written together: two words of the coverage, «وزارهالخارجيه», or one onto another.

A rare name must not be split (فيتنام is no «في تنام»), since a question would then be answered from the rest of it. So
a word is split only where the coverage has its two parts side by side, or where a particle stands before what can only
be a noun («ماسبب»); and a word that the coverage has but for a typo stays whole.

Function words are written onto a word: «فتونس», «عالسعودية», «ملمغرب», «لمحمود». News has «تونس» in ten thousand places
and «فتونس» in none, so that such a word would count for a rare name that no passage has. A word that news at large or
everyday Arabic has as it is, «فرنسا», is no such word.

A name that is an everyday word as well is read as the word where a question uses it so: «القطر» is the train. That is
with «ال», which it never takes, behind a number or «every», and before an adjective without «ال», for what describes a
name is definite. Only dialects call it so: «القطر التونسي» of standard Arabic is neither.
"""

import re
from collections.abc import Iterator
from functools import partial
from itertools import chain

from bot.answering.knowledge import Lexicon
from bot.answering.reasons import AnswerType
from bot.answering.words import KnownWord, TokenisedText, WordTable, is_arabic, word_fact
from bot.arabic import ARTICLE, first_word_length, insert_spaces, light_stem, numbers, split_after_final_letters, words
from bot.retrieval import SearchEngine, is_slip

_PREPOSITIONS = frozenset({"في", "من", "علي", "الي", "عن", "مع", "بين", "منذ", "حتي"})
_HOW_MANY = "كم"
_LEAST_LETTERS, _LEAST_PART = 6, 3
# «معالمها» is no «مع المها».
_LEAST_DEFINITE = 6
# Chosen: what fewer passages have may be a slip of their own.
_LEAST_HELD, _LEAST_SWAPPED = 3, 5
# Heard alike at the end of a name.
_ENDINGS = {"ا": "ه", "ه": "ا"}
# A word nearer than this is the same word misspelt; run-together words are as near to the longer part within them.
_LEAST_TYPO_SIMILARITY = 0.8

_WHAT = "ما"
# No word begins like these: «ماذايحدث», «ماالسبب».
_BEGINS_NO_WORD = ("لماذا", "ماذا", "ماال")
_COUNTED = frozenset({AnswerType.QUANTITY, AnswerType.MONEY, AnswerType.TIME})


def split_run_together_words(text: TokenisedText, index: SearchEngine) -> str:
    """Put the spaces into a text that are missing between two words of an index."""
    if all(word.is_latin or _is_held(word.normal, word.stem, index) for word in text.known):
        return text.text
    return insert_spaces(text.text, text.words, partial(_first_word_length, index, text.table))


def without_slips(text: TokenisedText, index: SearchEngine) -> TokenisedText:
    """Return a text with the words of an index for unknown ones that differ by a slip alone: «المعراض», «الدڨلة»."""
    if text.gloss is not None:
        return text
    written, end = list[str](), 0
    for word, known in zip(text.words, text.known, strict=True):
        if _may_be_slip(known) and (meant := _without_slip(known, index)):
            written += [text.text[end : word.start], meant]
            end = word.end
    return text.with_text("".join([*written, text.text[end:]])) if written else text


@word_fact
def _is_known(word: KnownWord) -> bool:
    """Whether a list has a word as it is written."""
    return bool(word.table.usual(word.normal) or word.lexicon.dialects.look_up(word.normal).standard)


@word_fact
def _may_be_slip(word: KnownWord) -> bool:
    """Whether an Arabic word is in no list as it is written, or has a letter for «ق» of its own."""
    normal = word.normal
    return is_arabic(normal) and (not _is_known(word) or word.lexicon.dialects.with_qaf(normal) != normal)


def _without_slip(word: KnownWord, index: SearchEngine) -> str | None:
    """Return the only word of an index that a word which may be a slip stands for; None where it is its own."""
    normal, table = word.normal, word.table
    if index.vocabulary.words.find(normal) is not None:
        return None
    plain = word.lexicon.dialects.with_qaf(normal)
    if plain != normal and index.vocabulary.words.find(plain) is not None:
        return plain
    if _is_known(word):
        return None
    # «غردايا» is «غرداية»: their stems are far apart.
    ended = normal[:-1] + _ENDINGS.get(normal[-1], "")
    if len(ended) >= _LEAST_SWAPPED and ended != normal[:-1] and index.vocabulary.words.find(ended) is not None:
        return ended
    near = [one for term in index.analyser.terms(normal) for one in index.variants(term)]
    held = {one.word: index.document_frequency(one.stem) for one in near}
    # «جنفي» may be «جنيف», and is «جانفي», which articles have far more often.
    most = max(held.values(), default=0)
    meant = [
        one
        for one in held
        if held[one] == most >= _LEAST_HELD and is_slip(normal, one) and table.usual(one)
        # Two letters of a short word swapped are another word.
        if len(one) < len(normal) or len(normal.removeprefix(ARTICLE)) >= _LEAST_SWAPPED
    ]
    return meant[0] if len(meant) == 1 else None


def _first_word_length(index: SearchEngine, table: WordTable, normal: str) -> int:
    """Return the length of the first of two words of the index that are run together in a word, else 0."""
    if _is_held(normal, light_stem(normal), index):
        return 0
    if not (length := first_word_length(normal, partial(_belong_together, index, table))):
        return 0
    near = (variant for term in index.analyser.terms(normal) for variant in index.variants(term))
    is_typo = any(one.similarity >= _LEAST_TYPO_SIMILARITY and one.word not in normal for one in near)
    return 0 if is_typo else length


def _is_held(normal: str, stem: str, index: SearchEngine) -> bool:
    """Whether an index has a word or its stem."""
    return index.vocabulary.words.find(normal) is not None or index.document_frequency(stem) > 0


def _belong_together(index: SearchEngine, table: WordTable, first: str, second: str) -> bool:
    """Whether two words stand side by side in the index, or the first is a particle that goes with the second."""
    lexicon = table.lexicon
    if first == _HOW_MANY:
        return any(numbers(second)) or second in lexicon.time_units | lexicon.counted_money
    if first in _PREPOSITIONS:
        is_known = index.vocabulary.words.find(second) is not None
        definite = second.startswith(ARTICLE) and len(second) >= _LEAST_DEFINITE
        is_name = any((second,) in name.spellings for name in lexicon.known_names.find([second]))
        return is_known and (definite or is_name)
    if len(first) < _LEAST_PART or len(first) + len(second) < _LEAST_LETTERS:
        return False
    # What is definite begins a word: «الفحصالدوري».
    is_noun = second.startswith(ARTICLE) and len(second) >= _LEAST_DEFINITE and bool(table.usual(first))
    is_held = is_noun and index.vocabulary.words.find(second) is not None
    is_used = is_held and index.document_frequency(light_stem(second)) >= _LEAST_HELD
    return is_used or index.has_adjacent(first, second)


def split_run_together_question_words(text: TokenisedText) -> str:
    """Put the spaces into a question that are missing whatever the coverage has: behind «ة» and question words."""
    ended = split_after_final_letters(text.text)
    if ended == text.text and not any(map(_question_word_length, text.known)):
        return ended
    found = text.words if ended == text.text else words(ended)
    return insert_spaces(ended, found, lambda normal: _question_word_length(text.table[normal]))


@word_fact
def _question_word_length(word: KnownWord) -> int:
    """Return the length of the question word that is run together with the noun behind it, else 0."""
    normal, lexicon = word.normal, word.lexicon
    if normal in lexicon.question_words:
        return 0
    if sure := next(filter(normal.startswith, _BEGINS_NO_WORD), ""):
        return len(sure.removesuffix(ARTICLE))
    noun = normal[len(_WHAT) :]
    if normal.startswith(_WHAT):
        return len(_WHAT) if noun in lexicon.asking_nouns else 0
    if normal.startswith(_HOW_MANY) and lexicon.asking_nouns.get(noun) in _COUNTED:
        return len(_HOW_MANY)
    return 0


# «ع» is «على», «ف» «في», «م» «من», «ه» «هذا»; «ملمغرب» is «من المغرب».
_BEFORE_ARTICLE = re.compile(rf"[وف]?[عف](?={ARTICLE}...)")
_BEFORE_ARTICLE_OF_DIALECT = re.compile(rf"[وف]?[عفمه](?={ARTICLE}...)")
_FOR_ARTICLE = re.compile(r"[وف]?[معفب]ل(?=....)")
_BEFORE_NOUN = re.compile(r"[وف]?[عفبل](?=...)|[وف](?=...)")
# Chosen: a shorter word may stand in a name by chance, «فراس».
_LEAST_NOUN = 4

# «كل قطر», «أي قطر», «شي قطر».
_BEFORE_ONE = frozenset({"كل", "اي", "اخر", "شي", "انهي", "هاد", "هذا", "هاذا", "بعض"})


def without_attached_words(text: TokenisedText) -> TokenisedText:
    """Return a text with the words in their normal form that have others written onto them without those."""
    bare = _bare_in_dialect if text.is_dialect else _bare
    return text.with_normals(list(map(bare, text.known)))


@word_fact
def _bare(word: KnownWord) -> str:
    """Return the normal form of a word without what is written onto it, or as it is."""
    # «هالفورد» is a name, «هالمغرب» one in dialect alone.
    return word.normal if _is_whole(word) else next(_names_in(word, _BEFORE_ARTICLE), word.normal)


@word_fact
def _bare_in_dialect(word: KnownWord) -> str:
    """Return the same of a word in a text of a dialect.

    In standard Arabic a name of another language looks like such a word sooner than one is written so.
    """
    if _is_whole(word):
        return word.normal
    normal, lexicon = word.normal, word.lexicon
    is_name = lexicon.known_names.has(normal) or lexicon.name_words.is_given_name(normal)
    is_word = is_name or normal in lexicon.dialects.words or word.is_dialect_verb
    nouns = () if is_word else _nouns_in(word)
    return next(chain(_names_in(word, _BEFORE_ARTICLE_OF_DIALECT), nouns), normal)


def _is_whole(word: KnownWord) -> bool:
    return not word.normal.isalpha() or word.is_news or word.is_everyday or word.is_filler or word.is_function


def _names_in(word: KnownWord, before_article: re.Pattern[str]) -> Iterator[str]:
    """Yield the names that a word may be with a function word written onto it."""
    normal, names = word.normal, word.lexicon.known_names
    for match in filter(None, (before_article.match(normal), _BEFORE_NOUN.match(normal))):
        if names.has(normal[match.end() :]):
            yield normal[match.end() :]
    if (joined := _FOR_ARTICLE.match(normal)) and names.has(ARTICLE + normal[joined.end() :]):
        yield ARTICLE + normal[joined.end() :]
    # «لمحمود», but «ليان» and «بسام» are names as they are.
    if (before := _BEFORE_NOUN.match(normal)) and len(normal) - before.end() >= _LEAST_NOUN:
        yield from {normal[before.end() :]} & word.lexicon.name_words.given_names


def _nouns_in(word: KnownWord) -> Iterator[str]:
    """Yield the words of news that a word of a dialect may be with a function word written onto it."""
    normal = word.normal
    if match := _BEFORE_ARTICLE_OF_DIALECT.match(normal):
        noun = word.table[normal[match.end() :]]
        if noun.is_news or noun.is_everyday:
            yield noun.normal
    if (match := _BEFORE_NOUN.match(normal)) and len(normal) - match.end() >= _LEAST_NOUN:
        noun = word.table[normal[match.end() :]]
        if noun.is_common:
            yield noun.normal


def with_everyday_words(text: TokenisedText) -> TokenisedText:
    """Return a text of a dialect in which the letters of a name have the normal form of the everyday word they are."""
    if not text.is_dialect:
        return text
    lexicon, normals = text.table.lexicon, text.normals.copy()
    for at, normal in enumerate(text.normals):
        meant = lexicon.known_names.everyday_word(normal)
        if not meant and (homograph := lexicon.known_names.homographs.get(normal)):
            behind = text.normals[at + 1 : at + 2]
            is_described = any(ARTICLE + after in lexicon.possessed_adjectives for after in behind)
            meant = homograph if is_described or (at > 0 and _counts(text.known[at - 1], lexicon)) else None
        normals[at] = meant or normal
    return text.with_normals(normals)


def _counts(word: KnownWord, lexicon: Lexicon) -> bool:
    """Whether a noun without an article follows a word: a number, «how many», «every», «the first»."""
    counting = (lexicon.values[AnswerType.QUANTITY], lexicon.definitions.superlatives, _BEFORE_ONE)
    is_quantity = lexicon.question_words.get(word.question_word) is AnswerType.QUANTITY
    return is_quantity or any(word.normal in words for words in counting)
