"""How the program begins and ends."""

import asyncio
import json
import signal
from pathlib import Path

import aiohttp
import pytest

from tests.chat.samples import ENGLISH
from tests.discord_server import DiscordServer, Permission
from tests.e2e.coverage import QUESTION, QUOTED, UNSUPPORTED_QUESTION
from tests.e2e.program import Program, Start
from tests.load.gauges import Gauges
from tests.patience import eventually, waiting_for

pytestmark = pytest.mark.asyncio(loop_scope="session")

REFUSED = 78


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)])
async def test_a_signal_ends_it_cleanly_after_the_answer_in_flight(
    server: DiscordServer, corpus: Path, tmp_path: Path, number: signal.Signals
) -> None:
    program = await Program.start_fresh(server, corpus, tmp_path / "log")
    await server.wait_ready()
    hold = server.faults.hold("POST", "/channels/*/messages")
    question = await server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
    await server.until(lambda: hold.count == 1, what="an answer on its way")
    program.signal(number)
    await eventually(lambda: f"{number.name} received" in program.log, "a signal that is heard")
    late = await server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
    hold.release()
    assert QUOTED in (await server.wait_for_reply(question)).text
    assert await program.exit_code() == 0, program.log
    await server.no_reply(late, within=0)
    assert server.gateway.close_codes[-1] == 1000
    assert server.token not in program.log


async def test_sentences_are_english_where_the_settings_say_so(server: DiscordServer, start: Start) -> None:
    await start(REPLY_LANGUAGE="en")
    question = await server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
    reply = await server.wait_for_reply(question)
    assert QUOTED in reply.text
    assert "March 9, 2026 (" in reply.text


async def test_why_it_ends_is_said_in_the_language_of_whoever_started_it(
    server: DiscordServer, corpus: Path, tmp_path: Path
) -> None:
    wrong = {"DISCORD_TOKEN": "MTA.wrong.token", "LC_ALL": "en_US.UTF-8"}
    program = await Program.start(server, corpus, tmp_path / "log", **wrong)
    assert await program.exit_code() == REFUSED
    assert ENGLISH("startup.token") in program.log
    server.violations.clear()


async def test_health_and_json_lines(server: DiscordServer, corpus: Path, tmp_path: Path, unused_tcp_port: int) -> None:
    program = await Program.start(server, corpus, tmp_path / "log", PORT=str(unused_tcp_port), LOG_FORMAT="json")
    await server.wait_ready()
    # discord.py calls itself ready two seconds after the last server was announced.
    async with waiting_for("a bot that is well"), aiohttp.ClientSession() as session:
        while (status := await health(session, unused_tcp_port)) != 200:
            assert status == 503
            await asyncio.sleep(0.1)
    assert await program.stop() == 0, program.log
    lines = [json.loads(line) for line in program.log.splitlines()]
    assert all({"time", "level", "logger", "message"} <= line.keys() for line in lines)
    assert QUESTION not in program.log


async def test_metrics_tell_what_was_answered(server: DiscordServer, start: Start, unused_tcp_port: int) -> None:
    await start(PORT=str(unused_tcp_port))
    for words in (QUESTION, UNSUPPORTED_QUESTION):
        await server.wait_for_reply(await server.post_message("عام", "سارة", f"<@bot> {words}"))
    gauges = Gauges(f"http://127.0.0.1:{unused_tcp_port}")
    async with waiting_for("a refusal that is counted"):
        # The program counts an answer when it hears that Discord has it.
        while not (metrics := await gauges.read()).sum("isnad_refusals_total"):
            continue
    assert metrics.sum("isnad_answers_total") == metrics.sum("isnad_refusals_total") == 1
    assert metrics.sum("isnad_reply_seconds_count") == metrics.sum("isnad_answer_seconds_count") == 2
    assert metrics.sum("isnad_articles") == 3
    assert metrics.sum("isnad_loop_lag_seconds_count") > 0


async def health(session: aiohttp.ClientSession, port: int) -> int:
    async with session.get(f"http://127.0.0.1:{port}/health") as response:
        return response.status


async def test_check_says_what_it_found_and_where_to_invite_the_bot(
    server: DiscordServer, corpus: Path, tmp_path: Path
) -> None:
    program = await Program.start(server, corpus, tmp_path / "log", command="check")
    await program.exit_code()
    assert "الرمز: صالح" in program.log
    assert "scope=bot+applications.commands" in program.log
    assert "scope=applications.commands&integration_type=1" in program.log
    assert not server.gateway.identifies


async def test_check_says_that_the_token_is_wrong(server: DiscordServer, corpus: Path, tmp_path: Path) -> None:
    wrong = {"DISCORD_TOKEN": "MTA.wrong.token"}
    program = await Program.start(server, corpus, tmp_path / "log", command="check", **wrong)
    assert await program.exit_code() == 2
    assert "رفض ديسكورد الرمز" in program.log
    server.violations.clear()


async def test_check_says_where_to_look_when_discord_cannot_be_reached(
    server: DiscordServer, corpus: Path, tmp_path: Path
) -> None:
    away = {"DISCORD_API_URL": "http://127.0.0.1:1/api/v10", "LC_ALL": "en_US.UTF-8"}
    program = await Program.start(server, corpus, tmp_path / "log", command="check", **away)
    assert await program.exit_code() == 2
    assert "Discord cannot be reached: Cannot connect to host 127.0.0.1:1 " in program.log
    assert "Check this machine's network, DNS and proxy." in program.log


async def test_check_says_which_channel_takes_away_what_the_bot_needs(
    server: DiscordServer, corpus: Path, tmp_path: Path
) -> None:
    await server.deny("عام", Permission.SEND_MESSAGES)
    channel = str(server.world.channel("عام").id)
    told = {"DISCORD_CHANNEL_IDS": channel, "LC_ALL": "en_US.UTF-8"}
    program = await Program.start(server, corpus, tmp_path / "log", command="check", **told)
    assert await program.exit_code() == 2
    shut = {"channel": "عام", "variable": "DISCORD_CHANNEL_IDS", "permissions": "Send Messages"}
    assert ENGLISH("check.channel_shut", **shut) in program.log
