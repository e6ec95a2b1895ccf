"""Says what a reload of ten changes costs beside that of everything: `python -m tests.edition.reload_cost FILE.jsonl`.

The articles are read from one file, and from a file each.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bot.arabic import Analyser
from bot.articles import BoilerplatePhrases
from bot.articles.sources import DirectorySource
from bot.edition import EditionBuilder, Editions
from bot.settings import CONFIG

PARAGRAPH = "فقرة مضافة فيها كلمات غريبة مثل زقزقنباق وقرطبون."
Records = list[dict[str, object]]


def change(records: Records) -> Records:
    """Change four articles, take three out and put three in."""
    count = len(records)
    changed = [dict(record) for record in records]
    for place in range(4):
        record = changed[count * place // 4]
        record["paragraphs"] = [*record["paragraphs"], PARAGRAPH]  # type: ignore[misc]
    added = [{**changed[count * place // 3 + 1], "id": f"added {place}"} for place in range(3)]
    for place in range(3):
        del changed[count - 2 - count * place // 5]
    return [*added, *changed]


def write_lines(records: Records, folder: Path) -> None:
    """Write all articles into one file."""
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    (folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")


def write_files(records: Records, folder: Path) -> None:
    """Write each article into a file, and leave no other there."""
    names = set[str]()
    for record in records:
        name = f"{record['id']}.md".replace("/", "-")
        heading = json.dumps(record["title"], ensure_ascii=False)
        text = "\n\n".join([f"---\ntitle: {heading}\n---", *map(str, record["paragraphs"])])  # type: ignore[call-overload]
        names.add(name)
        if not (folder / name).exists() or (folder / name).read_text(encoding="utf-8") != text:
            (folder / name).write_text(text, encoding="utf-8")
    for file in folder.iterdir():
        if file.name not in names:
            file.unlink()


def spent() -> float:
    """Return the seconds of processor time of this process and of its children."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def measure(records: Records, write: Callable[[Records, Path], None], folder: Path) -> None:
    """Load articles, change ten, and load them anew; then load the changed ones where nothing is known of any."""
    phrases, analyser = BoilerplatePhrases.read(CONFIG / "marks.toml"), Analyser()
    articles = folder / "articles"
    articles.mkdir()
    seconds = dict[str, float]()

    def loaded(editions: Editions, label: str) -> None:
        began, before = time.perf_counter(), spent()
        editions.reload()
        seconds[label] = spent() - before
        sys.stdout.write(f"  {label}: {seconds[label]:.2f} s of processor time, {time.perf_counter() - began:.2f} s\n")

    def editions_in(cache: str) -> Editions:
        builder = EditionBuilder(phrases, analyser, folder / cache)
        return Editions(DirectorySource(articles), builder.build, key=builder.key)

    write(records, articles)
    first, second = editions_in("first"), editions_in("second")
    loaded(first, "everything")
    loaded(first, "nothing new")
    write(change(records), articles)
    loaded(first, "ten changes")
    loaded(second, "everything, changed")
    upon, anew = first.current.arrays, second.current.arrays
    same = upon.keys() == anew.keys() and all(np.array_equal(upon[name], anew[name]) for name in anew)
    share = seconds["ten changes"] / seconds["everything, changed"]
    sys.stdout.write(f"  share: {share:.1%}; array for array the same: {same}\n")


def main(arguments: Sequence[str]) -> None:
    """Measure both forms of a corpus."""
    records = [json.loads(line) for line in Path(arguments[0]).read_bytes().splitlines()]
    for write in (write_lines, write_files):
        sys.stdout.write(f"{write.__name__}:\n")
        with TemporaryDirectory() as name:
            measure(records, write, Path(name))


if __name__ == "__main__":
    main(sys.argv[1:])
