"""Moderators take gaps, votes and the list of articles along as files, in the home server alone."""

import csv
import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.chat.samples import ARABIC
from tests.discord_server import CommandUnavailable, DiscordServer, Seen
from tests.e2e.buttons import ask, press
from tests.e2e.coverage import QUESTION, QUOTED, UNSUPPORTED_QUESTION
from tests.e2e.moderating import MODERATOR, gaps_with
from tests.e2e.program import Program

pytestmark = pytest.mark.asyncio(loop_scope="session")

SECRET = "من هو الطبيب زعتور الذي يعالج زوجي؟"


@pytest_asyncio.fixture(loop_scope="session", autouse=True)
async def program(server: DiscordServer, corpus: Path, tmp_path: Path) -> AsyncIterator[Program]:
    """The program in two servers, one of them home."""
    world = server.world
    [home, *_] = world.guilds.values()
    other = world.add_guild("مكتبة")
    for person in ("سارة", MODERATOR):
        world.add_member(other, world.user(person))
    world.add_channel(other, "ردهة")
    program = await Program.start(server, corpus, tmp_path / "log", DISCORD_HOME_GUILD_IDS=str(home.id))
    await server.wait_ready()
    for command in ("ask", "corpus"):
        await server.wait_for_command(command)
    yield program
    assert await program.stop() == 0, program.log


async def export(server: DiscordServer, what: str) -> Seen:
    asked = await server.run_command("corpus export", {"what": what}, author=MODERATOR, channel="عام")
    reply = await server.wait_for_reply(asked)
    assert reply.is_ephemeral
    return reply


def rows(reply: Seen, name: str) -> list[dict[str, str]]:
    [file] = reply.message.files.items()
    assert file[0] == name
    assert file[1].startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(file[1].decode("utf-8-sig"), newline="")))


async def test_a_moderator_reads_what_everybody_may_and_no_more(server: DiscordServer) -> None:
    nothing = await export(server, "votes")
    assert (ARABIC("export.nothing") in nothing.text, nothing.message.files) == (True, {})
    await ask(server, question=UNSUPPORTED_QUESTION)
    direct = await server.post_message(server.direct_channel("سارة"), "سارة", SECRET)
    await server.wait_for_reply(direct)
    answer = await ask(server)
    await press(server, answer, "👍")
    await gaps_with(server, UNSUPPORTED_QUESTION)

    reply = await export(server, "gaps")
    [gap] = rows(reply, "gaps.csv")
    assert gap["question"] == UNSUPPORTED_QUESTION
    assert gap["link"].startswith("https://discord.com/channels/")
    assert ARABIC("export.gaps", count=1) in reply.text
    [vote] = rows(await export(server, "votes"), "votes.csv")
    assert (vote["vote"], vote["question"]) == ("helpful", QUESTION)
    reply = await export(server, "articles")
    listed = rows(reply, "articles.csv")
    assert ARABIC("export.articles", count=3) in reply.text
    assert len(listed) == 3
    assert QUOTED not in str(listed)


async def test_nobody_exports_elsewhere_or_without_the_right(server: DiscordServer) -> None:
    for author, channel in (("سارة", "عام"), (MODERATOR, "ردهة")):
        with pytest.raises(CommandUnavailable):
            await server.run_command("corpus export", {"what": "gaps"}, author=author, channel=channel)
    asked = await server.run_command("corpus export", {"what": "gaps"}, author="سارة", channel="عام", force=True)
    reply = await server.wait_for_reply(asked)
    assert ARABIC("error.not_moderator") in reply.text
    assert reply.message.files == {}
