"""Dialect and loan words of a question, with the standard words with which news would say the same."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answering.knowledge import Background, DialectWord, Lexicon, Phrase
from bot.answering.question.message import TokenisedText
from bot.answering.reasons import AnswerType
from bot.arabic import Word, light_stem

# Chosen, per million: a word that news has more often is itself, whatever it would be without a letter or two («تونس»).
_COMMON = 60.0


@dataclass(frozen=True, slots=True)
class StandardWords:
    """A word of a question, with the words and phrases in normal form that mean the same in standard Arabic.

    It is auxiliary where those name no subject.
    """

    word: Word
    single: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    is_auxiliary: bool


def find_standard_words(text: TokenisedText, lexicon: Lexicon, background: Background) -> list[StandardWords]:
    """Find the words of dialects in a text.

    One that standard Arabic has as well, or that is a word of a dialect only without affixes, counts beside another
    that no other text would have.
    """
    unheard = {word.normal for word in text.words if _is_unheard(word.normal, lexicon, background)}
    found = list(_look_up((word for word in text.words if word.normal in unheard), text, lexicon))
    sure = {word.normal for word, dialect in found if dialect.is_whole}
    inflected = {word.normal for word, dialect in found if not dialect.is_whole}
    shows = any(not normal.isascii() for normal in sure) or len(inflected) > 1
    if not (shows or is_dialect_text(text, lexicon)):
        found = [(word, dialect) for word, dialect in found if dialect.is_whole]
    else:
        found = [(word, dialect) for word, dialect in found if dialect.is_whole or not word.normal.isascii()]
        others = (word for word in text.words if word.normal not in unheard and not word.normal.isascii())
        found += [pair for pair in _look_up(others, text, lexicon) if _may_be_meant(*pair, background)]
    return [_standard_words(word, dialect, lexicon.dialects.auxiliaries) for word, dialect in found]


def find_foreign_words(
    text: TokenisedText, borrowed: Mapping[str, tuple[str, ...]], lexicon: Lexicon
) -> list[StandardWords]:
    """Find the words of another language that are `borrowed`, or the Arabic ones for such a word that has more."""
    others = text.gloss.others if text.gloss else borrowed
    found = ((word, DialectWord(others[word.normal], is_whole=True)) for word in text.words if others.get(word.normal))
    return [_standard_words(word, dialect, lexicon.dialects.auxiliaries) for word, dialect in found]


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


def join_phrases(found: Sequence[Word], phrases: Collection[Phrase]) -> tuple[Word, ...]:
    """Join words that are one of a dialect only together, «couvre-feu»: «_» stands between them."""
    longest = max(map(len, phrases), default=0)
    joined, at = list[Word](), 0
    while at < len(found):
        ends = range(min(at + longest, len(found)), at + 1, -1)
        end = next((end for end in ends if tuple(word.normal for word in found[at:end]) in phrases), at + 1)
        run = found[at:end]
        joined.append(Word("_".join(word.normal for word in run), run[0].start, run[-1].end))
        at = end
    return tuple(joined)


def _look_up(found: Iterable[Word], text: TokenisedText, lexicon: Lexicon) -> Iterator[tuple[Word, DialectWord]]:
    """Yield those words that a dialect has and that may be words of one."""
    for word in found:
        dialect = lexicon.dialects.look_up(word.normal)
        if dialect.standard and _may_be_dialect(word, text, lexicon):
            yield word, dialect


def is_dialect_text(text: TokenisedText, lexicon: Lexicon) -> bool:
    """Tell whether a text has a question word or a function word of a dialect."""
    signs = (lexicon.dialect_question_words, lexicon.dialects.fillers)
    return any(word.normal in words for word in text.words for words in signs)


def _may_be_dialect(word: Word, text: TokenisedText, lexicon: Lexicon) -> bool:
    # «Société» in an Arabic sentence is a firm, «société» a company.
    if text.written(word)[0].isupper() or _is_name(word.normal, lexicon):
        return False
    times = lexicon.values[AnswerType.TIME]
    excluded = (lexicon.stop_words, lexicon.question_words, lexicon.question_fillers, lexicon.dialects.fillers, times)
    return not any(word.normal in words for words in excluded)


def _is_name(normal: str, lexicon: Lexicon) -> bool:
    return next(lexicon.known_names.find([normal]), None) is not None


def _is_unheard(normal: str, lexicon: Lexicon, background: Background) -> bool:
    """Tell whether a word is none of standard Arabic."""
    return normal not in lexicon.dialects.ambiguous and not background.is_listed(light_stem(normal))


def _may_be_meant(word: Word, dialect: DialectWord, background: Background) -> bool:
    """Tell whether a word that others show to be of a dialect is one without affixes, or rare in news."""
    return dialect.is_whole or background.per_million.get(light_stem(word.normal), 0.0) <= _COMMON


def _standard_words(word: Word, dialect: DialectWord, auxiliaries: Collection[str]) -> StandardWords:
    single = tuple(standard for standard in dialect.standard if "_" not in standard)
    phrases = tuple(tuple(standard.split("_")) for standard in dialect.standard if "_" in standard)
    return StandardWords(word, single, phrases, is_auxiliary=all(one in auxiliaries for one in dialect.standard))
