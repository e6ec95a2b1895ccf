"""The coverage obeys the moderators of its home servers, and nobody for the rights that they have elsewhere."""

from pathlib import Path
from typing import Any

import pytest

from tests.chat.samples import ARABIC
from tests.discord_server import Channel, CommandUnavailable, DiscordServer, Guild, Permission, TeamMember
from tests.discord_server.component_kinds import every_component
from tests.e2e.buttons import ask, delete, press
from tests.e2e.coverage import QUESTION, UNSUPPORTED_QUESTION
from tests.e2e.moderating import FORCED
from tests.e2e.program import Program, Start
from tests.e2e.stage import Stage
from tests.patience import eventually

# The commands of moderators, and their menu of a message.
AT_HOME = ["التغطية", "أضف إلى التغطية"]

pytestmark = pytest.mark.asyncio(loop_scope="session")

CALLS: list[tuple[str, dict[str, Any]]] = [
    ("corpus status", {}),
    ("corpus gaps", {}),
    ("corpus explain", {"question": QUESTION}),
    ("corpus rollback", {}),
    ("corpus cancel", {}),
    ("corpus reload", {}),
    ("corpus reload", FORCED),
    ("corpus add", {}),
    ("corpus remove", {"title": QUESTION}),
    ("corpus restore", {"title": QUESTION}),
]
STATUS = CALLS[:1]
ELSEWHERE, NO_HOME, OUTSIDE = ARABIC("error.other_home"), "DISCORD_HOME_GUILD_IDS", ARABIC("error.server_only")
MEMBER, SHOWN = ARABIC("error.not_moderator"), "عدد المقالات"


@pytest.fixture
def home(server: DiscordServer) -> Guild:
    return next(iter(server.world.guilds.values()))


@pytest.fixture
def stranger(server: DiscordServer) -> Guild:
    """A server without the bot, of somebody who has every right there, and with a member who may manage it."""
    world = server.world
    guild = world.add_guild("غريب", with_bot=False, owner=world.add_user("intruder", "دخيل"))
    world.add_member(guild, world.add_user("deputy", "نائب"), world.add_role(guild, "إدارة", Permission.MANAGE_GUILD))
    world.add_member(guild, world.add_user("guest", "ضيف"))
    world.add_channel(guild, "باحة")
    return guild


def copy_commands(server: DiscordServer, home: Guild, place: int | None) -> None:
    """Let Discord have the moderators' commands where the bot has put none, and for direct messages and people too."""
    [command] = [one for one in server.commands.of_place(home.id) if one["name"] == "التغطية"]
    server.commands.put(place, {**command, "contexts": [0, 1, 2], "integration_types": [0, 1]})


async def told(
    server: DiscordServer, author: str, calls: list[tuple[str, dict[str, Any]]], place: Channel | str = "باحة"
) -> set[str]:
    """Give commands that a client may not offer, and return what comes of them."""
    texts = set()
    for name, options in calls:
        asked = await server.run_command(name, options, author=author, channel=place, force=True)
        reply = await server.wait_for_reply(asked)
        assert reply.is_ephemeral
        texts.add(reply.text)
    return texts


async def test_the_commands_of_moderators_are_registered_at_home_alone(
    server: DiscordServer, start: Start, home: Guild, stranger: Guild
) -> None:
    server.world.add_bot(stranger)
    await start(DISCORD_HOME_GUILD_IDS=str(home.id))
    assert [command["name"] for command in server.commands.of_place(home.id)] == AT_HOME
    assert "التغطية" not in {command["name"] for command in server.commands.of_place()}
    assert server.commands.of_place(stranger.id) == []
    with pytest.raises(CommandUnavailable, match="not registered"):
        await told(server, "دخيل", STATUS)
    [text] = await told(server, "ناصر", STATUS, "عام")
    assert SHOWN in text


async def test_every_right_in_another_server_gives_none_at_home(
    server: DiscordServer, start: Start, home: Guild, stranger: Guild
) -> None:
    world = server.world
    world.add_bot(stranger)
    role = world.role("إدارة", stranger)
    world.add_member(stranger, world.owner, role)
    program = await start(DISCORD_HOME_GUILD_IDS=str(home.id), DISCORD_MODERATOR_ROLE_IDS=str(role.id))
    await ask(server, question=UNSUPPORTED_QUESTION)
    for place in (stranger.id, None):
        copy_commands(server, home, place)
    [text] = await told(server, "ناصر", CALLS, server.direct_channel("ناصر"))
    assert OUTSIDE in text
    for author, channel, count in (("ناصر", "عام", 3), ("دخيل", "باحة", 0)):
        typed = {"title": ""}
        assert len(await server.autocomplete("corpus remove", typed, "title", author=author, channel=channel)) == count
    for author in ("دخيل", "نائب", "ضيف", "المالك"):
        [text] = await told(server, author, CALLS)
        assert ELSEWHERE in text
        await server.install(author)
        [text] = await told(server, author, CALLS, server.direct_channel(author))
        assert OUTSIDE in text
    server.world.remove_bot(stranger)
    [text] = await told(server, "دخيل", CALLS)
    assert ELSEWHERE in text
    assert "Reload by" not in program.log
    assert "Rollback by" not in program.log


async def test_a_second_server_takes_the_home_from_nobody_else_and_gives_it_to_nobody(
    server: DiscordServer, start: Start, home: Guild, stranger: Guild
) -> None:
    program = await start()
    assert f"its home: {home.id}" in program.log
    copy_commands(server, home, stranger.id)
    assert SHOWN in (await told(server, "ناصر", STATUS, "عام")).pop()
    creations = server.commands.creations
    await server.invite_bot(stranger)
    await eventually(lambda: "No server is home: the bot is in 2" in program.log, "a line about the home")
    for author, place in (("ناصر", "عام"), ("دخيل", "باحة"), ("نائب", "باحة")):
        [text] = await told(server, author, CALLS, place)
        assert NO_HOME in text
    for author, place in (("سارة", "عام"), ("ضيف", "باحة")):
        [text] = await told(server, author, CALLS, place)
        assert MEMBER in text
    assert SHOWN in (await told(server, "المالك", STATUS, "عام")).pop()
    await server.remove_bot(stranger)
    await eventually(lambda: program.log.count(f"its home: {home.id}") == 2, "a line about the home")
    assert SHOWN in (await told(server, "ناصر", STATUS, "عام")).pop()
    # Whoever adds the bot and takes it away again and again must not use up what may be created in a day.
    assert server.commands.creations == creations
    await server.invite_bot(stranger)
    await server.remove_bot(home)
    await eventually(lambda: program.log.count("No server is home: the bot is in 1") == 1, "a line about the home")
    [text] = await told(server, "دخيل", CALLS)
    assert NO_HOME in text
    assert "Reload by" not in program.log


async def test_without_a_home_the_application_s_team_moderates_in_any_server(
    server: DiscordServer, start: Start, home: Guild, stranger: Guild
) -> None:
    world = server.world
    world.add_bot(stranger)
    world.team = [
        TeamMember(world.user("سارة")),
        TeamMember(world.user("ناصر"), has_accepted=False),
        TeamMember(world.user("ليلى"), "read_only"),
    ]
    await start()
    assert "التغطية" in {command["name"] for command in server.commands.of_place()}
    assert server.commands.of_place(home.id) == []
    assert SHOWN in (await told(server, "سارة", STATUS, "عام")).pop()
    for author, place, words in (("ناصر", "عام", NO_HOME), ("دخيل", "باحة", NO_HOME), ("ليلى", "عام", MEMBER)):
        [text] = await told(server, author, CALLS, place)
        assert words in text
    direct = server.direct_channel("سارة")
    assert OUTSIDE in (await told(server, "سارة", STATUS, direct)).pop()


async def test_what_an_earlier_setting_left_with_discord_is_taken_away(
    server: DiscordServer, start: Start, home: Guild, stranger: Guild
) -> None:
    server.world.add_bot(stranger)
    program = await start(DISCORD_HOME_GUILD_IDS=str(home.id))
    copy_commands(server, home, None)
    assert await program.stop() == 0
    server.commands.replace_all(stranger.id, [])
    await start(DISCORD_HOME_GUILD_IDS=str(stranger.id))
    await server.until(lambda: server.commands.of_place(home.id) == [], what="the old home without commands")
    assert [command["name"] for command in server.commands.of_place(stranger.id)] == AT_HOME
    assert "التغطية" not in {command["name"] for command in server.commands.of_place()}
    assert SHOWN in (await told(server, "نائب", STATUS)).pop()


async def test_what_a_channel_allows_makes_no_moderator(server: DiscordServer, start: Start) -> None:
    await start()
    await server.allow("عام", Permission.MANAGE_GUILD, "سارة")
    [text] = await told(server, "سارة", CALLS, "عام")
    assert MEMBER in text


async def test_in_another_server_an_answer_is_deleted_by_those_who_keep_order_there(
    server: DiscordServer, start: Start, home: Guild, stranger: Guild
) -> None:
    world = server.world
    world.add_bot(stranger)
    world.add_member(stranger, world.user("سارة"))
    keeper = world.add_user("keeper", "حارس")
    world.add_member(stranger, keeper, world.add_role(stranger, "نظام", Permission.MANAGE_MESSAGES))
    role = world.role("إدارة", stranger)
    await start(DISCORD_HOME_GUILD_IDS=str(home.id), DISCORD_MODERATOR_ROLE_IDS=str(role.id))
    answer = await ask(server, "باحة")
    told = await press(server, answer, "🗑️", "نائب")
    assert "لا يحذف هذا الجواب إلا صاحب السؤال" in told.text
    await delete(server, answer, "حارس")
    await delete(server, await ask(server), "ناصر")


@pytest.mark.parametrize(
    "identity", ["b0:reload:", "b1:reload:", "b1:status:", "b1:gaps:", "corpus reload", "b1:vote:9"]
)
async def test_a_button_that_is_none_of_the_bots_does_nothing(stage: Stage, identity: str) -> None:
    server, reloads = stage.server, stage.program.log.count("Reload by")
    answer = await ask(server)
    [button] = [
        one for one in every_component(answer.message.components) if one.get("custom_id", "").startswith("b1:delete")
    ]
    button["custom_id"] = identity
    pressed = await server.press_button(answer, identity, "سارة")
    if identity.startswith("b"):
        assert (await server.wait_for_reply(pressed)).is_ephemeral
    else:
        await ask(server)
        await server.no_reply(pressed)
    assert not answer.message.deleted
    assert stage.program.log.count("Reload by") == reloads


async def test_check_and_the_log_say_what_is_home_and_where_reports_go(  # noqa: PLR0913, PLR0917 (fixtures)
    server: DiscordServer, corpus: Path, tmp_path: Path, start: Start, home: Guild, stranger: Guild
) -> None:
    server.world.add_bot(stranger)
    yard = str(server.world.channel("باحة").id)
    named = {"DISCORD_HOME_GUILD_IDS": str(home.id), "DISCORD_MODERATOR_CHANNEL_ID": yard}
    logs = []
    for settings, code in (({}, 2), (named, 0), ({**named, "DISCORD_MODERATOR_CHANNEL_ID": "5"}, 2)):
        program = await Program.start(server, corpus, tmp_path / "check", command="check", **settings)
        assert await program.exit_code() == code, program.log
        logs.append(program.log)
    assert "ضع أرقام الخوادم التي يدير مشرفوها التغطية في DISCORD_HOME_GUILD_IDS" in logs[0]
    assert "الخوادم التي يدير مشرفوها التغطية: إسناد." in logs[1]
    assert "القناة باحة المذكورة في DISCORD_MODERATOR_CHANNEL_ID في خادم لا يدير" in logs[1]
    assert "لا يرى البوت القناة 5" in logs[2]
    running = await start(**named)
    line = f"DISCORD_MODERATOR_CHANNEL_ID is a channel of {stranger.id}, which is not home"
    await eventually(lambda: line in running.log, "a line about the channel")


@pytest.mark.parametrize("is_named", [True, False])
async def test_commands_that_are_kept_to_servers_and_those_of_home_do_not_mix(
    server: DiscordServer, start: Start, home: Guild, stranger: Guild, *, is_named: bool
) -> None:
    server.world.add_bot(stranger)
    named = {"DISCORD_HOME_GUILD_IDS": str(home.id)} if is_named else {}
    await start(DISCORD_GUILD_IDS=str(stranger.id), **named)
    kept, at_home = ({one["name"] for one in server.commands.of_place(place.id)} for place in (stranger, home))
    assert "اسأل" in kept
    assert at_home == (set(AT_HOME) if is_named else set())
    assert ("التغطية" in kept) is not is_named
    assert server.commands.of_place() == []
    author, place = ("ناصر", "عام") if is_named else ("دخيل", "باحة")
    assert (SHOWN if is_named else NO_HOME) in (await told(server, author, STATUS, place)).pop()
