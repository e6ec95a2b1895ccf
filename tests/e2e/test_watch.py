"""The watch over sessions, with its waits made short; the parts run in this process for that."""

import asyncio
import gc
import threading
import weakref
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.chat import session
from bot.chat.client import SingleClient
from bot.chat.service import Service
from bot.ops import watchdog
from bot.ops.health import Health
from bot.ops.supervision import Backoff, in_background, keep_running
from bot.workers.threads import tune_gc
from tests.chat.doubles import answerer, edition, editions
from tests.chat.samples import answer, article
from tests.discord_server import DiscordServer
from tests.discord_server.faults import Faults
from tests.e2e.in_process import materials, settings_for
from tests.patience import eventually

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "_LOOK_EVERY", 0.05)
    # Where discord.py looks for Discord is set for the whole process; put it back afterwards.
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)


@asynccontextmanager
async def serving(server: DiscordServer) -> AsyncIterator[Service]:
    stop = asyncio.Event()
    found = answerer(lambda *_: answer(article()))
    service = Service(materials(settings_for(server), editions(edition(article())), found), stop)
    backoff = Backoff(draw=lambda: 0.0)
    # A traceback in the log that pytest keeps would keep the client that failed.
    running = keep_running(
        service.attempt, stop=stop, is_final=lambda _: False, is_expected=lambda _: True, backoff=backoff
    )
    task = asyncio.create_task(running)
    await server.wait_ready()
    yield service
    stop.set()
    await task
    # In a process of its own, what a client leaves behind would end with it.
    while left := [each for each in asyncio.all_tasks() if each.get_name().startswith("discord.py:")]:
        await asyncio.wait(left)
    await service.parts.open_replies.close()


async def until_health(service: Service, is_right: Callable[[Health], bool]) -> None:
    """Wait for the program, which tells no one of its health unasked."""
    await eventually(lambda: is_right(service.health()), "another health")


async def another(clients: list[weakref.ref[SingleClient]], before: int) -> None:
    await eventually(lambda: len(clients) > before, "another client")


async def is_answered(server: DiscordServer) -> bool:
    question = await server.post_message("عام", "سارة", "<@bot> متى افتتحت المكتبة؟")
    return "افتتحت البلدية" in (await server.wait_for_reply(question)).text


async def test_a_swallowed_resume_is_followed_by_a_fresh_client(
    server: DiscordServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(server):
        with monkeypatch.context() as soon:
            soon.setattr(watchdog, "RECOVERY", 0.5)
            server.gateway.swallowed_resumes = 1
            server.gateway.close(4000)
            # The fresh client has as long as ever.
            await server.until(lambda: len(server.gateway.identifies) == 2, what="a fresh client")
        await server.wait_ready()
        assert await is_answered(server)


@pytest.fixture
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


@pytest.mark.slow
@pytest.mark.usefixtures("thawed")
async def test_clients_that_ended_are_freed_though_they_were_there_at_a_reload(
    server: DiscordServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients = list[weakref.ref[SingleClient]]()
    make = SingleClient.__init__

    def note(client: SingleClient, *parts: Any, **options: Any) -> None:
        clients.append(weakref.ref(client))
        make(client, *parts, **options)

    monkeypatch.setattr(SingleClient, "__init__", note)
    async with serving(server):
        for _ in range(3):
            assert await is_answered(server)
            before = len(clients)
            # What a reload does once its edition serves.
            tune_gc()
            server.gateway.malformed()
            await another(clients, before)
            await server.wait_ready()
        assert len(clients) == 4
        # The last but one may still be leaving.
        assert [client() for client in clients[:2]] == [None, None]


async def test_a_long_silence_is_probed_by_a_resume_that_loses_nothing(
    server: DiscordServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(server):
        server.gateway.silence(acknowledge_heartbeats=True)
        question = await server.post_message("عام", "سارة", "<@bot> متى افتتحت المكتبة؟")
        monkeypatch.setattr(watchdog, "SILENCE", 0.5)
        assert (await server.wait_for_reply(question)).reply_to == question.id
        assert len(server.gateway.identifies) == 1


@pytest.mark.slow
async def test_a_bot_that_cannot_write_is_not_ready_and_begins_anew(
    server: DiscordServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(server) as service:
        monkeypatch.setattr(watchdog, "UNWELL_AFTER", 0.2)
        monkeypatch.setattr(watchdog, "LOST_AFTER", 1.0)
        await until_health(service, lambda health: health.ok)
        server.faults.add("POST", "/channels/*", Faults.status(503), times=1000)
        server.faults.add("GET", "/users/@me", Faults.status(503), times=1000)
        asked = await server.post_message("عام", "سارة", "<@bot> متى افتتحت المكتبة؟")
        await until_health(service, lambda health: health.gateway and not health.rest)
        await server.until(lambda: server.gateway.close_codes, what="the end of the client")
        server.faults.clear()
        await server.until(lambda: len(server.gateway.identifies) == 2, what="a new session")
        await server.wait_ready()
        await until_health(service, lambda health: health.ok)
        assert "افتتحت البلدية" in (await server.wait_for_reply(asked)).text
        assert await is_answered(server)
        assert len([one for one in server.messages("عام") if one.reply_to == asked.id]) == 1


async def test_a_bot_whose_answers_are_stuck_is_not_well(
    server: DiscordServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    async with serving(server) as service, in_background(service.worker.run(), ""):
        monkeypatch.setattr(watchdog, "STUCK_AFTER", 0.2)
        await until_health(service, lambda health: health.ok)
        service.parts.handler.answer_worker.begin(go.wait)
        await until_health(service, lambda health: health.gateway and not health.answering)
        assert not service.health().ok
        go.set()
        await until_health(service, lambda health: health.ok)
        assert await is_answered(server)
