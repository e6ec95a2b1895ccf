"""The article of an entry: of the text that its feed carries, or else of its page."""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from bot.articles.article import Article
from bot.articles.article_store import outlet_key
from bot.articles.feeds.document_parser import FoundArticle
from bot.articles.feeds.feed_client import BUSY, FeedClient
from bot.articles.feeds.feed_entry import EntryError, EntryReason, FeedEntry, entry_day, page_of
from bot.articles.feeds.politeness import HostBusyError
from bot.articles.html import Claim
from bot.articles.importing.page_download import FetchError, FetchReason
from bot.articles.sources import Version
from bot.articles.sources.limits import FetchBudget
from bot.articles.sources.source import NO_VERSION
from bot.articles.validation import link_key, site_of, web_address
from bot.workers.child_process import ChildBusyError, ChildError

_NO_LETTERS = re.compile(r"[\W_]+")
_SHORTEST_NAME = 20
_LONGEST_OUTLET = 60  # characters; a longer title of a feed is a sentence about it

# A site's front page, also that of one of its languages.
_FRONT = re.compile(r"(?:[a-z]{2}(?:-[a-z]{2})?)?/*(?:(?:home|index|default)(?:\.\w+)?)?", re.IGNORECASE)

OwnerTitle = Callable[[str], str | None]
"""Returns the title of the article that has a link already, None where none has."""


class EntryArticles:
    """Makes articles of entries, so that none speaks in the name of another outlet.

    `outlet` is that of all articles, whatever they say; `hosts` belong to the outlet beside the feed's own; `others`
    are the outlets of other sources.
    """

    def __init__(
        self, client: FeedClient, outlet: str | None, hosts: Collection[str] = (), others: Collection[str] = ()
    ) -> None:
        self._client = client
        self._outlet = outlet
        links = (client.url, *(f"https://{host}" for host in hosts))
        self._sites = frozenset(site for link in links if (site := site_of(link)))
        self._others = frozenset(map(outlet_key, others))

    def is_own(self, link: str) -> bool:
        """Whether a link is of the feed's site, or of one that belongs to its outlet."""
        return site_of(link) in self._sites

    async def article(
        self,
        entry: FeedEntry,
        feed_title: str,
        owner_title: OwnerTitle,
        budget: FetchBudget,
        known: Version = NO_VERSION,
    ) -> FoundArticle:
        """Return the article of an entry; of a page that still has the `known` version, the error has status 304.

        Raise EntryError, or HostBusyError where its host is not to be asked now.
        """
        with child_errors_converted(self._client):
            found, link = None, entry.link
            if entry.body is not None and entry.title and self.is_own(link):
                # The text that the feed carries, where it is the whole of the piece.
                found = await self._read(page_of(entry).encode("utf-8", "replace"), "utf-8", link, entry, budget)
            if found is None or isinstance(found, EntryReason):
                found, link = await self._of_page(entry, budget, known)
        article, claim = found.article, found.claim
        # Where a page names no outlet, its host was taken for that.
        parts = urlsplit(article.url or "")
        hosts = {(host or "").lower().removeprefix("www.") for host in (parts.hostname, parts.netloc)}
        name = article.outlet or None
        if name and name.lower().removeprefix("www.") in hosts:
            name = None
        if name and claim is None and outlet_key(name) in self._others:
            claim = Claim(name)
        if name is None and claim is None and self.is_own(link) and len(feed_title) <= _LONGEST_OUTLET:
            name = feed_title
        # A site's own day may be ahead of Greenwich's.
        latest, day = self._client.now + timedelta(hours=14), article.published
        article = replace(
            article,
            outlet=self._outlet or self._name_with_site(name, link),
            url=_own_link(article, entry.link, link, owner_title),
            published=(day and entry_day(day.isoformat(), latest)) or entry.day,
        )
        return replace(found, article=article, claim=claim)

    def _name_with_site(self, name: str | None, link: str) -> str | None:
        """Return the name that an outlet has for itself, with its site beside it unless that is the same.

        Both fit where cards show an outlet: a long name must not hide whose it is.
        """
        site = re.sub(r"(?<=[^:]):\d+$", "", site_of(link) or "")
        if not name or not site or outlet_key(name) in self._others:
            return site or None
        is_said = _NO_LETTERS.sub("", name.lower()) in {_NO_LETTERS.sub("", site), site.partition(".")[0]}
        return name if is_said else f"{name[: max(_SHORTEST_NAME, _LONGEST_OUTLET - len(site))]} ({site})"

    async def _of_page(self, entry: FeedEntry, budget: FetchBudget, known: Version) -> tuple[FoundArticle, str]:
        try:
            page = await self._client.page(entry.link, budget, known)
        except FetchError as error:
            is_busy = error.reason is FetchReason.STATUS and error.detail in BUSY
            reason = EntryReason.BUSY if is_busy else EntryReason(error.reason.value)
            raise EntryError(reason, error.detail) from error
        link = web_address(page.url) or entry.link
        if _is_front(link) and not _is_front(entry.link):
            raise EntryError(EntryReason.FRONT)
        found = await self._read(page.data, page.charset, link, entry, budget)
        if isinstance(found, EntryReason):
            # Under its own link, a page that has headlines between its paragraphs may be laid out anew.
            is_own = found is EntryReason.FRONT and link_key(link) == link_key(entry.link)
            raise EntryError(EntryReason.NO_ARTICLE if is_own else found)
        return replace(found, version=page.version), link

    async def _read(
        self, data: bytes, charset: str, link: str, entry: FeedEntry, budget: FetchBudget
    ) -> FoundArticle | EntryReason:
        parser, today, sites = self._client.parser, self._client.now.date(), self._sites if self.is_own(link) else ()
        return await parser.page(data, charset, link, sites, today, budget, has_title=bool(entry.title))


@contextmanager
def child_errors_converted(client: FeedClient) -> Iterator[None]:
    """Raise HostBusyError where the child has no time, and EntryError where a document hung it."""
    try:
        yield
    except ChildBusyError as error:
        raise HostBusyError(client.pace.clock()) from error
    except ChildError as error:
        raise EntryError(EntryReason.HUNG) from error


def _is_front(link: str) -> bool:
    parts = urlsplit(link)
    return not parts.query and _FRONT.fullmatch(parts.path.strip("/")) is not None


def _own_link(article: Article, listed: str, reached: str, owner_title: OwnerTitle) -> str:
    """Return the link that a page gives for itself, or the one it was reached by where another article has that.

    Some sites name one and the same link in many pages.
    """
    given = article.url
    if given is None:
        return reached
    is_same = link_key(given) in {link_key(listed), link_key(reached)}
    return given if is_same or owner_title(given) in {None, article.title} else reached
