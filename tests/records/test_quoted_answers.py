"""What cards quote, whose articles are no longer as they were, and late answers that turn out to be none."""

from dataclasses import replace
from datetime import date
from functools import partial

from sqlalchemy import URL

from bot.records.news.week import read_week
from bot.records.quoted_answers import (
    CardQuote,
    answer_late,
    cards_quoting,
    forget_quotes,
    note_withdrawn,
    quoted_counts,
    quoted_versions,
    quotes_of,
    reopen,
    reopened_refusals,
    replace_quotes,
)
from bot.records.refusals import (
    HERE,
    RefusedQuestion,
    add_waiting,
    change_words,
    end_telling,
    forget_cards,
    gaps_since,
    mark_answered,
    note_refusal,
    open_refusals,
    untold_members,
)
from tests.records.driving import kept
from tests.records.test_refusals import GAP, SARA

QUOTE = CardQuote(100, "reference", 10, "library", 7, 1_000)


async def test_quotes_are_known_by_their_articles_and_replaced_card_by_card(url: URL) -> None:
    async with kept(url) as records:
        other = replace(QUOTE, reference="another", article_id="museum")
        records.write(
            partial(
                replace_quotes,
                message_id=QUOTE.message_id,
                quotes=[QUOTE, other, replace(QUOTE, message_id=101, version=8)],
            )
        )
        assert await records.ask(quoted_counts) == {"library": 2, "museum": 1}
        assert {*await records.ask(quoted_versions)} == {("library", 7), ("library", 8), ("museum", 7)}
        stale = partial(cards_quoting, stale=[("library", 7), ("library", 8), ("elsewhere", 7)])
        assert await records.ask(partial(stale, most=9)) == [(10, 101), (10, 100)]
        assert await records.ask(partial(stale, most=1)) == [(10, 101)]
        records.write(partial(note_withdrawn, article_ids={"library"}))
        records.write(partial(replace_quotes, message_id=101, quotes=[]))
        assert {quote.is_withdrawn for quote in await records.ask(partial(quotes_of, message_id=100))} == {True, False}
        records.write(partial(forget_cards, message_ids=[100]))
        assert await records.ask(quoted_versions) == []


async def answered_late(records: object, *passages: str) -> None:
    at = partial(answer_late, message_id=100, at=2_000, passages=passages, quotes=[QUOTE])
    await records.ask(at)  # type: ignore[attr-defined]


async def test_a_late_answer_that_is_none_opens_again_with_all_who_waited(url: URL) -> None:
    async with kept(url) as records:
        records.write(partial(note_refusal, refused=replace(GAP, guild_id=7)))
        assert await records.ask(partial(add_waiting, refused=GAP, member_id=SARA, tell_in=HERE, most=9))
        await answered_late(records, "a", "b")
        [sara] = await records.ask(untold_members)
        records.write(partial(end_telling, ids=[sara.id], at=2_001))
        assert await records.ask(partial(reopen, message_id=100, at=3_000))
        assert not await records.ask(partial(reopen, message_id=100, at=3_000))
        [card] = await records.ask(partial(reopened_refusals, most=9))
        assert (card.is_gap, card.shown_passages) == (True, ("a", "b"))
        records.write(partial(forget_quotes, message_ids=[100]))
        assert await records.ask(partial(reopened_refusals, most=9)) == []
        assert len(await records.ask(partial(open_refusals, most=9))) == 1
        await answered_late(records, "c")
        assert [one.begun_at for one in await records.ask(untold_members)] == [None]
        assert await records.ask(partial(reopen, message_id=100, at=3_000))
        [card] = await records.ask(partial(open_refusals, most=9))
        assert card.shown_passages == ("a", "b", "c")
        week = await records.ask(partial(read_week, first=date(1970, 1, 1)))
        assert (week.reopened, week.reopened_questions, week.found) == (1, [GAP.question], 0)
        records.write(partial(change_words, refused=replace(GAP, question="ومتى؟")))
        [card] = await records.ask(partial(open_refusals, most=9))
        assert card.shown_passages == ()


async def test_what_is_no_late_answer_stays_as_it_is(url: URL) -> None:
    async with kept(url) as records:
        records.write(partial(note_refusal, refused=GAP))
        # Its question was edited, and that one is answered.
        records.write(partial(mark_answered, message_id=100, at=2_000))
        records.write(partial(replace_quotes, message_id=QUOTE.message_id, quotes=[QUOTE]))
        assert not await records.ask(partial(reopen, message_id=100, at=3_000))
        assert not await records.ask(partial(reopen, message_id=99, at=3_000))
        assert [gap.answered_at for gap in await records.ask(partial(gaps_since, since=0, most=9))] == [2_000]


async def test_without_its_quotes_a_late_answer_is_final(url: URL) -> None:
    async with kept(url) as records:
        records.write(partial(note_refusal, refused=GAP))
        await answered_late(records, "a")
        records.write(partial(forget_quotes, message_ids=[100]))
        assert not await records.ask(partial(reopen, message_id=100, at=3_000))


async def test_a_member_who_waits_later_is_not_shown_what_was_none(url: URL) -> None:
    async with kept(url) as records:
        for member in (SARA + 1, SARA):
            assert await records.ask(partial(add_waiting, refused=GAP, member_id=member, tell_in=HERE, most=9))
            if member != SARA:
                await answered_late(records, "a")
                assert await records.ask(partial(reopen, message_id=100, at=3_000))
        [card] = await records.ask(partial(open_refusals, most=9))
        assert card.shown_passages == ("a",)
        assert isinstance(card, RefusedQuestion)
