"""Lines typed in a terminal, with editing and a history where the system has them."""

import locale
import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bot.ops.typography import printable

with suppress(ImportError):  # not on every system
    import readline

# What a person goes back to; a question of the greatest length fits a line.
_MOST_LINES, _LONGEST_LINE = 500, 1000
# Keys such as arrows, as a terminal sends them to programs that do not edit lines.
_KEYS = re.compile("\x1b(?:\\[[0-?]*[ -/]*[@-~]|O[ -~]|[ -~])?")
# The first has no language; some systems have only the second.
_LOCALES = ("C.UTF-8", "en_US.UTF-8")
_SETTINGS = ("enable-bracketed-paste off", "enable-meta-key off")


class LineEditor:
    """Reads lines at a prompt; each is kept in a file for the person alone, if there is one."""

    def __init__(self, prompt: str, history: Path | None = None) -> None:
        self._prompt = prompt
        self._history = History(history) if history else None
        self._is_edited = "readline" in globals() and sys.stdout.isatty() and _reads_letters()
        if self._is_edited:
            _prepare(list(self._history.lines()) if self._history else [])

    def lines(self) -> Iterator[str]:
        """Yield what is typed, line by line, until the end of the input; an interrupt clears the line."""
        while True:
            try:
                yield _KEYS.sub("", self._read()).strip()
            except KeyboardInterrupt:
                sys.stdout.write("\n")
            except EOFError:
                sys.stdout.write("\n")
                return

    def keep(self, line: str) -> None:
        """Remember a line, for the arrow keys and in the file."""
        if self._is_edited:
            readline.add_history(line)
        if self._history:
            self._history.append(line)

    def _read(self) -> str:
        if sys.stdout.isatty():
            return input(self._prompt)
        # What is asked goes to the person, what is answered into the file.
        sys.stderr.write(self._prompt)
        sys.stderr.flush()
        return input()


class History:
    """A file of the lines that were typed, which only its owner may read; it never grows beyond a bound.

    A file that cannot be read or written keeps nothing, silently: it is a convenience.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def lines(self) -> Iterator[str]:
        """Yield the newest lines, and cut the file down to them where it has more."""
        with suppress(OSError):
            lines = self._file.read_text(encoding="utf-8", errors="replace").splitlines()
            if len(lines) > _MOST_LINES:
                lines = lines[-_MOST_LINES:]
                self._write("".join(f"{line}\n" for line in lines), os.O_TRUNC)
            yield from lines

    def append(self, line: str) -> None:
        """Add a line, without what could not be shown."""
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._write(f"{printable(line)[:_LONGEST_LINE]}\n", os.O_APPEND)

    def _write(self, text: str, how: int) -> None:
        # A link in its place would lead elsewhere.
        flags = os.O_WRONLY | os.O_CREAT | how | getattr(os, "O_NOFOLLOW", 0)
        with open(os.open(self._file, flags, 0o600), "w", encoding="utf-8", errors="replace") as file:  # noqa: PTH123
            if hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), 0o600)
            file.write(text)


def _reads_letters() -> bool:
    """Whether the library takes the bytes of a letter for one letter; where it does not, look for a locale."""
    for name in ("", *_LOCALES):
        with suppress(locale.Error):
            locale.setlocale(locale.LC_CTYPE, name)
            has_codeset = hasattr(locale, "nl_langinfo")
            encoding = locale.nl_langinfo(locale.CODESET) if has_codeset else locale.getpreferredencoding()
            if encoding.replace("-", "").lower() == "utf8":
                if name:
                    # At each line the library asks the environment anew.
                    os.environ["LC_ALL"] = name
                return True
    return False


def _prepare(lines: list[str]) -> None:
    """Set up editing, with the lines of earlier on the arrow keys."""
    for setting in _SETTINGS:
        readline.parse_and_bind(f"set {setting}")
    # Only questions are remembered, and no answers to a question of ours.
    readline.set_auto_history(False)
    readline.clear_history()
    for line in lines:
        readline.add_history(line)
