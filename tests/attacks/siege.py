"""The running bot under attack: hostile files in its corpus, hostile questions, and a reload of more such files."""

import asyncio
import math
import random
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.answering.hostility import KINDS, REAL
from tests.attacks.articles import Articles
from tests.discord_server import DiscordServer
from tests.e2e.coverage import QUESTION, write_corpus
from tests.e2e.moderating import FORCED, begin_reload, outcome, started
from tests.load.gauges import Gauges
from tests.machine import free_port

_LAG = "isnad_loop_lag_seconds"
_BETWEEN = 0.2
# What a message may hold, beside the mention.
_LONGEST = 1900


@dataclass(frozen=True, slots=True)
class Phase:
    """What one part of a siege was and took: requests, those without a reply, seconds, bytes, seconds of the loop."""

    what: str
    count: int
    missing: int
    slowest: float
    memory: float
    lag: float


@dataclass(frozen=True, slots=True)
class Siege:
    """So many hostile files in the corpus and as many in a reload, and so many hostile questions."""

    files: int = 300
    questions: int = 300
    seed: int = 1

    async def run(self) -> list[Phase]:
        """Lay it, and take the figures."""
        with tempfile.TemporaryDirectory() as folder:
            home, port = Path(folder), free_port()
            corpus = write_corpus(home / "corpus")
            self._add_files(corpus, 0)
            settings = {"PORT": str(port), "CORPUS_CACHE": str(home / "cache")}
            async with (
                DiscordServer() as server,
                started(server, corpus, home / "log", module="bot", **settings),
            ):
                phases = [await self._ask_hostile(server, port)]
                self._add_files(corpus, self.files)
                phases += await self._reload(server, port)
                if server.violations:
                    raise RuntimeError(f"rules of Discord were broken: {server.violations[:3]}")
                return phases

    def _add_files(self, corpus: Path, first: int) -> None:
        with tempfile.TemporaryDirectory() as folder:
            attack = Articles(Path(folder))
            for number in range(first, first + self.files):
                file = attack.build(self.seed, len(attack.named) + number)
                (corpus / f"{number}{file.name}").write_bytes(file.data)

    async def _ask_hostile(self, server: DiscordServer, port: int) -> Phase:
        async with watched(port) as gauges:
            waits = [await wait(server, question) for question in self._questions()]
        return phase("hostile questions, one after the other", waits, gauges)

    async def _reload(self, server: DiscordServer, port: int) -> list[Phase]:
        """Reload, and ask what is plain until that is done."""
        waits = list[float | None]()
        async with watched(port) as gauges:
            seconds = await asked_through_reload(server, waits)
        return [
            phase("plain questions during a reload of as many hostile files again", waits, gauges),
            phase("that reload", [seconds if math.isfinite(seconds) else None], gauges),
        ]

    def _questions(self) -> Iterator[str]:
        chance = random.Random(self.seed)  # noqa: S311
        for _ in range(self.questions):
            make, _ = chance.choice(KINDS)
            question = f"{make(chance)} {' '.join(chance.choices(REAL, k=3))}"[:_LONGEST]
            yield question.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


@asynccontextmanager
async def watched(port: int) -> AsyncIterator[Gauges]:
    """Read the metrics of the bot on a port for as long as the block lasts."""
    gauges = Gauges(f"http://127.0.0.1:{port}")
    async with gauges.watched():
        yield gauges


async def wait(server: DiscordServer, question: str) -> float | None:
    """Ask, and return the seconds until there is a reply; None where there is none."""
    began = time.monotonic()
    asked = await server.post_message("عام", "سارة", f"<@bot> {question}")
    with suppress(TimeoutError):
        await server.wait_for_reply(asked)
        return time.monotonic() - began
    return None


async def asked_through_reload(server: DiscordServer, waits: list[float | None]) -> float:
    """Reload, ask what is plain until that is done, and return the seconds that it took; infinity: no end."""
    began = time.monotonic()
    done = asyncio.create_task(outcome(server, await begin_reload(server, options=FORCED)))
    while not done.done():
        waits.append(await wait(server, QUESTION))
        await asyncio.sleep(_BETWEEN)
    return math.inf if isinstance(done.exception(), TimeoutError) else time.monotonic() - began


def phase(what: str, waits: list[float | None], gauges: Gauges) -> Phase:
    """Sum up a part of a siege."""
    replied = [wait for wait in waits if wait is not None]
    return Phase(
        what,
        len(waits),
        len(waits) - len(replied),
        max(replied, default=0.0),
        gauges.largest("process_resident_memory_bytes"),
        # The gauge remembers what was before, for a minute.
        min(gauges.bound(_LAG), gauges.largest("isnad_loop_lag_longest_seconds")),
    )
