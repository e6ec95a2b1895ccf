"""The command `fit`: the evidence model fitted to question sets, with cross-validated refusal rates."""

from collections.abc import Iterator, Sequence

import numpy as np

from bot.answering import EvidenceModel, Knowledge
from bot.articles import Article
from bot.console.laboratory.score_tables import Columns
from bot.edition import make_edition
from bot.lab.evaluation.model_fit import (
    AMONG,
    Example,
    Refused,
    cross_validated,
    examples_of,
    fit,
    fitted_figures,
    leaving_one_set_out,
)
from bot.lab.evaluation.question_sets import EvaluationSet
from bot.lab.evaluation.swaps import add_swaps
from bot.texts import Texts

_COMMENT = (
    "The numbers of the evidence model (bot/answering/evidence/evidence_model.py): a logistic regression over its "
    "signals (see signals.py). They were fitted together with the parameters of ranking "
    "(bot/retrieval/ranking_parameters.py), and fit no others. The bot answers where a candidate's probability reaches "
    "the threshold of the risk that ANSWER_RISK names. Written by `python -m bot fit` on {date}, so that at normal "
    "risk {share:.1%} of the answerable questions are refused, at low risk twice and at high risk half as many, from "
    "the sets {sets}{among}{only}."
)
# Two blanks and the longest name of a kind.
_KIND = 10
_WAYS = {"fitted": fitted_figures, "cross_validated": cross_validated, "set_left_out": leaving_one_set_out}


def fit_sets(
    sets: Sequence[EvaluationSet], distractors: Sequence[Article], share: float, knowledge: Knowledge, texts: Texts
) -> tuple[EvidenceModel, list[str]]:
    """Fit a model that refuses a share of the answerable questions; return it with the table of its refusal rates."""
    examples = list(_examples(sets, distractors, knowledge))
    ways = _WAYS if len(sets) > 1 else {way: _WAYS[way] for way in _WAYS if _WAYS[way] is not leaving_one_set_out}
    return fit(examples, share), list(_table({way: measure(examples, share) for way, measure in ways.items()}, texts))


def model_origin(
    sets: Sequence[EvaluationSet], distractors: Sequence[Article], share: float, date: str, part: str
) -> str:
    """Return the comment for the head of a model's file: date, share and sets, and the part of them that was used."""
    among = f", alone and among {len(distractors)} other articles" if distractors else ""
    names = ", ".join(each.name for each in sets)
    only = f", where ids begin with {part} only from those questions" if part else ""
    return _COMMENT.format(date=date, share=share, sets=names, among=among, only=only)


def _examples(sets: Sequence[EvaluationSet], distractors: Sequence[Article], knowledge: Knowledge) -> Iterator[Example]:
    """Yield the examples of all sets; with distractors twice, alone and among them, since one threshold serves both."""
    for more, suffix in (((), ""), (distractors, AMONG)) if distractors else (((), ""),):
        for each in sets:
            own = {article.id for article in each.articles}
            others = [article for article in more if article.id not in own]
            if more and not others:
                # A set on the corpus that the distractors come from is among them already.
                continue
            edition = make_edition((*each.articles, *others), (), knowledge.analyser)
            asked = add_swaps(each, edition, knowledge)
            yield from examples_of(asked, each.name + suffix, edition, knowledge)


def _table(figures: dict[str, Refused], texts: Texts) -> Iterator[str]:
    """Lay out refused shares, a row for each set and kind, a column for each way of fitting; + marks distractors."""
    keys, mean = list(next(iter(figures.values()))), texts("row.mean")
    heading, columns = texts("row.refused"), Columns([(17, way) for way in figures], texts)
    width = max(map(len, (heading, mean + AMONG, *(name for name, _ in keys))))
    # The name stands where no column does.
    yield columns.headings(width + _KIND)[1].replace(" " * len(heading), heading, 1)
    for name, kind in keys:
        yield columns.row(
            f"{name:{width}}  {kind:8}", 0, (f"{refused[name, kind]:.3f}" for refused in figures.values())
        )
    for suffix, label in (("", mean), (AMONG, mean + AMONG)):
        names = {name for name, _ in keys if name.endswith(AMONG) == bool(suffix)}
        for kind in sorted({kind for name, kind in keys if name in names}):
            shares = [
                [refused[key] for key in keys if key[0] in names and key[1] == kind] for refused in figures.values()
            ]
            yield columns.row(f"{label:{width}}  {kind:8}", 0, (f"{np.mean(share):.3f}" for share in shares))
