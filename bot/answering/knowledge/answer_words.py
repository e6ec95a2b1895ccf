"""Words beside a name, those that answer and those that ask: `answer_words`, `name_words`, `asked` in `config/`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bot.answering.knowledge.word_lists import Phrase, phrase_list, prefixed, share, word_lists_of, word_set
from bot.answering.reasons import AskedKind
from bot.arabic import ARTICLE, CONJUNCTIONS, DEFINITE_PREPOSITIONS, PREPOSITIONS
from bot.storage import Memory

_LONGEST, _PERSONS, _ANDS = 4, ("ي", "ت", "ن"), ("", *CONJUNCTIONS)


@dataclass(frozen=True)
class AnswerWords:
    """Phrases in normal form: what a reason and a definition stand behind, and what begins a reason.

    One of `reasons` is followed by a reason, one of `reasons_with` begins one; a definition follows one of
    `definitions`, and one of `times` may precede a date. Behind one of the words `undated` a date is not of what the
    sentence tells; `auxiliaries` are verbs beside another one. One of `told` behind one of `not_yet`, or one of
    `told_later` alone, says that something is not known yet. Behind one of `beside` stands what something is near.
    """

    reasons: frozenset[Phrase]
    reasons_with: frozenset[Phrase]
    definitions: frozenset[Phrase]
    times: frozenset[Phrase]
    undated: frozenset[str]
    auxiliaries: frozenset[str]
    told: frozenset[str]
    told_later: frozenset[str]
    not_yet: frozenset[str]
    beside: frozenset[str]

    @cached_property
    def setting_aside(self) -> frozenset[str]:
        """The words that may set something aside."""
        return self.told | self.told_later | self.beside

    @classmethod
    def read(cls, file: Path) -> "AnswerWords":
        """Read the phrases; raise ValueError naming what is missing or malformed."""
        with word_lists_of(file) as lists:
            withheld = lists["withheld"]
            told = prefixed(_PERSONS, word_set(withheld["verbs"]))
            return cls(
                frozenset(phrase_list(lists["reasons"]["behind"])),
                frozenset(phrase_list(lists["reasons"]["with"])),
                frozenset(phrase_list(lists["definitions"]["behind"])),
                frozenset(phrase_list(lists["times"]["with"])),
                word_set(lists["event_dates"]["undated"]),
                word_set(lists["event_dates"]["auxiliaries"]),
                told | word_set(withheld["nouns"]),
                prefixed(_ANDS, prefixed(("س",), told)),
                prefixed(_ANDS, word_set(withheld["not_yet"])),
                prefixed(_ANDS, word_set(withheld["beside"])),
            )


def phrase_length(phrases: frozenset[Phrase], normals: Sequence[str], at: int) -> int:
    """Return the number of words of the longest phrase at a position, a conjunction before it or none; 0 for none."""
    for length in range(min(_LONGEST, len(normals) - at), 0, -1):
        first, *others = normals[at : at + length]
        if (first, *others) in phrases or (first[:1] in CONJUNCTIONS and (first[1:], *others) in phrases):
            return length
    return 0


_PRONOUNS = ("ه", "ها", "هم", "هن", "و", "هما", "ك")
_DEFINITE = (ARTICLE, *DEFINITE_PREPOSITIONS, *(one + ARTICLE for one in CONJUNCTIONS))
_BEFORE_NOUNS = ("", *_DEFINITE, *PREPOSITIONS, *CONJUNCTIONS)
_BEFORE_NAMES = ("", *CONJUNCTIONS, *PREPOSITIONS)


@dataclass(frozen=True)
class NameWords:
    """Word lists on names, in normal form, nouns also with what is written onto them.

    `nouns` ask for a name beside a question word, `own_nouns` are the same with a pronoun, `alone` hold the question
    word themselves, `verbs` call. `which` asks before a noun. `things` and `persons` have names, `owned` are both with
    a pronoun; `institutions` are named with their noun alone, other things in quotation marks as well, and those of
    `general` by any name. Behind one of `places` stands no person's name. A name stands behind one of `introducing`, a
    person's behind one of `titles`. Beside an office, one of `former` says that it is held no more, one of `of_office`
    leaves it what it is, and one of `current` asks for nothing more. One of `ambiguous_names` is a word as well as a
    given name.
    """

    nouns: frozenset[str]
    own_nouns: frozenset[str]
    alone: frozenset[str]
    verbs: frozenset[str]
    which: frozenset[str]
    institutions: frozenset[str]
    general: frozenset[str]
    things: frozenset[str]
    places: frozenset[str]
    persons: frozenset[str]
    people: frozenset[str]
    introducing: frozenset[str]
    owned: frozenset[str]
    titles: frozenset[str]
    former: frozenset[str]
    of_office: frozenset[str]
    current: frozenset[str]
    given_names: frozenset[str]
    ambiguous_names: frozenset[str]

    def is_given_name(self, normal: str) -> bool:
        """Whether a word is a given name, or may be one as well as a word."""
        return normal in self.all_given_names

    @cached_property
    def all_given_names(self) -> frozenset[str]:
        """The given names, and the words that may be some."""
        return self.given_names | self.ambiguous_names

    @classmethod
    def read(cls, file: Path) -> "NameWords":
        """Read the lists; raise ValueError naming what is missing or malformed."""
        with word_lists_of(file) as lists:
            asking, bearers, introducing = lists["asking"], lists["bearers"], lists["introducing"]
            institutions, general, others, persons, people = (
                frozenset(noun_forms(word_set(bearers[name])))
                for name in ("institutions", "general", "others", "persons", "people")
            )
            things = institutions | general | others
            nouns = word_set(asking["nouns"])
            given = word_set("\n".join(lists["names"].values()))
            ambiguous = word_set(lists["words"]["words"])
            return cls(
                prefixed(("", ARTICLE), nouns),
                frozenset(noun + pronoun for noun in nouns for pronoun in _PRONOUNS),
                word_set(asking["alone"]),
                word_set(asking["verbs"]),
                prefixed(("", *PREPOSITIONS), word_set(asking["which"])),
                institutions,
                general,
                things,
                things | frozenset(noun_forms(word_set(bearers["places"]))),
                persons,
                people,
                word_set(introducing["words"]),
                frozenset(_owned_forms(word_set("\n".join(bearers.values())))),
                word_set(introducing["titles"]),
                prefixed(("", ARTICLE), word_set(introducing["former"])),
                prefixed(("", ARTICLE), word_set(introducing["of_office"])),
                prefixed(("", ARTICLE), word_set(introducing["current"])),
                prefixed(_BEFORE_NAMES, given - ambiguous),
                prefixed(_BEFORE_NAMES, ambiguous),
            )


def noun_forms(nouns: Iterable[str]) -> Iterator[str]:
    """Yield nouns with an article, a preposition or a conjunction, or with a pronoun: «السفينة», «سفينتهم»."""
    yield from share(before + noun for noun in nouns for before in _BEFORE_NOUNS)
    yield from _owned_forms(nouns)


def _owned_forms(nouns: Iterable[str]) -> Iterator[str]:
    """Yield nouns with a pronoun, with or without a preposition: «سفينتهم»."""
    for noun in nouns:
        stem = f"{noun[:-1]}ت" if noun.endswith("ه") else noun
        yield from share(before + stem + pronoun for before in ("", *PREPOSITIONS) for pronoun in _PRONOUNS)


_ASKED_PROCLITICS = ("ال", "وال", "بال", "فال", "لل", "و", "ب", "ف", "ل", "ه", "ح", "ك")
_ASKED_PRONOUNS = ("ها", "هم", "هن", "ه", "و", "هو", "نا", "ا", "لها", "له", "لو", "لهم", "وه", "ات", "ش")
_LEAST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class AskedWords:
    """Words in normal form by the kind of answer that they ask for, and the words between two things to choose from.

    `names` ask for names besides those of `NameWords`, `lists` for those of several, as do the numbers `several` behind
    a noun; `ranks` for a rank, two words of `hours` for an hour, one of `now` for the newest, and so does one of `last`
    before a noun.
    """

    nouns: "KindWords"
    verbs: "KindWords"
    bearers: "KindWords"
    names: frozenset[str]
    lists: frozenset[str]
    several: frozenset[str]
    ranks: frozenset[str]
    hours: frozenset[Phrase]
    between: frozenset[str]
    neither: frozenset[str]
    last: frozenset[str]
    now: frozenset[str]

    @classmethod
    def read(cls, file: Path) -> "AskedWords":
        """Read the lists; raise ValueError naming what is missing or malformed."""
        with word_lists_of(file) as lists:
            others = word_set(lists["others"]["words"])
            nouns, verbs, bearers = (KindWords.of(lists[name], others) for name in ("nouns", "verbs", "bearers"))
            hours = frozenset(phrase_list(lists["phrases"]["time_of_day"]))
            choice = word_set(lists["choice"]["between"]), word_set(lists["choice"]["neither"])
            newest = word_set(lists["newest"]["before"]), word_set(lists["newest"]["words"])
            names, of_lists, several, ranks = (
                word_set(lists["phrases"][name]) for name in ("names", "lists", "several", "rank")
            )
            return cls(nouns, verbs, bearers, names, of_lists, several, ranks, hours, *choice, *newest)


@dataclass(frozen=True, slots=True)
class KindWords:
    """Words of kinds, found with whatever is written onto them."""

    listed: Mapping[str, AskedKind]
    others: frozenset[str]
    _found: Memory[str, AskedKind | None] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_found", Memory(self._find))

    @classmethod
    def of(cls, lists: Mapping[str, str], others: frozenset[str]) -> "KindWords":
        """Read lists of words by kind; `others` are none of them, whatever is taken off."""
        return cls({word: AskedKind(kind) for kind, text in lists.items() for word in word_set(text)}, others)

    def kind(self, normal: str) -> AskedKind | None:
        """Return the kind that a word in normal form asks for, or None."""
        return self._found[normal]

    def _find(self, normal: str) -> AskedKind | None:
        forms = () if normal in self.others else _forms(normal)
        return next((self.listed[form] for form in forms if form in self.listed), None)


def _forms(normal: str) -> Iterator[str]:
    """Yield a word, then what is left of it without what is written onto it: «بالسعر», «قيمتها»."""
    bare = [normal, *(normal[len(one) :] for one in _ASKED_PROCLITICS if normal.startswith(one))]
    bare = [one for one in bare if len(one) > _LEAST_LETTERS or one == normal]
    yield from bare
    for word in bare:
        # «مساحت» for «مساحة».
        if word.endswith("ت"):
            yield f"{word[:-1]}ه"
        for pronoun in _ASKED_PRONOUNS:
            owned = word.removesuffix(pronoun)
            if owned != word and len(owned) >= _LEAST_LETTERS:
                yield owned
                if owned.endswith("ت"):
                    yield f"{owned[:-1]}ه"
