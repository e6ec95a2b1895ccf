"""A process that is killed while it lays a combination out, or copies what was gathered."""

import subprocess
from pathlib import Path

import pytest
from fsspec.implementations.local import LocalFileSystem

from bot.articles.combined import KeptFolder
from bot.articles.combined.kept_store import KeptStore
from bot.articles.sources.address import read_address
from tests.articles.conftest import ROOT
from tests.articles.sources.conftest import LIMITS
from tests.articles.sources.serving import served
from tests.processes import leashed

from .conftest import Combining, titles, write

# Half of what there is to do, whatever is under way at once.
DEADLY = """
import os, signal, sys
from itertools import count
from pathlib import Path
calls = count(1)

def kill_at_the_50th(module, name):
    function = getattr(module, name)
    def deadly(*arguments):
        if next(calls) == 50:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments)
    setattr(module, name, deadly)
"""
FETCH = """
from bot.articles.combined import combined_files
from tests.articles.combined.conftest import Combining
kill_at_the_50th(combined_files, "_copied")
cache, keep, *urls = sys.argv[1:]
Combining(Path(cache), Path(keep)).source(*urls).fetch()
"""
COPY = """
from fsspec.implementations.local import LocalFileSystem
from bot.articles.combined import kept_store
from tests.articles.combined.test_combined_killed import kept
action, local, store = sys.argv[1:]
kill_at_the_50th(*((LocalFileSystem, "pipe_file") if action == "push" else (kept_store, "atomic_write")))
assert getattr(kept(Path(local), Path(store)), action)()
"""
MANY = 100


def kept(local: Path, store: Path) -> KeptFolder:
    """Return a folder whose store is another folder of this machine."""
    opened = LocalFileSystem(auto_mkdir=True, skip_instance_cache=True)
    return KeptFolder(local, KeptStore(read_address("s3://b/kept"), LIMITS, lambda _: (opened, str(store))))


def killed(script: str, *arguments: str) -> None:
    """Run a script that kills itself in the middle."""
    assert subprocess.run(leashed("-c", DEADLY + script, *arguments), cwd=ROOT, check=False).returncode < 0  # noqa: S603


def files(folder: Path) -> list[str]:
    found = (file.relative_to(folder) for file in folder.rglob("*") if file.is_file() and file.suffix == ".md")
    return sorted(map(str, found))


def test_a_killed_combination_leaves_the_last_good_one(combining: Combining, tmp_path: Path) -> None:
    town, other = tmp_path / "town", tmp_path / "other"
    write(town, "library.md", "المكتبة")
    write(other, "bridge.md", "الجسر")
    before = served(combining.source(str(town), str(other)))
    for number in range(MANY):
        write(other, f"{number}.md")
    killed(FETCH, str(combining.cache), str(combining.keep), str(town), str(other))
    assert list(combining.cache.glob("combined-*/.draft-*"))
    source = combining.source(str(town), str(other))
    assert source.last_served() == before
    assert titles(before) == ["الجسر", "المكتبة"]
    assert len(titles(served(source))) == MANY + 2
    assert not list(combining.cache.glob("combined-*/.draft-*"))


@pytest.mark.slow
@pytest.mark.parametrize("action", ["push", "restore"])
def test_a_killed_copy_goes_on_where_it_was(tmp_path: Path, action: str) -> None:
    local, store = tmp_path / "local", tmp_path / "store"
    source, target = (local, store) if action == "push" else (store, local)
    for number in range(MANY):
        write(source / "additions", f"{number}.md")
    (source / "feeds").mkdir()
    (source / "feeds" / ".state.json").write_text("{}")
    killed(COPY, action, str(local), str(store))
    assert 0 < len(files(target)) < MANY
    # What tells of articles is not there before them.
    assert not (target / "feeds" / ".state.json").exists()
    folder = kept(local, store)
    assert folder.restore()
    assert folder.push()
    assert files(local) == files(store)
    assert len(files(local)) == MANY
    assert {file.stat().st_size > 0 for file in store.rglob("*.md")} == {True}
    assert (target / "feeds" / ".state.json").is_file()
