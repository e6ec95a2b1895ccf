"""Metrics of a question set: right, wrong and refused answers, and the ranking before any refusal."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from typing import Any

import numpy as np

from bot.answering import Answer, Answerer, Knowledge, Quote, Refusal
from bot.answering.question import clean, gloss
from bot.answering.ranking import other_spellings, rank
from bot.arabic import words
from bot.edition import Edition
from bot.lab.evaluation.question_sets import FACT_KINDS, GOLD, REFUSED_KINDS, SWAP, Case, EvaluationSet, PassageId

AnswerQuestion = Callable[[str, Edition], Answer | Refusal]

DEPTH = 20
_MRR_DEPTH = 10
_SHARES = ("right_at_1", "right_at_3", "wrong", "false_refusals", "quoted_words")


@dataclass(frozen=True, slots=True)
class BoldWords:
    """Shares, 0 to 1, of the answers that are right in the first quote: by what is bold there, if anything is.

    `right` has those with words of a right answer in bold, with others beside them or not, `wrong` those with others
    alone; `wrong_of_bold` is what `wrong` is of both.
    """

    right: float
    wrong: float
    wrong_of_bold: float

    @classmethod
    def of(cls, cases: Sequence[Case], outcomes: Sequence[Answer | Refusal]) -> "BoldWords":
        """Compare the answers to the answerable questions; without any that is right all shares are 0."""
        found = [
            is_bold_right(case, outcome.quotes[0])
            for case, outcome in zip(cases, outcomes, strict=True)
            if case.kind == GOLD and isinstance(outcome, Answer) and case.is_answered_by(outcome.quotes[0].text)
        ]
        right, wrong, answers = found.count(True), found.count(False), len(found) or 1
        return cls(right / answers, wrong / answers, wrong / (right + wrong or 1))


def is_bold_right(case: Case, quote: Quote) -> bool | None:
    """Return whether a quote has words of a right answer in bold; None where nothing is bold."""
    if not quote.highlights:
        return None
    found = list(words(quote.text))
    bold = {
        number
        for number, word in enumerate(found)
        if any(mark.start < word.end and word.start < mark.end for mark in quote.highlights)
    }
    return any(bold & answer for answer in _answer_words(case, [word.normal for word in found]))


def _answer_words(case: Case, normals: list[str]) -> Iterator[set[int]]:
    """Yield the numbers of the words that each occurrence of an answer lies in; it may begin or end within one."""
    text = " ".join(normals)
    starts = [sum(map(len, normals[:number])) + number for number in range(len(normals))]
    for answer in case.answers:
        place = text.find(answer)
        while place >= 0:
            yield {
                number
                for number, start in enumerate(starts)
                if start < place + len(answer) and place < start + len(normals[number])
            }
            place = text.find(answer, place + 1)


@dataclass(frozen=True, slots=True)
class AnswerMetrics:
    """Metrics of answers: shares of the answerable questions, 0 to 1; `refused` has the share of the other kinds.

    `right_at_1` and `right_at_3` count answers with a right answer in the first quote and in any, `wrong` those
    without, `false_refusals` the questions that got none; `quoted_words` is the mean length of an answer in words.
    The times are from a question to its answer or refusal, in milliseconds: the median and the 99th percentile.
    """

    right_at_1: float
    right_at_3: float
    wrong: float
    false_refusals: float
    refused: Mapping[str, float]
    quoted_words: float
    bold: BoldWords
    milliseconds_p50: float
    milliseconds_p99: float


def score_answers(cases: Sequence[Case], edition: Edition, answer: AnswerQuestion) -> AnswerMetrics:
    """Ask an edition every question of a set, and compute the metrics."""
    outcomes, times = [], []
    for case in cases:
        began = time.perf_counter()
        outcomes.append(answer(case.question, edition))
        times.append((time.perf_counter() - began) * 1000)
    gold, refusals = list[list[bool]](), defaultdict[str, list[bool]](list)
    for case, outcome in zip(cases, outcomes, strict=True):
        quotes = () if isinstance(outcome, Refusal) else outcome.quotes
        if case.kind == GOLD:
            gold.append([case.is_answered_by(quote.text) for quote in quotes])
        else:
            refusals[case.kind].append(not quotes)
    lengths = [sum(len(quote.text.split()) for quote in each.quotes) for each in outcomes if isinstance(each, Answer)]
    return AnswerMetrics(
        right_at_1=_mean([any(right[:1]) for right in gold]),
        right_at_3=_mean([any(right) for right in gold]),
        wrong=_mean([bool(right) and not any(right) for right in gold]),
        false_refusals=_mean([not right for right in gold]),
        refused={kind: _mean(refusals[kind]) for kind in REFUSED_KINDS if kind in refusals},
        quoted_words=_mean(lengths),
        bold=BoldWords.of(cases, outcomes),
        milliseconds_p50=float(np.percentile(times, 50)),
        milliseconds_p99=float(np.percentile(times, 99)),
    )


def mean_metrics(figures: Sequence[AnswerMetrics]) -> AnswerMetrics:
    """Return the unweighted mean over sets, but the maximum of the times."""
    kinds = [kind for kind in REFUSED_KINDS if any(kind in each.refused for each in figures)]
    means = {name: _mean([getattr(each, name) for each in figures]) for name in _SHARES}
    return AnswerMetrics(
        **means,
        refused={kind: _mean([each.refused[kind] for each in figures if kind in each.refused]) for kind in kinds},
        bold=BoldWords(*np.mean([astuple(each.bold) for each in figures], axis=0).tolist()),
        milliseconds_p50=max(each.milliseconds_p50 for each in figures),
        milliseconds_p99=max(each.milliseconds_p99 for each in figures),
    )


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else 0.0


@dataclass(frozen=True, slots=True)
class RankingMetrics:
    """Metrics of ranking over the answerable questions, from 0 to 1; the relevant passage of each is `Case.place`.

    `mrr_at_10` is the mean of 1 / rank of that passage, 0 where it is not among the first ten (E. Voorhees, "The TREC-8
    Question Answering Track Report", 1999). `recall_at_k` is the share of questions with it among the first k.
    """

    mrr_at_10: float
    recall_at_1: float
    recall_at_5: float
    recall_at_20: float

    @classmethod
    def of_ranks(cls, ranks: Sequence[int | None]) -> "RankingMetrics":
        """Compute the metrics of 1-based ranks; None stands for a passage that was not found."""
        found = np.array([rank or np.inf for rank in ranks])
        return cls(
            mrr_at_10=float(np.mean(np.where(found <= _MRR_DEPTH, 1 / found, 0))),
            recall_at_1=float(np.mean(found <= 1)),
            recall_at_5=float(np.mean(found <= 5)),  # noqa: PLR2004 - as the name says
            recall_at_20=float(np.mean(found <= DEPTH)),
        )


def score_ranking(cases: Sequence[Case], edition: Edition, knowledge: Knowledge) -> RankingMetrics:
    """Rank passages for the answerable questions of a set, and compute the metrics of the ranks."""
    ranks = []
    for case in cases:
        if case.kind == GOLD:
            places = list(_ranking(case.question, edition, knowledge))
            ranks.append(places.index(case.place) + 1 if case.place in places else None)
    return RankingMetrics.of_ranks(ranks)


def mean_ranking(figures: Sequence[RankingMetrics]) -> RankingMetrics:
    """Return the unweighted mean over sets."""
    return RankingMetrics(*np.mean([astuple(each) for each in figures], axis=0).tolist())


def _ranking(message: str, edition: Edition, knowledge: Knowledge) -> Iterator[PassageId]:
    """Yield the first passages: the reranked candidates, then other hits in the order of the index."""
    questions = knowledge.questions
    question = questions.analyse_tokenised(gloss(questions.tokenise(clean(message).text)))
    if not question.terms:
        return
    reranked = [candidate.passage for candidate in rank(question, edition, knowledge).candidates]
    others = other_spellings(question, knowledge.analyser, knowledge.lexicon)
    shortlist = edition.index.shortlist(question.terms, others)
    found = [indexed.passage for indexed in shortlist.read(shortlist.top_k(DEPTH))]
    places = (PassageId(passage.article.id, passage.paragraph) for passage in (*reranked, *found))
    yield from list(dict.fromkeys(places))[:DEPTH]


@dataclass(frozen=True, slots=True)
class SetReport:
    """The metrics of a set's answers and ranking, and the number of questions of each kind.

    `unswapped` counts the answerable questions of which no question of the kind `swap` could be made; it is None where
    a set brings such questions of its own.
    """

    figures: AnswerMetrics
    ranking: RankingMetrics
    questions: Mapping[str, int]
    unswapped: int | None


def flat_record(report: Any) -> dict[str, Any]:
    """Return the fields of a report by name, those of its `figures` in front and beside the others."""
    fields = asdict(report)
    return {**fields.pop("figures"), **fields}


def evaluate_set(original: EvaluationSet, asked: EvaluationSet, edition: Edition, knowledge: Knowledge) -> SetReport:
    """Compute the metrics of a set; `asked` is the original set with the swapped questions added."""
    figures = score_answers(asked.cases, edition, Answerer(knowledge).answer)
    counts = Counter(case.kind for case in asked.cases)
    brought = any(case.kind == SWAP for case in original.cases)
    return SetReport(
        figures=figures,
        ranking=score_ranking(asked.cases, edition, knowledge),
        questions={kind: counts[kind] for kind in FACT_KINDS if kind in counts},
        unswapped=None if brought else counts[GOLD] - counts[SWAP],
    )


def mean_report(reports: Sequence[SetReport]) -> SetReport:
    """Return the unweighted mean over sets, with the sums of the numbers of questions."""
    made = [report.unswapped for report in reports if report.unswapped is not None]
    return SetReport(
        figures=mean_metrics([report.figures for report in reports]),
        ranking=mean_ranking([report.ranking for report in reports]),
        questions={
            kind: sum(report.questions.get(kind, 0) for report in reports)
            for kind in FACT_KINDS
            if any(kind in report.questions for report in reports)
        },
        unswapped=sum(made) if made else None,
    )
