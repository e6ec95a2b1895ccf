"""A record of the edition that serves that outlasts a restart, in the folder of editions."""

import json
import logging
import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from bot.arabic import Analyser
from bot.articles import BoilerplatePhrases
from bot.edition.build import configuration_key
from bot.edition.builder import EditionCache
from bot.edition.edition import Edition
from bot.edition.serving_store import Served, ServingRecord, ServingStore, SourceState
from bot.storage import ArrayFile, DamagedFileError, atomic_write, map_arrays

logger = logging.getLogger(__name__)

_EDITION, _RECORD = "serving.arrays", "serving.json"


class LastServed(ServingStore):
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

    def recall(self, now: Served | None) -> ServingRecord | None:
        """Return the last record; None where it is of another source, damaged or gone."""
        del now
        try:
            record = json.loads((self._folder / _RECORD).read_bytes())
            if record["source"] != self._source:
                return None
            rolled_back = record["gone_back_from"]
            state = SourceState.from_record(rolled_back) if rolled_back else None
            return ServingRecord(self._map_edition(record), int(record["articles"]), state)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _map_edition(self, record: dict[str, Any]) -> Served | None:
        """Map the edition of a record; None where it is gone, damaged or of another configuration."""
        state = SourceState.from_record(record["mark"])
        try:
            arrays, facts = map_arrays(place := self._folder / _EDITION)
            if (facts["configuration"], facts["fingerprint"]) != (self._configuration, state.fingerprint):
                return None
            self._stored = Edition.from_arrays(arrays, facts, self._analyser, place)
        except (OSError, ValueError, KeyError, TypeError, DamagedFileError):
            return None
        return Served(self._stored, state)

    def note(self, served: Served, rolled_back_from: SourceState | None) -> None:
        """Record what serves from now on; log a warning where that cannot be written."""
        record = {
            "source": self._source,
            "mark": served.state.to_record() | {"fingerprint": served.edition.fingerprint},
            "articles": len(served.edition.articles),
            "gone_back_from": rolled_back_from.to_record() if rolled_back_from else None,
        }
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if self._stored is not served.edition:
                self._store(served)
            atomic_write(self._folder / _RECORD, json.dumps(record).encode())
        except OSError as error:
            logger.warning("The edition that serves cannot be noted for the next start: %s", error)

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
    """Give a file a second name; return whether it was there, and the file system can."""
    new = place.with_name(f"{place.name}.new")
    with suppress(OSError):
        new.unlink(missing_ok=True)
        os.link(file, new)
        new.replace(place)
        return True
    return False
