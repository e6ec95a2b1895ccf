import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Article, Paragraph, read_corpus
from bot.articles.html import ExtractionReport
from bot.articles.importing import AddedArticles, ImportedArticle
from bot.articles.readers import write_markdown
from tests.articles.conftest import PHRASES
from tests.chat.hostile_text import PIECES
from tests.examples import examples


def imported(title: str, text: str = "افتتح المجلس السوق القديم صباح السبت.") -> ImportedArticle:
    article = Article("x", title, (Paragraph(text),))
    return ImportedArticle(article, write_markdown(article), ExtractionReport(), ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "additions"


@pytest.fixture
def added(folder: Path) -> AddedArticles:
    return AddedArticles(folder, PHRASES)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def titles(added: AddedArticles) -> list[str]:
    return [one.article.title for one in added.list_newest()]


def test_without_a_folder_nothing_was_added(added: AddedArticles, folder: Path) -> None:
    assert added.list_newest() == []
    assert added.unsettled() == []
    assert added.find("السوق") is None
    assert not folder.exists()


def test_the_newest_comes_first_and_each_has_a_name_of_its_own(added: AddedArticles, folder: Path) -> None:
    for number, title in enumerate(("السوق", "الجسر", "السوق")):
        one = added.add(imported(title, f"نصّ رقم {number}."))
        added.settle(one.key)
        os.utime(folder / f"{one.key}.md", (1000 + number, 1000 + number))
    assert names(folder) == ["الجسر.md", "السوق-2.md", "السوق.md"]
    assert [one.key for one in added.list_newest()] == ["السوق-2", "الجسر", "السوق"]
    found = added.find("السوق")
    assert found is not None
    assert found.key == "السوق"


def test_what_is_added_is_read_by_a_corpus_and_its_mark_is_not(added: AddedArticles, folder: Path) -> None:
    one = added.add(imported("السوق"))
    assert names(folder) == [".السوق.adding", "السوق.md"]
    corpus = read_corpus(folder, PHRASES)
    assert [article.title for article in corpus.articles] == ["السوق"]
    assert corpus.rejections == ()
    assert [begun.key for begun in added.unsettled()] == [one.key]
    added.settle(one.key)
    assert names(folder) == ["السوق.md"]
    assert added.unsettled() == []


def test_an_addition_is_taken_back_and_only_while_it_is_not_settled(added: AddedArticles, folder: Path) -> None:
    one = added.add(imported("السوق"))
    added.undo(one.key)
    assert names(folder) == []
    one = added.add(imported("السوق"))
    added.settle(one.key)
    added.undo(one.key)
    assert names(folder) == ["السوق.md"]


def test_a_correction_takes_the_place_of_the_text_until_it_is_taken_back(added: AddedArticles, folder: Path) -> None:
    key = added.add(imported("السوق")).key
    added.settle(key)
    before = (folder / f"{key}.md").read_bytes()
    assert added.correct(key, imported("السوق الجديد")).is_corrected
    assert titles(added) == ["السوق الجديد"]
    [begun] = added.unsettled()
    assert (begun.key, begun.is_corrected) == (key, True)
    added.undo(key)
    assert (folder / f"{key}.md").read_bytes() == before
    assert names(folder) == ["السوق.md"]
    added.correct(key, imported("السوق الجديد"))
    added.settle(key)
    added.undo(key)
    assert titles(added) == ["السوق الجديد"]
    assert names(folder) == ["السوق.md"]


def test_a_mark_without_a_file_is_what_a_kill_left_before_it(added: AddedArticles, folder: Path) -> None:
    folder.mkdir()
    (folder / ".السوق.adding").touch()
    assert added.unsettled() == []
    assert names(folder) == []


def test_a_title_that_is_the_name_of_a_companion_is_read_all_the_same(added: AddedArticles, folder: Path) -> None:
    added.add(imported("README"))
    assert [article.title for article in read_corpus(folder, PHRASES).articles] == ["README"]


def test_a_file_that_changes_is_read_again(added: AddedArticles, folder: Path) -> None:
    one = added.add(imported("السوق"))
    assert titles(added) == ["السوق"]
    (folder / f"{one.key}.md").write_text(imported("السوق الجديد").text, encoding="utf-8")
    assert titles(added) == ["السوق الجديد"]
    (folder / f"{one.key}.md").write_text("---\n", encoding="utf-8")
    assert titles(added) == []


def test_a_full_disk_leaves_no_mark(added: AddedArticles, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bot.articles.importing.additions.atomic_write", fail)
    with pytest.raises(OSError, match="No space"):
        added.add(imported("السوق"))
    assert names(folder) == []


def test_each_change_that_is_settled_or_undone_is_copied(folder: Path) -> None:
    copied: list[list[str]] = []
    note: Callable[[], None] = lambda: copied.append(names(folder))  # noqa: E731 (it needs its type)
    added = AddedArticles(folder, PHRASES, note)
    added.settle(added.add(imported("السوق")).key)
    added.undo(added.add(imported("الجسر")).key)
    assert copied == [["السوق.md"], ["السوق.md"]]


@examples(150)
@given(title=st.lists(st.sampled_from([*PIECES, "../", "/etc/passwd", "\0", ".", "\\", "con", "ع" * 300]), max_size=8))
def test_no_title_leads_out_of_the_folder(tmp_path_factory: pytest.TempPathFactory, title: list[str]) -> None:
    folder = tmp_path_factory.mktemp("kept") / "additions"
    added = AddedArticles(folder, PHRASES)
    one = added.add(imported("".join(title) or "خبر"))
    assert sorted(path.name for path in folder.parent.rglob("*")) == sorted(
        ["additions", f".{one.key}.adding", f"{one.key}.md"]
    )
    # A choice of Discord's holds a hundred characters.
    assert len(one.key) <= 80
    assert not one.key.startswith(".")
