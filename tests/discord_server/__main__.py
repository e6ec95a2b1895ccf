"""Run the server by hand: `python -m tests.discord_server [--port N] [--run-bot]`."""

import argparse
import asyncio
import contextlib
import os
import sys
import threading
import time
from pathlib import Path

from tests.discord_server.deadlines import Clock
from tests.discord_server.schemas import DEFAULT_OPENAPI
from tests.discord_server.server import DiscordServer
from tests.discord_server.terminal import HELP, Terminal

_BOT_GRACE_SECONDS = 8


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
    async with DiscordServer(port=port, openapi=openapi, clock=Clock(time.monotonic)) as server:
        _write("\n".join(f"export {name}={value}" for name, value in server.environment.items()))
        _write(f"# control: {server.address}/control/")
        bot = await _start_bot(server) if run_bot else None
        try:
            if bot is not None:
                await _wait_ready(server, bot)
            await _talk(Terminal(server, _write))
        finally:
            if bot is not None:
                await _stop(bot)
            for violation in server.violations:
                _write(f"! {violation.kind}: {violation.where}: {violation.what}")


async def _talk(terminal: Terminal) -> None:
    _write(HELP)
    printing = asyncio.create_task(terminal.follow())
    try:
        lines = _lines_of_input()
        while not terminal.is_over and (line := await lines.get()):
            await terminal.take(line)
            # Lines that come from a pipe leave no pause of their own in which to print.
            await asyncio.sleep(0)
    finally:
        printing.cancel()


def _lines_of_input() -> asyncio.Queue[str]:
    """Read the standard input on a thread that may be left behind; an empty line ends it."""
    lines: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        line = "\n"
        while line:
            line = sys.stdin.readline()
            loop.call_soon_threadsafe(lines.put_nowait, line)

    # A thread of the loop's own pool would keep the program from ending until somebody presses Enter.
    threading.Thread(target=read, daemon=True).start()
    return lines


async def _start_bot(server: DiscordServer) -> asyncio.subprocess.Process:
    environment = {**os.environ, **server.environment}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", env=environment, stdin=asyncio.subprocess.DEVNULL
    )


async def _wait_ready(server: DiscordServer, bot: asyncio.subprocess.Process) -> None:
    ready = asyncio.create_task(server.wait_ready())
    ended = asyncio.create_task(bot.wait())
    await asyncio.wait({ready, ended}, return_when=asyncio.FIRST_COMPLETED)
    ended.cancel()
    if not ready.done():
        ready.cancel()
        raise SystemExit(f"the bot ended with {bot.returncode}")
    await ready


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
