"""The documents of a feed: the feed itself, the further pages of WordPress's posts, the sitemaps of an index."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from yarl import URL

from bot.articles.feeds.feed_client import FeedBusyError, FeedClient, FeedResponse
from bot.articles.feeds.feed_entry import MOST_ENTRIES, FeedEntry, ListedSitemap, ParsedFeed, short_digest
from bot.articles.feeds.feed_report import FeedProblem
from bot.articles.feeds.feed_state import Document, FeedState
from bot.articles.feeds.host_pace import HostBusyError
from bot.articles.sources import SourceError, Version
from bot.articles.sources.address import shown_url
from bot.articles.sources.limits import FetchBudget
from bot.articles.sources.safe_paths import for_display
from bot.child_process import ChildBusyError, ChildError

HUNG = "feed.hung"
"""The key of the error of a document that ended the child that read it."""
# Requests of one fetch besides that for the feed itself; what is left is read at the next.
_MOST_FURTHER = 20
_MOST_HUNG = 2  # documents of one fetch that end who reads them
_DEEPEST = 2  # indexes of indexes, which the standard forbids and sites have


@dataclass(slots=True)
class Listing:
    """What documents list: entries with the digests of their documents, and the keys of each that was read whole."""

    entries: list[tuple[str, FeedEntry]] = field(default_factory=list)
    whole: dict[str, set[str]] = field(default_factory=dict)
    problems: list[FeedProblem] = field(default_factory=list)

    def add(self, document: str, parsed: ParsedFeed, shown: str) -> None:
        """Take the entries of a document."""
        self.entries += [(document, entry) for entry in parsed.entries]
        keys = {entry.key for entry in parsed.entries}
        if not parsed.is_cut_off:
            self.whole.setdefault(document, set()).update(keys)
        else:
            self.problems.append(FeedProblem("feed.cut_off", {"link": shown}))
        if parsed.linkless:
            self.problems.append(FeedProblem("feed.linkless", {"link": shown, "number": str(parsed.linkless)}))


class FeedDocuments:
    """Reads what is new of the documents, and notes in the state which versions were read."""

    def __init__(self, client: FeedClient, shown: str) -> None:
        self._client = client
        self._shown = shown

    async def read(
        self, state: FeedState, is_known: Callable[[FeedEntry], bool], budget: FetchBudget, *, has_plenty: bool
    ) -> Listing:
        """Read the feed, and what it leads on to.

        `is_known` tells whether an entry needs no look at the pages behind it; while there is plenty to do, the
        sitemaps of an index wait. Raise SourceError, FeedBusyError or HostBusyError for the feed itself.
        """
        listing, was_partial, state.is_partial = Listing(), state.is_partial, False
        try:
            response = await self._ask(self._client.url, self._shown, state, budget, anew=was_partial or state.page > 0)
            if response is None:
                return listing
            parsed = await self._parse(response, self._shown, budget)
        except BaseException:
            state.is_partial = was_partial
            raise
        if response.moved:
            moved = shown_url(urlsplit(response.moved))
            listing.problems.append(FeedProblem("feed.moved", {"link": self._shown, "target": for_display(moved)}))
        state.title = parsed.title[:200] or state.title
        if parsed.sitemaps:
            state.documents[_digest(self._client.url)] = Document()
            await self._sitemaps(parsed, state, listing, budget, anew=was_partial, has_plenty=has_plenty)
        else:
            self._note(self._client.url, response.version, parsed, state, listing)
            if response.pages > 1 and "page" not in URL(self._client.url).query:
                is_fresh = not all(map(is_known, parsed.entries))
                await self._pages(response.pages, state, is_known, listing, budget, is_fresh=is_fresh)
        return listing

    async def _ask(
        self, url: str, shown: str, state: FeedState, budget: FetchBudget, *, anew: bool
    ) -> FeedResponse | None:
        document = state.documents.get(_digest(url))
        known = Version(document.etag, document.modified) if document is not None and not anew else None
        return await self._client.feed(url, shown, known, budget)

    async def _parse(self, response: FeedResponse, shown: str, budget: FetchBudget) -> ParsedFeed:
        client = self._client
        try:
            return await client.parser.feed(response.data, response.url, shown, client.now, response.charset, budget)
        except ChildBusyError as error:
            raise SourceError("source.timeout", seconds=round(budget.limits.seconds)) from error
        except ChildError as error:
            raise SourceError(HUNG, url=shown) from error

    def _note(self, url: str, version: Version, parsed: ParsedFeed, state: FeedState, listing: Listing) -> Document:
        """Take what a document lists; one whose end is missing is read again."""
        digest = _digest(url)
        listing.add(digest, parsed, self._shown)
        state.documents.pop(digest, None)  # the newest stand last
        known = Document() if parsed.is_cut_off else Document(version.etag, version.modified)
        state.documents[digest] = known
        return known

    async def _pages(  # noqa: PLR0913 (what to read, from where on, and for how long)
        self,
        last: int,
        state: FeedState,
        is_known: Callable[[FeedEntry], bool],
        listing: Listing,
        budget: FetchBudget,
        *,
        is_fresh: bool,
    ) -> None:
        """Read further pages of posts as long as they have new ones; then go on where an earlier fetch stopped."""
        page, end = 2, min(last, 1 + _MOST_FURTHER)
        while is_fresh and page <= end:
            parsed = await self._page(page, listing, budget)
            if parsed is None:
                state.page = page
                return
            is_fresh, page = not all(map(is_known, parsed.entries)), page + 1
        left = end + 1 - page
        if not is_fresh:
            # New posts move older ones to later pages; deleted ones move them back, by a page at most.
            page = max(page, state.page - 1) if state.page else last + 1
            while page <= last and left > 0 and await self._page(page, listing, budget) is not None:
                page, left = page + 1, left - 1
        state.page = page if page <= last else 0

    async def _page(self, page: int, listing: Listing, budget: FetchBudget) -> ParsedFeed | None:
        """Read one further page of posts, None where that fails."""
        try:
            response = await self._client.feed(
                str(URL(self._client.url).update_query(page=page)), self._shown, None, budget
            )
            if response is None:
                return None
            parsed = await self._parse(response, self._shown, budget)
        except (SourceError, FeedBusyError, HostBusyError) as error:
            listing.problems += _problems(self._shown, error)
            return None
        listing.add(_digest(self._client.url), parsed, self._shown)
        return parsed

    async def _sitemaps(  # noqa: PLR0913 (what to read, and how much of it)
        self,
        index: ParsedFeed,
        state: FeedState,
        listing: Listing,
        budget: FetchBudget,
        *,
        anew: bool,
        has_plenty: bool,
    ) -> None:
        """Read the sitemaps that changed, those first that were never read, then the newest."""
        queue = deque((sitemap, 1) for sitemap in _in_order(index.sitemaps, state))
        left = 0 if has_plenty else _MOST_FURTHER
        while queue:
            sitemap, depth = queue.popleft()
            known = state.documents.get(_digest(sitemap.link))
            if known is not None and known.changed and known.changed == sitemap.changed and not anew:
                continue
            if left == 0 or len(listing.entries) >= MOST_ENTRIES:
                state.is_partial = True
                return
            left -= 1
            shown = for_display(shown_url(urlsplit(sitemap.link)))
            try:
                response = await self._ask(sitemap.link, shown, state, budget, anew=anew)
                parsed = await self._parse(response, shown, budget) if response is not None else None
            except (SourceError, FeedBusyError, HostBusyError) as error:
                listing.problems += _problems(shown, error)
                if sum(problem.key == HUNG for problem in listing.problems) < _MOST_HUNG:
                    continue
                state.is_partial = True
                return
            if response is None or parsed is None:
                state.documents[_digest(sitemap.link)].changed = sitemap.changed
                continue
            if parsed.sitemaps and depth < _DEEPEST:
                queue += [(inner, depth + 1) for inner in _in_order(parsed.sitemaps, state)]
            # An index is read each time: what it lists may have changed though it did not.
            version = Version() if parsed.sitemaps else response.version
            note = self._note(sitemap.link, version, parsed, state, listing)
            if not parsed.sitemaps and not parsed.is_cut_off:
                note.changed = sitemap.changed


def _in_order(sitemaps: tuple[ListedSitemap, ...], state: FeedState) -> list[ListedSitemap]:
    newest_first = sorted(sitemaps, key=lambda sitemap: sitemap.changed, reverse=True)
    return sorted(newest_first, key=lambda sitemap: _digest(sitemap.link) in state.documents)


def _problems(shown: str, error: SourceError | FeedBusyError | HostBusyError) -> list[FeedProblem]:
    """Say why a further document could not be read; a host that is to be left alone is no fault."""
    match error:
        case HostBusyError():
            return []
        case FeedBusyError():
            return _problems(shown, error.error)
    values = {name: str(value) for name, value in error.values.items()}
    return [FeedProblem(error.key, {"link": shown, **values})]


def _digest(url: str) -> str:
    return short_digest(url, size=4)
