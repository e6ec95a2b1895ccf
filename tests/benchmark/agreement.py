"""Agreement with the second reader: `python -m tests.benchmark.agreement`.

`second_reader.jsonl` has by question whether the reader found an answer in the archive, and where. The figures are the
share of the same judgements, Cohen's kappa, and how many of the phrases that both found stand in an accepted paragraph
and share characters with an accepted answer. Each question that is judged differently is printed.

Source: J. Cohen, "A Coefficient of Agreement for Nominal Scales", 1960.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmark.baselines import DATA, read_texts
from tests.benchmark.score import Articles, Question, read_lines, read_set

READINGS = "second_reader.jsonl"


def kappa(pairs: Sequence[tuple[bool, bool]]) -> float:
    """Return Cohen's kappa of two judgements of each question."""
    total = len(pairs)
    same = sum(one == other for one, other in pairs) / total
    first, second = (sum(pair[reader] for pair in pairs) / total for reader in (0, 1))
    by_chance = first * second + (1 - first) * (1 - second)
    return (same - by_chance) / (1 - by_chance) if by_chance < 1 else 1.0


def is_same_place(reading: Mapping[str, Any], question: Question, articles: Articles) -> bool:
    """Return whether the phrase that was read shares characters with an accepted answer."""
    place = reading["article_id"], reading["paragraph"]
    start = articles[place[0]][place[1]].find(reading["text"])
    return start >= 0 and any(
        (answer.article_id, answer.paragraph) == place
        and answer.start < start + len(reading["text"])
        and start < answer.end
        for answer in question.answers
    )


def main(arguments: Sequence[str] | None = None, write: Callable[[str], object] = sys.stdout.write) -> None:
    """Read the arguments, and write the figures and the questions that are judged differently."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.agreement", description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the set")
    data = parser.parse_args(arguments).data
    asked, texts = read_set(data, "both"), read_texts(data, "both")
    questions = {question.id: question for question in asked.questions}
    readings = [(record, questions[record["id"]]) for _, record in read_lines(data / READINGS)]
    pairs = [(bool(question.answers), record["answerable"]) for record, question in readings]
    same = sum(one == other for one, other in pairs)
    write(f"Answerable or not: {same} of {len(pairs)} the same, kappa {kappa(pairs):.3f}\n")
    found = [is_same_place(*each, asked.articles) for each in readings if each[1].answers and each[0]["answerable"]]
    write(f"Place of the answer: {sum(found)} of {len(found)} the same\n")
    for record, question in readings:
        if bool(question.answers) != record["answerable"]:
            verdict = "answerable" if record["answerable"] else "unanswerable"
            write(f"{question.id} ({question.core}, {question.form}), {verdict} to the reader: {texts[question.id]}\n")


if __name__ == "__main__":
    main()
