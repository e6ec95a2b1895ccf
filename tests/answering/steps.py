"""Where the time of a message goes, by step, also beside another tree: `python -m tests.answering.steps SET…`.

`--corpus PATH` are the articles (default: `corpus/`), `--against TREE` another checkout, whose messages are answered in
turn with those of this one, each tree in a process of its own. Exit code 1 where a step takes more than a tenth longer
than in the other tree. Times are of the processor, the least of the rounds for each message, so that other work on the
machine changes them little.
"""

import argparse
import gc
import importlib.util
import inspect
import json
import math
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from time import thread_time_ns
from typing import Any
from unittest.mock import patch

WHOLE, REST, RELATED = "a message", "the rest", "what else may be asked"
# Where outcomes are made, and were made before.
_OUTCOME = ("outcome", "answerer")
# What each step calls, where it is called from; a tree that has no such function spends its time in the step around.
STEPS: Mapping[str, Sequence[str]] = {
    "reading": (
        "bot.answering.answerer:analyse_message",
        "bot.answering.answerer:split_questions",
        "bot.answering.answerer:interpret",
        "bot.answering.answerer:choose_mode",
    ),
    "search": ("bot.answering.ranking:_search",),
    "matching": ("bot.answering.ranking:match_passages",),
    "fits": ("bot.answering.decision:rank",),
    "missing words": ("bot.answering.decision:missing_words", "bot.answering.decision:missing_event"),
    "modes": tuple(f"bot.answering.{module}:{name}" for module in _OUTCOME for name in ("find", "mark_quotes")),
    "quotes": (
        *(f"bot.answering.{module}:_ranked_quotes" for module in _OUTCOME),
        "bot.answering.quotes:RankedQuotes.answer_quotes",
    ),
    "what is meant": ("bot.answering.answerer:Answerer._meant",),
    RELATED: ("bot.answering.coverage_summary:CoverageSummaries.related_questions",),
    "card": ("bot.chat.cards.answer_card:outcome_card", "bot.chat.cards.answer_card:outcome_buttons"),
}
# Chosen: of ten rounds the least is within a fiftieth of that of a hundred, and what takes less is not judged.
_ROUNDS, _SLOWER, _LEAST_SHARE = 10, 1.1, 0.03

Round = list[dict[str, int]]
"""The nanoseconds of each message, in order, by step."""


class Stopwatch:
    """Adds up the processor time of each step, without that of steps within it, but for whole answers to others."""

    def __init__(self) -> None:
        self.spent = Counter[str]()
        self._open: list[str] = [REST]
        self._since = thread_time_ns()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Count what is done within as a step's."""
        if self._open[-1] == RELATED:
            yield
            return
        self._turn()
        self._open.append(name)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def lap(self) -> dict[str, int]:
        """Return what was spent since the last lap, in nanoseconds by step."""
        self._turn()
        spent, self.spent = dict(self.spent), Counter()
        return spent

    def _turn(self) -> None:
        now = thread_time_ns()
        self.spent[self._open[-1]] += now - self._since
        self._since = now


def timed(stopwatch: Stopwatch, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function whose time is counted as a step's."""

    @wraps(function)
    def call(*arguments: Any, **options: Any) -> Any:
        with stopwatch.step(name):
            return function(*arguments, **options)

    return call


def related_questions(summaries: Any, **given: Any) -> tuple[str, ...]:
    """Return what else may be asked, given what the function takes in the tree that is imported."""
    taken = inspect.signature(type(summaries).related_questions).parameters
    related: tuple[str, ...] = summaries.related_questions(**{name: given[name] for name in given.keys() & taken})
    return related


def answer_rounds(corpus: Path, messages: Sequence[str], cache: Path) -> Iterator[Round]:
    """Answer all messages in each round, and lay out their cards, with the code of the tree that is imported."""
    # Another tree may lack what this one has, and only what both have is imported.
    from bot.answering import Answerer, CoverageSummaries, Knowledge, Risk  # noqa: PLC0415
    from bot.articles import BoilerplatePhrases  # noqa: PLC0415
    from bot.chat.cards import answer_card  # noqa: PLC0415
    from bot.edition import EditionBuilder  # noqa: PLC0415
    from bot.settings import CONFIG  # noqa: PLC0415
    from bot.texts import Texts  # noqa: PLC0415
    from bot.texts.outcome_text import example_phrasings  # noqa: PLC0415

    knowledge, texts = Knowledge.read(CONFIG, Risk.NORMAL), Texts.read(CONFIG / "texts", "ar")
    phrases = BoilerplatePhrases.read(CONFIG / "marks.toml")
    edition = EditionBuilder(phrases, knowledge.analyser, cache, large=0).build(corpus)
    answerer, stopwatch = Answerer(knowledge), Stopwatch()
    phrasings = {
        "phrasings": example_phrasings(texts)[::-1],
        "of_things": example_phrasings(texts, "founded", "founder"),
    }
    with ExitStack() as patches:
        for name, places in STEPS.items():
            for module, _, path in (place.partition(":") for place in places):
                if importlib.util.find_spec(module) is None:
                    continue
                owner: Any = importlib.import_module(module)
                *classes, function = path.split(".")
                for one in classes:
                    owner = getattr(owner, one, None)
                if hasattr(owner, function):
                    patches.enter_context(
                        patch.object(owner, function, timed(stopwatch, name, getattr(owner, function)))
                    )
        while True:
            gc.collect()
            laps = Round()
            # What one message has tried, others need not try, but for those of the round before, which are the same.
            summaries = CoverageSummaries(answerer)
            for message in messages:
                stopwatch.lap()
                analysed = answerer.analyse(message)
                outcome, has_more = answerer.answer_with_more(analysed, edition)
                related = related_questions(summaries, message=analysed, outcome=outcome, edition=edition, **phrasings)
                answer_card.outcome_card(outcome, texts, edition.as_of)
                answer_card.outcome_buttons(outcome, None, texts, has_more=has_more, related=related)
                laps.append(stopwatch.lap())
            yield laps


def least(rounds: Sequence[Round]) -> Round:
    """Return the least time of each step of each message over rounds, with that of the whole message."""
    steps = (*STEPS, REST)
    return [
        {name: min(lap.get(name, 0) for lap in laps) for name in steps}
        | {WHOLE: min(sum(lap.values()) for lap in laps)}
        for laps in zip(*rounds, strict=True)
    ]


def slower_steps(own: Round, other: Round) -> dict[str, float]:
    """Return the steps that take more than a tenth longer than in another tree, with how many times as long."""
    spent = {name: (sum(lap[name] for lap in own), sum(lap[name] for lap in other)) for name in own[0]}
    whole = spent[WHOLE][1]
    return {
        name: mine / max(theirs, 1)
        for name, (mine, theirs) in spent.items()
        if mine > _SLOWER * theirs and mine - theirs > _LEAST_SHARE * (_SLOWER - 1) * whole
    }


def table(own: Round, other: Round | None = None) -> str:
    """Return a table of milliseconds a message by step: mean, median and 99th percentile, beside another tree's."""
    rows = ["| step | mean, ms | p50 | p99 |" + (" other tree: mean | p50 | p99 |" if other else "")]
    rows.append("|" + "---|" * (rows[0].count("|") - 1))
    for name in own[0]:
        cells = [name]
        for laps in filter(None, (own, other)):
            times = sorted(lap[name] / 1e6 for lap in laps)
            at = (len(times) // 2, math.ceil(0.99 * len(times)) - 1)
            cells += [f"{value:.2f}" for value in (sum(times) / len(times), *(times[place] for place in at))]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def read_messages(sets: Sequence[Path], most: int) -> list[str]:
    """Return so many messages of sets at most, spread over them."""
    lines = [line for one in sets for line in (one / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    messages = [json.loads(line)["question"] for line in lines if line.strip()]
    return messages[:: max(1, math.ceil(len(messages) / most))]


class _Tree:
    """A process that answers with the code of a tree, a round each time it is told to."""

    def __init__(self, tree: Path, corpus: Path, messages: Sequence[str], cache: Path) -> None:
        self._process = subprocess.Popen(  # noqa: S603 (the program is our own)
            [sys.executable, __file__, "--rounds", str(corpus.resolve()), str(cache)],
            cwd=tree,
            env={**os.environ, "PYTHONPATH": str(tree.resolve())},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self._told, self._read = self._process.stdin, self._process.stdout
        self._tell(json.dumps(messages))

    def _tell(self, line: str) -> None:
        assert self._told is not None
        self._told.write(line + "\n")
        self._told.flush()

    def round(self) -> Round:
        """Answer all messages once more."""
        assert self._read is not None
        self._tell("")
        line = self._read.readline()
        if not line:
            raise RuntimeError("A tree cannot be measured: its process ended, for the reason above.")
        return Round(json.loads(line))

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def measure(trees: Sequence[Path], corpus: Path, messages: Sequence[str], rounds: int = _ROUNDS) -> list[Round]:
    """Answer messages with each of the trees in turn, and return the least times of each tree."""
    with TemporaryDirectory() as caches, ExitStack() as stack:
        processes = []
        for number, tree in enumerate(trees):
            processes.append(_Tree(tree, corpus, messages, Path(caches) / str(number)))
            stack.callback(processes[-1].close)
        for process in processes:
            # The first round fills the caches.
            process.round()
        taken = [[process.round() for process in processes] for _ in range(rounds)]
    return [least(of_tree) for of_tree in zip(*taken, strict=True)]


def main() -> None:
    """Read the arguments, measure, and print the table."""
    if sys.argv[1] == "--rounds":
        corpus, cache = map(Path, sys.argv[2:])
        rounds = answer_rounds(corpus, json.loads(sys.stdin.readline()), cache)
        for _ in sys.stdin:
            sys.stdout.write(json.dumps(next(rounds)) + "\n")
            sys.stdout.flush()
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", type=Path, nargs="+", metavar="SET")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--against", type=Path, metavar="TREE")
    parser.add_argument("--messages", type=int, default=400, help="at most so many (default: 400)")
    given = parser.parse_args()
    trees = [Path(), *([given.against] if given.against else [])]
    own, *others = measure(trees, given.corpus, read_messages(given.sets, given.messages))
    sys.stdout.write(table(own, *others) + "\n")
    slower = slower_steps(own, others[0]) if others else {}
    for name, times in slower.items():
        sys.stdout.write(f"Slower: {name}, {times:.2f} times the time of the other tree.\n")
    sys.exit(1 if slower else 0)


if __name__ == "__main__":
    main()
