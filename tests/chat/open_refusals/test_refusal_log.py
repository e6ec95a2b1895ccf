"""What of outcomes the records are told, by what they have afterwards."""

from collections.abc import AsyncIterator, Collection
from dataclasses import replace
from functools import partial
from typing import cast

import pytest
import pytest_asyncio

from bot.answering import Answer, Reason, Refusal
from bot.chat.exchange.exchange import Exchange, ReplyPlace
from bot.chat.moderation.gap_counter import GapCounter
from bot.chat.open_refusals.refusal_log import RefusalLog
from bot.chat.permissions import HomeServers
from bot.records import Records
from bot.records.refusals import (
    DIRECT,
    RefusedQuestion,
    add_waiting,
    gaps_since,
    open_message_ids,
    open_refusals,
    untold_members,
)
from bot.records.retention import RETENTION
from bot.records.tables import REFUSALS
from bot.settings import DiscordSettings
from tests.chat.doubles import Recorder
from tests.chat.samples import answer, article, refusal
from tests.e2e.in_process import passing_records

HOME, CARD = 7, 100
REFUSED = replace(refusal(Reason.UNSUPPORTED, ("المتحف",)), completed_from="أين المتحف؟")


@pytest_asyncio.fixture
async def records() -> AsyncIterator[Records]:
    yield passing_records()


class Counted:
    """Gaps that note what is counted and what is taken away."""

    def __init__(self) -> None:
        self.counted: list[str] = []
        self.closed: list[str] = []
        self.known: dict[int, RefusedQuestion] = {}

    def note(self, refusal: Refusal, *, is_public: bool) -> None:
        assert is_public
        self.counted.append(refusal.question)

    def close(self, gap: RefusedQuestion) -> None:
        self.known.pop(gap.message_id, None)
        self.closed.append(gap.question)

    def forget(self, cards: Collection[int]) -> None:
        for card in self.known.keys() & set(cards):
            self.close(self.known[card])


class Logged:
    """A log of refusals, and its gaps."""

    def __init__(self, records: Records) -> None:
        self.gaps = Counted()
        homes = HomeServers(DiscordSettings(home_guild_ids=(HOME,)))
        self.log = RefusalLog(records, homes, cast("GapCounter", self.gaps))

    def note(
        self, outcome: Answer | Refusal, *, guild: int | None = HOME, edited: bool = False, withdrawn: bool = False
    ) -> None:
        exchange = Recorder()
        exchange.public_guild_id = guild
        if withdrawn:
            exchange.withdrawn.set()
        exchange.reply_place = ReplyPlace(10, CARD, is_edited=edited)
        self.log.note(cast("Exchange", exchange), outcome)


async def rows(records: Records) -> list[RefusedQuestion]:
    return list(await records.ask(partial(gaps_since, since=0, most=9)))


async def wait(records: Records, log: RefusalLog) -> None:
    refused = RefusedQuestion(10, CARD, 0, "متى افتتح المتحف؟", "unsupported")
    assert await records.ask(partial(add_waiting, refused=refused, member_id=3, tell_in=DIRECT, most=9))
    log.watch([CARD])


async def test_a_public_refusal_at_home_is_kept_with_all_that_asking_again_takes(records: Records) -> None:
    Logged(records).note(REFUSED)
    [row] = await rows(records)
    assert (row.channel_id, row.message_id, row.guild_id) == (10, CARD, HOME)
    assert (row.question, row.previous, row.scope) == (REFUSED.question, "أين المتحف؟", "")
    assert (row.reason, row.missing, row.answered_at) == ("unsupported", ("المتحف",), None)


@pytest.mark.parametrize(
    ("outcome", "guild"),
    [
        (REFUSED, None),
        (REFUSED, HOME + 1),
        (answer(article()), HOME),
        *((refusal(reason), HOME) for reason in (Reason.GREETING, Reason.INCOMPLETE, Reason.TOO_LONG, Reason.NO_MORE)),
    ],
)
async def test_of_all_else_nothing_is_kept(records: Records, outcome: Answer | Refusal, guild: int | None) -> None:
    Logged(records).note(outcome, guild=guild)
    assert await records.ask(open_message_ids) == frozenset()


async def test_a_withdrawn_question_is_not_kept(records: Records) -> None:
    Logged(records).note(REFUSED, withdrawn=True)
    assert await rows(records) == []


async def test_an_edited_question_that_is_answered_closes_its_row_and_tells_who_waits(records: Records) -> None:
    logged = Logged(records)
    logged.note(REFUSED)
    await wait(records, logged.log)
    logged.note(answer(article()), edited=True)
    assert await records.ask(partial(open_refusals, most=9)) == []
    assert [row.member_id for row in await records.ask(untold_members)] == [3]
    assert logged.gaps.closed == [REFUSED.question]


async def test_an_edited_question_that_is_refused_again_changes_its_words_for_all(records: Records) -> None:
    logged = Logged(records)
    logged.note(REFUSED)
    await wait(records, logged.log)
    logged.note(replace(REFUSED, question="متى افتتح المسرح؟"), edited=True)
    [card] = await records.ask(partial(open_refusals, most=9))
    assert card.question == "متى افتتح المسرح؟"
    assert (logged.gaps.closed, logged.gaps.counted) == ([REFUSED.question], ["متى افتتح المسرح؟"])
    logged.note(refusal(Reason.GREETING), edited=True)
    assert await records.ask(open_message_ids) == frozenset()


async def test_a_deleted_card_is_forgotten_and_another_message_asks_nothing_of_the_store(records: Records) -> None:
    logged = Logged(records)
    logged.note(REFUSED)
    waiting = records.state.waiting
    logged.log.forget([1, 2, 3])
    assert records.state.waiting == waiting
    logged.log.forget([1, CARD])
    assert await rows(records) == []


async def test_of_no_more_cards_it_is_known_than_the_store_has_rows_of(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = {REFUSALS: RETENTION[REFUSALS]._replace(most=2)}
    monkeypatch.setattr("bot.chat.open_refusals.refusal_log.RETENTION", few)
    logged = Logged(records)
    logged.log.watch([1, 2, 3])
    waiting = records.state.waiting
    logged.log.forget([1])
    assert records.state.waiting == waiting
    logged.log.forget([3])
    assert records.state.waiting > waiting
