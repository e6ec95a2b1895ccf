"""One fetch of a feed: what it lists compared with what is known, and as much of that done as the limits allow."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.articles.article import ArticleError
from bot.articles.feeds.entry_articles import EntryArticles, child_errors_converted
from bot.articles.feeds.feed_client import FeedBusyError, FeedClient
from bot.articles.feeds.feed_documents import HUNG, FeedDocuments, Listing
from bot.articles.feeds.feed_entry import EntryError, EntryReason, FeedEntry, once_each
from bot.articles.feeds.feed_folder import FeedFolder, Written, article_files
from bot.articles.feeds.feed_state import FeedState, KnownEntry, TryAgain
from bot.articles.feeds.page_memory import DAY
from bot.articles.feeds.page_reviews import PageReviews
from bot.articles.feeds.politeness import HostBusyError
from bot.articles.html import Claim
from bot.articles.sources import MEGABYTE, SourceError, SourceProblem
from bot.articles.sources.limits import FetchBudget
from bot.articles.sources.remote_source import doubled_wait
from bot.articles.sources.safe_paths import for_display

logger = logging.getLogger(__name__)

_MOST_A_FETCH = 500  # entries; at a second each they would take longer than a fetch may
_CHECKPOINT = 25  # entries; so many at most are looked at once more after a kill
_FEED_PAUSE, _LONGEST_FEED_PAUSE = 60.0, 6 * 3600.0
# Pages of a fetch that hang, and fetches in a row in which so many do, or the feed itself does: then the feed waits.
_MOST_HUNG = 2
_MOST_CALM = 6  # doublings, so that a site that says that everything changed all the time is asked every two months


@dataclass
class FeedRun:
    """A fetch at work; what it has done is in the state and the folder, whatever ends it."""

    _shown: str
    _folder: Path
    _client: FeedClient
    _articles: EntryArticles
    _state: FeedState
    _budget: FetchBudget
    _quoted: Mapping[str, int]
    _taken = 0
    _has_claims = False
    _hung = 0

    def __post_init__(self) -> None:
        self._files = FeedFolder(self._folder)
        self._reviews = PageReviews(
            self._shown, self._folder, self._files, self._client, self._articles, self._budget, self._quoted
        )
        self._problems = list[SourceError]()
        self._today = self._client.now.date().toordinal()
        self._received = self._client.received

    async def run(self, *, force: bool) -> None:
        """Ask the feed, unless it is too early for that, and work on what is due; raise OSError."""
        state, now = self._state, self._client.pace.clock()
        self._client.pace.restore(state.held)
        if state.claims is not None and self._articles.is_own(state.claims.link):
            state.claims = None  # that host belongs to the outlet, as its maintainer has said since
        may_ask = force or state.again.is_due(now, DAY)
        if may_ask:
            self._merge(await self._listing())
        if force:
            for known, _ in state.waiting.values():
                known.again.at = min(known.again.at, now)
        state.write(self._folder)
        try:
            # Of a feed that hung the reading of its documents, nothing is read while it waits.
            if self._hung < _MOST_HUNG and (may_ask or state.hung < _MOST_HUNG):
                await self._work()
            if self._hung >= _MOST_HUNG:
                self._note_hung()
            elif may_ask and not self._hung:
                state.hung = 0
            if not self._hung:
                await self._reviews.run(self._has_time, is_away=bool(state.again.key))
        finally:
            state.held = self._client.pace.held()
            self._reviews.memory.write(self._folder)
            state.write(self._folder)

    def problems(self) -> tuple[SourceProblem, ...]:
        """Return all that is known to fail: of the feed itself, of entries that are tried again, of those given up."""
        state, again = self._state, self._state.again
        errors = [*self._problems, *self._reviews.problems()]
        if (last := state.claims) is not None:
            values = {"number": str(last.number), "page": last.page, "claimed": last.claimed}
            errors.append(SourceError("feed.claims", link=self._shown, **values))
        failed = [known for known in state.known.values() if known.again.key]
        failed.sort(key=lambda known: known.done if known.entry is None else -1)
        errors += [SourceError(each.again.key, **each.again.values) for each in failed]
        away = [SourceProblem(self._shown, SourceError(again.key, **again.values), is_away=True)] if again.key else []
        return (*away, *(SourceProblem(self._shown, error) for error in errors))

    async def _listing(self) -> Listing:
        """Read what the feed lists; nothing where it fails, which the state notes."""
        state, now = self._state, self._client.pace.clock()
        has_plenty = sum(known.again.is_due(now) for known, _ in state.waiting.values()) >= _MOST_A_FETCH

        def is_known(entry: FeedEntry) -> bool:
            return entry.key in state.known or self._files.has_article(entry)

        try:
            documents = FeedDocuments(self._client, self._shown, state, is_known, self._budget)
            listing = await documents.read(has_plenty=has_plenty)
        except HostBusyError as error:
            state.again.at = error.until
            return Listing()
        except FeedBusyError as error:
            self._note_failure(error.error, min(error.seconds, _LONGEST_FEED_PAUSE))
            return Listing()
        except SourceError as error:
            self._hung = _MOST_HUNG if error.key == HUNG else 0
            self._note_failure(error, min(_FEED_PAUSE * 2.0 ** min(state.again.tries, 10), _LONGEST_FEED_PAUSE))
            return Listing()
        state.again = TryAgain()
        self._problems = listing.problems
        self._hung = sum(problem.key == HUNG for problem in listing.problems)
        return listing

    def _note_failure(self, error: SourceError, pause: float) -> None:
        values = {"link": self._shown, **{name: str(value) for name, value in error.values.items()}}
        tries = self._state.again.tries + 1
        self._state.again = TryAgain(self._client.pace.clock() + pause, tries, error.key, values)

    def _note_hung(self) -> None:
        """Count a fetch whose documents hung; from the second in a row on, the feed waits longer and longer."""
        state = self._state
        state.hung += 1
        if state.hung < _MOST_HUNG:
            self._note_failure(SourceError(HUNG, url=self._shown), _FEED_PAUSE)
            return
        pause = doubled_wait(state.hung)
        until = f"{datetime.fromtimestamp(self._client.pace.clock() + pause, UTC):%Y-%m-%d %H:%M} UTC"
        self._note_failure(SourceError("feed.waits", url=self._shown, count=state.hung, until=until), pause)

    def _merge(self, listing: Listing) -> None:
        """Compare what is listed with what is known: new and changed entries wait to be done."""
        state, now = self._state, self._client.pace.clock()
        out = self._reviews.memory.out
        for key, (document, listed) in once_each(listing.entries).items():
            # A text under the link of another outlet is not that outlet's word: its page is fetched instead.
            is_posed = listed.body is not None and not self._articles.is_own(listed.link)
            entry = replace(listed, body=None) if is_posed else listed
            known, stamp = state.known.get(key), entry.stamp
            if key in out:
                # Whatever the feed says, it stays out while its page refuses, which is looked at sooner.
                if known is not None and known.stamp != stamp and out[key].page.looked <= now - DAY:
                    out[key].page.looked = 0
                state.known[key] = KnownEntry(document, stamp, self._today, self._today)
                continue
            if known is None:
                if is_posed:
                    self._note_claim(self._shown, Claim(None, entry.link))
                known = state.known[key] = KnownEntry(document, stamp, self._today)
                # The article may be there: what was known of it was lost, or forgotten since it was listed last.
                known.done, known.entry = (self._today, None) if self._files.has_article(entry) else (0, entry)
            elif known.entry is not None:
                # Its tries stay: some feeds call everything changed all the time.
                known.entry, known.stamp = entry, stamp
            elif known.stamp != stamp and (entry.body is not None or known.again.is_due(now)):
                known.entry, known.stamp, known.again = entry, stamp, TryAgain()
            known.document, known.listed = document, self._today
        state.forget(listing.whole, self._today)

    async def _work(self) -> None:
        """Do what is due: first entries that need no request, then new ones, those that failed, and changed ones."""
        state, now = self._state, self._client.pace.clock()

        def urgency(item: tuple[str, tuple[KnownEntry, FeedEntry]]) -> tuple[int, int, str]:
            key, (known, entry) = item
            kind = 0 if entry.body is not None else 2 if known.again.key else 3 if known.done else 1
            return kind, -(entry.day.toordinal() if entry.day else self._today), key

        due = sorted((item for item in state.waiting.items() if item[1][0].again.is_due(now)), key=urgency)
        limits, files = self._budget.limits, article_files(self._folder)
        room = limits.files - len(files) if sum(file.size for file in files) < limits.unpacked_bytes else 0
        done = 0
        for number, (_, (known, entry)) in enumerate(due):
            if done == _MOST_A_FETCH or self._hung == _MOST_HUNG or not self._has_time():
                break
            if self._taken >= room and not known.done:
                continue
            self._budget.report_progress(number, len(due))
            if await self._do(known, entry):
                done += 1
                if done % _CHECKPOINT == 0:
                    self._reviews.memory.write(self._folder)
                    state.write(self._folder)
        now = self._client.pace.clock()
        is_left = any(known.again.is_due(now) or not known.again.key for known, _ in state.waiting.values())
        if self._taken >= room and is_left:
            values = {"number": str(limits.files), "megabytes": str(limits.unpacked_bytes // MEGABYTE)}
            self._problems.append(SourceError("feed.full", **values))

    def _has_time(self) -> bool:
        try:
            self._budget.check_time()
            self._budget.check_download(self._client.received - self._received)
        except SourceError:
            return False
        return True

    async def _do(self, known: KnownEntry, entry: FeedEntry) -> bool:
        """Make the article of an entry and write it; return whether anything was done. Raise OSError."""
        try:
            found = await self._articles.article(entry, self._state.title, self._files.title_of, self._budget)
            if found.claim is not None:
                self._note_claim(found.article.url or entry.link, found.claim)
            self._reviews.check(found.article.url or entry.link, found)
            # What is kept is the article as it will be read.
            with child_errors_converted(self._client):
                article, text = await self._client.parser.written(found.article, self._budget)
            written, path = self._files.write(article, text)
            self._reviews.note_article(path, written, replace(found, article=article), entry)
        except HostBusyError as error:
            known.again.at = error.until
            return False
        except (EntryError, ArticleError) as error:
            reason = error if isinstance(error, EntryError) else EntryError(EntryReason.NO_ARTICLE)
            self._reviews.note_failure(entry.link, reason)
            self._fail(known, entry, reason)
            return True
        self._taken += written is Written.NEW
        in_vain = written is Written.SAME and known.done > 0
        self._finish(known, TryAgain(), in_vain=in_vain)
        return True

    def _note_claim(self, page: str, claim: Claim) -> None:
        shown = for_display(page), for_display(str(claim))
        self._state.note_claim(*shown, claim.link or "", self._today)
        if not self._has_claims:
            logger.warning("%s has a text that claims to be another outlet's: %s claims %s", self._shown, *shown)
        self._has_claims = True

    def _finish(self, known: KnownEntry, again: TryAgain, *, in_vain: bool) -> None:
        """Note that an entry is done; each time that nothing came of it, its next change waits longer."""
        known.entry, known.done, known.again = None, self._today, again
        known.calm = known.calm + 1 if in_vain else 0
        if in_vain:
            again.at = self._client.pace.clock() + DAY * 2 ** min(known.calm, _MOST_CALM)

    def _fail(self, known: KnownEntry, entry: FeedEntry, error: EntryError) -> None:
        """Let an entry wait for another try, or give it up."""
        self._hung += error.reason is EntryReason.HUNG
        values = {"link": for_display(entry.link), "detail": error.detail}
        again = known.again = TryAgain(0.0, known.again.tries + 1, f"feed.page.{error.reason.value}", values)
        if (pause := error.pause(again.tries)) is not None:
            again.at = self._client.pace.clock() + pause
        else:
            self._finish(known, again, in_vain=True)
