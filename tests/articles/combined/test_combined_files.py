"""The files of several sources in one folder: every one of them once, whatever their names, and never a stale one."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Origin, Origins
from bot.articles.combined.combined_files import digest_of, lay_out, part_files, plan_files
from tests.examples import examples

from .conftest import Combining, articles, write

NAMES = st.sampled_from(["a", "b", "sub/a", "sub/deep/b", "خبر", "a b", "+additions"])
PARTS = st.lists(st.dictionaries(NAMES, st.sampled_from("xyz"), min_size=1, max_size=5), min_size=1, max_size=4)


@examples(40)
@given(parts=PARTS, added=st.dictionaries(NAMES, st.sampled_from("xyz"), max_size=3), data=st.data())
def test_a_combination_of_any_parts_holds_every_article_once(
    tmp_path_factory: pytest.TempPathFactory,
    parts: list[dict[str, str]],
    added: dict[str, str],
    data: st.DataObject,
) -> None:
    home = tmp_path_factory.mktemp("parts")
    combining = Combining(home / "cache", home / "kept")
    folders = [home / f"part{number}" for number in range(len(parts))]

    def write_all() -> list[str]:
        for folder, names in (*zip(folders, parts, strict=True), (combining.kept.additions, added)):
            for name, word in names.items():
                write(folder, f"{name}.md", f"{folder.name} {name} {word}")
        every = (*zip(folders, parts, strict=True), (combining.kept.additions, added))
        return sorted(f"{folder.name} {name} {word}" for folder, names in every for name, word in names.items())

    for _ in range(2):
        expected = write_all()
        fetched = combining.source(*map(str, folders)).fetch()
        found = articles(fetched)
        assert sorted(article.title for article in found.values()) == expected
        assert combining.source(*map(str, folders)).fetch() == fetched
        part = data.draw(st.sampled_from(parts))
        part[data.draw(NAMES)] = data.draw(st.sampled_from("xyz"))


def planned(path: Path, origin: Origin, *, is_edited: bool = True) -> tuple[list[str], list[str]]:
    unreadable = list[str]()
    files = plan_files(origin, part_files(path, unreadable), unreadable, is_edited=is_edited)
    return [file.name for file in files], unreadable


def test_a_pipe_that_poses_as_an_article_is_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, "a.md")
    os.mkfifo(tmp_path / "pipe.md")
    assert planned(tmp_path, Origin("x")) == (["x/a.md"], ["pipe.md"])


def test_a_single_file_has_its_golden_questions_beside_it(tmp_path: Path) -> None:
    for name in ("a.jsonl", "questions.yaml", "other.md"):
        (tmp_path / name).write_text("x")
    assert planned(tmp_path / "a.jsonl", Origin()) == (["a.jsonl", "questions.yaml"], [])
    assert planned(tmp_path / "other.md", Origin("x")) == (["x/other.md"], [])


def test_a_file_that_changes_meanwhile_is_named_by_what_was_copied(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    file = write(source, "a.md")
    gone = write(source, "b.md")
    unreadable = list[str]()
    plan = list(plan_files(Origin(), part_files(source, unreadable), unreadable, is_edited=True))
    file.write_text("changed", encoding="utf-8")
    gone.unlink()
    laid_out = lay_out(target, [Origin()], plan, {}, target)
    assert [entry.name for entry in laid_out] == ["a.md"]
    assert digest_of([Origin()], laid_out) != digest_of([Origin()], plan)
    assert (target / "a.md").read_text(encoding="utf-8") == "changed"
    assert Origins.read(target).of("a.md") == Origin()


def test_where_links_cannot_be_made_files_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    source, target = tmp_path / "source", tmp_path / "target"
    write(source, "a.md")
    unreadable = list[str]()
    plan = list(plan_files(Origin("x"), part_files(source, unreadable), unreadable, is_edited=False))
    assert lay_out(target, [Origin("x")], plan, {}, target) == plan
    assert (target / "x" / "a.md").read_bytes() == (source / "a.md").read_bytes()


@pytest.mark.parametrize("known", [{}, {"a.md": "another"}])
def test_what_is_linked_to_an_earlier_state_is_the_same(tmp_path: Path, known: Mapping[str, str]) -> None:
    source, before, target = tmp_path / "source", tmp_path / "before", tmp_path / "target"
    write(source, "a.md", "جديد")
    write(before, "a.md", "قديم")
    unreadable = list[str]()
    plan = list(plan_files(Origin(), part_files(source, unreadable), unreadable, is_edited=True))
    lay_out(target, [Origin()], plan, known, before)
    assert "جديد" in (target / "a.md").read_text(encoding="utf-8")
