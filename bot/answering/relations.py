"""What can be asked about somebody or something, and how a passage says it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.answering.word_lists import prefixed
from bot.arabic import light_stem, normal_words

_PRONOUNS = ("ه", "ها", "هم")
_ARTICLE = "ال"
_PREFIXES = ("", _ARTICLE, "وال", "بال", "فال", "لل", "و", "ف", "ب", "ل")


@dataclass(frozen=True, slots=True)
class Relation:
    """One such thing: birth, price, author.

    `asked` are the words in normal form that ask for it, `asking` these alone and behind an article, preposition or
    conjunction, `said` the stems that say it; so does what `pattern` finds.
    """

    asked: frozenset[str]
    asking: frozenset[str]
    said: frozenset[str]
    pattern: re.Pattern[str] | None

    @classmethod
    def of(cls, words: Mapping[str, str]) -> "Relation":
        """Make a relation of lists of words; raise KeyError where one is missing, and re.error."""
        asked = frozenset(form for word in normal_words(words["asked"]) for form in _with_pronouns(word))
        said = frozenset(stem for word in (*asked, *normal_words(words["said"])) for stem in _stems(word))
        pattern = words.get("pattern")
        return cls(asked, prefixed(_PREFIXES, asked), said, re.compile(pattern) if pattern else None)


def _with_pronouns(word: str) -> Iterator[str]:
    """Write a noun alone and with the pronouns of the third person: «عاصمة», «عاصمته», «عاصمتها», «عاصمتهم»."""
    yield word
    stem = f"{word[:-1]}ت" if word.endswith("ه") else word
    yield from (stem + pronoun for pronoun in _PRONOUNS)


def _stems(word: str) -> Iterator[str]:
    """Yield the stems of a word without and with the article: the light stemmer parts «وزير» from «الوزير»."""
    yield light_stem(word)
    yield light_stem(_ARTICLE + word)
