import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

from bot.answering import Gap, Gaps, Reason
from bot.chat.moderation import GapCounter
from bot.threads import Worker
from tests.chat.samples import ARABIC, refusal
from tests.e2e.in_process import passing_records


class Noted:
    """Gaps that keep what they are told, and by which thread."""

    since = datetime(2026, 11, 24, tzinfo=UTC)
    noted = private = 0

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.threads: set[int] = set()

    def note(self, question: str, missing: object, kind: Reason, *, is_public: bool) -> None:
        del missing, kind
        self.threads.add(threading.get_ident())
        self.asked.append(question if is_public else f"({question})")

    def most_frequent(self, limit: int) -> list[Gap]:
        del limit
        self.threads.add(threading.get_ident())
        return []


async def test_one_thread_that_is_not_the_loops_counts_and_lists_in_order() -> None:
    gaps = Noted()
    notes = GapCounter(cast("Gaps", gaps), Worker(), passing_records(), days=90)
    for number in range(3):
        notes.note(replace(refusal(), question=f"س{number}"), is_public=number < 2)
    notes.note(replace(refusal(), question="ومتى؟", completed_from="من افتتح المكتبة؟"), is_public=True)
    card = await notes.card(ARABIC)
    assert gaps.asked == ["س0", "س1", "(س2)", "من افتتح المكتبة؟ ومتى؟"]
    assert len(gaps.threads) == 1
    assert threading.get_ident() not in gaps.threads
    assert card.title == ARABIC("gaps.title")
