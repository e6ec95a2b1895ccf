"""The archive to publish is the same each time, and holds together."""

import hashlib
import json
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.benchmark.publish import main, published_files, write_archive, write_tables
from tests.benchmark.score import read_set


def test_the_archive_is_the_same_twice(data: Path, tmp_path: Path) -> None:
    one, other = write_archive(tmp_path / "one", data), write_archive(tmp_path / "other", data)
    assert one.name == "made-0.1.0.zip"
    assert one.read_bytes() == other.read_bytes()
    assert one.with_suffix(".zip.sha256").read_text(encoding="utf-8").split() == [
        hashlib.sha256(one.read_bytes()).hexdigest(),
        one.name,
    ]


def test_the_published_set_is_the_same_twice(tmp_path: Path) -> None:
    one, other = (write_archive(tmp_path / name) for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()


def test_what_is_unpacked_has_the_sums_it_states_and_is_scored(data: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(write_archive(tmp_path, data)).extractall(tmp_path)
    root = tmp_path / "made-0.1.0"
    stated = (line.split("  ") for line in (root / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    sums = {name: digest for digest, name in stated}
    assert sums == {
        file.relative_to(root).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in root.rglob("*")
        if file.is_file() and file.name != "SHA256SUMS"
    }
    assert {"README.md", "score.py", "croissant.json", "open/questions.jsonl", "sealed/inputs.jsonl"} <= sums.keys()
    assert len(read_set(root, "both").questions) == 32


def test_what_a_system_is_asked_says_nothing_of_answers(data: Path) -> None:
    lines = published_files(data)["open/inputs.jsonl"].decode().splitlines()
    assert json.loads(lines[0]).keys() == {"id", "question", "article_id"}
    assert len(lines) == 16


def test_the_form_of_squad_has_its_answers_at_their_places(data: Path) -> None:
    paragraphs = [
        paragraph
        for article in json.loads(published_files(data)["open/squad.json"])["data"]
        for paragraph in article["paragraphs"]
    ]
    asked = [(paragraph["context"], row) for paragraph in paragraphs for row in paragraph["qas"]]
    assert len(asked) == 14
    assert sum(row["is_impossible"] for _, row in asked) == 6
    for context, row in asked:
        for answer in row["answers"]:
            assert context[answer["answer_start"] :].startswith(answer["text"])


def test_the_metadata_name_each_file_with_its_sum(data: Path) -> None:
    files = published_files(data)
    metadata = json.loads(files["croissant.json"])
    for file in metadata["distribution"]:
        assert file["sha256"] == hashlib.sha256(files[file["contentUrl"]]).hexdigest()
    sources = {field["source"]["fileObject"]["@id"] for part in metadata["recordSet"] for field in part["field"]}
    assert sources <= {file["@id"] for file in metadata["distribution"]}


def test_tables_are_written_where_pyarrow_is_installed(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    main([str(tmp_path), str(data)], said.append)
    assert said == [f"{tmp_path / 'made-0.1.0.zip'}\n", "No tables in Parquet: pyarrow is not installed.\n"]

    def write_table(rows: list[dict[str, Any]], file: Path) -> None:
        file.write_text(str(len(rows)), encoding="utf-8")

    monkeypatch.setitem(sys.modules, "pyarrow", SimpleNamespace(Table=SimpleNamespace(from_pylist=list)))
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", SimpleNamespace(write_table=write_table))
    files = write_tables(tmp_path, data)
    assert {file.name: file.read_text(encoding="utf-8") for file in files} == {
        "articles.parquet": "2",
        "open-questions.parquet": "16",
        "sealed-questions.parquet": "16",
    }
