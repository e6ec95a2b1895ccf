"""Members ask while moderators reload time and again: each answer is of one edition, none is lost, and memory stays."""

import asyncio
import itertools
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.discord_server import DiscordServer
from tests.e2e.coverage import MUSEUM
from tests.e2e.moderating import SERVED, reload, started
from tests.edition.samples import write_lines
from tests.load.gauges import Gauges
from tests.patience import eventually

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "كم بلغت كلفة خط الترام الجديد؟"
# Title, address and quote say which edition they are of.
ARTICLE = """---
title: "خط الترام الجديد في خبره {number}"
outlet: "صحيفة الضفة"
url: "https://news.example/{number}"
published: 2026-04-02
---

بلغت كلفة خط الترام الجديد {number} مليون دينار. ويربط الخط الميناء بالجامعة.
"""
_NUMBERS = re.compile(r"(?<!\d)1\d{3}(?!\d)")
_MOST_GROWN = 16 << 20
_PAUSE = 0.05  # the reload needs the processor as well
_SEATS = [("سارة", "عام"), ("ليلى", "سلسلة"), ("ناصر", "منشور"), ("المالك", "عام")]


@dataclass(frozen=True)
class Run:
    """How many reloads, of a corpus with how many other articles, and whether editions are kept in files."""

    reloads: int
    others: int = 0
    files: str = ""


@dataclass
class Flow:
    """Questions on their way, and what was wrong about the answers."""

    server: DiscordServer
    served: int
    written: int
    wrong: list[str] = field(default_factory=list)
    answers: int = 0
    asked_for: int = 0

    async def ask(self, author: str, channel: str) -> None:
        """Ask a question after the other, by turns with a mention and with the command."""
        for turn in itertools.count():
            oldest = self.served
            if turn % 2:
                cause = await self.server.run_command("ask", {"question": QUESTION}, author=author, channel=channel)
                reply = await self.server.wait_for_reply(cause)
            else:
                message = await self.server.post_message(channel, author, f"<@bot> {QUESTION}")
                reply = await self.server.wait_for_reply(message)
            self.answers += 1
            numbers = [int(number) for number in _NUMBERS.findall(reply.text)]
            if len(numbers) != 4 or len(set(numbers)) != 1 or not oldest <= numbers[0] <= self.written:
                self.wrong.append(reply.text)
            await asyncio.sleep(_PAUSE)


def fill(corpus: Path, count: int) -> None:
    """Make a corpus; with many articles, an edition that is not let go weighs something."""
    corpus.mkdir()
    write_lines(corpus / "others.jsonl", count)


def write(corpus: Path, number: int) -> None:
    """Write the state of a corpus, every other one with an article more."""
    (corpus / "tram.md").write_text(ARTICLE.format(number=number), encoding="utf-8")
    if number % 2:
        (corpus / "museum.md").write_text(MUSEUM, encoding="utf-8")
    else:
        (corpus / "museum.md").unlink(missing_ok=True)


@asynccontextmanager
async def flowing(server: DiscordServer, number: int) -> AsyncIterator[Flow]:
    """Have members ask until the end of the body, which nobody's question may fail."""
    flow = Flow(server, number, number)
    askers = [asyncio.create_task(flow.ask(*seat)) for seat in _SEATS]
    try:
        yield flow
    finally:
        for asker in askers:
            asker.cancel()
        outcomes = await asyncio.gather(*askers, return_exceptions=True)
    assert [one for one in outcomes if not isinstance(one, asyncio.CancelledError)] == []


async def anonymous_bytes(gauges: Gauges) -> float:
    return (await gauges.read()).sum("isnad_resident_memory_bytes", kind="anonymous")


@pytest.mark.parametrize(
    "run",
    [
        Run(6),
        pytest.param(Run(120, others=80), marks=[pytest.mark.slow, pytest.mark.timeout(1800)]),
        # A process for each takes a second or two.
        pytest.param(Run(40, others=80, files="1"), marks=[pytest.mark.slow, pytest.mark.timeout(1800)]),
    ],
    ids=["few", "many", "from files"],
)
async def test_no_answer_is_mixed_or_lost_and_memory_stays(
    server: DiscordServer, tmp_path: Path, unused_tcp_port: int, run: Run
) -> None:
    corpus, first = tmp_path / "corpus", 1000
    fill(corpus, run.others)
    write(corpus, first)
    settings = {"PORT": str(unused_tcp_port), "PREPARED_FILES": run.files, "CORPUS_CACHE": str(tmp_path / "cache")}
    memory = []
    async with started(server, corpus, tmp_path / "log", **settings):
        gauges = Gauges(f"http://127.0.0.1:{unused_tcp_port}")
        async with flowing(server, first) as flow:
            for number in range(first + 1, first + 1 + run.reloads):
                write(corpus, number)
                flow.written = number
                flow.asked_for = flow.answers + len(_SEATS)
                assert SERVED in await reload(server)
                flow.served = number
                await eventually(lambda: flow.answers >= flow.asked_for, "answers")
                if number - first in {run.reloads // 3, run.reloads}:
                    memory.append(await anonymous_bytes(gauges))
        reading = await gauges.read()
    assert flow.wrong == []
    assert flow.answers >= run.reloads * len(_SEATS)
    assert reading.sum("isnad_reloads_total", outcome="done") == run.reloads
    assert reading.sum("isnad_errors_total") == 0
    assert memory[1] - memory[0] < _MOST_GROWN, memory
