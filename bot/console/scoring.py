"""The command `eval`: the figures of sets of questions, as a table or a record, and their risk-coverage curves."""

import json
from collections.abc import Mapping, Sequence

from bot.answering import Knowledge
from bot.articles import Article
from bot.console.figures_table import headings, row
from bot.console.terminal import Terminal
from bot.console.usage import Usage
from bot.edition import make_edition
from bot.evaluation import (
    Curve,
    EvaluationSet,
    Report,
    SetError,
    mean_report,
    report_on,
    risk_coverage,
    svg,
    with_swaps,
)

_MEAN = "mean"


def score_sets(
    sets: Sequence[EvaluationSet],
    distractors: Sequence[Article],
    usage: Usage,
    knowledge: Knowledge,
    terminal: Terminal,
) -> int:
    """Print the figures of each set and their mean, and draw the curves where asked to; return exit code 0."""
    width = _name_width(sets)
    reports: dict[str, Report] = {}
    curves: list[Curve] = []
    _show(terminal, () if usage.as_json else headings(width))
    for each in sets:
        edition = make_edition((*each.articles, *distractors), (), knowledge.analyser)
        asked = with_swaps(each, edition, knowledge)
        reports[each.name] = report_on(each, asked, edition, knowledge)
        # A set takes a while among many distractors, so its row does not wait for the others.
        _show(terminal, () if usage.as_json else [row(each.name, reports[each.name], width)])
        if usage.plot:
            curves.append(risk_coverage(each.name, asked.cases, edition, knowledge))
    mean = mean_report(list(reports.values()))
    if usage.as_json:
        records = {name: report.record() for name, report in (reports | {_MEAN: mean}).items()}
        terminal.line(json.dumps(records, ensure_ascii=False))
    else:
        terminal.line(row(_MEAN, mean, width))
        _explain(terminal, reports)
    if usage.plot:
        usage.plot.write_text(svg(curves), encoding="utf-8")
        if not usage.as_json:
            terminal.say("console.eval_plot", file=usage.plot)
    return 0


def _name_width(sets: Sequence[EvaluationSet]) -> int:
    """Return the width of the longest name; raise SetError where two sets would share one."""
    names = [*(each.name for each in sets), _MEAN]
    for name in names:
        if names.count(name) > 1:
            raise SetError("set.name_twice", name=name)
    return max(map(len, names))


def _show(terminal: Terminal, lines: Sequence[str]) -> None:
    for line in lines:
        terminal.line(line)


def _explain(terminal: Terminal, reports: Mapping[str, Report]) -> None:
    """Say where the swapped questions come from, and what the times are."""
    counts = [
        f"{name} {report.questions.get('swap', 0)}/{report.questions['gold']}"
        for name, report in reports.items()
        if report.unswapped is not None
    ]
    if counts:
        terminal.say("console.eval_swaps", counts=", ".join(counts))
    terminal.say("console.eval_times")
