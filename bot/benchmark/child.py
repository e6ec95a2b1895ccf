"""The process that measures one thing: a task comes in as JSON, and its figures, or why there are none, go out.

Run as `python -m bot.benchmark.child`.
"""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from bot.benchmark.answers import measure_answers
from bot.benchmark.figures import Answering, Searching
from bot.benchmark.searching import measure_searching

_TASKS: dict[str, Callable[..., Searching | Answering]] = {"searching": measure_searching, "answers": measure_answers}


def main() -> None:
    """Do the task of standard input, and print a JSON record."""
    task = json.load(sys.stdin)
    sys.stdout.write(json.dumps(_result(task.pop("task"), task)))


def _result(task: str, values: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return {"figures": asdict(_TASKS[task](**values))}
    except ImportError as error:
        return {"missing": error.name or str(error)}


if __name__ == "__main__":
    main()
