import asyncio
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, cast

import pytest

from bot.answering import Gap, Gaps, Reason
from bot.chat.moderation.gap_counter import GapCounter
from bot.records.figures import add_to_figure
from bot.records.refusals import RefusedQuestion, mark_answered, note_refusal
from bot.workers.threads import Worker
from tests.answering.coverage import KNOWLEDGE
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

    def restore(self, since: datetime, private: int) -> None:
        del since, private
        self.threads.add(threading.get_ident())

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


def kept_gap(card: int, question: str, **about: Any) -> RefusedQuestion:
    now = int(time.time())
    return RefusedQuestion(5, card, now - 60 + card, question, "unsupported", guild_id=1, **about)


async def test_what_earlier_processes_counted_is_counted_again_and_closed_by_its_card() -> None:
    records, gaps = passing_records(), Gaps(KNOWLEDGE)
    notes = GapCounter(gaps, Worker(), records, days=90)
    answered, scoped, mine = kept_gap(3, "متى أغلق الجسر؟"), kept_gap(4, "من بنى السد؟", scope="20250101::"), 5
    for gap in (kept_gap(1, "متى يفتتح مطار كوكبان؟"), kept_gap(2, "من اخترع الزرافة؟"), answered, scoped):
        records.write(partial(note_refusal, refused=gap))
    records.write(partial(note_refusal, refused=kept_gap(mine, "ما سعر الذهب؟")))
    records.write(partial(mark_answered, message_id=3, at=int(time.time())))
    records.write(partial(add_to_figure, name="gaps_private", day=datetime.now(UTC).date().isoformat(), count=4))
    notes.known[mine] = kept_gap(mine, "ما سعر الذهب؟")
    await notes.restore()
    listed = "\n".join((await notes.card(ARABIC)).texts)
    assert ARABIC("gaps.private", count=4) in listed
    assert [gap.examples for gap in gaps.most_frequent(9)] == [("من اخترع الزرافة؟",), ("متى يفتتح مطار كوكبان؟",)]
    notes.forget([1, mine])
    notes.close(kept_gap(2, "من اخترع الزرافة؟"))
    await notes.card(ARABIC)
    assert gaps.most_frequent(9) == []


async def test_a_private_gap_is_a_count_of_its_day_that_outlives_the_process() -> None:
    records = passing_records()
    for reason in (Reason.OFF_TOPIC, Reason.UNSUPPORTED, Reason.OUT_OF_SCOPE, Reason.GREETING):
        GapCounter(Gaps(KNOWLEDGE), Worker(), records, days=90).note(refusal(reason), is_public=False)
    after = GapCounter(gaps := Gaps(KNOWLEDGE), Worker(), records, days=90)
    await after.restore()
    await after.card(ARABIC)
    assert (gaps.private, gaps.noted) == (2, 0)


@pytest.mark.parametrize("is_late", [False, True])
async def test_a_private_gap_is_counted_once_whenever_the_earlier_ones_are_read(*, is_late: bool) -> None:
    records = passing_records()
    GapCounter(Gaps(KNOWLEDGE), Worker(), records, days=90).note(refusal(Reason.OFF_TOPIC), is_public=False)
    gaps = Gaps(KNOWLEDGE)
    notes = GapCounter(gaps, Worker(), records, days=90)
    if not is_late:
        notes.note(refusal(Reason.OFF_TOPIC), is_public=False)
    restoring = asyncio.create_task(notes.restore())
    await asyncio.sleep(0)
    if is_late:
        notes.note(refusal(Reason.OFF_TOPIC), is_public=False)
    await restoring
    await notes.card(ARABIC)
    assert gaps.private == 2
