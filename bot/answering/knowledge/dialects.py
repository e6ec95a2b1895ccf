"""Dialect lexicon: words of the dialects and loan words with their standard words, from `config/dialects.toml`.

A verb stands there by its stems of past and present, a noun by its forms. What dialects write onto them is taken off a
word before it is looked up, so that one line stands for hundreds of forms and the table stays small.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from bot.answering.knowledge.word_lists import check_word_lists, word_set
from bot.answering.knowledge.word_memory import WordMemory
from bot.arabic import ARTICLE, LI_WITH_ARTICLE, normalise

_CONJUNCTION = re.compile("[وف](?=..)")
_NEGATED = re.compile("(?:ما|م)?(.{3,}?)(?:شي|ش)")
# The present («يشدو»), in many dialects behind a letter more («بيشدو», «كيشدو», «هيشدو»); the question «شيسوي».
_PRESENT = re.compile("(?:عم|با|[بكدعحهغش])?([يتنا])(?=..)|(?:عم|ب)(?=..)")
# Pronouns of the object, longer ones first, those behind «ل» before all («زادولو»); endings of the other persons.
_PRONOUNS = ("ها", "هم", "هن", "نا", "كم", "و", "ه", "ي", "ك")
_OBJECTS = (*("ل" + pronoun for pronoun in _PRONOUNS), "وهم", "وها", "هم", "ها", "هن", "نا", "كم", "ني", "وه", *"وهكن")
_SUBJECTS = ("توا", "تو", "نا", "وا", "ت")
# «ع» is «على», «ف» «في», «م» «من», «ه» «هذا».
_NOUN_PREFIXES = (*(letter + ARTICLE for letter in "عفمهبك"), LI_WITH_ARTICLE, ARTICLE, *"بلفهعمك")
_POSSESSIVES = (*("ت" + pronoun for pronoun in _PRONOUNS), *_PRONOUNS)
_LEAST_LETTERS = 2
_LEAST_NOUN = 3
_ALEF, _YEH, _HEH = "ا", "ي", "ه"


class DialectWord(NamedTuple):
    """The standard words, in normal form, of a word; `is_whole` tells whether a line of the lexicon has it as it is."""

    standard: tuple[str, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Dialects:
    """Stems and forms in normal form, each with its standard words in normal form, phrases with «_» in them.

    `fillers` are words of the grammar that dialects alone have; `ambiguous` have another meaning in standard Arabic.
    `auxiliaries` are standard words that name no subject: to want, to be able.
    """

    past: Mapping[str, str]
    present: Mapping[str, str]
    words: Mapping[str, str]
    fillers: frozenset[str]
    ambiguous: frozenset[str]
    auxiliaries: frozenset[str]
    _found: WordMemory[DialectWord] = field(init=False, repr=False, compare=False)
    _verbs: WordMemory[bool] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_found", WordMemory(self._look_up))
        object.__setattr__(self, "_verbs", WordMemory(self._is_verb))

    @classmethod
    def read(cls, file: Path) -> "Dialects":
        """Read `config/dialects.toml`; raise ValueError naming what is missing or malformed."""
        try:
            tables = tomllib.loads(file.read_text(encoding="utf-8"))
            check_word_lists(tables)
            ambiguous, auxiliaries = (word_set(tables.pop(name)) for name in ("ambiguous", "auxiliaries"))
            past, present, words = (defaultdict[str, list[str]](list) for _ in range(3))
            for region in tables.values():
                for stems, standard in _lines(region["verbs"]):
                    before, _, after = stems.partition("|")
                    _add(past, _with_alef(before.split()), standard)
                    _add(present, _with_alef(after.split()), standard)
                for forms, standard in _lines(region["words"]):
                    _add(words, forms.split(), standard)
            fillers = word_set("\n".join(region["fillers"] for region in tables.values()))
            return cls(_joined(past), _joined(present), _joined(words), fillers, ambiguous, auxiliaries)
        except KeyError as error:
            raise ValueError(f"{file}: the list {error} is missing") from error
        except (OSError, ValueError, AttributeError, TypeError) as error:
            raise ValueError(f"{file}: {error}") from error

    def look_up(self, normal: str) -> DialectWord:
        """Look a word in normal form up as it is, then as a verb, then as a noun; it is no standard word of itself."""
        return self._found[normal]

    def is_verb(self, normal: str) -> bool:
        """Tell whether a word in normal form is a verb of a dialect, in whatever person and tense."""
        return self._verbs[normal]

    def _look_up(self, normal: str) -> DialectWord:
        if standard := self.words.get(normal) or self.past.get(normal):
            return DialectWord(_words(standard, normal), is_whole=True)
        ways = (normal, *_without_conjunction(normal))
        found = (standard for way in ways for find in (self._find_verb, self._find_noun) if (standard := find(way)))
        return DialectWord(_words(next(found, ""), normal), is_whole=False)

    def _is_verb(self, normal: str) -> bool:
        return any(self._find_verb(way) for way in (normal, *_without_conjunction(normal)))

    def _find_noun(self, normal: str) -> str | None:
        return next((standard for form in _noun_forms(normal) if (standard := self.words.get(form))), None)

    def _find_verb(self, normal: str) -> str | None:
        """Look a verb up, negated or not, without its affixes of person, tense and object."""
        negated = _NEGATED.fullmatch(normal)
        return self._find_stem(normal) or (self._find_stem(negated[1]) if negated else None)

    def _find_stem(self, normal: str) -> str | None:
        for bare in _without(_OBJECTS, normal):
            if standard := self.past.get(bare):
                return standard
            prefix = _PRESENT.match(bare)
            if prefix and (standard := self.present.get(bare[prefix.end() :])):
                return standard
            for stem in _without(_SUBJECTS, bare):
                if stem != bare and (standard := self.past.get(stem) or self.past.get(stem.removesuffix(_YEH))):
                    return standard
        return None


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Yield the two sides of each line in normal form."""
    for line in filter(None, map(str.strip, normalise(text).splitlines())):
        dialect, sign, standard = line.partition(" = ")
        if not sign or not standard:
            raise ValueError(f"{line!r} is not dialect words, « = » and standard words")
        yield dialect, standard


def _with_alef(stems: Iterable[str]) -> Iterator[str]:
    """Yield stems, and those with a weak ending as they are written before a pronoun: «لقى», «لقاها»."""
    for stem in stems:
        yield stem
        if stem.endswith(_YEH):
            yield stem[:-1] + _ALEF


def _add(table: dict[str, list[str]], forms: Iterable[str], standard: str) -> None:
    for form in forms:
        table[form].append(standard)


def _joined(table: Mapping[str, list[str]]) -> dict[str, str]:
    return {form: standard[0] if len(standard) == 1 else " ".join(standard) for form, standard in table.items()}


def _words(standard: str, normal: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in standard.split() if word != normal))


def _without_conjunction(normal: str) -> Iterator[str]:
    if match := _CONJUNCTION.match(normal):
        yield normal[match.end() :]


def _without(suffixes: Iterable[str], word: str) -> Iterator[str]:
    """Yield a word, then without each of some suffixes that it has."""
    yield word
    for suffix in suffixes:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST_LETTERS:
            yield word[: -len(suffix)]


def _noun_forms(normal: str) -> Iterator[str]:
    """Yield the forms that a noun may stand in the lexicon by: without prefix and possessive pronoun."""
    starts = ("", *filter(normal.startswith, _NOUN_PREFIXES))
    for bare in (normal[len(prefix) :] for prefix in starts if len(normal) - len(prefix) >= _LEAST_NOUN):
        yield bare
        for suffix in filter(bare.endswith, _POSSESSIVES):
            stem = bare.removesuffix(suffix)
            if len(stem) >= _LEAST_NOUN:
                yield stem
                yield stem + _HEH
