"""Courtesies around a question: greetings, vocatives, hedges, thanks, prayers, reasons for asking, requests."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from bot.answering.knowledge.talk_words import TalkWords
from bot.answering.knowledge.word_lists import Phrase, check_word_lists, naming, phrase_list, squeezed, squeezed_phrase
from bot.arabic import normal_words

GREETING, REQUEST, CONNECTOR, THANKS = "greeting", "request", "connector", "thanks"
_KINDS = (GREETING, "vocative", "hedge", THANKS, "prayer", "reason", CONNECTOR, REQUEST, "request_behind")
_SOCIAL = frozenset({GREETING, THANKS, "prayer"})
_ONLY_BEFORE = frozenset({CONNECTOR, REQUEST})
_ONLY_BEHIND = frozenset({"request_behind"})
_LEAST_WITH_CONJUNCTION = 3
# In Latin letters each writes the vowels of his dialect as he hears them.
_ARABIZI, _VOWELS, _LEAST_CONSONANTS = re.compile("[a-z']+[235679][a-z235679']*"), re.compile("[aeiouy']"), 3
# «جهودكم», «أعماركم»: whoever is spoken to is no part of the news; «محاكم» and «تراكم» are nouns.
_SPOKEN_TO = re.compile(r"و?\w{2,}[^حا]كم|و?\w{2,}(?<!ح)(?<!ر)اكم")


@dataclass(frozen=True, slots=True)
class Courtesies:
    """Phrases of courtesy with their kinds; their words are in normal form, each letter that is repeated once.

    `before` and `behind` map the phrases that may stand there to their kind; a `careful` phrase may be a question's
    subject. `first_words` and `last_words` are those of phrases, `words` the words of all of them and everyday ones,
    `personal_words` those said of the asker, `telling_words` those of courtesies alone, `social_words` those of
    greetings, thanks and prayers alone, and `opening_words` those that begin what stands behind a question,
    `common_words` those that news is full of as well. `arabizi` are the words of all in Latin letters with a digit for
    an Arabic one, by their consonants.
    """

    before: Mapping[Phrase, str]
    behind: Mapping[Phrase, str]
    careful: frozenset[Phrase]
    first_words: frozenset[str]
    last_words: frozenset[str]
    words: frozenset[str]
    personal_words: frozenset[str]
    telling_words: frozenset[str]
    social_words: frozenset[str]
    opening_words: frozenset[str]
    common_words: frozenset[str]
    talk: TalkWords
    longest: int
    arabizi: Mapping[str, str]

    @classmethod
    def read(cls, file: Path, function_words: frozenset[str]) -> "Courtesies":
        """Read `config/courtesies.toml`, whose function words tell nothing; raise ValueError naming what is wrong."""
        with naming(file):
            lists = tomllib.loads(file.read_text(encoding="utf-8"))
            check_word_lists(lists)
            empty = frozenset(map(squeezed, function_words))
            personal = frozenset(map(squeezed, normal_words(lists["everyday"]["personal"])))
            talk = TalkWords.of(lists["talk"], function_words)
            common = frozenset(map(squeezed, normal_words(lists["everyday"]["common"])))
            return cls._of(
                {kind: _phrases(lists[kind]) for kind in (*_KINDS, "careful", "everyday")},
                personal,
                empty,
                common,
                talk,
            )

    @classmethod
    def _of(
        cls,
        lists: Mapping[str, list[Phrase]],
        personal: frozenset[str],
        empty: frozenset[str],
        common: frozenset[str],
        talk: TalkWords,
    ) -> "Courtesies":
        before, behind = dict[Phrase, str](), dict[Phrase, str]()
        for kind in _KINDS:
            for phrase in lists[kind]:
                if kind not in _ONLY_BEHIND:
                    before.setdefault(phrase, kind)
                if kind not in _ONLY_BEFORE:
                    behind.setdefault(phrase, kind)
        careful, everyday = frozenset(lists["careful"]), frozenset(chain.from_iterable(lists["everyday"]))
        kinds = {**before, **behind}
        empty |= frozenset(word for phrase in kinds for word in phrase if word.isdecimal())
        polite = [phrase for phrase in kinds if phrase not in careful]
        dull = empty | everyday
        telling = frozenset(chain.from_iterable(polite)) - dull
        social = frozenset(chain.from_iterable(phrase for phrase in polite if kinds[phrase] in _SOCIAL)) - dull
        words = everyday | frozenset(chain.from_iterable(kinds))
        opening = frozenset(phrase[0] for phrase in behind if phrase not in careful) - dull
        return cls(
            before,
            behind,
            careful,
            frozenset(phrase[0] for phrase in kinds),
            frozenset(phrase[-1] for phrase in kinds),
            words,
            personal,
            telling,
            social,
            opening,
            common,
            talk,
            max(map(len, kinds)),
            {key: word for word in sorted(words) if (key := _consonants(word))},
        )

    def folded(self, normal: str) -> str:
        """Return a word with each repeated letter once, in Latin letters as a list has it: «ma3lich» is «ma3lech»."""
        word = squeezed(normal)
        return word if word in self.words else self.arabizi.get(_consonants(word), word)

    def may_begin(self, word: str) -> bool:
        """Tell whether a word, with or without «و», begins a phrase."""
        return any(form in self.first_words for (form,) in with_and_without_conjunction((word,)))

    def may_end(self, word: str) -> bool:
        """Tell whether a word ends a phrase, or with «و» is one by itself."""
        return any(form in self.last_words for (form,) in with_and_without_conjunction((word,)))

    def knows(self, word: str) -> bool:
        """Tell whether a word is one of courtesies or of everyday talk, with or without «و», or speaks to somebody."""
        return word in self.words or (word[0] == "و" and word[1:] in self.words) or self.speaks_to_somebody(word)

    def tells(self, word: str) -> bool:
        """Tell whether a word is one of courtesies alone, with or without «و», or speaks to somebody."""
        telling = self.telling_words
        return word in telling or (word[0] == "و" and word[1:] in telling) or self.speaks_to_somebody(word)

    @staticmethod
    def speaks_to_somebody(word: str) -> bool:
        """Tell whether a word ends in the pronoun of several people spoken to."""
        return _SPOKEN_TO.fullmatch(word) is not None


def _phrases(lists: Mapping[str, str]) -> list[Phrase]:
    listed = (phrase for text in lists.values() for phrase in phrase_list(text))
    return [squeezed_phrase(way) for phrase in listed for way in _with_joined_digits(phrase)]


def _with_joined_digits(phrase: Phrase) -> list[Phrase]:
    """Return a phrase with each digit beside its word and joined to it, of which one word may be known, «3andou»."""
    ways: list[Phrase] = [()]
    for word in phrase:
        joined = [(*way[:-1], way[-1] + word) for way in ways if way and way[-1].isdecimal() and word.isascii()]
        ways = [*((*way, word) for way in ways), *joined]
    return ways


def _consonants(word: str) -> str:
    """Return the consonants of a Latin word with a digit in it, "" for others and where they are too few."""
    if not _ARABIZI.fullmatch(word):
        return ""
    key = _VOWELS.sub("", word.replace("sh", "ch"))
    return key if len(key) >= _LEAST_CONSONANTS else ""


def with_and_without_conjunction(phrase: Phrase) -> tuple[Phrase, ...]:
    """Return a phrase, and the same without «و» on its first word: «وشكرا لكم», «شكرا لكم»."""
    first, *others = phrase
    if first.startswith("و") and len(first) > _LEAST_WITH_CONJUNCTION:
        return (phrase, (first[1:], *others))
    return (phrase,)
