"""While a child builds a large corpus anew, the bot's loop is free: it answers, and its heart goes on beating."""

import asyncio
import json
import time
from itertools import pairwise
from pathlib import Path

import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.gateway.conversation import Conversation
from tests.discord_server.gateway.frames import Operation
from tests.e2e.moderating import SERVED, begin_reload, outcome, started
from tests.edition.samples import write_lines
from tests.load.gauges import Gauges
from tests.patience import eventually
from tests.processes import children_of

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]

_ARTICLES = 6000
_QUESTION = "ماذا قرر المجلس قرب القرية77؟"
_BEAT = 0.2
# A loop that waits for the child is late by the whole of what the child takes, however long that is on this machine.
_LARGEST_SHARE = 0.5


class Heart:
    """When the bot's heart beat."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.beats: list[float] = []
        hear = Conversation.hear

        def heard(conversation: Conversation, text: str) -> None:
            if json.loads(text)["op"] == Operation.HEARTBEAT:
                self.beats.append(time.monotonic())
            hear(conversation, text)

        monkeypatch.setattr(Conversation, "hear", heard)

    def largest_gap(self, since: float) -> float:
        """Return the longest time without a beat, up to now."""
        times = [since, *(beat for beat in self.beats if beat > since), time.monotonic()]
        return max(later - earlier for earlier, later in pairwise(times))


async def test_the_loop_is_free_while_a_child_builds(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, unused_tcp_port: int
) -> None:
    heart, corpus = Heart(monkeypatch), tmp_path / "articles.jsonl"
    write_lines(corpus, _ARTICLES)
    gauges = Gauges(f"http://127.0.0.1:{unused_tcp_port}")
    settings = {"PORT": str(unused_tcp_port), "CORPUS_CACHE": str(tmp_path / "cache")}
    async with (
        DiscordServer(heartbeat_interval=_BEAT) as server,
        started(server, corpus, tmp_path / "log", module="bot", **settings) as program,
    ):
        await eventually(lambda: len(heart.beats) > 2, "a beating heart")
        write_lines(corpus, _ARTICLES, "ثان")
        began = time.monotonic()
        async with gauges.watched():
            reload = await begin_reload(server)
            await eventually(lambda: len(children_of(program.pid)) == 1, "a child")
            answers = 0
            while children_of(program.pid):
                asked = await server.post_message("عام", "سارة", f"<@bot> {_QUESTION}")
                assert "الجسر رقم 77" in (await server.wait_for_reply(asked)).text
                answers += 1
                await asyncio.sleep(0.1)
            assert SERVED in await outcome(server, reload)
        took = time.monotonic() - began
        assert answers > 3
        assert heart.largest_gap(began) < _LARGEST_SHARE * took
        assert gauges.bound("isnad_loop_lag_seconds") < _LARGEST_SHARE * took
        assert server.violations == []
