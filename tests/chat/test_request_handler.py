import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partialmethod

import pytest

from bot.answering import Answer, Reason, Refusal
from bot.arabic import strip_controls
from bot.chat import waiting_room
from bot.chat.admission import ASK_AGAIN, Admission
from bot.chat.cards.card import Card
from bot.chat.chat_errors import ReplyError
from bot.chat.request_handler import RequestHandler
from bot.chat.waiting_room import WAITING, RequestStatus
from bot.edition import Edition
from bot.ops.rate_limits import FairQueue, RatePass
from bot.retrieval import Scope
from bot.texts import Texts
from tests.answering.coverage import ANSWERER, TOWN
from tests.chat.doubles import Recorder, answerer, edition, editions, http_error
from tests.chat.samples import ARABIC, ARABIC_FIRST, ENGLISH, ENGLISH_FIRST, FRENCH, answer, article, refusal
from tests.load.gauges import Reading
from tests.patience import PATIENCE, eventually

Find = Callable[[str, Edition, str | None], Answer | Refusal]


def found(question: str, current: Edition, previous: str | None) -> Answer | Refusal:
    return replace(answer(*current.articles.values()), question=question, completed_from=previous)


@pytest.fixture(autouse=True)
def one_short_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting_room, "PAUSES", (0.001,))


def handler(
    stop: asyncio.Event | None = None, find: Find = found, admission: Admission | None = None
) -> RequestHandler:
    """Make a handler that serves again, once and without a pause, what Discord did not take."""
    current, stop = editions(edition(article())), stop or asyncio.Event()
    return RequestHandler(current, answerer(find), ARABIC, stop, admission=admission)


async def test_a_question_is_acknowledged_and_answered() -> None:
    exchange = Recorder()
    await handler().ask(exchange, "متى؟")
    assert exchange.acknowledged
    assert exchange.replies[0].startswith("> افتتحت البلدية")


async def test_a_question_that_leans_is_answered_with_the_one_before_it() -> None:
    exchange = Recorder(before="متى افتتحت المكتبة؟")
    await handler().ask(exchange, "وكم كلفت؟")
    assert exchange.replies[0].startswith(ARABIC("answer.follows", question="متى افتتحت المكتبة؟") + "\n> ")


def of_the_town(texts: Texts = ARABIC_FIRST) -> RequestHandler:
    return RequestHandler(editions(TOWN), ANSWERER, texts, asyncio.Event())


@pytest.mark.parametrize(
    ("question", "texts", "words"),
    [
        ("When did the library open?", ARABIC_FIRST, ENGLISH),
        ("When did the library open?", ENGLISH_FIRST, ENGLISH),
        ("متى افتتحت المكتبة؟", ARABIC_FIRST, ARABIC),
        ("متى افتتحت المكتبة؟", ENGLISH_FIRST, ENGLISH),
        ("Quand la bibliothèque a-t-elle ouvert ?", ARABIC_FIRST, FRENCH),
        ("Quand la bibliothèque a-t-elle ouvert ?", ENGLISH_FIRST, FRENCH),
        ("When did the library open?", ARABIC, ARABIC),
    ],
)
async def test_a_card_is_in_the_language_of_a_question_that_is_understood_in_it(
    question: str, texts: Texts, words: Texts
) -> None:
    exchange = Recorder(shows_question=False)
    await of_the_town(texts).ask(exchange, question)
    [reply] = map(strip_controls, exchange.replies)
    assert reply.startswith(f"{words('answer.question', question=question)}\n> ")
    assert words("answer.source") in reply
    assert "8 مارس 2026" in reply


@pytest.mark.parametrize(
    ("question", "words"),
    [
        *((said, ARABIC) for said in ("¿Cuándo abrió la biblioteca?", "متى افتتحت ال library؟", "lol")),
        *((said, ENGLISH) for said in ("hello", "thanks!", "are you sure?", "library price")),
    ],
)
async def test_talk_is_met_in_its_language_and_what_is_in_none_in_the_bot_s(question: str, words: Texts) -> None:
    await of_the_town().ask(exchange := Recorder(shows_question=False), question)
    assert strip_controls(exchange.replies[0]).startswith(words("answer.question", question=question))


@pytest.mark.parametrize(
    ("question", "words", "hint"),
    [
        ("When did the Zwrtl museum open?", ENGLISH, "I know no Arabic for: «Zwrtl»"),
        ("Quand le musée a-t-il ouvert ?", FRENCH, "Je réponds à partir d’articles"),
        ("¿Cuándo abrió el museo de la ciudad?", ARABIC, "noticias"),
    ],
)
async def test_a_refusal_has_its_words_and_a_hint_in_the_language_of_the_question(
    question: str, words: Texts, hint: str
) -> None:
    await of_the_town().ask(exchange := Recorder(), question)
    [reply] = exchange.replies
    assert any(reply.startswith(text) for key, text in words.entries.items() if key.startswith("refusal."))
    assert hint in strip_controls(reply)


async def test_a_follow_up_names_the_question_before_it_as_it_was_asked() -> None:
    before = "When did the library open?"
    await of_the_town().ask(exchange := Recorder(before=before), "and how many books does it have?")
    assert exchange.replies[0].startswith(ENGLISH("answer.follows", question=before) + "\n> ")
    assert "ثمانين ألف كتاب" in exchange.replies[0]


async def test_nobody_looks_for_a_question_before_one_that_stands_alone() -> None:
    exchange = Recorder(before="متى افتتحت المكتبة؟")
    await handler().ask(exchange, "متى؟")
    assert exchange.looked_back == 0
    assert exchange.replies[0].startswith("> ")


@pytest.mark.parametrize(("reason", "told"), [(Reason.INCOMPLETE, "conversation.hidden"), (Reason.EMPTY, None)])
async def test_what_cannot_be_read_is_told_where_the_question_needs_it(reason: Reason, told: str | None) -> None:
    def refused(question: str, current: Edition, previous: str | None) -> Answer | Refusal:
        assert previous is None
        return replace(refusal(reason), question=question, edition=current.fingerprint)

    exchange = Recorder(before=ReplyError("conversation.hidden"))
    await handler(find=refused).ask(exchange, "ومتى؟")
    assert exchange.replies[0].splitlines()[0] == ARABIC(told or f"refusal.{reason}")
    assert len(exchange.replies) == 1


async def test_a_question_that_discord_does_not_show_stands_above_its_answer() -> None:
    exchange = Recorder(shows_question=False)
    await handler().ask(exchange, "متى؟")
    assert exchange.replies[0].startswith(ARABIC("answer.question", question="متى؟") + "\n> ")


async def test_what_part_of_the_coverage_was_searched_stands_below_the_question() -> None:
    exchange = Recorder(shows_question=False)
    await handler().ask(exchange, "متى؟", Scope(outlet="صحيفة الضفة"))
    heading = ARABIC("answer.question", question="متى؟")
    assert exchange.replies[0].startswith(f"{heading}\n-# بحثتُ في ما نُشر في صحيفة الضفة فقط.\n> ")


async def test_the_loop_goes_on_while_an_answer_is_looked_for() -> None:
    held = Held()
    task = asyncio.create_task(handler(find=held).ask(exchange := Recorder(), "متى؟"))
    await eventually(lambda: held.begun, "the search for an answer")
    assert not exchange.replies
    held.go.set()
    await task
    assert exchange.replies


async def test_a_mistake_in_answering_reaches_the_asker_as_a_number() -> None:
    def broken(question: str, current: Edition, previous: str | None) -> Answer | Refusal:
        raise KeyError(question, current, previous)

    exchange = Recorder()
    await handler(find=broken).ask(exchange, "متى؟")
    assert exchange.replies[0].startswith("وقع خطأ لم أتوقعه")


async def test_the_deadline_ends_a_request() -> None:
    async def never(_: Edition) -> Card:
        await asyncio.Event().wait()
        raise AssertionError

    exchange = Recorder()
    await handler().serve(exchange, never, deadline=0.01)
    assert exchange.replies == [ARABIC("error.slow")]


async def test_work_that_gives_no_card_says_nothing() -> None:
    async def done(_: Edition) -> None:
        pass

    exchange = Recorder()
    await handler().serve(exchange, done)
    assert exchange.acknowledged
    assert not exchange.replies


async def test_a_stopping_bot_takes_nothing_new() -> None:
    stop = asyncio.Event()
    stop.set()
    exchange = Recorder()
    await handler(stop).ask(exchange, "متى؟")
    assert not exchange.acknowledged
    assert exchange.replies == [ARABIC("error.stopping")]


def too_soon(exchange: Recorder) -> bool:
    return exchange.marks == [ASK_AGAIN]


@asynccontextmanager
async def waiting(busy: RequestHandler, exchange: Recorder) -> AsyncIterator[asyncio.Task[RequestStatus]]:
    """Let a question wait for a token in the body."""
    task = asyncio.create_task(busy.ask(exchange, "متى؟"))
    await eventually(lambda: exchange.marks, "a sign at the question")
    yield task
    task.cancel()
    await asyncio.wait([task])


async def test_over_the_limit_a_question_waits_and_shows_it_until_it_is_answered() -> None:
    busy = handler(admission=(admission := Admission(member_per_minute=1)))
    used = admission.admit(Recorder())
    assert isinstance(used, RatePass)
    await used.wait()
    async with waiting(busy, exchange := Recorder()) as task:
        assert exchange.acknowledged
        assert exchange.marks == [WAITING]
        assert not exchange.replies
        used.give_back()
        await task
    assert exchange.replies[0].startswith("> ")
    assert exchange.unmarked == [WAITING]


@pytest.mark.parametrize("can_be_read_back", [True, False])
async def test_a_stop_ends_the_waiting_and_is_told_where_the_question_cannot_be_read_back(
    can_be_read_back: bool,
) -> None:
    stop = asyncio.Event()
    busy = handler(stop, admission=Admission(member_per_minute=1))
    await busy.ask(Recorder(), "متى؟")
    async with waiting(busy, exchange := Recorder(can_be_read_back=can_be_read_back)) as task:
        stop.set()
        busy.waiting.release_all()
        await task
    assert exchange.replies == ([] if can_be_read_back else [ARABIC("error.stopping")])
    assert exchange.unmarked == ([] if can_be_read_back else [WAITING])


async def test_a_question_that_is_withdrawn_waits_no_longer_and_costs_nothing() -> None:
    busy = handler(admission=(admission := Admission(member_per_minute=1)))
    await busy.ask(Recorder(), "متى؟")
    async with waiting(busy, exchange := Recorder()) as task:
        exchange.withdrawn.set()
        await task
    assert not exchange.replies
    assert exchange.unmarked == [WAITING]
    assert len(admission._members) == 0


class Unwell(Recorder):
    """Cannot be told anything until Discord is well again."""

    def __init__(self, failures: int) -> None:
        super().__init__()
        self.failures = failures

    async def reply(self, card: Card) -> None:
        if self.failures:
            self.failures -= 1
            raise http_error(500)
        await super().reply(card)


@pytest.mark.parametrize(("failures", "is_heard"), [(1, True), (2, True), (3, True), (4, False)])
async def test_what_discord_does_not_take_is_taken_up_again(failures: int, is_heard: bool) -> None:
    """An attempt fails twice: with the answer, and with the word that it failed."""
    busy = handler(admission=Admission(member_per_minute=1))
    await busy.ask(exchange := Unwell(failures), "متى؟")
    assert bool(exchange.replies) == is_heard
    assert exchange.replies == [] or exchange.replies[0].startswith("> ") == (failures % 2 == 0)


async def test_over_the_limit_by_more_than_a_minute_the_asker_alone_is_told() -> None:
    busy = handler(admission=Admission(member_per_minute=1))
    await busy.ask(Recorder(), "متى؟")
    async with waiting(busy, Recorder()):
        await busy.ask(exchange := Recorder(), "متى؟")
    assert too_soon(exchange)
    assert not exchange.replies
    assert exchange.whispers[0].startswith("تمهّل قليلاً")
    assert not exchange.acknowledged


def refused(question: str, current: Edition, previous: str | None) -> Answer | Refusal:
    del question, current, previous
    return refusal()


def failed(question: str, current: Edition, previous: str | None) -> Answer | Refusal:
    raise KeyError(question, current, previous)


@pytest.mark.parametrize("find", [refused, failed])
async def test_only_answers_count(find: Find) -> None:
    busy = handler(find=find, admission=Admission(member_per_minute=1, channel_per_minute=1))
    for _ in range(3):
        await busy.ask(exchange := Recorder(), "متى؟")
        assert exchange.replies


async def test_an_answer_that_could_not_be_given_does_not_count() -> None:
    busy = handler(admission=Admission(member_per_minute=1))
    await busy.ask(Recorder(http_error(500)), "متى؟")
    await busy.ask(exchange := Recorder(), "متى؟")
    assert exchange.replies


class FailsOnce(Recorder):
    """Fails at its first reply."""

    async def reply(self, card: Card) -> None:
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure
        await super().reply(card)


@pytest.mark.parametrize(
    ("find", "failure", "name", "labels"),
    [
        (found, None, "isnad_answers_total", {}),
        (refused, None, "isnad_refusals_total", {"reason": "off_topic"}),
        (failed, None, "isnad_errors_total", {"kind": "unexpected"}),
        (found, http_error(500), "isnad_errors_total", {"kind": "discord"}),
        (found, http_error(404, 10003), "isnad_errors_total", {"kind": "silent"}),
    ],
)
async def test_what_comes_of_a_question_is_counted(
    find: Find, failure: Exception | None, name: str, labels: dict[str, str]
) -> None:
    busy = handler(find=find, admission=Admission(member_per_minute=1))
    await busy.ask(FailsOnce(failure), "متى؟")
    counted = Reading.parse(busy.metrics.text().decode())
    assert counted.sum(name, **labels) == 1
    outcomes = ("isnad_answers_total", "isnad_refusals_total", "isnad_errors_total", "isnad_declined_total")
    assert sum(map(counted.sum, outcomes)) == 1


async def test_a_question_that_is_not_taken_is_counted_by_the_limit() -> None:
    busy = handler(admission=Admission(member_per_minute=1))
    await busy.ask(Recorder(), "متى؟")
    async with waiting(busy, Recorder()):
        for _ in range(2):
            await busy.ask(Recorder(), "متى؟")
    counted = Reading.parse(busy.metrics.text().decode())
    assert counted.sum("isnad_declined_total", limit="member") == 2
    assert counted.sum("isnad_reply_seconds_count") == 1


class Held:
    """Finds answers only when let to, in threads."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.begun: list[str] = []

    def __call__(self, question: str, current: Edition, previous: str | None) -> Answer | Refusal:
        self.begun.append(question)
        assert self.go.wait(PATIENCE)
        return found(question, current, previous)


async def test_questions_wait_in_line_and_their_deadline_waits_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    deadline, begun, timeout = 77.0, list[float | None](), asyncio.timeout

    def noted(seconds: float | None) -> asyncio.Timeout:
        begun.append(seconds)
        return timeout(seconds)

    monkeypatch.setattr(
        "bot.chat.request_handler.RequestHandler._serve", partialmethod(RequestHandler._serve, deadline=deadline)
    )
    monkeypatch.setattr(asyncio, "timeout", noted)
    held = Held()
    busy = handler(find=held, admission=Admission(queue=(queue := FairQueue(at_once=1))))
    exchanges = [Recorder() for _ in range(4)]
    tasks = [asyncio.create_task(busy.ask(exchange, str(number))) for number, exchange in enumerate(exchanges)]
    await eventually(lambda: held.begun == ["0"] and queue.waiting == 3, "a line of three")
    assert all(exchange.acknowledged for exchange in exchanges)
    assert begun.count(deadline) == 1
    held.go.set()
    await asyncio.gather(*tasks)
    assert held.begun == ["0", "1", "2", "3"]
    assert begun.count(deadline) == 4
    assert all(exchange.replies[0].startswith("> ") for exchange in exchanges)


async def test_with_too_many_waiting_the_next_asker_is_told_to_come_back() -> None:
    held = Held()
    busy = handler(find=held, admission=Admission(queue=(queue := FairQueue(at_once=1, longest=1))))
    tasks = [asyncio.create_task(busy.ask(Recorder(), "متى؟")) for _ in range(2)]
    await eventually(lambda: queue.waiting == 1, "a question that waits in line")
    await busy.ask(exchange := Recorder(), "متى؟")
    held.go.set()
    await asyncio.gather(*tasks)
    assert exchange.whispers == [ARABIC("not_now.crowded")]
