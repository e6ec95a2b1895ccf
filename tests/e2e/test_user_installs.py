"""People who installed the bot for themselves use it where it is not, beside its use in servers."""

from pathlib import Path

import pytest

from tests.chat.samples import ARABIC
from tests.discord_server import Channel, CommandUnavailable, DiscordServer, Interaction, Permission
from tests.discord_server.command_kinds import CommandKind
from tests.e2e.buttons import requests_since
from tests.e2e.coverage import QUESTION, QUOTED
from tests.e2e.program import Program, Start
from tests.e2e.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

MENU = ARABIC("command.menu.name")
PLACES = ["foreign", "private", "group"]


def place_of(server: DiscordServer, place: str) -> Channel:
    if place == "foreign":
        return server.world.channel("ساحة")
    others = ("ناصر",) if place == "private" else ("ناصر", "ليلى")
    return server.private_channel("سارة", *others)


async def ask(server: DiscordServer, channel: Channel, command: str = "ask", option: str = "question") -> Interaction:
    return await server.run_command(command, {option: QUESTION}, author="سارة", channel=channel)


def paths(server: DiscordServer, since: int) -> set[str]:
    return {request.path.split("/")[1] for request in requests_since(server, since)}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("command", "option"), [("ask", "question"), ("اسأل", "سؤال")])
async def test_a_question_is_answered_openly(stage: Stage, place: str, command: str, option: str) -> None:
    await stage.server.install("سارة")
    before = len(stage.server.requests)
    reply = await stage.server.wait_for_reply(await ask(stage.server, place_of(stage.server, place), command, option))
    assert reply.text.startswith(f"السؤال: «{QUESTION}»")
    assert QUOTED in reply.text
    assert not reply.is_ephemeral
    assert paths(stage.server, before) == {"interactions", "webhooks"}


@pytest.mark.parametrize("place", PLACES)
async def test_the_menu_asks_what_somebody_wrote(stage: Stage, place: str) -> None:
    await stage.server.install("سارة")
    channel = place_of(stage.server, place)
    said = await stage.server.post_message(channel, "سارة", QUESTION)
    before = len(stage.server.requests)
    asked = await stage.server.run_context_menu(MENU, said, author="سارة", channel=channel)
    reply = await stage.server.wait_for_reply(asked)
    assert QUOTED in reply.text
    again = await stage.server.run_context_menu(MENU, reply, author="سارة", channel=channel)
    assert QUOTED in (await stage.server.wait_for_reply(again)).text
    assert paths(stage.server, before) == {"interactions", "webhooks"}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("command", "words"), [("help", "طرق السؤال"), ("sources", "المكتبة العامة")])
async def test_help_and_sources_are_private(stage: Stage, place: str, command: str, words: str) -> None:
    await stage.server.install("سارة")
    channel = place_of(stage.server, place)
    reply = await stage.server.wait_for_reply(await stage.server.run_command(command, author="سارة", channel=channel))
    assert words in reply.text
    assert reply.is_ephemeral


@pytest.mark.parametrize("place", PLACES)
async def test_what_moderators_do_stays_in_servers(stage: Stage, place: str) -> None:
    await stage.server.install("سارة")
    with pytest.raises(CommandUnavailable, match="not registered"):
        await stage.server.run_command("corpus status", author="سارة", channel=place_of(stage.server, place))


async def test_an_answer_that_comes_too_late_is_written_to_the_asker(stage: Stage) -> None:
    server = stage.server
    await server.install("سارة")
    server.faults.add("PATCH", "/webhooks/*", server.faults.status(401, 50027))
    asked = await ask(server, place_of(server, "private"))
    direct = server.direct_channel("سارة")
    await server.until(
        lambda: [seen for seen in server.messages(direct) if seen.id > asked.id and QUOTED in seen.text],
        what="the answer as a direct message",
    )


async def test_an_asker_who_takes_no_direct_messages_is_let_be(stage: Stage) -> None:
    server = stage.server
    await server.install("سارة")
    await server.refuse_direct_messages("سارة")
    server.faults.add("PATCH", "/webhooks/*", server.faults.status(401, 50027))
    try:
        before = len(server.requests)
        await ask(server, place_of(server, "private"))
        refused = await server.until(
            lambda: [request for request in server.requests[before:] if request.code == 50007], what="a refusal"
        )
    finally:
        await server.refuse_direct_messages("سارة", refused=False)
    reply = await server.wait_for_reply(await ask(server, place_of(server, "private")))
    assert QUOTED in reply.text
    assert len(refused) == 1
    assert "Traceback" not in stage.program.log


async def test_the_channels_of_a_server_bind_nobody_elsewhere(server: DiscordServer, start: Start) -> None:
    general = server.world.channel("عام").id
    await start(DISCORD_CHANNEL_IDS=str(general))
    await server.install("سارة")
    for place in PLACES:
        assert QUOTED in (await server.wait_for_reply(await ask(server, place_of(server, place)))).text
    said = await server.post_message("منشور", "سارة", QUESTION)
    at_home = [
        await ask(server, server.world.channel("منشور")),
        await server.run_context_menu(MENU, said, author="سارة", channel="منشور"),
    ]
    for asked in at_home:
        pointer = await server.wait_for_reply(asked)
        assert f"<#{general}>" in pointer.text
        assert pointer.is_ephemeral


async def test_without_leave_for_outside_apps_the_answer_is_private(stage: Stage) -> None:
    await stage.server.install("سارة")
    await stage.server.deny("ساحة", Permission.USE_EXTERNAL_APPS, "سارة")
    try:
        reply = await stage.server.wait_for_reply(await ask(stage.server, place_of(stage.server, "foreign")))
    finally:
        await stage.server.allow("ساحة", Permission.USE_EXTERNAL_APPS, "سارة")
    assert QUOTED in reply.text
    assert reply.is_ephemeral


async def test_commands_kept_to_servers_are_not_for_people(server: DiscordServer, corpus: Path, tmp_path: Path) -> None:
    guild = next(iter(server.world.guilds))
    for run in ("first", "second"):
        program = await Program.start(server, corpus, tmp_path / run, DISCORD_GUILD_IDS=str(guild))
        await server.wait_ready()
        await server.until(lambda: server.commands.find(MENU, guild, CommandKind.MESSAGE), what="the menu")
        question = await server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
        assert QUOTED in (await server.wait_for_reply(question)).text
        assert await program.stop() == 0, program.log
    written = [request.body for request in server.requests if request.method == "PUT"]
    assert len(written) == 1
    assert not any({"contexts", "integration_types"} & command.keys() for command in written[0])
    await server.install("سارة")
    with pytest.raises(CommandUnavailable):
        await ask(server, place_of(server, "private"))
