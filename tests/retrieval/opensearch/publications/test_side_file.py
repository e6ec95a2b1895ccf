"""Tests of side files: what they have, and that they arrive as they were cut."""

import base64
import zlib
from pathlib import Path

import numpy as np
import pytest

from bot.articles import read_rejections
from bot.retrieval.opensearch.publications import side_file
from bot.retrieval.opensearch.publications.document_numbers import number_documents
from bot.retrieval.opensearch.publications.side_file import (
    SideFile,
    SideFileCache,
    cut_file,
    join_chunks,
    write_side_file,
)
from bot.storage import DamagedFileError, TextTable, map_arrays, strip_prefix
from tests.retrieval.coverage import embedded
from tests.retrieval.opensearch.publications.editions import edition

EDITION = edition()
INDEX = embedded(EDITION)


class Chunks:
    """The chunks of a side file, as a cluster has them."""

    def __init__(self, file: Path, side: SideFile) -> None:
        self.side = side
        with file.open("rb") as stream:
            self.data = list(cut_file(stream))
        self.asked = list[int]()

    def read(self, number: int) -> str:
        self.asked.append(number)
        return self.data[number]


@pytest.fixture
def chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Chunks:
    monkeypatch.setattr(side_file, "_CHUNK", 3000)
    file = tmp_path / "whole"
    return Chunks(file, write_side_file(file, EDITION.arrays, EDITION.facts, number_documents(EDITION.arrays)))


def test_it_has_the_columns_of_articles_and_no_text(tmp_path: Path) -> None:
    write_side_file(tmp_path / "side", EDITION.arrays, EDITION.facts, number_documents(EDITION.arrays))
    arrays, facts = map_arrays(tmp_path / "side")
    assert read_rejections(facts["rejections"]) == EDITION.rejections
    assert arrays["index.firsts"].tolist() == [0, 2, 2, 3, 4]
    for name in ("days", "outlets", "languages", "digests", "places", "id_digests"):
        assert np.array_equal(arrays[f"articles.columns.{name}"], EDITION.arrays[f"articles.columns.{name}"])
    # Sections and authors keep their numbers, and nothing else.
    labels = list(TextTable.from_arrays(strip_prefix(arrays, "articles.labels")))
    assert labels == ["", "جريدة النهر", "", "ar", "جريدة الجبل", ""]
    assert "مفتوحة للجميع".encode() not in (tmp_path / "side").read_bytes()


def test_chunks_are_joined_to_the_file_that_was_cut(chunks: Chunks, tmp_path: Path) -> None:
    assert chunks.side.chunks == len(chunks.data) > 3
    joined = b"".join(join_chunks(chunks.read, chunks.side))
    assert joined == (tmp_path / "whole").read_bytes()
    assert len(joined) == chunks.side.size


@pytest.mark.parametrize("data", ["%%%", "AAAA", base64.b64encode(zlib.compress(b"another")).decode()])
def test_a_chunk_that_was_changed_is_not_taken(chunks: Chunks, tmp_path: Path, data: str) -> None:
    chunks.data[1] = data
    with pytest.raises(DamagedFileError):
        SideFileCache(tmp_path / "cache").load("one", chunks.side, chunks.read)
    assert not list((tmp_path / "cache").glob("*.side"))


def test_it_is_fetched_once(chunks: Chunks, tmp_path: Path) -> None:
    cache = SideFileCache(tmp_path / "cache")
    for _ in range(2):
        arrays, facts = cache.load("one", chunks.side, chunks.read)
        assert facts["fingerprint"] == EDITION.fingerprint
        assert arrays["index.firsts"][-1] == len(INDEX)
    assert chunks.asked == list(range(chunks.side.chunks))


def test_it_is_fetched_anew_where_the_file_was_damaged(chunks: Chunks, tmp_path: Path) -> None:
    cache = SideFileCache(tmp_path / "cache")
    cache.load("one", chunks.side, chunks.read)
    [file] = (tmp_path / "cache").glob("*.side")
    file.write_bytes(file.read_bytes()[:-1])
    assert cache.load("one", chunks.side, chunks.read)[1]["fingerprint"] == EDITION.fingerprint
    assert len(chunks.asked) == 2 * chunks.side.chunks


def test_the_three_that_were_asked_for_last_are_kept(chunks: Chunks, tmp_path: Path) -> None:
    cache = SideFileCache(tmp_path / "cache")
    for name in ("one", "two", "three", "one", "four"):
        cache.load(name, chunks.side, chunks.read)
    kept = sorted(file.name.partition("-")[0] for file in (tmp_path / "cache").glob("*.side"))
    assert kept == ["four", "one", "three"]


def test_what_a_killed_process_left_is_removed(chunks: Chunks, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / ".0.part").write_bytes(b"half")
    SideFileCache(tmp_path / "cache").load("one", chunks.side, chunks.read)
    assert not list((tmp_path / "cache").glob(".*.part"))
