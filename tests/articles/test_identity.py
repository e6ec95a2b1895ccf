import json
import unicodedata
from pathlib import Path

import pytest

from bot.articles import RejectionReason

from .conftest import Reading, Write

RECORD: dict[str, object] = {"title": "سوق الزهور", "paragraphs": ["فتحت السوق أبوابها مع أول ضوء."]}


def identify(read: Reading, path: Path, **extra: object) -> str:
    path.write_text(json.dumps(RECORD | extra), encoding="utf-8")
    return read.article(path).id


def test_an_id_survives_a_change_of_text(write: Write, read: Reading, tmp_path: Path) -> None:
    write("2024/قصة.txt", "عنوان\nنص أول.")
    before = read.corpus(tmp_path).articles[0].id
    write("2024/قصة.txt", "عنوان آخر\nنص ثان.")
    assert read.corpus(tmp_path).articles[0].id == before == "2024/قصة"


def test_an_id_does_not_depend_on_the_file_system(write: Write, read: Reading, tmp_path: Path) -> None:
    write(unicodedata.normalize("NFD", "café.أ.txt"), "عنوان\nنص.")
    assert read.corpus(tmp_path).articles[0].id == unicodedata.normalize("NFC", "café.أ")


@pytest.mark.parametrize(("given", "wanted"), [("a-1", "a-1"), (17, "17"), (" a\u202e b ", "a b")])
def test_a_record_keeps_its_id(tmp_path: Path, read: Reading, given: object, wanted: str) -> None:
    assert identify(read, tmp_path / "a.jsonl", id=given) == wanted


@pytest.mark.parametrize("given", [True, 1.5, "", "\u200f", [], {}, "x" * 201])
def test_an_id_of_the_wrong_kind_is_a_bad_field(write: Write, read: Reading, given: object) -> None:
    rejection = read.rejection(write("a.jsonl", json.dumps(RECORD | {"id": given})))
    assert (rejection.reason, rejection.detail, rejection.line) == (RejectionReason.BAD_FIELD, "id", 1)


def test_a_record_without_id_is_known_by_its_link(tmp_path: Path, read: Reading) -> None:
    path = tmp_path / "a.jsonl"
    first = identify(read, path, url="https://a.example/1")
    assert first == identify(read, path, url="https://a.example/1", title="عنوان جديد")
    assert first != identify(read, path, url="https://a.example/2")


def test_a_record_without_link_is_known_by_title_and_date(tmp_path: Path, read: Reading) -> None:
    path = tmp_path / "a.jsonl"
    first = identify(read, path, date="2024-03-01")
    assert first == identify(read, path, date="2024-03-01", paragraphs=["نص آخر."])
    assert first != identify(read, path, date="2024-03-02")


def test_a_second_article_with_the_same_id_is_rejected(write: Write, read: Reading, tmp_path: Path) -> None:
    write("a.jsonl", "\n".join(json.dumps(RECORD | {"id": given}) for given in ["7", 7, 8]))
    write("b.txt", "عنوان\nنص.")
    write("b.md", "---\ntitle: عنوان\n---\nنص.")
    corpus = read.corpus(tmp_path)
    assert [article.id for article in corpus.articles] == ["7", "8", "b"]
    assert [(found.path, found.line, found.detail, found.reason) for found in corpus.rejections] == [
        ("a.jsonl", 2, "7", RejectionReason.DUPLICATE_ID),
        ("b.txt", None, "b", RejectionReason.DUPLICATE_ID),
    ]
