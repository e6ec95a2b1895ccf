"""Phrases that ask for a mode of answer, `config/modes.toml`, or go on from an answer, `config/continuations.toml`."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.answering.knowledge.phrase_matcher import PhraseMatcher
from bot.answering.knowledge.word_lists import Phrase, phrase_list, squeezed, word_lists_of, word_set
from bot.answering.reasons import Mode
from bot.arabic import CONJUNCTIONS

_PREPOSITIONS = frozenset("بلف")
# The lists, beside those of the regions: phrases that count before a question mark alone, those that stand beside the
# subject of a mode, what stands for a subject that was named before («كيف تطورت القضية؟»), and what stands for the
# phrases of another language.
_WITH_MARK, _BESIDE_SUBJECT, _UNNAMED, _GLOSS = "with_mark", "beside_subject", "unnamed", "gloss"


@dataclass(frozen=True, slots=True)
class ModePhrase:
    """A phrase found in a sequence of words, `words[first:last]`, and the mode that it asks for."""

    mode: Mode
    first: int
    last: int
    needs_mark: bool = False


@dataclass(frozen=True, slots=True)
class _Meaning:
    """The mode that a phrase asks for, and the letter that the word behind it begins with, "" for any.

    One that needs a mark asks for the mode in a question alone: «مش هو اللي فاز؟».
    """

    mode: Mode
    behind: str
    needs_mark: bool


@dataclass(frozen=True, slots=True)
class ModePhrases:
    """Phrases in normal form; `beside_subject` has, by mode, those beside its subject: «كيف تطورت … من البداية؟».

    `glosses` has the Arabic phrase of each mode for those of other languages.
    """

    phrases: PhraseMatcher[tuple[_Meaning, ...]]
    beside_subject: Mapping[Mode, PhraseMatcher[tuple[_Meaning, ...]]]
    unnamed: frozenset[str]
    glosses: Mapping[Mode, str]

    @classmethod
    def read(cls, file: Path) -> "ModePhrases":
        """Read the phrases of each mode and region; raise ValueError naming what is missing or malformed."""
        with word_lists_of(file) as lists:
            return cls(
                _matcher(
                    _meaning(phrase, Mode(mode), needs_mark=region == _WITH_MARK)
                    for mode, regions in lists.items()
                    for region, text in regions.items()
                    if region not in {_BESIDE_SUBJECT, _UNNAMED, _GLOSS}
                    for phrase in phrase_list(text)
                ),
                {
                    Mode(mode): _matcher(_meaning(phrase, Mode(mode)) for phrase in phrase_list(text))
                    for mode, regions in lists.items()
                    if (text := regions.get(_BESIDE_SUBJECT))
                },
                frozenset[str]().union(*(word_set(regions.get(_UNNAMED, "")) for regions in lists.values())),
                {Mode(mode): regions[_GLOSS] for mode, regions in lists.items() if _GLOSS in regions},
            )

    def subject_words(self, mode: Mode, normals: Sequence[str]) -> range:
        """Return which of some words, in normal form, are the subject of a mode: what stands beside it is left out."""
        phrases = self.beside_subject.get(mode)
        first, last = 0, len(normals)
        # «التسلسل الزمني لأحداث …»: a preposition may be written onto it.
        while phrases and first < last:
            bare = [normals[first][normals[first][0] in _PREPOSITIONS :], *normals[first + 1 : last]]
            found = _find_at(phrases, normals, first, last) or (bare[0] and _find_at(phrases, bare, 0, len(bare)))
            if not found:
                break
            first += found.last - found.first
        while phrases and first < last:
            ends = (_find_at(phrases, normals, at, last) for at in range(first, last))
            if not (behind := next((phrase for phrase in ends if phrase and phrase.last == last), None)):
                break
            last = behind.first
        return range(first, last)

    def lacks_subject(
        self, mode: Mode, normals: Sequence[str], found: Sequence[ModePhrase], passed: Sequence[Collection[str]]
    ) -> bool:
        """Whether phrases found among words ask for a mode, and other words are passed or stand for its subject."""
        if not any(phrase.mode is mode for phrase in found):
            return False
        beside = _find(self.beside_subject[mode], normals) if mode in self.beside_subject else ()
        covered = {at for phrase in (*found, *beside) for at in range(phrase.first, phrase.last)}
        rest = [normal for at, normal in enumerate(normals) if at not in covered]
        return all(normal in self.unnamed or any(normal in words for words in passed) for normal in rest)

    def find(self, normals: Sequence[str], positions: Iterable[int] | None = None) -> Iterator[ModePhrase]:
        """Find the phrases in a sequence of words in normal form, in order, the longest at each position.

        `positions` limits the search to those where a phrase can begin.
        """
        return _find(self.phrases, normals, positions)


def _find(
    phrases: PhraseMatcher[tuple[_Meaning, ...]], normals: Sequence[str], positions: Iterable[int] | None = None
) -> Iterator[ModePhrase]:
    done = 0
    for at in range(len(normals)) if positions is None else positions:
        if at >= done and (found := _find_at(phrases, normals, at, len(normals))):
            done = found.last
            yield found


def _find_at(
    phrases: PhraseMatcher[tuple[_Meaning, ...]], normals: Sequence[str], at: int, last: int
) -> ModePhrase | None:
    for end, meanings in phrases.at(normals, at, last):
        behind = normals[end] if end < last else ""
        for meaning in meanings:
            if behind.startswith(meaning.behind):
                return ModePhrase(meaning.mode, at, end, meaning.needs_mark)
    return None


def _meaning(phrase: Phrase, mode: Mode, *, needs_mark: bool = False) -> tuple[Phrase, _Meaning]:
    if len(phrase) > 1 and phrase[-1] in _PREPOSITIONS:
        return phrase[:-1], _Meaning(mode, phrase[-1], needs_mark)
    return phrase, _Meaning(mode, "", needs_mark)


def _matcher(found: Iterable[tuple[Phrase, _Meaning]]) -> PhraseMatcher[tuple[_Meaning, ...]]:
    phrases = dict[Phrase, tuple[_Meaning, ...]]()
    for phrase, meaning in found:
        phrases[phrase] = (*phrases.get(phrase, ()), meaning)
    return PhraseMatcher(phrases)


class Continuation(StrEnum):
    """What a message asks for by going on from an answer: more, its sources, its story, or something unnamed."""

    MORE = "more"
    SOURCES = "sources"
    UNNAMED = "unnamed"
    TIMELINE = "timeline"


# A story is known by the phrases of its mode.
_LISTED = (Continuation.MORE, Continuation.SOURCES, Continuation.UNNAMED)
_BY_WORDS = (Continuation.MORE, Continuation.SOURCES)
# Chosen: what is longer asks something.
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Continuations:
    """Phrases and words, squeezed and in normal form; a phrase of two lists counts for the first.

    `words` show a kind beside nothing but the words that are `around` them.
    """

    phrases: PhraseMatcher[Continuation]
    words: Mapping[Continuation, frozenset[str]]
    around: Mapping[Continuation, frozenset[str]]

    @classmethod
    def read(cls, file: Path, function_words: Iterable[str], question_words: Iterable[str]) -> "Continuations":
        """Read the phrases of each kind and region, and the words; raise ValueError naming what is wrong."""
        with word_lists_of(file) as lists:
            phrases = {
                tuple(map(squeezed, phrase)): kind
                for kind in reversed(_LISTED)
                for phrase in phrase_list("\n".join(lists[kind.value].values()))
            }
            words = {kind: frozenset(map(squeezed, word_set(lists["words"][kind.value]))) for kind in _BY_WORDS}
            around = frozenset(map(squeezed, (*word_set(lists["words"]["around"]), *function_words)))
        asking = frozenset(map(squeezed, question_words))
        return cls(
            PhraseMatcher(phrases, CONJUNCTIONS),
            words,
            {
                Continuation.MORE: words[Continuation.MORE] | (around - asking),
                Continuation.SOURCES: words[Continuation.SOURCES] | around | asking,
            },
        )

    def recognise(self, folded: Sequence[str]) -> Continuation | None:
        """Return what a whole message of these words goes on for; None where it is no such phrase."""
        if kind := self.phrases.whole(folded):
            return kind
        if not 1 < len(folded) <= _MOST_WORDS:
            return None
        first, *others = self.phrases.forms(folded[0]), *folded[1:]
        for kind, words in self.words.items():
            is_shown = not (words.isdisjoint(first) and words.isdisjoint(others))
            if is_shown and not self.around[kind].isdisjoint(first) and self.around[kind].issuperset(others):
                return kind
        return None
