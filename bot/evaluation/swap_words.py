"""Words by kind, from `swap_words.toml` beside this file: what a word of a question may be replaced by."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.arabic import normal_words, normalise

_FILE = Path(__file__).with_name("swap_words.toml")
ARTICLE = "ال"
PLURALS = ("ات", "ون", "ين")
# Genders and numbers of an adjective, in normal form and as they are written.
_ENDINGS = {"": "", "ه": "ة", "ين": "ين", "ون": "ون", "ات": "ات"}


@dataclass(frozen=True, slots=True)
class SwapWords:
    """Words as they are written, by kind; `kinds_of` and `cues` map normal forms to kinds.

    `nouns` are the kinds of common nouns; the other fields are the lists of these names, which the file explains.
    """

    words: Mapping[str, tuple[str, ...]]
    kinds_of: Mapping[str, frozenset[str]]
    nouns: frozenset[str]
    cues: Mapping[str, frozenset[str]]
    defining: frozenset[str]
    compounds: frozenset[str]
    unnaming: frozenset[str]
    origins: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    abbreviations: tuple[str, ...]

    @classmethod
    def read(cls) -> "SwapWords":
        """Read the lists that come with the code."""
        lists = tomllib.loads(_FILE.read_text(encoding="utf-8"))
        known = lists["names"] | lists["nouns"]
        return cls(
            words={kind: tuple(text.split()) for kind, text in (known | lists["others"] | lists["cued"]).items()},
            kinds_of=_inverted(known),
            nouns=frozenset(lists["nouns"] | lists["others"]),
            cues=_inverted(lists["cues"]),
            defining=frozenset(normal_words(lists["defining"]["words"])),
            compounds=frozenset(normal_words(lists["compounds"]["words"])),
            unnaming=frozenset(normal_words(lists["unnaming"]["words"])),
            origins=tuple(tuple(text.split()) for text in lists["origins"].values()),
            names=tuple(lists["latin"]["names"].split()),
            abbreviations=tuple(lists["latin"]["abbreviations"].split()),
        )

    def of_kinds(self, kinds: Iterable[str], like: str, *, definite: bool) -> list[str]:
        """Return the words of kinds with «ال» or without; of nouns with it, those of the gender of a normal form."""
        return [
            word
            for kind in sorted(kinds)
            for word in self.words[kind]
            if word.startswith(ARTICLE) is definite
            and (kind not in self.nouns or not definite or word.endswith("ة") is is_feminine(like))
        ]

    def origins_like(self, normal: str) -> list[str]:
        """Return the adjectives of origin of the sort, gender and number of one in normal form, if it is one."""
        article = ARTICLE if normal.startswith(ARTICLE) else ""
        base = normal.removeprefix(article)
        for origins in self.origins:
            known = set(map(normalise, origins))
            for ending, written in _ENDINGS.items():
                if base.endswith(ending) and base.removesuffix(ending) in known:
                    return [article + origin + written for origin in origins]
        return []

    def latin_like(self, written: str) -> list[str]:
        """Return Latin words in capitals like one that is written, or names, capitalised or not."""
        if len(written) > 1 and written.isupper():
            return list(self.abbreviations)
        return [name.lower() if written.islower() else name for name in self.names]


def is_feminine(normal: str) -> bool:
    """Tell whether a word in normal form shows that it is feminine."""
    return normal.endswith("ه")


def _inverted(lists: Mapping[str, str]) -> dict[str, frozenset[str]]:
    kinds: dict[str, frozenset[str]] = {}
    for kind, text in lists.items():
        for word in normal_words(text):
            kinds[word] = kinds.get(word, frozenset()) | {kind}
    return kinds
