"""What was gathered outlives a disk that is thrown away, and nothing that was deleted comes back."""

import shutil
from dataclasses import replace
from pathlib import Path
from threading import Event, Timer
from typing import Any

import pytest
from fsspec.implementations.memory import MemoryFileSystem
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.combined import KeptFolder, kept_folder
from bot.articles.combined.kept_store import KeptStore
from bot.articles.sources import SourceError
from bot.articles.sources.address import read_address
from bot.articles.sources.limits import FetchLimits
from tests.articles.sources.conftest import LIMITS
from tests.examples import examples
from tests.patience import PATIENCE

ROOT = "/kept-bucket/news"


class Faulty(MemoryFileSystem):  # type: ignore[misc]
    """A store in memory that can be away, and counts what it is told to do."""

    cachable = False
    store: dict[str, Any] = {}  # noqa: RUF012 (its own, not that of all stores in memory)
    pseudo_dirs = [""]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self.store, self.pseudo_dirs = {}, [""]
        self.away: Exception | None = None
        self.fails_after = 10**6
        self.told: list[str] = []

    def find(self, path: str, **options: Any) -> Any:
        self._note(f"find {path}")
        return super().find(path, **options)

    def cat_file(self, path: str, **options: Any) -> Any:
        self._note(f"get {path}")
        return super().cat_file(path, **options)

    def pipe_file(self, path: str, value: bytes, **options: Any) -> None:
        self._note(f"put {path}")
        super().pipe_file(path, value, **options)

    def rm_file(self, path: str) -> None:
        self._note(f"delete {path}")
        super().rm_file(path)

    def _note(self, what: str) -> None:
        if self.away is not None or len(self.told) >= self.fails_after:
            raise self.away or ConnectionError("cut")
        self.told.append(what)

    def names(self) -> list[str]:
        return sorted(name.removeprefix(f"{ROOT}/") for name in self.store)


@pytest.fixture
def remote() -> Faulty:
    return Faulty()


def kept(remote: Faulty, local: Path, limits: FetchLimits = LIMITS) -> KeptFolder:
    """Return the folder as a process has it after a restart."""
    return KeptFolder(local, KeptStore(read_address("s3://kept-bucket/news"), limits, lambda _: (remote, ROOT)))


def pushed(remote: Faulty, local: Path, *names: str) -> KeptFolder:
    """Return the folder with some additions, all of which the store has."""
    folder = kept(remote, local)
    for name in names:
        write(folder.additions, name)
    assert folder.push()
    return folder


def problem(folder: KeptFolder) -> SourceError:
    assert folder.problem is not None
    return folder.problem


def write(folder: Path, name: str, text: str = "x") -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def files(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in folder.rglob("*")
        if file.is_file() and file.name != ".stored.json"
    }


def test_without_a_store_nothing_is_copied(tmp_path: Path) -> None:
    folder = kept_folder(None, tmp_path, LIMITS)
    assert (folder.restore(), folder.push(), folder.problem, folder.is_remote) == (True, True, None, False)
    assert folder.additions == tmp_path / "kept" / "additions"
    assert not list(tmp_path.iterdir())
    assert kept_folder(str(tmp_path / "own"), tmp_path, LIMITS).additions == tmp_path / "own" / "additions"
    assert kept_folder("s3://b/c", tmp_path, LIMITS).shown == "s3://b/c"


def test_what_was_gathered_comes_back_after_the_disk_was_thrown_away(remote: Faulty, tmp_path: Path) -> None:
    local = tmp_path / "kept"
    folder = kept(remote, local)
    write(folder.additions, "a.md", "مضافة")
    write(folder.feed("news"), "b.md")
    write(folder.feed("news"), ".state.json", "{}")
    assert folder.push()
    before = files(local)
    assert remote.names() == sorted(before)
    shutil.rmtree(local)
    again = kept(remote, local)
    assert again.restore()
    assert files(local) == before
    remote.told.clear()
    assert again.push()
    assert remote.told == []


def test_only_what_changed_is_copied(remote: Faulty, tmp_path: Path) -> None:
    folder = pushed(remote, tmp_path, "a.md", "b.md")
    write(folder.additions, "b.md", "changed")
    (folder.additions / "a.md").unlink()
    remote.told.clear()
    assert folder.push()
    assert remote.told == [f"put {ROOT}/additions/b.md", f"delete {ROOT}/additions/a.md"]
    assert remote.names() == ["additions/b.md"]
    remote.told.clear()
    write(folder.additions, "b.md", "changes")  # as long as it was before
    assert folder.push()
    assert folder.push()
    assert remote.told == [f"put {ROOT}/additions/b.md"]


def test_articles_are_there_before_the_notes_about_them(remote: Faulty, tmp_path: Path) -> None:
    folder = kept(remote, tmp_path)
    names = [f"feeds/f/{number:02}.md" for number in range(30)]
    for name in ("feeds/f/.state.json", *names):
        write(tmp_path, name)
    folder.push()
    put = [what.removeprefix(f"put {ROOT}/") for what in remote.told if what.startswith("put")]
    assert (sorted(put[:-1]), put[-1]) == (names, "feeds/f/.state.json")
    shutil.rmtree(tmp_path)
    kept(remote, tmp_path).restore()
    assert remote.told[-1] == f"get {ROOT}/feeds/f/.state.json"


def test_drafts_and_locks_stay_here(remote: Faulty, tmp_path: Path) -> None:
    pushed(remote, tmp_path, "a.md", ".0123.part", "feed.lock")
    assert remote.names() == ["additions/a.md"]


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (PermissionError("no"), "source.forbidden"),
        (RuntimeError("its own words, which may hold a secret"), "source.store"),
        (ImportError("s3fs"), "source.no_store"),
    ],
)
def test_a_store_that_is_away_is_told_and_tried_again(
    remote: Faulty, tmp_path: Path, error: Exception, key: str
) -> None:
    folder = kept(remote, tmp_path)
    write(folder.additions, "a.md")
    remote.away = error
    assert not folder.push()
    assert problem(folder).key == key
    assert "secret" not in str(problem(folder))
    remote.away = None
    assert folder.push()
    assert (folder.problem, remote.names()) == (None, ["additions/a.md"])


def test_what_was_deleted_while_the_store_was_away_does_not_come_back(remote: Faulty, tmp_path: Path) -> None:
    folder = pushed(remote, tmp_path, "a.md")
    (folder.additions / "a.md").unlink()
    remote.away = ConnectionError()
    assert not folder.push()
    remote.away = None
    again = kept(remote, tmp_path)
    assert again.restore()
    assert files(tmp_path) == {}
    assert again.push()
    assert remote.names() == []


def test_a_file_that_the_disk_lost_comes_back(remote: Faulty, tmp_path: Path) -> None:
    folder = pushed(remote, tmp_path, "a.md", "b.md")
    (folder.additions / "a.md").unlink()
    assert kept(remote, tmp_path).restore()
    assert sorted(files(tmp_path)) == ["additions/a.md", "additions/b.md"]


def test_a_restore_that_is_cut_off_goes_on_where_it_was(remote: Faulty, tmp_path: Path) -> None:
    pushed(remote, tmp_path / "first", *(f"{number}.md" for number in range(40)))
    remote.told.clear()
    remote.fails_after = 25
    local = tmp_path / "second"
    again = kept(remote, local)
    assert not again.restore()
    here = set(files(local))
    assert 0 < len(here) < 40
    remote.told.clear()
    remote.fails_after = 10**6
    # What is pushed before all is here deletes nothing there.
    write(again.additions, "new.md")
    assert again.push()
    assert not here & {what.removeprefix(f"get {ROOT}/") for what in remote.told}
    assert len(files(local)) == len(remote.names()) == 41


def test_a_store_has_limits(remote: Faulty, tmp_path: Path) -> None:
    pushed(remote, tmp_path / "first", "0.md", "1.md", "2.md")
    for limits, key in ((replace(LIMITS, files=2), "too_many_files"), (replace(LIMITS, seconds=0), "timeout")):
        again = kept(remote, tmp_path / key, limits)
        assert not again.restore()
        assert problem(again).key == f"source.{key}"


def test_a_key_that_leads_out_is_not_written(remote: Faulty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "find", lambda *_, **__: [f"{ROOT}/../../x.md"])
    monkeypatch.setattr(remote, "cat_file", lambda *_, **__: b"x")
    folder = kept(remote, tmp_path / "a" / "b")
    assert not folder.restore()
    assert problem(folder).key == "source.unsafe_name"
    assert not list(tmp_path.rglob("*.md"))


def test_stores_differ_in_how_they_delete_and_list_folders(
    remote: Faulty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str) -> None:
        raise NotImplementedError(path)

    folder = pushed(remote, tmp_path, "a.md", "b.md")
    find = remote.find
    monkeypatch.setattr(remote, "find", lambda root: [*find(root), root, f"{root}/", f"{root}/additions/"])
    monkeypatch.setattr(remote, "rm_file", refuse)
    monkeypatch.setattr(remote, "rm", remote.store.pop)
    (folder.additions / "a.md").unlink()
    assert folder.push()
    assert "additions/a.md" not in remote.names()
    again = kept(remote, tmp_path / "again")
    assert again.restore()
    assert files(again.local) == {"additions/b.md": "x"}


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.sampled_from("abcd"), st.text("xy", max_size=2)),
        st.tuples(st.just("delete"), st.sampled_from("abcd"), st.just("")),
        st.tuples(st.sampled_from(["push", "restart", "lose"]), st.just(""), st.just("")),
        st.tuples(st.sampled_from(["away", "back"]), st.just(""), st.just("")),
    ),
    max_size=25,
)


@examples(60)
@given(STEPS)
def test_the_store_always_has_what_was_pushed_last(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, str]]
) -> None:
    """Each push leaves the store with what is here."""
    local, remote = tmp_path_factory.mktemp("kept"), Faulty()
    folder, pushed = kept(remote, local), dict[str, str]()
    folder.restore()
    for step, name, text in steps:
        match step:
            case "write":
                write(local, f"additions/{name}.md", text)
            case "delete":
                (local / f"additions/{name}.md").unlink(missing_ok=True)
            case "push" if folder.push():
                pushed = files(local)
            case "away":
                remote.away = ConnectionError()
            case "back":
                remote.away = None
            case "restart" if folder.push():
                pushed, folder = files(local), kept(remote, local)
            case "lose" if remote.away is None:
                shutil.rmtree(local)
                folder = kept(remote, local)
                assert folder.restore()
                assert files(local) == pushed
    remote.away = None
    assert folder.push()
    here = files(local)
    assert {name: remote.cat_file(f"{ROOT}/{name}").decode() for name in remote.names()} == here


def test_what_arrived_though_its_upload_failed_does_not_outlive_its_deletion(
    remote: Faulty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def arrive_unconfirmed(path: str, value: bytes, **_: object) -> None:
        MemoryFileSystem.pipe_file(remote, path, value)
        raise ConnectionError(path)

    folder = kept(remote, tmp_path / "first")
    write(folder.additions, "a.md")
    with monkeypatch.context() as patch:
        patch.setattr(remote, "pipe_file", arrive_unconfirmed)
        assert not folder.push()
    assert remote.names() == ["additions/a.md"]
    (folder.additions / "a.md").unlink()
    assert folder.push()
    assert remote.names() == []


def test_nothing_goes_on_when_a_push_has_failed(
    remote: Faulty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is on its way when another upload fails has ended when the failure is told."""
    begun, failed, ended = Event(), Event(), Event()

    def pipe(path: str, value: bytes, **_: object) -> None:
        if path.endswith("slow.md"):
            begun.set()
            failed.wait(PATIENCE)
            MemoryFileSystem.pipe_file(remote, path, value)
            ended.set()
            return
        begun.wait(PATIENCE)
        Timer(0.1, failed.set).start()
        raise ConnectionError(path)

    folder = kept(remote, tmp_path / "first", replace(LIMITS, seconds=PATIENCE, silence=PATIENCE))
    for name in ("slow.md", "broken.md"):
        write(folder.additions, name)
    monkeypatch.setattr(remote, "pipe_file", pipe)
    assert not folder.push()
    assert ended.is_set()
