"""What a feed's source remembers beside its articles: a hidden JSON file, small, and made anew where it is damaged."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, astuple, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Self

from bot.articles.feeds.feed_entry import FeedEntry
from bot.storage import atomic_write

_FILE = ".feed.json"
_VERSION = 2
_MOST_WAITING = 2000  # entries that are remembered with their links; feeds list a hundred, and sitemaps list theirs on
_MOST_GIVEN_UP = 200
_MOST_DOCUMENTS = 1000
_MOST_DONE = 200_000
_MOST_BYTES = 64 * 1024 * 1024
# Entries come and go at the end of a feed. One that was away for longer, and whose article has another link, costs a
# request when it returns.
_DAYS_KEPT = 7
_DAYS_NAMED = 30  # for which the report names an entry that was given up
_LONGEST_WAIT = 65 * 24 * 3600.0  # seconds; no pause is as long
_LONGEST = 2048  # characters of a field; a link has no more


@dataclass(slots=True)
class Document:
    """A feed or sitemap that was read: a server's words about its version, and an index's about its last change."""

    etag: str | None = None
    modified: str | None = None
    changed: str = ""


@dataclass(slots=True)
class TryAgain:
    """When something may be tried again (Unix time), how often in a row it failed, and the text's key and values."""

    at: float = 0.0
    tries: int = 0
    key: str = ""
    values: dict[str, str] = field(default_factory=dict)

    def is_due(self, now: float, longest: float = _LONGEST_WAIT) -> bool:
        """Whether it may be tried now; a clock that was set back delays nothing for ever."""
        return not now < self.at <= now + longest


@dataclass(slots=True)
class KnownEntry:
    """An entry that a document lists: its stamp, and the days (ordinals) that it was listed and done on last.

    `entry` is what is to be done, None where nothing is; `calm` how many times in a row nothing had changed when it was
    done again. What failed and is not to be done was given up.
    """

    document: str
    stamp: str
    listed: int
    done: int = 0
    calm: int = 0
    again: TryAgain = field(default_factory=TryAgain)
    entry: FeedEntry | None = None


@dataclass(frozen=True, slots=True)
class Claims:
    """Texts that claimed to be another outlet's: how many, the last with what it claimed, its day (ordinal)."""

    number: int
    page: str
    claimed: str
    link: str
    day: int


@dataclass(slots=True)
class FeedState:
    """The whole state. `is_partial` where some of what documents list is not remembered, so that they are read again.

    `held` are hosts that want to be left alone, and until when; `page` is where the reading of WordPress's pages goes
    on; `again` is of the feed itself; `hung` counts the fetches in a row whose documents hung their child.
    """

    documents: dict[str, Document] = field(default_factory=dict)
    known: dict[str, KnownEntry] = field(default_factory=dict)
    held: dict[str, float] = field(default_factory=dict)
    title: str = ""
    page: int = 0
    is_partial: bool = False
    hung: int = 0
    again: TryAgain = field(default_factory=TryAgain)
    claims: Claims | None = None
    _on_disk: bytes = field(default=b"", init=False, compare=False, repr=False)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the state of a folder; an empty one where it is missing, damaged or of another version."""
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            with (folder / _FILE).open("rb") as stream:
                data = stream.read(_MOST_BYTES)
            record = json.loads(data)
            if record["version"] == _VERSION:
                return cls._of(record, data)
        return cls()

    @property
    def waiting(self) -> dict[str, tuple[KnownEntry, FeedEntry]]:
        """The entries that are to be done, by their keys."""
        return {key: (known, known.entry) for key, known in self.known.items() if known.entry is not None}

    def write(self, folder: Path) -> None:
        """Write it whole or not at all, and only where it has changed; raise OSError."""
        data = json.dumps(self._record(), separators=(",", ":")).encode()
        if self._on_disk != _digest(data):
            atomic_write(folder / _FILE, data)
            self._on_disk = _digest(data)

    def note_claim(self, page: str, claimed: str, link: str, today: int) -> None:
        """Note that a text claimed to be another outlet's, under a link of that or ""."""
        number = 1 + (self.claims.number if self.claims is not None else 0)
        self.claims = Claims(number, page, claimed, link[:_LONGEST], today)

    def forget(self, listed: Mapping[str, set[str]], today: int) -> None:
        """Forget entries that documents, read whole with these keys, list no more; and the oldest of too many."""
        done = {key: known for key, known in self.known.items() if known.entry is None}
        gone = {
            key
            for key, known in done.items()
            if (known.document in listed and key not in listed[known.document]) or known.document not in self.documents
            if not 0 <= today - known.listed < _DAYS_KEPT
        }
        if len(done) - len(gone) > _MOST_DONE:
            oldest = sorted(done.keys() - gone, key=lambda key: done[key].listed)
            gone.update(oldest[: len(oldest) - _MOST_DONE])
        for key in gone:
            del self.known[key]
        given_up = [known for known in done.values() if known.again.key]
        given_up.sort(key=lambda known: known.done, reverse=True)
        for number, known in enumerate(given_up):
            if number >= _MOST_GIVEN_UP or not 0 <= today - known.done < _DAYS_NAMED:
                known.again = TryAgain(known.again.at)
        self.documents = dict(list(self.documents.items())[-_MOST_DOCUMENTS:])
        if self.claims is not None and not 0 <= today - self.claims.day < _DAYS_NAMED:
            self.claims = None

    def _record(self) -> dict[str, Any]:
        waiting = self.waiting
        kept = {key for key, _ in sorted(waiting.items(), key=lambda item: not item[1][0].again.key)[:_MOST_WAITING]}
        left_out = waiting.keys() - kept
        return {
            "version": _VERSION,
            **{name: getattr(self, name) for name in _PLAIN},
            # Texts are not remembered: the feed has them.
            "is_partial": self.is_partial or bool(left_out) or any(entry.body for _, entry in waiting.values()),
            "documents": {key: asdict(document) for key, document in self.documents.items()},
            "claims": astuple(self.claims) if self.claims is not None else None,
            "again": astuple(self.again),
            # Of what is left out, that it was done before, with a stamp that is none: it is listed again, as changed.
            "known": {
                key: _known_record(replace(known, stamp="", entry=None) if key in left_out else known)
                for key, known in self.known.items()
                if key not in left_out or known.done
            },
        }

    @classmethod
    def _of(cls, record: Mapping[str, Any], data: bytes) -> Self:
        state = cls()
        state._on_disk = _digest(data)
        for name in _PLAIN:
            if type(record[name]) is not type(getattr(state, name)):
                raise TypeError(name)
            setattr(state, name, record[name])
        state.held = {host: float(until) for host, until in state.held.items()}
        state.documents = {key: Document(**document) for key, document in record["documents"].items()}
        state.known = {key: _known(known) for key, known in record["known"].items()}
        state.again = _again(*record["again"])
        state.claims = Claims(*record["claims"]) if record["claims"] else None
        return state


_PLAIN = ("held", "title", "page", "is_partial", "hung")


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data).digest()


def _known_record(known: KnownEntry) -> list[Any]:
    """Write an entry without its text: a page has it, and the feed while it lists the entry."""
    entry, again = known.entry, astuple(known.again) if known.again != TryAgain() else ()
    day = entry.day.isoformat() if entry is not None and entry.day else None
    listed = [entry.link, entry.title[:_LONGEST], day, entry.changed[:_LONGEST]] if entry is not None else ()
    return [known.document, known.stamp, known.listed, known.done, known.calm, again, listed]


def _known(record: Sequence[Any]) -> KnownEntry:
    document, stamp, listed, done, calm, again, entry = record
    known = KnownEntry(str(document), str(stamp), int(listed), int(done), int(calm), _again(*again))
    if entry:
        link, title, day, changed = entry
        known.entry = FeedEntry(str(link), str(title), date.fromisoformat(day) if day else None, str(changed))
    return known


def _again(at: float = 0.0, tries: int = 0, key: str = "", values: Mapping[str, Any] | None = None) -> TryAgain:
    return TryAgain(float(at), int(tries), str(key), {name: str(value) for name, value in (values or {}).items()})
