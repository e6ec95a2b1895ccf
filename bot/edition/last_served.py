"""The edition that serves, the one before it, and a record of both that outlasts a restart."""

import json
import logging
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from bot.arabic import Analyser
from bot.articles import BoilerplatePhrases
from bot.articles.sources import Source, Version
from bot.edition.builder import EditionCache
from bot.edition.edition import Edition
from bot.edition.edition_errors import NothingBeforeError
from bot.edition.gates import GoldenQuestion
from bot.edition.key import configuration_key
from bot.edition.reload_outcomes import EditionFigures, GoldenOutcome
from bot.storage import ArrayFile, DamagedFileError, atomic_write, map_arrays

logger = logging.getLogger(__name__)

_EDITION, _RECORD = "serving.arrays", "serving.json"


@dataclass(frozen=True, slots=True)
class SourceState:
    """A state of the source: its version, the key of its files, the fingerprint of its edition; None is unknown."""

    version: Version | None
    key: str | None
    fingerprint: str | None = None

    def matches(self, other: "SourceState") -> bool:
        """Tell whether two of these name one state; unknown parts are not compared."""
        pairs = (self.version, other.version), (self.key, other.key), (self.fingerprint, other.fingerprint)
        return any(one is not None and one == another for one, another in pairs)


@dataclass(frozen=True, slots=True)
class Served:
    """An edition, the state of the source that it was built from, and the golden questions that it was asked."""

    edition: Edition
    state: SourceState
    questions: Sequence[GoldenQuestion] = ()
    golden: GoldenOutcome | None = None

    @property
    def figures(self) -> EditionFigures:
        """The figures that an outcome shows."""
        return EditionFigures(
            fingerprint=self.edition.fingerprint,
            passages=len(self.edition.index),
            folded=self.edition.folded,
            version=self.state.version.label if self.state.version else "",
            golden=self.golden if self.golden != GoldenOutcome() else None,
        )


@dataclass(frozen=True, slots=True)
class ServingRecord:
    """The record of an edition: its articles by number, and the state that somebody rolled back from.

    `served` is None where its file is damaged, or of another version of this program: then only the facts are known.
    """

    served: Served | None
    articles: int
    rolled_back_from: SourceState | None


class LastServed:
    """The record of the edition that served last of one source, and its file, in the folder of editions."""

    def __init__(self, folder: Path, source: str, phrases: BoilerplatePhrases, analyser: Analyser) -> None:
        """Remember editions of one source, named by its whole address, made by this code and configuration."""
        self._folder = folder
        self._cache = EditionCache(folder)
        # An address may hold what nobody should read.
        self._source = blake2b(source.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
        self._analyser = analyser
        self._configuration = configuration_key(phrases, analyser)
        self._stored: Edition | None = None

    def read(self) -> ServingRecord | None:
        """Return the last record; None where it is of another source, damaged or gone."""
        try:
            record = json.loads((self._folder / _RECORD).read_bytes())
            if record["source"] != self._source:
                return None
            rolled_back = record["gone_back_from"]
            state = _source_state(rolled_back) if rolled_back else None
            return ServingRecord(self._map_edition(record), int(record["articles"]), state)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _map_edition(self, record: dict[str, Any]) -> Served | None:
        """Map the edition of a record; None where it is gone, damaged or of another configuration."""
        state = _source_state(record["mark"])
        try:
            arrays, facts = map_arrays(self._folder / _EDITION)
            if (facts["configuration"], facts["fingerprint"]) != (self._configuration, state.fingerprint):
                return None
            self._stored = Edition.from_arrays(arrays, facts, self._analyser)
        except (OSError, ValueError, KeyError, TypeError, DamagedFileError):
            return None
        return Served(self._stored, state)

    def note(self, served: Served, rolled_back_from: SourceState | None) -> None:
        """Record what serves from now on; log a warning where that cannot be written."""
        record = {
            "source": self._source,
            "mark": asdict(served.state) | {"fingerprint": served.edition.fingerprint},
            "articles": len(served.edition.articles),
            "gone_back_from": asdict(rolled_back_from) if rolled_back_from else None,
        }
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if self._stored is not served.edition:
                self._store(served)
            atomic_write(self._folder / _RECORD, json.dumps(record).encode())
        except OSError as error:
            logger.warning("Which edition serves cannot be noted for the next start: %s", error)

    def _store(self, served: Served) -> None:
        """Keep the file of an edition, under a second name where it has one already."""
        place = self._folder / _EDITION
        built = self._cache.file(served.state.key) if served.state.key else None
        if built is None or not _hard_link(built, place):
            with ArrayFile(place) as writer:
                writer.add(served.edition.arrays)
                writer.finish(dict(served.edition.facts))
        self._stored = served.edition


def _hard_link(file: Path, place: Path) -> bool:
    """Give a file a second name; tell whether it was there, and the file system can."""
    new = place.with_name(f"{place.name}.new")
    with suppress(OSError):
        new.unlink(missing_ok=True)
        os.link(file, new)
        new.replace(place)
        return True
    return False


def _source_state(record: dict[str, Any]) -> SourceState:
    version = record["version"]
    return SourceState(Version(**version) if version else None, record["key"], record["fingerprint"])


class History:
    """The edition that serves and the one before it, with what the next start has to know of them.

    A swap is a single assignment, so that other threads may read `now` meanwhile. `rolled_back_from` is the state that
    somebody rolled back from; it is forgotten once another edition serves by somebody's wish, or the state itself does.
    """

    def __init__(self, source: Source, last_served: LastServed | None) -> None:
        self.now: Served | None = None
        self.before: Served | None = None
        self.rolled_back_from: SourceState | None = None
        self._source = source
        self._last_served = last_served
        self._articles_before_start = 0

    @property
    def articles(self) -> int:
        """The number of articles that serve, or served before a restart."""
        return len(self.now.edition.articles) if self.now else self._articles_before_start

    @property
    def fingerprint(self) -> str | None:
        """The fingerprint of the edition that serves, None before the first."""
        return self.now.edition.fingerprint if self.now else None

    def is_rolled_back(self, state: SourceState, by: str | None) -> bool:
        """Tell whether somebody rolled back from a state, so that it serves again only `by` somebody's wish.

        Of a source that has news of its own accord every later state counts as that one: the next piece of news would
        bring back what it was that somebody wanted out.
        """
        if by is not None or self.rolled_back_from is None:
            return False
        return self._source.usual_refresh is not None or self.rolled_back_from.matches(state)

    def recall(self) -> bool:
        """Serve what served before a restart, as far as it is left; tell whether anything is known of it."""
        record = self._last_served.read() if self._last_served else None
        if record is None:
            return False
        self.now, self.rolled_back_from = record.served, record.rolled_back_from
        self._articles_before_start = record.articles
        return True

    def resume(self, served: Served) -> None:
        """Serve what was built again of the articles that served before a restart."""
        self.now = served
        self._remember(served)

    def swap(self, new: Served, by: str | None) -> None:
        """Serve a new edition, and keep the one until now to roll back to."""
        old = self.now
        self.before, self.now = old, new
        # What a schedule passes over on its way may come back to the source.
        if by is not None or (self.rolled_back_from and self.rolled_back_from.matches(new.state)):
            self.rolled_back_from = None
        if old is not None:
            old.edition.release_memory()
        self._remember(new)

    def roll_back(self) -> tuple[Served, Served]:
        """Serve the edition before; return the old and the new one, or raise NothingBeforeError."""
        old, new = self.now, self.before
        if old is None or new is None:
            raise NothingBeforeError
        self.rolled_back_from = old.state
        self.now, self.before = new, None
        self._remember(new)
        return old, new

    def confirm(
        self, now: Served, state: SourceState, questions: Sequence[GoldenQuestion], golden: GoldenOutcome | None
    ) -> Served:
        """Note the newest source state of an edition, and the golden questions that it was asked last."""
        known = Served(now.edition, replace(state, fingerprint=now.edition.fingerprint), questions, golden)
        self.now = known
        if known.state != now.state:
            self._remember(known)
        else:
            # It may have been fetched anew, since what was here of it had changed.
            self._source.note_served(known.state.version)
        return known

    def _remember(self, served: Served) -> None:
        """Write down what serves, for the next start."""
        self._source.note_served(served.state.version)
        if self._last_served is not None:
            self._last_served.note(served, self.rolled_back_from)
