"""An SQLite file that is locked, damaged, gone, without room, or where nothing may be written."""

import asyncio
import logging
import random
import resource
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import URL, Connection

from bot.records import Records, RecordsAwayError
from bot.records import database as bounds
from bot.records import records as pauses
from bot.records.database import SqliteFile
from bot.records.member_rows import read_member_rows
from bot.records.refusals import HERE, RefusedQuestion, add_waiting, gaps_since, open_refusals, untold_members
from tests.patience import PATIENCE, eventually
from tests.records.driving import answered, counted, kept, sums


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pauses, "_FIRST_PAUSE", 0.05)
    monkeypatch.setattr(pauses, "_LONGEST_PAUSE", 0.1)
    monkeypatch.setattr(bounds, "_BUSY", 0.05)


@pytest.fixture
def file(sqlite_url: URL) -> Path:
    return Path(str(sqlite_url.database))


async def test_a_file_that_another_process_locks_is_waited_for(sqlite_url: URL, file: Path) -> None:
    async with kept(sqlite_url) as records:
        assert await records.ask_within(PATIENCE, sums) == {}
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            for _ in range(50):
                records.write(counted("asked"))
            await eventually(lambda: records.state.error == "busy", "the fault busy")
            with pytest.raises(RecordsAwayError):
                await records.ask(sums)
            assert records.state.waiting == 50
        await eventually(lambda: not records.state.waiting, "a store that has all changes")
        assert await records.ask_within(PATIENCE, sums) == {"asked": 50}
        assert records.state.dropped == 0


async def test_of_too_many_changes_the_newest_wait_and_the_others_are_counted(
    sqlite_url: URL, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pauses, "MOST_WAITING", most := 500)
    async with kept(sqlite_url) as records:
        await eventually(lambda: records.state.error is None, "a store that is well")
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            records.write(counted("first"))
            await eventually(lambda: records.state.error == "busy", "the fault busy")
            for _ in range(100):
                records.write(counted("old"))
            for _ in range(most):
                records.write(counted("new"))
            assert records.state.dropped == 100
            # What was about to be written is not pushed out.
            assert records.state.waiting == most + 1
        await eventually(lambda: not records.state.waiting, "a store that has all changes")
        assert await records.ask_within(PATIENCE, sums) == {"first": 1, "new": most}


async def test_the_file_is_its_owners_alone(sqlite_url: URL, file: Path) -> None:
    async with kept(sqlite_url) as records:
        records.write(counted("asked"))
        await records.ask(sums)
        for path in file.parent.iterdir():
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def rewritten(file: Path, change: Callable[[bytes], bytes]) -> bytes:
    """Change a file, and return what is in it then."""
    file.write_bytes(change(file.read_bytes()))
    return file.read_bytes()


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda _: b"no database at all, but a file of words " * 200, id="words"),
        pytest.param(lambda data: data[: len(data) // 2], id="cut"),
        pytest.param(lambda data: data[:4096] + bytes(len(data) - 4096), id="zeros", marks=pytest.mark.slow),
        pytest.param(lambda data: data[:100] + b"\xff" * 200 + data[300:], id="first page", marks=pytest.mark.slow),
    ],
)
async def test_a_damaged_file_is_put_aside_and_begun_anew(
    sqlite_url: URL, file: Path, spoil: Callable[[bytes], bytes], caplog: pytest.LogCaptureFixture
) -> None:
    async with kept(sqlite_url) as records:
        for number in range(500):
            records.write(counted(f"asked {number}"))
        assert len(await records.ask_within(PATIENCE, sums)) == 500
    spoilt = rewritten(file, spoil)
    async with kept(sqlite_url) as records:
        assert [result.key for result in records.inspect()] == ["records.fault.damaged", "records.said"]
        records.write(counted("asked"))
        assert await records.ask_within(PATIENCE, sums) == {"asked": 1}
        assert records.state.error is None
        assert records.state.renewed_at is not None
    [aside] = file.parent.glob("*.damaged-*")
    assert aside.read_bytes() == spoilt
    assert f"kept as {aside.name}" in caplog.text


def spoil_pages(file: Path) -> None:
    with file.open("r+b") as stream:
        for page in range(0, file.stat().st_size, 4096):
            stream.seek(page)
            stream.write(b"\xff" * 200)


async def test_damage_while_the_bot_runs_loses_nothing_that_comes_after(sqlite_url: URL, file: Path) -> None:
    async with kept(sqlite_url) as records:
        for number in range(500):
            records.write(counted(f"asked {number}"))
        await records.ask(sums)
        with closing(sqlite3.connect(file)) as other:
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        spoil_pages(file)
        with pytest.raises(RecordsAwayError):
            await records.ask(sums)
        records.write(counted("later"))
        await eventually(
            lambda: records.state.renewed_at is not None and not records.state.waiting,
            "a renewed store that has all changes",
        )
        assert await records.ask_within(PATIENCE, sums) == {"later": 1}
        assert records.state.dropped == 0


_QUESTION = "كم عدد القتلى في الانفجار الذي وقع أمس"


async def fill(records: Records, count: int = 5) -> None:
    """Let members wait for answers."""
    for number in range(count):
        refused = RefusedQuestion(1, 100 + number, 1000, f"{_QUESTION} {number}", "off_topic")
        waits = partial(add_waiting, refused=refused, member_id=5 + number, tell_in=HERE, most=20)
        assert await records.ask_within(PATIENCE, waits)


def read_all(connection: Connection) -> None:
    """Ask all that the bot asks of waits and gaps."""
    open_refusals(connection, 100)
    untold_members(connection)
    gaps_since(connection, 0, 100)
    read_member_rows(connection, 5)


def changed_copies(file: Path, count: int) -> Iterator[None]:
    """Write the file anew as often, each time with a changed bit in a page that has questions."""
    data, draw = file.read_bytes(), random.Random(7)  # noqa: S311 (no secret)
    pages = [start for start in range(0, len(data), 4096) if _QUESTION.encode() in data[start : start + 4096]]
    for _ in range(count):
        for left in file.parent.iterdir():
            left.unlink()
        copy = bytearray(data)
        copy[draw.choice(pages) + draw.randrange(4096)] ^= 0x40
        file.write_bytes(copy)
        yield


async def test_a_changed_byte_of_a_question_is_damage_like_another(
    sqlite_url: URL, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with kept(sqlite_url, lambda: 1000.0) as records:
        await fill(records)
    rewritten(file, lambda data: data.replace(_QUESTION.encode(), b"\xff" + _QUESTION.encode()[1:]))
    async with kept(sqlite_url, lambda: 1000.0) as records:
        with pytest.raises(RecordsAwayError):
            await records.ask_within(PATIENCE, read_all)
        await answered(records, read_all)
        assert records.state.renewed_at is not None
        records.write(counted("later"))
        assert await records.ask_within(PATIENCE, sums) == {"later": 1}
    assert len([*file.parent.glob("*.damaged-*")]) == 1
    # The driver's own words repeat the question.
    assert "القتلى" not in caplog.text
    assert "(damaged)" in caplog.text


@pytest.mark.slow
async def test_no_changed_byte_is_met_as_a_mistake_of_the_bot(sqlite_url: URL, file: Path) -> None:
    async with kept(sqlite_url, lambda: 1000.0) as records:
        await fill(records, 25)
    for _ in changed_copies(file, 150):
        async with kept(sqlite_url, lambda: 1000.0) as records:
            await answered(records, read_all)


async def test_a_file_that_is_removed_while_the_bot_runs_is_begun_anew(sqlite_url: URL, file: Path) -> None:
    async with kept(sqlite_url) as records:
        records.write(counted("asked"))
        await records.ask(sums)
        for path in file.parent.iterdir():
            path.unlink()
        file.parent.rmdir()
        records.write(counted("later"))
        assert await records.ask_within(PATIENCE, sums) == {"later": 1}
        assert {path.name for path in file.parent.iterdir()} >= {file.name}


def test_another_process_s_new_file_is_not_put_aside(file: Path) -> None:
    file.parent.mkdir()
    ours = SqliteFile(file)
    ours.prepare()
    file.rename(f"{file}.damaged")
    file.write_bytes(b"theirs")
    assert not ours.put_aside()
    assert file.read_bytes() == b"theirs"


def test_few_damaged_files_are_kept(file: Path) -> None:
    file.parent.mkdir()
    for number in range(5):
        for suffix in ("", "-wal"):
            Path(f"{file}.damaged-2026112{number}000000{suffix}").touch()
    ours = SqliteFile(file)
    ours.prepare()
    assert ours.put_aside()
    kept_files = sorted(path.name for path in file.parent.iterdir())
    assert len([name for name in kept_files if not name.endswith("-wal")]) == 2
    assert not file.exists()


async def test_a_place_where_nothing_can_be_written_is_said_and_tried_again(tmp_path: Path) -> None:
    place = tmp_path / "cache"
    place.write_text("a file where a folder should be")
    url = URL.create("sqlite", database=str(place / "isnad.sqlite"))
    async with kept(url) as records:
        records.write(counted("asked"))
        await eventually(lambda: records.state.error == "read_only", "the fault read_only")
        assert [(result.key, result.is_problem) for result in records.inspect()] == [("records.fault.read_only", True)]
        place.unlink()
        await eventually(lambda: not records.state.waiting, "a store that has all changes")
        assert await records.ask_within(PATIENCE, sums) == {"asked": 1}


async def test_a_disk_without_room_is_away_until_there_is_some(
    sqlite_url: URL, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with kept(sqlite_url) as records:
        await records.ask(sums)
        with files_of_at_most(size_of(file)):
            for number in range(1000):
                records.write(counted(f"asked {number}"))
            await eventually(lambda: records.state.error == "disk", "the fault disk")
            with pytest.raises(RecordsAwayError):
                await records.ask(sums)
        await eventually(lambda: not records.state.waiting, "a store that has all changes")
        assert sum((await records.ask_within(PATIENCE, sums)).values()) == 1000
        assert records.state.dropped == 0
    assert [record.levelno for record in caplog.records if record.levelno >= logging.ERROR] == []


def size_of(file: Path) -> int:
    return file.stat().st_size


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let this process write no file beyond a size."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_the_loop_never_waits_for_the_store(sqlite_url: URL, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "_BUSY", 30)
    async with kept(sqlite_url) as records:
        await records.ask(sums)
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            records.write(counted("asked"))
            asked = asyncio.create_task(records.ask(sums))
            # The thread waits for the lock; whoever answers questions does not.
            for _ in range(100):
                await asyncio.sleep(0)
            assert not asked.done()
            assert records.state.waiting == 1
        assert await asked == {"asked": 1}
