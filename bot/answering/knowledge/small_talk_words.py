"""Words by which talk that no phrase of small talk foresees is known for talk."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.answering.knowledge.word_lists import squeezed
from bot.arabic import CONJUNCTIONS, consonant_skeleton, light_stem, normalise

# «هههه», «خخخخ», «hahaha», «loool», «mdrrr»
_LAUGH = re.compile(r"[هخ]{3,}|(?:[هخ]ا){2,}[هخ]?|(?:[jh][aei]){2,}[jh]?|h{3,}|l+o+l+|l+m+a+o+|mdr+|ptdr+|x+d+")
# «عاملك», «جوابكم»: whoever is spoken to; «ضحكتيني», «فرحتونا»: what they did to the one who speaks.
_ADDRESSED = re.compile(r"(?!ال)(\w{2,})(?:ك|كم|كن|كو|كي)|(\w{3,}?)[aei]?k")
_DID_TO_ME = re.compile(r"\w{3,5}ت[يو]?(?:ني|نا)|\w{3,}[^aeiou]t(?:i|ou)?ni")
# «متزعلش»
_DENIED = re.compile("م[اى]?(\\w{3,})ش")
# «بتضحك», «كتضحك»
_PROGRESSIVE = re.compile("[بكهحد]([اتين]\\w{2,})")
# Digits that stand for letters in Arabic written in Latin ones; of the others the skeleton has nothing.
_DIGITS = str.maketrans({"2": "", "3": "", "5": "kh", "6": "t", "7": "h", "8": "gh", "9": "q"})
_LEAST_LETTERS, _MOST_AFFIXED = 2, 3
_AFFIX_LETTERS = frozenset("اويىمتنسبلهح")
_WITHOUT_AFFIX_LETTERS = str.maketrans(dict.fromkeys(_AFFIX_LETTERS, ""))


@dataclass(frozen=True, slots=True)
class SmallTalkWords:
    """Words in normal form, each letter that is repeated once.

    `you` speak to somebody, and so do those of `asking`, which a question about news has as well; `god` begins a
    blessing, `call` precedes whom one calls, `who` asks for a person, `no` denies; `making` are verbs of making, as
    they are written; no news is about words of `talk`, whose stems and, where they are in Arabic letters, consonants
    are `talk_stems` and `skeletons`. `making_by_core` has the verbs of making by their letters that no affix has.
    """

    you: frozenset[str]
    asking: frozenset[str]
    god: frozenset[str]
    call: frozenset[str]
    who: frozenset[str]
    no: frozenset[str]
    making: frozenset[str]
    talk: frozenset[str]
    talk_stems: frozenset[str]
    skeletons: frozenset[str]
    making_by_core: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, lists: Mapping[str, str], phrased: Iterable[str]) -> "SmallTalkWords":
        """Make them from their lists and the words of phrases of talk; raise KeyError for a missing list."""
        words = {name: frozenset(map(squeezed, _words(text))) for name, text in lists.items()}
        making = frozenset(_words(lists["making"]))
        stems = frozenset(squeezed(light_stem(word)) for word in _words(lists["talk"]))
        spelled = (word for word in (*words["talk"], *words["god"], *phrased) if not word.isascii())
        skeletons = frozenset(filter(None, map(consonant_skeleton, spelled)))
        by_core = defaultdict[str, list[str]](list)
        for verb in making:
            by_core[_core(verb)].append(verb)
        return cls(**{**words, "making": making}, talk_stems=stems, skeletons=skeletons, making_by_core=dict(by_core))

    @staticmethod
    def is_laugh(normal: str) -> bool:
        """Tell whether a word in normal form, not squeezed, is laughter."""
        return _LAUGH.fullmatch(normal) is not None

    def is_you(self, folded: str) -> bool:
        """Tell whether a word is a pronoun of whoever is spoken to, with or without a conjunction."""
        return any(form in self.you for form in _without_conjunction(folded))

    def is_asking(self, folded: str) -> bool:
        """Tell whether a word asks somebody for news, or is said beside a question."""
        return any(form in self.asking for form in _without_conjunction(folded))

    def is_talk(self, folded: str, *, may_be_arabic: bool = True) -> bool:
        """Tell whether a word is one of talk, in any form; in Latin letters it may be Arabic."""
        forms = list(_without_conjunction(folded))
        if denied := _DENIED.fullmatch(folded):
            forms.append(denied[1])
        if progressive := _PROGRESSIVE.fullmatch(folded):
            forms.append(progressive[1])
        if may_be_arabic and folded.isascii() and consonant_skeleton(folded.translate(_DIGITS)) in self.skeletons:
            return True
        return any(form in self.talk or form in self.god or light_stem(form) in self.talk_stems for form in forms)

    @staticmethod
    def addressed(folded: str) -> str:
        """Return a word without the pronoun of whoever is spoken to, "" where it has none."""
        match = _ADDRESSED.fullmatch(folded)
        return (match[1] or match[2]) if match else ""

    @staticmethod
    def did_to_me(folded: str) -> bool:
        """Tell whether a word says what somebody who is spoken to did to the speaker: «ضحكتيني»."""
        return _DID_TO_ME.fullmatch(folded) is not None

    def is_making(self, base: str) -> bool:
        """Tell whether a word without its pronoun is a verb or participle of making: «مبرمج», «تطوير», «مسوي»."""
        return base in self.making or any(_is_form(base, verb) for verb in self.making_by_core.get(_core(base), ()))


def _words(text: str) -> list[str]:
    """Return the words of a list in normal form; «3ziz» is one, where a message would have a number and a word."""
    return list(map(normalise, text.split()))


def _without_conjunction(folded: str) -> tuple[str, ...]:
    return (folded, folded[1:]) if folded[0] in CONJUNCTIONS and len(folded) > _LEAST_LETTERS else (folded,)


def _core(word: str) -> str:
    """Return a word without the letters of affixes: a verb and its forms have the same."""
    return word.translate(_WITHOUT_AFFIX_LETTERS)


def _is_form(word: str, verb: str) -> bool:
    """Tell whether a word has the letters of a verb in order, and beside them nothing but letters of affixes."""
    if word.isascii() or len(verb) <= _LEAST_LETTERS:
        return False
    rest, at = [], 0
    for letter in word:
        if at < len(verb) and letter == verb[at]:
            at += 1
        else:
            rest.append(letter)
    return at == len(verb) and len(rest) <= _MOST_AFFIXED and _AFFIX_LETTERS.issuperset(rest)
