"""Editions from files are those that are built in memory."""

import json
import logging
import os
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.arabic import Analyser
from bot.articles import units
from bot.articles.corpus_files import read_chunks
from bot.articles.sources import DirectorySource
from bot.edition import Edition, EditionBuilder, Editions, build_edition
from bot.edition import builder as builder_module
from bot.storage import open_locked
from tests.answering.coverage import ANALYSER
from tests.edition.samples import PHRASES, builder, reloaded
from tests.retrieval.coverage import search

pytestmark = pytest.mark.usefixtures("builds_here")
QUESTION = "متى افتتحت المكتبة العامة"


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


def test_parts_that_a_killed_process_left_are_swept_away(cache: Path) -> None:
    cache.mkdir()
    gone = (f"key.edition.{os.getppid()}-0.part", "serving.arrays.1-0.part", ".x.part", "x..part")
    for part in map(cache.joinpath, gone):
        part.write_bytes(b"half")
    own = cache / "key.edition.0123456789abcdef.part"
    with open_locked(own):
        builder(cache)
        assert stored(cache) == [own]


def test_a_small_corpus_is_built_apart_where_others_may_not_wait(
    corpus: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = build_edition(PHRASES, ANALYSER, corpus)
    monkeypatch.setattr(builder_module, "build_edition", None)
    for _ in range(2):
        assert same(builder(cache, large=1 << 20).build_in_process(corpus), expected)
    assert len(stored(cache)) == 1


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
