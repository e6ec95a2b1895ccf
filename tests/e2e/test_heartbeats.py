"""While a child builds a large corpus anew, the bot's loop is free: it answers, and its heart goes on beating."""

import asyncio
import json
from pathlib import Path

import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.gateway.conversation import Conversation
from tests.discord_server.gateway.frames import Operation
from tests.e2e.moderating import SERVED, begin_reload, outcome, started
from tests.edition.samples import write_lines
from tests.patience import eventually
from tests.processes import children_of

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]

_ARTICLES = 12_000
_QUESTION = "ماذا قرر المجلس قرب القرية77؟"
_BEAT = 0.1
# A loop that waits for the child answers one question, and is heard once, when the child has ended.
_OFTEN = 3


class Heart:
    """How often the bot's heart beat."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.beats = 0
        hear = Conversation.hear

        def heard(conversation: Conversation, text: str) -> None:
            self.beats += json.loads(text)["op"] == Operation.HEARTBEAT
            hear(conversation, text)

        monkeypatch.setattr(Conversation, "hear", heard)


async def test_the_loop_is_free_while_a_child_builds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    heart, corpus = Heart(monkeypatch), tmp_path / "articles.jsonl"
    write_lines(corpus, _ARTICLES)
    settings = {"CORPUS_CACHE": str(tmp_path / "cache")}
    async with (
        DiscordServer(heartbeat_interval=_BEAT) as server,
        started(server, corpus, tmp_path / "log", module="bot", **settings) as program,
    ):
        await eventually(lambda: heart.beats > _OFTEN, "a beating heart")
        write_lines(corpus, _ARTICLES, "ثان")
        reload = await begin_reload(server)
        await eventually(lambda: len(children_of(program.pid)) == 1, "a child")
        answers, beats, beats_meanwhile = 0, heart.beats, 0
        while True:
            asked = await server.post_message("عام", "سارة", f"<@bot> {_QUESTION}")
            assert "الجسر رقم 77" in (await server.wait_for_reply(asked)).text
            if not children_of(program.pid):
                break
            answers += 1
            beats_meanwhile = heart.beats - beats
            await asyncio.sleep(0.1)
        assert SERVED in await outcome(server, reload)
        assert answers > _OFTEN
        assert beats_meanwhile > _OFTEN
        assert server.violations == []
