"""What `check` says of the sources and of the folders that the bot writes to."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.articles.characters import one_line
from bot.articles.sources import KeptFolder
from bot.console.terminal import Terminal
from bot.edition import Editions
from bot.settings import CorpusSettings
from bot.texts import CheckResult


def check_sources(sources: Sequence[Path | str], editions: Editions, terminal: Terminal) -> Iterator[CheckResult]:
    """Report the sources behind a network that were reached; of those that were not the warnings of the start say why.

    Those of this machine, paths, speak for themselves by their articles.
    """
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
    """Write a file, into the nearest parent where a folder is not there yet, and take it away; return why that failed.

    What is allowed is not looked up: a full disk and one that is read-only allow much.
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
