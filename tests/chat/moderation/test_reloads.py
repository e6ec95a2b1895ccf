import asyncio
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, repeat
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.articles import Article
from bot.articles.sources import SourceError, SourceProblem
from bot.chat.cards.card import TEXT_LIMIT, Card
from bot.chat.cards.card_text import size
from bot.chat.chat_errors import ReplyError
from bot.chat.moderation.moderator_channel import AuditChannel
from bot.chat.moderation.reload_cards import AuditedWork
from bot.chat.moderation.reloads import Reloads
from bot.edition import (
    Changes,
    EarlierEdition,
    HeldBack,
    Hold,
    NothingBeforeError,
    ReloadOutcome,
    ReloadRunningError,
    RolledBack,
    Running,
    StageCallback,
)
from bot.ops.metrics import Metrics
from bot.retrieval import SearchAwayError
from tests.chat.doubles import (
    AT,
    FIGURES,
    FixedEditions,
    edition,
    editions,
    http_error,
    reloaded,
    rolled_back,
    unchanged,
)
from tests.chat.samples import ARABIC, article
from tests.patience import PATIENCE, eventually, waiting_for

Work = Callable[[StageCallback], ReloadOutcome]


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.chat.moderation.reloads._SHOW_EVERY", 0.01)


class Room:
    """A reloading, what it shows to who asked, and what the moderators are told."""

    def __init__(self, work: Work | None = None, failure: Exception | None = None) -> None:
        self.shown: list[Card] = []
        self.told: list[str] = []
        self.has_shown, self.has_told, self.enough = asyncio.Event(), asyncio.Event(), 3
        self._failure = failure
        self.editions = editions(edition(article()), work)
        self.reloading = self.reloads()

    def reloads(self, *, tells_of_others: bool = False) -> Reloads:
        handler = SimpleNamespace(editions=self.editions, texts=ARABIC, metrics=Metrics())
        return Reloads(cast("Any", handler), AuditChannel(self._tell, ARABIC), lambda: tells_of_others)

    async def show(self, card: Card) -> None:
        self.shown.append(card)
        self.has_shown.set()

    async def _tell(self, card: Card) -> None:
        if self._failure:
            raise self._failure
        self.told += card.blocks
        if len(self.told) == self.enough:
            self.has_told.set()

    async def reload(self, by: str | None = "<@7>") -> Card:
        card = await self.reloading.reload(by, self.show)
        await asyncio.sleep(0)
        return card


def one_after_the_other(*works: Work) -> Work:
    nothing_new: Work = lambda _: unchanged()  # noqa: E731 (it needs its type)
    rest = chain(works, repeat(nothing_new))

    def work(progress: StageCallback) -> ReloadOutcome:
        return next(rest)(progress)

    return work


def failing(error: Exception) -> Work:
    def work(_: StageCallback) -> ReloadOutcome:
        raise error

    return work


async def test_a_reload_reports_its_changes_and_the_moderators_are_told() -> None:
    room = Room(lambda _: reloaded(Changes((article("خبر جديد"),), (), (), ())))
    card = await room.reload()
    assert card.blocks[0] == ARABIC("reload.done")
    assert card.blocks[2] == (
        "**أُضيف (1)**\n[خبر جديد](https://news.example/library)\u00a0· صحيفة الضفة\u00a0· 9 مارس 2026"
    )
    [told] = room.told
    assert told.startswith("إعادة بناء التغطية، بأمر من \u2068<@7>\u2069\nأُضيف 1")


async def test_what_was_asked_for_is_passed_on() -> None:
    room = Room()
    await room.reloading.reload("<@7>", room.show, force=True)
    await room.reloading.rollback("<@8>")
    assert cast("FixedEditions", room.editions).calls == [("<@7>", True), ("<@8>", False)]


async def test_a_reload_shows_how_far_it_is() -> None:
    release = threading.Event()

    def slow(_: StageCallback) -> ReloadOutcome:
        room.editions.running = Running(None, datetime.now(UTC), "reading", 1, 2)  # type: ignore[misc]
        assert release.wait(PATIENCE)
        return reloaded()

    room = Room(slow)
    running = asyncio.create_task(room.reload())
    async with waiting_for("a sign of how far it is"):
        await room.has_shown.wait()
    release.set()
    await running
    assert "50%" in room.shown[0].blocks[0]


async def test_a_second_reload_is_told_of_the_first_and_nobody_else_is() -> None:
    room = Room(failing(ReloadRunningError(Running("<@9>", reloaded().at, "fetching", 1, 10))))
    with pytest.raises(ReplyError, match=r"reload\.running") as caught:
        await room.reload()
    assert caught.value.values["who"] == "\u2068<@9>\u2069"
    assert room.told == []


async def test_a_failure_is_remembered_until_a_reload_goes_well() -> None:
    down = failing(SourceError("source.truncated"))
    room = Room(one_after_the_other(failing(MemoryError()), down, lambda _: reloaded()))
    for words in ("تعذّرت إعادة بناء", "قبل أن يكتمل"):
        assert words in (await room.reload()).blocks[0]
        assert room.reloading.failure
        assert words in room.reloading.failure.words
    await room.reload()
    assert room.reloading.failure is None


async def test_going_back_to_nothing_is_no_failure_of_a_reload() -> None:
    room = Room(failing(NothingBeforeError()))
    assert (await room.reloading.rollback("<@7>")).blocks == (ARABIC("rollback.nothing"),)
    assert room.reloading.failure is None


async def test_of_its_own_accord_only_news_are_told() -> None:
    down = failing(SourceError("source.truncated"))
    works: list[Work] = [
        lambda _: unchanged(),
        down,
        down,
        lambda _: unchanged(),
        lambda _: reloaded(),
    ]
    room = Room(one_after_the_other(*works))
    task = asyncio.create_task(room.reloading.keep_fresh(0.001))
    async with waiting_for("news for the moderators"):
        await room.has_told.wait()
    task.cancel()
    await asyncio.wait([task])
    assert [words.split("\n")[1] for words in room.told] == [
        ARABIC("source.truncated"),
        ARABIC("reload.unchanged"),
        room.told[2].split("\n")[1],
    ]
    assert room.told[2].split("\n")[1].startswith("أُضيف 0")
    assert all(ARABIC("audit.itself") in line for line in room.told)


async def test_what_others_published_is_handed_on_and_not_told_again() -> None:
    room = Room()
    editions = cast("FixedEditions", room.editions)
    followed, heard, has_heard = replace(reloaded(), is_followed=True), list[ReloadOutcome](), asyncio.Event()
    outcomes = iter([None, followed])
    editions.is_shared, editions.follow = True, lambda: next(outcomes, None)  # type: ignore[attr-defined]
    room.reloading.listeners += [heard.append, lambda _: has_heard.set()]
    task = asyncio.create_task(room.reloading.keep_following(0.001))
    async with waiting_for("a listener that hears"):
        await has_heard.wait()
    task.cancel()
    await asyncio.wait([task])
    assert (heard, room.told) == ([followed], [])


@pytest.mark.parametrize(("builds", "is_seen"), [(False, True), (False, False), (True, True)])
async def test_of_what_a_command_published_one_bot_tells(builds: bool, is_seen: bool) -> None:
    room = Room()
    editions = cast("FixedEditions", room.editions)
    outcomes, has_heard = iter([replace(reloaded(), is_followed=True)]), asyncio.Event()
    editions.is_shared, editions.builds, editions.follow = True, builds, lambda: next(outcomes, None)  # type: ignore[attr-defined]
    reloads = room.reloads(tells_of_others=is_seen)
    reloads.listeners.append(lambda _: has_heard.set())
    task = asyncio.create_task(reloads.keep_following(0.001))
    async with waiting_for("a listener that hears"):
        await has_heard.wait()
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    assert [words.split("\n")[0] for words in room.told] == [ARABIC("audit.followed")] * (is_seen and not builds)


async def test_an_index_of_ones_own_is_not_watched() -> None:
    async with waiting_for("an end where there is nothing to follow"):
        await Room().reloading.keep_following(0.001)


async def test_a_bot_that_builds_nothing_reloads_nothing_of_its_own_accord() -> None:
    room = Room()
    cast("FixedEditions", room.editions).builds = False
    async with waiting_for("an end where nothing is built"):
        await room.reloading.keep_fresh(0.001)
    assert cast("FixedEditions", room.editions).calls == []


async def test_that_the_moderators_cannot_be_told_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    room = Room(failure=http_error(403))
    await room.reload()
    await eventually(lambda: "could not be sent to the moderators" in caplog.text, "a line in the log")


async def test_a_reload_under_way_is_cancelled_and_whose_it_is_is_said() -> None:
    room = Room()
    room.editions.running = Running("<@7>", datetime.now(UTC))  # type: ignore[misc]
    card = await room.reloading.cancel("<@9>")
    assert card.blocks[-1] == ARABIC("cancel.done", who="\u2068<@7>\u2069")
    assert cast("FixedEditions", room.editions).cancelled_by == ["<@9>"]


async def test_a_cancelled_reload_that_is_held_up_is_said_to_run_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.chat.moderation.reloads._ENDING", 0.0)
    room = Room()
    room.editions.running = Running("<@7>", datetime.now(UTC))  # type: ignore[misc]
    cast("FixedEditions", room.editions).is_held_up = True
    card = await room.reloading.cancel("<@9>")
    assert card.blocks[-1] == ARABIC("cancel.ending", who="\u2068<@7>\u2069")


async def test_where_none_runs_there_is_nothing_to_cancel() -> None:
    with pytest.raises(ReplyError, match=r"cancel\.nothing"):
        await Room().reloading.cancel("<@9>")


async def test_a_search_server_that_is_away_fails_a_reload_in_words_and_is_told_once_of_its_own_accord(
    caplog: pytest.LogCaptureFixture,
) -> None:
    room = Room(failing(SearchAwayError("timed out after 2.01 s")))
    card = await room.reload()
    assert card.blocks[:2] == (ARABIC("search.away", cause="\u2068timed out after 2.01 s\u2069"), ARABIC("reload.kept"))
    audit = AuditChannel(room._tell, ARABIC)
    for seconds in (2.02, 2.03, 2.04):
        audit.note(SearchAwayError(f"timed out after {seconds} s"), AuditedWork())
        await asyncio.sleep(0)
    assert len(room.told) == 2
    assert "Traceback" not in caplog.text


async def test_a_reload_that_is_done_says_so_though_what_it_brought_cannot_be_read() -> None:
    room = Room(lambda _: reloaded(Changes(Unread(), (), (), ())))
    told = "\n".join((await room.reload()).texts)
    assert "أُضيف 1" in told
    assert ARABIC("search.away", cause="\u2068refused\u2069") in told
    assert room.reloading.failure is None


class Unread(Sequence[Article]):
    """One article, on a search server that is away."""

    def __len__(self) -> int:
        return 1

    def __getitem__(self, _: Any) -> Any:
        raise SearchAwayError("refused")


async def test_a_rollback_that_holds_all_news_back_is_told_of_once_a_day() -> None:
    told, day, now = list[str](), 86_400.0, 0.0

    async def tell(card: Card) -> None:
        told.extend(card.blocks)

    async def note(outcome: ReloadOutcome) -> None:
        audit.note(outcome, AuditedWork(kind="rollback" if isinstance(outcome, RolledBack) else "reload"))
        await asyncio.sleep(0)

    audit = AuditChannel(tell, ARABIC, lambda: now)
    await note(rolled_back(by="<@7>"))
    told.clear()
    held = HeldBack(serving=FIGURES, by=None, hold=Hold.ALL)
    for now in (900.0, day - 1, day, day + 900, 2 * day + 1):  # noqa: B007 (the clock reads it)
        await note(held)
    assert told == [ARABIC("rollback.held_all")] * 2
    # It is no change, and a source that is merely as it was holds nothing else back.
    await note(replace(held, hold=Hold.STATE))
    assert (len(told), len(audit.told)) == (2, 1)
    # What a start finds held is told at once.
    audit = AuditChannel(tell, ARABIC, lambda: now)
    await note(held)
    await note(held)
    assert len(told) == 3


async def test_the_history_lists_changes_and_failures_the_newest_first_and_what_is_kept() -> None:
    room = Room(one_after_the_other(lambda _: reloaded(), failing(SourceError("source.unreachable", url="x"))))
    nothing = await room.reloading.history()
    assert ARABIC("history.nothing") in nothing.blocks[0]
    assert nothing.blocks[1] == ARABIC("rollback.nothing")
    shared = cast("FixedEditions", room.editions)
    shared.is_shared = True
    assert (await room.reloading.history()).blocks[1] == ARABIC("rollback.only_before")
    shared.is_shared = False
    await room.reload()
    await room.reload()
    await room.reload(by=None)
    cast("FixedEditions", room.editions).earlier = [EarlierEdition("a" * 16, AT, 10, 3, 2, 1)]
    told, kept = (await room.reloading.history()).blocks
    who, itself = ("\u2068<@7>\u2069", ARABIC("audit.itself"))
    lines = (
        ARABIC("audit.reload", who=itself),
        ARABIC("audit.reload_failed", who=who),
        ARABIC("audit.reload", who=who),
    )
    # That it goes well again is news.
    assert sorted(lines, key=told.index) == list(lines)
    assert ARABIC("source.unreachable", url="\u2068x\u2069") in told
    assert "المقالات 10، أُضيف 3، تغيّر 2، أُزيل 1" in kept
    assert "16:45" in kept


async def test_a_long_history_fits_a_card() -> None:
    room = Room(lambda _: reloaded())
    for _ in range(40):
        await room.reload()
    cast("FixedEditions", room.editions).earlier = [
        EarlierEdition(f"{n:016}", AT, 10**6, 10**6, 9, 9) for n in range(16)
    ]
    card = await room.reloading.history()
    assert sum(map(size, card.texts)) < TEXT_LIMIT


async def test_a_rollback_goes_to_what_was_chosen() -> None:
    room = Room(lambda _: rolled_back(by="<@7>"))
    await room.reloading.rollback("<@7>", "a" * 16)
    assert cast("FixedEditions", room.editions).chosen == "a" * 16


async def test_moderators_are_shown_what_a_reload_of_its_own_accord_changed_and_what_went() -> None:
    told, sent = list[Card](), asyncio.Event()

    async def tell(card: Card) -> None:
        told.append(card)
        sent.set()

    async def note(outcome: ReloadOutcome, work: AuditedWork) -> Card:
        sent.clear()
        audit.note(outcome, work)
        async with waiting_for("the line of the audit"):
            await sent.wait()
        return told[-1]

    audit, gone = AuditChannel(tell, ARABIC), article("خبر سُحب")
    changes = Changes((), (), (gone,), (), withdrawn=frozenset({gone.id}))
    shown = await note(reloaded(changes, by=None), AuditedWork())
    assert "خبر سُحب" in shown.blocks[1]
    # Whoever asked for it has seen it.
    assert len((await note(reloaded(changes), AuditedWork("<@7>"))).blocks) == 1
    # What only came, is in the channel for news.
    assert len((await note(reloaded(Changes((gone,), (), (), ()), by=None), AuditedWork())).blocks) == 1


async def test_a_site_that_gives_many_pages_no_more_is_told_once_until_it_does_again() -> None:
    told = list[Card]()

    async def tell(card: Card) -> None:
        told.append(card)

    audit = AuditChannel(tell, ARABIC)
    error = SourceError("feed.many_refuse", link="https://news.example/feed", looked=40, number=20)
    problem = SourceProblem("https://news.example/feed", error)
    for problems in ((problem,), (problem,), (), (problem,)):
        audit.note(replace(unchanged(), problems=problems, by=None), AuditedWork())
    await eventually(lambda: len(told) == 2, "two warnings")
    assert all("news.example/feed" in card.blocks[1] for card in told)
