"""The documents that hosts send, feeds, robots.txt and pages, read in a child process, which a hostile one may hang.

The functions of the child take and return records that JSON can hold; see `bot/workers/child_process.py`.
"""

import json
import logging
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from bot.articles.article import Article, ArticleError, RejectionReason, article_fields, article_of
from bot.articles.feeds.feed_entry import EntryReason, FeedEntry, ListedSitemap, ParsedFeed
from bot.articles.feeds.feed_reader import read_feed
from bot.articles.feeds.politeness import judge_page
from bot.articles.html import (
    Claim,
    decode_saved_page,
    is_for_subscribers,
    is_front_page,
    is_paywall_notice,
    own_texts,
    read_page,
    says_gone,
    visible_blocks,
)
from bot.articles.marks import BoilerplatePhrases
from bot.articles.quality import QualityWarning, article_warnings
from bot.articles.readers import read_markdown, write_markdown
from bot.articles.sources import SourceError, Version
from bot.articles.sources.limits import FetchBudget
from bot.workers.child_process import CallError, ChildProcess

logger = logging.getLogger(__name__)

# Chosen: on a busy machine, several times what the largest take.
_SECONDS, _ROBOTS_SECONDS = 60.0, 15.0
_NO_TEXT = frozenset({RejectionReason.NO_BODY, RejectionReason.NO_TITLE, RejectionReason.EMPTY})
_REASONS = {RejectionReason.PAYWALLED: EntryReason.PAYWALLED, RejectionReason.ENCODING: EntryReason.ENCODING}
# What `import` asks about before it writes. A short text is taken where a feed says that it is a piece.
_NO_ARTICLE = {
    QualityWarning.EMPTY: EntryReason.NO_ARTICLE,
    QualityWarning.ERROR_PAGE: EntryReason.NO_ARTICLE,
    QualityWarning.PAYWALL: EntryReason.PAYWALLED,
}


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """The article of an entry, and what it claims to be and is not.

    `version` is that of the page that it was read from, None of a text that the feed carries; `is_walled` where that
    page says that its text is not for all, `is_gone` where it says somewhere that a page or article is gone.
    """

    article: Article
    claim: Claim | None = None
    is_walled: bool = False
    is_gone: bool = False
    version: Version | None = None


@dataclass(frozen=True, slots=True)
class DocumentParser:
    """Reads documents in a child; every method may raise ChildError, or ChildBusyError where it was not begun."""

    phrases: BoilerplatePhrases
    child: ChildProcess = field(default_factory=ChildProcess)

    async def feed(  # noqa: PLR0913, PLR0917 (what came, and from where)
        self, data: bytes, url: str, shown: str, now: datetime, charset: str, budget: FetchBudget
    ) -> ParsedFeed:
        """Read a feed, as `read_feed` does; raise SourceError."""
        record = {"url": url, "shown": shown, "now": now.isoformat(), "charset": charset}
        try:
            found = await self._call(feed_answer, record, data, budget)
        except CallError as error:
            logger.warning("Reading the feed %r failed unexpectedly; it is tried again:\n%s", shown[:200], error)
            raise SourceError("feed.unreadable", url=shown) from error
        if "error" in found:
            raise SourceError(found["error"], **found["values"])
        return parsed_feed(found)

    async def judge(self, robots: bytes, url: str, budget: FetchBudget) -> tuple[bool, float | None]:
        """Judge a page by a robots.txt, as `judge_page` does."""
        found = await self._call(robots_answer, {"url": url}, robots, budget, _ROBOTS_SECONDS)
        return found["allows"], found["delay"]

    async def page(  # noqa: PLR0913, PLR0917 (what came, from where, and how it is judged)
        self,
        data: bytes,
        charset: str,
        link: str,
        sites: Collection[str],
        today: date,
        budget: FetchBudget,
        *,
        has_title: bool,
    ) -> FoundArticle | EntryReason:
        """Read the article of a page that may speak for some sites beside its own, or say why it has none.

        A short one only counts where its entry `has_title`.
        """
        record: dict[str, Any] = {"charset": charset, "link": link, "sites": [*sites]}
        record |= {"today": today.isoformat(), "has_title": has_title}
        try:
            found = await self._call(page_answer, {**record, "phrases": _in_json(self.phrases)}, data, budget)
        except CallError as error:  # whatever one page does to a library, the others are read
            logger.warning("Reading the page %r failed unexpectedly; it gives no article:\n%s", link[:200], error)
            return EntryReason.NO_ARTICLE
        if "reason" in found:
            return EntryReason(found["reason"])
        claim = Claim(*found["claim"]) if found["claim"] else None
        return FoundArticle(article_of(found["article"]), claim, found["is_walled"], found["is_gone"])

    async def written(self, article: Article, budget: FetchBudget) -> tuple[Article, str]:
        """Return the text of an article's file, and the article as it is read from there; raise ArticleError."""
        record = {"article": article_fields(article), "phrases": _in_json(self.phrases)}
        found = await self._call(file_answer, record, b"", budget)
        if "reason" in found:
            raise ArticleError(RejectionReason(found["reason"]))
        return article_of(found["article"]), found["text"]

    async def _call(
        self, answer: Any, record: dict[str, Any], data: bytes, budget: FetchBudget, seconds: float = _SECONDS
    ) -> dict[str, Any]:
        function = f"{__name__}:{answer.__name__}"
        return await self.child.call(function, record, data, seconds, wait=budget.seconds_left)


def feed_answer(record: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Read a feed, in the child."""
    now = datetime.fromisoformat(record["now"])
    try:
        parsed = read_feed(data, record["url"], record["shown"], now, record["charset"])
    except SourceError as error:
        return {"error": error.key, "values": error.values}
    return {
        "entries": [
            (each.link, each.title, each.day and each.day.isoformat(), each.changed, each.body, each.sections)
            for each in parsed.entries
        ],
        "title": parsed.title,
        "sitemaps": [(sitemap.link, sitemap.changed) for sitemap in parsed.sitemaps],
        "linkless": parsed.linkless,
        "is_cut_off": parsed.is_cut_off,
        "lost": parsed.lost,
    }


def parsed_feed(found: dict[str, Any]) -> ParsedFeed:
    entries = (
        FeedEntry(link, title, date.fromisoformat(day) if day else None, changed, body, tuple(sections))
        for link, title, day, changed, body, sections in found["entries"]
    )
    sitemaps = (ListedSitemap(*sitemap) for sitemap in found["sitemaps"])
    counts = found["linkless"], found["is_cut_off"], found["lost"]
    return ParsedFeed(tuple(entries), found["title"], tuple(sitemaps), *counts)


def robots_answer(record: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Judge a page by a robots.txt, in the child."""
    allows, delay = judge_page(data, record["url"])
    return {"allows": allows, "delay": delay}


def page_answer(record: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Read the article of a page, in the child."""
    phrases, link = _phrases_of(record["phrases"]), record["link"]
    try:
        saved = decode_saved_page(data, record["charset"], link)
        found = read_page(saved.url or link, saved.html, phrases, saved.url or link, record["sites"])
    except ArticleError as error:
        # Of a short notice no article can be made.
        is_gone = error.reason in _NO_TEXT and says_gone(own_texts(visible_blocks(saved.html)), phrases)
        return {"reason": EntryReason.GONE if is_gone else _REASONS.get(error.reason, EntryReason.NO_ARTICLE)}
    is_gone = says_gone((found.article.title, *own_texts(found.page_blocks)), phrases)
    warnings = article_warnings(found.article, date.fromisoformat(record["today"]), phrases)
    doubts = [EntryReason.FRONT] if is_front_page(found.page_blocks, found.article) else []
    doubts += [EntryReason.NO_ARTICLE] if QualityWarning.SHORT in warnings and not record["has_title"] else []
    doubts += [_NO_ARTICLE[warning] for warning in warnings if warning in _NO_ARTICLE]
    if doubts:
        return {"reason": EntryReason.GONE if is_gone else doubts[0]}
    claim, texts = found.claim, own_texts(found.page_blocks)
    return {
        "article": article_fields(found.article),
        "claim": claim and (claim.outlet, claim.link),
        "is_walled": is_for_subscribers(saved.html) or any(is_paywall_notice(text, phrases) for text in texts),
        "is_gone": is_gone,
    }


def file_answer(record: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Write an article as a file has it, in the child: what is kept is what will be read."""
    del data
    article = article_of(record["article"])
    text = write_markdown(article)
    try:
        read = read_markdown(article.id, text, _phrases_of(record["phrases"]))
    except ArticleError as error:
        return {"reason": error.reason}
    return {"article": article_fields(read), "text": text}


@lru_cache(maxsize=1)
def _in_json(phrases: BoilerplatePhrases) -> str:
    return json.dumps(asdict(phrases))


@lru_cache(maxsize=1)
def _phrases_of(written: str) -> BoilerplatePhrases:
    return BoilerplatePhrases.from_lists(json.loads(written))
