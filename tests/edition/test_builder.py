"""Editions from files and from a process of their own are those that are built in memory."""

import json
import logging
import os
import subprocess
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.arabic import Analyser
from bot.articles import BoilerplatePhrases, units
from bot.articles.corpus_files import read_chunks
from bot.articles.sources import DirectorySource
from bot.edition import (
    BuildError,
    BuildTimeoutError,
    Edition,
    EditionBuilder,
    Editions,
    EmptyCorpusError,
    build_edition,
)
from bot.edition import build_process as child_module
from bot.edition import builder as builder_module
from bot.retrieval import Passage
from bot.settings import CONFIG
from bot.storage import open_locked
from tests.edition.samples import reloaded
from tests.patience import PATIENCE
from tests.processes import leashed
from tests.retrieval.coverage import search

PHRASES = BoilerplatePhrases.read(CONFIG / "marks.toml")
ANALYSER = Analyser({"في", "من"})
QUESTION = "متى افتتحت المكتبة العامة"


def builder(cache: Path, large: int = 0) -> EditionBuilder:
    return EditionBuilder(PHRASES, ANALYSER, cache, large)


def write(corpus: Path, number: int, text: str = "افتتحت البلدية المكتبة العامة صباح الأحد. وحضر السكان.") -> None:
    record = {"id": f"article {number}", "title": f"خبر {number}", "date": "2026-03-08", "paragraphs": [text, "نص"]}
    with corpus.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(record, ensure_ascii=False) + "\n")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    file = tmp_path / "articles.jsonl"
    for number in range(5):
        write(file, number)
    with file.open("a", encoding="utf-8") as stream:
        stream.write("{broken\n")
    return file


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def stored(cache: Path) -> list[Path]:
    return sorted(cache.iterdir()) if cache.exists() else []


def found(edition: Edition) -> list[tuple[Passage, float]]:
    return [(hit.passage, hit.score) for hit in search(edition.index, ANALYSER.terms(QUESTION), 9)]


def same(one: Edition, other: Edition) -> bool:
    hits = [
        [(hit.passage, hit.score) for hit in search(edition.index, ANALYSER.terms(QUESTION), 9)]
        for edition in (one, other)
    ]
    return (
        hits[0] == hits[1]
        and dict(one.articles) == dict(other.articles)
        and (one.rejections, one.fingerprint, one.as_of, one.outlets)
        == (other.rejections, other.fingerprint, other.as_of, other.outlets)
    )


def test_a_clock_that_was_ahead_costs_no_new_edition(corpus: Path, cache: Path) -> None:
    for _ in range(2):
        builder(cache).build(corpus)
        write(corpus, len(corpus.read_bytes()))
    for file in stored(cache):
        os.utime(file, (2**32, 2**32))
    for _ in range(2):
        made = builder(cache)
        made.build(corpus)
        assert cache / f"{made.key(corpus)}.edition" in stored(cache)
        write(corpus, len(corpus.read_bytes()))
    assert len(stored(cache)) == 2


def test_a_stored_edition_is_the_one_built_in_memory(corpus: Path, cache: Path) -> None:
    expected = build_edition(PHRASES, ANALYSER, corpus)
    cold, warm = builder(cache).build(corpus), builder(cache).build(corpus)
    assert len(stored(cache)) == 1
    assert same(cold, expected)
    assert same(warm, expected)
    assert warm.built == cold.built


def test_a_small_corpus_is_built_in_memory_and_not_stored(corpus: Path, cache: Path) -> None:
    assert same(builder(cache, large=1 << 20).build(corpus), build_edition(PHRASES, ANALYSER, corpus))
    assert stored(cache) == []


def test_what_is_rejected_by_its_name_is_not_read(town: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    film = town / "film.mp4"
    film.write_bytes(b"x" * (1 << 20))
    opened: list[str] = []

    def read(place: str) -> Iterator[bytes]:
        opened.append(Path(place).name)
        return read_chunks(place)

    monkeypatch.setattr(units, "read_chunks", read)
    made = builder(cache, large=1 << 20)
    key = made.key(town)
    assert [one.path for one in made.build(town).rejections] == ["film.mp4"]
    assert stored(cache) == []
    film.write_bytes(b"y" * (1 << 20))
    assert made.key(town) == key
    film.rename(town / "show.mp4")
    assert made.key(town) != key
    assert {*opened} == {"library.md", "bridge.md"}


def test_another_content_configuration_or_name_gives_another_edition(corpus: Path, cache: Path) -> None:
    builder(cache).build(corpus)
    before = stored(cache)
    write(corpus, 9)
    builder(cache).build(corpus)
    EditionBuilder(PHRASES, Analyser({"خبر"}), cache, 0).build(corpus)
    assert len({*before, *stored(cache)}) == 3


def test_a_file_of_the_same_size_and_time_is_read_anew(corpus: Path, cache: Path) -> None:
    first = builder(cache).build(corpus)
    time_of_file = corpus.stat().st_mtime_ns
    corpus.write_bytes(corpus.read_bytes().replace("البلدية".encode(), "الوزارة".encode()))
    os.utime(corpus, ns=(time_of_file, time_of_file))
    assert builder(cache).build(corpus).fingerprint != first.fingerprint


def test_only_the_newest_editions_are_kept(corpus: Path, cache: Path) -> None:
    editions = []
    for number in range(10, 14):
        write(corpus, number)
        editions.append(builder(cache).build(corpus))
    assert len(stored(cache)) == 2
    # What was thrown away goes on serving whoever has it.
    assert [len(edition.articles) for edition in editions] == [6, 7, 8, 9]
    assert editions[0].articles["article 10"].title == "خبر 10"


@pytest.mark.parametrize("harm", [lambda data: data[:-9], lambda data: data[:200] + b"?" + data[201:], lambda _: b""])
def test_a_damaged_edition_is_built_anew(
    corpus: Path, cache: Path, harm: Callable[[bytes], bytes], caplog: pytest.LogCaptureFixture
) -> None:
    expected = builder(cache).build(corpus)
    [file] = stored(cache)
    damaged = harm(file.read_bytes())
    file.unlink()  # whoever has mapped it goes on
    file.write_bytes(damaged)
    with caplog.at_level(logging.WARNING):
        assert same(builder(cache).build(corpus), expected)
    assert "damaged" in caplog.text


def test_where_nothing_can_be_stored_the_edition_is_built_in_memory(
    corpus: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    with caplog.at_level(logging.WARNING):
        edition = builder(tmp_path / "file" / "cache").build(corpus)
    assert same(edition, build_edition(PHRASES, ANALYSER, corpus))
    assert "in memory" in caplog.text


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


def test_progress_comes_from_the_child(corpus: Path, cache: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    builder(cache).build(corpus, lambda *progress: seen.append(progress))
    assert {stage for stage, _, _ in seen} == {"reading", "indexing"}
    assert all(0 <= done <= total for _, done, total in seen)


def test_parts_that_a_killed_process_left_are_swept_away(cache: Path) -> None:
    cache.mkdir()
    gone = (f"key.edition.{os.getppid()}-0.part", "serving.arrays.1-0.part", ".x.part", "x..part")
    for part in map(cache.joinpath, gone):
        part.write_bytes(b"half")
    own = cache / "key.edition.0123456789abcdef.part"
    with open_locked(own):
        builder(cache)
        assert stored(cache) == [own]


@pytest.mark.parametrize("work", ["time.sleep(60)", "re.match('(a|a)*b', 'a' * 99)"], ids=["waiting", "computing"])
def test_the_child_ends_where_its_parent_is_killed(corpus: Path, cache: Path, tmp_path: Path, work: str) -> None:
    # A child that says who it is, and would work for a minute or for ever.
    pid = tmp_path / "pid"
    told = f"(pathlib.Path({str(pid)!r}).write_text(str(os.getpid())), {work})"
    slow = "import os, pathlib, re, time\nfrom bot.edition import build_process\n"
    slow += f"build_process.write_corpus = lambda *_, **__: {told}\n"
    parent = f"""
from pathlib import Path
from bot.edition import build_process
from tests.retrieval.coverage import search
from tests.edition.test_builder import builder
build_process._START = {slow + "build_process.main()"!r}
builder(Path({str(cache)!r})).build(Path({str(corpus)!r}))
"""
    process = subprocess.Popen(leashed("-c", parent))  # noqa: S603 - the program is written here
    until(lambda: pid.exists() and pid.read_text() != "")
    process.kill()
    process.wait()
    until(lambda: not runs(int(pid.read_text())))


def test_a_small_corpus_is_built_apart_where_others_may_not_wait(
    corpus: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = build_edition(PHRASES, ANALYSER, corpus)
    monkeypatch.setattr(builder_module, "build_edition", None)
    for _ in range(2):
        assert same(builder(cache, large=1 << 20).build_in_process(corpus), expected)
    assert len(stored(cache)) == 1


def test_the_child_gets_no_secret(corpus: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = tmp_path / "seen"
    secrets = {"DISCORD_TOKEN", "CORPUS_TOKEN", "CORPUS_URL", "AWS_SECRET_ACCESS_KEY", "DATABASE_URL", "PYTHONSTARTUP"}
    for name in secrets:
        monkeypatch.setenv(name, "secret")
    monkeypatch.setenv("LC_MESSAGES", "C")
    tell = f"import json, os; open({str(seen)!r}, 'w').write(json.dumps(dict(os.environ))); "
    monkeypatch.setattr(child_module, "_START", tell + child_module._START)
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
    with pytest.raises(BuildTimeoutError, match="not done in 1 s"):
        EditionBuilder(PHRASES, ANALYSER, cache, 0, seconds=1).build(corpus)
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


def runs(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_reload_maps_the_next_edition_and_the_old_one_serves_meanwhile(corpus: Path, cache: Path) -> None:
    editions = Editions(DirectorySource(corpus), builder(cache).build)
    editions.reload()
    before = editions.current
    write(corpus, 7)
    changes = reloaded(editions).changes
    assert [article.id for article in changes.added] == ["article 7"]
    assert (len(before.articles), len(editions.current.articles)) == (5, 6)


def test_the_old_edition_is_let_go_where_nothing_of_it_is_shown(corpus: Path, cache: Path) -> None:
    editions = Editions(DirectorySource(corpus), builder(cache).build)
    for number in (6, 7, 8):
        editions.reload()
        if number == 6:
            before = weakref.ref(editions.current.articles)
        write(corpus, number)
    assert reloaded(editions).changes.removed == ()
    # The one before is kept to go back to.
    assert before() is None
