"""What a feed's source remembers beside its articles: a hidden JSON file, small, and made anew where it is damaged."""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, astuple, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any, Self

from bot.articles.feeds.feed_entry import FeedEntry
from bot.storage import atomic_write

_FILE = ".feed.json"
_VERSION = 1
_MOST_WAITING = 2000  # entries that are remembered with their links; feeds list a hundred, and sitemaps list theirs on
_MOST_GIVEN_UP = 200
_MOST_DOCUMENTS = 1000
_MOST_SEEN = 200_000
_MOST_BYTES = 64 * 1024 * 1024
# Entries come and go at the end of a feed. One that was away for longer, and whose article has another link, costs a
# request when it returns.
_DAYS_KEPT = 7
_DAYS_NAMED = 30  # for which the report names an entry that was given up
_LONGEST_WAIT = 30 * 24 * 3600.0  # seconds; no pause is as long
_LONGEST = 2048  # characters of a field; a link has no more


@dataclass(slots=True)
class Document:
    """A feed or sitemap that was read: a server's words about its version, and an index's about its last change."""

    etag: str | None = None
    modified: str | None = None
    changed: str = ""


@dataclass(slots=True)
class Seen:
    """An entry that is done: its stamp, its document, the days (ordinals) that it was listed and done on.

    `calm` is how many times in a row it was done again and nothing had changed.
    """

    stamp: str
    document: str
    listed: int
    done: int
    calm: int = 0


@dataclass(slots=True)
class Waiting:
    """An entry that is to be done from a Unix time on, and how it failed so far: tries, a text's key and its values.

    `stamp` is that of the entry as it was listed.
    """

    entry: FeedEntry
    stamp: str
    document: str
    due: float = 0.0
    tries: int = 0
    key: str = ""
    values: dict[str, str] = field(default_factory=dict)

    def is_due(self, now: float) -> bool:
        """Whether it may be done now; a clock that was set back delays nothing for ever."""
        return not now < self.due <= now + _LONGEST_WAIT


@dataclass(slots=True)
class GivenUp:
    """An entry that is not tried again unless it changes: its link, the day, and how it failed last."""

    link: str
    day: int
    tries: int
    key: str
    values: dict[str, str] = field(default_factory=dict)


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
    on; `failures` counts how often in a row the feed itself gave nothing, `error` is a text's key, and `ask_after` the
    Unix time before which it is not asked; `hung` counts the fetches in a row whose documents hung their child.
    """

    documents: dict[str, Document] = field(default_factory=dict)
    seen: dict[str, Seen] = field(default_factory=dict)
    waiting: dict[str, Waiting] = field(default_factory=dict)
    given_up: dict[str, GivenUp] = field(default_factory=dict)
    held: dict[str, float] = field(default_factory=dict)
    title: str = ""
    page: int = 0
    is_partial: bool = False
    failures: int = 0
    hung: int = 0
    ask_after: float = 0.0
    error: str = ""
    values: dict[str, str] = field(default_factory=dict)
    claims: Claims | None = None
    _on_disk: bytes = field(default=b"", init=False, compare=False, repr=False)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the state of a folder; an empty one where it is missing, damaged or of a newer program."""
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            with (folder / _FILE).open("rb") as stream:
                data = stream.read(_MOST_BYTES)
            record = json.loads(data)
            if record["version"] == _VERSION:
                return cls._of(record, data)
        return cls()

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
        gone = {
            key
            for key, seen in self.seen.items()
            if (seen.document in listed and key not in listed[seen.document]) or seen.document not in self.documents
            if not 0 <= today - seen.listed < _DAYS_KEPT
        }
        if len(self.seen) - len(gone) > _MOST_SEEN:
            oldest = sorted(self.seen.keys() - gone, key=lambda key: self.seen[key].listed)
            gone.update(oldest[: len(oldest) - _MOST_SEEN])
        for key in gone:
            del self.seen[key]
        named = [(key, given) for key, given in self.given_up.items() if 0 <= today - given.day < _DAYS_NAMED]
        self.given_up = dict(named[-_MOST_GIVEN_UP:])
        self.documents = dict(list(self.documents.items())[-_MOST_DOCUMENTS:])
        if self.claims is not None and not 0 <= today - self.claims.day < _DAYS_NAMED:
            self.claims = None

    def _record(self) -> dict[str, Any]:
        kept = sorted(self.waiting.items(), key=lambda item: not item[1].tries)[:_MOST_WAITING]
        return {
            "version": _VERSION,
            **{name: getattr(self, name) for name in _PLAIN},
            # Texts are not remembered: the feed has them.
            "is_partial": self.is_partial
            or len(kept) < len(self.waiting)
            or any(waiting.entry.body for waiting in self.waiting.values()),
            "documents": {key: asdict(document) for key, document in self.documents.items()},
            "claims": astuple(self.claims) if self.claims is not None else None,
            "seen": {key: [getattr(seen, name) for name in _SEEN] for key, seen in self.seen.items()},
            "waiting": [_waiting_record(waiting) for _, waiting in kept],
            "given_up": {key: asdict(given_up) for key, given_up in self.given_up.items()},
        }

    @classmethod
    def _of(cls, record: Mapping[str, Any], data: bytes) -> Self:
        state = cls()
        state._on_disk = _digest(data)
        # What an earlier program did not know of begins as it does without a record.
        known = {"hung": 0, **record}
        for name in _PLAIN:
            if type(known[name]) is not type(getattr(state, name)):
                raise TypeError(name)
            setattr(state, name, known[name])
        state.documents = {key: Document(**document) for key, document in record["documents"].items()}
        for key, (stamp, document, listed, done, *calm) in record["seen"].items():
            state.seen[key] = Seen(str(stamp), str(document), int(listed), int(done), *map(int, calm))
        state.given_up = {key: GivenUp(**given_up) for key, given_up in record["given_up"].items()}
        state.held = {host: float(until) for host, until in state.held.items()}
        state.values = {name: str(value) for name, value in state.values.items()}
        if claims := record.get("claims"):  # files of before have none
            number, page, claimed, link, day = claims
            state.claims = Claims(int(number), str(page), str(claimed), str(link), int(day))
        for waiting in map(_waiting, record["waiting"]):
            state.waiting[waiting.entry.key] = waiting
        return state


_SEEN = tuple(each.name for each in fields(Seen))
_PLAIN = ("held", "title", "page", "is_partial", "failures", "hung", "ask_after", "error", "values")


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data).digest()


def _waiting_record(waiting: Waiting) -> dict[str, Any]:
    """Write an entry without its text: a page has it, and the feed while it lists the entry."""
    entry, day = waiting.entry, waiting.entry.day
    cut = {"link": entry.link, "title": entry.title[:_LONGEST], "changed": entry.changed[:_LONGEST]}
    own = {each.name: getattr(waiting, each.name) for each in fields(waiting) if each.name != "entry"}
    return {**cut, "day": day.isoformat() if day else None, **own}


def _waiting(record: Mapping[str, Any]) -> Waiting:
    day = date.fromisoformat(record["day"]) if record["day"] else None
    entry = FeedEntry(str(record["link"]), str(record["title"]), day, str(record["changed"]))
    values = {str(name): str(value) for name, value in record["values"].items()}
    due, tries = float(record["due"]), int(record["tries"])
    return Waiting(entry, str(record["stamp"]), str(record["document"]), due, tries, str(record["key"]), values)
