import os
from pathlib import Path

import pytest

from bot.articles.shelf import Shelf, link_key

TEXT = '---\ntitle: "خبر"\nurl: "{url}"\n---\n\nنص.\n'
LINK = "https://news.example/bridge"


@pytest.mark.parametrize(
    "same", ["http://news.example/bridge", "https://www.news.example/bridge", "https://NEWS.example/bridge/", LINK]
)
def test_a_link_is_the_same_however_it_is_written(same: str) -> None:
    assert link_key(same) == link_key(LINK)


@pytest.mark.parametrize(
    "other", ["https://news.example/Bridge", "https://news.example/bridge?id=2", "https://a.example/bridge"]
)
def test_another_link_is_another_link(other: str) -> None:
    assert link_key(other) != link_key(LINK)


@pytest.mark.parametrize("quote", ['"', "'", ""])
def test_an_article_goes_where_its_link_is(tmp_path: Path, quote: str) -> None:
    held = tmp_path / "deeper" / "held.md"
    held.parent.mkdir()
    held.write_text(f"---\ntitle: a\nurl: {quote}{LINK}{quote}\n---\n\nنص.\n", encoding="utf-8")
    assert Shelf(tmp_path).place("خبر", LINK + "/") == held


def test_else_under_its_own_name_which_no_other_link_has(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "new")
    for number in (1, 2, 3):
        link = f"{LINK}/{number}"
        path = shelf.place("خبر", link)
        assert path.name == ("خبر.md" if number == 1 else f"خبر-{number}.md")
        shelf.write(path, TEXT.format(url=link))
        assert shelf.place("سواه", link) == path
    assert shelf.place("خبر", None).name == "خبر.md"


def test_files_that_cannot_be_read_have_no_link(tmp_path: Path) -> None:
    (tmp_path / "spoilt.md").write_bytes(b"\xff\xfe\x00url: x")
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "other.txt").write_text(f"url: {LINK}", encoding="utf-8")
    assert Shelf(tmp_path).place("خبر", LINK) == tmp_path / "خبر.md"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf, path = Shelf(tmp_path), tmp_path / "خبر.md"
    shelf.write(path, "قبل\n")
    monkeypatch.setattr(os, "fsync", _disk_full)
    with pytest.raises(OSError, match="full"):
        shelf.write(path, "بعد\n")
    assert path.read_text(encoding="utf-8") == "قبل\n"
    assert list(tmp_path.iterdir()) == [path]


def _disk_full(_: int) -> None:
    raise OSError(28, "disk full")
