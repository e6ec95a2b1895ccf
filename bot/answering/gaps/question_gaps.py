"""Gaps of the coverage: unanswered questions grouped by topic, anonymous and in memory only."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import TypeVar

from cachetools import FIFOCache
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.answering.configuration import Knowledge
from bot.answering.gaps.question_topics import QuestionTopics, Topic, TopicSimilarity
from bot.answering.question import clean
from bot.answering.reasons import Reason
from bot.retrieval import RANKING

T = TypeVar("T")

_MOST_EXAMPLES, _MOST_CHARACTERS = 3, 200
_MOST_SPELLINGS = 4

# Other reasons of refusal say nothing about the coverage.
GAP_REASONS = frozenset({Reason.OFF_TOPIC, Reason.UNSUPPORTED})
_MOST_GROUPS = 1000
# Older questions stay counted when they are answered.
_MOST_CLOSABLE = 10_000
# Chosen: the least similarity of a topic to the one of a group that it joins.
_LEAST_SCORE = 0.6
# The candidate groups, by the weight of shared terms, with which a topic is compared.
_MOST_COMPARED = 16


@dataclass(slots=True)
class GapGroup:
    """Questions about one topic, that of the first of them, and counts of how they were worded."""

    topic: Topic
    last: datetime
    number: int
    count: int = 0
    reasons: Counter[Reason] = field(default_factory=Counter)
    _examples: Counter[str] = field(default_factory=Counter)
    _term_counts: Counter[int] = field(default_factory=Counter)
    _spellings: dict[int, Counter[str]] = field(default_factory=dict)

    def add(self, text: str, spellings: Mapping[int, str], reason: Reason, at: datetime) -> None:
        """Count a question; `spellings` are its words as written, by the position of the topic term they match."""
        self.count += 1
        self.last = at
        self.reasons[reason] += 1
        _count(self._examples, _shortened(text), _MOST_EXAMPLES)
        self._term_counts.update(spellings.keys())
        for position, written in spellings.items():
            _count(self._spellings.setdefault(position, Counter()), written, _MOST_SPELLINGS)

    def remove(self, text: str, spellings: Mapping[int, str], reason: Reason) -> None:
        """Count a question no more, as it was added, and keep no word that it alone had."""
        self.count -= 1
        self.reasons.subtract([reason])
        self._term_counts.subtract(spellings.keys())
        _discount(self._examples, _shortened(text))
        for position, written in spellings.items():
            _discount(self._spellings[position], written)

    @property
    def examples(self) -> tuple[str, ...]:
        """Up to three different questions, the first that came, in the order of frequency."""
        return tuple(text for text, _ in self._examples.most_common())

    @property
    def words(self) -> str:
        """The terms that more than half of the questions have, in their most frequent spelling."""
        positions = [position for position in range(len(self.topic)) if self._spellings.get(position)]
        common = [position for position in positions if 2 * self._term_counts[position] > self.count]
        spelled = [self._spellings[position].most_common(1)[0][0] for position in common or positions]
        return _shortened(" ".join(spelled))


def _count(counts: Counter[str], text: str, most: int) -> None:
    """Count a text, unless it is new and there are `most` others already."""
    if text in counts or len(counts) < most:
        counts[text] += 1


def _discount(counts: Counter[T], counted: T) -> None:
    """Count something once less, if it is counted; drop it with the last."""
    if counts[counted] > 1:
        counts[counted] -= 1
    else:
        del counts[counted]


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 1].rstrip()}…"


class GapIndex:
    """An inverted index: group numbers by the stems of their topics' terms."""

    def __init__(self) -> None:
        self._numbers: dict[str, set[int]] = {}

    def add(self, number: int, forms: Iterable[str]) -> None:
        """Add a group under the stems of its terms."""
        for form in forms:
            self._numbers.setdefault(form, set()).add(number)

    def remove(self, number: int, forms: Iterable[str]) -> None:
        """Remove a group that was added under these stems."""
        for form in set(forms):
            self._numbers[form].discard(number)
            if not self._numbers[form]:
                del self._numbers[form]

    def find(self, forms: Collection[str], stem: str) -> set[int]:
        """Return the groups that have one of a term's forms; where none has, those with a stem similar to its stem."""
        if known := [self._numbers[form] for form in forms if form in self._numbers]:
            return set().union(*known)
        stems, least = list(self._numbers), RANKING.least_similarity
        near = extract(stem, stems, scorer=OSA.normalized_similarity, score_cutoff=least, limit=None)
        return set().union(*(self._numbers[form] for form, _, _ in near))


@dataclass(frozen=True, slots=True)
class Gap:
    """A group of unanswered questions: the words of its topic, their number, and up to three different questions.

    `reason` is the most frequent reason of their refusals, `last` the time of the last refusal.
    """

    topic: str
    reason: Reason
    count: int
    examples: tuple[str, ...]
    last: datetime


class Gaps:
    """Groups unanswered questions by topic, in bounded memory; for one thread.

    `noted` is the number of public questions counted since the time `since`. Past the limit of groups, the group with
    the fewest questions, the longest ago, is dropped. Private questions are counted in `private`, and not kept.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        most_groups: int = _MOST_GROUPS,
    ) -> None:
        self.since, self.noted, self.private = now(), 0, 0
        self._now, self._most_groups = now, most_groups
        self._topics = QuestionTopics(knowledge)
        self._index = GapIndex()
        self._groups: dict[int, GapGroup] = {}
        # How often each question was counted in which groups, by the hash of its text.
        self._numbers_of: FIFOCache[int, Counter[int]] = FIFOCache(_MOST_CLOSABLE)
        self._numbers = count()

    def note(
        self,
        question: str,
        missing: Sequence[str],
        reason: Reason,
        *,
        is_public: bool = True,
        at: datetime | None = None,
    ) -> None:
        """Count a refused question in the group of its topic; `missing` are its words that the coverage lacks.

        A question without terms, or refused for a reason that says nothing about the coverage, is no gap. `at` is when
        it was refused, now where that is not given.
        """
        if reason not in GAP_REASONS:
            return
        text = clean(question).text
        topic = self._topics.extract(text, missing)
        if not topic:
            return
        if not is_public:
            self.private += 1
            return
        self.noted += 1
        now = at or self._now()
        group, similarity = self._nearest(topic)
        if group is None or similarity.score < _LEAST_SCORE:
            if len(self._groups) >= self._most_groups:
                # The least frequent makes room.
                least = min(self._groups, key=lambda number: (self._groups[number].count, self._groups[number].last))
                self._index.remove(least, _forms(self._groups.pop(least).topic))
            group = GapGroup(topic, now, next(self._numbers))
            self._groups[group.number] = group
            self._index.add(group.number, _forms(topic))
            similarity = self._topics.compare(topic, topic)
        spellings = {place: topic[position].written for place, position in similarity.matched.items()}
        group.add(text, spellings, reason, now)
        self._numbers_of.setdefault(hash(text), Counter())[group.number] += 1

    def close(self, question: str, missing: Sequence[str], reason: Reason) -> None:
        """Take a question that was counted, and is answered now or deleted, from its group; an empty group goes."""
        text = clean(question).text
        numbers = self._numbers_of.get(hash(text), Counter())
        number = next((number for number in numbers if number in self._groups), None)
        if number is None:
            return
        group = self._groups[number]
        _discount(numbers, number)
        topic = self._topics.extract(text, missing)
        matched = self._topics.compare(topic, group.topic).matched
        group.remove(text, {place: topic[position].written for place, position in matched.items()}, reason)
        self.noted -= 1
        if not group.count:
            self._index.remove(group.number, _forms(self._groups.pop(group.number).topic))

    def restore(self, since: datetime, private: int) -> None:
        """Set since when questions are counted, and how many private ones were."""
        self.since, self.private = since, private

    def most_frequent(self, limit: int) -> list[Gap]:
        """Return the gaps with the most questions; among equals, that with the latest question comes first."""
        order = sorted(self._groups.values(), key=lambda group: (group.count, group.last, group.number), reverse=True)
        return [
            Gap(group.words, group.reasons.most_common(1)[0][0], group.count, group.examples, group.last)
            for group in order[:limit]
        ]

    def _nearest(self, topic: Topic) -> tuple[GapGroup | None, TopicSimilarity]:
        """Return the group with the most similar topic, the oldest among equals; None where no group shares a term."""
        shared: defaultdict[int, float] = defaultdict(float)
        for topic_term in topic:
            for number in self._index.find(self._topics.forms(topic_term), topic_term.term.stem):
                shared[number] += topic_term.weight
        likely = sorted(shared, key=lambda number: (-shared[number], number))[:_MOST_COMPARED]
        groups = [self._groups[number] for number in sorted(likely)]
        compared = [(group, self._topics.compare(topic, group.topic)) for group in groups]
        return max(compared, key=lambda pair: pair[1].score, default=(None, TopicSimilarity(0.0, {})))


def _forms(topic: Topic) -> set[str]:
    return {form for topic_term in topic for form in (topic_term.term.stem, topic_term.term.without_proclitic)}
