"""Function words that are written onto a word of a question: «فتونس», «عالسعودية», «ملمغرب», «لمحمود».

News has «تونس» in ten thousand places and «فتونس» in none, so that such a word would count for a rare name that no
passage has. A word that news at large or everyday Arabic has as it is, «فرنسا», is no such word.

A name that is an everyday word as well is read as the word where a question uses it so: «القطر» is the train. That is
with «ال», which it never takes, behind a number or «every», and before an adjective without «ال», for what describes a
name is definite. Only dialects call it so: «القطر التونسي» of standard Arabic is neither.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answering.knowledge import Lexicon
from bot.answering.reasons import AnswerType
from bot.answering.words import KnownWord, TokenisedText, WordTable
from bot.arabic import ARTICLE

# «ع» is «على», «ف» «في», «م» «من», «ه» «هذا»; «ملمغرب» is «من المغرب».
_BEFORE_ARTICLE = re.compile(rf"[وف]?[عف](?={ARTICLE}...)")
_BEFORE_ARTICLE_OF_DIALECT = re.compile(rf"[وف]?[عفمه](?={ARTICLE}...)")
_FOR_ARTICLE = re.compile(r"[وف]?[معفب]ل(?=....)")
_BEFORE_NOUN = re.compile(r"[وف]?[عفبل](?=...)|[وف](?=...)")
# Chosen: a shorter word may stand in a name by chance, «فراس».
_LEAST_LETTERS = 4

# «كل قطر», «أي قطر», «شي قطر».
_BEFORE_ONE = frozenset({"كل", "اي", "اخر", "شي", "انهي", "هاد", "هذا", "هاذا", "بعض"})


def without_attached_words(text: TokenisedText) -> TokenisedText:
    """Return a text with the words in their normal form that have others written onto them without those."""
    bare = _BareWords(text.table, is_dialect=text.is_dialect)
    found = [word._replace(normal=bare.find(known)) for word, known in zip(text.words, text.known, strict=True)]
    return text if tuple(found) == text.words else replace(text, words=tuple(found))


class _BareWords:
    def __init__(self, table: WordTable, *, is_dialect: bool) -> None:
        self._table, self._lexicon, self._is_dialect = table, table.lexicon, is_dialect
        # «هالفورد» is a name, «هالمغرب» one in dialect alone.
        self._before_article = _BEFORE_ARTICLE_OF_DIALECT if is_dialect else _BEFORE_ARTICLE

    def find(self, word: KnownWord) -> str:
        """Return the normal form of a word without what is written onto it, or as it is."""
        normal = word.normal
        is_filler = word.is_function or normal in self._lexicon.dialects.fillers
        if not normal.isalpha() or word.is_news or word.is_everyday or is_filler:
            return normal
        if name := next(self._names(normal), None):
            return name
        # In standard Arabic a name of another language looks like such a word sooner than one is written so.
        return next(self._nouns(normal), normal) if self._is_dialect and not self._is_word(word) else normal

    def _names(self, normal: str) -> Iterator[str]:
        """Yield the names that a word may be with a function word written onto it."""
        names = self._lexicon.known_names
        for match in filter(None, (self._before_article.match(normal), _BEFORE_NOUN.match(normal))):
            if names.has(normal[match.end() :]):
                yield normal[match.end() :]
        if (joined := _FOR_ARTICLE.match(normal)) and names.has(ARTICLE + normal[joined.end() :]):
            yield ARTICLE + normal[joined.end() :]
        # «لمحمود», but «ليان» and «بسام» are names as they are.
        if (before := _BEFORE_NOUN.match(normal)) and len(normal) - before.end() >= _LEAST_LETTERS:
            yield from {normal[before.end() :]} & self._lexicon.name_words.given_names

    def _nouns(self, normal: str) -> Iterator[str]:
        """Yield the words of news that a word may be with a function word written onto it."""
        if match := self._before_article.match(normal):
            noun = self._table[normal[match.end() :]]
            if noun.is_news or noun.is_everyday:
                yield noun.normal
        if (match := _BEFORE_NOUN.match(normal)) and len(normal) - match.end() >= _LEAST_LETTERS:
            noun = self._table[normal[match.end() :]]
            if noun.is_common:
                yield noun.normal

    def _is_word(self, word: KnownWord) -> bool:
        """Whether a word is one of a dialect, or a name, as it is."""
        names = self._lexicon.name_words
        is_name = self._lexicon.known_names.has(word.normal) or names.is_given_name(word.normal)
        return is_name or word.normal in self._lexicon.dialects.words or word.is_dialect_verb


def with_everyday_words(text: TokenisedText) -> TokenisedText:
    """Return a text of a dialect in which the letters of a name have the normal form of the everyday word they are."""
    if not text.is_dialect:
        return text
    normals = text.normals
    meant = [_everyday_word(normals, at, text.table.lexicon) for at in range(len(normals))]
    if not any(meant):
        return text
    found = (word._replace(normal=one or word.normal) for word, one in zip(text.words, meant, strict=True))
    return replace(text, words=tuple(found))


def _everyday_word(normals: Sequence[str], at: int, lexicon: Lexicon) -> str | None:
    """Return the everyday word that stands at a position, None where that has a name or any other word."""
    names = lexicon.known_names
    if word := names.everyday_word(normals[at]):
        return word
    is_counted = at > 0 and _counts(normals[at - 1], lexicon)
    is_described = at + 1 < len(normals) and ARTICLE + normals[at + 1] in lexicon.possessed_adjectives
    return names.homographs.get(normals[at]) if is_counted or is_described else None


def _counts(normal: str, lexicon: Lexicon) -> bool:
    """Whether a noun without an article follows a word: a number, «how many», «every», «the first»."""
    asked = lexicon.question_words.get(lexicon.bare_question_word(normal))
    is_number = normal[0].isdecimal() or normal in lexicon.values[AnswerType.QUANTITY]
    is_superlative = normal in lexicon.definitions.superlatives
    return is_number or is_superlative or asked is AnswerType.QUANTITY or normal in _BEFORE_ONE
