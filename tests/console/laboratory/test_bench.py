"""`bench` as those who work on the bot use it, at sizes that take seconds."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.console.command_line import ARABIC, CommandLine
from tests.console.conftest import Write

PEERS = {"rank-bm25-rs": "rank_bm25_rs", "bm25s": "bm25s", "bm25s + numba": "bm25s", "tantivy": "tantivy"}


@pytest.fixture
def without_peers(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the processes that measure find no package of the extra `bench`, wherever these tests run."""
    for name in set(PEERS.values()):
        directory = write(f"hidden/{name}.py", f"raise ModuleNotFoundError(name={name!r})").parent
    monkeypatch.setenv("PYTHONPATH", str(directory))


@pytest.mark.slow
@pytest.mark.usefixtures("without_peers")
def test_a_record_has_figures_ratios_and_what_was_skipped(isnad: CommandLine, coverage: Path, write: Write) -> None:
    questions = write("questions.txt", "متى افتتحت البلدية المكتبة العامة؟\nكم كتابا تضم المكتبة؟\n" * 5)
    arguments = ("--corpus", str(coverage), "--questions", str(questions))
    done = isnad("bench", "--passages", "50", "30", "--json", *arguments)
    assert (done.code, done.err) == (0, "")
    record: dict[str, Any] = json.loads(done.out)
    assert list(record) == ["machine", "corpus", "sizes", "engines", "answers", "skipped"]
    assert list(record["machine"]) == ["processor", "cores", "gigabytes", "system", "versions", "measured"]
    assert {"isnad", "Python", "numpy", "rank-bm25"} <= record["machine"]["versions"].keys()
    assert [size["passages"] for size in record["sizes"]] == [30, 50]
    measured = [(row["passages"], row["engine"]) for row in record["engines"]]
    assert measured == [(n, engine) for n in (30, 50) for engine in ("rank-bm25", "isnad", "SQLite FTS5")]
    skipped = [(row["passages"], row["name"], row["missing"]) for row in record["skipped"]]
    assert skipped == [(n, name, package) for n in (30, 50) for name, package in PEERS.items()]
    _check_engines(record["engines"])
    _check_answers(record["answers"])


def _check_engines(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        assert list(row) == [
            *("engine", "passages", "queries", "build_seconds", "microseconds_p50", "microseconds_p99"),
            *("megabytes_imports", "megabytes_after", "megabytes_peak", "megabytes_stored", "ratios", "shared_top"),
            *("equal_scores", "largest_difference"),
        ]
        assert row["queries"] == 1000
        assert 0 < row["microseconds_p50"] <= row["microseconds_p99"]
        assert row["ratios"]["microseconds_p50"] > 0
        assert row["megabytes_stored"] > 0
        assert row["shared_top"] > 0.5
        if row["engine"] != "SQLite FTS5":
            assert row["equal_scores"]
            assert row["largest_difference"] == 0


def _check_answers(rows: list[dict[str, Any]]) -> None:
    assert [row["passages"] for row in rows] == [30, 50]
    for row in rows:
        assert row["questions"] == row["answered"] == 10
        assert 0 < row["milliseconds_p50"] <= row["milliseconds_p99"] <= row["milliseconds_max"]
        assert 0 < row["lists_seconds"] < row["cold_seconds"] + row["warm_seconds"]
        assert row["cold_seconds"] > 0
        assert row["words_per_second"] > row["passages_per_second"] > 0


@pytest.mark.slow
@pytest.mark.usefixtures("without_peers")
def test_tables_name_what_was_skipped_and_the_plot_is_drawn(isnad: CommandLine, directory: Path) -> None:
    picture = directory / "bench.svg"
    done = isnad("bench", "--passages", "40", "--plot", str(picture))
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    for name, package in PEERS.items():
        assert any(line.startswith(name) and ARABIC("bench.missing", package=package) in line for line in lines)
    engines = [line for line in lines if line.startswith(("rank-bm25  ", "isnad  ", "SQLite"))]
    assert [len(line.split()[-12:]) for line in engines] == [12, 12, 12]
    assert len({len(line) for line in engines}) == 1
    assert max(map(len, engines)) <= 120
    assert ARABIC("bench.scores_equal") in lines
    assert ARABIC("bench.synthetic") in lines
    answers = next(line.split() for line in lines if line.startswith("40 "))
    assert answers[5] == "500"
    assert ARABIC("bench.plot", file=picture) in lines
    drawn = ET.fromstring(picture.read_text(encoding="utf-8"))  # noqa: S314 - our own
    assert len(list(drawn.iter("{http://www.w3.org/2000/svg}polyline"))) == 3


def test_a_corpus_that_cannot_be_read_is_refused(isnad: CommandLine, directory: Path) -> None:
    done = isnad("bench", "--passages", "50", "--corpus", str(directory / "none"))
    assert done.code == 2
    assert ARABIC("console.empty_corpus", path=directory / "none") in done.err
    assert not done.out


def test_a_file_without_questions_is_refused(isnad: CommandLine, write: Write) -> None:
    file = write("empty.txt", "\n")
    done = isnad("bench", "--questions", str(file))
    assert done.code == 2
    assert ARABIC("bench.no_questions", file=file) in done.err
    assert isnad("bench", "--questions", f"{file}.none").code == 2


def test_a_corpus_of_too_few_words_is_refused(isnad: CommandLine, write: Write) -> None:
    article = {"id": "a", "title": "عنوان", "paragraphs": ["مرحبا"]}
    file = write("short.jsonl", json.dumps(article))
    done = isnad("bench", "--passages", "20", "--corpus", str(file))
    # Stretching makes passages of one word longer, but not richer.
    assert done.code == 2
    assert ARABIC("bench.too_short", length=6) in done.err
