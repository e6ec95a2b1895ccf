"""Earlier editions: several steps back, over restarts, thinned out by day and by room, and how a rollback ends."""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.arabic import Analyser
from bot.articles.sources import DirectorySource, Source
from bot.edition import Edition, Editions, HeldBack, Hold, NothingBeforeError, Reloaded
from bot.edition.edition_errors import UnknownEditionError
from bot.edition.last_served import EarlierEditions
from bot.edition.reload_outcomes import Changes
from bot.edition.serving_store import Served, SourceState
from tests.answering.coverage import ANALYSER
from tests.chat.doubles import edition
from tests.edition.memory_publications import MemoryPublications, started_member
from tests.edition.samples import MUSEUM, PlayedSource, bring, ids, started

pytestmark = pytest.mark.usefixtures("builds_here")

BEGAN = datetime(2026, 11, 1, tzinfo=UTC)
NEWS = ["a", "b", "c"]


def grown(source: PlayedSource, cache: Path) -> Editions:
    """Serve an edition of two articles, and then three that have one more each."""
    editions = started(source, cache)
    for name in NEWS:
        bring(source, name, f"{MUSEUM} وفيه {name}.")
        assert isinstance(editions.reload(), Reloaded)
    return editions


def news(editions: Editions) -> list[str]:
    return [name for name in ids(editions) if name in NEWS]


def test_any_edition_that_is_kept_can_be_chosen_and_says_what_it_brought(source: PlayedSource, tmp_path: Path) -> None:
    editions = grown(source, tmp_path)
    kept = editions.earlier
    counts = [(one.articles, one.added, one.changed, one.removed) for one in kept]
    assert counts == [(4, 1, 0, 0), (3, 1, 0, 0), (2, 2, 0, 0)]
    assert [one.at for one in kept] == sorted((one.at for one in kept), reverse=True)
    outcome = editions.rollback("عمر", kept[-1].fingerprint)
    assert (news(editions), len(outcome.changes.removed), outcome.hold) == ([], 3, Hold.STATE)
    # What was rolled back from can be chosen as well, and that ends the hold.
    assert isinstance(editions.reload(), HeldBack)
    [newest, *_] = editions.earlier
    outcome = editions.rollback("عمر", newest.fingerprint)
    assert (news(editions), outcome.hold, editions.hold) == (NEWS, Hold.NONE, Hold.NONE)
    assert not isinstance(editions.reload(), HeldBack)


@pytest.mark.parametrize("restarts", [False, True])
def test_each_rollback_goes_one_step_further_and_the_source_brings_nothing_back(
    source: PlayedSource, tmp_path: Path, restarts: bool
) -> None:
    editions = grown(source, tmp_path)
    for expected in (["a", "b"], ["a"], []):
        editions.rollback("عمر")
        assert news(editions) == expected
        if restarts:
            editions = started(source, tmp_path)
        assert isinstance(editions.reload(), HeldBack)
        assert news(editions) == expected
    with pytest.raises(NothingBeforeError):
        editions.rollback("عمر")
    # What comes later is taken, and what the steps passed is older than it.
    bring(source, "d", f"{MUSEUM} وفيه d.")
    assert isinstance(editions.reload(), Reloaded)
    assert editions.rollback("عمر").hold is Hold.STATE
    assert news(editions) == []


def test_of_a_source_with_news_everything_is_held_until_somebody_reloads(source: PlayedSource, tmp_path: Path) -> None:
    source.usual_refresh = 900.0
    editions = grown(source, tmp_path)
    assert editions.rollback("عمر", editions.earlier[-1].fingerprint).hold is Hold.ALL
    bring(source, "d", f"{MUSEUM} وفيه d.")
    outcome = editions.reload()
    assert isinstance(outcome, HeldBack)
    assert outcome.hold is Hold.ALL
    again = started(source, tmp_path)
    assert (again.hold, news(again)) == (Hold.ALL, [])
    again.reload(by="عمر")
    assert (again.hold, news(again)) == (Hold.NONE, NEWS)


def test_what_is_not_kept_cannot_be_chosen(source: PlayedSource, tmp_path: Path) -> None:
    editions = grown(source, tmp_path)
    damaged, gone, _ = editions.earlier
    place = tmp_path / "earlier" / f"{damaged.fingerprint}.arrays"
    place.write_bytes(place.read_bytes()[:-1] + b"x")
    (tmp_path / "earlier" / f"{gone.fingerprint}.arrays").unlink()
    serving = editions.current.fingerprint
    for chosen in (gone.fingerprint, "0123", serving):
        with pytest.raises(UnknownEditionError, match=r"rollback\.unknown"):
            editions.rollback("عمر", chosen)
    # What is damaged, a restart does not serve.
    again = started(source, tmp_path)
    with pytest.raises(UnknownEditionError):
        again.rollback("عمر", damaged.fingerprint)
    assert (again.current.fingerprint, len(again.earlier)) == (serving, 1)


def test_another_source_and_another_version_of_the_program_begin_anew(
    source: PlayedSource, town: Path, tmp_path: Path
) -> None:
    grown(source, tmp_path)
    assert len(started(source, tmp_path, Analyser({*ANALYSER.stop_words, "كلمة"})).earlier) == 0
    other: Source = DirectorySource(town)
    editions = started(other, tmp_path)
    assert (len(editions.earlier), len(list((tmp_path / "earlier").glob("*.arrays")))) == (0, 1)


def test_where_the_disk_is_full_the_one_before_is_there_all_the_same(
    source: PlayedSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    editions = grown(source, tmp_path)
    assert editions.earlier == []
    editions.rollback("عمر")
    assert news(editions) == ["a", "b"]


def test_on_a_cluster_only_the_one_before_is_kept(source: PlayedSource) -> None:
    editions = started_member(MemoryPublications(), source)
    bring(source)
    editions.reload()
    assert editions.earlier == []
    with pytest.raises(UnknownEditionError, match=r"rollback\.only_before"):
        editions.rollback("عمر", "0123")
    assert "museum" in ids(editions)


hours = st.lists(st.integers(0, 40), max_size=60)


@given(hours, st.integers(1, 90 << 20))
@example([1] * 8, 90 << 20)
def test_the_last_few_and_the_last_of_each_day_are_kept_as_long_as_there_is_room(
    pauses: Sequence[int], size: int
) -> None:
    with TemporaryDirectory() as folder:
        place = Path(folder) / "serving.arrays"
        kept = EarlierEditions(Path(folder) / "earlier", "source", "configuration", ANALYSER)
        at, times = BEGAN, list[datetime]()
        for number, pause in enumerate(pauses):
            at += timedelta(hours=pause)
            times.append(at)
            place.unlink(missing_ok=True)
            with place.open("wb") as file:
                file.truncate(size)
            kept.keep(Served(named(f"{number:016x}"), SourceState(None, str(number))), place, NOTHING, at)
        listed = [one.at for one in kept.newest_first()]
        files = list((Path(folder) / "earlier").glob("*.arrays"))
    assert len(files) == len(listed)
    times.reverse()
    days = {day: max(one for one in times if one.date() == day) for day in {one.date() for one in times}}
    of_days = {one for one in days.values() if times and one > times[0] - timedelta(7)}
    wanted = [one for number, one in enumerate(times) if number < 8 or one in of_days]
    room = max(2, (256 << 20) // size)
    assert len(listed) <= min(16, room)
    # Of several at one time any may be the last of a day.
    assert set(listed) == set(wanted[:room]) or len(set(times)) < len(times)


NOTHING = Changes((), (), (), ())
EMPTY = edition()


def named(fingerprint: str) -> Edition:
    return replace(EMPTY, fingerprint=fingerprint)
