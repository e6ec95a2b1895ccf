"""What the commands that play scenarios to the bot share: arguments, programs that start quickly, tables of a page."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.fork_server import ForkServer
from tests.e2e.program import Program


def scenario_parser(module: str, about: str | None) -> argparse.ArgumentParser:
    """Make the parser of `python -m tests.MODULE`, whose help is the module's own text."""
    return argparse.ArgumentParser(
        prog=f"python -m tests.{module}", description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )


@contextmanager
def forked_programs() -> Iterator[Path]:
    """Yield a folder that is the cache of all programs, which are forked where that is known to work."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["XDG_CACHE_HOME"] = home
        Program.fork_server = ForkServer() if sys.platform == "linux" else None
        try:
            yield Path(home)
        finally:
            if Program.fork_server:
                Program.fork_server.close()


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table of Markdown."""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
