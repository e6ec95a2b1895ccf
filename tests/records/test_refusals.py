from dataclasses import replace
from functools import partial

from sqlalchemy import URL

from bot.records import Records
from bot.records.figures import add_to_figure
from bot.records.refusals import (
    DIRECT,
    HERE,
    RefusedQuestion,
    add_waiting,
    begin_telling,
    change_words,
    end_telling,
    failed_edits,
    forget_cards,
    forget_failed_edits,
    gaps_since,
    is_waiting,
    leave_refused,
    mark_answered,
    note_failed_edit,
    note_refusal,
    open_message_ids,
    open_refusals,
    remove_waiting,
    untold_members,
)
from tests.records.driving import kept

SARA, LAYLA = 7, 2**62
GAP = RefusedQuestion(
    10, 100, 1_000, "متى افتتح المتحف؟", "off_topic", guild_id=5, previous="أين المتحف؟", missing=("المتحف",)
)
MANY = 2000


def wait(refused: RefusedQuestion, member: int, place: str = DIRECT, most: int = 20) -> "partial[bool]":
    return partial(add_waiting, refused=refused, member_id=member, tell_in=place, most=most)


async def all_open(records: Records) -> list[RefusedQuestion]:
    return list(await records.ask(partial(open_refusals, most=MANY)))


async def test_a_gap_is_a_row_a_card_with_its_last_words(url: URL) -> None:
    async with kept(url) as records:
        records.write(partial(note_refusal, refused=GAP))
        changed = replace(GAP, question="متى افتتح المسرح؟", missing=(), scope=":20260331:", asked_at=1_005)
        records.write(partial(note_refusal, refused=changed))
        assert await all_open(records) == [replace(changed, is_gap=True)]
        assert await records.ask(partial(gaps_since, since=0, most=9)) == [changed]
        assert await records.ask(partial(gaps_since, since=1_006, most=9)) == []
        assert await records.ask(open_message_ids) == {100}


async def test_who_waits_waits_once_a_card_and_for_so_many(url: URL) -> None:
    async with kept(url) as records:
        for number in range(3):
            assert await records.ask(wait(replace(GAP, message_id=number + 1), SARA, most=3))
        assert await records.ask(wait(replace(GAP, message_id=1), SARA, HERE, most=3))
        assert not await records.ask(wait(replace(GAP, message_id=4), SARA, most=3))
        assert await records.ask(wait(replace(GAP, message_id=4), LAYLA, most=3))
        assert len(await all_open(records)) == 4
        records.write(partial(remove_waiting, message_id=2, member_id=SARA))
        assert not await records.ask(partial(is_waiting, message_id=2, member_id=SARA))
        assert await records.ask(partial(is_waiting, message_id=1, member_id=SARA))


async def test_a_card_is_asked_once_by_the_words_of_its_gap_the_newest_first(url: URL) -> None:
    async with kept(url) as records:
        records.write(partial(note_refusal, refused=GAP))
        other = replace(GAP, message_id=101, guild_id=None)
        for member in (SARA, LAYLA):
            assert await records.ask(wait(other, member))
            assert await records.ask(wait(replace(GAP, question="غيره", guild_id=None), member))
        assert await all_open(records) == [replace(GAP, is_gap=True), other]
        assert len(await records.ask(partial(open_refusals, most=1))) == 1
        records.write(partial(change_words, refused=replace(GAP, question="ومتى؟", previous="من؟")))
        records.write(partial(mark_answered, message_id=100, at=2_000))
        assert {row.question for row in await records.ask(untold_members)} == {"ومتى؟"}


async def test_who_is_told_waits_no_more_and_the_gap_stays_answered(url: URL) -> None:
    async with kept(url) as records:
        records.write(partial(note_refusal, refused=GAP))
        assert await records.ask(wait(GAP, SARA, HERE))
        assert await records.ask(wait(GAP, LAYLA))
        assert await records.ask(untold_members) == []
        records.write(partial(mark_answered, message_id=100, at=2_000))
        records.write(partial(mark_answered, message_id=100, at=3_000))
        sara, layla = await records.ask(untold_members)
        assert (sara.member_id, sara.is_direct, sara.begun_at) == (SARA, False, None)
        assert (layla.member_id, layla.is_direct, layla.channel_id, layla.message_id) == (LAYLA, True, 10, 100)
        records.write(partial(begin_telling, ids=[sara.id], at=2_001))
        assert [row.begun_at for row in await records.ask(untold_members)] == [2_001, None]
        records.write(partial(end_telling, ids=[sara.id, layla.id], at=2_002))
        assert await records.ask(untold_members) == []
        assert not await records.ask(partial(is_waiting, message_id=100, member_id=SARA))
        assert await all_open(records) == []
        assert [gap.answered_at for gap in await records.ask(partial(gaps_since, since=0, most=9))] == [2_000]


async def test_a_card_that_cannot_be_edited_is_told_to_nobody(url: URL) -> None:
    async with kept(url) as records:
        records.write(partial(note_refusal, refused=GAP))
        assert await records.ask(wait(GAP, SARA))
        records.write(partial(leave_refused, message_id=100, at=2_000))
        assert await records.ask(untold_members) == []
        assert await all_open(records) == []


async def test_a_deleted_card_leaves_nothing(url: URL) -> None:
    async with kept(url) as records:
        records.write(partial(note_refusal, refused=GAP))
        assert await records.ask(wait(GAP, SARA))
        assert await records.ask(wait(replace(GAP, message_id=101), SARA))
        records.write(partial(forget_cards, message_ids=[100, 7]))
        assert await records.ask(open_message_ids) == {101}


async def test_of_many_gaps_the_newest_are_kept_the_newest_last(url: URL) -> None:
    async with kept(url) as records:
        for number in range(5):
            records.write(partial(note_refusal, refused=replace(GAP, message_id=number, asked_at=1_000 - number)))
        found = await records.ask(partial(gaps_since, since=0, most=3))
        assert [gap.message_id for gap in found] == [2, 1, 0]


async def test_the_days_on_which_a_card_could_not_be_edited_are_counted(url: URL) -> None:
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


async def test_what_could_not_be_edited_is_forgotten_with_its_card(url: URL) -> None:
    async with kept(url) as records:
        for number in range(4):
            records.write(partial(note_refusal, refused=replace(GAP, message_id=number)))
            await records.ask(partial(note_failed_edit, message_id=number, day="2026-03-01"))
        records.write(partial(mark_answered, message_id=0, at=9))
        records.write(partial(leave_refused, message_id=1, at=9))
        records.write(partial(forget_cards, message_ids=[2]))
        assert await records.ask(failed_edits) == {3: 1}
