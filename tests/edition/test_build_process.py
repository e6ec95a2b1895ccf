"""A process that builds an edition: what it is given, what it says, and that it ends with its build or its parent."""

import json
import subprocess
from pathlib import Path

import pytest

from bot.edition import BuildError, BuildTimeoutError, EditionBuilder, EmptyCorpusError, build_edition
from bot.edition import build_process as child_module
from bot.settings import CONFIG
from tests.answering.coverage import ANALYSER
from tests.edition.samples import PHRASES, builder
from tests.edition.test_builder import cache, corpus, same, stored, write
from tests.patience import wait_until
from tests.processes import leashed, parent_of

__all__ = ["cache", "corpus"]  # fixtures


def test_a_child_builds_what_is_built_in_memory_and_says_how_far_it_is(corpus: Path, cache: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    edition = builder(cache).build(corpus, lambda *progress: seen.append(progress))
    assert same(edition, build_edition(PHRASES, ANALYSER, corpus))
    assert {stage for stage, _, _ in seen} == {"reading", "indexing"}
    assert all(0 <= done <= total for _, done, total in seen)


def test_a_full_disk_leaves_nothing_behind(corpus: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Files of this process, and of those that it starts, may have no more bytes than these.
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); import signal; "
    limited += "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    monkeypatch.setattr(child_module, "_START", limited + child_module._START)
    assert same(builder(cache).build(corpus), build_edition(PHRASES, ANALYSER, corpus))
    assert stored(cache) == []


def test_a_corpus_without_articles_has_no_edition_and_says_why(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "articles.jsonl").write_text("{broken\n")
    with pytest.raises(EmptyCorpusError) as caught:
        builder(cache).build(tmp_path / "articles.jsonl")
    assert [(one.line, one.reason) for one in caught.value.rejections] == [(1, "bad_json")]
    assert stored(cache) == []


def test_a_child_that_dies_is_an_error_with_its_last_words(
    corpus: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child_module, "_START", "import sys; sys.exit('out of luck')")
    with pytest.raises(BuildError, match="out of luck"):
        builder(cache).build(corpus)
    monkeypatch.setattr(child_module, "_START", "import os; os.kill(os.getpid(), 9)")
    with pytest.raises(BuildError, match="-9"):
        builder(cache).build(corpus)


def test_a_child_may_say_more_than_a_pipe_holds(corpus: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talkative = "import sys; sys.stderr.write('word ' * 100_000); "
    monkeypatch.setattr(child_module, "_START", talkative + child_module._START)
    assert same(builder(cache).build(corpus), build_edition(PHRASES, ANALYSER, corpus))
    assert len(stored(cache)) == 1
    write(corpus, 9)
    monkeypatch.setattr(child_module, "_START", talkative + "sys.exit('out of luck')")
    with pytest.raises(BuildError, match=r"word out of luck$"):
        builder(cache).build(corpus)


@pytest.mark.parametrize(
    "work", [pytest.param("time.sleep(10**6)", marks=pytest.mark.slow), "re.match('(a|a)*b', 'a' * 99)"]
)
def test_the_child_ends_where_its_parent_is_killed(corpus: Path, cache: Path, tmp_path: Path, work: str) -> None:
    # A child that says who it is, and would work for ever.
    pid = tmp_path / "pid"
    told = f"(pathlib.Path({str(pid)!r}).write_text(str(os.getpid())), {work})"
    slow = "import os, pathlib, re, time\nfrom bot.edition import build_process\n"
    slow += f"build_process.write_corpus = lambda *_, **__: {told}\n"
    parent = f"""
from pathlib import Path
from bot.arabic import Analyser
from bot.articles import BoilerplatePhrases
from bot.edition import build_process
build_process._START = {slow + "build_process.main()"!r}
Path({str(cache)!r}).mkdir()
phrases = BoilerplatePhrases.read(Path({str(CONFIG / "marks.toml")!r}))
build = build_process.BuildProcess().build
build(Path({str(cache / "edition")!r}), Path({str(corpus)!r}), phrases, Analyser(), None)
"""
    with subprocess.Popen(leashed("-c", parent)) as process:  # noqa: S603 - the program is written here
        wait_until(lambda: process.poll() is not None or (pid.exists() and pid.read_text()), "a child that works")
        process.kill()
    wait_until(lambda: parent_of(int(pid.read_text())) is None, "the end of the child")


def test_the_child_gets_no_secret(corpus: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = tmp_path / "seen"
    secrets = {"DISCORD_TOKEN", "CORPUS_TOKEN", "CORPUS_URL", "AWS_SECRET_ACCESS_KEY", "DATABASE_URL", "PYTHONSTARTUP"}
    for name in secrets:
        monkeypatch.setenv(name, "secret")
    monkeypatch.setenv("LC_MESSAGES", "C")
    tell = f"import json, os; open({str(seen)!r}, 'w').write(json.dumps(dict(os.environ))); "
    monkeypatch.setattr(child_module, "_START", tell + "raise SystemExit('seen')")
    with pytest.raises(BuildError, match="seen"):
        builder(cache).build(corpus)
    given = json.loads(seen.read_text())
    assert "secret" not in given.values()
    assert given["LC_MESSAGES"] == "C"


def test_the_child_takes_no_module_from_the_working_directory(
    corpus: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "bot").mkdir(parents=True)
    for name in ("json.py", "numpy.py", "sitecustomize.py", "bot/__init__.py"):
        (elsewhere / name).write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(elsewhere)
    assert len(builder(cache).build(corpus).articles) == 5


ENDLESS = "import re, sys; sys.stdin.readline(); re.match('(a|a)*b', 'a' * 99)"
"""A child that holds the interpreter's lock for ever."""


def test_a_child_that_never_ends_is_ended(corpus: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "_START", ENDLESS)
    with pytest.raises(BuildTimeoutError, match="not done in 0 s"):
        EditionBuilder(PHRASES, ANALYSER, cache, 0, seconds=0.1).build(corpus)
    assert stored(cache) == []


def test_what_progress_raises_ends_the_child(corpus: Path, cache: Path) -> None:
    def refuse(stage: str, *_: int) -> None:
        if stage == "indexing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        builder(cache).build(corpus, refuse)
    assert stored(cache) == []


def test_a_child_is_stopped_wherever_it_is(corpus: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = 'import sys; sys.stdout.write(\'{"stage": "reading", "done": 1, "total": 9}\\n\'); sys.stdout.flush(); '
    monkeypatch.setattr(child_module, "_START", begun + ENDLESS)
    made = builder(cache)
    made.stop()  # nothing runs
    with pytest.raises(BuildError, match="-9"):
        made.build(corpus, lambda _, done, __: made.stop() if done else None)
    assert stored(cache) == []
