"""What is old goes, what is too much goes, and a year of use leaves the store as large as a season does."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import URL, Connection, func, select, text

from bot.records import Change, retention
from bot.records.database import MOST_LOG_BYTES, open_engine
from bot.records.figures import add_to_figure, set_figure
from bot.records.quoted_answers import CardQuote, replace_quotes
from bot.records.retention import DAY, RETENTION, prune
from bot.records.tables import ARRIVALS, METADATA, QUOTES, REFUSALS, VOTES
from tests.ops.clock import Clock
from tests.records.driving import DAYS, kept, rows

NOW = datetime(2026, 11, 24, tzinfo=UTC).timestamp()


def refusal(number: int, at: float) -> Change:
    values = {"channel_id": 1, "message_id": number, "question": "متى فتحت المكتبة؟ " * 4, "reason": "off_topic"}
    return lambda connection: connection.execute(REFUSALS.insert().values(asked_at=int(at), **values))


def vote(number: int, at: float) -> Change:
    values = {"message_id": number, "member_id": 1, "is_helpful": True, "url": "https://discord.com/channels/1/2/3"}
    return lambda connection: connection.execute(VOTES.insert().values(voted_at=int(at), **values))


def arrival(number: int, at: float) -> Change:
    values = {"article_id": f"{number}", "title": "فتحت المكتبة " * 4}
    return lambda connection: connection.execute(ARRIVALS.insert().values(arrived_at=int(at), **values))


def counts(connection: Connection) -> dict[str, int]:
    """Count the rows of each table."""
    return {
        name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in METADATA.tables.items()
    }


def day_of(at: float) -> str:
    return f"{datetime.fromtimestamp(at, UTC).date()}"


async def test_rows_older_than_the_days_kept_are_deleted(url: URL) -> None:
    async with kept(url, Clock(NOW)) as records:
        for number, age in enumerate((0, DAYS - 1, DAYS + 1, 4 * DAYS)):
            for change in (refusal, vote, arrival):
                records.write(change(number, NOW - age * DAY))
        for age in (0, 399, 401):
            records.write(partial(add_to_figure, name="asked", day=day_of(NOW - age * DAY)))
        records.write(partial(set_figure, name="channel", value=7))
        records.write(partial(set_figure, name="writer 2026-11-24 abc", value=7))
        records.write(partial(prune, now=NOW, days=DAYS))
        found = await records.ask(counts)
        assert {name: found[name] for name in ("refusals", "votes", "arrivals")} == dict.fromkeys(
            ("refusals", "votes", "arrivals"), 2
        )
        names = [(name, day) for name, day, _ in await records.ask(rows)]
        assert names == [("asked", day_of(NOW - 399 * DAY)), ("asked", day_of(NOW)), ("channel", "")]


async def test_a_table_may_have_days_of_its_own(url: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    shorter = RETENTION[VOTES]._replace(days=DAYS // 2)
    monkeypatch.setattr(retention, "RETENTION", {**RETENTION, VOTES: shorter})
    assert (retention.days_kept(VOTES, DAYS), retention.days_kept(REFUSALS, DAYS)) == (DAYS // 2, DAYS)
    assert retention.days_kept(VOTES, 3) == 3, "rows of people never outlast RECORDS_DAYS"
    async with kept(url, Clock(NOW)) as records:
        for number, age in enumerate((0, DAYS // 2 + 1, DAYS + 1)):
            for change in (refusal, vote):
                records.write(change(number, NOW - age * DAY))
        records.write(partial(prune, now=NOW, days=DAYS))
        found = await records.ask(counts)
        assert (found["votes"], found["refusals"]) == (1, 2)


async def test_who_was_told_is_forgotten_with_the_quotes_of_the_answer(url: URL) -> None:
    days = retention.days_kept(QUOTES, DAYS)
    async with kept(url, Clock(NOW)) as records:
        for number, age in enumerate((days - 1, days + 1)):
            records.write(refusal(number, NOW))
            ended = REFUSALS.update().where(REFUSALS.c.message_id == number)
            at = int(NOW) - age * DAY
            records.write(partial(Connection.execute, statement=ended.values(ended_at=at)))
            quote = CardQuote(number, "", 1, "a", 1, at)
            records.write(partial(replace_quotes, message_id=quote.message_id, quotes=[quote]))
        records.write(partial(prune, now=NOW, days=DAYS))
        found = await records.ask(counts)
        assert (found["quotes"], found["refusals"]) == (1, 1)


async def test_of_too_many_rows_the_oldest_are_deleted(url: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    few = {table: kept._replace(most=10) for table, kept in RETENTION.items()}
    monkeypatch.setattr(retention, "RETENTION", few)
    async with kept(url, Clock(NOW)) as records:
        for number in range(40):
            records.write(refusal(number, NOW))
            records.write(vote(number, NOW + number))
            records.write(arrival(number, NOW))
            records.write(partial(add_to_figure, name="asked", day=day_of(NOW - number * DAY)))
        records.write(partial(set_figure, name="channel", value=7))
        records.write(partial(prune, now=NOW, days=DAYS))
        # All figures of one day go together, and those of no day stay.
        kept_rows = {"refusals": 10, "votes": 10, "arrivals": 10, "figures": 10 + 1}
        assert {name: count for name, count in (await records.ask(counts)).items() if count} == kept_rows
        left = await records.ask(lambda connection: connection.execute(select(ARRIVALS.c.article_id)).scalars().all())
        assert sorted(map(int, left)) == list(range(30, 40))


def test_a_large_change_leaves_no_log_as_large_beside_the_file(sqlite_url: URL) -> None:
    file = Path(str(sqlite_url.database))
    log = file.with_name(f"{file.name}-wal")
    file.parent.mkdir(parents=True)
    engine = open_engine(sqlite_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE things (words BLOB)")
        connection.execute(text("INSERT INTO things VALUES (zeroblob(:size))"), {"size": 3 * MOST_LOG_BYTES})
    assert log.stat().st_size > MOST_LOG_BYTES
    for _ in range(2):
        with engine.begin() as connection:
            connection.exec_driver_sql("INSERT INTO things VALUES (zeroblob(9))")
    assert log.stat().st_size <= MOST_LOG_BYTES
    engine.dispose()


@pytest.mark.slow
async def test_a_year_of_use_leaves_the_store_as_large_as_a_season(sqlite_url: URL) -> None:
    clock = Clock(NOW)
    rows_of: list[int] = []
    sizes: list[int] = []
    async with kept(sqlite_url, clock) as records:
        number = 0
        for day in range(366):
            for _ in range(20):
                number += 1
                for change in (refusal, vote, arrival):
                    records.write(change(number, clock.now))
            for name in ("asked", "answered", "refused", "helpful"):
                records.write(partial(add_to_figure, name=name, day=day_of(clock.now), count=20))
            if day % 10 == 0:
                found = await records.ask(counts)
                rows_of.append(sum(count for name, count in found.items() if name != "figures"))
                sizes.append(size(sqlite_url))
            clock.now += DAY
        assert records.state.dropped == 0
        assert found["figures"] <= 366 * 4
    season = slice(10, None)  # from the hundredth day on nothing new is kept without something old going
    assert max(rows_of[season]) <= (DAYS + 2) * 20 * 3
    assert max(rows_of[season]) - min(rows_of[season]) <= 2 * 20 * 3
    # But figures: of those a year's worth is kept.
    assert max(sizes[season]) <= 1.1 * sizes[10]


def size(url: URL) -> int:
    """Return the bytes of a store's files."""
    return sum(path.stat().st_size for path in _files(url))


def _files(url: URL) -> Iterator[Path]:
    return Path(str(url.database)).parent.iterdir()
