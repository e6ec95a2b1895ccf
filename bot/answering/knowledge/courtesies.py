"""Courtesies around a question, and the words of talk, from `config/courtesies.toml`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from bot.answering.knowledge.phrase_matcher import PhraseMatcher
from bot.answering.knowledge.word_lists import Phrase, phrase_list, squeezed, word_lists_of, word_set
from bot.arabic import normal_words

GREETING, VOCATIVE, HEDGE, THANKS, PRAYER = "greeting", "vocative", "hedge", "thanks", "prayer"
REQUEST, CONNECTOR, CALL = "request", "connector", "يا"
_KINDS = (GREETING, VOCATIVE, HEDGE, THANKS, PRAYER, "reason", CONNECTOR, REQUEST, "request_behind")
_SOCIAL = frozenset({GREETING, THANKS, PRAYER})
_ONLY_BEFORE = frozenset({CONNECTOR, REQUEST})
_ONLY_BEHIND = frozenset({"request_behind"})
_LEAST_WITH_CONJUNCTION = 3
# «جهودكم», «أعماركم»: whoever is spoken to is no part of the news; «محاكم» and «تراكم» are nouns.
_SPOKEN_TO = re.compile(r"و?\w{2,}[^حا]كم|و?\w{2,}(?<!ح)(?<!ر)اكم")
# Written onto the next word, «ياجماعة»; what begins a polite condition; «ـك» and what is said to others for it.
_JOINED, _CONDITIONS = (CALL, "ما"), ("لو", "اذا", "ان", "كان", "الا")
_YOUR, _YOURS = re.compile(r"\b(?!ال)(\w{2,})كم?$"), ("ك", "كم", "كن", "كو", "كي")


@dataclass(frozen=True, slots=True)
class TalkWords:
    """Words in normal form of talk around a question, in their plainest form.

    `personal` are said of the asker, `own` are his people and things, `address` is what he asks of others, `plain` has
    what names nothing, `announcing` the question itself. Behind one of `turns` a question begins, behind one of
    `sayings` others are quoted; a condition on others begins with one of `conditions`.
    """

    personal: frozenset[str]
    own: frozenset[str]
    address: frozenset[str]
    words: frozenset[str]
    plain: frozenset[str]
    announcing: frozenset[str]
    turns: frozenset[str]
    sayings: frozenset[str]
    conditions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Courtesies:
    """Phrases of courtesy with their kinds; their words are in normal form, each repeated letter once.

    `before` and `behind` have the phrases that may stand there; a `careful` phrase may be a question's subject. `words`
    are those of all phrases and everyday ones, `personal_words` those said of the asker, `telling_words` those of
    courtesies alone, `social_words` those of greetings, thanks and prayers alone, `common_words` those that news is
    full of as well.
    """

    before: PhraseMatcher[str]
    behind: PhraseMatcher[str]
    careful: PhraseMatcher[bool]
    words: frozenset[str]
    personal_words: frozenset[str]
    telling_words: frozenset[str]
    social_words: frozenset[str]
    common_words: frozenset[str]
    talk: TalkWords

    @classmethod
    def read(cls, file: Path, function_words: frozenset[str]) -> "Courtesies":
        """Read the file; courtesies share the function words with questions. Raise ValueError naming what is wrong."""
        with word_lists_of(file) as lists:
            phrases = {kind: _phrases(lists[kind]) for kind in (*_KINDS, "careful", "everyday")}
            personal, common = (
                frozenset(map(squeezed, normal_words(lists["everyday"][name]))) for name in ("personal", "common")
            )
            talk = TalkWords(**{name: word_set(lists["talk"][name]) for name in TalkWords.__slots__})
        careful = frozenset(chain.from_iterable(phrases["careful"]))
        everyday = frozenset(chain.from_iterable(chain.from_iterable(phrases["everyday"])))
        no_kinds = frozenset[str]()
        kinds, before, behind = (_by_kind(phrases, others) for others in (no_kinds, _ONLY_BEHIND, _ONLY_BEFORE))
        empty = frozenset(map(squeezed, function_words)) | everyday
        empty |= frozenset(word for phrase in kinds for word in phrase if word.isdecimal())
        polite = [phrase for phrase in kinds if phrase not in careful]
        words = everyday | frozenset(chain.from_iterable(kinds))
        return cls(
            PhraseMatcher(before, least=_LEAST_WITH_CONJUNCTION),
            PhraseMatcher(behind, least=_LEAST_WITH_CONJUNCTION),
            PhraseMatcher(dict.fromkeys(careful, True), least=_LEAST_WITH_CONJUNCTION),
            words,
            personal,
            frozenset(chain.from_iterable(polite)) - empty,
            frozenset(chain.from_iterable(phrase for phrase in polite if kinds[phrase] in _SOCIAL)) - empty,
            common,
            talk,
        )

    def knows(self, word: str) -> bool:
        """Whether a word is one of courtesies or of everyday talk, with or without «و», or speaks to people."""
        return not self.words.isdisjoint((word, word.removeprefix("و"))) or speaks_to_people(word)

    def tells(self, word: str) -> bool:
        """Whether a word is one of courtesies alone, with or without «و», or speaks to people."""
        return not self.telling_words.isdisjoint((word, word.removeprefix("و"))) or speaks_to_people(word)


def speaks_to_people(word: str) -> bool:
    """Whether a word ends in the pronoun of several people who are spoken to."""
    return _SPOKEN_TO.fullmatch(word) is not None


def _phrases(lists: Mapping[str, str]) -> list[list[Phrase]]:
    """Return the spellings of each phrase, the listed one first."""
    listed = phrase_list("\n".join(lists.values()))
    return [[tuple(map(squeezed, way)) for way in _spellings(phrase)] for phrase in listed]


def _by_kind(phrases: Mapping[str, Sequence[Sequence[Phrase]]], elsewhere: frozenset[str]) -> dict[Phrase, str]:
    """Return what phrases are: one of two kinds counts for the first, and one that is listed for that."""
    kinds = [kind for kind in reversed(_KINDS) if kind not in elsewhere]
    found = {way: kind for kind in kinds for ways in phrases[kind] for way in ways}
    return found | {ways[0]: kind for kind in kinds for ways in phrases[kind]}


def _spellings(phrase: Phrase) -> list[Phrase]:
    """Return a phrase, and what members write for it: «ياجماعة», «ماعليك», «3andou»; to several; «لو» for «إذا».

    Of a digit beside its word and joined to it one may be known.
    """
    ways: list[Phrase] = [()]
    for word in phrase:
        joined = [(*way[:-1], way[-1] + word) for way in ways if way and _may_be_joined(way[-1], word)]
        ways = [*((*way, word) for way in ways), *joined]
    if phrase[0] in _CONDITIONS and len(phrase) > 1:
        ways += [(condition, *way[1:]) for way in ways if way[0] in _CONDITIONS for condition in _CONDITIONS]
    if len(phrase) > 1 and any(word.endswith(_YOURS[:2]) for word in phrase):
        ways += [tuple(_YOUR.sub(rf"\1{your}", word) for word in way) for way in ways for your in _YOURS]
    return list(dict.fromkeys(ways))


def _may_be_joined(before: str, word: str) -> bool:
    is_letter = before.isdecimal() and word.isascii()
    return is_letter or (before in _JOINED and len(word) > len(before) and not word.isascii())
