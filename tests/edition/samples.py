"""Small corpora on disk, sources that do as they are told, and the editions of both."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.answering import SelfTest
from bot.arabic import Analyser
from bot.articles import NO_REMOVALS, BoilerplatePhrases, ProgressCallback, Removals
from bot.articles.sources import Fetched, Source, SourceError, SourceProblem, Version
from bot.edition import (
    Edition,
    EditionBuilder,
    Editions,
    LastServed,
    Reloaded,
    StageCallback,
    build_edition,
    build_process,
)
from bot.edition.build_process import BuildProcess
from bot.settings import CONFIG
from bot.workers.child_process import function_named
from tests.answering.coverage import ANALYSER, ANSWERER

PHRASES = BoilerplatePhrases.read(CONFIG / "marks.toml")
CHECK = SelfTest(ANSWERER).run
LIBRARY = "افتتحت البلدية المكتبة العامة صباح الأحد بحضور مئات السكان. وبلغت كلفة المكتبة 12 مليون دينار."
BRIDGE = "أغلقت وزارة النقل الجسر القديم فوق النهر بسبب تشققات في أعمدته. ويستمر الإغلاق ثلاثة أشهر."
MUSEUM = "أعادت الجامعة ترميم متحف التراث البحري، ونقلت إليه ثلاث سفن خشبية من الميناء."


def build(path: Path, progress: Callable[[str, int, int], None] | None = None) -> Edition:
    return build_edition(PHRASES, ANALYSER, path, progress)


def builder(
    cache: Path | None = None, large: int = 0, removals: Callable[[], Removals] = lambda: NO_REMOVALS
) -> EditionBuilder:
    return EditionBuilder(PHRASES, ANALYSER, cache, large, removals=removals)


def build_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build in this process what a child would: of a child that is not what a test is about, the start costs most."""
    in_a_child = BuildProcess.run

    def run(process: BuildProcess, work: str, order: dict[str, Any], progress: StageCallback | None, **how: Any) -> Any:
        if work != f"{build_process.__name__}:carry_out":
            return in_a_child(process, work, order, progress, **how)
        return function_named(work)(json.loads(json.dumps(order)), progress)

    monkeypatch.setattr(BuildProcess, "run", run)


def write(corpus: Path, name: str, text: str = LIBRARY, *, front: str = "") -> Path:
    """Write an article, with more lines of front matter where they are given."""
    file = corpus / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\ntitle: خبر {Path(name).stem}\n{front}---\n\n{text}\n", encoding="utf-8")
    return file


def write_lines(file: Path, count: int, word: str = "أول") -> None:
    """Write a corpus of many articles, each with a word of its own."""
    with file.open("w", encoding="utf-8") as stream:
        for number in range(count):
            text = f"قرر المجلس {word} بناء الجسر رقم {number} قرب القرية{number}. وحضر السكان."
            record = {"id": f"n{number}", "title": f"قرار {number}", "date": "2026-03-08", "paragraphs": [text]}
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")


class PlayedSource(Source):
    """A source whose fetches a test plays; what was fetched last is kept."""

    name = shown = "https://news.example/corpus.zip"
    problems: tuple[SourceProblem, ...] = ()
    usual_refresh: float | None = None

    def __init__(self, path: Path, version: str = "one") -> None:
        self.path = path
        self.version = version
        self.away = False
        self.fault: Exception | None = None
        self.served: Version | None = None
        self.forced: list[bool] = []
        self.problems: tuple[SourceProblem, ...] = ()
        self.usual_refresh: float | None = None

    def fetch(self, progress: ProgressCallback = lambda *_: None, *, force: bool = False) -> Fetched:
        self.forced.append(force)
        progress(1, 2)
        if self.fault is not None:
            raise self.fault
        if self.away:
            raise SourceError("source.unreachable", url=self.name)
        return Fetched(self.path, Version(revision=self.version))

    @property
    def is_local(self) -> bool:
        return False

    def note_served(self, version: Version | None) -> None:
        self.served = version

    def last_served(self) -> Fetched | None:
        return Fetched(self.path, self.served) if self.served else None


def bring(source: PlayedSource, name: str = "museum", text: str = MUSEUM) -> None:
    """Let a source have one more article in its next version."""
    write(source.path, f"{name}.md", text)
    source.version = f"with {name}"


def started(source: Source, cache: Path, analyser: Analyser = ANALYSER, large: int = 1 << 20) -> Editions:
    """Start as the bot does, by the same folder."""
    make = EditionBuilder(PHRASES, analyser, cache, large)
    last_served = LastServed(cache, source.name, PHRASES, analyser)
    editions = Editions(source, make.build, key=make.key, check=CHECK, store=last_served)
    editions.start()
    return editions


class Counted:
    """A builder that counts its builds."""

    def __init__(self) -> None:
        self.builds = 0

    def __call__(self, path: Path, progress: Callable[[str, int, int], None] | None = None) -> Edition:
        self.builds += 1
        return build(path, progress)


def reloaded(editions: Editions, *, by: str | None = None, force: bool = False, fetches: bool = True) -> Reloaded:
    """Reload what has news."""
    outcome = editions.reload(by=by, force=force, fetches=fetches)
    assert isinstance(outcome, Reloaded)
    return outcome


def ids(editions: Editions) -> list[str]:
    return sorted(editions.current.articles)
