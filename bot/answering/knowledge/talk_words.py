"""Words by which talk around a question is told, in whatever forms they are written, from `config/courtesies.toml`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.answering.knowledge.word_lists import word_set
from bot.answering.knowledge.word_memory import WordMemory
from bot.arabic import CONJUNCTIONS

# «هالسؤال», «عالقهوة», «فالدار», «للجامعة»; «سؤالي», «أستاذتنا», «أصحابو».
_PREFIXES = ("هال", "عال", "فال", "بال", "كال", "لل", "ال", *"هبلعفك")
_SUFFIXES = ("وني", "ونا", "ولي", "وا", "كم", "كن", "هم", "هن", "ها", "نا", "ني", "لي", *"هيكو")
_PRONOUNS = ("كم", "كن", "هم", "هن", "ها", "نا", *"هيكو")
_MINE = ("ي", "نا")
_TO_ME = ("وني", "ونا", "ولي", "ولنا", "وا", "ني", "نا", "لي", "لنا", "و", "ينا", "يني")
_SECOND_PERSON = "ت"
_NEGATED = re.compile(r"(?:ما)?(\w{2,})ش")
_LEAST_LETTERS = 3


class _Roles(NamedTuple):
    """What a word may be in talk: see the methods of `TalkWords` that tell it."""

    is_function_form: bool
    is_to_others: bool
    is_of_asker: bool
    is_talk: bool


@dataclass(frozen=True, slots=True)
class TalkWords:
    """Words in normal form: those said of the asker, his own people and things, what he asks of others, of talk.

    Behind one of `turns` a question begins, behind one of `sayings` others are quoted; what others would have to do
    first begins with one of `conditions`. `functions` are the words of grammar.
    """

    personal: frozenset[str]
    own: frozenset[str]
    address: frozenset[str]
    words: frozenset[str]
    turns: frozenset[str]
    sayings: frozenset[str]
    conditions: frozenset[str]
    functions: frozenset[str]
    _roles: WordMemory[_Roles] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_roles", WordMemory(self._roles_of))

    @classmethod
    def of(cls, lists: Mapping[str, str], function_words: frozenset[str]) -> "TalkWords":
        """Make them from their lists; raise KeyError for a missing one."""
        names = ("personal", "own", "address", "words", "turns", "sayings", "conditions")
        return cls(**{name: word_set(lists[name]) for name in names}, functions=function_words)

    def is_function_form(self, normal: str) -> bool:
        """Tell whether a word is of grammar with a pronoun, a conjunction or negated: «فيها», «معو», «عندكمش»."""
        return self._roles[normal].is_function_form

    def is_to_others(self, normal: str) -> bool:
        """Tell whether a word asks something of others: «جاوبوني», «ورونا», «تبخلوش»."""
        return self._roles[normal].is_to_others

    def is_of_asker(self, normal: str) -> bool:
        """Tell whether a word is said of the asker, of what is his own, or asks something of others."""
        return self._roles[normal].is_of_asker

    def is_talk(self, normal: str) -> bool:
        """Tell whether a word is one of talk, in whatever form."""
        return self._roles[normal].is_talk

    def _roles_of(self, normal: str) -> _Roles:
        is_to_others = self._is_to_others(normal)
        is_of_asker = is_to_others or self._is_of_asker(normal)
        is_talk = any(form in self.words or form in self.own for form in _forms(normal))
        return _Roles(self._is_function_form(normal), is_to_others, is_of_asker, is_talk)

    def _is_function_form(self, normal: str) -> bool:
        word = _without_negation(normal)
        return any(base in self.functions for base in (word, word.removeprefix("و"), *_without(_PRONOUNS, word)))

    def _is_to_others(self, normal: str) -> bool:
        bare = [*_bare(_without_negation(normal))]
        forms = [*bare, *(form.removeprefix(_SECOND_PERSON) for form in bare)]
        return any(base in self.address for form in forms for base in _without(_TO_ME, form))

    def _is_of_asker(self, normal: str) -> bool:
        words = (normal, _without_negation(normal))
        is_personal = any(word in self.personal or word.removeprefix("و") in self.personal for word in words)
        return is_personal or any(base in self.own for form in _bare(normal) for base in _without(_MINE, form))


def _forms(normal: str) -> Iterator[str]:
    """Yield a word, and what it may be without conjunction, preposition, article, ending and pronoun."""
    yield normal
    if not normal.isascii():
        for form in _bare(normal):
            yield from (base for base in (form, *_without(_SUFFIXES, form)) if len(base) >= _LEAST_LETTERS)


def _bare(normal: str) -> Iterator[str]:
    """Yield a word, and the word without conjunction, preposition and article."""
    has_conjunction = normal.startswith(CONJUNCTIONS) and len(normal) > _LEAST_LETTERS
    for whole in (normal, normal[1:]) if has_conjunction else (normal,):
        yield whole
        yield from (whole.removeprefix(prefix) for prefix in _PREFIXES if whole.startswith(prefix))


def _without(endings: Iterable[str], form: str) -> Iterator[str]:
    """Yield a word without each ending that it has, and with ة for the ت that was before it."""
    for ending in filter(form.endswith, endings):
        base = form.removesuffix(ending)
        yield base
        if base.endswith("ت"):
            yield f"{base[:-1]}ه"


def _without_negation(normal: str) -> str:
    negated = _NEGATED.fullmatch(normal)
    return negated[1] if negated else normal
