"""A process that is killed while it lays a combination out, or copies what was gathered."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fsspec.implementations.local import LocalFileSystem

from bot.articles.sources import KeptFolder
from bot.articles.sources.address import read_address
from bot.articles.sources.combined.kept_store import KeptStore
from tests.articles.conftest import ROOT
from tests.articles.sources.conftest import LIMITS
from tests.articles.sources.serving import served
from tests.processes import leashed

from .conftest import Combining, titles, write

FETCH = """
import sys
from pathlib import Path
from tests.articles.sources.combined.conftest import Combining
cache, keep, *urls = sys.argv[1:]
Combining(Path(cache), Path(keep)).source(*urls).fetch()
"""
COPY = """
import sys
from pathlib import Path
from tests.articles.sources.combined.test_combined_killed import kept
action, local, store = sys.argv[1:]
assert getattr(kept(Path(local), Path(store)), action)()
"""
MANY = 900  # fewer than the limits allow


def kept(local: Path, store: Path) -> KeptFolder:
    """Return a folder whose store is another folder of this machine."""
    opened = LocalFileSystem(auto_mkdir=True, skip_instance_cache=True)
    return KeptFolder(local, KeptStore(read_address("s3://b/kept"), LIMITS, lambda _: (opened, str(store))))


def kill_when(has_begun: Callable[[], bool], script: str, *arguments: str) -> None:
    """Run a script and kill it in the middle."""
    with subprocess.Popen(leashed("-c", script, *arguments), cwd=ROOT) as process:  # noqa: S603
        while not has_begun() and process.poll() is None:
            time.sleep(0.002)
        process.kill()
    assert process.returncode < 0


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
    kill_when(
        lambda: any(combining.cache.glob("combined-*/.draft-*/files/*/*.md")),
        FETCH,
        *(str(combining.cache), str(combining.keep), str(town), str(other)),
    )
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
    kill_when(lambda: any((target / "additions").glob("*.md")), COPY, action, str(local), str(store))
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
