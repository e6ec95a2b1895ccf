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

from bot.answering.knowledge import Background, Lexicon
from bot.answering.question.dialect_words import is_dialect_text
from bot.answering.question.message import TokenisedText
from bot.answering.question.question_type import bare_question_word
from bot.answering.reasons import AnswerType
from bot.arabic import ARTICLE, light_stem

# «ع» is «على», «ف» «في», «م» «من», «ه» «هذا»; «ملمغرب» is «من المغرب».
_BEFORE_ARTICLE = re.compile(rf"[وف]?[عف](?={ARTICLE}...)")
_BEFORE_ARTICLE_OF_DIALECT = re.compile(rf"[وف]?[عفمه](?={ARTICLE}...)")
_FOR_ARTICLE = re.compile(r"[وف]?[معفب]ل(?=....)")
_BEFORE_NOUN = re.compile(r"[وف]?[عفبل](?=...)|[وف](?=...)")
# Chosen, per million of news, and letters: a word that is rarer or shorter may stand in a name by chance, «فراس».
_COMMON, _LEAST_LETTERS = 60.0, 4

# «كل قطر», «أي قطر», «شي قطر».
_BEFORE_ONE = frozenset({"كل", "اي", "اخر", "شي", "انهي", "هاد", "هذا", "هاذا", "بعض"})


def without_attached_words(text: TokenisedText, lexicon: Lexicon, background: Background) -> TokenisedText:
    """Return a text with the words in their normal form that have others written onto them without those."""
    bare = _BareWords(lexicon, background, is_dialect=is_dialect_text(text, lexicon))
    found = [word._replace(normal=bare.find(word.normal)) for word in text.words]
    return text if tuple(found) == text.words else replace(text, words=tuple(found))


class _BareWords:
    def __init__(self, lexicon: Lexicon, background: Background, *, is_dialect: bool) -> None:
        self._lexicon, self._background, self._is_dialect = lexicon, background, is_dialect
        # «هالفورد» is a name, «هالمغرب» one in dialect alone.
        self._before_article = _BEFORE_ARTICLE_OF_DIALECT if is_dialect else _BEFORE_ARTICLE

    def find(self, normal: str) -> str:
        """Return a word without what is written onto it, or as it is."""
        if not normal.isalpha() or self._is_listed(normal) or self._is_grammar(normal):
            return normal
        if name := next(self._names(normal), None):
            return name
        # In standard Arabic a name of another language looks like such a word sooner than one is written so.
        return next(self._nouns(normal), normal) if self._is_dialect and not self._is_word(normal) else normal

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
        if (match := self._before_article.match(normal)) and self._is_listed(normal[match.end() :]):
            yield normal[match.end() :]
        if (match := _BEFORE_NOUN.match(normal)) and len(normal) - match.end() >= _LEAST_LETTERS:
            noun = normal[match.end() :]
            if self._background.per_million.get(light_stem(noun), 0.0) >= _COMMON:
                yield noun

    def _is_listed(self, normal: str) -> bool:
        stem = light_stem(normal)
        return self._background.is_listed(stem) or self._lexicon.everyday.is_listed(stem)

    def _is_grammar(self, normal: str) -> bool:
        lexicon = self._lexicon
        is_filler = normal in lexicon.dialects.fillers or normal in lexicon.question_fillers
        return is_filler or normal in lexicon.stop_words or bool(bare_question_word(normal, lexicon))

    def _is_word(self, normal: str) -> bool:
        """Tell whether a word is one of a dialect, or a name, as it is."""
        dialects, names = self._lexicon.dialects, self._lexicon.name_words
        is_name = self._lexicon.known_names.has(normal) or names.is_given_name(normal)
        return is_name or normal in dialects.words or dialects.is_verb(normal)


def with_everyday_words(text: TokenisedText, lexicon: Lexicon) -> TokenisedText:
    """Return a text of a dialect in which the letters of a name have the normal form of the everyday word they are."""
    if not is_dialect_text(text, lexicon):
        return text
    normals = text.normals
    meant = [_everyday_word(normals, at, lexicon) for at in range(len(normals))]
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
    """Tell whether a noun without an article follows a word: a number, «how many», «every», «the first»."""
    asked = lexicon.question_words.get(bare_question_word(normal, lexicon))
    is_number = normal[0].isdecimal() or normal in lexicon.values[AnswerType.QUANTITY]
    is_superlative = normal in lexicon.definitions.superlatives
    return is_number or is_superlative or asked is AnswerType.QUANTITY or normal in _BEFORE_ONE
