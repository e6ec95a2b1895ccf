"""Editions on a cluster: published, followed, gone back from, by several bots that know nothing of each other."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from bot.articles import Removal, RemovalList
from bot.edition import (
    GateError,
    HeldBack,
    NothingBeforeError,
    NothingPublishedError,
    ReloadCancelledError,
    Reloaded,
    Resumed,
    RolledBack,
    Unchanged,
)
from bot.edition.edition_errors import RemovedBeforeError
from bot.edition.gates import Gates
from bot.retrieval import IncompleteIndexError, SearchAwayError, ServedElsewhereError
from tests.edition.memory_publications import MemoryPublications, member, started_member
from tests.edition.samples import BRIDGE, LIBRARY, MUSEUM, PlayedSource, bring, ids, reloaded, write

TWO, THREE = ["bridge", "library"], ["bridge", "library", "museum"]


@pytest.fixture
def cluster() -> MemoryPublications:
    return MemoryPublications()


def test_the_first_start_publishes_and_serves_from_the_cluster(
    cluster: MemoryPublications, source: PlayedSource
) -> None:
    editions = member(cluster, source)
    outcome = editions.start()
    assert isinstance(outcome, Reloaded)
    [name] = cluster.indices
    assert cluster.alias == name == f"news-{outcome.serving.fingerprint}"
    # What serves was opened by its name, and put to the gates before the alias named it.
    assert [call for call in cluster.calls if call in {"publish", "open", "serve"}] == ["publish", "open", "serve"]
    assert ids(editions) == TWO
    cluster.calls = []
    assert isinstance(member(cluster, source).start(), Resumed)
    assert "publish" not in cluster.calls


def test_what_one_publishes_another_follows_and_tells_of(
    cluster: MemoryPublications, source: PlayedSource, caplog: pytest.LogCaptureFixture
) -> None:
    builder, follower = member(cluster, source), member(cluster, source, builds=False)
    builder.start()
    assert isinstance(follower.start(), Resumed)
    assert follower.follow() is None
    before = follower.current.fingerprint
    bring(source)
    builder.reload()
    with caplog.at_level(logging.INFO):
        outcome = follower.follow()
    assert isinstance(outcome, Reloaded)
    assert [article.id for article in outcome.changes.added] == ["museum"]
    assert (outcome.before, outcome.by, outcome.is_followed, follower.last) == (before, None, True, outcome)
    assert "Reload elsewhere by another process: edition" in caplog.text
    assert (ids(follower), follower.follow()) == (THREE, None)


def test_without_builds_a_reload_follows_at_once(cluster: MemoryPublications, source: PlayedSource) -> None:
    builder, follower = started_member(cluster, source), started_member(cluster, source, builds=False)
    source.away = True
    outcome = follower.reload(by="عمر")
    assert isinstance(outcome, Unchanged)
    assert outcome.is_followed
    source.away = False
    bring(source)
    builder.reload()
    assert reloaded(follower, by="عمر").is_followed
    assert (ids(follower), follower.source_name) == (THREE, "https://search.example (news)")


def test_without_builds_the_first_publication_is_waited_for(cluster: MemoryPublications, source: PlayedSource) -> None:
    follower = member(cluster, source, builds=False)
    with pytest.raises(NothingPublishedError, match=r"search\.nothing_published"):
        follower.start()
    assert source.forced == []
    member(cluster, source).start()
    assert isinstance(follower.start(), Resumed)


def test_an_edition_that_fails_a_gate_changes_nothing(cluster: MemoryPublications, source: PlayedSource) -> None:
    editions = started_member(cluster, source)
    serving = cluster.alias
    bring(source)
    questions = write(source.path, "questions.yaml", "")
    questions.write_text("- question: من هذا؟\n  article: nobody\n", encoding="utf-8")
    with pytest.raises(GateError, match="golden"):
        editions.reload()
    assert (cluster.alias, ids(editions), list(cluster.indices)) == (serving, TWO, [serving])
    questions.unlink()
    source.version = "without questions"
    assert isinstance(editions.reload(), Reloaded)


def test_an_index_that_lacks_documents_is_taken_away_and_filled_anew(
    cluster: MemoryPublications, source: PlayedSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    editions = started_member(cluster, source)
    serving = cluster.alias
    bring(source)

    def lack(*_: object, **__: object) -> None:
        raise IncompleteIndexError("0 of 1 articles")

    with monkeypatch.context() as patched:
        patched.setattr(Gates, "judge", lack)
        with pytest.raises(IncompleteIndexError):
            editions.reload()
    assert (list(cluster.indices), cluster.alias, ids(editions)) == ([serving], serving, TWO)
    assert isinstance(editions.reload(), Reloaded)


def test_what_somebody_changed_is_built_anew_and_is_no_news(cluster: MemoryPublications, source: PlayedSource) -> None:
    builder, follower = started_member(cluster, source), started_member(cluster, source, builds=False)
    damaged = cluster.alias
    assert damaged is not None
    cluster.changed.add(damaged)
    with pytest.raises(IncompleteIndexError):
        follower.follow()
    with pytest.raises(IncompleteIndexError):
        member(cluster, source, builds=False).start()
    assert builder.follow() is None
    broken = follower.current
    assert isinstance(builder.reload(), Reloaded)
    assert list(cluster.indices) == [cluster.alias] == [f"{damaged}-anew"]
    assert follower.follow() is None
    assert follower.current is not broken
    assert (follower.current.fingerprint, ids(follower), follower.follow()) == (broken.fingerprint, TWO, None)


@pytest.mark.parametrize("stage", ["fetching", "reading", "publishing", "checking"])
def test_a_reload_is_cancelled_wherever_it_is(cluster: MemoryPublications, source: PlayedSource, stage: str) -> None:
    editions = started_member(cluster, source)
    serving = cluster.alias
    bring(source)
    seen = list[str]()

    def cancel(now: str, *_: int) -> None:
        seen.append(now)
        if now == stage:
            assert editions.cancel("عمر")

    with pytest.raises(ReloadCancelledError):
        editions.reload(cancel)
    assert seen[-1] == stage
    assert (cluster.alias, ids(editions), editions.running) == (serving, TWO, None)
    assert isinstance(editions.reload(), Reloaded)


def test_of_two_that_begin_from_one_edition_the_later_loses_and_follows(
    cluster: MemoryPublications, tmp_path: Path, town: Path
) -> None:
    first, second = PlayedSource(town), PlayedSource(tmp_path / "other")
    for name, text in (("library", LIBRARY), ("bridge", BRIDGE)):
        write(second.path, f"{name}.md", text)
    early, late = started_member(cluster, first), started_member(cluster, second)
    bring(first)
    bring(second, "mill", MUSEUM)
    # The other one is quicker between build and swap.
    cluster.before["publish"] = early.reload
    with pytest.raises(ServedElsewhereError):
        late.reload(by="عمر")
    assert (ids(late), ids(early)) == (TWO, THREE)
    outcome = late.follow()
    assert isinstance(outcome, Reloaded)
    assert ids(late) == THREE
    # Asked once more, it begins from there.
    assert [article.id for article in reloaded(late).changes.added] == ["mill"]


def test_two_that_build_the_same_edition_share_one_index(cluster: MemoryPublications, source: PlayedSource) -> None:
    early, late = started_member(cluster, source), started_member(cluster, source)
    bring(source)
    cluster.before["publish"] = early.reload
    assert isinstance(late.reload(), Reloaded)
    assert (ids(late), ids(early), len(cluster.indices)) == (THREE, THREE, 2)
    assert (late.follow(), early.follow()) == (None, None)


def test_a_reload_begins_from_what_others_made_serve(cluster: MemoryPublications, source: PlayedSource) -> None:
    early, late = started_member(cluster, source), started_member(cluster, source)
    before = late.current.fingerprint
    bring(source)
    early.reload()
    outcome = late.reload(by="عمر")
    assert isinstance(outcome, Reloaded)
    assert (outcome.before, outcome.by, outcome.is_followed, late.follow()) == (before, "عمر", True, None)
    bring(source, "mill")
    early.reload()
    bring(source, "port", BRIDGE)
    outcome = late.reload()
    assert isinstance(outcome, Reloaded)
    # Whoever is told has not heard of what was between.
    assert [article.id for article in outcome.changes.added] == ["mill", "port"]
    assert not outcome.is_followed


def test_what_a_reload_that_failed_followed_is_told_all_the_same(
    cluster: MemoryPublications, source: PlayedSource
) -> None:
    early, late = started_member(cluster, source), started_member(cluster, source)
    bring(source)
    early.reload()
    source.fault = RuntimeError("played")
    with pytest.raises(Exception, match="unforeseen"):
        late.reload()
    outcome = late.follow()
    assert isinstance(outcome, Reloaded)
    assert [article.id for article in outcome.changes.added] == ["museum"]
    assert late.follow() is None


def test_a_rollback_reaches_every_bot_and_no_schedule_undoes_it(
    cluster: MemoryPublications, source: PlayedSource
) -> None:
    first, second = started_member(cluster, source), started_member(cluster, source)
    bring(source)
    first.reload()
    second.follow()
    # A restart has no memory of its own.
    restarted = started_member(cluster, source)
    outcome = restarted.rollback("عمر")
    assert [article.id for article in outcome.changes.removed] == ["museum"]
    followed = second.follow()
    assert isinstance(followed, RolledBack)
    assert followed.is_followed
    assert (ids(second), ids(restarted), second.is_held_back) == (TWO, TWO, True)
    for editions in (first, second, restarted, member(cluster, source)):
        if editions is first or editions.last is None:
            editions.start()
        assert isinstance(editions.reload(), HeldBack)
        assert ids(editions) == TWO
    with pytest.raises(NothingBeforeError):
        second.rollback("عمر")


def test_somebodys_reload_brings_back_what_was_gone_back_from(
    cluster: MemoryPublications, source: PlayedSource
) -> None:
    first, second = started_member(cluster, source), started_member(cluster, source)
    bring(source)
    first.reload()
    first.rollback("عمر")
    second.follow()
    assert isinstance(second.reload(by="سلمى"), Reloaded)
    assert (ids(second), isinstance(first.follow(), Reloaded)) == (THREE, True)
    assert all(one.withdrawn is None for one in cluster.indices.values())
    assert isinstance(first.reload(), Unchanged)


def test_of_a_feed_every_later_state_counts_as_what_was_gone_back_from(
    cluster: MemoryPublications, source: PlayedSource
) -> None:
    source.usual_refresh = 900.0
    first, second = started_member(cluster, source), started_member(cluster, source)
    bring(source)
    first.reload()
    first.rollback("عمر")
    bring(source, "mill")
    assert isinstance(second.reload(), HeldBack)
    assert isinstance(second.reload(by="عمر"), Reloaded)


def test_without_builds_a_moderator_goes_back_and_lets_it_return(
    cluster: MemoryPublications, source: PlayedSource
) -> None:
    builder, follower = member(cluster, source), member(cluster, source, builds=False)
    builder.start()
    bring(source)
    builder.reload()
    follower.start()
    follower.rollback("عمر")
    assert (ids(follower), isinstance(builder.reload(), RolledBack)) == (TWO, True)
    assert isinstance(builder.reload(), HeldBack)
    follower.reload(by="عمر")
    assert isinstance(builder.reload(), Reloaded)


def test_a_rollback_of_what_serves_no_more_is_not_done(cluster: MemoryPublications, source: PlayedSource) -> None:
    first, second = member(cluster, source), member(cluster, source)
    first.start()
    bring(source)
    first.reload()
    second.start()
    bring(source, "mill")
    first.reload()
    serving = cluster.alias
    with pytest.raises(ServedElsewhereError):
        second.rollback("عمر")
    assert (cluster.alias, isinstance(second.follow(), Reloaded)) == (serving, True)
    second.rollback("عمر")
    assert ids(second) == THREE


def test_a_rollback_that_the_cluster_does_not_take_is_not_begun(
    cluster: MemoryPublications, source: PlayedSource
) -> None:
    editions = started_member(cluster, source)
    bring(source)
    editions.reload()
    serving = cluster.alias

    def move_away() -> None:
        cluster.alias = next(name for name in cluster.indices if name != serving)
        cluster.indices[other.name] = other
        cluster.alias = other.name

    other = replace(cluster.indices[serving or ""], name="news-other", fingerprint="other")
    cluster.before["serve"] = move_away
    with pytest.raises(ServedElsewhereError):
        editions.rollback("عمر")
    assert all(one.withdrawn is None for one in cluster.indices.values())
    assert ids(editions) == THREE


def test_two_are_kept_however_often_the_coverage_changes(cluster: MemoryPublications, source: PlayedSource) -> None:
    editions = started_member(cluster, source)
    for number in range(4):
        bring(source, f"more{number}")
        editions.reload()
    assert len(cluster.indices) == 2
    editions.rollback("عمر")
    assert "more3" not in ids(editions)
    assert "more2" in ids(editions)


def test_a_cluster_that_is_away_changes_nothing(cluster: MemoryPublications, source: PlayedSource) -> None:
    editions = started_member(cluster, source)
    bring(source)
    cluster.is_away = True
    for work in (editions.reload, editions.follow, lambda: editions.rollback("عمر")):
        with pytest.raises(SearchAwayError):
            work()
    assert ids(editions) == TWO
    cluster.is_away = False
    assert isinstance(editions.reload(), Reloaded)


def test_what_cannot_be_removed_yet_hinders_nothing(
    cluster: MemoryPublications, source: PlayedSource, caplog: pytest.LogCaptureFixture
) -> None:
    editions = started_member(cluster, source)
    bring(source)

    def leave() -> None:
        cluster.is_away = True

    cluster.before["remove_old"] = leave
    with caplog.at_level(logging.WARNING):
        assert isinstance(editions.reload(), Reloaded)
    assert "not removed" in caplog.text
    assert ids(editions) == THREE


def test_a_cluster_that_lost_everything_is_filled_anew(cluster: MemoryPublications, source: PlayedSource) -> None:
    editions, follower = started_member(cluster, source), started_member(cluster, source, builds=False)
    cluster.lose_all()
    assert follower.follow() is None
    assert isinstance(editions.reload(), Reloaded)
    assert cluster.alias == f"news-{editions.current.fingerprint}"
    assert isinstance(editions.reload(), Unchanged)


def test_files_that_are_rejected_anew_are_told_though_what_serves_is_the_same(
    cluster: MemoryPublications, source: PlayedSource
) -> None:
    editions = started_member(cluster, source)
    (source.path / "broken.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    source.version = "two"
    outcome = editions.reload()
    assert isinstance(outcome, Unchanged)
    assert [rejection.path for rejection in outcome.rejections] == ["broken.md"]


def test_what_moderators_keep_out_goes_round_with_what_is_published(
    cluster: MemoryPublications, source: PlayedSource, tmp_path: Path
) -> None:
    lists = [RemovalList(tmp_path / name) for name in ("one", "two", "three")]
    one, two = (member(cluster, source, removals=own) for own in lists[:2])
    follower = member(cluster, source, builds=False)
    for editions in (one, two, follower):
        editions.start()
    removal = Removal("library", None, "خبر library")
    lists[0].add([removal])
    reloaded(one, by="<@1>", fetches=False)
    for editions in (two, follower):
        assert isinstance(editions.follow(), Reloaded)
        assert (ids(editions), [*editions.removals]) == (["bridge"], [removal])
    # What another one builds, or one that starts without a disk, leaves it out as well.
    bring(source)
    reloaded(two)
    assert ids(two) == ["bridge", "museum"]
    late = member(cluster, source, removals=lists[2])
    late.start()
    assert [*late.removals] == [removal]
    assert isinstance(late.reload(), Unchanged)
    one.follow()
    lists[0].take_off([removal])
    reloaded(one, by="<@1>", fetches=False)
    for editions in (two, late):
        editions.follow()
        assert (ids(editions), len(editions.removals)) == (THREE, 0)
        assert isinstance(editions.reload(), Unchanged)


def test_whoever_follows_is_told_what_was_withdrawn_and_rolls_back_to_none_of_it(
    cluster: MemoryPublications, source: PlayedSource, tmp_path: Path
) -> None:
    own = RemovalList(tmp_path / "own")
    withdrawn = list[Removal]()
    one, two = member(cluster, source, withdrawn=withdrawn), member(cluster, source, removals=own)
    follower = member(cluster, source, builds=False)
    for editions in (one, two, follower):
        editions.start()
    withdrawn.append(Removal("library", None, "خبر library", is_withdrawn=True))
    (source.path / "library.md").unlink()
    source.version = "without"
    reloaded(one)
    for editions in (two, follower):
        followed = editions.follow()
        assert isinstance(followed, Reloaded)
        assert followed.changes.withdrawn == {"library"}
        # It is none of the moderators' list.
        assert (len(editions.removals), len(own.read())) == (0, 0)
        with pytest.raises(RemovedBeforeError, match=r"rollback\.withdrawn"):
            editions.rollback("<@1>")


def test_a_rollback_elsewhere_takes_nothing_off_the_list(
    cluster: MemoryPublications, source: PlayedSource, tmp_path: Path
) -> None:
    own = RemovalList(tmp_path / "own")
    one, two = member(cluster, source), member(cluster, source, removals=own)
    for editions in (one, two):
        editions.start()
    bring(source)
    reloaded(one)
    two.follow()
    own.add([Removal("library")])
    reloaded(two, by="<@1>", fetches=False)
    with pytest.raises(RemovedBeforeError):
        two.rollback("<@1>")
    # Of a process without the list it is asked for all the same.
    one.follow()
    one.rollback("<@2>")
    two.follow()
    assert two.removals.has_id("library")
    reloaded(two, by="<@1>")
    assert ids(two) == ["bridge", "museum"]
