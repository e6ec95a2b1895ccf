"""What `check` says of the sources, of the folders that the bot writes to, and of the cluster of SEARCH_URL."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.articles.characters import one_line
from bot.articles.combined import KeptFolder
from bot.console.terminal import Terminal
from bot.edition import Editions
from bot.retrieval import SearchError
from bot.retrieval.opensearch import Cluster, Publication, Publications
from bot.settings import CorpusSettings, SearchSettings
from bot.texts import CheckResult

# An index that is whole is closed to writing by this program; these come from an operator, or from a disk that is full.
_READ_ONLY = frozenset({"5", "12"})
_UNWELL = {
    "yellow": CheckResult("check.cluster_yellow"),
    "red": CheckResult("check.cluster_red", is_problem=True),
}


def check_sources(sources: Sequence[Path | str], editions: Editions, terminal: Terminal) -> Iterator[CheckResult]:
    """Report the sources behind a network that were reached; the warnings of the start name the others."""
    away = {problem.source for problem in editions.source_problems if problem.is_away}
    if editions.source_error is not None:
        away.update(sources)
    found = [(one_line(source), source not in away) for source in sources if isinstance(source, str)]
    terminal.note(sources=[{"source": source, "reached": is_reached} for source, is_reached in found])
    for source, is_reached in found:
        if is_reached:
            yield CheckResult("check.source_reached", values={"source": source})


def check_folders(settings: CorpusSettings, kept: KeptFolder, terminal: Terminal) -> Iterator[CheckResult]:
    """Report the folders of CORPUS_CACHE and CORPUS_KEEP in which nothing can be written."""
    folders = {"CORPUS_CACHE": settings.cache}
    if settings.keep and not kept.is_remote:
        folders["CORPUS_KEEP"] = kept.local
    reasons = {variable: _why_unwritable(folder) for variable, folder in folders.items()}
    terminal.note(
        folders=[
            {"variable": variable, "path": str(folder), "writable": reasons[variable] is None}
            for variable, folder in folders.items()
        ]
    )
    for variable, folder in folders.items():
        if (reason := reasons[variable]) is not None:
            values = {"variable": variable, "path": one_line(str(folder)), "words": reason}
            yield CheckResult("check.folder_unwritable", is_problem=True, values=values)
    if not any(reasons.values()):
        yield CheckResult("check.folders_fine", values={"variables": ", ".join(folders)})


def _why_unwritable(folder: Path) -> str | None:
    """Write a file into a folder, or its nearest parent, and take it away; return why that failed.

    Rights are not looked up: a full disk and a read-only disk grant them.
    """
    place = folder.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"isnad")
            file.flush()
    except OSError as error:
        return error.strerror or type(error).__name__
    return None


def check_cluster(
    search: SearchSettings, cluster: Cluster, publications: Publications, terminal: Terminal
) -> Iterator[CheckResult]:
    """Report whether the cluster answers, in which state it is, and whether this version can serve what is there."""
    found: dict[str, object] = {"address": cluster.shown, "version": None, "status": None, "serving": None}
    try:
        state = cluster.check()
        found |= {"version": state.version, "status": state.status}
        values = {"address": cluster.shown, "version": state.version, "nodes": state.nodes}
        yield CheckResult("check.cluster_reached", values=values)
        if state.status in _UNWELL:
            yield _UNWELL[state.status]
        if search.builds and (blocked := _blocks(cluster, search.index)):
            yield CheckResult("check.cluster_blocked", is_problem=True, values={"words": one_line("; ".join(blocked))})
        serving, others = publications.serving(), publications.others()
        found["serving"] = serving.name if serving else None
        yield _published(serving, others, publications.alias)
    except SearchError as error:
        yield CheckResult(error.key, is_problem=True, values={"cause": one_line(error.cause)})
    finally:
        terminal.note(cluster=found)


def _blocks(cluster: Cluster, prefix: str) -> list[str]:
    """Return the server's words for what forbids new indices, of the whole cluster or of indices of ours."""
    said = cluster.request("GET", "/_cluster/state/blocks").get("blocks", {})
    of_indices = {name: found for name, found in said.get("indices", {}).items() if name.startswith(f"{prefix}-")}
    found = [*said.get("global", {}).values()]
    found += [block for blocks in of_indices.values() for number, block in blocks.items() if number in _READ_ONLY]
    return sorted({str(block.get("description", "")) for block in found})


def _published(serving: Publication | None, others: list[Publication], alias: str) -> CheckResult:
    if serving is not None:
        return CheckResult("check.cluster_serves", values={"index": serving.name})
    if others:
        names = ", ".join(other.name for other in others)
        return CheckResult("check.cluster_other_version", is_problem=True, values={"names": names})
    return CheckResult("search.nothing_published", is_problem=True, values={"name": alias})
