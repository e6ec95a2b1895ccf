"""A run: ask at a set rate for a set time, meanwhile reload and cut the connection where that is wished."""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from tests.discord_server import DiscordServer
from tests.load.crowd import MODERATOR, MODERATORS_CHANNEL, Crowd
from tests.load.growing import GrowingCorpus
from tests.load.tally import Tally

_RESUMABLE = 4000
_PATIENCE = 45.0


@dataclass(frozen=True, slots=True)
class Load:
    """How much is asked: questions a second for some seconds, every `command_every`-th by command."""

    questions: Sequence[str]
    rate: float
    seconds: float
    command_every: int = 5
    reload_every: float | None = None
    reconnect_every: float | None = None

    async def put_on(self, server: DiscordServer, crowd: Crowd, corpus: GrowingCorpus) -> Tally:
        """Ask, and wait until every question has its reply or patience ends."""
        tally = Tally(server.world.bot.id)
        server.platform.board.observers.append(tally.observe)
        beside = [asyncio.create_task(each) for each in self._disturbances(server, corpus)]
        await self._ask(server, crowd, tally)
        for task in beside:
            task.cancel()
        with suppress(TimeoutError):
            await server.until(lambda: not tally.missing, _PATIENCE, "all replies")
        server.platform.board.observers.remove(tally.observe)
        return tally

    async def _ask(self, server: DiscordServer, crowd: Crowd, tally: Tally) -> None:
        begun = time.monotonic()
        questions = itertools.cycle(self.questions)
        for number in range(int(self.rate * self.seconds)):
            # By the clock and not by the answers: who asks does not know how busy the bot is.
            await asyncio.sleep(max(0.0, begun + number / self.rate - time.monotonic()))
            (author, channel), question, now = next(crowd.seats), next(questions), time.monotonic()
            if number % self.command_every == self.command_every - 1:
                options = {"question": question}
                tally.sent(await server.run_command("ask", options, author=author, channel=channel), now)
            else:
                tally.sent(await server.post_message(channel, author, f"<@bot> {question}"), now)

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
