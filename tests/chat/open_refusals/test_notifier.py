"""Whom one message tells of what, and how many are told in a day."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import cast

import discord
import pytest

from bot.chat.buttons import MOST_TOLD
from bot.chat.open_refusals import notifier
from bot.chat.open_refusals.card_places import CardPlaces
from bot.chat.open_refusals.notifier import Notifier
from bot.chat.request_handler import RequestHandler
from bot.records import Records
from bot.records.figures import add_to_figure
from bot.records.refusals import DIRECT, HERE, RefusedQuestion, UntoldMember, add_waiting, mark_answered
from tests.e2e.in_process import passing_records


class Handler:
    """A request handler that does not stop."""

    is_stopping = False


class Places:
    """Places that all belong to this process."""

    async def client(self) -> discord.Client:
        return cast("discord.Client", None)

    def is_ours(self, client: discord.Client, channel_id: int) -> bool:
        del client, channel_id
        return True


class Told(Notifier):
    """Keeps whom it would tell, and tells nobody."""

    def __init__(self, records: Records) -> None:
        super().__init__(cast("RequestHandler", Handler()), records, cast("CardPlaces", Places()))
        self.groups: list[list[tuple[int, int]]] = []

    async def _tell(self, group: Sequence[UntoldMember]) -> bool:
        self.groups.append([(row.member_id, row.message_id) for row in group])
        return True


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifier, "PACE", 0)


async def wait(records: Records, member: int, card: int, place: str = DIRECT, channel: int = 5) -> None:
    refused = RefusedQuestion(channel, card, int(time.time()), "متى افتتح المتحف؟", "off_topic")
    assert await records.ask(partial(add_waiting, refused=refused, member_id=member, tell_in=place, most=99))
    records.write(partial(mark_answered, message_id=card, at=1))


async def test_a_member_s_answers_in_a_place_are_one_message() -> None:
    records = passing_records()
    for card, (member, place, channel) in enumerate([(1, DIRECT, 5), (2, HERE, 5), (1, DIRECT, 6), (2, HERE, 6)]):
        await wait(records, member, card, place, channel)
    await wait(records, 1, 9, HERE)
    await (told := Told(records)).tell()
    assert told.groups == [[(1, 0), (1, 2)], [(2, 1)], [(2, 3)], [(1, 9)]]


async def test_what_has_no_room_in_a_message_comes_in_the_next() -> None:
    records = passing_records()
    for card in range(MOST_TOLD + 2):
        await wait(records, 1, card)
    await (told := Told(records)).tell()
    assert [len(group) for group in told.groups] == [MOST_TOLD, 2]


async def test_on_a_day_only_so_many_are_told() -> None:
    records = passing_records()
    for member in (1, 2):
        await wait(records, member, member)
    today = datetime.now(UTC).date().isoformat()
    records.write(partial(add_to_figure, name="answers_told", day=today, count=199))
    records.write(partial(add_to_figure, name="answers_told", day="2020-01-01", count=500))
    await (told := Told(records)).tell()
    assert told.groups == [[(1, 1)]]
