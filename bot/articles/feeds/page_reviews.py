"""Second looks at the pages of a feed's articles: what a site withdrew leaves, what it corrected is written anew."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from bot.articles.article import Article, ArticleError
from bot.articles.feeds.document_parser import FoundArticle
from bot.articles.feeds.entry_articles import EntryArticles, child_errors_converted
from bot.articles.feeds.feed_client import FeedClient
from bot.articles.feeds.feed_entry import EntryError, EntryReason, FeedEntry, unix_time
from bot.articles.feeds.feed_folder import FeedFolder, Written, article_files
from bot.articles.feeds.page_memory import DAY, Page, PageMemory, Withdrawal, text_digest
from bot.articles.feeds.page_rhythm import SHORTEST, PageRhythm, Place
from bot.articles.feeds.politeness import HostBusyError
from bot.articles.importing import text_of
from bot.articles.marks import fold
from bot.articles.quality import ERROR_WORDS
from bot.articles.readers import read_markdown
from bot.articles.removals import Removal
from bot.articles.sources import SourceError
from bot.articles.sources.limits import FetchBudget
from bot.articles.sources.safe_paths import for_display
from bot.articles.sources.source import NO_VERSION

_MOST_UNCLEAR = 3  # looks of a fetch that end in a time-out or the like: the site is not well
_STUB = 2 / 3  # of the words: what a page with a paywall shows less
_ALIKE = 0.3  # of the shorter text's runs of three words: versions of one text
_DAYS_NAMED = 7
_REFUSALS = frozenset({EntryReason.GONE, EntryReason.FRONT, EntryReason.PAYWALLED})
_NOBODY = frozenset({EntryReason.UNREACHABLE, EntryReason.TIMEOUT, EntryReason.STATUS})


@dataclass
class PageReviews:
    """The looks of one fetch; what comes of them is in the memory and the folder."""

    _shown: str
    _folder: Path
    _files: FeedFolder
    _client: FeedClient
    _articles: EntryArticles
    _budget: FetchBudget
    _quoted: Mapping[str, int]
    _is_away = False

    def __post_init__(self) -> None:
        self.memory = PageMemory.read(self._folder)
        self._rhythm = PageRhythm(self.memory, self._quoted, self._client.pace.clock)

    def note_article(self, path: Path, written: Written, found: FoundArticle, entry: FeedEntry) -> None:
        """Note that an article was made of an entry."""
        now, name = int(self._now), path.relative_to(self._folder).as_posix()
        if written is Written.NEW:
            self.memory.pages[name] = Page(came=now, wait=now + SHORTEST)
        page = self.memory.pages.setdefault(name, Page())
        if written is not Written.SAME:
            page.dead = ""
            stamp = int(unix_time(entry.changed))
            page.changed, page.stamp = now, stamp if page.stamp < stamp <= now else 0
            page.is_own = found.version is None
            # Its page may differ from a text that the feed carries, which is no correction.
            page.text = page.etag = page.modified = ""
        if found.version is not None:
            page.note_text(now, text_digest(found.article), found.version)
        if gone := self.memory.out.get(FeedEntry(found.article.url or "").key):
            gone.returned = now

    def note_failure(self, link: str, error: EntryError) -> None:
        """Note that the page of a changed entry gave no article."""
        if (path := self._files.links.path_of(link)) is not None:
            self._note(self.memory.pages.setdefault(path.relative_to(self._folder).as_posix(), Page()), error)

    def check(self, link: str, found: FoundArticle) -> None:
        """Raise EntryError where the page of a new or changed entry has its article no more, or not for all."""
        path = self._files.links.path_of(link)
        if path is not None and (old := self._read(path)) is not None:
            _check(found, _words(old), is_other=not _is_alike(old, found.article))
        else:
            _check(found, 0, is_other=_words(found.article) < ERROR_WORDS)

    async def run(self, has_time: Callable[[], bool], *, is_away: bool) -> None:
        """Look at what is due, as far as the bounds allow, and take out what was withdrawn; raise OSError.

        Where the feed `is_away`, no page says that it is gone.
        """
        memory, rhythm, self._is_away = self.memory, self._rhythm, is_away
        for gone in memory.out.values():
            # A fetch that was killed had not got so far.
            if (old := self._read(self._folder / gone.name)) is not None and old.url == gone.link:
                self._files.links.delete(self._folder / gone.name)
        try:
            files = [file for file in article_files(self._folder) if file.suffix == ".md"]
            await self._look_at(rhythm.due(files), has_time)
            if rhythm.sure and not is_away:
                # Whether all its site is gone, only other pages of it can tell.
                await self._look_at(rhythm.sample(), has_time)
            if not (is_away or rhythm.is_doubtful(asks=True)):
                for name in rhythm.sure:
                    self._withdraw(name)
            for name, page in memory.pages.items():
                if page.dead != (since := rhythm.dead_since(page)):
                    self._files.mark_dead(self._folder / name, since)
                    page.dead = since
        finally:
            memory.write(self._folder)

    def problems(self) -> Iterator[SourceError]:
        """Yield what was withdrawn or came back in the last days, and what is not believed, for moderators."""
        if self._rhythm.sure and self._rhythm.is_doubtful():
            refusing, looked = self._rhythm.refusing()
            values = {"link": self._shown, "number": str(refusing), "looked": str(looked)}
            yield SourceError("feed.many_refuse", **values)
        since = self._now - _DAYS_NAMED * DAY
        for gone in sorted(self.memory.withdrawn.values(), key=lambda gone: -gone.taken):
            values = {"link": for_display(gone.link), "title": gone.title, "outlet": gone.outlet, "feed": self._shown}
            if gone.returned > since:
                yield SourceError("feed.returned", **values)
            elif gone.taken > since and not gone.returned:
                day = datetime.fromtimestamp(gone.page.refused, UTC).date().isoformat()
                yield SourceError(f"feed.withdrawn.{gone.page.reason}", **values, day=day)

    @property
    def _now(self) -> float:
        return self._client.pace.clock()

    async def _look_at(self, places: Iterable[Place], has_time: Callable[[], bool]) -> None:
        unclear = 0
        for place in places:
            if unclear == _MOST_UNCLEAR or not has_time():
                return
            unclear += not await self._look(place)

    async def _look(self, place: Place) -> bool:
        """Look at a page; return whether that told anything. Raise OSError."""
        page = self._rhythm.page(place)
        try:
            if isinstance(place, Withdrawal):
                await self._look_again(place)
            elif (old := self._read(self._folder / place)) is not None and old.url:
                await self._compare(self._folder / place, page, old)
            else:
                page.looked = int(self._now)  # nobody knows where to look
        except HostBusyError as error:
            page.wait = int(error.until)
            return False
        except (EntryError, ArticleError) as error:
            return self._note(page, error)
        return True

    async def _compare(self, path: Path, page: Page, old: Article) -> None:
        """Look at the page of an article, and write the article anew where its text is another one since the last."""
        found = await self._ask(FeedEntry(old.url or "", old.title, old.published), page)
        is_other = not _is_alike(old, found.article)
        _check(found, _words(old), is_other=is_other)
        article, text = await self._written(found, old.url, old.outlet, old.published)
        is_replaced = False
        if is_other:
            # Perhaps a wall that stands before all pages. What stays for a day, and is on this one alone, is its text.
            other = text_digest(replace(article, title=""))
            is_replaced = page.other == other and sum(one.other == other for one in self.memory.pages.values()) == 1
            if not is_replaced:
                page.other, page.wait = other, int(self._now) + DAY
                raise EntryError(EntryReason.NO_ARTICLE)
        digest = text_digest(article)
        is_corrected = page.text not in {"", digest} or is_replaced
        page.note_text(self._now, digest, found.version or NO_VERSION)
        if is_corrected and text != text_of(path):
            self._files.rewrite(path, article, text)
            page.changed, page.stamp, page.is_own = int(self._now), 0, False

    async def _look_again(self, gone: Withdrawal) -> None:
        """Look at the page of a withdrawn article, and bring the article back where it is there again."""
        day = date.fromisoformat(gone.day) if gone.day else None
        found = await self._ask(FeedEntry(gone.link, gone.title, day))
        _check(found, gone.words, is_other=True)
        article, text = await self._written(found, gone.link, gone.outlet or None, day)
        if fold(article.title) != fold(gone.title) and text_digest(article) != gone.page.text:
            raise EntryError(EntryReason.NO_ARTICLE)
        path = self._folder / gone.name
        if path.exists():  # another article of its day and title
            path = self._files.write(article, text)[1]
        else:
            self._files.rewrite(path, article, text)
        page = self.memory.pages[path.relative_to(self._folder).as_posix()] = gone.page
        page.note_text(self._now, text_digest(article), found.version or NO_VERSION)
        page.changed, page.stamp, page.is_own, gone.returned = int(self._now), 0, False, int(self._now)

    async def _ask(self, entry: FeedEntry, page: Page | None = None) -> FoundArticle:
        known = page.version if page and page.text else NO_VERSION
        return await self._articles.article(entry, "", self._files.title_of, self._budget, known)

    async def _written(
        self, found: FoundArticle, url: str | None, outlet: str | None, published: date | None
    ) -> tuple[Article, str]:
        """Return an article as its file will have it, under its link, outlet and day, with the text of that."""
        article = replace(found.article, url=url, outlet=outlet, published=published or found.article.published)
        with child_errors_converted(self._client):
            return await self._client.parser.written(article, self._budget)

    def _note(self, page: Page, error: EntryError | ArticleError) -> bool:
        """Note why a page gave no article; return whether that tells anything of it."""
        reason, detail = (error.reason, error.detail) if isinstance(error, EntryError) else (EntryReason.NO_ARTICLE, "")
        is_refusal = reason in _REFUSALS or (reason is EntryReason.STATUS and detail in {"404", "410"})
        # What is forbidden, or no article, will hardly be there soon, and says nothing of other pages.
        is_lasting = isinstance(error, ArticleError) or error.is_lasting
        if reason is EntryReason.STATUS and detail == "304" and page.text:
            page.note_text(self._now, page.text, page.version)
        elif is_refusal and not self._is_away:
            page.note_refusal(self._now, reason)
        elif is_refusal or (reason in _NOBODY and not is_lasting):
            self._rhythm.note_away(page)
            return False
        else:
            page.wait = max(page.wait, int(self._now) + (DAY if is_lasting else SHORTEST))
            return is_lasting
        return True

    def _withdraw(self, name: str) -> None:
        """Take an article out, once that is written down."""
        page, path = self.memory.pages.pop(name), self._folder / name
        if (old := self._read(path)) is None:
            return
        day, link = old.published.isoformat() if old.published else "", old.url or ""
        gone = Withdrawal(name, link, old.title, old.outlet or "", day, _words(old), int(self._now), 0, page)
        self.memory.withdrawn[FeedEntry(link).key] = gone
        self.memory.write(self._folder)
        self._files.links.delete(path)

    def _read(self, path: Path) -> Article | None:
        with suppress(ArticleError):
            return read_markdown(path.stem, text_of(path), self._client.parser.phrases)
        return None


def withdrawn_in(folder: Path) -> list[Removal]:
    """List the articles of a feed's folder that are out since their pages refuse them."""

    def name(gone: Withdrawal) -> str:
        # Another article may have it by now.
        return gone.link if (folder / gone.name).exists() else gone.name.removesuffix(".md")

    out = PageMemory.read(folder).out.values()
    return [Removal(name(gone), gone.link, gone.title, is_withdrawn=True) for gone in out]


def _words(article: Article) -> int:
    return sum(len(paragraph.text.split()) for paragraph in article.paragraphs)


def _check(found: FoundArticle, words: int, *, is_other: bool) -> None:
    """Raise EntryError where a page `is_other` than before and says that it is gone, or has fewer words and a wall."""
    if found.is_gone and is_other:
        raise EntryError(EntryReason.GONE)
    if found.is_walled and _words(found.article) < _STUB * words:
        raise EntryError(EntryReason.PAYWALLED)


def _is_alike(one: Article, other: Article) -> bool:
    """Whether two articles are versions of one text."""
    runs = list[set[tuple[str, ...]]]()
    for article in (one, other):
        words = fold(" ".join(paragraph.text for paragraph in article.paragraphs)).split()
        runs.append({tuple(words[place : place + 3]) for place in range(max(len(words) - 2, 1))})
    return len(runs[0] & runs[1]) >= _ALIKE * min(map(len, runs))
