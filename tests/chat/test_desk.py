import asyncio
import time

import discord

from bot.answering import Answer, Refusal
from bot.chat.desk import Desk
from bot.edition import Edition
from bot.ops.inflight import InFlight
from tests.chat.doubles import Recorder, edition, editions
from tests.chat.samples import ARABIC, answer, article


def found(question: str, current: Edition) -> Answer | Refusal:
    del question
    return answer(*current.articles.values())


def desk(stop: asyncio.Event | None = None, find: object = found) -> Desk:
    return Desk(editions(edition(article())), find, ARABIC, InFlight(), stop or asyncio.Event())  # type: ignore[arg-type]


async def test_a_question_is_acknowledged_and_answered() -> None:
    exchange = Recorder()
    await desk().ask(exchange, "متى؟")
    assert exchange.acknowledged
    assert exchange.replies[0].startswith("> افتتحت البلدية")


async def test_the_loop_goes_on_while_an_answer_is_looked_for() -> None:
    def slow(question: str, current: Edition) -> Answer | Refusal:
        time.sleep(0.2)
        return found(question, current)

    task = asyncio.create_task(desk(find=slow).ask(exchange := Recorder(), "متى؟"))
    started = time.monotonic()
    await asyncio.sleep(0.01)
    assert time.monotonic() - started < 0.1
    assert not exchange.replies
    await task
    assert exchange.replies


async def test_a_mistake_in_answering_reaches_the_asker_as_a_number() -> None:
    def broken(question: str, current: Edition) -> Answer | Refusal:
        raise KeyError(question, current)

    exchange = Recorder()
    await desk(find=broken).ask(exchange, "متى؟")
    assert exchange.replies[0].startswith("وقع خطأ لم أتوقعه")


async def test_the_deadline_ends_a_request() -> None:
    async def never() -> discord.Embed:
        await asyncio.Event().wait()
        raise AssertionError

    exchange = Recorder()
    await desk().serve(exchange, never, deadline=0.01)
    assert exchange.replies == [ARABIC("error.slow")]


async def test_a_stopping_bot_takes_nothing_new() -> None:
    stop = asyncio.Event()
    stop.set()
    exchange = Recorder()
    await desk(stop).ask(exchange, "متى؟")
    assert not exchange.acknowledged
    assert exchange.replies == [ARABIC("error.stopping")]
