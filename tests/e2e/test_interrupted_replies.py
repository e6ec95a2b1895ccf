"""Whoever waits for a process that ends is told, by itself while it can, and else by what starts next."""

import asyncio
import json
import signal
import stat
from pathlib import Path

import pytest

from tests.chat.samples import ARABIC
from tests.discord_server import DiscordServer, Interaction, Message
from tests.e2e.coverage import MUSEUM, QUESTION, QUOTED
from tests.e2e.moderating import MODERATOR, begin_reload
from tests.e2e.moderating import started as program_of
from tests.e2e.prepared import Halts
from tests.e2e.program import Program
from tests.patience import eventually

pytestmark = pytest.mark.asyncio(loop_scope="session")

STOPPING, INTERRUPTED, RESUMED = map(ARABIC, ("error.stopping", "error.interrupted", "addition.resumed"))
MANY, PLACES = 25, ("عام", "سلسلة")


async def started(server: DiscordServer, corpus: Path, home: Path, name: str = "log", **settings: str) -> Program:
    sessions = len(server.gateway.identifies)
    program = await Program.start(server, corpus, home / name, CORPUS_CACHE=str(home / "cache"), **settings)
    await server.until(lambda: len(server.gateway.identifies) > sessions or None, what="a session")
    await server.wait_ready()
    await server.wait_for_command("ask")
    return program


async def command(server: DiscordServer, place: str = "عام") -> Interaction:
    return await server.run_command("ask", {"question": QUESTION}, author="سارة", channel=place)


async def direct(server: DiscordServer) -> Message:
    return await server.post_message(server.direct_channel("سارة"), "سارة", QUESTION)


def shown(server: DiscordServer, asked: Interaction) -> str:
    return "".join(one.text for one in server.interaction_replies(asked) if not one.is_thinking)


def told(server: DiscordServer, asked: Message) -> list[str]:
    return [one.text for one in server.messages(asked.channel_id) if one.reply_to == asked.id]


def notes(home: Path, kind: str = ".json") -> list[Path]:
    return sorted(home.glob(f"cache/open-replies-*/*{kind}"))


async def killed(server: DiscordServer, program: Program) -> None:
    program.signal(signal.SIGKILL)
    await program.exit_code()
    await server.until(lambda: not server.gateway.connected or None, what="a closed gateway")


async def test_who_cannot_be_answered_before_a_stop_is_told_to_ask_again(
    server: DiscordServer, corpus: Path, tmp_path: Path
) -> None:
    program = await started(server, corpus, tmp_path)
    # Discord takes none of the answers that are on their way for as long as a stop lasts; others are in line.
    hold = server.faults.hold("PATCH", "/webhooks/*", times=len(PLACES))
    there = server.direct_channel("سارة").id
    direct_hold = server.faults.hold("POST", f"/channels/{there}/messages")
    asked = [await command(server, place) for place in (*PLACES, *["عام"] * MANY)]
    message = await direct(server)
    await server.until(lambda: (hold.count == len(PLACES) and direct_hold.count) or None, what="answers on their way")
    await server.until(lambda: all(one.original for one in asked) or None, what="that it is thinking")
    assert await program.stop() == 0, program.log
    assert [shown(server, one) for one in asked] == [STOPPING] * len(asked)
    assert told(server, message) == [STOPPING]
    assert "not answered in time" not in program.log
    assert not notes(tmp_path, "")
    server.faults.clear()
    await asyncio.sleep(0)
    assert len(told(server, message)) == 1


@pytest.mark.parametrize(("is_addition", "words"), [(False, STOPPING), (True, RESUMED)])
async def test_a_moderator_reads_what_becomes_of_a_reload_or_addition_at_a_stop(
    server: DiscordServer, corpus: Path, tmp_path: Path, *, is_addition: bool, words: str
) -> None:
    halts, home = Halts(tmp_path / "halts"), tmp_path / "cache"
    async with program_of(server, corpus, tmp_path / "log", CORPUS_CACHE=str(home), **halts.settings) as program:
        halts.set("swapping")
        if is_addition:
            form = await server.run_command("corpus add", author=MODERATOR, channel="عام")
            await server.until(lambda: form.modal, what="the form")
            asked = await server.submit_modal(
                form, {"title": "خبر جديد", "text": "افتتحت البلدية الجسر الجديد يوم الأحد."}
            )
        else:
            (corpus / "museum.md").write_text(MUSEUM, encoding="utf-8")
            asked = await begin_reload(server)
        await eventually(lambda: halts.is_reached("swapping"), "a reload under way")
        assert await program.stop() == 0, program.log
    assert shown(server, asked) == words


async def test_an_answer_that_arrived_before_its_confirmation_stays_at_a_stop(
    server: DiscordServer, corpus: Path, tmp_path: Path
) -> None:
    program = await started(server, corpus, tmp_path)
    server.faults.add("PATCH", "/webhooks/*", server.faults.status(500, applied=True), times=9)
    asked = await command(server)
    await server.until(lambda: shown(server, asked) or None, what="an answer")
    assert await program.stop() == 0, program.log
    assert QUOTED in shown(server, asked)


async def test_who_waited_for_a_killed_process_is_told_by_the_next(
    server: DiscordServer, corpus: Path, tmp_path: Path
) -> None:
    program = await started(server, corpus, tmp_path)
    quick = await command(server)
    await server.until(lambda: shown(server, quick) or None, what="an answer")
    await eventually(lambda: not notes(tmp_path), "no note of what was answered")
    hold, direct_hold = (
        server.faults.hold(*request) for request in (("PATCH", "/webhooks/*"), ("POST", "/channels/*/messages"))
    )
    asked, message = [await command(server) for _ in range(MANY)], await direct(server)
    # Both are on their way before the kill: what is still to be held would hold the next process's answer.
    await server.until(lambda: (hold.count and direct_hold.count) or None, what="answers on their way")
    await eventually(lambda: len(notes(tmp_path)) == MANY + 1, "a note of each")
    written = [file.read_text() for file in notes(tmp_path)]
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in notes(tmp_path))
    assert not any(QUESTION in json.dumps(json.loads(text), ensure_ascii=False) for text in written)
    await killed(server, program)
    program = await started(server, corpus, tmp_path, "next")
    await server.until(lambda: all(shown(server, one) for one in asked) or None, what="a word to all")
    assert [shown(server, one) for one in asked] == [INTERRUPTED] * MANY
    # Of a direct message the question is still there.
    await server.until(lambda: told(server, message) or None, what="an answer")
    assert QUOTED in told(server, message)[0]
    assert QUOTED in shown(server, quick)
    await eventually(lambda: not notes(tmp_path), "no note of what was told")
    assert await program.stop() == 0, program.log
    assert written[0].split('"token": "')[1].split('"')[0] not in program.log


async def test_what_arrived_although_its_process_was_killed_is_left_as_it_is(
    server: DiscordServer, corpus: Path, tmp_path: Path
) -> None:
    program = await started(server, corpus, tmp_path)
    hold = server.faults.hold("PATCH", "/webhooks/*", times=2)
    taken, lost = await command(server), await command(server, "سلسلة")
    await server.until(lambda: hold.count == 2 or None, what="answers on their way")
    await killed(server, program)
    hold.release()
    await server.until(lambda: (shown(server, taken) and shown(server, lost)) or None, what="the answers")
    program = await started(server, corpus, tmp_path, "next")
    await eventually(lambda: not notes(tmp_path), "no notes")
    assert QUOTED in shown(server, taken)
    assert await program.stop() == 0, program.log


async def test_what_another_process_still_answers_is_left_to_it(
    server: DiscordServer, corpus: Path, tmp_path: Path
) -> None:
    old = await started(server, corpus, tmp_path)
    hold = server.faults.hold("PATCH", "/webhooks/*")
    asked = await command(server)
    await server.until(lambda: hold.count or None, what="an answer on its way")
    await eventually(lambda: notes(tmp_path), "a note")
    new = await started(server, corpus, tmp_path, "next")
    later = await command(server, "سلسلة")
    await server.until(lambda: shown(server, later) or None, what="an answer of either")
    assert not shown(server, asked)
    hold.release()
    await server.until(lambda: shown(server, asked) or None, what="the answer")
    assert QUOTED in shown(server, asked)
    for program in (old, new):
        assert await program.stop() == 0, program.log
