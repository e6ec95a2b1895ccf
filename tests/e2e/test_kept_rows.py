"""What is kept of members over restarts: they see it and delete it, and there is nothing that they did not ask for."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
import pytest_asyncio

from tests.chat.samples import ARABIC
from tests.discord_server import Channel, DiscordServer, Interaction, Message, Seen
from tests.discord_server.message import MessageFlag
from tests.e2e.buttons import ask, call, labels, press
from tests.e2e.coverage import QUESTION, QUOTED, TRAM_QUESTION, UNSUPPORTED_QUESTION
from tests.e2e.moderating import MODERATION, status
from tests.e2e.program import Program
from tests.patience import eventually

pytestmark = pytest.mark.asyncio(loop_scope="session")

SAME, ERASE = ARABIC("vote.same"), ARABIC("privacy.erase")
YES, NO = ARABIC("privacy.erase_all"), ARABIC("privacy.keep")
NOTHING, AWAY, NOT_YET = map(ARABIC, ("privacy.nothing", "privacy.away", "privacy.not_yet"))
SECRETS = {
    "direct": ("من هو الطبيب زعتور الذي يعالج زوجي؟", ("زعتور", "يعالج", "زوجي")),
    "elsewhere": ("متى يبدأ مهرجان القرنفل في بلدتنا؟", ("مهرجان", "القرنفل", "بلدتنا")),
    "hidden": ("كم راتب الحارس الليلي برهوم؟", ("راتب", "الحارس", "برهوم")),
}
AWAITED, BELL = "هل تعود قضية المرفأ إلى المحكمة؟", ARABIC("button.bell")

Restart = Callable[[], Awaitable[Program]]


@pytest_asyncio.fixture(loop_scope="session")
async def restart(server: DiscordServer, corpus: Path, tmp_path: Path, folder: Path) -> AsyncIterator[Restart]:
    """Start the program in two servers, the first of them home; end that before."""
    world = server.world
    [home, *_] = world.guilds.values()
    other = world.add_guild("مكتبة")
    for person in ("سارة", "ليلى"):
        world.add_member(other, world.user(person))
    world.add_channel(other, "ردهة")
    settings = {
        "DISCORD_HOME_GUILD_IDS": str(home.id),
        "DISCORD_MODERATOR_CHANNEL_ID": str(world.channel(MODERATION).id),
        "DISCORD_REPORT_SECONDS": "0.4",
        "DATABASE_URL": f"sqlite:///{folder / 'isnad.sqlite'}",
    }
    programs: list[Program] = []

    async def restart() -> Program:
        await stop()
        programs.append(await Program.start(server, corpus, tmp_path / f"log{len(programs)}", **settings))
        await server.wait_ready()
        for command in ("ask", "corpus", "privacy"):
            await server.wait_for_command(command)
        return programs[-1]

    async def stop() -> None:
        for program in programs[-1:]:
            assert await program.stop() == 0, program.log

    yield restart
    await stop()


def cells(folder: Path) -> list[object]:
    """Everything that stands in the store."""
    with closing(sqlite3.connect(folder / "isnad.sqlite")) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [cell for table in tables for row in connection.execute(f"SELECT * FROM {table}") for cell in row]  # noqa: S608


def await_answer(folder: Path, member: int, question: str = AWAITED, *, tell_in: str = "direct") -> None:
    """Have a member wait for the answer to a refused question."""
    with closing(sqlite3.connect(folder / "isnad.sqlite")) as connection, connection:
        connection.execute(
            "INSERT INTO refusals (asked_at, channel_id, message_id, member_id, tell_in, question, scope, reason,"
            " missing) VALUES (?, 8, ?, ?, ?, ?, '', 'off_topic', '[]')",
            (int(datetime.now(UTC).timestamp()), hash(question) % 2**60, member, tell_in, question),
        )


def take_away(folder: Path) -> Path:
    """Put a file in the place of the folder, and return where it is now."""
    away = folder.rename(folder.with_name("away"))
    folder.touch()
    return away


def bring_back(folder: Path, away: Path) -> None:
    folder.unlink()
    away.rename(folder)


def has_bytes(folder: Path, words: str) -> bool:
    return any(words.encode() in file.read_bytes() for file in folder.iterdir())


def place_of(server: DiscordServer, place: str, member: str = "سارة") -> Channel:
    return server.direct_channel(member) if place == "direct" else server.world.channel(place)


async def privacy(server: DiscordServer, member: str = "سارة", place: str = "عام", name: str = "privacy") -> Seen:
    called = await server.run_command(name, author=member, channel=place_of(server, place, member))
    reply = await server.wait_for_reply(called)
    assert reply.is_ephemeral
    return reply


async def turn(server: DiscordServer, shown: Seen, button: str, member: str = "سارة") -> Seen:
    """Press a button that changes its message."""
    await server.press_button(shown, button, member)
    return await server.wait_for_edit(shown)


async def erase(server: DiscordServer, member: str = "سارة") -> str:
    asked = await turn(server, await privacy(server, member), ERASE, member)
    return (await turn(server, asked, YES, member)).text


def reports(server: DiscordServer) -> list[str]:
    return [seen.text for seen in server.messages(MODERATION)]


async def test_a_vote_outlives_restarts_is_known_again_and_may_be_changed(
    server: DiscordServer, restart: Restart
) -> None:
    await restart()
    answer = await ask(server)
    await press(server, answer, "👎")
    await server.until(lambda: reports(server), what="a report")
    await restart()
    assert SAME in (await press(server, answer, "👎")).text
    assert SAME not in (await press(server, answer, "👎", "ليلى")).text
    await server.until(lambda: len(reports(server)) > 1, what="the report on another member's vote")
    await restart()
    assert SAME not in (await press(server, answer, "👍")).text
    assert SAME in (await press(server, answer, "👍")).text
    assert "👍 1 و👎 1" in await status(server)
    # A vote that was there already is reported by nobody again.
    assert [report.count("الجواب") for report in reports(server)] == [1, 1]


async def test_everybody_may_see_what_is_kept_of_them_everywhere(server: DiscordServer, restart: Restart) -> None:
    await restart()
    await server.install("سارة")
    for place, name in product(("عام", "direct", "ردهة", "ساحة"), ("privacy", "خصوصية")):
        assert NOTHING in (await privacy(server, place=place, name=name)).text, (place, name)


async def test_a_member_s_votes_and_waits_are_listed_and_deleted_and_nobody_else_s(
    server: DiscordServer, restart: Restart, folder: Path
) -> None:
    await restart()
    public, direct = await ask(server), await ask(server, "سارة")
    elsewhere = await call(server, "ردهة", TRAM_QUESTION)
    for answer, button in ((public, "👍"), (direct, "👎"), (elsewhere, "👍")):
        await press(server, answer, button)
    await press(server, public, "👎", "ليلى")
    sara, layla = server.world.user("سارة").id, server.world.user("ليلى").id
    await eventually(lambda: QUESTION in cells(folder), "the words of a public answer")
    refused = await ask(server, "سارة", AWAITED)
    assert "سأراسلك" in (await press(server, refused, BELL)).text
    await_answer(folder, layla, "متى يعود المرفأ؟", tell_in="here")
    shown = await privacy(server)
    for words in (f"👍 [{QUESTION}](https://discord.com/channels/", "👎 [جواب](https://discord.com/channels/@me/"):
        assert words in shown.text
    for words in ("لك 3 آراء", "لك سؤال واحد", f"سؤالك «{AWAITED}»", "أخبرك في رسالة مباشرة", str(public.id)):
        assert words in shown.text
    assert TRAM_QUESTION not in shown.text
    asked = await turn(server, shown, ERASE)
    assert (labels(asked), "آراؤك: 3" in asked.text) == ([YES, NO], True)
    back = await turn(server, asked, NO)
    assert "لك 3 آراء" in back.text
    assert "الآراء: 3" in await erase(server)
    assert NOTHING in (await privacy(server)).text
    assert sara not in cells(folder)
    assert "لك رأي واحد" in (await privacy(server, "ليلى")).text
    assert "سؤالك «متى يعود المرفأ؟»" in (await privacy(server, "ليلى")).text
    # What is pressed after that is new.
    assert SAME not in (await press(server, public, "👍")).text
    assert "سأراسلك" in (await press(server, refused, BELL)).text


async def test_what_is_deleted_is_gone_from_the_file(server: DiscordServer, restart: Restart, folder: Path) -> None:
    program = await restart()
    assert NOTHING in (await privacy(server)).text
    await_answer(folder, server.world.user("سارة").id)
    assert has_bytes(folder, AWAITED)
    assert "الأسئلة: 1" in await erase(server)
    assert await program.stop() == 0
    assert not has_bytes(folder, AWAITED)
    await restart()


async def test_a_pressed_button_deletes_only_what_is_of_who_presses_it(server: DiscordServer, restart: Restart) -> None:
    await restart()
    answer = await ask(server)
    await press(server, answer, "👍", "ليلى")
    await press(server, answer, "👍")
    asked = await turn(server, await privacy(server), ERASE)
    # Only a client of somebody's own making can press what Discord shows to another one.
    asked.message.flags &= ~MessageFlag.EPHEMERAL
    assert "الآراء: 1" in (await turn(server, asked, YES, "ليلى")).text
    assert "لك رأي واحد" in (await privacy(server)).text
    assert NOTHING in (await privacy(server, "ليلى")).text


async def test_a_store_that_is_away_costs_no_answer_and_nothing_is_pretended(
    server: DiscordServer, restart: Restart, folder: Path
) -> None:
    await restart()
    answer = await ask(server)
    await press(server, answer, "👎")
    asked = await turn(server, await privacy(server), ERASE)
    away = take_away(folder)
    assert QUOTED in (again := await ask(server)).text
    assert "شكراً لك" in (await press(server, again, "👍")).text
    assert AWAY in (shown := await privacy(server)).text
    assert (labels(shown), NOTHING in shown.text) == ([], False)
    assert NOT_YET in (await press(server, asked, YES)).text
    assert "آراء الأعضاء منذ بدء التشغيل: 👍 1 و👎 1" in await status(server)
    bring_back(folder, away)
    # What was asked for meanwhile is done in its order.
    member = server.world.user("سارة").id
    await eventually(lambda: member not in cells(folder), "the deletion")


async def test_nothing_is_kept_that_a_member_did_not_ask_to_have_kept_but_counts(
    server: DiscordServer, restart: Restart, folder: Path
) -> None:
    program = await restart()
    world = server.world
    hidden = world.add_private_thread(world.channel("عام"), "همس", world.user("سارة"), world.user("ليلى"), world.bot)
    places = {"direct": server.direct_channel("سارة"), "elsewhere": world.channel("ردهة"), "hidden": hidden}
    causes: list[Message | Interaction] = [await server.post_message("عام", "ليلى", f"<@bot> {UNSUPPORTED_QUESTION}")]
    for name, place in places.items():
        question, words = SECRETS[name]
        causes.append(await server.post_message(place, "سارة", f"<@bot> {question}"))
        causes.append(await server.run_command("ask", {"question": question}, author="سارة", channel=place))
        assert all(word in question for word in words)
    for cause in causes:
        await server.wait_for_reply(cause)
    public = await ask(server)
    lost = await call(server, question=TRAM_QUESTION)
    for place in places.values():
        asked = await server.post_message(place, "سارة", f"<@bot> {QUESTION}")
        await press(server, await server.wait_for_reply(asked), "👎")
    await press(server, public, "👍", "سارة")
    await press(server, lost, "👎", "سارة")
    await_answer(folder, world.user("سارة").id)
    await eventually(lambda: TRAM_QUESTION in cells(folder), "the words of a public answer")
    assert "لك 5 آراء" in (await privacy(server)).text
    assert NOTHING in (await privacy(server, "ليلى")).text
    await status(server)
    assert await program.stop() == 0, program.log

    kept, log = cells(folder), program.log
    written = "\n".join(map(str, kept))
    for _, words in SECRETS.values():
        assert not any(word in text for word in words for text in (written, log))
    everybody = [user for user in world.users.values() if user.id != world.bot.id]
    for user in everybody:
        for name in {user.username, user.display_name} - {""}:
            assert not any(name in text for text in (written, log))
        assert str(user.id) not in log
    assert {user.id for user in everybody}.intersection(kept) == {world.user("سارة").id}
    for question in (QUESTION, TRAM_QUESTION, UNSUPPORTED_QUESTION, AWAITED):
        assert question not in log
    await restart()
