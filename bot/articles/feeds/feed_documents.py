"""The documents of a feed: the feed itself, the further pages of WordPress's posts, the sitemaps of an index."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from yarl import URL

from bot.articles.feeds.feed_client import FeedBusyError, FeedClient, FeedResponse
from bot.articles.feeds.feed_entry import MOST_ENTRIES, FeedEntry, ListedSitemap, ParsedFeed, short_digest
from bot.articles.feeds.feed_state import Document, FeedState
from bot.articles.feeds.politeness import HostBusyError
from bot.articles.origins import ALL_ENTRIES
from bot.articles.sources import SourceError, Version
from bot.articles.sources.address import shown_url
from bot.articles.sources.limits import FetchBudget
from bot.articles.sources.safe_paths import for_display
from bot.articles.sources.source import NO_VERSION
from bot.workers.child_process import ChildBusyError, ChildError

HUNG = "feed.hung"
"""The key of the error of a document that ended the child that read it."""
# Requests of one fetch besides that for the feed itself; what is left is read at the next.
_MOST_FURTHER = 20
_MOST_HUNG = 2  # documents of one fetch that end the child that reads them
_DEEPEST = 2  # indexes of indexes, which the standard forbids and sites have


@dataclass(slots=True)
class Listing:
    """What documents list: entries with the digests of their documents, and the keys of each that was read whole."""

    entries: list[tuple[str, FeedEntry]] = field(default_factory=list)
    whole: dict[str, set[str]] = field(default_factory=dict)
    problems: list[SourceError] = field(default_factory=list)

    def add(self, document: str, parsed: ParsedFeed, shown: str) -> None:
        self.entries += [(document, entry) for entry in parsed.entries]
        if not parsed.is_cut_off:
            self.whole.setdefault(document, set()).update(entry.key for entry in parsed.entries)
        else:
            self.problems.append(SourceError("feed.cut_off", link=shown))
        if parsed.linkless:
            self.problems.append(SourceError("feed.linkless", link=shown, number=str(parsed.linkless)))
        if parsed.lost:
            self.problems.append(SourceError("feed.lost", link=shown, number=str(parsed.lost)))

    def note_failure(self, shown: str, error: SourceError | FeedBusyError | HostBusyError) -> None:
        """Note why a further document could not be read; a host that is to be left alone is no fault."""
        if not isinstance(error, HostBusyError):
            cause = error.error if isinstance(error, FeedBusyError) else error
            values = {name: str(value) for name, value in cause.values.items()}
            self.problems.append(SourceError(cause.key, **{"link": shown, **values}))


@dataclass
class FeedDocuments:
    """Reads what is new of the documents in one fetch, and notes in the state which versions were read.

    `_is_known` says whether an entry needs no look at the pages behind it.
    """

    _client: FeedClient
    _shown: str
    _state: FeedState
    _is_known: Callable[[FeedEntry], bool]
    _budget: FetchBudget
    _listing: Listing = field(default_factory=Listing)

    async def read(self, *, has_plenty: bool) -> Listing:
        """Read the feed, and what it leads on to; while there is plenty to do, the sitemaps of an index wait.

        Raise SourceError, FeedBusyError or HostBusyError for the feed itself.
        """
        state, listing, url = self._state, self._listing, self._client.url
        was_partial, state.is_partial = state.is_partial, False
        try:
            response = await self._ask(url, self._shown, anew=was_partial or state.page > 0)
            if response is None:
                return listing
            parsed = await self._parse(response, self._shown)
        except BaseException:
            state.is_partial = was_partial
            raise
        if response.moved:
            moved = shown_url(urlsplit(response.moved))
            listing.problems.append(SourceError("feed.moved", link=self._shown, target=for_display(moved)))
        state.title = parsed.title[:200] or state.title
        if parsed.sitemaps:
            state.documents[self._key(url)] = Document()
            await self._sitemaps(parsed, anew=was_partial, left=0 if has_plenty else _MOST_FURTHER)
        else:
            self._note(url, response.version, parsed)
            if response.pages > 1 and "page" not in URL(url).query:
                await self._pages(response.pages, is_fresh=not all(map(self._is_known, parsed.entries)))
        return listing

    async def _ask(self, url: str, shown: str, *, anew: bool) -> FeedResponse | None:
        document = self._state.documents.get(self._key(url))
        known = Version(document.etag, document.modified) if document is not None and not anew else NO_VERSION
        return await self._client.feed(url, shown, known, self._budget)

    async def _parse(self, response: FeedResponse, shown: str) -> ParsedFeed:
        client, budget = self._client, self._budget
        try:
            found = await client.parser.feed(response.data, response.url, shown, client.now, response.charset, budget)
        except ChildBusyError as error:
            raise SourceError("source.timeout", seconds=round(budget.limits.seconds)) from error
        except ChildError as error:
            raise SourceError(HUNG, url=shown) from error
        taken = (each for each in found.entries if client.taken.takes(each.link, each.title, each.sections))
        entries = tuple(replace(each, sections=()) for each in taken)
        if found.entries and not entries:
            # As a filter with a slip in it does; a feed with nothing else today does so as well.
            self._listing.problems.append(SourceError("feed.filtered", link=shown, number=str(len(found.entries))))
        return replace(found, entries=entries)

    def _note(self, url: str, version: Version, parsed: ParsedFeed) -> Document:
        """Take what a document lists; one whose end is missing is read again."""
        digest = self._key(url)
        self._listing.add(digest, parsed, self._shown)
        self._state.documents.pop(digest, None)  # the newest stand last
        known = Document() if parsed.is_cut_off else Document(version.etag, version.modified)
        self._state.documents[digest] = known
        return known

    async def _pages(self, last: int, *, is_fresh: bool) -> None:
        """Read further pages of posts as long as they have new ones; then go on where an earlier fetch stopped."""
        state, page, end = self._state, 2, min(last, 1 + _MOST_FURTHER)
        while is_fresh and page <= end:
            parsed = await self._page(page)
            if parsed is None:
                state.page = page
                return
            is_fresh, page = not all(map(self._is_known, parsed.entries)), page + 1
        left = end + 1 - page
        if not is_fresh:
            # New posts move older ones to later pages; deleted ones move them back, by a page at most.
            page = max(page, state.page - 1) if state.page else last + 1
            while page <= last and left > 0 and await self._page(page) is not None:
                page, left = page + 1, left - 1
        state.page = page if page <= last else 0

    async def _page(self, page: int) -> ParsedFeed | None:
        """Read one further page of posts, None where that fails."""
        url = URL(self._client.url)
        try:
            response = await self._client.feed(str(url.update_query(page=page)), self._shown, NO_VERSION, self._budget)
            parsed = await self._parse(response, self._shown) if response is not None else None
        except (SourceError, FeedBusyError, HostBusyError) as error:
            self._listing.note_failure(self._shown, error)
            return None
        if parsed is not None:
            self._listing.add(self._key(self._client.url), parsed, self._shown)
        return parsed

    async def _sitemaps(self, index: ParsedFeed, *, anew: bool, left: int) -> None:
        """Read the sitemaps that changed, first those that were never read, then the newest, at most so many."""
        state, listing = self._state, self._listing
        queue = deque((sitemap, 1) for sitemap in self._in_order(index.sitemaps))
        while queue:
            sitemap, depth = queue.popleft()
            known = state.documents.get(self._key(sitemap.link))
            if known is not None and known.changed and known.changed == sitemap.changed and not anew:
                continue
            if left == 0 or len(listing.entries) >= MOST_ENTRIES:
                state.is_partial = True
                return
            left -= 1
            shown = for_display(shown_url(urlsplit(sitemap.link)))
            try:
                response = await self._ask(sitemap.link, shown, anew=anew)
                parsed = await self._parse(response, shown) if response is not None else None
            except (SourceError, FeedBusyError, HostBusyError) as error:
                listing.note_failure(shown, error)
                if sum(problem.key == HUNG for problem in listing.problems) < _MOST_HUNG:
                    continue
                state.is_partial = True
                return
            if response is None or parsed is None:
                state.documents[self._key(sitemap.link)].changed = sitemap.changed
                continue
            if parsed.sitemaps and depth < _DEEPEST:
                queue += [(inner, depth + 1) for inner in self._in_order(parsed.sitemaps)]
            # An index is read each time: what it lists may have changed though it did not.
            note = self._note(sitemap.link, NO_VERSION if parsed.sitemaps else response.version, parsed)
            if not parsed.sitemaps and not parsed.is_cut_off:
                note.changed = sitemap.changed

    def _in_order(self, sitemaps: tuple[ListedSitemap, ...]) -> list[ListedSitemap]:
        newest_first = sorted(sitemaps, key=lambda sitemap: sitemap.changed, reverse=True)
        return sorted(newest_first, key=lambda sitemap: self._key(sitemap.link) in self._state.documents)

    def _key(self, url: str) -> str:
        """Return the key of a document as this filter reads it: under another one it is read anew."""
        chosen = () if self._client.taken == ALL_ENTRIES else (repr(self._client.taken),)
        return short_digest(url, *chosen, size=4)
