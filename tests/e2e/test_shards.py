"""A bot whose servers are shared out between two processes: each question, card and press is answered by one."""

from pathlib import Path

import pytest

from tests.chat.samples import ARABIC
from tests.discord_server import DiscordServer, Message, Seen
from tests.discord_server.seen import see
from tests.e2e.buttons import press
from tests.e2e.coverage import MUSEUM, MUSEUM_QUESTION, MUSEUM_QUOTED, QUESTION, QUOTED, UNSUPPORTED_QUESTION
from tests.e2e.moderating import MODERATION, SERVED, reload
from tests.e2e.prepared import MODULE
from tests.e2e.program import Program

BELL = ARABIC("button.bell")

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]

ELSEWHERE = "مقهى"


def shard_of(guild: int) -> int:
    return (guild >> 22) % 2


async def of_both(server: DiscordServer, corpus: Path, home: Path) -> list[Program]:
    """Start a program for each shard, on one cache and thus one store of records, with a server at each."""
    world = server.world
    first = world.channel("عام").guild_id or 0
    other = world.add_guild("آخر")
    while shard_of(other.id) == shard_of(first):
        other = world.add_guild("آخر")
    world.add_channel(other, ELSEWHERE)
    world.add_member(other, world.user("سارة"))
    shared = {
        "CORPUS_CACHE": str(home / "cache"),
        "DISCORD_SHARD_COUNT": "2",
        "DISCORD_HOME_GUILD_IDS": f"{first},{other.id}",
        "DISCORD_MODERATOR_CHANNEL_ID": str(world.channel(MODERATION).id),
        "DISCORD_REPORT_SECONDS": "0.3",
        "PREPARED_PACE": "0.01",
    }
    programs = []
    for shard in range(2):
        log = home / f"log{shard}"
        programs.append(await Program.start(server, corpus, log, module=MODULE, DISCORD_SHARD_IDS=str(shard), **shared))
    await server.until(lambda: len(server.gateway.identifies) == 2 or None, what="two sessions")
    await server.wait_ready()
    for command in ("ask", "corpus"):
        await server.wait_for_command(command)
    return programs


async def ask(server: DiscordServer, place: str, question: str) -> Message:
    where = server.direct_channel("سارة") if place == "سارة" else server.world.channel(place)
    return await server.post_message(where, "سارة", f"<@bot> {question}")


def replies(server: DiscordServer, asked: Message) -> list[Seen]:
    return [one for one in server.messages(asked.channel_id) if one.reply_to == asked.id]


async def test_each_is_answered_and_each_card_sent_once(server: DiscordServer, corpus: Path, tmp_path: Path) -> None:
    programs = await of_both(server, corpus, tmp_path)
    asked = [await ask(server, place, QUESTION) for place in ("عام", ELSEWHERE, "سارة")]
    for question in asked:
        assert QUOTED in (await server.wait_for_reply(question)).text
    commands = [
        await server.run_command("ask", {"question": QUESTION}, author="سارة", channel=where)
        for where in (server.world.channel("عام"), server.world.channel(ELSEWHERE), server.direct_channel("سارة"))
    ]
    for command in commands:
        assert QUOTED in (await server.wait_for_reply(command)).text
    refused = [await ask(server, place, UNSUPPORTED_QUESTION) for place in ("عام", ELSEWHERE)]
    waited = [await server.wait_for_reply(await ask(server, place, MUSEUM_QUESTION)) for place in ("عام", ELSEWHERE)]
    for refusal in waited:
        await press(server, refusal, BELL, "سارة")

    def reported() -> bool:
        cards = "\n".join(one.text for one in server.messages(MODERATION))
        return cards.count(UNSUPPORTED_QUESTION) >= 2

    await server.until(lambda: reported() or None, what="a report of both")
    (corpus / "museum.md").write_text(MUSEUM, encoding="utf-8")
    assert SERVED in await reload(server)
    moderators = [one.text for one in server.messages(MODERATION)]
    assert "\n".join(moderators).count(UNSUPPORTED_QUESTION) == 2
    # Each process looks after the cards of its own servers; the other may have read the folder by itself by now.
    await server.until(lambda: MUSEUM_QUOTED in see(waited[0].message, server.world).text or None, what="an answer")
    for question in (*asked, *refused):
        assert len(replies(server, question)) == 1
    for program in programs:
        assert await program.stop() == 0, program.log
        assert "Traceback" not in program.log
