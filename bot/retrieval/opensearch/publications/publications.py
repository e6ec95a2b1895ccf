"""The editions published on a cluster: to publish one, to let one serve instead of another, to remove old ones."""

import logging
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from bot.articles import ProgressCallback, no_progress
from bot.retrieval.engine import (
    IncompleteIndexError,
    IndexBlockedError,
    IndexGoneError,
    SearchAwayError,
    SearchError,
    SearchUnknownError,
    ServedElsewhereError,
    SideFileError,
)
from bot.retrieval.opensearch.cluster import Cluster
from bot.retrieval.opensearch.index_fields import CHUNK, DATA, FORMAT, index_body
from bot.retrieval.opensearch.publications.document_numbers import DocumentNumbers, number_changes, number_documents
from bot.retrieval.opensearch.publications.edition_documents import EditionDocuments
from bot.retrieval.opensearch.publications.index_writer import PAUSES, BulkWriter, fill_index
from bot.retrieval.opensearch.publications.published_index import (
    LOOK_SECONDS,
    SECONDS,
    IndexRequests,
    Publication,
    alias_name,
    mark,
    new_name,
    newest_first,
    outdated,
)
from bot.retrieval.opensearch.publications.side_file import SideFile, SideFileCache, cut_file, write_side_file
from bot.retrieval.opensearch.sealed_index import Seal, SealedIndex
from bot.storage import Arrays, DamagedFileError

logger = logging.getLogger(__name__)

# A copy that has not begun after so many looks, half a second apart, will never begin. Chosen.
_IDLE_LOOKS, _LOOK_PAUSE = 60, 0.5
# Chosen: for so long at most a base keeps what moderators removed and sources withdrew.
_OLDEST_BASE = timedelta(days=30)


class Publications:
    """The editions of one configuration on a cluster, each in an index of its own; an alias names the one that serves.

    The methods raise the errors of the cluster. Give them one of their own: what a full server refuses of documents
    does not count as its being away for those who ask.
    """

    def __init__(
        self, cluster: Cluster, prefix: str, configuration: str, folder: Path, *, pauses: Sequence[float] = PAUSES
    ) -> None:
        """Begin all names with a prefix and the start of a `configuration_key`; `pauses` are those of `BulkWriter`.

        Side files are kept in a folder.
        """
        self.alias = alias_name(prefix, configuration)
        self._configuration = configuration
        self._cluster = cluster
        self._indices = IndexRequests(cluster, prefix)
        self._side_files = SideFileCache(folder)
        self._pauses = pauses

    def serving(self) -> Publication | None:
        """Return the publication that serves, None where none does.

        Raise SearchUnknownError where the alias names what is no index of this configuration, and IncompleteIndexError
        where documents of that were changed.
        """
        index = self._indices.find(self.alias)
        if index is None:
            return None
        if index.publication is None or index.meta["configuration"] != self._configuration:
            raise SearchUnknownError(f"{self.alias}: {index.name}")
        self._check(index.publication)
        return index.publication

    def kept(self) -> list[Publication]:
        """Return all complete publications, the one that came to serve last first."""
        return newest_first(
            index.publication for index in self._indices.all() if index.alias == self.alias and index.publication
        )

    def publish(
        self,
        arrays: Arrays,
        facts: Mapping[str, Any],
        state: Mapping[str, Any],
        progress: ProgressCallback = no_progress,
    ) -> Publication:
        """Publish an edition, given its arrays, its facts and the state of the source; it does not serve yet.

        An edition that is there already is returned. Of one that differs little from the base of the newest, only what
        that base lacks is sent. Where several processes publish one at once, each fills an index,
        and the first that is whole is kept. `progress` is called with the documents sent and their total, and may
        raise: then, and on any error, what was begun is removed.
        """
        # Where too few nodes are left to decide anything, creating an index would say so only after minutes.
        patience = {"timeout": "5s", "cluster_manager_timeout": "5s"}
        self._cluster.request("GET", "/_cluster/health", params=patience, seconds=LOOK_SECONDS)
        kept = self._delete_changed()
        edition_alias = f"{self.alias}-{facts['fingerprint']}"
        if self._indices.find(edition_alias) is None:
            self._build(edition_alias, arrays, facts, state, base=self._find_base(arrays, kept), progress=progress)
        index = self._indices.find(edition_alias)
        if index is None or index.publication is None:
            raise IndexGoneError(edition_alias)
        # The source has this edition again, or in another state.
        self._indices.write_meta(index.name, {**index.meta, "state": state})
        self._indices.change_aliases(*mark(index.name, asked=datetime.now(UTC)))
        return replace(index.publication, state=state)

    def wait_for_copies(self, publication: Publication, progress: ProgressCallback = no_progress) -> bool:
        """Wait until each node that is to have a copy of an index has one; return whether that is so.

        A node may have no room for one, or be away: a copy that nobody makes is not waited for. `progress` may raise.
        """
        total, idle = publication.articles, 0
        while idle < _IDLE_LOOKS:
            health = self._cluster.request("GET", f"/_cluster/health/{publication.name}", seconds=SECONDS)
            if health["status"] == "green":
                return True
            idle = 0 if health["initializing_shards"] else idle + 1
            progress(total, total)
            time.sleep(_LOOK_PAUSE)
        return False

    def serve(self, new: Publication, instead_of: Publication | None) -> None:
        """Let a publication serve instead of another, or first; raise ServedElsewhereError where another one serves."""
        now, own = datetime.now(UTC), [index for index in self._indices.all() if index.alias == self.alias]
        # Later than any before, whatever the clocks of other machines say.
        served = [index.served + timedelta(microseconds=1) for index in own if index.served]
        since = [index.since for index in own if index.since]
        # Only one index may be the one to write to: of two that would serve first, one is refused.
        actions = [{"add": {"index": new.name, "alias": self.alias, "is_write_index": True}}]
        if instead_of is not None:
            actions.insert(0, {"remove": {"index": instead_of.name, "alias": self.alias, "must_exist": True}})
        actions += mark(new.name, served=max([now, *served]), since=min([now, *since]))
        try:
            self._indices.change_aliases(*actions)
        except SearchError as error:
            # What was not answered in time may have come through, and was refused only when it was sent again.
            serving = self._indices.find(self.alias)
            if serving is not None and serving.name == new.name:
                return
            if (serving and serving.name) != (instead_of and instead_of.name):
                raise ServedElsewhereError from error
            raise

    def withdraw(self, publication: Publication) -> None:
        """Mark a publication that was rolled back from, so that it serves again only on request."""
        self._indices.change_aliases(*mark(publication.name, withdrawn=datetime.now(UTC)))

    def reinstate(self, publication: Publication) -> None:
        self._indices.change_aliases(*mark(publication.name, withdrawn=None, asked=datetime.now(UTC)))

    def others(self) -> list[Publication]:
        """Return the complete publications of other configurations, those that serve first."""
        found = [index for index in self._indices.all() if index.alias != self.alias]
        found.sort(key=lambda index: not index.is_serving)
        return [index.publication for index in found if index.publication]

    def size(self, publication: Publication) -> int:
        """Return the size of an index in bytes, without the copies of it."""
        stats = self._cluster.request("GET", f"/{publication.name}/_stats/store", seconds=SECONDS)
        return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])

    def discard(self, publication: Publication) -> None:
        """Delete an index that is not to serve, if it is there still; raise ServedElsewhereError where it serves."""
        index = self._indices.find(publication.name)
        if index is None:
            return
        if index.is_serving:
            raise ServedElsewhereError
        self._indices.delete(index.name)

    def remove_old(self) -> list[str]:
        """Delete the indices of the prefix that nobody needs (see `outdated`); return their names."""
        old = outdated(self._indices.all(), self.alias, datetime.now(UTC))
        return [index.name for index in old if self._indices.delete(index.name)]

    def fetch_side_file(self, publication: Publication) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
        """Return the arrays, mapped, and the facts of a publication's side file, fetched where the folder lacks it."""

        def read_chunk(number: int) -> str:
            path = f"/{publication.name}/_doc/{CHUNK}{number}"
            data: str = self._cluster.request("GET", path, seconds=SECONDS)["_source"][DATA]
            return data

        index, *bases = (self._indices.find(name) for name in sorted(publication.seals, key=publication.name.__ne__))
        if index is None or None in bases:
            raise IndexGoneError(publication.name)
        try:
            sides = [self.fetch_side_file(base.publication)[0] for base in bases if base and base.publication]
            with _written_here():
                return self._side_files.load(publication.name, SideFile(**index.meta["side"]), read_chunk, *sides)
        except DamagedFileError as error:
            raise IncompleteIndexError(str(error)) from error

    def _find_base(
        self, arrays: Arrays, kept: Sequence[Publication]
    ) -> tuple[Mapping[str, Seal], Arrays, DocumentNumbers] | None:
        """Return the seal and side file of the base that an edition is made from, and its numbers, if it has one."""
        names = {name for newest in kept[:1] for name in newest.seals}
        base = next((one for one in kept if one.name in names and len(one.seals) == 1), None)
        if base is not None and datetime.now(UTC) - base.created < _OLDEST_BASE:
            # Nobody removes it for a while.
            self._indices.change_aliases(*mark(base.name, asked=datetime.now(UTC)))
            try:
                side, facts = self.fetch_side_file(base)
                if numbers := number_changes(arrays, side, facts):
                    return base.seals, side, numbers
            except IncompleteIndexError as error:
                logger.warning("The edition is published whole, since its base cannot be read: %s", error)
        return None

    def _build(  # noqa: PLR0913 (from what, as what, and what to report)
        self,
        edition_alias: str,
        arrays: Arrays,
        facts: Mapping[str, Any],
        state: Mapping[str, Any],
        *,
        base: tuple[Mapping[str, Seal], Arrays, DocumentNumbers] | None,
        progress: ProgressCallback,
    ) -> None:
        """Fill an index, and make it that of its edition, unless another process had one first."""
        seals, base_side, numbers = base or ({}, None, number_documents(arrays))
        documents, name = EditionDocuments(arrays, numbers), new_name(edition_alias)
        builder = f"{name}-new"  # the alias of an index that is filled
        with ExitStack() as stack:
            # Once open, the file needs no name: a process killed while sending it leaves nothing behind.
            with _written_here(), tempfile.TemporaryDirectory(prefix="isnad-") as folder:
                file = Path(folder, "side")
                side = write_side_file(file, arrays, facts, numbers, base_side)
                stream = stack.enter_context(file.open("rb"))
            meta = {
                "format": FORMAT,
                "configuration": self._configuration,
                "fingerprint": facts["fingerprint"],
                "state": state,
                "articles": facts["articles"],
                "side": asdict(side),
                "seals": seals,
            }
            total = len(documents) + side.chunks
            stack.enter_context(self._deleted_unless_kept(name, edition_alias))
            self._indices.create(name, {**index_body(meta), "aliases": {builder: {}}})
            writer = BulkWriter(self._cluster, builder, self._pauses)
            lines = documents.lines(cut_file(stream))
            seal = fill_index(self._cluster, writer, lines, total, lambda done: progress(min(done, total), total))
            self._indices.write_meta(name, {**meta, "seals": {**seals, name: seal}})
            try:
                self._indices.change_aliases(
                    {"remove": {"index": name, "alias": builder, "must_exist": True}},
                    # Only one index may be the one to write to: of two that are whole, one is refused.
                    {"add": {"index": name, "alias": edition_alias, "is_write_index": True}},
                )
            except SearchError:
                # As in `serve`: it may have come through at first.
                if self._indices.find(edition_alias) is None:
                    raise

    @contextmanager
    def _deleted_unless_kept(self, name: str, edition_alias: str) -> Iterator[None]:
        """Delete an index of ours in the end that is not that of its edition; where that fails, hours later."""
        try:
            yield
        finally:
            with suppress(SearchError):
                kept = self._indices.find(edition_alias)
                if kept is None or kept.name != name:
                    self._indices.delete(name)
                if kept is not None and kept.name != name:
                    logger.info("Another process published the edition first: %s; what was sent is removed", kept.name)

    def _delete_changed(self) -> list[Publication]:
        """Delete indices whose documents were changed: nobody is answered from them, nor could be rolled back to.

        Return the others, the one that came to serve last first.
        """
        kept = list[Publication]()
        for publication in self.kept():
            try:
                self._check(publication)
                kept.append(publication)
            except IncompleteIndexError as error:
                logger.warning("An index that was changed is deleted, and made anew where it is needed: %s", error)
                self._indices.delete(publication.name)
        return kept

    def _check(self, publication: Publication) -> None:
        """Raise IncompleteIndexError where documents were changed; of an index that is away that is not known."""
        try:
            SealedIndex(self._cluster, publication.seals).search_all([])
        except IndexGoneError as error:
            raise IncompleteIndexError(f"{publication.name}: {error.cause}") from error
        except (SearchAwayError, IndexBlockedError):
            return


@contextmanager
def _written_here() -> Iterator[None]:
    """Raise SideFileError where a file cannot be written."""
    try:
        yield
    except OSError as error:
        raise SideFileError(error.strerror or type(error).__name__) from error
