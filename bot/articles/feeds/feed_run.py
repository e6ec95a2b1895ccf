"""One fetch of a feed: what it lists put beside what is known, and as much of that done as the limits allow."""

import logging
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.articles.article import Article, ArticleError
from bot.articles.feeds.entry_articles import EntryArticles, EntryError
from bot.articles.feeds.feed_client import FeedBusyError, FeedClient
from bot.articles.feeds.feed_documents import HUNG, FeedDocuments, Listing
from bot.articles.feeds.feed_entry import FeedEntry, once_each
from bot.articles.feeds.feed_folder import FeedFolder, Written, article_files
from bot.articles.feeds.feed_report import EntryReason, FeedProblem, FeedReport
from bot.articles.feeds.feed_state import FeedState, GivenUp, Seen, Waiting
from bot.articles.feeds.host_pace import HostBusyError
from bot.articles.html import Claim
from bot.articles.sources import MEGABYTE, SourceError
from bot.articles.sources.limits import FetchBudget
from bot.articles.sources.safe_paths import for_display
from bot.child_process import ChildBusyError, ChildError

logger = logging.getLogger(__name__)

_TRYING = ".feed.hold"  # as those of other sources are called, so that no copy of the folder takes it along
_MOST_A_FETCH = 500  # entries; at a second each they would take longer than a fetch may
_CHECKPOINT = 25  # entries; so many at most are looked at once more after a kill
_DAY = 24 * 3600.0
_FEED_PAUSE, _LONGEST_FEED_PAUSE = 60.0, 6 * 3600.0
# Pages of a fetch that hang, and fetches in a row in which so many do, or the feed itself does: then the feed waits.
_MOST_HUNG = 2
_HUNG_PAUSE, _LONGEST_HUNG_PAUSE = 3600.0, 24 * 3600.0
_MOST_CALM = 6  # doublings, so that a site that says that everything changed all the time is asked every two months


class FeedRun:
    """A fetch at work on the state; what it has done is there whatever ends it."""

    def __init__(  # noqa: PLR0913, PLR0917 (the parts of a source)
        self,
        shown: str,
        folder: Path,
        client: FeedClient,
        articles: EntryArticles,
        state: FeedState,
        budget: FetchBudget,
    ) -> None:
        self._shown = shown
        self._folder = folder
        self._client = client
        self._articles = articles
        self._files = FeedFolder(folder)
        self._state = state
        self._budget = budget
        self._written: Counter[Written] = Counter()
        self._problems = list[FeedProblem]()
        self._today = client.now.date().toordinal()
        self._received = client.received
        self._left = 0
        self._has_claims = False
        self._hung = 0

    async def run(self, *, force: bool) -> None:
        """Ask the feed, unless it is too early for that, and do what is to be done; raise OSError."""
        state, now = self._state, self._client.pace.clock()
        self._client.pace.restore(state.held)
        if state.claims is not None and self._articles.is_own(state.claims.link):
            state.claims = None  # that host belongs to the outlet, as its maintainer has said since
        may_ask = force or not now < state.ask_after <= now + _DAY
        if may_ask:
            self._merge(await self._listing())
        self._count_killed()
        if force:
            for waiting in state.waiting.values():
                waiting.due = min(waiting.due, now)
        state.write(self._folder)
        try:
            # Of a feed that hung the reading of its documents, nothing is read while it waits.
            if self._hung < _MOST_HUNG and (may_ask or state.hung < _MOST_HUNG):
                await self._work()
            if self._hung:
                self._note_hung()
            elif may_ask:
                state.hung = 0
        finally:
            state.held = self._client.pace.held()
            state.write(self._folder)

    def report(self) -> FeedReport:
        """Say what came of it so far."""
        state = self._state
        own = [FeedProblem(state.error, state.values, is_away=True)] if state.error else []
        claimed = list[FeedProblem]()
        if (last := state.claims) is not None:
            values = {"number": str(last.number), "page": last.page, "claimed": last.claimed}
            claimed.append(FeedProblem("feed.claims", {"link": self._shown, **values}))
        failed = (
            FeedProblem(waiting.key, waiting.values, waiting.tries, waiting.due)
            for waiting in state.waiting.values()
            if waiting.tries
        )
        given_up = (FeedProblem(given.key, given.values, given.tries) for given in state.given_up.values())
        return FeedReport(
            taken=self._written[Written.NEW],
            changed=self._written[Written.CHANGED],
            unchanged=self._written[Written.SAME],
            left=self._left,
            problems=(*own, *self._problems, *claimed, *failed, *given_up),
        )

    async def _listing(self) -> Listing:
        """Read what the feed lists; nothing where it fails, which the state notes."""
        state, now = self._state, self._client.pace.clock()
        has_plenty = sum(waiting.is_due(now) for waiting in state.waiting.values()) >= _MOST_A_FETCH
        documents = FeedDocuments(self._client, self._shown)
        try:
            listing = await documents.read(state, self._is_known, self._budget, has_plenty=has_plenty)
        except HostBusyError as error:
            state.ask_after = error.until
            return Listing()
        except FeedBusyError as error:
            self._note_failure(error.error, min(error.seconds, _LONGEST_FEED_PAUSE))
            return Listing()
        except SourceError as error:
            self._hung = _MOST_HUNG if error.key == HUNG else 0
            self._note_failure(error, min(_FEED_PAUSE * 2.0 ** min(state.failures, 10), _LONGEST_FEED_PAUSE))
            return Listing()
        state.failures, state.ask_after, state.error, state.values = 0, 0.0, "", {}
        self._problems = listing.problems
        self._hung = sum(problem.key == HUNG for problem in listing.problems)
        return listing

    def _note_failure(self, error: SourceError, pause: float) -> None:
        state = self._state
        state.failures += 1
        state.ask_after = self._client.pace.clock() + pause
        state.error = error.key
        state.values = {"link": self._shown, **{name: str(value) for name, value in error.values.items()}}

    def _note_hung(self) -> None:
        """Count a fetch whose documents hung; from the second in a row on, the feed waits longer and longer."""
        if self._hung < _MOST_HUNG:
            return
        state = self._state
        state.hung += 1
        if state.hung < _MOST_HUNG:
            self._note_failure(SourceError(HUNG, url=self._shown), _FEED_PAUSE)
            return
        pause = min(_HUNG_PAUSE * 2.0 ** min(state.hung - _MOST_HUNG, 10), _LONGEST_HUNG_PAUSE)
        until = f"{datetime.fromtimestamp(self._client.pace.clock() + pause, UTC):%Y-%m-%d %H:%M} UTC"
        self._note_failure(SourceError("feed.waits", url=self._shown, count=state.hung, until=until), pause)

    def _is_known(self, entry: FeedEntry) -> bool:
        key = entry.key
        return key in self._state.seen or key in self._state.waiting or self._files.has_article(entry)

    def _merge(self, listing: Listing) -> None:
        """Put what is listed beside what is known: new and changed entries wait to be done."""
        state = self._state
        for key, (document, listed) in once_each(listing.entries).items():
            # A text under the link of another outlet is not that outlet's word: its page is asked for.
            is_posed = listed.body is not None and not self._articles.is_own(listed.link)
            entry = replace(listed, body=None) if is_posed else listed
            seen, stamp = state.seen.get(key), entry.stamp
            if is_posed and seen is None and key not in state.waiting:
                self._note_claim(self._shown, Claim(None, entry.link))
            if seen is not None:
                seen.document, seen.listed = document, self._today
            if waiting := state.waiting.get(key):
                # Its tries stay: some feeds call everything changed all the time.
                state.waiting[key] = replace(waiting, entry=entry, stamp=stamp, document=document)
            elif seen is None and self._files.has_article(entry):
                # What was known of it was lost, or forgotten since it was listed last.
                state.seen[key] = Seen(stamp, document, self._today, self._today)
            elif seen is None or (seen.stamp != stamp and (entry.body is not None or self._may_be_asked(seen))):
                state.waiting[key] = Waiting(entry, stamp, document)
        state.forget(listing.whole, self._today)

    def _may_be_asked(self, seen: Seen) -> bool:
        """Tell whether a page may be asked for again: later each time that the feed's word for it meant nothing."""
        days = 2 ** min(seen.calm, _MOST_CALM) if seen.calm else 0
        return not 0 <= self._today - seen.done < days

    def _count_killed(self) -> None:
        """Count it as a try where the process was killed in the middle of an entry, unless its article is there."""
        state, note = self._state, self._folder / _TRYING
        with suppress(OSError):
            key = note.read_text(encoding="ascii", errors="replace")
            written = [other for other in state.waiting.keys() - state.seen.keys() if self._is_written(other)]
            for other in written:
                self._finish(other)
            if key in state.waiting:
                self._fail(key, EntryError(EntryReason.KILLED))
            note.unlink()

    def _is_written(self, key: str) -> bool:
        return self._files.has_article(self._state.waiting[key].entry)

    async def _work(self) -> None:
        """Do what is due, those first that need no request, then the new, those that failed, and the changed."""
        state, now = self._state, self._client.pace.clock()
        due = sorted((key for key, waiting in state.waiting.items() if waiting.is_due(now)), key=self._urgency)
        limits, files = self._budget.limits, article_files(self._folder)
        room = limits.files - len(files) if sum(file.size for file in files) < limits.unpacked_bytes else 0
        done = 0
        for number, key in enumerate(due):
            if done == _MOST_A_FETCH or self._hung == _MOST_HUNG or not self._has_time():
                break
            if self._written[Written.NEW] >= room and key not in state.seen:
                continue
            self._budget.report_progress(number, len(due))
            if await self._do(key):
                done += 1
                if done % _CHECKPOINT == 0:
                    state.write(self._folder)
        now = self._client.pace.clock()
        self._left = sum(waiting.is_due(now) or not waiting.tries for waiting in state.waiting.values())
        if self._written[Written.NEW] >= room and self._left:
            megabytes = limits.unpacked_bytes // MEGABYTE
            values = {"number": str(limits.files), "megabytes": str(megabytes)}
            self._problems.append(FeedProblem("feed.full", values))

    def _urgency(self, key: str) -> tuple[int, int, str]:
        waiting = self._state.waiting[key]
        entry = waiting.entry
        kind = 0 if entry.body is not None else 2 if waiting.tries else 3 if key in self._state.seen else 1
        return kind, -(entry.day.toordinal() if entry.day else self._today), key

    def _has_time(self) -> bool:
        try:
            self._budget.check_time()
            self._budget.check_download(self._client.received - self._received)
        except SourceError:
            return False
        return True

    async def _do(self, key: str) -> bool:
        """Make the article of an entry and write it; tell whether anything was done. Raise OSError."""
        state = self._state
        waiting = state.waiting[key]
        note = self._folder / _TRYING
        note.write_text(key, encoding="ascii")
        try:
            article, claim = await self._articles.article(
                waiting.entry, state.title, self._files.title_of, self._budget
            )
            if claim is not None:
                self._note_claim(article.url or waiting.entry.link, claim)
            written = self._files.write(*await self._as_file(article))
        except HostBusyError as error:
            waiting.due = error.until
            return False
        except EntryError as error:
            self._fail(key, error)
            return True
        except ArticleError:
            self._fail(key, EntryError(EntryReason.NO_ARTICLE))
            return True
        finally:
            note.unlink(missing_ok=True)
        self._written[written] += 1
        self._finish(key, in_vain=written is Written.SAME and key in state.seen)
        return True

    def _note_claim(self, page: str, claim: Claim) -> None:
        shown = for_display(page), for_display(str(claim))
        self._state.note_claim(*shown, claim.link or "", self._today)
        if not self._has_claims:
            logger.warning("%s has a text that gives itself for another outlet's: %s for %s", self._shown, *shown)
        self._has_claims = True

    async def _as_file(self, article: Article) -> tuple[Article, str]:
        """Return an article as it will be read, and its file; raise ArticleError, HostBusyError or EntryError."""
        try:
            return await self._client.parser.written(article, self._budget)
        except ChildBusyError as error:
            raise HostBusyError(self._client.pace.clock()) from error
        except ChildError as error:
            raise EntryError(EntryReason.HUNG) from error

    def _finish(self, key: str, *, in_vain: bool = False) -> None:
        """Note that an entry is done, and whether nothing came of doing it."""
        state = self._state
        waiting, before = state.waiting.pop(key), state.seen.get(key)
        state.given_up.pop(key, None)
        calm = (before.calm if before is not None else 0) + 1 if in_vain else 0
        state.seen[key] = Seen(waiting.stamp, waiting.document, self._today, self._today, calm)

    def _fail(self, key: str, error: EntryError) -> None:
        """Let an entry wait for another try, or give it up."""
        state, waiting = self._state, self._state.waiting[key]
        self._hung += error.reason is EntryReason.HUNG
        waiting.tries += 1
        waiting.key = f"feed.page.{error.reason.value}"
        waiting.values = {"link": for_display(waiting.entry.link), "detail": error.detail}
        pause = error.pause(waiting.tries)
        if pause is not None:
            waiting.due = self._client.pace.clock() + pause
        else:
            given_up = GivenUp(waiting.entry.link, self._today, waiting.tries, waiting.key, waiting.values)
            self._finish(key, in_vain=True)
            state.given_up[key] = given_up
