"""The bot among people: it waits its turn, says privately what concerns one person alone, and keeps out otherwise."""

from collections.abc import Awaitable, Callable

import pytest

from bot.chat.admission import ASK_AGAIN
from bot.chat.waiting_room import WAITING
from tests.discord_server import DiscordServer, Fault, Message, Permission, Seen
from tests.discord_server.faults import Faults
from tests.e2e.coverage import QUESTION, QUOTED, TRAM_QUESTION, TRAM_QUOTED, UNSUPPORTED_QUESTION
from tests.e2e.prepared import MODULE
from tests.e2e.program import Start
from tests.e2e.stage import Stage
from tests.patience import slowness

pytestmark = pytest.mark.asyncio(loop_scope="session")

TOO_SOON = "تمهّل قليلاً، واسألني بعد "


def seen(server: DiscordServer, message: Message) -> Seen:
    return next(one for one in server.messages(message.channel_id) if one.id == message.id)


def told_directly(server: DiscordServer, person: str = "سارة") -> list[str]:
    bot = server.world.bot.id
    return [one.text for one in server.messages(server.direct_channel(person)) if one.message.author_id == bot]


async def mention(server: DiscordServer, question: str = QUESTION, author: str = "سارة", place: str = "عام") -> Message:
    return await server.post_message(place, author, f"<@bot> {question}")


async def is_left_alone(server: DiscordServer, *questions: Message, place: str = "عام", author: str = "ليلى") -> None:
    """See that questions have no reply when a later one has."""
    assert QUOTED in (await server.wait_for_reply(await mention(server, author=author, place=place))).text
    for question in questions:
        await server.no_reply(question)


async def wait_for_mark(server: DiscordServer, message: Message, mark: str = ASK_AGAIN) -> None:
    await server.until(lambda: mark in seen(server, message).reactions or None, what="a mark")


async def use_up(server: DiscordServer, author: str = "سارة") -> Message:
    """Let a limit of one a minute be met by an answer, and by a question that waits for the next."""
    assert QUOTED in (await server.wait_for_reply(await mention(server, author=author))).text
    waiting = await mention(server, author=author)
    await wait_for_mark(server, waiting, WAITING)
    return waiting


@pytest.mark.parametrize(
    "limit", ["LIMIT_MEMBER_PER_MINUTE", pytest.param("LIMIT_CHANNEL_PER_MINUTE", marks=pytest.mark.slow)]
)
async def test_a_question_over_the_limit_waits_shows_it_and_is_answered(
    server: DiscordServer, start: Start, limit: str
) -> None:
    await start(module=MODULE, PREPARED_MINUTE=str(3 * slowness()), **{limit: "1"})
    waiting = await use_up(server)
    assert QUOTED in (await server.wait_for_reply(waiting)).text
    await server.until(lambda: not seen(server, waiting).reactions or None, what="the end of the mark")
    assert not told_directly(server)


async def test_many_members_at_once_are_all_answered(server: DiscordServer, start: Start) -> None:
    await start(module=MODULE, PREPARED_MINUTE="3", LIMIT_CHANNEL_PER_MINUTE="8")
    people = [server.world.add_user(f"m{number}") for number in range(14)]
    guild = server.world.guilds[server.world.channel("عام").guild_id or 0]
    for person in people:
        server.world.add_member(guild, person)
    asked = [await server.post_message("عام", person, f"<@bot> {QUESTION}") for person in people]
    replies = [await server.wait_for_reply(question) for question in asked]
    assert all(QUOTED in reply.text for reply in replies)
    await server.until(
        lambda: not any(seen(server, question).reactions for question in asked) or None, what="the end of the marks"
    )
    assert not any(told_directly(server, person.username) for person in people)


async def test_a_command_over_the_limit_waits_and_is_answered(server: DiscordServer, start: Start) -> None:
    await start(module=MODULE, PREPARED_MINUTE="2", LIMIT_MEMBER_PER_MINUTE="1")
    for _ in range(2):
        asked = await server.run_command("ask", {"question": QUESTION}, author="سارة", channel="عام")
        assert QUOTED in (await server.wait_for_reply(asked)).text


async def test_a_question_that_waits_is_deleted_or_edited_and_costs_nothing(
    server: DiscordServer, start: Start
) -> None:
    await start(LIMIT_MEMBER_PER_MINUTE="1")
    waiting = await use_up(server)

    def unmarked() -> int:
        return sum(request.method == "DELETE" and str(waiting.id) in request.path for request in server.requests)

    await server.edit_message(waiting, f"<@bot> {UNSUPPORTED_QUESTION}")
    await server.until(lambda: unmarked() == 1 or None, what="the end of the first version")
    await wait_for_mark(server, waiting, WAITING)
    await server.delete_message(waiting)
    await server.until(lambda: unmarked() == 2 or None, what="the end of the second")
    again = await mention(server)
    await wait_for_mark(server, again, WAITING)
    assert not told_directly(server)


async def test_over_the_limit_by_more_than_a_minute_a_mention_gets_a_mark_and_one_private_word(
    server: DiscordServer, start: Start
) -> None:
    program = await start(LIMIT_MEMBER_PER_MINUTE="1")
    await use_up(server)
    questions = [await mention(server) for _ in range(2)]
    for question in questions:
        await wait_for_mark(server, question)
    await server.until(lambda: told_directly(server), what="a direct message")
    await is_left_alone(server, *questions)
    [told] = told_directly(server)
    assert told.startswith(TOO_SOON)
    assert told.endswith(" ثانيةً.")
    assert QUESTION not in program.log


async def test_over_the_limit_a_command_is_told_privately_at_once(server: DiscordServer, start: Start) -> None:
    await start(LIMIT_MEMBER_PER_MINUTE="1")
    await use_up(server)
    for words, is_private in ((TOO_SOON, True), (TOO_SOON, True)):
        asked = await server.run_command("ask", {"question": QUESTION}, author="سارة", channel="عام")
        reply = await server.wait_for_reply(asked)
        assert words in reply.text
        assert reply.is_ephemeral == is_private


async def test_over_the_limit_a_direct_message_is_replied_to(server: DiscordServer, start: Start) -> None:
    await start(LIMIT_MEMBER_PER_MINUTE="1")
    direct = server.direct_channel("سارة")
    await use_up(server)
    question = await server.post_message(direct, "سارة", QUESTION)
    assert TOO_SOON in (await server.wait_for_reply(question)).text


async def test_a_channel_has_its_limit_as_well(server: DiscordServer, start: Start) -> None:
    await start(LIMIT_CHANNEL_PER_MINUTE="1")
    await use_up(server)
    await wait_for_mark(server, await mention(server, author="ليلى"))
    general = server.world.channel("عام").id
    [told] = await server.until(lambda: told_directly(server, "ليلى"), what="a direct message")
    assert told.startswith(f"كثرت الأسئلة في <#{general}> في وقت قصير.")
    assert QUOTED in (await server.wait_for_reply(await mention(server, author="ليلى", place="منشور"))).text


async def test_where_direct_messages_are_closed_the_time_is_told_in_the_channel(
    server: DiscordServer, start: Start
) -> None:
    await start(LIMIT_MEMBER_PER_MINUTE="1")
    await server.refuse_direct_messages("سارة")
    await use_up(server)
    question = await mention(server)
    assert (await server.wait_for_reply(question)).text.startswith(TOO_SOON)
    assert not told_directly(server)
    question = await mention(server)
    await wait_for_mark(server, question)
    await is_left_alone(server, question)


async def test_where_marks_are_forbidden_the_private_word_comes_all_the_same(
    server: DiscordServer, start: Start
) -> None:
    await start(LIMIT_MEMBER_PER_MINUTE="1")
    await server.deny("عام", Permission.ADD_REACTIONS)
    await server.wait_for_reply(await mention(server))
    questions = [await mention(server) for _ in range(2)]
    await server.until(lambda: told_directly(server), what="a direct message")
    await is_left_alone(server, questions[1])
    assert not any(seen(server, question).reactions for question in questions)


async def test_a_mention_elsewhere_is_shown_the_way_once_and_privately(server: DiscordServer, start: Start) -> None:
    general, post = server.world.channel("عام").id, server.world.channel("منشور").id
    await start(DISCORD_CHANNEL_IDS=str(general))
    elsewhere = [await mention(server, place="منشور") for _ in range(2)]
    await server.until(lambda: told_directly(server), what="a direct message")
    await server.refuse_direct_messages("ليلى")
    elsewhere.append(await mention(server, author="ليلى", place="منشور"))
    await is_left_alone(server, *elsewhere)
    assert not any(seen(server, question).reactions for question in elsewhere)
    assert told_directly(server) == [f"لا أجيب في <#{post}>. اسألني هنا: <#{general}>"]
    assert not told_directly(server, "ليلى")


async def test_many_questions_at_once_are_answered_in_their_order(stage: Stage) -> None:
    asked = [await mention(stage.server, (QUESTION, TRAM_QUESTION)[number % 2]) for number in range(12)]
    replies = [await stage.server.wait_for_reply(question) for question in asked]
    assert [QUOTED in reply.text for reply in replies] == [True, False] * 6
    assert [TRAM_QUOTED in reply.text for reply in replies] == [False, True] * 6
    assert sorted(reply.id for reply in replies) == [reply.id for reply in replies]


@pytest.mark.parametrize("fault", [None, Faults.status(403, 50013), Faults.rate_limited(90), Faults.cut()])
async def test_typing_shows_while_an_answer_takes_long_and_may_fail(stage: Stage, fault: Fault | None) -> None:
    def typings() -> int:
        return sum(request.path.endswith("/typing") for request in stage.server.requests)

    before = typings()
    if fault:
        stage.server.faults.add("POST", "/channels/*/typing", fault)
    hold = stage.server.faults.hold("POST", "/channels/*/messages")
    question = await mention(stage.server)
    await stage.server.until(lambda: typings() > before, what="typing")
    hold.release()
    assert QUOTED in (await stage.server.wait_for_reply(question)).text


async def timed_out(server: DiscordServer, place: str) -> None:
    """Leave the bot what Discord leaves to a member under a timeout: to see and to read."""
    for permission in (Permission.SEND_MESSAGES, Permission.SEND_MESSAGES_IN_THREADS, Permission.ADD_REACTIONS):
        await server.deny(place, permission)


async def locked(server: DiscordServer, place: str) -> None:
    await server.lock_thread(place)


async def unseen(server: DiscordServer, place: str) -> None:
    await server.deny(place, Permission.VIEW_CHANNEL)


@pytest.mark.parametrize(
    ("shut", "place"),
    [
        (timed_out, "عام"),
        pytest.param(timed_out, "سلسلة", marks=pytest.mark.slow),
        (locked, "سلسلة"),
        pytest.param(unseen, "عام", marks=pytest.mark.slow),
    ],
    ids=["timed out", "timed out in a thread", "locked thread", "unseen"],
)
async def test_a_bot_that_may_not_write_answers_in_private_and_is_silent_otherwise(
    server: DiscordServer, start: Start, shut: Callable[[DiscordServer, str], Awaitable[None]], place: str
) -> None:
    program = await start()
    await server.refuse_direct_messages("ليلى")
    # The place is shut while the first answer is on its way, and the second waits for it.
    hold = server.faults.hold("POST", "/channels/*/messages")
    questions = [await mention(server, place=place), await mention(server, author="ليلى", place=place)]
    await server.until(lambda: hold.count == 1, what="an answer on its way")
    await shut(server, place)
    hold.release()
    [told] = await server.until(lambda: told_directly(server), what="a direct message")
    assert QUOTED in told
    await is_left_alone(server, *questions, place="منشور", author="ناصر")
    assert not told_directly(server, "ليلى")
    assert "Traceback" not in program.log


async def test_without_the_history_an_answer_comes_without_a_reference(server: DiscordServer, start: Start) -> None:
    await start()
    await server.deny("عام", Permission.READ_MESSAGE_HISTORY)
    question = await mention(server)
    answer = await server.wait_for_message("عام", after=question)
    assert QUOTED in answer.text
    assert answer.text.startswith("لا أملك هنا صلاحية «قراءة سجل الرسائل»")
    assert f"السؤال: «{QUESTION}»" in answer.text
