"""Small talk and words of talk to the bot, `config/small_talk.toml`, and questions about it, `bot_questions.toml`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from bot.answering.knowledge.courtesies import GREETING, PRAYER, THANKS, VOCATIVE, Courtesies
from bot.answering.knowledge.phrase_matcher import PhraseMatcher
from bot.answering.knowledge.word_lists import Phrase, phrase_list, squeezed, word_lists_of
from bot.answering.reasons import Reason
from bot.arabic import consonant_skeleton, light_stem, normalise

# A message has no more words than this, but for a flood.
_MOST_WORDS = 100
_LEAST_WITH_CONJUNCTION = 3
# A word addressed to the bot: «صنعك», «منك», «3amlek».
_ADDRESSED = ("ك", "كم", "ek", "ak", "nta", "nti")
_LEAST_ADDRESSED = 3
_FIRST_ARABIC = "\u0600"
_MINE, _OURS = "لي", "لنا"
_REPLIES, _WORDS = "replies", "words"
# What courtesies say where a message is made of nothing else.
_OF_COURTESIES = {GREETING: Reason.GREETING, VOCATIVE: Reason.GREETING, THANKS: Reason.THANKS, PRAYER: Reason.THANKS}


@dataclass(frozen=True, slots=True)
class AddressWords:
    """Words in normal form, each repeated letter once, by which talk to the bot is known.

    `you` speak to somebody, and so do those of `asking`, which a question about news has as well; `god` begins a
    blessing, `no` denies; `making` are verbs of making, as they are written; no news is about words of `talk`, whose
    stems and, where they are in Arabic letters, consonants are `talk_stems` and `skeletons`.
    """

    you: frozenset[str]
    asking: frozenset[str]
    god: frozenset[str]
    no: frozenset[str]
    making: frozenset[str]
    talk: frozenset[str]
    talk_stems: frozenset[str]
    skeletons: frozenset[str]

    @classmethod
    def of(cls, lists: Mapping[str, str], phrased: Iterable[str]) -> "AddressWords":
        """Make them from their lists and the words of phrases of talk; raise KeyError for a missing list."""
        # «3ziz» is one word of a list, where a message would have a number and a word.
        listed = {name: list(map(normalise, text.split())) for name, text in lists.items()}
        words = {name: frozenset(map(squeezed, own)) for name, own in listed.items()}
        words["making"] = frozenset(listed["making"])
        stems = frozenset(squeezed(light_stem(word)) for word in listed["talk"])
        spelled = (word for word in (*words["talk"], *words["god"], *phrased) if not word.isascii())
        return cls(**words, talk_stems=stems, skeletons=frozenset(filter(None, map(consonant_skeleton, spelled))))


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """Phrases of small talk with their reasons, in order of precedence, and the replies to courtesies.

    Words are in normal form, each repeated letter once; `reasons` has the words of each reason's phrases,
    `known_words` those and the words of courtesies and fillers.
    """

    phrases: PhraseMatcher[Reason]
    reasons: Mapping[Reason, frozenset[str]]
    replies: PhraseMatcher[str]
    courtesies: Courtesies
    fillers: frozenset[str]
    function_words: frozenset[str]
    known_words: frozenset[str]
    address: AddressWords

    @classmethod
    def read(
        cls, file: Path, courtesies: Courtesies, fillers: frozenset[str], function_words: frozenset[str]
    ) -> "SmallTalk":
        """Read the file; raise ValueError naming what is missing or malformed."""
        with word_lists_of(file) as lists:
            replies = {tuple(map(squeezed, *phrase_list(words))): reply for words, reply in lists.pop(_REPLIES).items()}
            address = lists.pop(_WORDS)
            by_reason = {
                Reason(name): [
                    tuple(map(squeezed, phrase))
                    for text in texts.values()
                    for one in phrase_list(text)
                    for phrase in dict.fromkeys((one, _of_several(one)))
                ]
                for name, texts in lists.items()
            }
            reasons = {reason: frozenset(chain.from_iterable(phrases)) for reason, phrases in by_reason.items()}
            phrased = frozenset[str]().union(*reasons.values())
            address_words = AddressWords.of(address, phrased | courtesies.telling_words)
        # A phrase of two reasons counts for the first.
        phrases = {phrase: reason for reason in reversed(by_reason) for phrase in by_reason[reason]}
        passed = frozenset(map(squeezed, fillers))
        return cls(
            PhraseMatcher(phrases, least=_LEAST_WITH_CONJUNCTION),
            reasons,
            PhraseMatcher(replies, conjunctions=()),
            courtesies,
            passed,
            frozenset(map(squeezed, function_words)),
            phrased | courtesies.words | passed,
            address_words,
        )

    def recognise(self, folded: Sequence[str]) -> Reason | None:
        """Return what a whole message of these words says; None where it may ask something."""
        if not 0 < len(folded) <= _MOST_WORDS:
            return None
        return (
            self.phrases.whole(folded)
            or self._of_phrases(folded)
            or self._of_words(folded)
            or self._of_courtesies(folded)
        )

    def reply(self, folded: Sequence[str]) -> str | None:
        """Return the courtesy that returns the one at the beginning of a message, the longest that is listed."""
        return next((reply for _, reply in self.replies.at(folded, 0)), None) if folded else None

    def only_reason(self, folded: str) -> Reason | None:
        """Return the one reason whose phrases have a word; None for a function word and one of several reasons."""
        if folded in self.function_words:
            return None
        reasons = [reason for reason, words in self.reasons.items() if folded in words]
        return reasons[0] if len(reasons) == 1 else None

    def _of_phrases(self, folded: Sequence[str]) -> Reason | None:
        """Divide a message into phrases of small talk, courtesies and fillers; return the first of their reasons."""
        order = {reason: number for number, reason in enumerate(self.reasons)}
        best: list[int | None] = [len(order), *[None] * len(folded)]
        for start in range(len(folded)):
            reached = best[start]
            if reached is not None:
                for end, reason in self._parts(folded, start):
                    rank = min(reached, order[reason] if reason else len(order))
                    known = best[end]
                    best[end] = rank if known is None else min(rank, known)
        return dict(enumerate(order)).get(best[-1]) if best[-1] is not None else None

    def _parts(self, folded: Sequence[str], start: int) -> Iterator[tuple[int, Reason | None]]:
        """Yield the ends of the phrases that begin at a word, with what they say, if anything."""
        for kinds in (self.courtesies.before, self.courtesies.behind):
            # Whom a member calls says nothing beside «شكرا».
            said = (
                (end, None if kind == VOCATIVE else _OF_COURTESIES.get(kind)) for end, kind in kinds.at(folded, start)
            )
            yield from said
        yield from self.phrases.at(folded, start)
        if not self.fillers.isdisjoint(self.phrases.forms(folded[start])):
            yield start + 1, None

    def _of_words(self, folded: Sequence[str]) -> Reason | None:
        """Return the reason that has all words of a message, one of them a phrase by itself or addressed to the bot."""
        if len(folded) == 1 or not self.known_words.issuperset(folded):
            return None
        for reason, words in self.reasons.items():
            own = [word for word in folded if word in words and word not in self.function_words]
            others = (word for word in folded if word not in words)
            addressed = [word for word in own if len(word) > _LEAST_ADDRESSED and word.endswith(_ADDRESSED)]
            shows = addressed or any(self.phrases.whole([word]) is reason for word in own)
            if shows and all(word in self.courtesies.words or word in self.fillers for word in others):
                return reason
        return None

    def _of_courtesies(self, folded: Sequence[str]) -> Reason | None:
        """Say from its first words what a message of nothing but courtesies says."""
        courtesies = self.courtesies
        if len(folded) == 1 or courtesies.social_words.isdisjoint(folded):
            return None
        if not all(word in self.fillers or courtesies.knows(word) for word in folded):
            return None
        kind = next((kind for _, kind in courtesies.before.at(folded, 0)), None)
        # «الله لا هانكم» gives thanks in words that no list has together, «who is she?» and «how much?» ask in such.
        if kind is None and all(word < _FIRST_ARABIC for word in folded):
            return None
        return _OF_COURTESIES.get(kind or "", Reason.THANKS)


Parts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BotTopics:
    """Phrases with the parts that they can be, and the parts that make a question or an order, by reason, in order.

    Phrases of the parts `beside` may stand around them. Words are in normal form, each repeated letter once.
    """

    phrases: PhraseMatcher[Parts]
    questions: Sequence[tuple[Reason, Parts]]
    orders: Sequence[tuple[Reason, Parts]]
    beside: frozenset[str]

    @classmethod
    def read(cls, file: Path) -> "BotTopics":
        """Read the lists; raise ValueError naming what is missing or malformed."""
        with word_lists_of(file) as lists:
            phrases = dict[Phrase, Parts]()
            for part, text in lists["parts"].items():
                for phrase in (tuple(map(squeezed, one)) for one in phrase_list(text)):
                    phrases[phrase] = (*phrases.get(phrase, ()), part)
            found = cls(
                PhraseMatcher(phrases, conjunctions=()),
                _made_of(lists["questions"]),
                _made_of(lists["orders"]),
                frozenset(lists["beside"]["words"].replace(",", " ").split()),
            )
            named = {part for _, parts in (*found.questions, *found.orders) for part in parts} | found.beside
            if unknown := named - lists["parts"].keys():
                raise ValueError(f"there is no part {min(unknown)!r}")
            return found


def _of_several(phrase: Phrase) -> Phrase:
    """Return what several say where one says «احكيلي نكتة»."""
    return tuple(f"{word[: -len(_MINE)]}{_OURS}" if word.endswith(_MINE) else word for word in phrase)


def _made_of(lists: Mapping[str, str]) -> list[tuple[Reason, Parts]]:
    return [(Reason(name), tuple(parts.split())) for name, text in lists.items() for parts in text.split(",")]
