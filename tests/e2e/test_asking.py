"""Questions in every place where they can be asked."""

import pytest

from tests.chat.samples import ARABIC
from tests.discord_server import Seen
from tests.e2e.coverage import ENGLISH_QUESTION, NEARBY_QUESTION, QUESTION, QUOTED, SOURCE, UNSUPPORTED_QUESTION
from tests.e2e.moderating import answered
from tests.e2e.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


def shows_the_answer(reply: Seen) -> bool:
    return (
        QUOTED in reply.text
        and SOURCE.search(reply.text) is not None
        and "9 مارس 2026" in reply.text
        and not reply.pinged
    )


@pytest.mark.parametrize("place", ["عام", "سلسلة", "منشور"])
async def test_a_mention_is_answered_by_a_reply_with_quote_and_source(stage: Stage, place: str) -> None:
    question = await stage.server.post_message(place, "سارة", f"<@bot> {QUESTION}")
    assert shows_the_answer(await stage.server.wait_for_reply(question))


async def test_a_direct_message_needs_no_mention(stage: Stage) -> None:
    channel = stage.server.direct_channel("سارة")
    question = await stage.server.post_message(channel, "سارة", QUESTION)
    assert shows_the_answer(await stage.server.wait_for_reply(question))


@pytest.mark.parametrize(("command", "option"), [("ask", "question"), ("اسأل", "سؤال")])
@pytest.mark.parametrize("place", ["عام", "سلسلة", "سارة"])
async def test_slash_commands_answer_alike(stage: Stage, command: str, option: str, place: str) -> None:
    channel = stage.server.direct_channel("سارة") if place == "سارة" else place
    asked = await stage.server.run_command(command, {option: QUESTION}, author="سارة", channel=channel)
    reply = await stage.server.wait_for_reply(asked)
    assert shows_the_answer(reply)
    assert not reply.is_ephemeral


async def test_what_the_coverage_does_not_say_is_refused(stage: Stage) -> None:
    question = await stage.server.post_message("عام", "سارة", f"<@bot> {UNSUPPORTED_QUESTION}")
    reply = await stage.server.wait_for_reply(question)
    assert "لم أجد في المقالات:" in reply.text
    assert "> " not in reply.text


async def test_a_refusal_near_the_subject_names_what_to_read(stage: Stage) -> None:
    asked = await stage.server.run_command("ask", {"question": NEARBY_QUESTION}, author="سارة", channel="عام")
    reply = await stage.server.wait_for_reply(asked)
    assert ARABIC("refusal.related") in reply.text
    assert "موسم الزيتون يبدأ مبكراً هذا العام\n-# 20 مايو 2026 · صحيفة الضفة" in reply.text


async def test_a_question_in_english_is_answered_in_english(stage: Stage) -> None:
    question = await stage.server.post_message("عام", "سارة", f"<@bot> {ENGLISH_QUESTION}")
    reply = await stage.server.wait_for_reply(question)
    assert QUOTED in reply.text
    assert "Source: " in reply.text
    assert "Paragraph" in reply.text
    assert "المصدر" not in reply.text


async def test_a_bare_mention_is_told_how_to_ask(stage: Stage) -> None:
    question = await stage.server.post_message("عام", "سارة", "<@bot>")
    assert "اكتب سؤالك" in (await stage.server.wait_for_reply(question)).text


@pytest.mark.parametrize("content", [QUESTION, f"@everyone {QUESTION}", f"<@&1> {QUESTION}"])
async def test_talk_that_is_not_for_the_bot_is_left_alone(stage: Stage, content: str) -> None:
    said = await stage.server.post_message("عام", "ناصر", content)
    await answered(stage.server, QUESTION)
    await stage.server.no_reply(said)


async def test_a_reply_without_ping_is_left_alone(stage: Stage) -> None:
    question = await stage.server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
    reply = await stage.server.wait_for_reply(question)
    said = await stage.server.post_message("عام", "ناصر", "شكراً", reply_to=reply, ping=False)
    await answered(stage.server, QUESTION)
    await stage.server.no_reply(said)


async def test_nothing_in_a_question_pings_anyone(stage: Stage) -> None:
    hostile = f"<@bot> @everyone @here <@&1> {UNSUPPORTED_QUESTION} `@everyone` [x](https://evil.example)"
    question = await stage.server.post_message("عام", "ناصر", hostile)
    assert not (await stage.server.wait_for_reply(question)).pinged
