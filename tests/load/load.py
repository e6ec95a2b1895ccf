"""A run: ask at a set rate for a set time, meanwhile reload, cut the connection and more, where that is wished."""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from tests.discord_server import DiscordServer
from tests.discord_server.faults import Faults
from tests.load.crowd import MODERATOR, MODERATORS_CHANNEL, Crowd
from tests.load.growing import GrowingCorpus
from tests.load.tally import Tally
from tests.patience import PATIENCE

_RESUMABLE = 4000
# A question over a limit waits for up to a minute.
_GLOBAL_LIMIT = 3.0

Restart = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Load:
    """How much is asked: questions a second for some seconds, every `command_every`-th by command, none with 0.

    At the start `burst` members ask at once in one channel; `limit_at` and `restart_at` are the seconds after which
    Discord limits all requests at once, and the program is ended and started again.
    """

    questions: Sequence[str]
    rate: float
    seconds: float
    command_every: int = 5
    reload_every: float | None = None
    reconnect_every: float | None = None
    burst: int = 0
    limit_at: float | None = None
    restart_at: float | None = None

    async def put_on(self, server: DiscordServer, crowd: Crowd, corpus: GrowingCorpus, restart: Restart) -> Tally:
        """Ask, and wait until every question has its reply or patience ends."""
        tally = Tally(server.world.bot.id)
        server.platform.board.observers.append(tally.observe)
        beside = [asyncio.create_task(each) for each in self._disturbances(server, corpus)]
        once = [asyncio.create_task(each) for each in self._incidents(server, restart)]
        await self._ask_at_once(server, crowd, tally)
        await self._ask(server, crowd, tally)
        await asyncio.gather(*once)
        for task in beside:
            task.cancel()
        with suppress(TimeoutError):
            await server.until(lambda: not tally.missing, PATIENCE, "all replies")
        server.platform.board.observers.remove(tally.observe)
        return tally

    async def _ask(self, server: DiscordServer, crowd: Crowd, tally: Tally) -> None:
        begun = time.monotonic()
        questions = itertools.cycle(self.questions)
        for number in range(int(self.rate * self.seconds)):
            # By the clock and not by the answers: who asks does not know how busy the bot is.
            await asyncio.sleep(max(0.0, begun + number / self.rate - time.monotonic()))
            (author, channel), question, now = next(crowd.seats), next(questions), time.monotonic()
            if self.command_every and number % self.command_every == self.command_every - 1:
                options = {"question": question}
                tally.sent(await server.run_command("ask", options, author=author, channel=channel), now)
            else:
                tally.sent(await server.post_message(channel, author, f"<@bot> {question}"), now)

    async def _ask_at_once(self, server: DiscordServer, crowd: Crowd, tally: Tally) -> None:
        for author in crowd.members[: self.burst]:
            channel, now = crowd.channel_of_all, time.monotonic()
            tally.sent(await server.post_message(channel, author, f"<@bot> {self.questions[0]}"), now)

    def _incidents(self, server: DiscordServer, restart: Restart) -> list[Coroutine[Any, Any, None]]:
        async def limit() -> None:
            server.faults.add("*", "/channels/*", Faults.rate_limited(_GLOBAL_LIMIT, is_global=True))

        async def after(seconds: float, act: Restart) -> None:
            await asyncio.sleep(seconds)
            await act()

        wished = ((self.limit_at, limit), (self.restart_at, restart))
        return [after(seconds, act) for seconds, act in wished if seconds is not None]

    def _disturbances(self, server: DiscordServer, corpus: GrowingCorpus) -> list[Coroutine[Any, Any, None]]:
        async def reload() -> None:
            corpus.grow()
            await server.run_command("corpus reload", author=MODERATOR, channel=MODERATORS_CHANNEL)

        async def reconnect() -> None:
            server.gateway.close(_RESUMABLE)

        wished = ((self.reload_every, reload), (self.reconnect_every, reconnect))
        return [_repeat(action, pause) for pause, action in wished if pause]


async def _repeat(action: Callable[[], Awaitable[None]], pause: float) -> None:
    while True:
        await asyncio.sleep(pause)
        await action()


def storm(questions: Sequence[str], *, burst: int = 50) -> Load:
    """Ask at once in one channel and then a little everywhere, through a limit of all requests and a restart.

    Commands are left out, since those given while the bot is away are told so by Discord itself.
    """
    return Load(questions, rate=2, seconds=30, command_every=0, burst=burst, limit_at=4, restart_at=12)
