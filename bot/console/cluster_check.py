"""What `check` says of the cluster that SEARCH_URL names, and of what is published there."""

from collections.abc import Iterator

from bot.articles.characters import one_line
from bot.console.terminal import Terminal
from bot.retrieval.opensearch import Cluster, Publication, Publications, SearchError
from bot.settings import SearchSettings
from bot.texts import CheckResult

# An index that is whole is closed to writing by this program; these come from an operator, or from a disk that is full.
_READ_ONLY = frozenset({"5", "12"})
_UNWELL = {
    "yellow": CheckResult("check.cluster_yellow"),
    "red": CheckResult("check.cluster_red", is_problem=True),
}


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
