"""Records copied from one database into another: every row as it was, and new rows numbered after them."""

from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import URL, Connection, select

from bot.errors import SettingsError
from bot.records import Records
from bot.records.figures import set_figure
from bot.records.member_rows import keep_vote
from bot.records.news.arrivals import CoverageChange, note_change
from bot.records.refusals import HERE, RefusedQuestion, add_waiting, gaps_since, note_refusal
from bot.records.tables import METADATA
from tests.console.command_line import CommandLine
from tests.patience import PATIENCE
from tests.records.driving import DAYS, counted, kept
from tests.records.stores import arrival

FAR = 10**9 * 2


def refused(card: int) -> RefusedQuestion:
    return RefusedQuestion(1, card, FAR, "متى فتحت «المكتبة»؟\n🔔", "off_topic", 2**62, missing=("مكتبة",))


def everything(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    return {
        name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
        for name, table in METADATA.tables.items()
    }


async def fill(url: URL) -> dict[str, list[tuple[object, ...]]]:
    """Write rows to every table, whose numbers have gaps."""
    async with kept(url) as records:
        for card in range(30):
            records.write(partial(note_refusal, refused=refused(card)))
        records.write(partial(add_waiting, refused=refused(3), member_id=2**63 - 1, tell_in=HERE, most=9))
        records.write(partial(keep_vote, message_id=1, member_id=2, is_helpful=True, url="https://a", voted_at=FAR))
        change = CoverageChange(7, None, 0, added=[arrival("a")])
        records.write(partial(note_change, change=change, now=FAR))
        records.write(counted("asked", "2099-01-01"))
        records.write(partial(set_figure, name="news_channel:5", value=6))
        return await records.ask_within(PATIENCE, everything)


async def check_goes_on(url: URL, found: dict[str, list[tuple[object, ...]]]) -> None:
    """Check that a store has these rows, and takes more."""
    async with kept(url) as records:
        assert await records.ask_within(PATIENCE, everything) == found
        for card in range(100, 110):
            records.write(partial(note_refusal, refused=refused(card)))
        assert len(await records.ask_within(PATIENCE, partial(gaps_since, since=0, most=99))) == 40
        assert records.state.dropped == 0


async def test_all_rows_come_along_and_new_ones_are_numbered_after_them(url: URL, tmp_path: Path) -> None:
    first, last = tmp_path / "first.sqlite", URL.create("sqlite", database=str(tmp_path / "last" / "last.sqlite"))
    found = await fill(URL.create("sqlite", database=str(first)))
    [done] = Records(url, days=DAYS).copy_from(str(first))
    assert (done.key, done.is_problem, done.values["count"]) == (
        "records.copy.done",
        False,
        sum(map(len, found.values())),
    )
    [back] = Records(last, days=DAYS).copy_from(url.render_as_string(hide_password=False))
    assert not back.is_problem
    await check_goes_on(url, found)
    await check_goes_on(last, found)


async def test_nothing_is_copied_over_other_records_or_from_nowhere(url: URL, tmp_path: Path) -> None:
    found = await fill(url)
    other = tmp_path / "other.sqlite"
    await fill(URL.create("sqlite", database=str(other)))
    records = Records(url, days=DAYS)
    assert [result.key for result in records.copy_from(str(other))] == ["records.copy.not_empty"]
    assert [result.key for result in records.copy_from(str(tmp_path / "none.sqlite"))] == ["records.copy.none"]
    (tmp_path / "empty.sqlite").touch()
    assert [result.key for result in records.copy_from(str(tmp_path / "empty.sqlite"))] == ["records.copy.none"]
    (tmp_path / "text.sqlite").write_text("no database" * 100)
    assert records.copy_from(str(tmp_path / "text.sqlite"))[0].key == "records.fault.damaged"
    with pytest.raises(SettingsError, match="FROM"):
        records.copy_from("postgres://:/")
    async with kept(url) as again:
        assert await again.ask_within(PATIENCE, everything) == found


async def test_the_command_says_what_it_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    isnad = CommandLine(monkeypatch, capsys)
    source = tmp_path / "isnad-1.sqlite"
    await fill(URL.create("sqlite", database=str(source)))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new.sqlite'}")
    done = isnad("--language", "en", "records", str(source))
    assert (done.code, done.out, done.err) == (0, "Copied from SQLite to SQLite: 37 rows.\n", "")
    again = isnad("--language", "en", "records", str(source))
    assert (again.code, again.out) == (2, "")
    assert "nothing is copied" in again.err
