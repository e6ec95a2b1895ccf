"""Moderators read the words of public questions at home; of all others they are told how many there were."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
import pytest_asyncio

from tests.chat.samples import ARABIC
from tests.discord_server import Channel, DiscordServer, Interaction, Message, Permission, Seen
from tests.e2e.buttons import press
from tests.e2e.coverage import QUESTION, QUOTED, TRAM_QUESTION, UNSUPPORTED_QUESTION
from tests.e2e.moderating import MODERATION, gaps
from tests.e2e.program import Program, Start

pytestmark = pytest.mark.asyncio(loop_scope="session")

MENU = ARABIC("command.menu.name")
SECRET, WORDS = "من هو الطبيب زعتور الذي يعالج زوجي؟", ("زعتور", "الطبيب", "يعالج", "زوجي")
UNANSWERED = "عدد ما طُرح منها في غير العلن أو في خوادم أخرى، ولا تُذكر كلماته: "
UNHELPFUL = "عدد ما كان منها في غير العلن أو في خوادم أخرى، ولا تُذكر كلماته: "
PRIVATE = ["hidden", "private thread", "elsewhere", "directly"]
PUBLIC = ["عام", "سلسلة", "منشور"]


def asked_in(places: Sequence[str]) -> pytest.MarkDecorator:
    """Ask in each place by a mention and by the command; by turns in the quick tests."""
    ways = [(place, command, (number + command) % 2) for number, place in enumerate(places) for command in (0, 1)]
    return pytest.mark.parametrize(
        ("place", "command"),
        [pytest.param(place, bool(way), marks=[pytest.mark.slow] if is_other else []) for place, way, is_other in ways],
    )


@pytest_asyncio.fixture(loop_scope="session")
async def log(server: DiscordServer, corpus: Path, tmp_path: Path) -> AsyncIterator[Program]:
    """A program in two servers, one of them home, whose moderators' channel is told of everything soon."""
    world = server.world
    [home, *_] = world.guilds.values()
    other = world.add_guild("مكتبة")
    world.add_member(other, world.user("سارة"))
    world.add_member(other, world.user("ليلى"))
    world.add_channel(other, "ردهة")
    world.add_private_thread(world.channel("عام"), "همس", world.user("سارة"), world.user("ليلى"), world.bot)
    hidden = world.add_channel(home, "خفية")
    world.overwrite(hidden, home.roles[home.id]).deny |= Permission.VIEW_CHANNEL
    for person in ("سارة", "ليلى", world.bot):
        world.overwrite(hidden, world.user(person)).allow |= Permission.VIEW_CHANNEL
    settings = {
        "DISCORD_HOME_GUILD_IDS": str(home.id),
        "DISCORD_MODERATOR_CHANNEL_ID": str(world.channel(MODERATION).id),
        "DISCORD_REPORT_SECONDS": "0.4",
    }
    program = await Program.start(server, corpus, tmp_path / "log", **settings)
    await server.wait_ready()
    for command in ("ask", "corpus"):
        await server.wait_for_command(command)
    yield program
    assert await program.stop() == 0, program.log
    assert not any(word in program.log for word in WORDS)


def place_of(server: DiscordServer, place: str) -> Channel:
    names = {"hidden": "خفية", "private thread": "همس", "elsewhere": "ردهة"}
    return server.direct_channel("سارة") if place == "directly" else server.world.channel(names.get(place, place))


async def asked(
    server: DiscordServer, place: Channel, question: str = SECRET, *, command: bool = False
) -> tuple[Message | Interaction, Seen]:
    cause: Message | Interaction
    if command:
        cause = await server.run_command("ask", {"question": question}, author="سارة", channel=place)
    else:
        cause = await server.post_message(place, "سارة", f"<@bot> {question}")
    return cause, await server.wait_for_reply(cause)


async def report_after(server: DiscordServer, cause: Message | Interaction) -> Seen:
    """Wait for what the moderators are told next."""
    return await server.until(
        lambda: next((seen for seen in server.messages(MODERATION) if seen.id > cause.id), None), what="a report"
    )


async def expect_counted(server: DiscordServer, after: Message | Interaction, *, gap: bool = True) -> None:
    """Wait for the report on what came after, and see that it counts one question and has no word of it."""
    report = await report_after(server, after)
    assert f"{UNANSWERED}1" in report.text
    listed = await gaps(server)
    assert ("بلا جواب سؤال واحد طُرح في غير العلن" in listed) is gap
    for text in (report.text, listed):
        assert "السؤال: " not in text
        assert not any(word in text for word in WORDS)


@asked_in(PRIVATE)
async def test_of_a_private_question_there_is_a_number(
    server: DiscordServer, log: Program, place: str, *, command: bool
) -> None:
    del log
    cause, reply = await asked(server, place_of(server, place), command=command)
    assert "زعتور" in reply.text
    await expect_counted(server, cause)


@asked_in(PUBLIC)
async def test_of_a_public_one_there_are_the_words(
    server: DiscordServer, log: Program, place: str, *, command: bool
) -> None:
    cause, _ = await asked(server, place_of(server, place), UNSUPPORTED_QUESTION, command=command)
    report = await report_after(server, cause)
    assert f"السؤال: «{UNSUPPORTED_QUESTION}»" in report.text
    listed = await gaps(server)
    for text in (report.text, listed):
        assert "في غير العلن" not in text
    assert UNSUPPORTED_QUESTION in listed
    assert UNSUPPORTED_QUESTION not in log.log


@pytest.mark.parametrize("place", ["foreign", "private", "group"])
async def test_who_brings_the_bot_along_is_not_read_at_home(server: DiscordServer, log: Program, place: str) -> None:
    del log
    await server.install("سارة")
    others = {"private": ("ناصر",), "group": ("ناصر", "ليلى")}
    channel = server.private_channel("سارة", *others[place]) if place in others else server.world.channel("ساحة")
    cause, _ = await asked(server, channel, command=True)
    await expect_counted(server, cause)


async def test_what_somebody_wrote_to_others_stays_among_them(server: DiscordServer, log: Program) -> None:
    del log
    said = await server.post_message("عام", "ليلى", SECRET)
    called = await server.run_context_menu(MENU, said, author="سارة", channel="عام")
    answer = await server.wait_for_reply(called)
    assert "زعتور" in answer.text
    await expect_counted(server, called)
    further = await server.post_message("عام", "سارة", "<@bot> ومتى كان ذلك؟", reply_to=answer)
    await server.wait_for_reply(further)
    report = await report_after(server, further)
    assert f"{UNANSWERED}1" in report.text
    listed = await gaps(server)
    assert not any(word in f"{report.text}{listed}" for word in WORDS)


async def test_a_channel_that_is_closed_to_others_meanwhile_is_private(server: DiscordServer, log: Program) -> None:
    del log
    [home, *_] = server.world.guilds.values()
    everyone = home.roles[home.id]
    for person in ("سارة", server.world.bot):
        await server.allow("عام", Permission.VIEW_CHANNEL, person)
    await server.deny("عام", Permission.VIEW_CHANNEL, everyone)
    cause, _ = await asked(server, server.world.channel("سلسلة"))
    await report_after(server, cause)
    await server.allow("عام", Permission.VIEW_CHANNEL, everyone)
    await expect_counted(server, cause)


async def test_a_part_of_the_coverage_asked_in_private_is_counted_too(server: DiscordServer, log: Program) -> None:
    del log
    options = {"question": SECRET, "since": "2026"}
    called = await server.run_command("ask", options, author="سارة", channel=server.direct_channel("سارة"))
    await server.wait_for_reply(called)
    await expect_counted(server, called, gap=False)


@pytest.mark.parametrize(
    "place", ["hidden", "directly", *(pytest.param(place, marks=pytest.mark.slow) for place in PRIVATE[1:3])]
)
async def test_of_a_vote_in_private_there_is_a_number(server: DiscordServer, log: Program, place: str) -> None:
    del log
    _, answer = await asked(server, place_of(server, place), QUESTION)
    assert QUOTED in answer.text
    told = await press(server, answer, "👎")
    report = await report_after(server, told.message)
    assert f"{UNHELPFUL}1" in report.text
    assert not any(word in report.text for word in ("السؤال", "المكتبة", "http"))


@pytest.mark.parametrize("command", [False, pytest.param(True, marks=pytest.mark.slow)])
async def test_a_vote_in_public_leads_to_its_answer(server: DiscordServer, log: Program, *, command: bool) -> None:
    del log
    _, answer = await asked(server, server.world.channel("سلسلة"), TRAM_QUESTION, command=command)
    told = await press(server, answer, "👎", "ليلى")
    report = await report_after(server, told.message)
    [home, *_] = server.world.guilds
    address = f"https://discord.com/channels/{home}/{answer.message.channel_id}/{answer.id}"
    assert f"السؤال: «{TRAM_QUESTION}»، وهذا [الجواب]({address})." in report.text
    assert "في غير العلن" not in report.text


async def test_without_a_home_there_are_no_words_at_all(server: DiscordServer, start: Start) -> None:
    world = server.world
    world.add_guild("مكتبة")
    channel = str(world.channel(MODERATION).id)
    settings = {"DISCORD_MODERATOR_CHANNEL_ID": channel, "DISCORD_REPORT_SECONDS": "0.4"}
    await start(**settings)
    cause, _ = await asked(server, world.channel("عام"))
    report = await report_after(server, cause)
    assert f"{UNANSWERED}1" in report.text
    assert not any(word in report.text for word in WORDS)
