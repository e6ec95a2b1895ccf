"""Glossaries: the words of another language with those of Arabic news, from `config/glossaries/`.

A line stands for one word, in all its forms, or for a phrase with «_» between its words: «étranger étrangère = أجنبي».
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, repeat
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.answering.knowledge.word_lists import both_sides, naming, word_lists_of
from bot.arabic import normalise, without_accents
from bot.storage import Memory, Phrases, TextMap

_JOINT = "_"
_LEAST_LETTERS = 3
# Chosen: of shorter words too many are one letter apart, and many a name is that far from one.
_LEAST_MENDED = 6
_NAMES = "names.txt"


class GlossedRun(NamedTuple):
    """Words of a text, `words[first:last]`, and the Arabic words for them, the most usual first.

    `standard` is empty where Arabic has no word for it, and None for words that the glossary does not know. `asks`
    marks a question word, `joins` a question word that may merely join clauses.
    """

    first: int
    last: int
    standard: tuple[str, ...] | None
    asks: bool = False
    joins: bool = False


@dataclass(frozen=True)
class Glossary:
    """Words and phrases of a language, in normal form, with their Arabic words; `names` has the names alone.

    Words are also listed without accents and apostrophes, unless that is the spelling of another word.

    `asking` are question words; a word of `joining`, alone or before an auxiliary, may merely join clauses: «when he
    fell, who …». `auxiliaries` ask at the beginning of a question: «did he fall». `pronouns` refer to something named
    before, `articles` precede something known, `openers` go on from it. `abbreviations` are read in words in capitals,
    `prefixes` and `endings` are taken off a word that is not
    listed, and in `inflections` the first ending is replaced with the second.
    """

    words: Mapping[str, tuple[str, ...]]
    names: Mapping[str, tuple[str, ...]]
    asking: frozenset[str]
    joining: frozenset[str]
    auxiliaries: frozenset[str]
    pronouns: frozenset[str]
    articles: frozenset[str]
    openers: frozenset[str]
    abbreviations: Mapping[str, tuple[str, ...]]
    prefixes: tuple[str, ...]
    endings: tuple[str, ...]
    inflections: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, file: Path, names: Mapping[str, tuple[str, ...]]) -> "Glossary":
        """Read a file of `config/glossaries/`, to which names are added; raise ValueError naming what is wrong."""
        with word_lists_of(file) as lists:
            dropped = dict.fromkeys(lists["dropped"].split(), ())
            asking, joining = _lines(lists["asking"]), _lines(lists["joining"])
            words = {**names, **_lines(lists["words"]), **_lines(lists["grammar"]), **joining, **asking, **dropped}
            spellings = _bare_spellings(words)
            inflections = both_sides(lists["inflections"], "endings, = and the ending instead of them", may_lack=True)
            words.update((spelling, words[form]) for spelling, form in spellings.items())
            return cls(
                _packed(words),
                names,
                _with_spellings({*asking, *joining} - dropped.keys(), spellings),
                _with_spellings(joining, spellings),
                _with_spellings(lists["auxiliaries"].split(), spellings),
                _with_spellings(lists["pronouns"].split(), spellings),
                frozenset(lists["articles"].split()),
                frozenset(lists["openers"].split()),
                _lines(lists["abbreviations"]),
                tuple(lists["prefixes"].split()),
                tuple(lists["endings"].split()),
                tuple((one, instead) for endings, instead in inflections for one in endings.split()),
            )

    def runs(
        self, normals: Sequence[str], capitals: Collection[str] = (), small: Collection[str] = ()
    ) -> Iterator[GlossedRun]:
        """Yield all words of a text in normal form, in runs that are glossed together, the longest first.

        `capitals` are written in capitals: «ICE» is no ice, and «US» not us. `small` are in small letters, so no names:
        misspelt ones are mended.
        """
        at = 0
        while at < len(normals):
            longest, alone = self._known[normals[at]]
            phrases = (
                (end, _JOINT.join(normals[at:end])) for end in range(min(at + longest, len(normals)), at + 1, -1)
            )
            ways = ((end, key) for end, written in phrases for key in (written, without_accents(written)))
            end, key = next((way for way in ways if way[1] in self.words), (at + 1, alone))
            if key is None and normals[at] in small:
                key = self._mended[normals[at]]
            is_abbreviation = end - at == 1 and normals[at] in capitals
            # «HOW many» is stressed.
            is_other = bool(key and self.words[key]) and key not in self.asking and key not in self.auxiliaries
            if is_abbreviation and normals[at] in self.abbreviations:
                yield GlossedRun(at, end, self.abbreviations[normals[at]])
            elif key is None or (is_abbreviation and is_other):
                yield GlossedRun(at, end, self.names.get(key or ""))
            else:
                # «Who» and «who is» may join clauses as well, but not «how many».
                first, _, behind = key.partition(_JOINT)
                joins = first in self.joining and (not behind or behind in self.auxiliaries)
                yield GlossedRun(at, end, self.words[key], key in self.asking, joins)
            at = end

    @cached_property
    def _longest_phrases(self) -> Mapping[str, int]:
        """The number of words in the longest phrase that begins with a word, by that word without accents."""
        longest = dict[str, int]()
        for phrase in (key for key in self.words if _JOINT in key):
            first = without_accents(phrase.partition(_JOINT)[0])
            longest[first] = max(longest.get(first, 1), phrase.count(_JOINT) + 1)
        return longest

    @cached_property
    def _known(self) -> Memory[str, tuple[int, str | None]]:
        """The number of words in the longest phrase that begins with a word, and the key of the word alone."""
        return Memory(
            lambda word: (
                self._longest_phrases.get(without_accents(word), 1),
                next((key for key in self._forms(word) if key in self.words), None),
            )
        )

    @cached_property
    def _mended(self) -> Memory[str, str | None]:
        """The only word of the glossary, no name, that a misspelt word may be; None if there is none, or several."""
        # None is mistaken in its first letter.
        names, plain = frozenset(self.names), defaultdict[str, list[str]](list)
        for form in self.words:
            if form.isascii() and form.isalpha() and form not in names:
                plain[form[0]].append(form)
        joined = {letter: " ".join(forms) for letter, forms in plain.items()}

        def mend(word: str) -> str | None:
            bare = without_accents(word)
            if len(bare) < _LEAST_MENDED or not bare.isalpha() or not bare.isascii():
                return None
            forms = joined.get(bare[0], "").split()
            found = (form for form, _, _ in extract(bare, forms, scorer=OSA.distance, score_cutoff=1, limit=None))
            # «Electoin» may be «election» or «elections», which are one word.
            alike = {self.words[form]: form for form in sorted(found, reverse=True)}
            return next(iter(alike.values())) if len(alike) == 1 else None

        return Memory(mend)

    def bare_name(self, written: str) -> str:
        """Return a name without accents, and without a prefix or ending written onto it: «l'OMS»."""
        name = without_accents(written).replace("’", "'")
        folded = name.casefold()
        start = next((len(one) for one in self.prefixes if folded.startswith(one)), 0)
        end = next((len(one) for one in self.endings if "'" in one and folded.endswith(one)), 0)
        return name[start : len(name) - end] or name

    def is_definite(self, normals: Sequence[str], at: int) -> bool:
        """Whether the word at a position has an article, before it or written onto it: «l'accord»."""
        is_behind = at > 0 and normals[at - 1] in self.articles
        return is_behind or any(normals[at].startswith(one) for one in self.articles if one.endswith("'"))

    def known_share(self, normals: Sequence[str], capitals: Collection[str] = ()) -> float:
        """Return the share of a text's words that the glossary has, 0 to 1."""
        unknown = sum(run.last - run.first for run in self.runs(normals, capitals) if run.standard is None)
        return 1 - unknown / len(normals) if normals else 0.0

    def _forms(self, written: str) -> Iterator[str]:
        """Yield the possible keys of a word, the surest first: without accents, prefix, ending, inflected."""
        # «Où» asks, «ou» does not; «l'élève» is no «élevé», and «entré» not «entre».
        words = dict.fromkeys((written, without_accents(written)))
        for word in words:
            yield word
            if not word.isascii():
                yield from map(without_accents, self._inflected(word))
        for word in words:
            for start in (word, *(word[len(prefix) :] for prefix in self.prefixes if word.startswith(prefix))):
                yield start
                for ending in self.endings:
                    if start.endswith(ending) and len(start) - len(ending) >= _LEAST_LETTERS:
                        yield start[: -len(ending)]
                yield from map(without_accents, self._inflected(start))

    def _inflected(self, word: str) -> Iterator[str]:
        """Yield a word with each of its endings replaced as `inflections` have it."""
        fitting = (
            one for one in self.inflections if word.endswith(one[0]) and len(word) - len(one[0]) >= _LEAST_LETTERS
        )
        yield from (word.removesuffix(ending) + instead for ending, instead in fitting)


def read_glossaries(folder: Path) -> dict[str, Glossary]:
    """Read the glossaries of a folder by the tags of their languages; raise ValueError naming what is wrong."""
    names = read_names(folder / _NAMES)
    return {file.stem: Glossary.read(file, names) for file in sorted(folder.glob("*.toml"))}


def read_names(file: Path) -> Mapping[str, tuple[str, ...]]:
    """Read names with their Arabic spellings, without comment lines (#); raise ValueError naming what is wrong."""
    with naming(file):
        lines = file.read_text(encoding="utf-8").splitlines()
        names = _lines("\n".join(line for line in lines if not line.startswith("#")))
        names = {without_accents(name): spellings for name, spellings in names.items() if not name.isascii()} | names
        return _packed(names)


def _packed(words: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    return TextMap(words, Phrases(words.values()))


def _lines(text: str) -> dict[str, tuple[str, ...]]:
    """Map the forms of each line, in normal form, to its Arabic words as they are written."""
    lines = both_sides(text, "words, = and their Arabic words")
    # Normalised together, since each call has its price.
    forms = [line.split() for line in normalise("\n".join([forms for forms, _ in lines])).split("\n")]
    standards = (tuple(standard.split()) for _, standard in lines)
    each = chain.from_iterable(map(repeat, standards, map(len, forms)))
    return dict(zip(chain.from_iterable(forms), each, strict=False))


def _bare_spellings(words: Collection[str]) -> dict[str, str]:
    """Map spellings without accents or apostrophes to the forms they stand for, unless another word is spelt so."""
    spellings = dict[str, str]()
    accented = [form for form in words if not form.isascii() or "'" in form]
    for form, plain in zip(accented, without_accents("\n".join(accented)).split("\n"), strict=False):
        for bare in (plain, plain.replace("'", "")):
            if bare not in words:
                spellings.setdefault(bare, form)
    return spellings


def _with_spellings(forms: Iterable[str], spellings: Mapping[str, str]) -> frozenset[str]:
    known = frozenset(forms)
    return known | {spelling for spelling, form in spellings.items() if form in known}
