"""Replies that are owed, noted on disk for as long: what starts after a killed process tells who waits for them.

A command shows that the bot is thinking until it is answered, for as long as its token lives. Of a direct message the
channel is noted, since Discord lists no such conversations. Each process locks a file beside its notes: only once it
has ended does another take them over.
"""

import asyncio
import json
import logging
import os
import secrets
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import discord

from bot.chat.cards.card import Card
from bot.chat.chat_errors import DELIVERY_ERRORS, NOBODY_WAITS, is_passing
from bot.chat.exchange.delivery import deliver, send_card
from bot.chat.exchange.exchange import OpenReply
from bot.storage import lock_if_abandoned, open_locked
from bot.workers.threads import Worker

logger = logging.getLogger(__name__)

_LOCK, _NOTE = ".lock", ".json"
_TOLD_AT_ONCE = 5
# discord.py takes numbers alone, and puts whatever it gets into the path.
_ORIGINAL: Any = "@original"


class OpenReplies:
    """Notes the open replies of this process in a folder, and takes over those of processes that have ended.

    Files are written in a thread of their own. Where none can be, nothing is noted, and one line of the log says so.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name = secrets.token_hex(4)
        self._lock: BinaryIO | None = None
        self._worker = Worker()
        self._is_amiss = False
        self._noted: set[int] = set()
        self._untold: dict[int, OpenReply] = {}

    def note(self, reply: OpenReply | None) -> None:
        """Note a reply that is owed from now on, if it is one."""
        if reply is not None and reply.id not in self._noted:
            self._noted.add(reply.id)
            self._worker.begin(self._write, reply)

    def forget(self, reply: OpenReply | None) -> None:
        if reply is not None and reply.id in self._noted:
            self._noted.discard(reply.id)
            self._untold.pop(reply.id, None)
            self._worker.begin(self._remove, reply.id)

    def leave(self, reply: OpenReply | None) -> None:
        """Leave a reply that Discord has not taken to `tell`, in this process or the next."""
        if reply is not None:
            self._untold[reply.id] = reply

    async def tell(self, client: discord.Client, card: Card) -> set[int]:
        """Reply with a card to the commands that processes which ended have left; return the channels of messages."""
        adopted = await self._worker.run(self._adopt)
        self._noted |= {reply.id for reply in adopted}
        self._untold |= {reply.id: reply for reply in adopted}
        telling = asyncio.Semaphore(_TOLD_AT_ONCE)
        await asyncio.gather(*(self._tell(reply, client, card, telling) for reply in [*self._untold.values()]))
        return {reply.channel_id for reply in adopted if reply.channel_id and not reply.is_over}

    async def close(self) -> None:
        """Leave what is owed to the next process."""
        await self._worker.run(self._close)

    async def _tell(self, reply: OpenReply, client: discord.Client, card: Card, telling: asyncio.Semaphore) -> None:
        """Reply to a command that still shows that the bot is thinking; later, where Discord is out of order."""
        if reply.token and not reply.is_over:
            webhook = discord.Webhook.partial(reply.application_id, reply.token, client=client)
            try:
                async with telling:
                    shown = await deliver(lambda: webhook.fetch_message(_ORIGINAL))
                    if shown.flags.loading:
                        await send_card(partial(webhook.edit_message, _ORIGINAL), card)
            except DELIVERY_ERRORS as error:
                if is_passing(error) and getattr(error, "code", None) not in NOBODY_WAITS:
                    return
        if reply.token or reply.is_over:
            self.forget(reply)

    def _write(self, reply: OpenReply) -> None:
        try:
            lock = self._folder / f"{self._name}{_LOCK}"
            if self._lock is None or not lock.exists():
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                if self._lock is not None:
                    self._lock.close()
                self._lock = open_locked(lock)
            descriptor = os.open(self._file(reply.id), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
                json.dump(asdict(reply), stream)
        except OSError as error:
            if not self._is_amiss:
                logger.warning("Open replies cannot be noted on disk, so that a kill leaves askers waiting: %s", error)
            self._is_amiss = True

    def _remove(self, identity: int) -> None:
        with suppress(OSError):
            self._file(identity).unlink()

    def _file(self, identity: int) -> Path:
        return self._folder / f"{self._name}-{identity}{_NOTE}"

    def _adopt(self) -> list[OpenReply]:
        """Take over the notes of processes that have ended."""
        adopted: list[OpenReply] = []
        for lock in self._folder.glob(f"*{_LOCK}"):
            if lock.stem != self._name:
                with lock_if_abandoned(lock) as is_left, suppress(OSError):
                    if is_left:
                        self._take_over(lock, adopted)
        return adopted

    def _take_over(self, lock: Path, adopted: list[OpenReply]) -> None:
        for file in self._folder.glob(f"{lock.stem}-*{_NOTE}"):
            # What a kill has left half written was not acknowledged either.
            with suppress(ValueError, TypeError):
                adopted.append(OpenReply(**json.loads(file.read_bytes())))
                self._write(adopted[-1])
            file.unlink()
        lock.unlink()

    def _close(self) -> None:
        if self._lock is not None:
            if not any(self._folder.glob(f"{self._name}-*{_NOTE}")):
                (self._folder / f"{self._name}{_LOCK}").unlink(missing_ok=True)
            self._lock.close()
            self._lock = None
