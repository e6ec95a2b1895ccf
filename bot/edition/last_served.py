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
class Mark:
    """What the source called a state, the key of its files, and the fingerprint of its edition; None is unknown."""

    version: Version | None
    key: str | None
    fingerprint: str | None = None

    def is_of(self, other: "Mark") -> bool:
        """Tell whether two marks are of one state; what is unknown tells nothing."""
        pairs = (self.version, other.version), (self.key, other.key), (self.fingerprint, other.fingerprint)
        return any(one is not None and one == another for one, another in pairs)


@dataclass(frozen=True, slots=True)
class State:
    """An edition, the mark of what it was built from, and the golden questions that it was asked."""

    edition: Edition
    mark: Mark
    questions: Sequence[GoldenQuestion] = ()
    golden: GoldenOutcome | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What served last, of how many articles, and what somebody went back from.

    `state` is None where its file is damaged, or of another version of this program: then only the facts are known.
    """

    state: State | None
    articles: int
    gone_back_from: Mark | None


class Ledger:
    """A note in the folder of editions about one source, and the edition that it is about."""

    def __init__(self, folder: Path, source: str, phrases: BoilerplatePhrases, analyser: Analyser) -> None:
        """Remember editions of one source, named by its whole address, made by this code and configuration."""
        self._folder = folder
        self._cache = EditionCache(folder)
        # An address may hold what nobody should read.
        self._source = blake2b(source.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
        self._analyser = analyser
        self._configuration = configuration_key(phrases, analyser)
        self._held: Edition | None = None

    def read(self) -> Entry | None:
        """Return what was noted last; None where that is of another source, damaged or gone."""
        try:
            record = json.loads((self._folder / _RECORD).read_bytes())
            if record["source"] != self._source:
                return None
            gone = record["gone_back_from"]
            return Entry(self._state(record), int(record["articles"]), _mark(gone) if gone else None)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _state(self, record: dict[str, Any]) -> State | None:
        """Map the edition that a record is about; None where that is not to be had."""
        mark = _mark(record["mark"])
        try:
            arrays, facts = map_arrays(self._folder / _EDITION)
            if (facts["configuration"], facts["fingerprint"]) != (self._configuration, mark.fingerprint):
                return None
            self._held = Edition.from_arrays(arrays, facts, self._analyser)
        except (OSError, ValueError, KeyError, TypeError, DamagedFileError):
            return None
        return State(self._held, mark)

    def note(self, state: State, gone_back_from: Mark | None) -> None:
        """Note what serves from now on; where that cannot be written, it is only known until the next restart."""
        record = {
            "source": self._source,
            "mark": asdict(state.mark) | {"fingerprint": state.edition.fingerprint},
            "articles": len(state.edition.articles),
            "gone_back_from": asdict(gone_back_from) if gone_back_from else None,
        }
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if self._held is not state.edition:
                self._hold(state)
            new = self._folder / f"{_RECORD}.new"
            new.write_text(json.dumps(record), encoding="utf-8")
            new.replace(self._folder / _RECORD)
        except OSError as error:
            logger.warning("Which edition serves cannot be noted for the next start: %s", error)

    def _hold(self, state: State) -> None:
        """Keep the file of an edition, under a second name where it has one already."""
        place = self._folder / _EDITION
        built = self._cache.file(state.mark.key) if state.mark.key else None
        if built is None or not _link(built, place):
            with ArrayFile(place) as sink:
                sink.add(state.edition.arrays)
                sink.finish(dict(state.edition.facts))
        self._held = state.edition


def _link(file: Path, place: Path) -> bool:
    """Give a file a second name; tell whether it was there, and the file system can."""
    new = place.with_name(f"{place.name}.new")
    with suppress(OSError):
        new.unlink(missing_ok=True)
        os.link(file, new)
        new.replace(place)
        return True
    return False


def _mark(record: dict[str, Any]) -> Mark:
    version = record["version"]
    return Mark(Version(**version) if version else None, record["key"], record["fingerprint"])
