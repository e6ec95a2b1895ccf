"""The boilerplate phrases that a maintainer keeps in config/marks.toml."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any, Self

from bot.arabic import normalise
from bot.articles.site_rules import SiteRule

_NOT_WORD = re.compile(r"[\W_]+")


GAP = "…"
"""Stands in a phrase for any words between two parts of it."""


def fold(text: str) -> str:
    """Reduce text to normalised words with single spaces between them."""
    return _NOT_WORD.sub(" ", normalise(text)).strip()


# Every step that reads a page asks for those of its texts.
@lru_cache(maxsize=1 << 10)
def text_key(text: str) -> str:
    """Return a key that is the same for all spellings of a text, with or without spaces."""
    return fold(text).replace(" ", "")


def any_of(phrases: Iterable[str]) -> str:
    """Write a regular expression of folded phrases with anything but letters between words, the longest first."""
    longest_first = sorted(phrases, key=len, reverse=True)
    written = (r"\W+".join(map(re.escape, phrase.split())) for phrase in longest_first)
    return "|".join(written).replace(rf"\W+{GAP}\W+", r"\b.*?\b") or r"(?!)"


def opening_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Compile the pattern of normalised texts that open with one of some folded phrases."""
    return re.compile(rf"\W*(?:{any_of(phrases)})(?!\w)")


def opens_with(folded: str, phrases: tuple[str, ...]) -> bool:
    """Whether a folded text begins with one of some folded phrases."""
    return f"{folded} ".startswith(_spaced(phrases))


# Each line of an article is asked some forty times whether it opens with one of the same few lists.
@lru_cache(maxsize=1 << 5)
def _spaced(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{phrase} " for phrase in phrases)


@dataclass(frozen=True, slots=True)
class BoilerplatePhrases:
    """Folded phrases by the way they are used, the longest headline and line in words, and rules of single sites."""

    headline_words: int
    line_words: int
    teasers: tuple[str, ...]
    colon_teasers: tuple[str, ...]
    tails: tuple[str, ...]
    whole_lines: tuple[str, ...]
    openings: tuple[str, ...]
    notices: tuple[str, ...]
    labels: tuple[str, ...]
    captions: tuple[str, ...]
    agencies: tuple[str, ...]
    platforms: tuple[str, ...]
    bylines: tuple[str, ...]
    writers: tuple[str, ...]
    corrections: tuple[str, ...]
    datelines: tuple[str, ...]
    updates: tuple[str, ...]
    beside_dates: tuple[str, ...]
    outlet_openings: tuple[str, ...]
    paywalls: tuple[str, ...]
    error_titles: tuple[str, ...]
    error_phrases: tuple[str, ...]
    gone: tuple[str, ...]
    gone_for_now: tuple[str, ...]
    comment_headings: tuple[str, ...]
    readers: tuple[str, ...]
    comment_nouns: tuple[str, ...]
    comment_buttons: tuple[str, ...]
    comment_times: tuple[str, ...]
    box_headings: tuple[str, ...]
    box_buttons: tuple[str, ...]
    skip_links: tuple[str, ...]
    skip_ends: tuple[str, ...]
    sites: tuple[SiteRule, ...] = ()

    def __hash__(self) -> int:
        # Their patterns are looked up for each article, and the hash of all takes twenty times as long.
        return hash(self.teasers)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the phrases from a TOML file; ValueError says in one sentence what is wrong with it."""
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise ValueError(f"{path} cannot be read: {error.strerror}") from error
        except ValueError as error:  # not UTF-8, or not TOML
            raise ValueError(f"{path.name} is not valid TOML: {error}") from error
        names = {field.name for field in fields(cls)} - {"sites"}
        if table.keys() != names:
            wrong = ", ".join(sorted(table.keys() ^ names))
            raise ValueError(f"{path.name} has missing or unknown keys: {wrong}.")
        return cls.from_lists({name: _checked(path.name, name, table[name]) for name in names})

    @classmethod
    def from_lists(cls, values: Any) -> Self:
        """Make the phrases of folded ones in lists, and rules in tables, as JSON has them."""
        frozen: dict[str, Any] = {
            name: tuple(each) if isinstance(each, list | tuple) else each for name, each in values.items()
        }
        rules = (SiteRule(rule["host"], rule["text"], tuple(rule["without"])) for rule in values.get("sites", ()))
        return cls(**{**frozen, "sites": tuple(rules)})


def _checked(file: str, name: str, value: object) -> int | tuple[str, ...]:
    if name.endswith("_words"):
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise ValueError(f"{file}: {name} must be a whole number above 0.")
        return value
    if not isinstance(value, list):
        raise ValueError(f"{file}: {name} must be a list of phrases.")  # noqa: TRY004 - the file is wrong, not the caller
    for phrase in value:
        if not isinstance(phrase, str) or not fold(phrase):
            raise ValueError(f"{file}: {name} holds {phrase!r}, which is not a phrase of at least one word.")
    # «this/that page» is two phrases.
    each = (" ".join(words) for phrase in value for words in product(*(word.split("/") for word in phrase.split())))
    return tuple(dict.fromkeys(f" {GAP} ".join(map(fold, phrase.split(GAP))).strip() for phrase in each))
