"""What the coverage lacks reaches the moderators, and nobody learns who asked."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.discord_server import DiscordServer, Seen
from tests.e2e.coverage import NEARBY_QUESTION, QUESTION, UNSUPPORTED_QUESTION
from tests.e2e.moderating import MODERATION, gaps
from tests.e2e.program import Program

pytestmark = pytest.mark.asyncio(loop_scope="session")


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


async def test_moderators_see_the_gaps_by_subject(server: DiscordServer, log: Program) -> None:
    assert "لم يبقَ أي سؤال بلا جواب" in await gaps(server)
    for author in ("سارة", "ليلى"):
        await ask(server, UNSUPPORTED_QUESTION, author)
    asked = await server.run_command("ask", {"question": "من رئيس اتحاد الشطرنج؟"}, author="سارة", channel="عام")
    await server.wait_for_reply(asked)
    first, second = (await gaps(server)).splitlines()[-2:]
    assert "سُئل مرّتين عن «" in first
    assert "كأس العالم" in first
    assert "الشطرنج" in second
    assert "سُئل مرّة واحدة عن «" in second
    assert log.is_running
