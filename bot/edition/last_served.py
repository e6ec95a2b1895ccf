"""A record of the edition that serves that outlasts a restart, in the folder of editions, and earlier ones there."""

import json
import logging
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from bot.arabic import Analyser
from bot.articles import BoilerplatePhrases
from bot.edition.build import configuration_key
from bot.edition.builder import EditionCache
from bot.edition.earlier_editions import EarlierEditions
from bot.edition.edition import EarlierEdition, Edition
from bot.edition.reload_outcomes import compare_editions
from bot.edition.serving_store import Served, ServingRecord, ServingStore, SourceState
from bot.storage import ArrayFile, DamagedFileError, atomic_write, hard_link, map_arrays

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
        self._is_back = False
        self._earlier = EarlierEditions(folder / "earlier", self._source, self._configuration, analyser)

    def recall(self, now: Served | None) -> ServingRecord | None:
        """Return the last record; None where it is of another source, damaged or gone."""
        del now
        try:
            record = json.loads((self._folder / _RECORD).read_bytes())
            if record["source"] != self._source:
                return None
            rolled_back = record["gone_back_from"]
            state = SourceState.from_record(rolled_back) if rolled_back else None
            self._is_back = bool(record.get("is_back"))
            return ServingRecord(self._map_edition(record), int(record["articles"]), state, self._is_back)
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

    def serve(self, new: Served, old: Served | None, rolled_back_from: SourceState | None, by: str | None) -> None:
        """Record what serves from now on, and keep it to be rolled back to."""
        self._is_back = False
        super().serve(new, old, rolled_back_from, by)
        try:
            if self._stored is new.edition:
                changes = compare_editions(old.edition if old else None, new.edition)
                self._earlier.keep(new, self._folder / _EDITION, changes)
        except OSError as error:
            logger.warning("The edition that serves cannot be kept to be rolled back to: %s", error)

    def earlier(self) -> Sequence[EarlierEdition]:
        return self._earlier.newest_first()

    def open_earlier(self, fingerprint: str) -> Served | None:
        return self._earlier.open(fingerprint)

    def find_previous(self, now: Served) -> Served | None:
        names = [one.fingerprint for one in self.earlier()]
        older = names[names.index(now.edition.fingerprint) + 1 :] if now.edition.fingerprint in names else []
        return next(filter(None, map(self.open_earlier, older)), None)

    def roll_back(self, old: Served, new: Served, rolled_back_from: SourceState | None) -> None:
        self._is_back = True
        super().roll_back(old, new, rolled_back_from)

    def note(self, served: Served, rolled_back_from: SourceState | None) -> None:
        """Record what serves from now on; log a warning where that cannot be written."""
        record = {
            "source": self._source,
            "mark": served.state.to_record() | {"fingerprint": served.edition.fingerprint},
            "articles": len(served.edition.articles),
            "gone_back_from": rolled_back_from.to_record() if rolled_back_from else None,
            "is_back": self._is_back,
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
        if built is None or not hard_link(built, place):
            with ArrayFile(place) as writer:
                writer.add(served.edition.arrays)
                writer.finish(dict(served.edition.facts))
        self._stored = served.edition
