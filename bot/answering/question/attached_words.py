"""Function words that are written onto a word of a question: «فتونس», «عالسعودية», «ملمغرب», «لمحمود».

News has «تونس» in ten thousand places and «فتونس» in none, so that such a word would count for a rare name that no
passage has. A word that news at large or everyday Arabic has as it is, «فرنسا», is no such word.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.answering.knowledge import Background, Lexicon
from bot.answering.question.dialect_words import is_dialect_text
from bot.answering.question.message import TokenisedText
from bot.answering.question.question_type import bare_question_word
from bot.arabic import ARTICLE, light_stem

# «ع» is «على», «ف» «في», «م» «من», «ه» «هذا»; «ملمغرب» is «من المغرب».
_BEFORE_ARTICLE = re.compile(rf"[وف]?[عف](?={ARTICLE}...)")
_BEFORE_ARTICLE_OF_DIALECT = re.compile(rf"[وف]?[عفمه](?={ARTICLE}...)")
_FOR_ARTICLE = re.compile(r"[وف]?[معفب]ل(?=....)")
_BEFORE_NOUN = re.compile(r"[وف]?[عفبل](?=...)|[وف](?=...)")
# Chosen, per million of news, and letters: a word that is rarer or shorter may stand in a name by chance, «فراس».
_COMMON, _LEAST_LETTERS = 60.0, 4


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
        is_name = self._lexicon.known_names.has(normal) or normal in names.given_names | names.ambiguous_names
        return is_name or normal in dialects.words or dialects.is_verb(normal)
