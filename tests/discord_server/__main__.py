"""Run the server by hand: `python -m tests.discord_server [--port N] [--run-bot]`."""

import argparse
import asyncio
import contextlib
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

from bot.console.misspelt_settings import read_env_file
from bot.console.terminal_language import terminal_language
from bot.settings import reply_settings
from bot.workers.threads import in_daemon_thread
from tests.discord_server.reception import Clock
from tests.discord_server.schemas import DEFAULT_OPENAPI
from tests.discord_server.server import DiscordServer
from tests.discord_server.terminal import Terminal

_BOT_GRACE_SECONDS = 8
# In bytes; a traceback is logged line by line.
_LONGEST_LOG_LINE = 1 << 20


def main() -> None:
    """Read the arguments and run until the input ends."""
    parser = argparse.ArgumentParser(prog="python -m tests.discord_server", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port to listen on (default: a free one)")
    parser.add_argument(
        "--openapi", type=Path, default=DEFAULT_OPENAPI, help="Discord's OpenAPI description to check against"
    )
    parser.add_argument("--run-bot", action="store_true", help="start `python -m bot` with the right environment")
    arguments = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_run(arguments.port, arguments.openapi, run_bot=arguments.run_bot))


async def _run(port: int, openapi: Path, *, run_bot: bool) -> None:
    language = terminal_language(None, os.environ, reply_settings().chosen_language)
    async with DiscordServer(port=port, openapi=openapi, clock=Clock(time.monotonic)) as server:
        try:
            async with _bot(server) if run_bot else contextlib.nullcontext():
                if not run_bot:
                    _write("\n".join(f"export {name}={value}" for name, value in server.environment.items()))
                await _talk(Terminal(server, _write, language))
        finally:
            for violation in server.violations:
                _write(f"! {violation.kind}: {violation.where}: {violation.what}")


@contextlib.asynccontextmanager
async def _bot(server: DiscordServer) -> AsyncIterator[None]:
    """Run the bot from when it answers to the end; what it keeps goes with it, unless CORPUS_CACHE says where to."""
    with tempfile.TemporaryDirectory(prefix="isnad-played-") as folder:
        is_kept = "CORPUS_CACHE" in {*os.environ, *read_env_file()[0]}
        kept = {} if is_kept else {"CORPUS_CACHE": folder}
        bot = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot"),
            env={**os.environ, **kept, **server.environment},
            stdin=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            limit=_LONGEST_LOG_LINE,
        )
        answers = asyncio.Event()
        copying = asyncio.create_task(_copy_log(bot, answers))
        try:
            await _wait_until(answers, bot)
            yield
        finally:
            await _stop(bot)
            await copying


async def _copy_log(bot: asyncio.subprocess.Process, answers: asyncio.Event) -> None:
    """Print the bot's log, and note the line that says that it answers."""
    if bot.stderr is None:
        return
    async for line in bot.stderr:
        sys.stderr.buffer.write(line)
        sys.stderr.flush()
        if b" answers as " in line:
            answers.set()


async def _wait_until(answers: asyncio.Event, bot: asyncio.subprocess.Process) -> None:
    waiting = asyncio.create_task(answers.wait())
    ended = asyncio.create_task(bot.wait())
    await asyncio.wait({waiting, ended}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    ended.cancel()
    if not answers.is_set():
        raise SystemExit(f"the bot ended with {bot.returncode}")


async def _talk(terminal: Terminal) -> None:
    await terminal.take(":help")
    printing = asyncio.create_task(terminal.follow())
    try:
        # A thread of the loop's own pool would keep the program from ending until somebody presses Enter.
        while not terminal.is_over and (line := await in_daemon_thread(sys.stdin.readline)):
            await terminal.take(line)
            # Lines that come from a pipe leave no pause of their own in which to print.
            await asyncio.sleep(0)
    finally:
        printing.cancel()


async def _stop(bot: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        bot.terminate()
    try:
        await asyncio.wait_for(bot.wait(), _BOT_GRACE_SECONDS)
    except TimeoutError:
        bot.kill()
        await bot.wait()


def _write(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
