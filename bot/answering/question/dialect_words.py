"""Dialect and loan words of a question, with the standard words with which news would say the same."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.answering.knowledge import DialectWord, Lexicon, PhraseMatcher
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
    shows = any(not normal.isascii() for normal in sure) or len(inflected) > 1 or is_dialect_text(text)

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


def join_digits(found: Iterable[Word], known: Collection[str]) -> tuple[Word, ...]:
    """Join a digit and the Latin letters that touch it where both together are a known word: «9addech», «3tawh»."""
    joined = list[Word]()
    for word in found:
        before = joined[-1] if joined else word
        if before.end == word.start and (both := before.normal + word.normal) in known:
            joined[-1] = Word(both, before.start, word.end)
        else:
            joined.append(word)
    return tuple(joined)


def join_phrases(found: Sequence[Word], phrases: PhraseMatcher[bool]) -> tuple[Word, ...]:
    """Join words that are one of a dialect only together, «couvre-feu»: «_» stands between them."""
    normals = [word.normal for word in found]
    joined, done = list[Word](), 0
    for first, end, _ in phrases.find(normals):
        joined += [*found[done:first], Word("_".join(normals[first:end]), found[first].start, found[end - 1].end)]
        done = end
    return (*joined, *found[done:])


def is_dialect_text(text: TokenisedText) -> bool:
    """Whether a text has a question word or a function word of a dialect."""
    lexicon = text.table.lexicon
    signs = (lexicon.dialect_question_words, lexicon.dialects.fillers)
    return any(normal in words for normal in text.normals for words in signs)


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
