"""The source of a feed: what is new and what changed of it, fetched politely, kept as article files."""

import asyncio
import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from bot.articles.corpus import ProgressCallback, no_progress
from bot.articles.corpus_files import CorpusFile
from bot.articles.feeds.entry_articles import EntryArticles
from bot.articles.feeds.feed_client import FeedClient
from bot.articles.feeds.feed_folder import article_files
from bot.articles.feeds.feed_reader import check_extra
from bot.articles.feeds.feed_run import FeedRun
from bot.articles.feeds.feed_state import FeedState
from bot.articles.feeds.page_memory import PageMemory
from bot.articles.feeds.page_reviews import withdrawn_in
from bot.articles.removals import Removal
from bot.articles.sources import Copy, Fetched, FetchLimits, Source, SourceError, SourceProblem, Version
from bot.articles.sources.archive_download import unless_ended
from bot.articles.sources.limits import FetchBudget
from bot.articles.sources.safe_paths import disk_errors_converted
from bot.articles.units import with_digests
from bot.storage import alone_with, remove_abandoned

FEED_REFRESH = 900.0
"""Seconds. Chosen: news is a quarter of an hour old at most, and a feed is asked 96 times a day, mostly for nothing."""


class FeedSource(Source):
    """A feed by its address. Its articles are added to a folder and renewed there, and stay when it lists them no more.

    While the feed is away, a fetch gives the articles that there are, and `problems` says what is wrong: other sources
    can reload all the same.
    """

    problems: tuple[SourceProblem, ...] = ()

    def __init__(  # noqa: PLR0913, PLR0917 (what, where to, and how it may be fetched)
        self,
        client: FeedClient,
        shown: str,
        folder: Path,
        limits: FetchLimits,
        outlet: str | None = None,
        hosts: Collection[str] = (),
        others: Collection[str] = (),
        quoted: Callable[[], Mapping[str, int]] = dict,
    ) -> None:
        """Keep the articles of a client's feed, which people see as `shown`, in a folder that need not exist yet.

        `outlet` is that of all its articles, None where they may name it. `hosts` are believed as the feed's own is,
        and `others` are outlets in whose names nothing here speaks. `quoted` says how often an article was quoted of
        late, by its id here: the page of one that was is looked at more often.
        """
        self._client, self._shown, self._folder, self._limits = client, shown, folder, limits
        self._articles = EntryArticles(client, outlet, hosts, others)
        self._quoted = quoted
        self._looked: tuple[list[CorpusFile], Version] | None = None

    @property
    def name(self) -> str:
        return self._shown

    @property
    def copies(self) -> Mapping[str, Copy]:
        return PageMemory.read(self._folder).copies

    @cached_property
    def withdrawn(self) -> Sequence[Removal]:
        return withdrawn_in(self._folder)

    @property
    def usual_refresh(self) -> float:
        return FEED_REFRESH

    def fetch(self, progress: ProgressCallback = no_progress, *, force: bool = False) -> Fetched:
        """Take what is new, as far as the limits allow, and give the folder of all articles; raise SourceError.

        `force` asks a feed that failed, and tries entries that did, before their time; never a host before its own.
        """
        check_extra(self._shown)
        with disk_errors_converted(self._folder.parent):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with alone_with(self._folder / ".feed.lock") as is_alone:
                # What another process takes meanwhile, this one gives the next time.
                if is_alone:
                    remove_abandoned(self._folder)
                    self._run(FetchBudget(self._limits, progress), force=force)
            vars(self).pop("withdrawn", None)
            return self._fetched()

    def _run(self, budget: FetchBudget, *, force: bool) -> None:
        state = FeedState.read(self._folder)
        run = FeedRun(self._shown, self._folder, self._client, self._articles, state, budget, self._quoted())
        try:
            with self._client.parser.child.in_use():
                asyncio.run(unless_ended(run.run(force=force), budget))
        finally:
            self.problems = run.problems()

    def _fetched(self) -> Fetched:
        files = article_files(self._folder)
        # Of a feed that withdrew all, nothing stays.
        if not files and not self.withdrawn:
            errors = [problem.error for problem in self.problems]
            if own := next((error for error in errors if not error.key.startswith("feed.page.")), None):
                raise SourceError(own.key, **{name: value for name, value in own.values.items() if name != "link"})
            raise SourceError("feed.no_articles", url=self._shown, number=len(errors))
        if self._looked is None or self._looked[0] != files:
            digests = sorted((file.name, file.digest.hex()) for file in with_digests(files))
            digest = hashlib.sha256(repr(digests).encode("utf-8", "surrogatepass")).hexdigest()
            self._looked = (files, Version(digest=digest))
        return Fetched(self._folder, self._looked[1])
