"""What outlasts a restart, and an update of the program, of one bot by itself and of bots on a cluster."""

from abc import ABC, abstractmethod
from pathlib import Path

import pytest

from bot.arabic import Analyser
from bot.articles import ProgressCallback
from bot.articles.sources import DirectorySource, Fetched, Source, Version
from bot.edition import Editions, EmptyCorpusError, GateError, HeldBack, Reloaded, Resumed, Unchanged
from tests.answering.coverage import ANALYSER
from tests.edition.memory_publications import MemoryPublications, started_member
from tests.edition.samples import BRIDGE, MUSEUM, PlayedSource, bring, ids, reloaded, started, write, write_lines

pytestmark = pytest.mark.usefixtures("builds_here")
TWO, THREE = ["bridge", "library"], ["bridge", "library", "museum"]


class Host(ABC):
    """Where processes of the bot run one after the other."""

    @abstractmethod
    def start(self, source: Source) -> Editions:
        """Start a process."""

    @abstractmethod
    def update(self) -> None:
        """Bring the program to another version, which cannot read the editions of the one before."""


class Machine(Host):
    """A bot by itself, with a folder of editions; corpora from `large` bytes on are built into files."""

    def __init__(self, folder: Path, large: int = 1 << 20) -> None:
        self._folder, self._large, self._analyser = folder, large, ANALYSER

    def start(self, source: Source) -> Editions:
        return started(source, self._folder, self._analyser, self._large)

    def update(self) -> None:
        self._analyser = Analyser({*ANALYSER.stop_words, "كلمة"})


class OnCluster(Host):
    """Bots that keep nothing by themselves."""

    def __init__(self) -> None:
        self._cluster = MemoryPublications()

    def start(self, source: Source) -> Editions:
        return started_member(self._cluster, source)

    def update(self) -> None:
        self._cluster = MemoryPublications(other_versions=self._cluster.kept())


@pytest.fixture(params=["in memory", "in a file", "on a cluster"])
def host(request: pytest.FixtureRequest, tmp_path: Path) -> Host:
    cache = tmp_path / "cache"
    return {"in memory": Machine(cache), "in a file": Machine(cache, 0), "on a cluster": OnCluster()}[request.param]


class Versions(PlayedSource):
    """A source that keeps every version in a folder of its own, and knows which of them served."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder

    def fetch(self, progress: ProgressCallback = lambda *_: None, *, force: bool = False) -> Fetched:
        self.path = self.folder / self.version
        return super().fetch(progress, force=force)

    def last_served(self) -> Fetched | None:
        return Fetched(self.folder / str(self.served.revision), self.served) if self.served else None


def test_what_served_serves_again_before_a_far_source_is_asked(host: Host, source: PlayedSource) -> None:
    serving = host.start(source).current
    source.away = True
    again = host.start(source)
    assert isinstance(again.last, Resumed)
    assert dict(again.current.articles) == dict(serving.articles)
    assert (again.current.fingerprint, again.needs_fetch, again.source_error) == (serving.fingerprint, True, None)
    bring(source)
    source.away = False
    assert [article.id for article in reloaded(again).changes.added] == ["museum"]
    assert not again.needs_fetch
    again.rollback("عمر")
    assert ids(again) == TWO


def test_a_near_source_is_read_behind_what_served_before(host: Host, town: Path) -> None:
    source = DirectorySource(town)
    host.start(source)
    again = host.start(source)
    assert (isinstance(again.last, Resumed), again.needs_fetch) == (True, True)
    assert isinstance(again.reload(), Unchanged)
    write(town, "museum.md", MUSEUM)
    later = host.start(source)
    assert ids(later) == TWO
    later.reload()
    assert ids(later) == THREE


@pytest.mark.parametrize("is_local", [True, False])
def test_a_restart_opens_no_gate(host: Host, tmp_path: Path, is_local: bool) -> None:
    corpus = tmp_path / "lines.jsonl"
    write_lines(corpus, 9)
    source: Source = DirectorySource(corpus) if is_local else (played := PlayedSource(corpus))
    serving = host.start(source).current.fingerprint
    write_lines(corpus, 2)
    if not is_local:
        played.version = "two"
    again = host.start(source)
    with pytest.raises(GateError, match="shrunk"):
        again.reload()
    assert again.current.fingerprint == serving
    assert len(reloaded(again, force=True).changes.removed) == 7


def test_a_corpus_without_articles_keeps_what_served_over_a_restart(host: Host, town: Path) -> None:
    source = DirectorySource(town)
    host.start(source)
    for file in town.iterdir():
        file.unlink()
    again = host.start(source)
    with pytest.raises(EmptyCorpusError):
        again.reload()
    assert ids(again) == TWO


def test_the_same_articles_under_another_version_are_noted(host: Host, source: PlayedSource) -> None:
    editions = host.start(source)
    source.version = "two"
    assert isinstance(editions.reload(), Unchanged)
    assert source.served == Version(revision="two")


def test_no_number_of_reloads_that_fail_throws_away_what_serves(host: Host, source: PlayedSource) -> None:
    editions = host.start(source)
    (source.path / "questions.yaml").write_text("- question: من هذا؟\n  article: nobody\n", encoding="utf-8")
    for number in range(4):
        bring(source, f"more{number}")
        with pytest.raises(GateError, match="golden"):
            editions.reload()
    assert ids(host.start(source)) == TWO


def go_back(host: Host, source: PlayedSource) -> Editions:
    """Serve a museum that the source has in its second version, and go back from it."""
    editions = host.start(source)
    bring(source)
    editions.reload()
    editions.rollback("عمر")
    return editions


def test_what_somebody_went_back_from_stays_away_over_a_restart(host: Host, source: PlayedSource) -> None:
    go_back(host, source)
    again = host.start(source)
    assert ids(again) == TWO
    assert (isinstance(again.reload(), HeldBack), ids(again)) == (True, TWO)
    bring(source, "bridge", BRIDGE + " واستؤنف العمل.")
    assert isinstance(again.reload(), Reloaded)
    assert ids(host.start(source)) == THREE


def test_what_somebody_went_back_from_stays_away_when_the_source_returns_to_it(
    host: Host, source: PlayedSource
) -> None:
    editions = go_back(host, source)
    bring(source, "other", BRIDGE)
    editions.reload()
    (source.path / "other.md").unlink()
    source.version = "with museum"
    again = host.start(source)
    assert (isinstance(again.reload(), HeldBack), ids(again)) == (True, [*THREE, "other"])
    again.reload(by="عمر")
    assert ids(again) == THREE


def test_an_update_of_the_program_serves_the_articles_that_served(host: Host, tmp_path: Path) -> None:
    source = Versions(tmp_path)
    for version, names in (("one", TWO), ("two", THREE)):
        for name in names:
            write(tmp_path / version, f"{name}.md", f"{MUSEUM} {name}")
    editions = host.start(source)
    source.version = "two"
    editions.reload()
    editions.rollback("عمر")
    host.update()
    updated = host.start(source)
    assert (ids(updated), updated.needs_fetch, isinstance(updated.last, Resumed)) == (TWO, True, True)
    if isinstance(host, Machine):  # on a cluster, the mark is that of an index of the version before
        assert (isinstance(updated.reload(), HeldBack), ids(updated)) == (True, TWO)
    source.away = True
    again = host.start(source)
    assert (ids(again), isinstance(again.last, Resumed)) == (TWO, True)


def test_an_update_of_the_program_opens_no_gate(host: Host, tmp_path: Path) -> None:
    source = Versions(tmp_path)
    for version, count in (("one", 9), ("two", 1)):
        (tmp_path / version).mkdir()
        write_lines(tmp_path / version / "lines.jsonl", count)
    host.start(source)
    source.version = "two"
    host.update()
    updated = host.start(source)
    with pytest.raises(GateError, match="shrunk"):
        updated.reload()
    assert len(updated.current.articles) == 9


def test_an_update_knows_how_many_articles_served_where_none_of_them_are_left(host: Host, tmp_path: Path) -> None:
    corpus = tmp_path / "lines.jsonl"
    write_lines(corpus, 9)
    host.start(DirectorySource(corpus))
    write_lines(corpus, 1)
    host.update()
    updated = host.start(DirectorySource(corpus))
    assert len(updated.current.articles) == 1
    assert isinstance(updated.last, Reloaded)
    # There is no other that this version can read.
    assert updated.last.failed_gate is not None
    assert updated.last.failed_gate.key == "gate.shrunk"
