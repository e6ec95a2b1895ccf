"""Phrases that tell the mode of the answer that a message asks for, read from `config/modes.toml`."""

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.answering.knowledge.word_lists import Phrase, check_word_lists, phrase_list, word_set
from bot.answering.reasons import Mode

_PREPOSITIONS = frozenset("بلف")
# The lists, beside those of the regions, of phrases that count before a question mark alone, and of those that stand
# beside the subject of a mode and tell none themselves.
_WITH_MARK, _BESIDE_SUBJECT = "with_mark", "beside_subject"
# What stands for the phrases of another language.
_GLOSS = "gloss"
# The list of words that stand for a subject that was named before: «كيف تطورت القضية؟».
_UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class ModePhrase:
    """A phrase found in a sequence of words, `words[first:last]`, and the mode that it tells."""

    mode: Mode
    first: int
    last: int
    needs_mark: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    """A phrase, the mode it tells, and the letter that the word behind it begins with, "" for any.

    One that needs a mark tells the mode of a question alone: «مش هو اللي فاز؟».
    """

    words: Phrase
    mode: Mode
    behind: str
    needs_mark: bool


@dataclass(frozen=True, slots=True)
class ModePhrases:
    """Phrases in normal form by their words, and the lengths of those that begin with a word, the longest first.

    `_beside_subject` are, by mode, those that stand beside its subject: «كيف تطورت أخبار … من البداية؟». `glosses` has
    the Arabic phrase of each mode for those of other languages.
    """

    _by_words: Mapping[Phrase, Sequence[_Entry]]
    _lengths: Mapping[str, Sequence[int]]
    _beside_subject: Mapping[Mode, "ModePhrases"]
    _unnamed: frozenset[str]
    glosses: Mapping[Mode, str]

    @classmethod
    def read(cls, file: Path) -> "ModePhrases":
        """Read the phrases of each mode and region; raise ValueError naming what is missing or malformed."""
        try:
            lists = tomllib.loads(file.read_text(encoding="utf-8"))
            check_word_lists(lists)
            beside = {
                Mode(mode): cls._of([_entry(phrase, Mode(mode)) for phrase in phrase_list(text)], {})
                for mode, regions in lists.items()
                if (text := regions.get(_BESIDE_SUBJECT))
            }
            glosses = {Mode(mode): regions[_GLOSS] for mode, regions in lists.items() if _GLOSS in regions}
            unnamed = frozenset[str]().union(*(word_set(regions.get(_UNNAMED, "")) for regions in lists.values()))
            entries = [
                _entry(phrase, Mode(mode), needs_mark=region == _WITH_MARK)
                for mode, regions in lists.items()
                for region, text in regions.items()
                if region not in {_BESIDE_SUBJECT, _UNNAMED, _GLOSS}
                for phrase in phrase_list(text)
            ]
        except (OSError, ValueError, AttributeError, TypeError) as error:
            raise ValueError(f"{file}: {error}") from error
        return replace(cls._of(entries, beside), _unnamed=unnamed, glosses=glosses)

    @classmethod
    def _of(cls, entries: Sequence[_Entry], beside_subject: Mapping[Mode, "ModePhrases"]) -> "ModePhrases":
        by_words: dict[Phrase, list[_Entry]] = {}
        for entry in entries:
            by_words.setdefault(entry.words, []).append(entry)
        lengths: dict[str, set[int]] = {}
        for words in by_words:
            lengths.setdefault(words[0], set()).add(len(words))
        longest_first = {first: sorted(own, reverse=True) for first, own in lengths.items()}
        return cls(by_words, longest_first, beside_subject, frozenset(), {})

    def subject_words(self, mode: Mode, normals: Sequence[str]) -> range:
        """Return which of some words, in normal form, are the subject of a mode: what stands beside it is left out."""
        phrases = self._beside_subject.get(mode)
        first, last = 0, len(normals)
        while phrases and (count := phrases._count_at_start(normals[first:last])):  # noqa: SLF001
            first += count
        while phrases and (count := phrases._count_at_end(normals[first:last])):  # noqa: SLF001
            last -= count
        return range(first, last)

    def lacks_subject(self, mode: Mode, normals: Sequence[str], passed: Sequence[Collection[str]]) -> bool:
        """Tell whether words in normal form tell a mode, and the others are passed or stand for what was named."""
        found = list(self.find(normals))
        beside = self._beside_subject[mode].find(normals) if mode in self._beside_subject else ()
        told = {at for phrase in (*found, *beside) for at in range(phrase.first, phrase.last)}
        rest = [normal for at, normal in enumerate(normals) if at not in told]
        is_told = any(phrase.mode is mode for phrase in found)
        return is_told and all(normal in self._unnamed or any(normal in words for words in passed) for normal in rest)

    def _count_at_start(self, normals: Sequence[str]) -> int:
        """Count the words of the phrase that some words begin with, though a preposition be written onto it."""
        # «التسلسل الزمني لأحداث …»
        bare = [word[word[0] in _PREPOSITIONS :] for word in normals[:1]]
        found = (self._find_at([*first, *normals[1:]], 0) for first in (normals[:1], bare) if first)
        return next((phrase.last for phrase in found if phrase), 0)

    def _count_at_end(self, normals: Sequence[str]) -> int:
        """Count the words of the phrase that some words end with."""
        found = (self._find_at(normals, at) for at in range(len(normals)))
        return next((phrase.last - phrase.first for phrase in found if phrase and phrase.last == len(normals)), 0)

    def find(self, normals: Sequence[str]) -> Iterator[ModePhrase]:
        """Find the phrases in a sequence of words in normal form, in order, the longest at each position."""
        at = 0
        while at < len(normals):
            found = self._find_at(normals, at)
            if found:
                yield found
            at = found.last if found else at + 1

    def _find_at(self, normals: Sequence[str], at: int) -> ModePhrase | None:
        for first in dict.fromkeys((normals[at], normals[at].removeprefix("و"))):
            for length in self._lengths.get(first, ()):
                last = at + length
                behind = normals[last] if last < len(normals) else ""
                for entry in self._by_words.get((first, *normals[at + 1 : last]), ()):
                    if len(entry.words) == length and (not entry.behind or behind.startswith(entry.behind)):
                        return ModePhrase(entry.mode, at, last, entry.needs_mark)
        return None


def _entry(phrase: Phrase, mode: Mode, *, needs_mark: bool = False) -> _Entry:
    is_open = len(phrase) > 1 and phrase[-1] in _PREPOSITIONS
    return _Entry(phrase[:-1] if is_open else phrase, mode, phrase[-1] if is_open else "", needs_mark)
