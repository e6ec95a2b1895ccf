"""What a claim says and a passage denies, or the other way round: «لم يوقع», «ما صارش», «فاز» and «خسر»."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.answering.knowledge import Lexicon, Opposite
from bot.answering.modes.claim_lines import Line
from bot.answering.question import Question
from bot.arabic import Span, light_stem, normal_words, stem_without_proclitic

# Chosen: a denial, «نفى», reaches so many words behind it, any other negation one, but for auxiliaries.
_DENIED, _NEGATED, _AUXILIARIES = 4, 1, 3
# Chosen: content words before and behind that tell of what an event is; news has more between.
_BESIDE, _BESIDE_TOLD = (1, 2), (2, 3)
_LEAST_VERB, _LEAST_ROOT = 3, 3
_PERSON = re.compile("^(?:س?[يتن](?=...)|ا?ت(?=...))")
_PRONOUN = re.compile("(?<=..)(?:وا|تم|ت|ته|تها|ها|هم|ه|نا|ا|و)$")
_MASDAR = ("ته", "تها", "تهم", "تهما")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Words of a claim, and those of a sentence that say otherwise; `event` is the number of the claim's word."""

    event: int
    asked: Span
    found: Span


@dataclass(frozen=True, slots=True)
class _Event:
    """A word of a line that may tell of an event, and the word that denies it: itself, one before it, or none."""

    at: int
    negation: int | None

    def place(self, line: Line) -> Span:
        """Return the place of the word with its negation."""
        first = self.at if self.negation is None else self.negation
        return line.place(first, self.at)


class PolarityComparison:
    """Compares what one claim says of its events with what sentences say."""

    def __init__(self, claim: Line, question: Question, lexicon: Lexicon) -> None:
        self._claim, self._lexicon = claim, lexicon
        stems = {column: frozenset(question.stems(term)) for column, term in enumerate(question.terms)}
        negations = find_negations(claim, lexicon, is_claim=True)
        negating = lexicon.polarity.before | lexicon.polarity.denial | lexicon.polarity.rumour
        self._is_negated = bool(negations) or not negating.isdisjoint(claim.normals)
        # What a claim repeats is told of once, with and without what denies it.
        events = dict[tuple[frozenset[int], bool], _Event]()
        for at, word in enumerate(claim.words):
            if word.columns:
                events.setdefault((word.columns, at in negations), _Event(at, negations.get(at)))
        # A claim that says both, «راح ولا ما راح», says neither.
        self._events = [event for (own, is_denied), event in events.items() if (own, not is_denied) not in events]
        self._own = {
            event.at: frozenset(claim.forms[event.at]).union(
                *(stems[column] for column in claim.words[event.at].columns)
            )
            for event in self._events
        }
        self._roots = {
            event.at: {
                _root(stem(_bare(claim.normals[event.at], lexicon))) for stem in (light_stem, stem_without_proclitic)
            }
            - {""}
            for event in self._events
        }
        every = frozenset[str]().union(*self._own.values())
        sides = [side for side in lexicon.opposites if not side.own.isdisjoint(every)]
        self._sides = {at: [side for side in sides if not side.own.isdisjoint(own)] for at, own in self._own.items()}
        self._by_form, self._by_root = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
        for event in self._events:
            # «ربح» is told as «فاز»: both are on one side.
            strong = (side.own for side in self._sides[event.at] if not side.is_weak)
            for form in self._own[event.at].union(*strong):
                self._by_form[form].append(event.at)
            for root in self._roots[event.at]:
                self._by_root[root].append(event.at)

    def find(self, sentence: Line) -> Contradiction | None:
        """Find the words of a sentence that contradict the claim on the same event, or None."""
        negations, told = find_negations(sentence, self._lexicon, is_claim=False), self._told(sentence)
        found = (self._find(event, sentence, negations, told.get(event.at, [])) for event in self._events)
        return next(filter(None, found), None)

    def says_same(self, contradiction: Contradiction, sentence: Line) -> bool:
        """Return whether a sentence agrees with the claim on an event that another sentence contradicts."""
        negations = find_negations(sentence, self._lexicon, is_claim=False)
        event = next(event for event in self._events if event.at == contradiction.event)
        own = self._told(sentence).get(event.at, ())
        return any((at in negations) is (event.negation is not None) for at in own)

    def is_turned(self, sentence: Line) -> bool:
        """Whether a sentence, and not the claim, has a negation, or «رفض», «أحبط» of what did not come about."""
        polarity = self._lexicon.polarity
        turning = polarity.turning - polarity.before if self._is_negated else polarity.turning
        return any(word.normal in turning and not word.columns for word in sentence.words)

    def is_denied(self, sentence: Line, title: str) -> bool:
        """Whether a sentence or a title, and not the claim, has a word of denial or rumour, or «لا صحة»."""
        cues = self._lexicon.polarity.denial | self._lexicon.polarity.rumour
        return not (self._is_negated or cues.isdisjoint((*sentence.normals, *normal_words(title))))

    def _find(
        self, event: _Event, sentence: Line, negations: dict[int, int], own: Sequence[int]
    ) -> Contradiction | None:
        asked = event.place(self._claim)
        if own:
            turned = [at for at in own if (at in negations) is (event.negation is None)]
            # A sentence that says both says neither.
            if len(turned) < len(own) or not self._shares_neighbour(event.at, turned[0], sentence):
                return None
            found = _Event(turned[0], negations.get(turned[0]))
            return Contradiction(event.at, asked, found.place(sentence))
        if event.negation is not None:
            return None
        for side in self._sides[event.at]:
            for at, word in enumerate(sentence.words):
                is_told = not word.columns and not side.other.isdisjoint(sentence.forms[at])
                if is_told and at not in negations and self._is_of_same(event, at, sentence, side):
                    return Contradiction(event.at, asked, sentence.place(at, at))
        return None

    def _told(self, sentence: Line) -> dict[int, list[int]]:
        """Return the words of a sentence for the claim's events, by event; similar spelling alone is not enough."""
        told = dict[int, list[int]]()
        for at, word in enumerate(sentence.words):
            if not word.is_content:
                continue
            forms = sentence.forms[at]
            events = [
                event
                for form in forms
                for event in self._by_form.get(form, ())
                if not word.columns.isdisjoint(self._claim.words[event].columns)
            ]
            events += [event for form in forms for event in self._by_root.get(_root(form), ())]
            for event in set(events):
                told.setdefault(event, []).append(at)
        return told

    def _shares_neighbour(self, own: int, at: int, sentence: Line) -> bool:
        """Return whether a word that stands beside an event of the claim also stands beside one of a sentence."""
        return not self._claim.near(own, *_BESIDE).isdisjoint(sentence.near(at, *_BESIDE_TOLD))

    def _is_of_same(self, event: _Event, at: int, sentence: Line, side: Opposite) -> bool:
        """Return whether a sentence has the opposite of an event with the same neighbours, or with the same subject."""
        if side.is_converse:
            return not self._subject(self._claim, event.at).isdisjoint(self._subject(sentence, at))
        return self._shares_neighbour(event.at, at, sentence)

    def _subject(self, line: Line, at: int) -> frozenset[int]:
        """Return the terms of who does something: in a claim before the verb, in news behind it."""
        before, behind = line.before(at), line.behind(at)
        if line is self._claim and before is not None:
            return line.columns_at(before)
        if behind is None or any(not line.words[place].is_content for place in range(at + 1, behind)):
            return line.columns_at(before)
        nouns = {behind, line.behind(behind)}
        return frozenset[int]().union(*(line.columns_at(place) for place in nouns))


def find_negations(line: Line, lexicon: Lexicon, *, is_claim: bool) -> dict[int, int]:
    """Return the words of a line that are denied, by number, each with the number of the word that denies it.

    In standard texts «ما» denies nothing, and a verb ends in no «ش».
    """
    polarity, found = lexicon.polarity, dict[int, int]()
    # «ولا» is rather «or» in a claim.
    in_claim = (polarity.before | polarity.dialect) - polarity.choice
    if any(normal in polarity.excepting for normal in line.normals):
        return found
    for at, normal in enumerate(line.normals):
        if normal in (in_claim if is_claim else polarity.before):
            found.update(_behind(line, at, lexicon, _NEGATED))
        elif normal in polarity.denial:
            found.update(_behind(line, at, lexicon, _DENIED))
        elif is_claim and _bare(normal, lexicon) != normal:
            found.setdefault(at, at)
    return found


def _behind(line: Line, at: int, lexicon: Lexicon, reach_all: int) -> Iterator[tuple[int, int]]:
    """Yield each word that a negation denies with the number of the negation."""
    polarity, passed, reach = lexicon.polarity, 0, reach_all
    for place in range(at + 1, len(line.words)):
        normal = line.normals[place]
        if line.breaks(place - 1) or normal in polarity.no_negation:
            return
        if normal in polarity.auxiliaries and passed < _AUXILIARIES:
            passed += 1
            continue
        # «نفى الوزير استقالته»: who denies stands between.
        if line.words[place].is_content and (reach_all == _NEGATED or normal.endswith(_MASDAR)):
            yield place, at
        reach -= 1
        if not reach:
            return


def _bare(normal: str, lexicon: Lexicon) -> str:
    """Return a verb without the ending that denies it, «ماصارش», «هنتش»; any other word as it is."""
    polarity = lexicon.polarity
    bare = normal.removesuffix(polarity.ending)
    # «ماتش» is a noun.
    if normal in polarity.no_verbs or len(bare) < _LEAST_VERB or lexicon.dialects.look_up(normal).is_whole:
        return normal
    is_verb = normal.startswith("ما") or lexicon.dialects.is_verb(bare) or lexicon.everyday.is_verb(bare)
    return bare if is_verb else normal


# Few words make up most sentences; the bound keeps made-up ones out of memory.
@lru_cache(1 << 12)
def _root(stem: str) -> str:
    """Return a verb without what person, tense and negation add, or nothing where few letters are left."""
    bare = _PERSON.sub("", _PRONOUN.sub("", stem))
    return bare if len(bare) >= _LEAST_ROOT else ""
