"""The part of the service that notes what came into the coverage, and sends what is due of it: posts, cards, news."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import discord

from bot.articles import Article, Articles, paragraph_digest
from bot.chat.exchange.delivery import TRY_AGAIN, Duty, FindClient, ready_client
from bot.chat.news.news_post import NewsPost, without_copies
from bot.chat.news.weekly_report import WeeklyReport
from bot.edition import Edition, Editions, Reloaded, ReloadOutcome, RolledBack
from bot.records import Records
from bot.records.news.arrivals import Arrival, CoverageChange, edition_number, note_change
from bot.retrieval import IndexGoneError, Scope, SearchError
from bot.workers.threads import in_daemon_thread

logger = logging.getLogger(__name__)

# Chosen: more than a year of a large newsroom comes only as an archive, of which nobody reads a list.
_MOST = 10_000
# Chosen: so many of the newest articles are looked at after a start, where what served before may not be known.
_MOST_NEWEST = 1000


def coverage_change(outcome: ReloadOutcome | None, edition: Edition, *, at_start: bool = False) -> CoverageChange:
    """Describe the change to the edition that serves; at a start, with its newest articles.

    Articles that a rollback brings back are no news, and neither are the articles of a first edition.
    """
    added: Sequence[Article] = ()
    changed: Sequence[tuple[Article, Article]] = ()
    removed: Sequence[Article] = ()
    serving, before = edition.fingerprint, ""
    if isinstance(outcome, Reloaded | RolledBack) and outcome.before is not None:
        serving, before = outcome.serving.fingerprint, outcome.before
        removed = outcome.changes.removed
        if isinstance(outcome, Reloaded):
            added, changes = without_copies(outcome.changes.added, edition), outcome.changes
            changed = list(zip(changes.changed[:_MOST], changes.previous[:_MOST], strict=True))
    until = Scope(until=edition.as_of) if edition.as_of else None
    newest = edition.catalogue.search("", _MOST_NEWEST, until) if at_start and until else ()
    return CoverageChange(
        edition=edition_number(serving),
        before=edition_number(before) if before else None,
        last_day=edition.as_of.toordinal() if edition.as_of else 0,
        added=_arrivals(added),
        changed=[(now.id, paragraph_digest(text)) for now, then in changed for text in _texts(now) - _texts(then)],
        removed=_arrivals(removed),
        newest=_arrivals(newest),
    )


def _arrivals(articles: Sequence[Article]) -> Sequence[Arrival]:
    some = articles[:_MOST]
    return tuple(
        Arrival(article.id, article.title, article.outlet, article.url, article.published)
        for article in (some.headers() if isinstance(some, Articles) else some)
    )


def _texts(article: Article) -> set[str]:
    return {paragraph.text for paragraph in article.paragraphs if paragraph.text.strip()}


async def _described(describe: Callable[[], CoverageChange]) -> CoverageChange:
    """Describe a change as soon as the search server answers; raise IndexGoneError where its index was removed."""
    while True:
        try:
            return await in_daemon_thread(describe)
        except IndexGoneError:
            raise
        except SearchError as error:
            logger.debug("Changes of the coverage cannot be read yet: %s", error)
        await asyncio.sleep(TRY_AGAIN)


class NewsDesk:
    """Notes outcomes of reloads in their order, and wakes up for what is due."""

    def __init__(  # noqa: PLR0913 (what it notes, sends and asks)
        self,
        records: Records,
        editions: Editions,
        post: NewsPost,
        week: WeeklyReport,
        send_followed: Callable[[discord.Client], Awaitable[float | None]],
        *,
        find_client: FindClient,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._records, self._editions = records, editions
        self._duties = (
            Duty(partial(self._send_due, post.post_due), "News could not be sent"),
            Duty(partial(self._send_due, week.send_due), "The card of the week could not be sent"),
            Duty(partial(self._send_due, send_followed), "What is new for those who follow it could not be sent"),
        )
        self._find_client, self._now = find_client, now
        self._changes: asyncio.Queue[Callable[[], CoverageChange]] = asyncio.Queue()

    def note(self, outcome: ReloadOutcome) -> None:
        """Note the outcome of a reload or rollback; from the event loop."""
        if isinstance(outcome, Reloaded | RolledBack):
            self._changes.put_nowait(partial(coverage_change, outcome, self._editions.current))

    def look(self) -> None:
        """Look at once whether something is due."""
        for duty in self._duties:
            duty.wake()

    async def run(self) -> None:
        """Note what serves before the first reload of this process; note and post until cancelled."""
        serving = partial(coverage_change, self._editions.last, self._editions.current, at_start=True)
        self._changes.put_nowait(serving)
        await asyncio.gather(self._note_changes(), *(duty.run() for duty in self._duties))

    async def _note_changes(self) -> None:
        while True:
            describe = await self._changes.get()
            try:
                # Every article may have come, and each is put together from its arrays.
                change = await _described(describe)
            except IndexGoneError as error:
                logger.warning("Changes of the coverage are missing from the news, their index is gone: %s", error)
                continue
            except Exception:
                logger.exception("Changes of the coverage could not be noted and are missing from the news")
                continue
            finally:
                # An edition serves no longer than somebody holds it.
                del describe
            self._records.write(note_change, change=change, now=int(self._now()))
            self.look()

    async def _send_due(self, send: Callable[[discord.Client], Awaitable[float | None]]) -> float | None:
        return await send(await ready_client(self._find_client))
