"""Dialect lexicon: words of the dialects and loan words with their standard words, from `config/dialects.toml`.

A verb is listed by its stems of past and present, a noun by its forms. Affixes of dialects are taken off a word before
it is looked up, so that one line stands for hundreds of forms and the table stays small.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, filterfalse
from pathlib import Path
from typing import NamedTuple

from bot.answering.knowledge.word_lists import Phrase, both_sides, share, word_lists_of
from bot.arabic import ARTICLE, LI_WITH_ARTICLE, normal_words, normalise
from bot.storage import Memory

_CONJUNCTION = re.compile("[وف](?=..)")
_NEGATED = re.compile("(?:ما|م)?(.{3,}?)(?:شي|ش)")
# The present («يشدو»), in many dialects behind letters more («بيشدو», «كايشدو», «رحيشدو», «منشدو»); «ليشدو»; the
# question «شيسوي».
_PRESENT = re.compile("(?:كا|تا|غا(?:دي?)?|را?ح|ل(?=[ين]...)|م(?=ن...))[يتن](?=..)|(?:عم|با|[بكدعحهغش])?[يتنا](?=..)")
_PRESENT_WITHOUT_PERSON = re.compile("(?:عم|ب)(?=..)")
# Lines have the plural as it is heard, «يضربو»; many write «يضربوا».
_PLURAL = re.compile("وا?$")
_PLURAL_ENDING = "وا"
# Pronouns of the object, longer ones first, those behind «ل» before all («زادولو»); endings of the other persons.
_PRONOUNS = ("ها", "هم", "هن", "نا", "كم", "و", "ه", "ي", "ك")
_OBJECTS = (
    *(first + "ل" + second for first in ("هو", "ها", "هم") for second in _PRONOUNS),  # «عطاهولهم»
    *("ل" + pronoun for pronoun in _PRONOUNS),
    *("وهم", "وها", "وهو", "يهو", "اهو", "اهم", "هو", "هم", "ها", "هن", "نا", "كم", "ني", "وه"),
    *"وهكن",
)
_SUBJECTS = ("توا", "تو", "نا", "وا", "ت")
# Those in which a letter ends: most words end in few or none.
_OBJECTS_BY_LAST, _SUBJECTS_BY_LAST = (
    {last: tuple(one for one in suffixes if one[-1] == last) for last in {one[-1] for one in suffixes}}
    for suffixes in (_OBJECTS, _SUBJECTS)
)
# «ع» is «على», «ف» «في», «م» «من», «ه» «هذا».
_NOUN_PREFIXES = (*(letter + ARTICLE for letter in "عفمهبك"), LI_WITH_ARTICLE, ARTICLE, *"بلفهمك")
_POSSESSIVES = (*("ت" + pronoun for pronoun in _PRONOUNS), *_PRONOUNS)
# Between the words of a phrase; a hyphen is written there in questions as well.
_JOINT = "_"
_JOINTS = (_JOINT, "-")
_LINE = "dialect words, « = » and standard words"
_LEAST_LETTERS = 2
_LEAST_NOUN = 3
_ALEF, _YEH, _HEH = "ا", "ي", "ه"
_GAF, _QAF = "ڨ", "ق"


class DialectWord(NamedTuple):
    """The standard words for a word, in normal form.

    `is_whole`: a line of the lexicon has the word as it is, or only a dialect has such a form.
    """

    standard: tuple[str, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Dialects:
    """Stems and forms with their standard words, all in normal form; a phrase has «_» between its words.

    `fillers` are words of the grammar that only dialects have; `ambiguous` words have another meaning in standard
    Arabic. `auxiliaries` are standard words that name no subject: to want, to be able. `phrases` are the entries of
    `words` that are several words.
    """

    past: Mapping[str, str]
    present: Mapping[str, str]
    words: Mapping[str, str]
    fillers: frozenset[str]
    ambiguous: frozenset[str]
    auxiliaries: frozenset[str]
    phrases: frozenset[Phrase] = frozenset()
    _found: Memory[str, DialectWord] = field(init=False, repr=False, compare=False)
    _verbs: Memory[str, bool] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_found", Memory(self._look_up))
        object.__setattr__(self, "_verbs", Memory(self._is_verb))

    @classmethod
    def read(cls, file: Path) -> "Dialects":
        """Read `config/dialects.toml`; raise ValueError naming what is missing or malformed."""
        with word_lists_of(file) as tables:
            ambiguous, auxiliaries = (_single_words(tables.pop(name)) for name in ("ambiguous", "auxiliaries"))
            past, present, words = dict[str, str](), dict[str, str](), dict[str, str]()
            phrases = set[Phrase]()
            for region in tables.values():
                verbs = [
                    (*stems.partition("|"), standard)
                    for stems, standard in both_sides(normalise(region["verbs"]), _LINE)
                ]
                _add(past, ((_with_alef(before.split()), standard) for before, _, _, standard in verbs))
                _add(present, ((_with_alef(after.split()), standard) for _, _, after, standard in verbs))
                _add(
                    words,
                    (
                        (_joined(forms, phrases), standard)
                        for forms, standard in both_sides(normalise(region["words"]), _LINE)
                    ),
                )
            for form in filterfalse(str.isalpha, chain(past, present)):
                _single_word(form)
            fillers = _single_words(" ".join(region["fillers"] for region in tables.values()))
            return cls(past, present, words, fillers, ambiguous, auxiliaries, frozenset(phrases))

    def look_up(self, normal: str) -> DialectWord:
        """Look a word in normal form up as it is, then as a verb, then as a noun; it never stands for itself."""
        return self._found[normal]

    def with_qaf(self, normal: str) -> str:
        """Return a word with «ق» for the Maghreb's «ڨ», but for another word: «قول» is no «ڨول» (goalkeeper)."""
        plain = normal.replace(_GAF, _QAF)
        own, other = (frozenset(self.look_up(one).standard) for one in (normal, plain))
        return normal if own and other and own.isdisjoint(other) else plain

    def is_verb(self, normal: str) -> bool:
        """Whether a word in normal form is a verb of a dialect, in whatever person and tense."""
        return self._verbs[normal]

    def _look_up(self, normal: str) -> DialectWord:
        for way in _spellings(normal):
            if standard := self.words.get(way):
                return DialectWord(_words(standard, normal), is_whole=True)
            if standard := self.past.get(way):
                # «تطلع» is a past of one dialect and a present of others.
                return DialectWord(_words(f"{standard} {self._find_prefixed(way) or ''}", normal), is_whole=True)
        for way in _ways(normal):
            nouns = filter(None, map(self.words.get, _noun_forms(way)))
            if standard := self._find_verb(way) or next(nouns, None):
                return DialectWord(_words(standard, normal), is_whole=False)
        return DialectWord((), is_whole=False)

    def _is_verb(self, normal: str) -> bool:
        return any(map(self._find_verb, _ways(normal)))

    def _find_verb(self, normal: str) -> str | None:
        """Look a verb up, negated or not, without its affixes of person, tense and object."""
        negated = _NEGATED.fullmatch(normal)
        return self._find_stem(normal) or (self._find_stem(negated[1]) if negated else None)

    def _find_stem(self, normal: str) -> str | None:
        for bare in _without(_OBJECTS_BY_LAST, normal):
            if standard := self.past.get(bare) or self.past.get(_with_short_plural(bare)):
                return standard
            if standard := self._find_prefixed(bare):
                return standard
            for stem in _without(_SUBJECTS_BY_LAST, bare):
                # «رحت» is of «راح».
                forms = (
                    stem,
                    stem.removesuffix(_YEH),
                    stem[0] + _ALEF + stem[1:] if len(stem) == _LEAST_LETTERS else "",
                )
                if stem != bare and (standard := next(filter(None, map(self.past.get, forms)), None)):
                    return standard
        return None

    def _find_prefixed(self, bare: str) -> str | None:
        """Look a verb up in the present."""
        for prefix in filter(None, (_PRESENT.match(bare), _PRESENT_WITHOUT_PERSON.match(bare))):
            stem = bare[prefix.end() :]
            forms = dict.fromkeys((stem, _with_short_plural(stem), _PLURAL.sub("", stem)))
            found = [self.present[form] for form in forms if len(form) >= _LEAST_LETTERS and form in self.present]
            if found:
                return " ".join(found)
        return None


def _with_short_plural(stem: str) -> str:
    """Return a stem in the plural as dialects spell it: «سكرو» for «سكروا»."""
    return stem.removesuffix(_ALEF) if stem.endswith(_PLURAL_ENDING) else stem


def _joined(forms: str, phrases: set[Phrase]) -> Iterator[str]:
    """Join each form of several words, «couvre-feu», with «_», and add it to the phrases; keep single words."""
    for form in forms.split():
        is_joined = not form.isalpha() and any(sign in form for sign in _JOINTS)
        if phrase := tuple(normal_words(form.replace(_JOINT, " "))) if is_joined else ():
            phrases.add(phrase)
        yield _JOINT.join(phrase) or _single_word(form)


def _single_word(form: str) -> str:
    """Return a form that is a single word as questions are read; raise ValueError for any other."""
    # Nothing parts mere letters.
    if not form.isalpha() and "".join(normal_words(form)) != form:
        raise ValueError(f"{form!r} is not one word, so that nothing would ever be it")
    return form


def _single_words(text: str) -> frozenset[str]:
    return frozenset(share(map(_single_word, normalise(text).split())))


def _with_alef(stems: list[str]) -> list[str]:
    """List stems, weak ones also in the spelling before a pronoun: «لقى», «لقاها»."""
    return stems + [stem[:-1] + _ALEF for stem in stems if stem.endswith(_YEH)]


def _add(table: dict[str, str], lines: Iterable[tuple[Iterable[str], str]]) -> None:
    for forms, standard in lines:
        for form in forms:
            table[form] = f"{table[form]} {standard}" if form in table else standard


def _words(standard: str, normal: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in standard.split() if word != normal))


def _spellings(normal: str) -> tuple[str, ...]:
    """Return a word, and the same with a qaf for the Maghreb's letter for g."""
    return (normal, normal.replace(_GAF, _QAF)) if _GAF in normal else (normal,)


def _ways(normal: str) -> Iterator[str]:
    """Yield the spellings of a word, each with and without its conjunction."""
    for spelling in _spellings(normal):
        yield spelling
        if match := _CONJUNCTION.match(spelling):
            yield spelling[match.end() :]


def _without(suffixes: Mapping[str, tuple[str, ...]], word: str) -> Iterator[str]:
    """Yield a word, then the word without each suffix that it ends in, of those by their last letters."""
    yield word
    for suffix in suffixes.get(word[-1:], ()):
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST_LETTERS:
            yield word[: -len(suffix)]


def _noun_forms(normal: str) -> Iterator[str]:
    """Yield the forms of a noun that the lexicon may list: without prefix and possessive pronoun."""
    starts = ("", *filter(normal.startswith, _NOUN_PREFIXES))
    for prefix in starts:
        bare = normal[len(prefix) :]
        if len(bare) < _LEAST_NOUN:
            continue
        yield bare
        # A noun with an article has no pronoun, but may have «ة».
        suffixes = _HEH if prefix.endswith((ARTICLE, LI_WITH_ARTICLE)) else _POSSESSIVES
        for suffix in filter(bare.endswith, suffixes):
            stem = bare.removesuffix(suffix)
            if len(stem) >= _LEAST_NOUN:
                yield stem
                yield stem + _HEH
