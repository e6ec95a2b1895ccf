import asyncio

import discord
import pytest

from bot.answering import Reason, Refusal
from bot.chat.admission import ASK_AGAIN, Admission, Declined
from bot.chat.cards.card import Card
from bot.ops.rate_limits import RatePass, Reservations
from tests.chat.doubles import Recorder, http_error
from tests.chat.samples import ARABIC, ENGLISH, answer, article, refusal
from tests.ops.clock import Clock


def asked(asker: int = 1, place: int = 2, number: int | None = None, *, bears_marks: bool = True) -> Recorder:
    exchange = Recorder(bears_marks=bears_marks)
    exchange.asker_id, exchange.channel_id = asker, place
    if number is not None:
        exchange.id = number
    return exchange


def enter(admission: Admission, exchange: Recorder) -> str | float:
    """Return the key of why a question is not taken, or in how many seconds it has its turn."""
    rate_pass = admission.admit(exchange)
    return rate_pass.key if isinstance(rate_pass, Declined) else rate_pass.seconds


def let_in(admission: Admission, exchange: Recorder) -> RatePass:
    rate_pass = admission.admit(exchange)
    assert isinstance(rate_pass, RatePass)
    return rate_pass


def turned_away(admission: Admission, exchange: Recorder) -> Declined:
    """Ask until a question is not taken."""
    while not isinstance(rate_pass := admission.admit(exchange), Declined):
        pass
    return rate_pass


def test_a_members_answers_count_in_every_channel_and_a_channels_for_every_member() -> None:
    admission = Admission(member_per_minute=2, channel_per_minute=3, clock=Clock())
    seats = ((1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (2, 2), (3, 2), (4, 2), (5, 2), (6, 2), (7, 2))
    rate_pass = [enter(admission, asked(asker, place)) for asker, place in seats]
    assert rate_pass == [0, 0, 30, 60, "not_now.member", 0, 0, 20, 40, 60, "not_now.channel"]


async def test_of_fifty_at_once_each_has_an_answer_within_a_minute() -> None:
    admission = Admission(member_per_minute=6, channel_per_minute=30, clock=Clock())
    seconds = [enter(admission, asked(asker)) for asker in range(50)]
    assert seconds == [0] * 30 + [2 * (number + 1) for number in range(20)]


async def test_each_who_is_turned_away_is_told_a_time_of_their_own_at_which_they_are_taken() -> None:
    clock = Clock()
    admission = Admission(channel_per_minute=30, clock=clock)
    waiting = [let_in(admission, asked(asker)) for asker in range(60)]
    told = [admission.admit(asked(asker)) for asker in range(60, 90)]
    times = [each.seconds for each in told if isinstance(each, Declined)]
    assert times == [62 + 2 * number for number in range(30)]
    again = admission.admit(asked(70))
    assert isinstance(again, Declined)
    assert again.seconds == times[10]
    for number, rate_pass in enumerate(waiting):
        clock.now += 2 if number >= 30 else 0
        await rate_pass.wait()
    clock.now += 2
    # Sixty-two seconds later the first of them is taken at once, and others only as far as the last can be as well.
    assert enter(admission, asked(60)) == 0
    assert [enter(admission, asked(100 + number)) for number in range(2)] == [2, "not_now.channel"]
    assert enter(admission, asked(89)) == 4
    # Those who do not come back in time lose their turn to others.
    clock.now += 120
    assert isinstance(enter(admission, asked(102)), float)


def test_reservations_in_places_where_nobody_asks_again_are_forgotten() -> None:
    now = 0.0
    reservations = Reservations(60.0, lambda: now)
    for place in range(1000):
        now = 100.0 * place
        for asker in range(3):
            reservations.reserve(place, asker, 70.0)
        # That of the place before may still be redeemed.
        assert sum(map(len, reservations._due.values())) <= 6
    now += 20.0
    assert reservations.redeem(999, 2)


async def test_who_is_told_is_not_told_again_before_the_time_comes() -> None:
    clock = Clock()
    admission = Admission(member_per_minute=6, clock=clock)
    exchange = asked()
    declined = turned_away(admission, exchange)
    await admission.decline(exchange, declined, ARABIC)
    await admission.decline(exchange, declined, ARABIC)
    assert exchange.whispers == [ARABIC("not_now.member", count=70)]
    assert exchange.marks == [ASK_AGAIN, ASK_AGAIN]
    clock.now += 70
    await admission.decline(exchange, declined, ARABIC)
    assert len(exchange.whispers) == 2


class ClosedToWhispers(Recorder):
    """Takes no direct messages."""

    async def reply_privately(self, _: Card) -> None:
        raise http_error(403, 50007, discord.Forbidden)


class Waiting(Recorder):
    """Bears a mark only when Discord has taken it."""

    def __init__(self, taken: asyncio.Event) -> None:
        super().__init__()
        self._taken = taken

    async def add_reaction(self, emoji: str) -> None:
        await self._taken.wait()
        await super().add_reaction(emoji)


async def test_a_flood_is_told_no_faster_than_discord_takes_it() -> None:
    admission, taken = Admission(member_per_minute=1, clock=Clock()), asyncio.Event()
    admission.admit(asked())
    exchanges = [Waiting(taken) for _ in range(300)]
    tasks = []
    for exchange in exchanges:
        declined = turned_away(admission, exchange)
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
    declined = turned_away(admission, exchange)
    for _ in range(2):
        await admission.decline(exchange, declined, ENGLISH)
    assert (
        exchange.whispers == ["I've answered many of your questions in a short time. Ask me again in 120 seconds."] * 2
    )


async def test_the_way_to_the_open_channels_is_pointed_out_once_an_hour() -> None:
    clock = Clock()
    admission = Admission(clock=clock)
    exchange = asked()
    for _ in range(2):
        await admission.point_to_channels(exchange, [7, 8], ARABIC)
    assert exchange.whispers == ["لا أجيب في <#2>. اسألني هنا: <#7> <#8>"]
    clock.now += 3600
    await admission.point_to_channels(exchange, [7], ARABIC)
    assert len(exchange.whispers) == 2
    assert not exchange.marks
    assert not exchange.replies


async def test_a_few_edits_are_answered_for_free_and_no_more() -> None:
    admission = Admission(member_per_minute=1, clock=Clock())
    for _ in range(3):
        rate_pass = let_in(admission, asked(number=1))
        assert rate_pass.seconds == 0
        await rate_pass.wait()
        admission.release(asked(number=1), rate_pass, answer(article()), is_told=True)
    assert enter(admission, asked(number=1)) == 60
    assert enter(admission, asked(number=1)) == "not_now.member"


async def test_an_edit_that_comes_to_nothing_costs_nothing() -> None:
    admission = Admission(member_per_minute=1, clock=Clock())
    for outcome in (answer(article()), None):
        rate_pass = let_in(admission, asked(number=1))
        await rate_pass.wait()
        admission.release(asked(number=1), rate_pass, outcome, is_told=outcome is not None)
    assert enter(admission, asked(number=2)) == 60


@pytest.mark.parametrize(
    ("seconds", "told"), [(120, "بعد 120 ثانيةً."), (120.5, "بعد 3 دقائق."), (660, "بعد 11 دقيقةً.")]
)
async def test_a_long_wait_is_told_in_minutes(seconds: float, told: str) -> None:
    await Admission().decline(exchange := asked(), Declined("not_now.channel", seconds), ARABIC)
    assert exchange.whispers[0].endswith(told)


async def test_where_nobody_can_be_told_alone_the_time_is_told_openly() -> None:
    await Admission().decline(exchange := ClosedToWhispers(), Declined("not_now.member", 70), ARABIC)
    assert exchange.replies[0].endswith("بعد 70 ثانيةً.")


@pytest.mark.parametrize("reason", Reason)
def test_refusals_of_real_questions_are_passed_on_once_for_a_message(reason: Reason) -> None:
    lacks: list[tuple[Refusal, int | None]] = []
    admission = Admission(on_unanswered=lambda lack, server: lacks.append((lack, server)))
    for number in (1, 1, 2):
        admission.release(asked(number=number), RatePass(), refusal(reason), is_told=True)
    admission.release(asked(number=3), RatePass(), answer(article()), is_told=True)
    is_lack = reason in {Reason.OFF_TOPIC, Reason.UNSUPPORTED, Reason.OUT_OF_SCOPE}
    assert lacks == [(refusal(reason), Recorder.public_guild_id)] * (2 if is_lack else 0)


def test_a_question_that_is_edited_or_deleted_meanwhile_is_passed_on_in_its_last_words_alone() -> None:
    lacks: list[Refusal] = []
    admission = Admission(on_unanswered=lambda lack, _: lacks.append(lack))
    (before := asked(number=1)).withdrawn.set()
    first, last = refusal(Reason.OFF_TOPIC), refusal(Reason.UNSUPPORTED)
    admission.release(before, RatePass(), first, is_told=True)
    admission.release(asked(number=1), RatePass(), last, is_told=True)
    assert lacks == [last]
