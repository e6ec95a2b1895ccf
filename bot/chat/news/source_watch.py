"""Watches over the sources: which fail for too long, told to the moderators once, and which outlets are silent."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from bot.articles import outlet_key
from bot.articles.sources import SourceProblem
from bot.chat.exchange.delivery import LONGEST_SEND, Duty, EarlierTry, FindClient, Sending, send_once
from bot.chat.news.news_cards import source_card
from bot.chat.request_handler import RequestHandler
from bot.edition import FailingSource, SourceRhythms, source_rhythms, stale_outlets
from bot.records import Records, RecordsAwayError
from bot.records.figures import claim_source_card, exchange_living, note_sources, settle_source_card
from bot.retrieval import SearchError
from bot.workers.threads import in_daemon_thread

logger = logging.getLogger(__name__)

_LOOK_EVERY = 60.0  # seconds
_TRY_AGAIN = 3600  # seconds; how often a channel is tried that takes no card
# Seconds. Chosen: members wait meanwhile, but not long for a server that is started anew.
_SEARCH, _SEARCH_PATIENCE = "search server", 600.0
_ILL, _BACK = "ill", "back"
_WORDS = {_ILL: "A source has given nothing", _BACK: "A source answers again that had given nothing"}

_Found = Mapping[str, FailingSource]


class SourceWatch(Duty):
    """Looks at what fetches could not have; `ill` are the sources that fail for longer than their rhythm allows."""

    def __init__(
        self,
        handler: RequestHandler,
        records: Records,
        channel: int | None,
        find_client: FindClient,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Tell in a channel; without one, in the log alone. The handler is handed the outlets that are silent."""
        super().__init__(self.look, "Sources that fail could not be told of")
        self.ill: Sequence[FailingSource] = ()
        self._handler, self._editions = handler, handler.editions
        self._records, self._channel, self._find_client, self._now = records, channel, find_client, now
        self._rhythms, self._rhythms_of = SourceRhythms(), tuple[object, ...]()
        self._counted = 0
        # By digests of the names of sources: since when they fail, and of which this process has told.
        self._since: dict[str, int] = {}
        self._told = set[str]()
        self._is_noted = True
        self._closed_until = 0.0

    async def look(self) -> float:
        """Look once, and tell what is due; return the seconds until the next look. Raise RecordsAwayError."""
        is_known, now = self._editions.fetch_count > 0, int(self._now())
        await self._read_rhythms(is_known=is_known)
        if self._editions.builds and not is_known:
            return _LOOK_EVERY
        names, failing = self._sources(), self._failing(now)
        self._note(failing)
        if failing or self._is_noted:
            well = names.keys() - failing.keys()
            since: Mapping[str, int] = {name: one.since for name, one in failing.items()}
            since, told = await self._records.ask(note_sources, since, well)
            failing = {name: replace(one, since=since[name]) for name, one in failing.items()}
            self._note(failing)
            self._is_noted = bool(failing or told)
            # While a source fails here, others may say that it is back, and it is not told of once more.
            self._told = failing.keys() & (self._told | told.keys())
            for kind, find in ((_ILL, self._untold), (_BACK, self._ended)):
                if find(failing, names, told):
                    await self._tell(kind, partial(find, failing, names), now)
        return _LOOK_EVERY

    def _untold(self, failing: _Found, _: object, told: Mapping[str, int]) -> _Found:
        return {
            name: one
            for name, one in failing.items()
            if one in self.ill and name not in told and name not in self._told
        }

    def _ended(self, failing: _Found, names: Mapping[str, Path | str], told: Mapping[str, int]) -> _Found:
        """Find what no longer fails; whoever builds also forgets what is no source any more."""
        ended = {name for name in told.keys() - failing.keys() if name in names or self._editions.builds}
        return {name: FailingSource(names.get(name, ""), told[name]) for name in ended}

    def _sources(self) -> dict[str, Path | str]:
        """Return the sources that this process asks, by the digests of their names."""
        editions = self._editions
        shown = (*editions.origins, editions.source_name) if editions.builds else ()
        return {_digest(str(name)): name for name in shown} | {
            _digest(_SEARCH): editions.published_at or editions.source_name
        }

    def _failing(self, now: int) -> dict[str, FailingSource]:
        """Find what fails, and count it once for each fetch."""
        away, search = self._editions.away, self._handler.search.state
        problems = {_digest(str(problem.source)): problem for problem in away}
        if self._editions.fetch_count > self._counted:
            self._counted = self._editions.fetch_count
            for problem in away:
                self._handler.metrics.source_failures.labels(problem.error.key).inc()
        if search is not None:
            searched = self._editions.published_at or self._editions.source_name
            problems[_digest(_SEARCH)] = SourceProblem(searched, search.error, is_away=True)
        return {
            name: FailingSource(one.source, self._since.get(name, now), one.error, is_new=one.is_new)
            for name, one in problems.items()
        }

    def _note(self, failing: _Found) -> None:
        self._since = {name: one.since for name, one in failing.items()}
        now, search = self._now(), _digest(_SEARCH)
        patience = {
            name: _SEARCH_PATIENCE if name == search else self._rhythms.patience(one.source, is_new=one.is_new)
            for name, one in failing.items()
        }
        self.ill = [one for name, one in failing.items() if now - one.since >= patience[name]]

    async def _tell(self, kind: str, find: Callable[[Mapping[str, int]], _Found], now: int) -> None:
        """Tell of what is found under a claim, so that one process does, once."""
        client = self._find_client()
        is_ready = client is not None and client.is_ready() and not client.is_closed()
        if now < self._closed_until or not (is_ready or self._channel is None):
            return
        claim = await self._records.ask(claim_source_card, kind, now, LONGEST_SEND)
        if claim is None:
            return
        told, claimed_at = claim
        found, sent = find(told), Sending.DONE
        named = [one for one in found.values() if one.source]
        if named and client is not None and self._channel is not None:
            card = source_card(named, self._handler.texts, is_back=kind == _BACK)
            earlier = EarlierTry(claimed_at, card.texts[:1]) if claimed_at else None
            sent = await send_once(client, self._channel, card, f"source{kind}{now}", earlier)
        if sent is Sending.UNCLEAR:
            return  # whoever takes the claim over looks whether the card is there
        told = {}
        if sent is Sending.DONE:
            told = {name: one.since if kind == _ILL else 0 for name, one in found.items()}
            self._told |= {name for name, since in told.items() if since}
            for one in named:
                logger.warning("%s since %s: %s", _WORDS[kind], one.moment, one.error or one.source)
        else:
            self._closed_until = now + _TRY_AGAIN
        await self._records.ask(settle_source_card, kind=kind, told=told)

    async def _read_rhythms(self, *, is_known: bool) -> None:
        """Read the rhythms of the sources and which outlets are silent, where the articles or the day have changed."""
        editions, edition = self._editions, self._editions.current
        today = datetime.fromtimestamp(self._now(), UTC).date()
        origins, articles, outlets = editions.origins, edition.articles, edition.outlets
        feeds = frozenset(origin.folder for origin in origins.values() if origin.is_feed)
        if self._rhythms_of == (rhythms_of := (edition.fingerprint, today, feeds, is_known)):
            return
        by_name, living = {_digest(outlet_key(outlet)): outlet for outlet in outlets}, None
        try:
            if is_known and editions.builds:
                self._rhythms = await in_daemon_thread(lambda: source_rhythms(articles, outlets, origins, today))
                living = {name for name, outlet in by_name.items() if outlet in self._rhythms.living}
            # Whoever builds nothing learns from the others which outlets have feeds.
            names = await self._records.ask(exchange_living, living=living)
        except (SearchError, RecordsAwayError) as error:
            logger.debug("Which outlets are silent cannot be read yet: %s", error)
            return
        chosen = [outlet for name, outlet in by_name.items() if name in names]
        self._handler.stale = await in_daemon_thread(lambda: stale_outlets(articles, chosen, today))
        self._rhythms_of = rhythms_of


def _digest(name: str) -> str:
    return sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:16]
