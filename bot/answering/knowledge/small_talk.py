"""Small talk: messages that ask nothing about the coverage, by what they say, and the courtesies that return theirs."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from bot.answering.knowledge.courtesies import Courtesies, with_and_without_conjunction
from bot.answering.knowledge.small_talk_words import SmallTalkWords
from bot.answering.knowledge.word_lists import Phrase, check_word_lists, naming, phrase_list, squeezed, squeezed_phrase
from bot.answering.reasons import Reason

# A message has no more words than this, but for a flood.
_MOST_WORDS = 100
_LEAST_MISTYPED, _MOST_MISTYPED = 6, 40
# A word addressed to the bot: «صنعك», «منك», «3amlek».
_ADDRESSED = ("ك", "كم", "ek", "ak", "nta", "nti")
_LEAST_ADDRESSED = 3
_FIRST_ARABIC = "\u0600"
_REPLIES = "replies"
_WORDS = "words"
# What courtesies say where a message is made of nothing else.
_OF_COURTESIES = {
    "greeting": Reason.GREETING,
    "vocative": Reason.GREETING,
    "thanks": Reason.THANKS,
    "prayer": Reason.THANKS,
}


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """Phrases of small talk with their reasons, in order of precedence, and the replies to courtesies.

    Words are in normal form, each letter that is repeated once. `words` are those of each reason's phrases.
    """

    phrases: Mapping[Phrase, Reason]
    words: Mapping[Reason, frozenset[str]]
    replies: Mapping[Phrase, str]
    courtesies: Courtesies
    fillers: frozenset[str]
    function_words: frozenset[str]
    known_words: frozenset[str]
    letters: str
    longest: int
    talk_words: SmallTalkWords

    @classmethod
    def read(
        cls, file: Path, courtesies: Courtesies, fillers: frozenset[str], function_words: frozenset[str]
    ) -> "SmallTalk":
        """Read `config/small_talk.toml`; raise ValueError naming what is missing or malformed."""
        with naming(file):
            lists = tomllib.loads(file.read_text(encoding="utf-8"))
            check_word_lists(lists)
            replies = {squeezed_phrase(*phrase_list(words)): reply for words, reply in lists.pop(_REPLIES).items()}
            talk_lists = lists.pop(_WORDS)
            by_reason = {
                Reason(name): [squeezed_phrase(phrase) for text in texts.values() for phrase in phrase_list(text)]
                for name, texts in lists.items()
            }
            phrased = frozenset(word for listed in by_reason.values() for phrase in listed for word in phrase)
            talk_words = SmallTalkWords.of(talk_lists, phrased | courtesies.telling_words)
        phrases = dict[Phrase, Reason]()
        for reason, listed in by_reason.items():
            for phrase in listed:
                phrases.setdefault(phrase, reason)
        words = {reason: frozenset(chain.from_iterable(listed)) for reason, listed in by_reason.items()}
        folded, empty = (frozenset(map(squeezed, listed)) for listed in (fillers, function_words))
        known = courtesies.words | folded | frozenset(chain.from_iterable(words.values()))
        letters = "".join(sorted(set(chain.from_iterable(known))))
        longest = max(map(len, phrases), default=0)
        return cls(phrases, words, replies, courtesies, folded, empty, known, letters, longest, talk_words)

    def recognise(self, normals: Sequence[str]) -> Reason | None:
        """Return what a whole message of these words in normal form says; None where it may ask something."""
        if not 0 < len(normals) <= _MOST_WORDS:
            return None
        folded = [squeezed(normal) for normal in normals]
        return (
            self.phrases.get(tuple(folded))
            or self._of_phrases(folded)
            or self._of_words(folded)
            or self._of_courtesies(folded)
            or self._of_mistyped(folded)
        )

    def reply(self, normals: Sequence[str]) -> str | None:
        """Return the courtesy that returns the one at the beginning of a message, the longest that is listed."""
        folded = tuple(map(squeezed, normals))
        lengths = range(min(len(folded), self.longest), 0, -1)
        return next((self.replies[folded[:length]] for length in lengths if folded[:length] in self.replies), None)

    def only_reason(self, folded: str) -> Reason | None:
        """Return the one reason whose phrases have a word; None for a function word and one of several reasons."""
        if folded in self.function_words:
            return None
        reasons = [reason for reason, words in self.words.items() if folded in words]
        return reasons[0] if len(reasons) == 1 else None

    def _of_phrases(self, folded: Sequence[str]) -> Reason | None:
        """Divide a message into phrases of small talk, courtesies and fillers; return the first of their reasons."""
        order = {reason: number for number, reason in enumerate(self.words)}
        best: list[int | None] = [len(order), *[None] * len(folded)]
        for start in range(len(folded)):
            reached = best[start]
            if reached is not None:
                for length, reason in self._parts(folded, start):
                    rank = min(reached, order[reason] if reason else len(order))
                    known = best[start + length]
                    best[start + length] = rank if known is None else min(rank, known)
        return dict(enumerate(order)).get(best[-1]) if best[-1] is not None else None

    def _parts(self, folded: Sequence[str], start: int) -> Iterator[tuple[int, Reason | None]]:
        """Yield the lengths of the phrases that begin at a word, with what they say, if anything."""
        longest = max(self.longest, self.courtesies.longest)
        for length in range(1, min(longest, len(folded) - start) + 1):
            for phrase in with_and_without_conjunction(tuple(folded[start : start + length])):
                kind = self.courtesies.before.get(phrase) or self.courtesies.behind.get(phrase)
                if kind:
                    yield length, _OF_COURTESIES.get(kind)
                elif reason := self.phrases.get(phrase):
                    yield length, reason
                elif length == 1 and phrase[0] in self.fillers:
                    yield length, None

    def _of_words(self, folded: Sequence[str]) -> Reason | None:
        """Return the reason that has all words of a message, one of them a phrase by itself or addressed to the bot."""
        if len(folded) == 1:
            return None
        around = (self.courtesies.words, self.fillers)
        for reason, words in self.words.items():
            own = [word for word in folded if word in words and word not in self.function_words]
            if any(self._is_telling(word, reason) for word in own) and all(
                word in words or any(word in others for others in around) for word in folded
            ):
                return reason
        return None

    def _is_telling(self, folded: str, reason: Reason) -> bool:
        is_addressed = len(folded) > _LEAST_ADDRESSED and folded.endswith(_ADDRESSED)
        return folded not in self.function_words and (is_addressed or self.phrases.get((folded,)) is reason)

    def _of_courtesies(self, folded: Sequence[str]) -> Reason | None:
        """Tell from its first words what a message of nothing but courtesies says."""
        courtesies, lengths = self.courtesies, range(min(self.courtesies.longest, len(folded)), 0, -1)
        if not all(word in self.fillers or courtesies.knows(word) for word in folded):
            return None
        if len(folded) == 1 or courtesies.social_words.isdisjoint(folded):
            return None
        kinds = (courtesies.before.get(tuple(folded[:length])) for length in lengths)
        kind = next(filter(None, kinds), None)
        # «الله لا هانكم» gives thanks in words that no list has together, «who is she?» and «how much?» ask in such.
        if kind is None and all(word < _FIRST_ARABIC for word in folded):
            return None
        return _OF_COURTESIES.get(kind or "", Reason.THANKS)

    def _of_mistyped(self, folded: Sequence[str]) -> Reason | None:
        """Put right the one long word that is no word of small talk, where it is one edit from such, and try again."""
        unknown = [position for position, word in enumerate(folded) if word not in self.known_words]
        if len(unknown) != 1 or not _LEAST_MISTYPED <= len(folded[unknown[0]]) <= _MOST_MISTYPED:
            return None
        [position] = unknown
        near = filter(self.known_words.__contains__, _one_edit_away(folded[position], self.letters))
        right = next(near, None)
        return self._of_phrases([*folded[:position], right, *folded[position + 1 :]]) if right else None


def _one_edit_away(word: str, letters: str) -> Iterator[str]:
    """Yield the words one edit from a word: two letters swapped, one left out, one other, one more."""
    for at in range(len(word)):
        yield word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
        yield word[:at] + word[at + 1 :]
        for letter in letters:
            yield word[:at] + letter + word[at + 1 :]
            yield word[:at] + letter + word[at:]
    for letter in letters:
        yield word + letter
