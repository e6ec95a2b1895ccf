"""The desk notes what reloads bring in their order, and goes on whatever fails."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import URL

from bot.articles import Article
from bot.chat.news.news_desk import NewsDesk
from bot.chat.news.news_post import NewsPost
from bot.chat.news.weekly_report import WeeklyReport
from bot.edition import Changes
from bot.records import Records, RecordsAwayError
from bot.records.news.arrivals import read_arrival_times
from bot.retrieval import IndexGoneError, SearchAwayError, SearchDeniedError, SearchError
from tests.chat.doubles import edition, editions, reloaded, rolled_back, unchanged
from tests.chat.samples import article
from tests.patience import eventually, waiting_for
from tests.records.driving import kept

OLD, NEW, NEWER = article("قديم", published=None), article("جديد"), article("أجدد")
CURRENT = edition(OLD, NEW, NEWER)


class Looks:
    """Counts how often it is looked for what is due, and fails as often as it is told to."""

    def __init__(self, *failures: Exception) -> None:
        self.count = 0
        self._failures = list(failures)
        self._looked = asyncio.Event()

    async def post_due(self, _: object) -> float | None:
        self.count += 1
        self._looked.set()
        if self._failures:
            raise self._failures.pop(0)
        return None

    send_due = post_due

    async def happened(self, count: int) -> None:
        async with waiting_for(f"look {count} for what is due"):
            while self.count < count:
                self._looked.clear()
                await self._looked.wait()


class Client:
    def __init__(self, *, is_ready: bool = True) -> None:
        self.is_ready: Callable[[], bool] = lambda: is_ready
        self.is_closed: Callable[[], bool] = lambda: False


@asynccontextmanager
async def running(
    records: Records,
    looks: Looks,
    client: Client | None,
    week_looks: Looks | None = None,
    on_search: Callable[[], object] = lambda: None,
) -> AsyncIterator[NewsDesk]:
    post, week = cast("NewsPost", looks), cast("WeeklyReport", week_looks or looks)

    def find_client() -> Any:
        on_search()
        return client

    async def send_nothing(_: object) -> None:
        return None

    desk = NewsDesk(records, editions(CURRENT), post, week, send_nothing, find_client=find_client)
    task = asyncio.create_task(desk.run())
    yield desk
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def store(folder: Path) -> URL:
    return URL.create("sqlite", database=str(folder / "store.sqlite"))


async def until_arrived(records: Records, *titles: str) -> None:
    """Wait until the store has these arrivals and no others."""
    day = CURRENT.as_of or CURRENT.built.date()
    async with waiting_for(f"the arrivals {titles}"):
        while set(await records.ask(lambda one: read_arrival_times(one, 1, day))) != set(titles):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_outcomes_are_noted_in_their_order(tmp_path: Path) -> None:
    looks = Looks()
    async with kept(store(tmp_path)) as records, running(records, looks, Client()) as desk:
        first = replace(reloaded(Changes((NEW,), (), (), ())), before=CURRENT.fingerprint)
        second = replace(
            reloaded(Changes((NEWER,), (), (OLD,), ())),
            before=first.serving.fingerprint,
            serving=replace(first.serving, fingerprint="c" * 16),
        )
        for outcome in (first, unchanged(), second):
            desk.note(outcome)
        await until_arrived(records, "جديد", "أجدد")
        desk.note(replace(rolled_back(), before="c" * 16, changes=Changes((OLD,), (), (NEWER,), ())))
        await until_arrived(records, "جديد")


async def searched_often(searches: list[None]) -> None:
    await eventually(lambda: len(searches) > 3, "searches for a client that is ready")


async def test_nothing_is_sent_before_the_bot_is_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.chat.exchange.delivery._LOOK_EVERY", 0.01)
    looks = Looks()
    for client in (None, Client(is_ready=False)):
        searches = list[None]()
        async with (
            kept(store(tmp_path)) as records,
            running(records, looks, client, on_search=partial(searches.append, None)),
        ):
            await searched_often(searches)
    assert looks.count == 0


@pytest.mark.parametrize("failure", [RecordsAwayError(), ValueError("unforeseen")])
async def test_whatever_fails_it_looks_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, failure: Exception
) -> None:
    monkeypatch.setattr("bot.chat.exchange.delivery.TRY_AGAIN", 0.01)
    looks = Looks(failure)
    async with kept(store(tmp_path)) as records, running(records, looks, Client()):
        await looks.happened(3)
    assert ("could not be sent" in caplog.text) is isinstance(failure, ValueError)


async def test_a_post_that_fails_again_and_again_is_tried_less_often_and_holds_up_no_card_of_the_week(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    post, week = Looks(*(ValueError("unforeseen") for _ in range(9))), Looks()
    async with kept(store(tmp_path)) as records, running(records, post, Client(), week) as desk:
        for count in range(1, 5):
            await week.happened(count)
            desk.look()
    assert post.count == 1
    assert caplog.text.count("could not be sent") == 1


async def test_a_change_that_cannot_be_described_costs_no_other(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    looks = Looks()
    async with kept(store(tmp_path)) as records, running(records, looks, Client()) as desk:
        broken = reloaded(Changes((cast("Any", None),), (), (), ()))
        desk.note(broken)
        desk.note(replace(reloaded(Changes((NEW,), (), (), ())), before=CURRENT.fingerprint))
        await until_arrived(records, "جديد")
    assert "could not be noted" in caplog.text


class Faltering(Sequence[Article]):
    """Articles of a search server that answers only at the so many-th try."""

    def __init__(self, *errors: SearchError) -> None:
        self._errors = list(errors)

    def __len__(self) -> int:
        return 1

    def __getitem__(self, _: Any) -> Any:
        if self._errors:
            raise self._errors.pop(0)
        return [NEW]


async def test_what_a_search_server_cannot_say_yet_is_noted_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.chat.news.news_desk.TRY_AGAIN", 0.01)
    added = Faltering(SearchAwayError("refused"), SearchDeniedError("401"), SearchAwayError("refused"))
    async with kept(store(tmp_path)) as records, running(records, Looks(), Client()) as desk:
        desk.note(replace(reloaded(Changes(added, (), (), ())), before=CURRENT.fingerprint))
        await until_arrived(records, "جديد")
    assert not caplog.records


async def test_what_a_removed_index_had_holds_up_no_later_change(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with kept(store(tmp_path)) as records, running(records, Looks(), Client()) as desk:
        desk.note(reloaded(Changes((), (), Faltering(*[IndexGoneError("isnad-1")] * 9), ())))
        desk.note(replace(reloaded(Changes((NEW,), (), (), ())), before=CURRENT.fingerprint))
        await until_arrived(records, "جديد")
    [record] = caplog.records
    assert (record.levelname, record.exc_info) == ("WARNING", None)
