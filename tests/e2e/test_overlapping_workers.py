"""Two programs with the same token, as during a deploy: Discord takes the first reply, and the other keeps still."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from tests.chat.samples import ARABIC
from tests.discord_server import DiscordServer, Interaction, Message, Permission, Seen
from tests.discord_server.seen import see
from tests.e2e.coverage import MUSEUM, QUESTION, QUOTED, TRAM_QUESTION, TRAM_QUOTED, write_corpus
from tests.e2e.moderating import MODERATION, SERVED, begin_reload, outcome_card
from tests.e2e.program import Program
from tests.patience import eventually

pytestmark = pytest.mark.asyncio(loop_scope="session")

STOPPING = ARABIC("error.stopping")


class Pair:
    """Two programs on one played Discord, with one cache and thus one store of records."""

    def __init__(self, server: DiscordServer, corpus: Path, programs: list[Program]) -> None:
        self.server = server
        self.corpus = corpus
        self.programs = programs

    async def ask(self, question: str = QUESTION, place: str = "عام", reply_to: Seen | None = None) -> Message:
        where = self.server.direct_channel(place) if place == "سارة" else self.server.world.channel(place)
        return await self.server.post_message(where, "سارة", f"<@bot> {question}", reply_to=reply_to)

    async def both(self, method: str, path: str, since: int) -> None:
        """Wait until both have made a request."""

        def made() -> bool:
            made = [one for one in self.server.requests[since:] if one.method == method and path in one.path]
            return len(made) >= 2

        await self.server.until(lambda: made() or None, what=f"two times {method} {path}")

    async def the_reply(self, asked: Message) -> Seen:
        """Return the only reply, once both have sent theirs."""

        def sent() -> bool:
            bodies = [one.body for one in self.server.requests if one.method == "POST" and isinstance(one.body, dict)]
            return sum(str(body.get("nonce")) == str(asked.id) for body in bodies) >= 2

        await self.server.until(lambda: sent() or None, what="the replies of both")
        replies = [one for one in self.server.messages(asked.channel_id) if one.reply_to == asked.id]
        assert len(replies) == 1
        return replies[0]


async def started_pair(server: DiscordServer, corpus: Path, home: Path, **settings: str) -> Pair:
    shared = {"CORPUS_CACHE": str(home / "cache"), **settings}
    programs = [await Program.start(server, corpus, home / f"log{number}", **shared) for number in range(2)]
    await server.until(
        lambda: sum(session.is_ready for session in server.gateway.connected) == 2 or None, what="two sessions"
    )
    await server.wait_for_command("ask")
    await server.wait_for_command("corpus")
    return Pair(server, corpus, programs)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Pair]:
    home = tmp_path_factory.mktemp("pair")
    async with DiscordServer() as server:
        moderators = {
            "DISCORD_MODERATOR_CHANNEL_ID": str(server.world.channel(MODERATION).id),
            "DISCORD_REPORT_SECONDS": "0.3",
            "DISCORD_HOME_GUILD_IDS": str(server.world.channel("عام").guild_id),
        }
        missed = await server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
        pair = await started_pair(server, write_corpus(home / "corpus"), home, **moderators)
        # Until both have read back what was missed, a server that is new counts as one that was away.
        await pair.both("GET", f"/channels/{missed.channel_id}/messages", 0)
        assert QUOTED in (await server.wait_for_reply(missed)).text
        yield pair
        for program in pair.programs:
            assert await program.stop() == 0, program.log
            assert "Traceback" not in program.log


@pytest_asyncio.fixture(loop_scope="session")
async def pair(running: Pair) -> AsyncIterator[Pair]:
    yield running
    running.server.faults.clear()
    assert all(program.is_running for program in running.programs)
    assert running.server.violations == []


@pytest.mark.parametrize("place", ["عام", "سلسلة", "سارة"])
async def test_a_question_has_one_reply(pair: Pair, place: str) -> None:
    assert QUOTED in (await pair.the_reply(await pair.ask(place=place))).text


async def test_a_follow_up_has_one_reply(pair: Pair) -> None:
    answer = await pair.the_reply(await pair.ask())
    assert (await pair.the_reply(await pair.ask("ومتى؟", reply_to=answer))).reply_to != answer.reply_to


@pytest.mark.parametrize("is_answered", [True, False])
async def test_an_edit_is_followed_in_the_one_reply(pair: Pair, *, is_answered: bool) -> None:
    hold = pair.server.faults.hold("POST", "/channels/*/messages", times=0 if is_answered else 2)
    asked, since = await pair.ask(), len(pair.server.requests)
    if is_answered:
        await pair.the_reply(asked)
    else:
        await pair.server.until(lambda: hold.count == 2 or None, what="both replies on their way")
    await pair.server.edit_message(asked, f"<@bot> {TRAM_QUESTION}")
    hold.release()
    await pair.both("PATCH", "/messages/", since)
    reply = await pair.the_reply(asked)
    assert TRAM_QUOTED in reply.text


async def test_an_edit_reaches_the_reply_of_one_that_the_other_does_not_know(
    server: DiscordServer, corpus: Path, tmp_path: Path
) -> None:
    """One process starts between a question and its edit, while the answer of the other is on its way."""
    first = await Program.start(server, corpus, tmp_path / "first")
    await server.wait_ready()
    hold = server.faults.hold("POST", "/channels/*/messages", times=2)
    asked = await server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
    await server.until(lambda: hold.count or None, what="an answer on its way")
    # It does not read the question back, and hears of it by its edit.
    await server.deny("عام", Permission.READ_MESSAGE_HISTORY)
    second = await Program.start(server, corpus, tmp_path / "second")
    await server.until(lambda: len(server.gateway.identifies) == 2 or None, what="two sessions")
    await server.wait_ready()
    await server.edit_message(asked, f"<@bot> {TRAM_QUESTION}")
    await server.until(lambda: hold.count == 2 or None, what="two answers on their way")
    await server.allow("عام", Permission.READ_MESSAGE_HISTORY)
    hold.release()
    reply = await server.wait_for_reply(asked)
    await server.until(lambda: TRAM_QUOTED in see(reply.message, server.world).text or None, what="the edited answer")
    for program in (first, second):
        assert await program.stop() == 0, program.log
    assert len([one for one in server.messages("عام") if one.reply_to == asked.id]) == 1


async def test_a_deletion_takes_the_one_reply_away(pair: Pair) -> None:
    asked = await pair.ask()
    reply = await pair.the_reply(asked)
    since = len(pair.server.requests)
    await pair.server.delete_message(asked)
    await pair.both("DELETE", f"/messages/{reply.id}", since)
    assert reply.message.deleted


async def acknowledged(pair: Pair, act: Callable[[], object]) -> Interaction:
    """Do something that Discord asks both to respond to, and wait until both have tried."""
    since = len(pair.server.requests)
    interaction = await act()  # type: ignore[misc]
    assert isinstance(interaction, Interaction)
    await pair.both("POST", f"/interactions/{interaction.id}/", since)
    return interaction


async def settled(pair: Pair) -> None:
    """Wait until both have dealt with a later question."""
    await pair.the_reply(await pair.ask())


async def test_a_command_is_answered_by_the_one_whose_response_came_first(pair: Pair) -> None:
    options = {"question": QUESTION}
    asked = await acknowledged(pair, lambda: pair.server.run_command("ask", options, author="سارة", channel="عام"))
    reply = await pair.server.wait_for_reply(asked)
    assert QUOTED in reply.text
    await settled(pair)
    assert reply.message.edits == 1
    assert len(pair.server.interaction_replies(asked)) == 1


@pytest.mark.parametrize(("button", "shown"), [("السياق", "افتتحت"), ("👎", "شكراً"), ("📚", "الإعارة")])
async def test_a_press_has_one_reply(pair: Pair, button: str, shown: str) -> None:
    answer = await pair.the_reply(await pair.ask())
    pressed = await acknowledged(pair, lambda: pair.server.press_button(answer, button, "ليلى"))
    await pair.server.wait_for_reply(pressed)
    await settled(pair)
    [reply] = pair.server.interaction_replies(pressed)
    assert shown in reply.text
    assert reply.edits == 1


async def test_a_press_on_a_page_turns_it_once(pair: Pair) -> None:
    sources = await acknowledged(pair, lambda: pair.server.run_command("sources", author="سارة", channel="عام"))
    assert "المكتبة العامة" in (await pair.server.wait_for_reply(sources)).text
    answer = await pair.the_reply(await pair.ask())
    pressed = await acknowledged(pair, lambda: pair.server.press_button(answer, "🗑️", "ليلى"))
    await pair.server.until(lambda: pressed.followups or None, what="a refusal")
    await settled(pair)
    assert ["لا يحذف" in one.text for one in pair.server.interaction_replies(pressed)[1:]] == [True]


def lines_of_reports(pair: Pair, word: str) -> int:
    return sum(one.text.count(word) for one in pair.server.messages(MODERATION))


async def test_a_vote_is_reported_once(pair: Pair) -> None:
    answer = await pair.the_reply(await pair.ask(TRAM_QUESTION))
    later, before = await pair.the_reply(await pair.ask()), lines_of_reports(pair, TRAM_QUESTION)
    pressed = await acknowledged(pair, lambda: pair.server.press_button(answer, "👎", "سارة"))
    await pair.server.wait_for_reply(pressed)
    await pair.server.until(lambda: lines_of_reports(pair, TRAM_QUESTION) > before or None, what="a report")
    # Another vote is reported behind it.
    others = lines_of_reports(pair, QUESTION)
    other = await acknowledged(pair, lambda: pair.server.press_button(later, "👎", "سارة"))
    await pair.server.wait_for_reply(other)
    await pair.server.until(lambda: lines_of_reports(pair, QUESTION) > others or None, what="another report")
    assert lines_of_reports(pair, TRAM_QUESTION) == before + 1


async def test_a_server_is_welcomed_once(pair: Pair) -> None:
    world, since = pair.server.world, len(pair.server.requests)
    guild = world.add_guild("جديد", with_bot=False)
    place = world.add_channel(guild, "ترحيب")
    await pair.server.invite_bot(guild)
    await pair.both("POST", f"/channels/{place.id}/messages", since)
    assert len(pair.server.messages(place)) == 1


async def test_a_reload_is_made_by_one_and_told_once(pair: Pair) -> None:
    """Also where Discord takes so long over the responses that the second could pass for a repeated one."""
    (pair.corpus / "museum.md").write_text(MUSEUM, encoding="utf-8")
    hold = pair.server.faults.hold("POST", "/interactions/*/callback", times=2)

    async def begin_slowly() -> Interaction:
        begun = await begin_reload(pair.server)
        await pair.server.until(lambda: hold.count == 2 or None, what="the responses of both on their way")
        await asyncio.sleep(1.2)
        hold.release()
        return begun

    begun = await acknowledged(pair, begin_slowly)
    assert SERVED in (await outcome_card(pair.server, begun)).text
    # One that starts beside another may look by itself, and find nothing new.
    reloads = [line for program in pair.programs for line in program.log.splitlines() if "Reload by <@" in line]
    assert len(reloads) == 1, [program.log for program in pair.programs]


@pytest.mark.parametrize("kind", ["command", "direct"])
async def test_whoever_stops_lets_the_other_answer(tmp_path: Path, corpus: Path, kind: str) -> None:
    async with DiscordServer() as server:
        pair = await started_pair(server, corpus, tmp_path)
        old, new = pair.programs
        hold = server.faults.hold("POST", "/channels/*/messages")
        # In a channel of its own: whose answer is held is open, and a held one holds up its channel.
        await pair.ask(TRAM_QUESTION, place="سلسلة")
        await server.until(lambda: hold.count == 1 or None, what="an answer on its way")
        old.signal()
        await eventually(lambda: "SIGTERM received" in old.log, "a signal that is heard")
        asked: Message | Interaction
        if kind == "command":
            asked = await server.run_command("ask", {"question": QUESTION}, author="سارة", channel="عام")
        else:
            asked = await pair.ask(place="سارة")
        assert QUOTED in (await server.wait_for_reply(asked)).text
        hold.release()
        assert await old.exit_code() == 0, old.log
        replies = server.messages(server.direct_channel("سارة"))
        assert not any(STOPPING in one.text for one in replies)
        assert await new.stop() == 0, new.log
        assert server.violations == []
