"""Says what a reload of ten changes costs beside a full build: `python -m tests.edition.reload_cost articles.jsonl`."""

import json
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bot.arabic import Analyser
from bot.articles import Marks
from bot.edition.child import build_in_child
from bot.settings import CONFIG
from bot.storage import map_arrays

PARAGRAPH = "فقرة مضافة فيها كلمات غريبة مثل زقزقنباق وقرطبون."


def change(lines: list[bytes]) -> list[bytes]:
    """Change four articles, take three out and put three in."""
    count = len(lines)
    records = [json.loads(line) for line in lines]
    for place in range(4):
        records[count * place // 4]["paragraphs"].append(PARAGRAPH)
    added = [{**records[count * place // 3 + 1], "id": f"added {place}"} for place in range(3)]
    for place in range(3):
        del records[count - 2 - count * place // 5]
    return [json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in [*added, *records]]


def spent() -> float:
    """Return the seconds of processor time of all children so far."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Build an edition, change the articles, build upon it and from scratch, and compare both."""
    marks, analyser = Marks.read(CONFIG / "marks.toml"), Analyser()
    lines = Path(sys.argv[1]).read_bytes().splitlines(keepends=True)
    lines = [json.dumps(json.loads(line), ensure_ascii=False).encode() + b"\n" for line in lines]
    with TemporaryDirectory() as name:
        folder = Path(name)
        articles = folder / "articles.jsonl"
        for label, base, now in (("before", None, lines), ("upon", "before", change(lines)), ("anew", None, None)):
            if now is not None:
                articles.write_bytes(b"".join(now))
            began, before = time.perf_counter(), spent()
            build_in_child(folder / label, articles, marks, analyser, None, base=folder / base if base else None)
            wall = time.perf_counter() - began
            sys.stdout.write(f"{label}: {spent() - before:.2f} s of processor time, {wall:.2f} s in all\n")
        upon, anew = (map_arrays(folder / label)[0] for label in ("upon", "anew"))
        same = upon.keys() == anew.keys() and all(np.array_equal(upon[name], anew[name]) for name in anew)
        sys.stdout.write(f"array for array the same: {same}\n")


if __name__ == "__main__":
    main()
