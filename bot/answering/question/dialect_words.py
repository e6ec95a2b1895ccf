"""Dialect and loan words of a question, with the standard words with which news would say the same."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.answering.knowledge import DialectWord, Lexicon
from bot.answering.reasons import AnswerType
from bot.answering.words import KnownWord, TokenisedText
from bot.arabic import Word


@dataclass(frozen=True, slots=True)
class StandardWords:
    """A word of a question, with the words and phrases in normal form that mean the same in standard Arabic.

    It is auxiliary where those name no subject.
    """

    word: Word
    single: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    is_auxiliary: bool


def find_standard_words(text: TokenisedText) -> list[StandardWords]:
    """Find the words of dialects in a text.

    One that standard Arabic has as well, or that is a word of a dialect only without affixes, counts beside another
    that no other text would have.
    """
    dialects = text.table.lexicon.dialects
    found = [
        (word, known, dialects.look_up(known.normal))
        for word, known in zip(text.words, text.known, strict=True)
        if _may_be_dialect(text.written(word), known, text.table.lexicon)
    ]
    found = [(word, known, dialect) for word, known, dialect in found if dialect.standard]
    unheard = {known.normal for _, known, _ in found if not known.is_news and known.normal not in dialects.ambiguous}
    sure = {known.normal for _, known, dialect in found if dialect.is_whole and known.normal in unheard}
    inflected = {known.normal for _, known, dialect in found if not dialect.is_whole and known.normal in unheard}
    shows = any(not normal.isascii() for normal in sure) or len(inflected) > 1 or text.is_dialect

    def is_meant(known: KnownWord, dialect: DialectWord) -> bool:
        if known.normal in unheard:
            return dialect.is_whole or (shows and not known.normal.isascii())
        return shows and not known.normal.isascii() and (dialect.is_whole or not known.is_common)

    meant = [(word, dialect) for word, known, dialect in found if is_meant(known, dialect)]
    return [_standard_words(word, dialect, dialects.auxiliaries) for word, dialect in meant]


def find_foreign_words(text: TokenisedText, borrowed: Mapping[str, tuple[str, ...]]) -> list[StandardWords]:
    """Find the words of another language that are `borrowed`, or the Arabic ones for such a word that has more."""
    others = text.gloss.others if text.gloss else borrowed
    found = ((word, DialectWord(others[word.normal], is_whole=True)) for word in text.words if others.get(word.normal))
    return [_standard_words(word, dialect, text.table.lexicon.dialects.auxiliaries) for word, dialect in found]


def _may_be_dialect(written: str, word: KnownWord, lexicon: Lexicon) -> bool:
    # «Société» in an Arabic sentence is a firm, «société» a company.
    if written[0].isupper() or word.is_name:
        return False
    times = lexicon.values[AnswerType.TIME]
    excluded = (lexicon.stop_words, lexicon.question_words, lexicon.question_fillers, lexicon.dialects.fillers, times)
    return not any(word.normal in words for words in excluded)


def _standard_words(word: Word, dialect: DialectWord, auxiliaries: Collection[str]) -> StandardWords:
    single = tuple(standard for standard in dialect.standard if "_" not in standard)
    phrases = tuple(tuple(standard.split("_")) for standard in dialect.standard if "_" in standard)
    return StandardWords(word, single, phrases, is_auxiliary=all(one in auxiliaries for one in dialect.standard))
