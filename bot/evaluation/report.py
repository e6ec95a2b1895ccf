"""Everything that `eval` says of a set."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.answering import Answerer, Knowledge
from bot.edition import Edition
from bot.evaluation.figures import Figures, mean, score
from bot.evaluation.ranking_figures import RankingFigures, mean_ranking, score_ranking
from bot.evaluation.sets import GOLD, KINDS, SWAP, EvaluationSet


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of answers and ranking, and how many questions of each kind were asked.

    `unswapped` counts the answerable questions of which no question of the kind `swap` could be made; it is None where
    a set brings such questions of its own.
    """

    figures: Figures
    ranking: RankingFigures
    questions: Mapping[str, int]
    unswapped: int | None

    def record(self) -> dict[str, Any]:
        """Return the figures under their own names, and `ranking`, `questions` and `unswapped` beside them."""
        beside = {"ranking": asdict(self.ranking), "questions": dict(self.questions), "unswapped": self.unswapped}
        return asdict(self.figures) | beside


def report_on(original: EvaluationSet, asked: EvaluationSet, edition: Edition, knowledge: Knowledge) -> Report:
    """Ask the questions of a set, which may have more than the original has, and count."""
    figures = score(asked.cases, edition, Answerer(knowledge))
    counts = Counter(case.kind for case in asked.cases)
    brought = any(case.kind == SWAP for case in original.cases)
    return Report(
        figures=figures,
        ranking=score_ranking(asked.cases, edition, knowledge),
        questions={kind: counts[kind] for kind in KINDS if kind in counts},
        unswapped=None if brought else counts[GOLD] - counts[SWAP],
    )


def mean_report(reports: Sequence[Report]) -> Report:
    """Return the plain mean over sets; of the numbers of questions, the sum."""
    made = [report.unswapped for report in reports if report.unswapped is not None]
    return Report(
        figures=mean([report.figures for report in reports]),
        ranking=mean_ranking([report.ranking for report in reports]),
        questions={
            kind: sum(report.questions.get(kind, 0) for report in reports)
            for kind in KINDS
            if any(kind in report.questions for report in reports)
        },
        unswapped=sum(made) if made else None,
    )
