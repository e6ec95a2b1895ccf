"""What served last, remembered over restarts: the edition, its source version, rollbacks."""

import json
import logging
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from bot.arabic import Analyser
from bot.articles import BoilerplatePhrases
from bot.articles.sources import Version
from bot.edition.builder import EditionCache
from bot.edition.edition import Edition
from bot.edition.gates import GoldenQuestion
from bot.edition.key import configuration_key
from bot.edition.reload_report import GoldenOutcome
from bot.storage import ArrayFile, DamagedFileError, map_arrays

logger = logging.getLogger(__name__)

_EDITION, _RECORD = "serving.arrays", "serving.json"


@dataclass(frozen=True, slots=True)
class SourceState:
    """What the source called a served, the key of its files, and the fingerprint of its edition; None is unknown."""

    version: Version | None
    key: str | None
    fingerprint: str | None = None

    def matches(self, other: "SourceState") -> bool:
        """Tell whether two states are of one served; what is unknown tells nothing."""
        pairs = (self.version, other.version), (self.key, other.key), (self.fingerprint, other.fingerprint)
        return any(one is not None and one == another for one, another in pairs)


@dataclass(frozen=True, slots=True)
class Served:
    """An edition, the state of what it was built from, and the golden questions that it was asked."""

    edition: Edition
    state: SourceState
    questions: Sequence[GoldenQuestion] = ()
    golden: GoldenOutcome | None = None


@dataclass(frozen=True, slots=True)
class ServingRecord:
    """What served last, of how many articles, and what somebody went back from.

    `served` is None where its file is damaged, or of another version of this program: then only the facts are known.
    """

    served: Served | None
    articles: int
    rolled_back_from: SourceState | None


class LastServed:
    """A note in the folder of editions about one source, and the edition that it is about."""

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
        """Return what was noted last; None where that is of another source, damaged or gone."""
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
        """Map the edition that a record is about; None where that is not to be had."""
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
        """Note what serves from now on; where that cannot be written, it is only known until the next restart."""
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
            new = self._folder / f"{_RECORD}.new"
            new.write_text(json.dumps(record), encoding="utf-8")
            new.replace(self._folder / _RECORD)
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
