import asyncio
from typing import cast

import pytest

from bot.answering import Reason, Refusal
from bot.chat.admission import Admission, Declined
from bot.chat.exchange import Exchange
from tests.chat.doubles import Recorder
from tests.chat.samples import ARABIC, ENGLISH, answer, article, refusal
from tests.ops.clock import Clock


def asked(asker: int = 1, place: int = 2, number: int | None = None, *, bears_marks: bool = True) -> Recorder:
    exchange = Recorder(bears_marks=bears_marks)
    exchange.asker, exchange.place = asker, place
    if number is not None:
        exchange.number = number
    return exchange


def test_a_members_answers_count_in_every_channel_and_a_channels_for_every_member() -> None:
    admission = Admission(member_per_minute=2, channel_per_minute=3, clock=Clock())
    declined = [
        admission.enter(asked(asker, place)) for asker, place in ((1, 1), (1, 2), (1, 3), (2, 2), (3, 2), (4, 2))
    ]
    assert [each and each.key for each in declined] == [None, None, "not_now.member", None, None, "not_now.channel"]


async def test_who_is_told_is_not_told_again_before_the_time_comes() -> None:
    clock = Clock()
    admission = Admission(member_per_minute=6, clock=clock)
    exchange = asked()
    while (declined := admission.enter(exchange)) is None:
        pass
    await admission.decline(exchange, declined, ARABIC)
    await admission.decline(exchange, declined, ARABIC)
    assert exchange.whispers == ["أجبتك عن أسئلة كثيرة في وقت قصير. اسألني من جديد بعد 10 ثوانٍ."]
    assert len(exchange.marks) == 2
    clock.now += 10
    assert admission.enter(exchange) is None


class Waiting(Recorder):
    """Bears a mark only when Discord has taken it."""

    def __init__(self, taken: asyncio.Event) -> None:
        super().__init__()
        self._taken = taken

    async def mark(self, emoji: str) -> bool:
        await self._taken.wait()
        return await super().mark(emoji)


async def test_a_flood_is_told_no_faster_than_discord_takes_it() -> None:
    admission, taken = Admission(member_per_minute=1, clock=Clock()), asyncio.Event()
    admission.enter(asked())
    exchanges = [Waiting(taken) for _ in range(300)]
    tasks = []
    for exchange in exchanges:
        declined = admission.enter(exchange)
        assert declined
        tasks.append(asyncio.create_task(admission.decline(exchange, declined, ARABIC)))
    await asyncio.sleep(0)
    assert sum(not task.done() for task in tasks) == 100
    taken.set()
    await asyncio.gather(*tasks)
    assert sum(len(exchange.marks) for exchange in exchanges) == 100
    await admission.decline(late := asked(), Declined("not_now.member", 60.0), ARABIC)
    assert late.marks


async def test_a_command_bears_no_mark_and_is_told_each_time() -> None:
    admission = Admission(member_per_minute=1, clock=Clock())
    exchange = asked(bears_marks=False)
    admission.enter(exchange)
    for _ in range(2):
        declined = admission.enter(exchange)
        assert declined
        await admission.decline(exchange, declined, ENGLISH)
    assert (
        exchange.whispers
        == ["I have answered many questions of yours in a short time. Ask me again in 60 seconds."] * 2
    )


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "ثانية واحدة"), (2, "ثانيتين"), (3, "3 ثوانٍ"), (10, "10 ثوانٍ"), (11, "11 ثانيةً"), (59, "59 ثانيةً")],
)
@pytest.mark.parametrize("key", ["not_now.member", "not_now.channel"])
def test_seconds_are_counted_as_arabic_counts_them(key: str, seconds: int, words: str) -> None:
    assert ARABIC(key, count=seconds, channel="<#1>").endswith(f"بعد {words}.")


async def test_the_way_to_the_open_channels_is_pointed_out_once_an_hour() -> None:
    clock = Clock()
    admission = Admission(clock=clock)
    exchange = asked()
    for _ in range(2):
        await admission.point_elsewhere(exchange, [7, 8], ARABIC)
    assert exchange.whispers == ["لا أجيب في <#2>. اسألني هنا: <#7> <#8>"]
    clock.now += 3600
    await admission.point_elsewhere(exchange, [7], ARABIC)
    assert len(exchange.whispers) == 2
    assert not exchange.marks
    assert not exchange.replies


def test_an_edited_question_is_answered_anew_for_free() -> None:
    admission = Admission(member_per_minute=1, clock=Clock())
    for _ in range(3):
        assert admission.enter(asked(number=1)) is None
        admission.leave(asked(number=1), answer(article()), is_told=True)
    admission.leave(asked(number=1), None, is_told=False)
    assert admission.enter(asked(number=2))


@pytest.mark.parametrize("reason", Reason)
def test_refusals_of_real_questions_are_passed_on_once_for_a_message(reason: Reason) -> None:
    lacks: list[tuple[Refusal, int | None]] = []
    admission = Admission(on_lack=lambda lack, server: lacks.append((lack, server)))
    for number in (1, 1, 2):
        admission.leave(cast("Exchange", asked(number=number)), refusal(reason), is_told=True)
    admission.leave(asked(number=3), answer(article()), is_told=True)
    is_lack = reason in {Reason.OFF_TOPIC, Reason.UNSUPPORTED, Reason.OUT_OF_SCOPE}
    assert lacks == [(refusal(reason), Recorder.public_in)] * (2 if is_lack else 0)
