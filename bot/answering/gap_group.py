"""Unanswered questions on one subject, counted, a few of them kept."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.answering.answer import Reason
from bot.answering.subjects import Subject

_MOST_EXAMPLES, _LONGEST = 3, 200
_MOST_SPELLINGS = 4


@dataclass(slots=True)
class GapGroup:
    """Questions about the subject of the first of them."""

    subject: Subject
    last: datetime
    count: int = 0
    kinds: Counter[Reason] = field(default_factory=Counter)
    _examples: Counter[str] = field(default_factory=Counter)
    _said: Counter[int] = field(default_factory=Counter)
    _spellings: dict[int, Counter[str]] = field(default_factory=dict)

    def add(self, text: str, spelled: Mapping[int, str], kind: Reason, at: datetime) -> None:
        """Count a question; `spelled` are its words for parts of the subject, by their places there."""
        self.count += 1
        self.last = at
        self.kinds[kind] += 1
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
        places = [place for place in range(len(self.subject)) if 2 * self._said[place] > self.count]
        spelled = [self._spellings[place].most_common(1)[0][0] for place in places or range(len(self.subject))]
        return _clipped(" ".join(spelled))


def _count(counts: Counter[str], text: str, most: int) -> None:
    """Count a text if it is counted already or there is room for another."""
    if text in counts or len(counts) < most:
        counts[text] += 1


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
