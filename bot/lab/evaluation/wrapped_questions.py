"""Questions wrapped in courtesies, a metamorphic test: politeness around a question changes nothing about its outcome.

Every question is asked as it is and three times more: with a courtesy before it, with one after it, and with both
sides of one around it. Which courtesies a question gets is drawn by a digest of a seed, the question and the courtesy,
so it is the same on every machine, and a longer list changes few of the draws.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.answering import Answer, Refusal
from bot.edition import Edition
from bot.errors import SetError
from bot.lab.evaluation.quality_metrics import AnswerQuestion
from bot.lab.evaluation.question_sets import CHAT, Case, JsonLine, json_lines

_SIDES: Mapping[str, tuple[str, ...]] = {"before": ("before",), "after": ("after",), "both": ("before", "after")}


@dataclass(frozen=True, slots=True)
class Courtesy:
    """What a member writes before and after a question, one of which may be empty; where from, and of what kind."""

    before: str
    after: str
    region: str
    kind: str

    def wrap(self, question: str, position: str) -> str:
        """Write a question with the side or sides of the courtesy that a position names."""
        before, after = (getattr(self, side) if side in _SIDES[position] else "" for side in ("before", "after"))
        return " ".join(filter(None, (before, question, after)))


class Wrapped(NamedTuple):
    """A wrapped question: the position of the courtesy, and the courtesy."""

    question: str
    position: str
    courtesy: Courtesy


def read_courtesies(file: Path) -> tuple[Courtesy, ...]:
    """Read courtesies, a record a line; raise SetError where one is invalid, or no courtesy has both sides."""
    lines = json_lines(file, missing="set.no_courtesies", odd="set.courtesy")
    courtesies = tuple(_courtesy(line) for line in lines)
    if not any(courtesy.before and courtesy.after for courtesy in courtesies):
        raise SetError("set.one_sided", file=file)
    return courtesies


def _courtesy(line: JsonLine) -> Courtesy:
    texts = [line.record.get(key) for key in ("before", "after", "region", "kind")]
    before, after, region, kind = (text.strip() if isinstance(text, str) else "" for text in texts)
    if not all(isinstance(text, str) for text in texts) or not (region and kind and (before or after)):
        raise SetError("set.courtesy", at=line.at)
    return Courtesy(before, after, region, kind)


def wrap(question: str, courtesies: Sequence[Courtesy], seed: int = 0) -> Iterator[Wrapped]:
    """Yield a question wrapped at each position, in courtesies that are drawn among those with the sides for it."""
    for position, sides in _SIDES.items():
        fitting = [courtesy for courtesy in courtesies if all(getattr(courtesy, side) for side in sides)]
        keys = [f"{seed}\n{position}\n{question}\n{each.before}\n{each.after}".encode() for each in fitting]
        drawn = min(zip(keys, fitting, strict=True), key=lambda each: blake2b(each[0], digest_size=8).digest())[1]
        yield Wrapped(drawn.wrap(question, position), position, drawn)


@dataclass(frozen=True, slots=True)
class StabilityMetrics:
    """Shares of the wrapped questions, 0 to 1, that have the outcome of the question alone.

    Of `outcomes` both are answers, or refusals for the same reason; of `articles` the first quotes are also from the
    same article, and of `quotes` they are the same.
    """

    questions: int
    outcomes: float
    articles: float
    quotes: float

    @classmethod
    def of_levels(cls, levels: Sequence[int]) -> "StabilityMetrics":
        """Compute the metrics of levels: how many of the three stay the same, in their order."""
        found = np.array(levels)
        return cls(len(found), *(float(np.mean(found >= level)) for level in (1, 2, 3)))


@dataclass(frozen=True, slots=True)
class StabilityReport:
    """The stability of a set in all, by the position of the courtesy, and by its region and kind."""

    figures: StabilityMetrics
    positions: Mapping[str, StabilityMetrics]
    regions: Mapping[str, StabilityMetrics]
    kinds: Mapping[str, StabilityMetrics]


def score_stability(
    cases: Sequence[Case], edition: Edition, answer: AnswerQuestion, courtesies: Sequence[Courtesy], seed: int = 0
) -> StabilityReport:
    """Ask an edition every question of a set alone and wrapped, and compare; messages that only chat are left out."""
    compared: list[tuple[Wrapped, int]] = []
    for case in cases:
        if case.kind != CHAT:
            alone = answer(case.question, edition)
            asked = wrap(case.question, courtesies, seed)
            compared += [(wrapped, _level(alone, answer(wrapped.question, edition))) for wrapped in asked]
    return StabilityReport(
        figures=StabilityMetrics.of_levels([level for _, level in compared]),
        positions=_grouped(compared, lambda wrapped: wrapped.position),
        regions=_grouped(compared, lambda wrapped: wrapped.courtesy.region),
        kinds=_grouped(compared, lambda wrapped: wrapped.courtesy.kind),
    )


def _level(alone: Answer | Refusal, wrapped: Answer | Refusal) -> int:
    """Return how many of outcome, first quote's article and first quote stay the same, in this order."""
    if isinstance(alone, Refusal) or isinstance(wrapped, Refusal):
        is_same = isinstance(alone, Refusal) and isinstance(wrapped, Refusal) and alone.reason is wrapped.reason
        return 3 if is_same else 0
    one, other = alone.quotes[0], wrapped.quotes[0]
    if one.article.id != other.article.id:
        return 1
    return 3 if (one.paragraph, one.start, one.end) == (other.paragraph, other.start, other.end) else 2


def _grouped(compared: Sequence[tuple[Wrapped, int]], name: Callable[[Wrapped], str]) -> dict[str, StabilityMetrics]:
    """Return the metrics of each group, in the order of their names."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for wrapped, level in compared:
        groups[name(wrapped)].append(level)
    return {key: StabilityMetrics.of_levels(groups[key]) for key in sorted(groups)}
