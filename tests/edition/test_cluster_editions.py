"""Editions on a real server: several bots build, follow, go back and answer at once."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.answering import Answer
from bot.articles.sources import Source
from bot.console.coverage import SharedIndex, open_shared_index
from bot.edition import EditionBuilder, Editions, HeldBack, Reloaded, Resumed, RolledBack, SharedEditions, Unchanged
from bot.retrieval import SearchError
from bot.settings import SearchSettings
from tests.answering.coverage import ANALYSER, ANSWERER
from tests.edition.samples import CHECK, PHRASES, PlayedSource, bring, build, ids, reloaded
from tests.edition.test_flowing import QUESTION, Asked, state
from tests.opensearch_server.cluster import OpenSearchCluster

TWO, THREE = ["bridge", "library"], ["bridge", "library", "museum"]


class Bots:
    """Bots of one cluster, each with a folder of its own, as on machines of their own."""

    def __init__(self, addresses: Sequence[str], prefix: str, folder: Path) -> None:
        self.prefix = prefix
        self._search = SearchSettings(url=SecretStr(",".join(addresses)), index=prefix)
        self._folder = folder
        self._shared: list[SharedIndex] = []

    def add(self, source: Source, *, builds: bool = True) -> Editions:
        """Make the editions of one more bot, which has not started."""
        cache = self._folder / f"cache{len(self._shared)}"
        shared = open_shared_index(self._search, cache, PHRASES, ANALYSER)
        self._shared.append(shared)
        make = EditionBuilder(PHRASES, ANALYSER, cache, 0)
        return SharedEditions(
            source, make.build, key=make.key, check=CHECK, store=shared.store, builds=builds, stop=make.stop
        )

    def start(self, source: Source, *, builds: bool = True) -> Editions:
        """Add a bot, and start it."""
        editions = self.add(source, builds=builds)
        editions.start()
        return editions

    @property
    def shared(self) -> SharedIndex:
        """What the first bot sees of the cluster."""
        return self._shared[0]

    def close(self) -> None:
        for shared in self._shared:
            shared.close()


@pytest.fixture
def bots(opensearch: OpenSearchCluster, tmp_path: Path) -> Iterator[Bots]:
    with opensearch.prefix() as prefix:
        made = Bots(opensearch.addresses, prefix, tmp_path)
        yield made
        made.close()


def test_what_is_published_answers_as_what_is_built_here(bots: Bots, source: PlayedSource, town: Path) -> None:
    published, local = bots.start(source).current, build(town)
    assert published.fingerprint == local.fingerprint
    assert dict(published.articles) == dict(local.articles)
    assert (published.folded, published.as_of, published.outlets) == (local.folded, local.as_of, local.outlets)
    assert [article.id for article in published.catalogue.search("مكتبة", 3)] == [
        article.id for article in local.catalogue.search("مكتبة", 3)
    ]
    there, here = (ANSWERER.answer(QUESTION, edition) for edition in (published, local))
    assert isinstance(there, Answer)
    assert there.quotes == here.quotes if isinstance(here, Answer) else False


def test_what_served_outlasts_every_process(bots: Bots, source: PlayedSource) -> None:
    bots.start(source)
    source.away = True
    again = bots.add(source)
    assert isinstance(again.start(), Resumed)
    assert ids(again) == TWO
    source.away, source.version = False, "the same under another name"
    assert isinstance(again.reload(), Unchanged)
    # That the files are the same under this name is known to the next, too.
    bring(source)
    again.reload()
    again.rollback("عمر")
    last = bots.start(source)
    assert (ids(last), isinstance(last.reload(), HeldBack), ids(last)) == (TWO, True, TWO)
    assert isinstance(last.reload(by="سلمى"), Reloaded)
    assert ids(last) == THREE
    assert isinstance(again.follow(), Reloaded)


def test_questions_flow_while_the_coverage_changes_on_every_bot(bots: Bots, town: Path) -> None:
    state(town, 100)
    source = PlayedSource(town)
    builder = bots.start(source)
    follower = bots.start(source, builds=False)
    served = {builder.current.fingerprint: 100}
    with Asked(builder, follower, served=served) as asked:
        for number in range(101, 105):
            state(town, number)
            source.version = str(number)
            outcome = reloaded(builder, by="سلمى")
            served[outcome.serving.fingerprint] = number
            assert isinstance(follower.follow(), Reloaded)
            if number % 2:
                assert builder.rollback("عمر").serving.fingerprint == outcome.before
                assert isinstance(follower.follow(), RolledBack)
                assert builder.reload(by="سلمى").serving.fingerprint == outcome.serving.fingerprint
                follower.follow()
    assert asked.wrong == []
    assert min(asked.answered) > 0
    assert follower.current.fingerprint == builder.current.fingerprint


def test_nobody_is_told_nothing_while_a_deleted_index_is_made_anew(
    opensearch: OpenSearchCluster, bots: Bots, source: PlayedSource
) -> None:
    builder, quiet = bots.start(source), bots.start(source, builds=False)
    serving = bots.shared.publications.serving()
    assert serving is not None
    opensearch.ask("DELETE", f"/{serving.name}")
    asked = list[str]()

    def ask(stage: str, *_: int) -> None:
        if stage == "publishing":
            with pytest.raises(SearchError):
                ANSWERER.answer(QUESTION, quiet.current)
            asked.append(stage)

    assert isinstance(builder.reload(ask), Reloaded)
    assert asked
    assert quiet.follow() is None
    assert isinstance(ANSWERER.answer(QUESTION, quiet.current), Answer)


@pytest.mark.parametrize("is_holder", [True, False], ids=["that holds it", "that does not"])
def test_a_node_dies_while_an_edition_is_published(
    opensearch_cluster: OpenSearchCluster, town: Path, tmp_path: Path, is_holder: bool
) -> None:
    bots = Bots(opensearch_cluster.addresses, "isnad", tmp_path)
    state(town, 100)
    source = PlayedSource(town)
    builder = bots.start(source)
    follower = bots.start(source, builds=False)
    served = {builder.current.fingerprint: 100}
    opensearch_cluster.wait_for("green", size=3)
    first = bots.shared.publications.serving()
    assert first is not None
    killed = list[int]()

    def kill(stage: str, *_: int) -> None:
        shards = opensearch_cluster.ask("GET", "/_cat/shards?format=json") if stage == "publishing" else ()
        new = [one for one in shards if one["index"].startswith("isnad-") and one["index"] != first.name]
        # Until it is whole, an index has no copy.
        holders = [int(one["node"][-1]) for one in new if one["state"] == "STARTED"]
        if holders and not killed:
            killed.append(holders[0] if is_holder else (holders[0] + 1) % 3)
            opensearch_cluster.kill(killed[0])

    with Asked(builder, follower, served=served) as asked:
        state(town, 101)
        source.version = "101"
        if is_holder:
            with pytest.raises(SearchError):
                builder.reload(kill)
            assert builder.current.fingerprint == first.fingerprint
        outcome = builder.reload(kill)
        assert isinstance(outcome, Reloaded)
        served[outcome.serving.fingerprint] = 101
        assert isinstance(follower.follow(), Reloaded)
        assert builder.rollback("عمر").serving.fingerprint == outcome.before
        assert isinstance(follower.follow(), RolledBack)
        asked.wait_for_more(5)
    bots.close()
    assert (asked.wrong, len(killed)) == ([], 1)
    assert follower.current.fingerprint == builder.current.fingerprint == outcome.before
