"""What counts as answered, as declined, as twice."""

from bot.chat.admission import ASK_AGAIN
from tests.discord_server import Message
from tests.discord_server.message import MessageFlag, Origin, Reference
from tests.load.tally import Tally

BOT, MEMBER, CHANNEL = 1, 2, 3


def question(tally: Tally, number: int, *, at: float = 0.0) -> Message:
    message = Message(number, CHANNEL, MEMBER)
    tally.sent(message, at)
    return message


def reply(number: int, nonce: str | None = None, *, message: int = 0) -> Message:
    return Message(message or number + 100, CHANNEL, BOT, reference=Reference(number, CHANNEL, None), nonce=nonce)


def answer_to_command(number: int, flags: int = 0) -> Message:
    return Message(number + 100, CHANNEL, BOT, origin=Origin(number, 2, MEMBER, {}), flags=flags)


def test_each_question_has_one_reply_and_thinking_is_none() -> None:
    tally = Tally(BOT)
    for number in (10, 11, 12, 13):
        question(tally, number)
    for message in (
        reply(10),
        reply(10),
        reply(11),
        reply(11, message=200),
        reply(99),
        answer_to_command(13, MessageFlag.LOADING),
    ):
        tally.observe(message)
    assert (tally.questions, tally.answered, tally.repeated, tally.missing) == (4, 2, 1, 2)


def test_a_mark_or_a_private_word_declines() -> None:
    tally = Tally(BOT)
    marked = question(tally, 10)
    marked.reactions[ASK_AGAIN] = [BOT]
    question(tally, 11)
    question(tally, 12)
    for message in (marked, Message(50, CHANNEL, BOT, nonce="11w"), answer_to_command(12, MessageFlag.EPHEMERAL)):
        tally.observe(message)
    assert (tally.declined, tally.answered, tally.missing) == (3, 0, 0)


def test_waits_are_measured_from_the_question_on() -> None:
    tally = Tally(BOT, clock=lambda: 10.0)
    for number, at in ((10, 7.0), (11, 8.0), (12, 9.0)):
        question(tally, number, at=at)
        tally.observe(reply(number))
    assert (tally.quantile(0.5), tally.quantile(0.99), tally.last_reply) == (2.0, 3.0, 10.0)
