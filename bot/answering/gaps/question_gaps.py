"""The gaps of the coverage: unanswered questions grouped by subject, without their askers, in memory only."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.answering.configuration import Knowledge
from bot.answering.evidence import LEAST_SIMILARITY
from bot.answering.gaps.question_topics import QuestionTopics, Topic, TopicSimilarity
from bot.answering.question import clean
from bot.answering.reasons import Reason

_MOST_EXAMPLES, _LONGEST = 3, 200
_MOST_SPELLINGS = 4

# Other refusals say nothing about the coverage.
_GAP_REASONS = frozenset({Reason.OFF_TOPIC, Reason.UNSUPPORTED})
_MOST_GROUPS = 1000
_LEAST_SCORE = 0.6
# Of the groups that have a word of a question, so many are compared with it.
_MOST_COMPARED = 16


@dataclass(slots=True)
class GapGroup:
    """Questions about the subject of the first of them."""

    topic: Topic
    last: datetime
    count: int = 0
    reasons: Counter[Reason] = field(default_factory=Counter)
    _examples: Counter[str] = field(default_factory=Counter)
    _said: Counter[int] = field(default_factory=Counter)
    _spellings: dict[int, Counter[str]] = field(default_factory=dict)

    def add(self, text: str, spelled: Mapping[int, str], reason: Reason, at: datetime) -> None:
        """Count a question; `spelled` are its words for parts of the subject, by their places there."""
        self.count += 1
        self.last = at
        self.reasons[reason] += 1
        _count(self._examples, _clipped(text), _MOST_EXAMPLES)
        self._said.update(spelled.keys())
        for place, written in spelled.items():
            _count(self._spellings.setdefault(place, Counter()), written, _MOST_SPELLINGS)

    @property
    def examples(self) -> tuple[str, ...]:
        """The first questions that differ, the most frequent first."""
        return tuple(text for text, _ in self._examples.most_common())

    @property
    def words(self) -> str:
        """The words that most of the questions have, as most write them, in the order of the first question."""
        places = [place for place in range(len(self.topic)) if 2 * self._said[place] > self.count]
        spelled = [self._spellings[place].most_common(1)[0][0] for place in places or range(len(self.topic))]
        return _clipped(" ".join(spelled))


def _count(counts: Counter[str], text: str, most: int) -> None:
    """Count a text if it is counted already or there is room for another."""
    if text in counts or len(counts) < most:
        counts[text] += 1


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


class GapIndex:
    """Numbers of groups by the forms of their words."""

    def __init__(self) -> None:
        self._numbers: dict[str, set[int]] = {}

    def add(self, number: int, forms: Iterable[str]) -> None:
        """Take in a group."""
        for form in forms:
            self._numbers.setdefault(form, set()).add(number)

    def remove(self, number: int, forms: Iterable[str]) -> None:
        """Leave a group out that was taken in with these forms."""
        for form in set(forms):
            self._numbers[form].discard(number)
            if not self._numbers[form]:
                del self._numbers[form]

    def find(self, forms: Collection[str], stem: str) -> set[int]:
        """Return the groups under some forms of a word; of a word unknown in all of them, those of similar stems."""
        if known := [self._numbers[form] for form in forms if form in self._numbers]:
            return set().union(*known)
        near = extract(
            stem, list(self._numbers), scorer=OSA.normalized_similarity, score_cutoff=LEAST_SIMILARITY, limit=None
        )
        return set().union(*(self._numbers[form] for form, _, _ in near))


@dataclass(frozen=True, slots=True)
class Gap:
    """Unanswered questions on one subject: its words as people write them, and up to three questions that differ.

    `reason` is why most of them were refused, `last` when the last of them was.
    """

    topic: str
    reason: Reason
    count: int
    examples: tuple[str, ...]
    last: datetime


class Gaps:
    """Groups unanswered questions by what they are about, in bounded memory; for one thread.

    `noted` questions were counted `since` the start; where there are too many subjects, those that were asked about
    least, and longest ago, are given up. Of `private` questions there is nothing but their number.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        most_groups: int = _MOST_GROUPS,
    ) -> None:
        self.since = now()
        self.noted = 0
        self.private = 0
        self._now = now
        self._most_groups = most_groups
        self._topics = QuestionTopics(knowledge)
        self._index = GapIndex()
        self._groups: dict[int, GapGroup] = {}
        self._numbers = count()

    def note(self, question: str, missing: Sequence[str], reason: Reason, *, is_public: bool = True) -> None:
        """Count a refused question, some of whose words the coverage lacks; one that names no subject is no gap."""
        topic = self._topics(question, missing)
        if reason not in _GAP_REASONS or not topic:
            return
        if not is_public:
            self.private += 1
            return
        self.noted += 1
        now = self._now()
        group, similarity = self._nearest(topic)
        if group is None or similarity.score < _LEAST_SCORE:
            group = self._begin(topic, now)
            similarity = self._topics.compare(topic, topic)
        spelled = {at: topic[place].written for at, place in similarity.matched.items()}
        group.add(clean(question).text, spelled, reason, now)

    def most_frequent(self, limit: int) -> list[Gap]:
        """Return the subjects of the most questions; of equally many, that of the last question first."""
        order = sorted(self._groups.values(), key=lambda group: (group.count, group.last), reverse=True)
        return [_gap(group) for group in order[:limit]]

    def _nearest(self, topic: Topic) -> tuple[GapGroup | None, TopicSimilarity]:
        """Compare a subject with the groups that have most of its words; of equally near ones take the oldest."""
        shared: defaultdict[int, float] = defaultdict(float)
        for topic_term in topic:
            for number in self._index.find(self._topics.forms(topic_term), topic_term.term.stem):
                shared[number] += topic_term.weight
        likely = sorted(shared, key=lambda number: (-shared[number], number))[:_MOST_COMPARED]
        groups = [self._groups[number] for number in sorted(likely)]
        compared = [(group, self._topics.compare(topic, group.topic)) for group in groups]
        return max(compared, key=lambda each: each[1].score, default=(None, TopicSimilarity(0.0, {})))

    def _begin(self, topic: Topic, now: datetime) -> GapGroup:
        """Begin a group, in the place of another where there are too many."""
        if len(self._groups) >= self._most_groups:
            least = min(self._groups, key=lambda number: (self._groups[number].count, self._groups[number].last))
            self._index.remove(least, _forms(self._groups.pop(least).topic))
        number = next(self._numbers)
        self._index.add(number, _forms(topic))
        group = self._groups[number] = GapGroup(topic, now)
        return group


def _forms(topic: Topic) -> set[str]:
    return {form for topic_term in topic for form in (topic_term.term.stem, topic_term.term.without_proclitic)}


def _gap(group: GapGroup) -> Gap:
    [(reason, _)] = group.reasons.most_common(1)
    return Gap(group.words, reason, group.count, group.examples, group.last)
