"""The command `fit`: the evidence model fitted to question sets, with cross-validated refusal rates."""

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from bot.answering import EvidenceModel, Knowledge
from bot.articles import Article
from bot.articles.characters import one_line
from bot.console.arguments import Arguments
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
from bot.storage import atomic_write
from bot.texts import Texts

_COMMENT = (
    "The numbers of the evidence model (bot/answering/evidence/evidence_model.py): a logistic regression over its "
    "`Signals`. They were fitted together with the parameters of ranking (bot/retrieval/ranking_parameters.py), and "
    "fit no others. The bot answers where a candidate's probability reaches the threshold of the risk that ANSWER_RISK "
    "names. Written by the command above on {date}{among}, so that at normal risk {share:.1%} of the answerable "
    "questions are refused, at low risk twice and at high risk half as many."
)
# Two blanks and the longest name of a kind.
_KIND = 10
_WAY = 17
_WAYS = {"fitted": fitted_figures, "cross_validated": cross_validated, "set_left_out": leaving_one_set_out}


def fit_sets(
    sets: Sequence[EvaluationSet], distractors: Sequence[Article], share: float, knowledge: Knowledge, texts: Texts
) -> tuple[EvidenceModel, list[str]]:
    """Fit a model that refuses a share of the answerable questions; return it with the table of its refusal rates."""
    examples = list(_examples(sets, distractors, knowledge))
    ways = _WAYS if len(sets) > 1 else {way: _WAYS[way] for way in _WAYS if _WAYS[way] is not leaving_one_set_out}
    return fit(examples, share), list(_table({way: measure(examples, share) for way, measure in ways.items()}, texts))


def write_model(model: EvidenceModel, file: Path, arguments: Arguments, distractors: int, date: str) -> None:
    """Write a model under the command that fitted it, on a line of its own to be copied whole, and what it is."""
    among = f", from questions asked alone and among {distractors} other articles" if distractors else ""
    model.write(file, _COMMENT.format(date=date, share=arguments.false_refusals, among=among))
    # The command as it is given to write the model to any place.
    options = {"--corpus": arguments.corpus, "--distractors": arguments.distractors, "--part": arguments.part}
    given = [word for name, value in options.items() if value for word in (name, value)]
    share = ["--false-refusals", str(arguments.false_refusals)]
    command = "python -m bot fit " + one_line(shlex.join([*arguments.sets, *given, *share]))
    atomic_write(file, f"# {command}\n#\n".encode() + file.read_bytes())


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
    heading = texts("row.refused")
    width = max(map(len, (heading, mean + AMONG, *(name for name, _ in keys))))
    columns = Columns(list(figures), texts, width + _KIND, _WAY)
    # The name stands where no column does.
    yield columns.headings()[1].replace(" " * len(heading), heading, 1)
    for name, kind in keys:
        yield columns.row(f"{name:{width}}  {kind:8}", (f"{refused[name, kind]:.3f}" for refused in figures.values()))
    for suffix, label in (("", mean), (AMONG, mean + AMONG)):
        names = {name for name, _ in keys if name.endswith(AMONG) == bool(suffix)}
        for kind in sorted({kind for name, kind in keys if name in names}):
            shares = [
                [refused[key] for key in keys if key[0] in names and key[1] == kind] for refused in figures.values()
            ]
            yield columns.row(f"{label:{width}}  {kind:8}", (f"{np.mean(share):.3f}" for share in shares))
