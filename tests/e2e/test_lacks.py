"""What the coverage lacks reaches the moderators, and nobody learns who asked."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

from tests.discord_server import DiscordServer, Permission, Seen
from tests.e2e.coverage import NEARBY_QUESTION, QUESTION, TRAM_QUESTION, UNSUPPORTED_QUESTION
from tests.e2e.program import Program
from tests.e2e.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

MODERATION = "الإشراف"


@pytest_asyncio.fixture(loop_scope="session")
async def log(
    server: DiscordServer, corpus: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[Program]:
    """A program that reports to the moderators' channel, as often as its parameter says."""
    settings = {
        "DISCORD_MODERATOR_CHANNEL_ID": str(server.world.channel(MODERATION).id),
        "DISCORD_REPORT_SECONDS": str(getattr(request, "param", 0.4)),
    }
    program = await Program.start(server, corpus, tmp_path / "log", **settings)
    await server.wait_ready()
    await server.wait_for_command("corpus")
    yield program
    assert await program.stop() == 0, program.log


async def ask(server: DiscordServer, question: str, author: str = "سارة") -> Seen:
    asked = await server.post_message("عام", author, f"<@bot> {question}")
    return await server.wait_for_reply(asked)


@pytest.mark.parametrize("log", [3600], indirect=True)
async def test_refusals_are_reported_together_without_a_name_when_the_bot_stops_too(
    server: DiscordServer, log: Program
) -> None:
    for question in (UNSUPPORTED_QUESTION, QUESTION, "مرحبا", f"{NEARBY_QUESTION} @everyone <@bot>"):
        await ask(server, question)
    assert not server.messages(MODERATION)
    assert await log.stop() == 0
    [report] = server.messages(MODERATION)
    assert report.text.count("السؤال: «") == 2
    assert UNSUPPORTED_QUESTION in report.text
    assert NEARBY_QUESTION in report.text
    sara = server.world.user("سارة")
    assert not any(word in report.text for word in ("سارة", "sara", str(sara.id), QUESTION, "مرحبا"))
    assert not report.pinged


async def test_a_refusal_is_reported_once(server: DiscordServer, log: Program) -> None:
    await ask(server, UNSUPPORTED_QUESTION)
    report = await server.wait_for_message(MODERATION)
    assert UNSUPPORTED_QUESTION in report.text
    await ask(server, "من هو بطل العالم في الشطرنج؟")
    second = await server.wait_for_message(MODERATION, after=report.message)
    assert UNSUPPORTED_QUESTION not in second.text
    assert UNSUPPORTED_QUESTION not in log.log


async def test_only_votes_against_an_answer_are_reported(server: DiscordServer, log: Program) -> None:
    for question, thumb in ((QUESTION, "👍"), (TRAM_QUESTION, "👎")):
        pressed = await server.press_button(await ask(server, question), thumb, "ليلى")
        await server.wait_for_reply(pressed)
    report = await server.wait_for_message(MODERATION)
    assert "أجوبة قيل إنها لم تُفِد" in report.text
    assert f"السؤال: «{TRAM_QUESTION}»" in report.text
    assert QUESTION not in report.text
    assert str(server.world.user("ليلى").id) not in report.text
    assert log.is_running


async def test_a_closed_channel_is_logged_once_and_harms_nobody(server: DiscordServer, log: Program) -> None:
    await server.deny(MODERATION, Permission.SEND_MESSAGES)
    path = f"/channels/{server.world.channel(MODERATION).id}/messages"

    def reached(count: int) -> bool:
        return sum(request.path.endswith(path) for request in server.requests) >= count

    for report in (1, 2):
        await ask(server, UNSUPPORTED_QUESTION)
        await server.until(partial(reached, report), what="a report")
    await ask(server, QUESTION)
    assert log.log.count("could not be sent to the moderators") == 1


async def gaps(server: DiscordServer, author: str = "ناصر", *, force: bool = False) -> Seen:
    asked = await server.run_command("corpus gaps", author=author, channel="عام", force=force)
    reply = await server.wait_for_reply(asked)
    assert reply.is_ephemeral
    return reply


async def test_moderators_see_the_gaps_by_subject(server: DiscordServer, log: Program) -> None:
    assert "لم يبقَ أي سؤال بلا جواب" in (await gaps(server)).text
    for author in ("سارة", "ليلى"):
        await ask(server, UNSUPPORTED_QUESTION, author)
    asked = await server.run_command("ask", {"question": "من رئيس اتحاد الشطرنج؟"}, author="سارة", channel="عام")
    await server.wait_for_reply(asked)
    first, second = (await gaps(server)).text.splitlines()[-2:]
    assert "سُئل مرّتين عن «" in first
    assert "كأس العالم" in first
    assert "الشطرنج" in second
    assert "سُئل مرّة واحدة عن «" in second
    assert log.is_running


async def test_an_edited_question_counts_once(server: DiscordServer, log: Program) -> None:
    question = await server.post_message("عام", "سارة", f"<@bot> {UNSUPPORTED_QUESTION}")
    reply = await server.wait_for_reply(question)
    await server.edit_message(question, "<@bot> من رئيس اتحاد الشطرنج؟")
    await server.wait_for_edit(reply)
    assert "بقي سؤال واحد بلا جواب" in (await gaps(server)).text
    assert log.is_running


async def test_the_gaps_are_for_moderators(stage: Stage) -> None:
    assert "هذا الأمر للمشرفين" in (await gaps(stage.server, "سارة", force=True)).text
