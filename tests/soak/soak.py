"""A soak: questions at a moderate rate, troubles meanwhile, and readings of what the process holds."""

import asyncio
import random
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from tests.discord_server import CommandUnavailable, DiscordServer, Message
from tests.e2e.coverage import MUSEUM, MUSEUM_QUESTION, QUESTION, TRAM_QUESTION, write_corpus
from tests.load.crowd import Crowd
from tests.load.gauges import Gauges
from tests.load.growing import GrowingCorpus
from tests.soak.ledger import BELL, DIRECTLY, Asked, Bell, Fate, Ledger, Way
from tests.soak.report import Report
from tests.soak.slopes import GROWTHS, Growth, slope_of
from tests.soak.troubles import Troubles

# The last is refused until its article comes.
_QUESTIONS = (QUESTION, TRAM_QUESTION, MUSEUM_QUESTION)
_BUTTONS = ("السياق", "👍", "👎", "نسخ")
# By how often: most is asked in channels.
_WAYS = (*[Way.CHANNEL] * 6, Way.DIRECTLY, *[Way.COMMAND] * 2, Way.PRESS)
_EDITED = 0.05
# Restarts in the first part, so that the other has one process, whose growth can be seen.
_RESTARTS = 0.35
_ARTICLE_COMES = 0.6
# Discord out of order for ten minutes is what the bot outlasts, and a question may wait for that.
_PATIENCE = 700.0
_CHECKED_EVERY = 20


@dataclass(frozen=True, slots=True)
class Soak:
    """For how long, from which seed, how many questions a second, and how many seconds between two troubles."""

    seconds: float
    seed: int = 1
    rate: float = 2.0
    between: float = 4.0
    series: Path | None = None
    """Where to write each reading, as tab-separated values; nowhere unless named."""

    async def run(self) -> Report:
        """Ask, wait until all has its reply or patience ends, and take the figures."""
        chance = random.Random(self.seed)  # noqa: S311
        crowd = Crowd.of(40, 8)
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            corpus = GrowingCorpus.copy(write_corpus(home / "articles"), home / "corpus")
            async with DiscordServer(crowd.world, checked_every=_CHECKED_EVERY) as server:
                ledger = Ledger(server)
                troubles = Troubles(server, ledger, corpus, home, chance)
                try:
                    await troubles.start()
                    await server.wait_for_command("ask")
                    await server.wait_for_command("corpus")
                    readings = await self._soak(crowd, troubles)
                    server.faults.clear()
                    await troubles.reload()
                    await self._wait(ledger)
                finally:
                    for task in [*ledger.choosing]:
                        task.cancel()
                    await troubles.stop()
                slopes = [slope_of(growth, *_series(readings, growth)) for growth in GROWTHS]
                return Report.of(ledger, troubles, slopes, seconds=self.seconds, seed=self.seed)

    async def _soak(self, crowd: Crowd, troubles: Troubles) -> list[tuple[float, Gauges]]:
        readings: list[tuple[float, Gauges]] = []
        asking = asyncio.create_task(self._ask(crowd, troubles))
        reading = asyncio.create_task(self._read(troubles, readings))
        try:
            await self._trouble(troubles)
            await asking
        finally:
            for task in (asking, reading):
                task.cancel()
            outcomes = await asyncio.gather(asking, reading, return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, Exception):
                raise outcome
        return readings

    async def _trouble(self, troubles: Troubles) -> None:
        begun, chance = time.monotonic(), troubles.chance
        museum = troubles.corpus.path / "museum.md"
        while (passed := time.monotonic() - begun) < self.seconds:
            if passed > self.seconds * _ARTICLE_COMES and not museum.exists():
                museum.write_text(MUSEUM, encoding="utf-8")
                await troubles.reload()
            is_hard = passed < self.seconds * _RESTARTS and chance.random() < 1 / 3
            await chance.choice(troubles.hard if is_hard else troubles.mild)()
            await asyncio.sleep(min(chance.expovariate(1 / self.between), self.seconds / 4))

    async def _ask(self, crowd: Crowd, troubles: Troubles) -> None:
        """Ask by the clock; of its own chance, so that the troubles are the same however long each takes."""
        begun, chance = time.monotonic(), random.Random(self.seed + 1)  # noqa: S311
        for number in range(int(self.seconds * self.rate)):
            await asyncio.sleep(max(0.0, begun + number / self.rate - time.monotonic()))
            await self._act(crowd, troubles.ledger, chance)

    async def _act(self, crowd: Crowd, ledger: Ledger, chance: random.Random) -> None:
        server, (author, channel) = ledger.server, next(crowd.seats)
        way, question = chance.choice(_WAYS), chance.choice(_QUESTIONS)
        answers = [one for one in ledger.asked[-200:] if _answer(ledger, one)]
        if way is Way.PRESS and answers:
            chosen = chance.choice(answers)
            message = _answer(ledger, chosen)
            if message is not None and BELL in str(message.components):
                await self._ring(ledger, message, chosen)
            elif message is not None and (buttons := [one for one in _BUTTONS if one in str(message.components)]):
                ledger.note(await server.press_button(message, chance.choice(buttons), chosen.asker), way)
            return
        if way is Way.COMMAND:
            options = {"question": question}
            ledger.note(await server.run_command("ask", options, author=author, channel=channel), way)
        elif way is Way.DIRECTLY:
            ledger.note(await server.post_message(server.direct_channel(author), author, question), way)
        else:
            ledger.note(await server.post_message(channel, author, f"<@bot> {question}"), Way.CHANNEL)
            mentions = [one for one in ledger.asked[-20:] if one.way is Way.CHANNEL]
            if chance.random() < _EDITED:
                edited = chance.choice(mentions).cause
                assert isinstance(edited, Message)
                await server.edit_message(edited, f"<@bot> {chance.choice(_QUESTIONS)}")

    @staticmethod
    async def _ring(ledger: Ledger, refusal: Message, asked: Asked) -> None:
        """Press the bell, and choose to be told directly once the bot asks where."""
        server = ledger.server
        pressed = await server.press_button(refusal, BELL, asked.asker)
        ledger.note(pressed, Way.PRESS)

        async def choose() -> None:
            with suppress(TimeoutError, CommandUnavailable):
                choice = await server.wait_for_reply(pressed)
                await server.press_button(choice, DIRECTLY, asked.asker)
                ledger.bells.append(Bell(refusal, asked.asker, choice.message))

        ledger.choosing.add(task := asyncio.create_task(choose()))
        task.add_done_callback(ledger.choosing.discard)

    async def _read(self, troubles: Troubles, readings: list[tuple[float, Gauges]]) -> None:
        """Read what the newest process holds, as long as there is one."""
        while True:
            gauges = Gauges(f"http://127.0.0.1:{troubles.port}")
            with suppress(aiohttp.ClientError, OSError):
                await gauges.read()
                readings.append((time.monotonic(), gauges))
                self._write(readings)
            await asyncio.sleep(min(5.0, self.seconds / 30))

    def _write(self, readings: Sequence[tuple[float, Gauges]]) -> None:
        """Write down the last reading, so that those of a soak that is stopped are there."""
        if self.series is None:
            return
        at, gauges = readings[-1]
        if len(readings) == 1:
            self.series.write_text("\t".join(["seconds", "process", *(each.name for each in GROWTHS)]) + "\n")
        row = [f"{at - readings[0][0]:.0f}", gauges.address.rpartition(":")[2]]
        row += [f"{_value(gauges, each) / each.unit:.2f}" for each in GROWTHS]
        with self.series.open("a") as stream:
            stream.write("\t".join(row) + "\n")

    @staticmethod
    async def _wait(ledger: Ledger) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                while ledger.open_questions() or not all(map(ledger.count_told, ledger.rung())):  # noqa: ASYNC110 (a reply may be any message)
                    await asyncio.sleep(1)


def _answer(ledger: Ledger, one: Asked) -> Message | None:
    """Return the answer to a question that everybody may press buttons under."""
    if one.way is not Way.CHANNEL or ledger.fate(one) is not Fate.ANSWERED:
        return None
    return next((message for message in ledger.replies(one) if message.channel_id == one.channel_id), None)


def _series(readings: Sequence[tuple[float, Gauges]], growth: Growth) -> tuple[list[float], list[float]]:
    """Return the times and values of the last process."""
    last = readings[-1][1].address if readings else ""
    own = [(at, gauges) for at, gauges in readings if gauges.address == last]
    return [at for at, _ in own], [_value(gauges, growth) for _, gauges in own]


def _value(gauges: Gauges, growth: Growth) -> float:
    return gauges.readings[-1].sum(growth.metric, **dict(growth.labels))
