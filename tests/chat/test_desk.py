import asyncio
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.answering import Answer, Reason, Refusal, Scope
from bot.chat.card import Card
from bot.chat.desk import Desk
from bot.chat.errors import ReplyError
from bot.edition import Edition
from bot.ops.inflight import InFlight
from tests.chat.doubles import Recorder, answerer, edition, editions
from tests.chat.samples import ARABIC, answer, article, refusal

Find = Callable[[str, Edition, str | None], Answer | Refusal]


def found(question: str, current: Edition, earlier: str | None) -> Answer | Refusal:
    return replace(answer(*current.articles.values()), question=question, completed_from=earlier)


def desk(stop: asyncio.Event | None = None, find: Find = found) -> Desk:
    return Desk(editions(edition(article())), answerer(find), ARABIC, InFlight(), stop or asyncio.Event())


async def test_a_question_is_acknowledged_and_answered() -> None:
    exchange = Recorder()
    await desk().ask(exchange, "متى؟")
    assert exchange.acknowledged
    assert exchange.replies[0].startswith("> افتتحت البلدية")


async def test_a_question_that_leans_is_answered_with_the_one_before_it() -> None:
    exchange = Recorder(before="متى افتتحت المكتبة؟")
    await desk().ask(exchange, "وكم كلفت؟")
    assert exchange.replies[0].startswith(ARABIC("answer.follows", question="متى افتتحت المكتبة؟") + "\n> ")


async def test_nobody_looks_for_a_question_before_one_that_stands_alone() -> None:
    exchange = Recorder(before="متى افتتحت المكتبة؟")
    await desk().ask(exchange, "متى؟")
    assert exchange.looked_back == 0
    assert exchange.replies[0].startswith("> ")


@pytest.mark.parametrize(("reason", "told"), [(Reason.INCOMPLETE, "conversation.hidden"), (Reason.EMPTY, None)])
async def test_what_cannot_be_read_is_told_where_the_question_needs_it(reason: Reason, told: str | None) -> None:
    def refused(question: str, current: Edition, earlier: str | None) -> Answer | Refusal:
        assert earlier is None
        return replace(refusal(reason), question=question, edition=current.fingerprint)

    exchange = Recorder(before=ReplyError("conversation.hidden"))
    await desk(find=refused).ask(exchange, "ومتى؟")
    assert exchange.replies == [ARABIC(told or f"refusal.{reason}")]


async def test_a_question_that_discord_does_not_show_stands_above_its_answer() -> None:
    exchange = Recorder(shows_question=False)
    await desk().ask(exchange, "متى؟")
    assert exchange.replies[0].startswith(ARABIC("answer.question", question="متى؟") + "\n> ")


async def test_what_part_of_the_coverage_was_searched_stands_below_the_question() -> None:
    exchange = Recorder(shows_question=False)
    await desk().ask(exchange, "متى؟", Scope(outlet="صحيفة الضفة"))
    heading = ARABIC("answer.question", question="متى؟")
    assert exchange.replies[0].startswith(f"{heading}\n-# بحثتُ في ما نُشر في صحيفة الضفة فقط.\n> ")


async def test_the_loop_goes_on_while_an_answer_is_looked_for() -> None:
    def slow(question: str, current: Edition, earlier: str | None) -> Answer | Refusal:
        time.sleep(0.2)
        return found(question, current, earlier)

    task = asyncio.create_task(desk(find=slow).ask(exchange := Recorder(), "متى؟"))
    started = time.monotonic()
    await asyncio.sleep(0.01)
    assert time.monotonic() - started < 0.1
    assert not exchange.replies
    await task
    assert exchange.replies


async def test_a_mistake_in_answering_reaches_the_asker_as_a_number() -> None:
    def broken(question: str, current: Edition, earlier: str | None) -> Answer | Refusal:
        raise KeyError(question, current, earlier)

    exchange = Recorder()
    await desk(find=broken).ask(exchange, "متى؟")
    assert exchange.replies[0].startswith("وقع خطأ لم أتوقعه")


async def test_the_deadline_ends_a_request() -> None:
    async def never() -> Card:
        await asyncio.Event().wait()
        raise AssertionError

    exchange = Recorder()
    await desk().serve(exchange, never, deadline=0.01)
    assert exchange.replies == [ARABIC("error.slow")]


async def test_work_that_gives_no_card_says_nothing() -> None:
    async def done() -> None:
        pass

    exchange = Recorder()
    await desk().serve(exchange, done)
    assert exchange.acknowledged
    assert not exchange.replies


async def test_a_stopping_bot_takes_nothing_new() -> None:
    stop = asyncio.Event()
    stop.set()
    exchange = Recorder()
    await desk(stop).ask(exchange, "متى؟")
    assert not exchange.acknowledged
    assert exchange.replies == [ARABIC("error.stopping")]
