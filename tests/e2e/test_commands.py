"""Commands about the bot itself, and how they reach Discord."""

from pathlib import Path

import pytest

from tests.discord_server import DiscordServer
from tests.e2e.coverage import QUESTION, QUOTED
from tests.e2e.program import Program, Start
from tests.e2e.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


def writes(server: DiscordServer) -> list[str]:
    return [request.path for request in server.requests if request.method == "PUT"]


async def test_no_privileged_intent_is_asked_for(stage: Stage) -> None:
    guilds, guild_messages, direct_messages = 1 << 0, 1 << 9, 1 << 12
    assert stage.server.gateway.identifies[0]["intents"] == guilds | guild_messages | direct_messages


async def test_commands_are_arabic_by_default_and_english_for_english_readers(stage: Stage) -> None:
    command = await stage.server.wait_for_command("اسأل")
    assert command["description"].startswith("اسأل، وأجيبك")
    assert command["description_localizations"]["en-US"].startswith("Ask, and I answer")
    assert command["options"][0]["name"] == "سؤال"
    assert (await stage.server.wait_for_command("ask"))["options"][0]["name"] == "question"


@pytest.mark.parametrize(
    ("arabic", "english"),
    [("المصادر", "sources"), ("مقالة", "article"), ("مساعدة", "help"), ("تسلسل", "timeline"), ("التغطية", "corpus")],
)
async def test_commands_have_names_in_both_languages(stage: Stage, arabic: str, english: str) -> None:
    command = await stage.server.wait_for_command(english)
    assert command["name"] == arabic
    assert command is await stage.server.wait_for_command(arabic)
    for option in command.get("options", ()):
        assert not option["name"].isascii()
        assert option["name_localizations"]["en-US"].isascii()


async def test_a_second_start_writes_no_commands(server: DiscordServer, corpus: Path, tmp_path: Path) -> None:
    written = []
    for run in ("first", "second"):
        program = await Program.start(server, corpus, tmp_path / run)
        await server.wait_ready()
        for command in ("ask", "corpus"):
            await server.wait_for_command(command)
        question = await server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
        assert QUOTED in (await server.wait_for_reply(question)).text
        assert await program.stop() == 0, program.log
        written.append(len(writes(server)))
    assert written == [2, 2]
    assert len(server.gateway.identifies) == 2


async def test_a_stale_command_is_answered_privately_and_brought_up_to_date(
    server: DiscordServer, start: Start
) -> None:
    await start()
    command = await server.wait_for_command("sources")
    command["name"] = "قديم"
    asked = await server.run_command("قديم", author="سارة", channel="عام", force=True)
    reply = await server.wait_for_reply(asked)
    assert reply.is_ephemeral
    assert "تغيّر هذا الأمر" in reply.text
    (await server.wait_for_command("المصادر"))["name"] = "قديم"
    assert await server.autocomplete("قديم", {}, "title", author="سارة", channel="عام") == []
    await server.wait_for_command("المصادر")


async def test_only_the_given_channels_and_servers_are_served(server: DiscordServer, start: Start) -> None:
    guild = next(iter(server.world.guilds))
    general = server.world.channel("عام").id
    settings = {"DISCORD_CHANNEL_IDS": str(general), "DISCORD_GUILD_IDS": str(guild)}
    await start(**settings)
    assert [path for path in writes(server) if str(guild) in path] == writes(server)

    in_thread = await server.post_message("سلسلة", "سارة", f"<@bot> {QUESTION}")
    assert QUOTED in (await server.wait_for_reply(in_thread)).text
    elsewhere = await server.post_message("منشور", "سارة", f"<@bot> {QUESTION}")
    asked = await server.run_command("ask", {"question": QUESTION}, author="سارة", channel="منشور")
    pointer = await server.wait_for_reply(asked)
    assert pointer.is_ephemeral
    await server.no_reply(elsewhere)
    assert f"<#{general}>" in pointer.text


async def test_nobody_is_sent_to_the_channels_of_another_server(server: DiscordServer, start: Start) -> None:
    world = server.world
    other = world.add_guild("مكتبة")
    world.add_member(other, world.user("ليلى"))
    world.add_channel(other, "ردهة")
    await start(DISCORD_CHANNEL_IDS=str(world.channel("عام").id))
    asked = await server.run_command("ask", {"question": QUESTION}, author="ليلى", channel="ردهة")
    pointer = await server.wait_for_reply(asked)
    assert pointer.is_ephemeral
    assert pointer.text == "لا أجيب في هذا الخادم. راسلني مباشرةً، وسأجيبك هناك."
