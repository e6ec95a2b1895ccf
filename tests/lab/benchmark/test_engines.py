"""All engines find what rank-bm25 finds, each in its own formula."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.lab.benchmark.compare import compare
from bot.lab.benchmark.engines import ENGINES, OURS, STOCK, measure_engine
from bot.lab.benchmark.materials import TokenStream
from bot.lab.benchmark.measurements import EngineMeasurement, FailedError, measure

PACKAGES = {"rank-bm25-rs": "rank_bm25_rs", "bm25s": "bm25s", "bm25s + numba": "numba", "tantivy": "tantivy"}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    chance = random.Random(3)  # noqa: S311 - a sample
    vocabulary = [f"كلمة{number}" for number in range(400)]
    rows = [[vocabulary[int(400 * chance.random() ** 2)] for _ in range(30)] for _ in range(200)]
    queries = [chance.sample(sorted(set(row)), 6) for row in rows[:40]]
    folder = tmp_path_factory.mktemp("measured")
    for name, lines in (("tokens", rows), ("queries", queries)):
        (folder / name).write_text("".join(f"{' '.join(line)}\n" for line in lines), encoding="utf-8")
    return {name: folder / name for name in ("tokens", "queries")}


@pytest.fixture(scope="module")
def stock(files: dict[str, Path]) -> EngineMeasurement:
    return measure_engine(STOCK, budget=5, **files)


@pytest.mark.parametrize(
    "engine",
    [
        each if each == OURS else pytest.param(each, marks=pytest.mark.slow)
        for each in ENGINES
        if each not in {STOCK, "bm25s + numba"}
    ],
)
def test_an_engine_finds_what_stock_finds(engine: str, files: dict[str, Path], stock: EngineMeasurement) -> None:
    if engine in PACKAGES:
        pytest.importorskip(PACKAGES[engine])
    figures = _measure(engine, files)
    compared = compare(engine, 200, figures, stock)
    assert figures.queries == 40
    assert len(figures.tops) == 40
    assert figures.megabytes_stored > 0
    assert all(scores == sorted(scores, reverse=True) and len(scores) == 10 for _, scores in figures.tops)
    assert compared.shared_top is not None
    assert compared.shared_top > 0.8
    if engine == OURS:
        assert compared.equal_scores
        assert compared.largest_difference == 0
        _check_memory(figures)


@pytest.mark.slow
def test_numba_finds_what_stock_finds(files: dict[str, Path], stock: EngineMeasurement) -> None:
    pytest.importorskip("numba")
    test_an_engine_finds_what_stock_finds("bm25s + numba", files, stock)


@pytest.mark.slow
def test_a_package_that_is_not_installed_is_named(
    files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tantivy.py").write_text("raise ModuleNotFoundError(name='tantivy')", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(ImportError) as caught:
        _measure("tantivy", files)
    assert caught.value.name == "tantivy"


def test_a_process_that_fails_says_why(files: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="no-such-file"):
        _measure(OURS, files | {"tokens": tmp_path / "no-such-file"})


def test_a_stream_reads_the_passages_in_order_and_says_how_long_it_took(tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    file.write_text("a b a\n\nc a\n", encoding="utf-8")
    stream = TokenStream(file)
    rows: Iterator[list[str]] = iter(stream)
    assert list(rows) == [["a", "b", "a"], [], ["c", "a"]]
    assert stream.seconds > 0


def _measure(engine: str, files: dict[str, Path]) -> EngineMeasurement:
    return measure(measure_engine, engine, budget=5, **files)


def _check_memory(figures: EngineMeasurement) -> None:
    """Check that memory is told, where the system tells it, and is the engine's alone."""
    if figures.megabytes_imports is None or figures.megabytes_after is None or figures.megabytes_peak is None:
        return
    assert 0 <= figures.megabytes_after <= figures.megabytes_peak < figures.megabytes_imports
