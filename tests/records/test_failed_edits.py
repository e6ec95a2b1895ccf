from dataclasses import replace
from functools import partial

from sqlalchemy import URL

from bot.records.figures import add_to_figure
from bot.records.refusals import (
    RefusedQuestion,
    failed_edits,
    forget_cards,
    forget_failed_edits,
    leave_refused,
    mark_answered,
    note_failed_edit,
    note_refusal,
)
from tests.records.driving import kept

GAP = RefusedQuestion(10, 100, 1_000, "متى افتتح المتحف؟", "off_topic", guild_id=5)


async def test_the_days_of_each_card_are_counted(url: URL) -> None:
    async with kept(url) as records:
        # Other figures, one of which begins as those do for a store that takes _ for any sign.
        records.write(partial(add_to_figure, name="answered", day="2026-03-01"))
        records.write(partial(add_to_figure, name="late-answer-failed-7", day="2026-03-01"))
        days = [
            await records.ask(partial(note_failed_edit, message_id=2**62, day=f"2026-03-0{day}"))
            for day in (1, 1, 2, 3)
        ]
        assert days == [1, 1, 2, 3]
        assert await records.ask(partial(note_failed_edit, message_id=5, day="2026-03-01")) == 1
        assert await records.ask(failed_edits) == {2**62: 4, 5: 1}
        await records.ask(partial(forget_failed_edits, message_ids=[2**62]))
        assert await records.ask(failed_edits) == {5: 1}


async def test_it_goes_with_the_card(url: URL) -> None:
    async with kept(url) as records:
        for number in range(4):
            records.write(partial(note_refusal, refused=replace(GAP, message_id=number)))
            await records.ask(partial(note_failed_edit, message_id=number, day="2026-03-01"))
        records.write(partial(mark_answered, message_id=0, at=9))
        records.write(partial(leave_refused, message_id=1, at=9))
        records.write(partial(forget_cards, message_ids=[2]))
        assert await records.ask(failed_edits) == {3: 1}
