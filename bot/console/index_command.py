"""The command `index`: builds the coverage, publishes it on the cluster of the settings, and makes it serve."""

import time

from bot.console.arguments import Arguments
from bot.console.edition_start import gate_words, progress_bar, silence_start_log, warn_of_problems
from bot.console.terminal import Terminal
from bot.edition import Editions, GateError, HeldBack, Reloaded
from bot.errors import TextError
from bot.retrieval.opensearch import Publications

_DONE, _NOT_DONE = 0, 2
# The name of a publication by hand in logs and on the cluster.
_BY = "python -m bot index --force"


class NoClusterError(TextError):
    """There is no cluster in the settings to publish to."""

    def __init__(self) -> None:
        super().__init__("publish.no_cluster")


def publish_coverage(
    usage: Arguments, editions: Editions, publications: Publications | None, terminal: Terminal
) -> int:
    """Publish the newest edition, and say what serves; return exit code 0, or 2 where the edition failed a gate.

    Raise NoClusterError, SourceError, BuildError, EmptyCorpusError, SearchError, and ServedElsewhereError.
    """
    if publications is None:
        raise NoClusterError
    began = time.monotonic()
    with progress_bar(terminal.texts) as progress, silence_start_log():
        editions.resume()
        try:
            outcome = editions.reload(progress, by=_BY if usage.force else None, force=usage.force)
        except GateError as error:
            if error.key == "gate.empty":
                raise
            terminal.warn("publish.not_passed", words=gate_words(error, terminal))
            if error.key == "gate.shrunk":
                terminal.warn("publish.force")
            return _NOT_DONE
    warn_of_problems([problem for problem in editions.source_problems if problem.is_away], terminal)
    edition, serving = editions.current, publications.serving()
    terminal.sum_up_rejections(edition.rejections)
    if isinstance(outcome, HeldBack):
        terminal.warn("publish.held_back")
    if isinstance(outcome, Reloaded) and outcome.failed_gate is not None:
        terminal.warn("console.not_passed", words=gate_words(outcome.failed_gate, terminal))
    key = "publish.done" if isinstance(outcome, Reloaded) and not outcome.is_followed else "publish.unchanged"
    seconds = f"{time.monotonic() - began:.1f}"
    terminal.say(key, **terminal.counts_of(edition), index=serving.name if serving else "", seconds=seconds)
    if serving is not None:
        terminal.say("publish.size", megabytes=f"{publications.size(serving) / 1e6:.1f}")
    if others := publications.others():
        terminal.say("publish.others", names=", ".join(other.name for other in others))
    return _DONE
