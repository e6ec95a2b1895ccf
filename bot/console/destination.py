"""Where `count`, `fit` and exports write: nothing is replaced unasked, and what is replaced is kept."""

import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

from bot.articles.characters import one_line
from bot.console.arguments import Arguments
from bot.console.terminal import Terminal
from bot.texts.csv_table import CsvTable, write_csv

_DONE, _FAILED = 0, 2


def write_table(table: CsvTable, usage: Arguments, terminal: Terminal) -> int:
    """Write a table as CSV into the file of `--to`, or to standard output; return the exit code."""
    text = write_csv(table).text
    if usage.to is None:
        terminal.verbatim(text)
        return _DONE
    destination = Destination(usage.to, usage, terminal)
    if not destination.is_open():
        return _FAILED
    return destination.write(lambda file: file.write_text(text, encoding="utf-8", newline=""))


class Destination:
    """A file to write: the one in config/, or that of `--to`."""

    def __init__(self, default: Path, usage: Arguments, terminal: Terminal) -> None:
        self._file = usage.to or default
        self._is_allowed = usage.yes or not self._file.exists()
        self._terminal = terminal

    def is_open(self) -> bool:
        """Whether writing is allowed, or a person there to ask; else warn, before anything is computed."""
        if self._is_allowed or self._terminal.is_interactive:
            return True
        self._terminal.warn("write.refused", file=self._name)
        return False

    def write(self, write: Callable[[Path], object]) -> int:
        """Write the file, after asking where it is there, and a copy of the earlier one; return the exit code."""
        if not self._is_allowed and not self._terminal.confirm("write.question", file=self._name):
            self._terminal.say("write.declined")
            return _DONE
        try:
            copy = self._keep_earlier()
            write(self._file)
        except OSError as error:
            self._terminal.warn("write.failed", file=self._name, words=error.strerror or str(error))
            return _FAILED
        self._terminal.say("write.written", file=self._name)
        if copy:
            self._terminal.say("write.kept", copy=one_line(str(copy)))
        return _DONE

    @property
    def _name(self) -> str:
        return one_line(str(self._file.absolute()))

    def _keep_earlier(self) -> Path | None:
        """Copy the file that is there to the first name that is free, and return that."""
        if not self._file.exists():
            return None
        names = (self._file.with_name(f"{self._file.name}.bak{number or ''}") for number in count())
        copy = next(name for name in names if not name.exists())
        shutil.copy2(self._file, copy)
        return copy
