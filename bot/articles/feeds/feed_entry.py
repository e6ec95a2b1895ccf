"""Entries of feeds: a published piece each, as its feed has it, with a day and text or none, and why they fail."""

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from html import escape, unescape
from urllib.parse import urljoin

from bot.articles.characters import one_line
from bot.articles.html import without_tracking
from bot.articles.validation import DAY_FIRST, WESTERN_DIGITS, link_key, web_address

MOST_ENTRIES = 50_000
"""As many as the standard of sitemaps allows one."""
MOST_SECTIONS = 50
"""Sections of one entry; news has a handful."""
_KEY_BYTES, _STAMP_BYTES = 8, 6  # of a million entries, two share a key once in 37 million feeds
_LONGEST_DATE = 100  # characters
_OLDEST_YEAR = 1950  # as in the warnings of articles
LONGEST_FIELD = 4096
"""Characters of a title, link, name or date."""
_EPOCH = frozenset({date(1969, 12, 31), date(1970, 1, 1)})  # what programs write where they know no day
_CLOCKS_APART = timedelta(hours=1)  # chosen: what servers' clocks and summer times differ by
# Of what feeds call the content, excerpts end at 55 words (WordPress) or at a few hundred signs.
_FEWEST_WORDS = 120
# What is called a description may be a long lead, too.
_FEWEST_WORDS_OF_DESCRIPTION = 250
# How an excerpt ends, or leads on.
_CUT_OFF = ("…", "...")
_LEADS_ON = ("اقرأ المزيد", "إقرأ المزيد", "قراءة المزيد", "متابعة القراءة", "للمزيد", "read more", "continue reading")
_CLOSING = " )]»\"'>"
_END = 80  # characters that are looked at for it
LONGEST_TEXT = 2_000_000
"""Characters; as much as a file of an article may have bytes, in two-byte letters."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """What a feed says of one piece: its link, title, day, last change as written, full text (HTML), if any, sections.

    `changed` is compared, never read; `sections` are read where entries are filtered, and then forgotten.
    """

    link: str
    title: str = ""
    day: date | None = None
    changed: str = ""
    body: str | None = None
    sections: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Cut a title that is longer than any real one."""
        object.__setattr__(self, "title", self.title[:LONGEST_FIELD])

    @property
    def key(self) -> str:
        """A short digest of what all spellings of the link have in common, in hex."""
        return short_digest(link_key(self.link), size=_KEY_BYTES)

    @property
    def stamp(self) -> str:
        """A short digest of all that differs once the piece was changed, in hex."""
        return short_digest(self.changed, self.title, self.body or "", size=_STAMP_BYTES)


@dataclass(frozen=True, slots=True)
class ListedSitemap:
    """A sitemap that an index lists, and when it was changed, as written."""

    link: str
    changed: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A parsed feed: its title, its entries, the sitemaps of an index, and how many entries have no link to a page.

    `lost` counts entries that broken markup swallowed, as far as can be told.
    `is_cut_off` where the end is missing: the last entry is left out, since it may not be whole.
    """

    entries: tuple[FeedEntry, ...] = ()
    title: str = ""
    sitemaps: tuple[ListedSitemap, ...] = ()
    linkless: int = 0
    is_cut_off: bool = False
    lost: int = 0


def once_each(listed: list[tuple[str, FeedEntry]]) -> dict[str, tuple[str, FeedEntry]]:
    """Merge the entries of each piece into one, by key, with its document, in whatever order they are listed."""
    merged = dict[str, tuple[str, FeedEntry]]()
    for document, entry in sorted(listed, key=_rank, reverse=True):
        place, best = merged.get(entry.key, (document, entry))
        merged[entry.key] = place, replace(best, title=best.title or entry.title, day=best.day or entry.day)
    return merged


def _rank(listed: tuple[str, FeedEntry]) -> tuple[bool | str | int, ...]:
    """Order several entries of one piece: the fullest, newest, safest and plainest is taken."""
    document, entry = listed
    preferred = entry.body is not None, entry.changed, entry.link.startswith("https:"), -len(entry.link)
    return *preferred, entry.link, entry.title, str(entry.day), entry.body or "", document


def short_digest(*parts: str, size: int) -> str:
    """Digest texts into so many bytes, written in hex."""
    data = json.dumps(parts).encode("ascii")  # keeps lone surrogates apart, and the parts
    return hashlib.blake2b(data, digest_size=size).hexdigest()


def entry_link(written: str, base: str) -> str | None:
    """Read a link of an entry, which may count from the feed's own; None where it leads to no page of the web."""
    with suppress(ValueError):  # a broken IPv6 host
        link = web_address(urljoin(base, written.strip())) if written.strip() else None
        # What comes to nothing leads back to the feed.
        return web_address(without_tracking(link)) if link and link_key(link) != link_key(base) else None
    return None


def entry_day(written: str, now: datetime) -> date | None:
    """Read the day of a date in RFC 822 or ISO 8601, or written day/month/year, in the zone of the date itself.

    None for a day to come, the day on which computers count from, and whatever is no full date.
    """
    moment = _moment(written)
    if moment is None:
        return None
    day = moment.date()
    if day.year < _OLDEST_YEAR or day in _EPOCH:
        return None
    try:
        is_to_come = moment > now + _CLOCKS_APART if moment.tzinfo else day > now.astimezone(UTC).date()
    except OverflowError:  # the last day of all, in another zone
        return None
    return None if is_to_come else day


def unix_time(written: str) -> float:
    """Read a date in one of these forms, with its zone, as a Unix time; 0 where it is none."""
    moment = _moment(written)
    with suppress(OverflowError, ValueError):
        return moment.timestamp() if moment is not None and moment.tzinfo is not None else 0.0
    return 0.0


def _moment(written: str) -> datetime | None:
    text = one_line(written[: _LONGEST_DATE + 1]).translate(WESTERN_DIGITS)
    if not text or len(text) > _LONGEST_DATE:
        return None
    with suppress(ValueError):
        if match := DAY_FIRST.fullmatch(text):
            day, month, year = map(int, match.groups())
            return datetime(year, month, day)  # noqa: DTZ001 (a day of no zone)
        return datetime.fromisoformat(text)
    with suppress(ValueError, OverflowError, TypeError, IndexError):  # as it raises for words that are nearly a date
        return parsedate_to_datetime(text)
    return None


def without_markup(text: str) -> str:
    """Return a line of HTML as plain text; a bracket that never closes stays, as in «5 < 7»."""
    kept, position = list[str](), 0
    while (start := text.find("<", position)) >= 0 and (end := text.find(">", start)) >= 0:
        kept += [text[position:start], " "]
        position = end + 1
    return one_line(unescape("".join([*kept, text[position:]])))


def as_full_text(html: str, *, is_description: bool = False) -> str | None:
    """Return the text of a feed (HTML) where it is the whole of the piece; None for an excerpt."""
    if len(html) > LONGEST_TEXT:
        return None
    text = without_markup(html)
    end = text[-_END:].lower()
    is_excerpt = end.rstrip(_CLOSING).endswith(_CUT_OFF) or any(words in end for words in _LEADS_ON)
    fewest = _FEWEST_WORDS_OF_DESCRIPTION if is_description else _FEWEST_WORDS
    return html if len(text.split()) >= fewest and not is_excerpt else None


def page_of(entry: FeedEntry) -> str:
    """Lay the full text of an entry out as a page, so that it is read as pages are."""
    title, canonical = escape(entry.title), f'<link rel="canonical" href="{escape(entry.link)}">'
    day = f'<meta property="article:published_time" content="{entry.day.isoformat()}">' if entry.day else ""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:title" content="{title}">{canonical}{day}</head>'
        f"<body><article><h1>{title}</h1>{entry.body or ''}</article></body></html>"
    )


class EntryReason(StrEnum):
    """Why an entry gave no article; each has a sentence in the reply texts, under `feed.page`."""

    BAD_LINK = "bad_link"
    PRIVATE = "private"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    STATUS = "status"
    BUSY = "busy"
    REDIRECTS = "redirects"
    KIND = "kind"
    TOO_LARGE = "too_large"
    BROKEN = "broken"
    ROBOTS = "robots"
    ROBOTS_AWAY = "robots_away"
    NO_ARTICLE = "no_article"
    GONE = "gone"
    FRONT = "front"
    PAYWALLED = "paywalled"
    ENCODING = "encoding"
    HUNG = "hung"


_LASTING = frozenset(EntryReason) - {
    EntryReason.UNREACHABLE,
    EntryReason.TIMEOUT,
    EntryReason.BUSY,
    EntryReason.BROKEN,
    EntryReason.ROBOTS_AWAY,
    EntryReason.STATUS,
    EntryReason.HUNG,
}
# Seconds to the next try, the factor from one to the next, and tries in all. Chosen: three days and a half where it may
# pass, four days where it hardly will.
_PAUSES = (900.0, 4.0, 6)
_LASTING_PAUSES = (24 * 3600.0, 3.0, 3)


class EntryError(Exception):
    """Why an entry gave no article; `is_lasting` where another try soon would end the same."""

    def __init__(self, reason: EntryReason, detail: str = "") -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.detail = detail
        # A page that is not there, or is not for everybody, will hardly be there in an hour.
        self.is_lasting = reason in _LASTING or (reason is EntryReason.STATUS and detail[:1] == "4")

    def pause(self, tries: int) -> float | None:
        """Return the seconds to the next try after so many, None where there is none."""
        first, factor, most = _LASTING_PAUSES if self.is_lasting else _PAUSES
        return first * factor ** (tries - 1) if tries < most else None
