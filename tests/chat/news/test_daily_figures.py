from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL

from bot.answering import Reason
from bot.chat.news.weekly_report import DailyFigures
from bot.records import Records
from bot.records.figures import sum_figures
from tests.chat.samples import answer, article, refusal
from tests.records.driving import kept

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC).timestamp()


async def counted(records: Records) -> dict[str, int]:
    found = await records.ask(lambda one: sum_figures(one, "2026-11-24"))
    return {name: count for name, count in found.items() if " " not in name}


async def test_outcomes_and_votes_are_counted_by_day(tmp_path: Path) -> None:
    async with kept(URL.create("sqlite", database=str(tmp_path / "store.sqlite"))) as records:
        figures = DailyFigures(records, now=lambda: NOON)
        for outcome in (answer(article()), refusal(), refusal(Reason.GREETING), answer(article())):
            figures.note_outcome(outcome)
        figures.note_vote(helpful=True, is_changed=False)
        figures.note_vote(helpful=False, is_changed=True)
        assert await counted(records) == {"answered": 2, "refused": 1, "helpful": 0, "unhelpful": 1}
