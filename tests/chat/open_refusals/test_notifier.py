"""Whom one message tells of what, and how many are told in a day."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, cast

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.open_refusals import card_places, notifier
from bot.chat.open_refusals.bells import MOST_TOLD
from bot.chat.open_refusals.notifier import Notifier
from bot.ops.rate_limits import FairQueue
from bot.ops.supervision import InFlight
from bot.records import Records, RecordsAwayError
from bot.records.figures import add_to_figure
from bot.records.member_rows import delete_member_rows
from bot.records.refusals import DIRECT, HERE, RefusedQuestion, UntoldMember, add_waiting, mark_answered, untold_members
from bot.texts import Texts
from tests.chat.doubles import http_error
from tests.chat.hostile_text import PIECES
from tests.chat.samples import ARABIC, ENGLISH
from tests.discord_server.mentions import Audience, Pings, resolve_pings
from tests.e2e.in_process import passing_records

MEMBER, OTHER, ROLE = 2**63 - 1, 81, 82
EVERYBODY = Audience(frozenset({MEMBER, OTHER}), frozenset({ROLE}), everyone=True)
MENTIONS = (f"<@{OTHER}>", f"<@!{OTHER}>", f"<@&{ROLE}>", "@everyone", "@here")
HOSTILE = st.lists(st.sampled_from((*PIECES, *MENTIONS)) | st.text(max_size=40), min_size=1, max_size=30).map("".join)


class Handler:
    """A request handler that does not stop."""

    is_stopping = False
    texts = ARABIC
    in_flight = InFlight()
    queue = FairQueue()

    def __init__(self) -> None:
        self.answer_worker = self.answerer = self

    async def run(self, work: Callable[[Any], Any], *arguments: Any) -> Any:
        return work(*arguments)

    def analyse(self, question: str) -> str:
        return question

    def texts_for(self, question: str) -> Texts:
        return ENGLISH if question.isascii() and any(map(str.isalpha, question)) else ARABIC


class Places:
    """Places that all belong to this process."""

    async def client(self) -> discord.Client:
        return cast("discord.Client", None)

    def is_ours(self, client: discord.Client, channel_id: int) -> bool:
        del client, channel_id
        return True


def notifier_of(records: Records, places: object) -> Notifier:
    return Notifier(cast("Any", Handler()), records, cast("Any", places))


class Told(Notifier):
    """Keeps whom it would tell, and tells nobody."""

    def __init__(self, records: Records) -> None:
        super().__init__(cast("Any", Handler()), records, cast("Any", Places()))
        self.groups: list[list[tuple[int, int]]] = []
        self.failures: dict[int, Exception] = {}

    async def _tell(self, group: Sequence[UntoldMember]) -> bool:
        if failure := self.failures.get(group[0].member_id):
            raise failure
        self.groups.append([(row.member_id, row.message_id) for row in group])
        return True


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card_places, "PACE", 0)
    monkeypatch.setattr(card_places, "PAUSES", (0, 0))


async def wait(  # noqa: PLR0913 (who waits for what, and where)
    records: Records,
    member: int,
    card: int,
    place: str = DIRECT,
    channel: int = 5,
    *,
    question: str = "متى افتتح المتحف؟",
) -> None:
    refused = RefusedQuestion(channel, card, int(time.time()), question, "off_topic")
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


async def test_what_is_wrong_with_one_keeps_nobody_else_from_being_told(caplog: pytest.LogCaptureFixture) -> None:
    records = passing_records()
    for member in (1, 2):
        await wait(records, member, member)
    told = Told(records)
    told.failures[1] = KeyError("a mistake of ours")
    await told.tell()
    assert told.groups == [[(2, 2)]]
    assert "could not be looked after" in caplog.text


async def test_where_the_records_are_away_it_ends_at_once() -> None:
    records = passing_records()
    for member in (1, 2):
        await wait(records, member, member)
    told = Told(records)
    told.failures[1] = RecordsAwayError()
    with pytest.raises(RecordsAwayError):
        await told.tell()
    assert told.groups == []


class Place:
    """A channel that keeps whom each message pings: everybody could be."""

    def __init__(self, on_send: Callable[[], object] = lambda: None) -> None:
        self.pings: list[Pings] = []
        self.words: list[str] = []
        self._on_send = on_send

    async def send(self, *, view: discord.ui.LayoutView, allowed_mentions: discord.AllowedMentions, **_: Any) -> None:
        words = "\n".join(item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay))
        self.words.append(words)
        self.pings.append(resolve_pings(words, dict(allowed_mentions.to_dict()), EVERYBODY, OTHER))
        self._on_send()


class ChannelOf(Places):
    """Finds one channel, in private too, and links to cards."""

    def __init__(self, place: Place) -> None:
        self._place = place

    async def client(self) -> discord.Client:
        return cast("discord.Client", self)

    async def create_dm(self, _: object) -> Place:
        return self._place

    def find(self, *_: object) -> Place:
        return self._place

    async def link(self, _: object, channel_id: int, message_id: int) -> str:
        return f"https://discord.com/channels/7/{channel_id}/{message_id}"


async def test_who_waits_no_more_when_their_turn_comes_is_not_told() -> None:
    records = passing_records()
    for member in (1, 2):
        await wait(records, member, member)
    place = Place(lambda: records.write(partial(delete_member_rows, member_id=2)))
    await notifier_of(records, ChannelOf(place)).tell()
    assert len(place.pings) == 1
    assert await records.ask(untold_members) == []


async def test_what_was_sent_though_discord_failed_is_looked_for_before_it_is_sent_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    records, since = passing_records(), list[int]()
    await wait(records, 1, 9)

    def fail() -> None:
        raise http_error(500)

    async def own_texts(_: object, __: object, begun: int) -> list[list[str]]:
        since.append(begun)
        return [["([1](https://discord.com/channels/7/5/9))"]]

    monkeypatch.setattr(notifier, "own_texts", own_texts)
    place, before = Place(fail), int(time.time())
    await notifier_of(records, ChannelOf(place)).tell()
    assert len(place.pings) == 1
    assert len(since) == 1
    assert since[0] >= before
    assert await records.ask(untold_members) == []


@given(questions=st.lists(HOSTILE, min_size=1, max_size=MOST_TOLD))
async def test_who_waits_is_the_only_one_who_is_pinged(questions: list[str]) -> None:
    records, place = passing_records(), Place()
    for card, question in enumerate(questions):
        await wait(records, MEMBER, card, HERE, question=question)
    await notifier_of(records, ChannelOf(place)).tell()
    assert place.pings == [Pings(frozenset({MEMBER}))]
    assert await records.ask(untold_members) == []


async def test_each_answer_is_told_of_in_the_language_of_its_question() -> None:
    records, place = passing_records(), Place()
    for card, question in enumerate(("متى افتتح المتحف؟", "When did it open?", "من افتتحه؟")):
        await wait(records, 1, card, question=question)
    await notifier_of(records, ChannelOf(place)).tell()
    [words] = place.words
    assert [texts("bell.told", count=count) in words for texts, count in ((ARABIC, 2), (ENGLISH, 1))] == [True, True]
    assert words.count("اقرأ جوابه") == 2
