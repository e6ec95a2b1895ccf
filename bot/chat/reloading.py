"""Reloading the corpus while questions go on being answered from the edition before."""

import asyncio
import logging

from bot.chat.card import Card
from bot.chat.corpus_cards import changes_card, empty_card
from bot.chat.errors import ReplyError, new_reference
from bot.edition import Editions, EmptyCorpusError
from bot.ops.heap import settle
from bot.ops.metrics import Metrics
from bot.ops.threads import in_daemon_thread
from bot.texts import Texts

logger = logging.getLogger(__name__)


class Reloading:
    """Runs one reload at a time; a second asker is told so instead of waiting in line."""

    def __init__(self, editions: Editions, texts: Texts, metrics: Metrics | None = None) -> None:
        self._editions = editions
        self._texts = texts
        self._metrics = metrics or Metrics()
        self._running = asyncio.Lock()

    async def run(self) -> Card:
        """Build and serve the next edition and report what changed, or why the old one stays."""
        if self._running.locked():
            raise ReplyError("reload.running")
        async with self._running:
            try:
                card, outcome = await in_daemon_thread(self._reload)
            except Exception as error:
                self._metrics.reloads.labels("failed").inc()
                reference = new_reference()
                logger.exception("%s: the reload failed, the old edition goes on serving", reference)
                raise ReplyError("reload.failed", reference=reference) from error
        self._metrics.reloads.labels(outcome).inc()
        logger.info("Now serving edition %s", self._editions.current.fingerprint)
        return card

    def _reload(self) -> tuple[Card, str]:
        """Reload, and make the card of the outcome beside its name: what changed may be every article."""
        try:
            changes = self._editions.reload()
            settle()
            return changes_card(changes, self._texts), "done"
        except EmptyCorpusError as error:
            return empty_card(error.rejections, self._texts), "empty"
