"""Requests for feeds, pages and robots.txt: guarded at every hop, bounded, and at the pace that their hosts allow."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus

import aiohttp
from yarl import URL

from bot.articles.corpus_files import MOST_BYTES as MOST_PAGE_BYTES
from bot.articles.feeds.document_parser import DocumentParser
from bot.articles.feeds.feed_entry import EntryError, EntryReason
from bot.articles.feeds.feed_reader import MOST_BYTES as MOST_FEED_BYTES
from bot.articles.feeds.politeness import MOST_ROBOTS_BYTES, USER_AGENT, HostPace, RobotsFiles
from bot.articles.importing.page_download import DownloadedPage, FetchError, FetchReason, fetch_page, unpack_body
from bot.articles.origins import ALL_ENTRIES, EntryFilter
from bot.articles.sources import MEGABYTE, SourceError, Version
from bot.articles.sources.archive_download import ArchiveRequest, TransientError, ask_once, with_retries
from bot.articles.sources.http import is_public, read_chunks
from bot.articles.sources.limits import FetchBudget
from bot.articles.sources.source import NO_VERSION
from bot.workers.child_process import ChildBusyError, ChildError

_ACCEPT = (
    "application/feed+json, application/atom+xml, application/rss+xml, application/json, application/xml, */*;q=0.5"
)
_PAGE_SECONDS = 30.0
BUSY = frozenset({"429", "503"})
_BUSY_SECONDS = 300.0  # chosen: for a host that is asked too often and does not say when to come back
# What is wrong with the host, and would be said of its pages.
_NO_HOST = frozenset({FetchReason.BAD_LINK, FetchReason.PRIVATE, FetchReason.UNREACHABLE, FetchReason.TIMEOUT})
_MOVED = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})
_PAGES = re.compile(r"[1-9]\d{0,4}", re.ASCII)  # of posts, as WordPress counts them


@dataclass(eq=False)
class FeedBusyError(Exception):
    """The host of a feed wants to be left alone for so many seconds."""

    error: SourceError
    seconds: float


@dataclass(frozen=True, slots=True)
class FeedResponse(DownloadedPage):
    """What came from the address of a feed. `pages` is how many there are in all, `moved` its new address for good."""

    pages: int = 1
    moved: str = ""


@dataclass(slots=True)
class FeedClient:
    """Asks hosts for feeds and pages, one request at a time; `token` goes to the feed's own site alone.

    Sources may share a `pace`, to ask their hosts as one, and a `parser`, to read in one child. `is_allowed` judges the
    address of every host that would be connected to, unless `allow_private` allows all. Entries that are not `taken`
    are not fetched.
    """

    url: str = field(repr=False)
    token: str | None = field(repr=False)
    allow_private: bool
    pace: HostPace
    parser: DocumentParser
    is_allowed: Callable[[str], bool] = is_public
    taken: EntryFilter = ALL_ENTRIES
    received: int = 0
    _robots: RobotsFiles = field(init=False)

    def __post_init__(self) -> None:
        self._robots = RobotsFiles(self.pace.clock)

    @property
    def now(self) -> datetime:
        """The moment by the clock of the pace."""
        return datetime.fromtimestamp(self.pace.clock(), UTC)

    async def feed(self, url: str, shown: str, known: Version, budget: FetchBudget) -> FeedResponse | None:
        """Fetch a feed or sitemap, None where the known version still holds.

        Raise SourceError, FeedBusyError, and HostBusyError where its host is not to be asked now.
        """
        token = self.token if URL(url).origin() == URL(self.url).origin() else None
        request = ArchiveRequest(url, shown, token, known, self.allow_private, self.is_allowed)
        return await with_retries(partial(self._ask, request, budget), budget)

    async def page(self, link: str, budget: FetchBudget, known: Version) -> DownloadedPage:
        """Fetch a page where its site allows that; raise FetchError, EntryError or HostBusyError."""
        delay = await self._crawl_delay(link, budget)
        page = await self._fetch(link, budget, delay, MOST_PAGE_BYTES, known=known)
        if page.url != link:
            await self._crawl_delay(page.url, budget)
        return page

    async def _crawl_delay(self, link: str, budget: FetchBudget) -> float | None:
        """Return the seconds between requests that a site asks for; raise where it does not allow a page."""

        async def fetch(url: str) -> bytes:
            return (await self._fetch(url, budget, None, MOST_ROBOTS_BYTES, any_kind=True)).data

        try:
            file = await self._robots.of_site(link, fetch)
        except ValueError as error:  # no origin
            raise FetchError(FetchReason.BAD_LINK) from error
        if file.failure in _NO_HOST:
            raise FetchError(file.failure)
        if file.failure is not None:
            raise EntryError(EntryReason.ROBOTS_AWAY)
        if not file.data:
            return None
        try:
            is_allowed, delay = await self.parser.judge(file.data, link, budget)
        except ChildBusyError:
            raise
        except ChildError as error:
            self._robots.distrust(link)
            raise EntryError(EntryReason.ROBOTS_AWAY) from error
        if not is_allowed:
            raise EntryError(EntryReason.ROBOTS)
        return delay

    async def _fetch(  # noqa: PLR0913 (what, at which pace, and how much of it)
        self,
        url: str,
        budget: FetchBudget,
        delay: float | None,
        most_bytes: int,
        *,
        any_kind: bool = False,
        known: Version = NO_VERSION,
    ) -> DownloadedPage:
        seconds = max(min(_PAGE_SECONDS, budget.seconds_left), 0.0)
        await self.pace.wait(url, budget.seconds_left)
        try:
            page = await fetch_page(
                url,
                allow_private=self.allow_private,
                most_seconds=seconds,
                most_bytes=most_bytes,
                is_allowed=self.is_allowed,
                any_kind=any_kind,
                known=known,
            )
        except FetchError as error:
            if error.reason is FetchReason.STATUS and (error.wait or error.detail in BUSY):
                self.pace.hold(url, error.wait or _BUSY_SECONDS)
            raise
        finally:
            self.pace.note_request(url, delay)
        self.received += len(page.data)
        return page

    async def _ask(self, request: ArchiveRequest, budget: FetchBudget) -> FeedResponse | None:
        await self.pace.wait(request.url, budget.seconds_left)
        base = request.http_request(budget.limits.silence)
        headers = {**base.headers, "User-Agent": USER_AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip"}
        sent = replace(base, headers=headers, schemes=base.schemes | {base.url.scheme} & {"http", "https"})
        try:
            # Headers may drip for ever, and none of their bytes late enough to be silence.
            async with asyncio.timeout(max(budget.seconds_left, 0.0)):
                return await ask_once(request, sent, partial(self._receive, request, budget))
        except TimeoutError as error:
            raise SourceError("source.timeout", seconds=round(budget.limits.seconds)) from error
        except TransientError as error:
            if not error.wait and error.error.key != "source.busy":
                raise
            wait = error.wait or _BUSY_SECONDS
            self.pace.hold(request.url, wait)
            raise FeedBusyError(error.error, wait) from error
        finally:
            self.pace.note_request(request.url)

    async def _receive(
        self, request: ArchiveRequest, budget: FetchBudget, response: aiohttp.ClientResponse
    ) -> FeedResponse:
        most, data, headers = min(budget.limits.download_bytes, MOST_FEED_BYTES), bytearray(), response.headers
        too_large = SourceError("feed.too_large", url=request.shown, limit=max(most // MEGABYTE, 1))
        try:
            async for chunk in read_chunks(response, budget.limits.silence):
                data += chunk
                if len(data) > most:
                    raise too_large
                budget.check_time()
            unpacked = unpack_body(bytes(data), headers.get("Content-Encoding", "identity"), most)
        except TimeoutError as error:
            raise SourceError("source.silent", seconds=round(budget.limits.silence)) from error
        except FetchError as error:
            is_large = error.reason is FetchReason.TOO_LARGE
            raise too_large if is_large else SourceError("feed.unreadable", url=request.shown) from error
        self.received += len(data)
        url, version = str(response.url), Version(headers.get("ETag"), headers.get("Last-Modified"))
        pages = int(found[0]) if (found := _PAGES.fullmatch(headers.get("X-WP-TotalPages", ""))) else 1
        moves = [hop.status in _MOVED for hop in response.history]
        return FeedResponse(unpacked, url, response.charset or "", version, pages, url if moves and all(moves) else "")
