"""Log lines on standard error, as text or as JSON, without the secrets that libraries put into theirs."""

import json
import logging
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock
from typing import Literal

from cachetools import FIFOCache

from bot.ops.rate_limits import Buckets

_SECRETS = (
    (re.compile(r"(?<![\w-])[\w-]{15,}+\.[\w-]{5,}+\.[\w-]{15,}", re.ASCII), "[token]"),
    # Of an address with a name and a password in it, as of a database.
    (re.compile(r"(://[^\s/:@]{0,100}:)[^\s@]{1,200}@"), r"\1[password]@"),
    # For fifteen minutes, the address of an interaction lets anybody speak as the bot.
    (re.compile(r"(/(?:webhooks|interactions)/\d+/)[\w.=-]+"), r"\1[token]"),
)
# Chosen: two lines of a wide terminal.
_LONGEST_ERROR = 300
# The same line at most so often a minute; and the number of different lines remembered for that.
_SAME_LINES, _DIFFERENT_LINES = 20, 1000


def error_line(error: BaseException) -> str:
    """Write an error on one line: its type, and the beginning of what it says, which may be a whole page of a proxy."""
    line = " ".join(f"{type(error).__name__}: {error}".split()).removesuffix(":")
    return line if len(line) <= _LONGEST_ERROR else line[:_LONGEST_ERROR] + "…"


def redact(line: str) -> str:
    """Take bot tokens and interaction tokens out of a line."""
    for pattern, replacement in _SECRETS:
        line = pattern.sub(replacement, line)
    return line


class TextFormatter(logging.Formatter):
    """One readable line a record; a traceback follows on lines of its own."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-8s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Format as usual, without secrets."""
        return redact(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for log collectors."""

    def format(self, record: logging.LogRecord) -> str:
        """Give time, level, logger, message and any traceback, without secrets."""
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return redact(json.dumps(entry, ensure_ascii=False))


class RepeatFilter(logging.Filter):
    """Lets each line through so many times a minute; the next then says how many equal lines were left out.

    An error at every turn of a loop would fill the disk with the same line.
    """

    def __init__(self, per_minute: int = _SAME_LINES, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._buckets = Buckets(per_minute, clock, _DIFFERENT_LINES)
        self._left_out: FIFOCache[int, int] = FIFOCache(_DIFFERENT_LINES)
        # Lines come from every thread.
        self._lock = Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is to be written."""
        key = hash((record.name, record.levelno, record.getMessage()))
        with self._lock:
            if self._buckets.wait(key):
                self._left_out[key] = self._left_out.pop(key, 0) + 1
                return False
            self._buckets.take(key)
            left_out = self._left_out.pop(key, 0)
        if left_out:
            record.msg, record.args = f"{record.getMessage()} (left out before: {left_out} like it)", ()
        return True


def configure(log_format: Literal["text", "json"]) -> None:
    """Send every logger's lines from INFO up to standard error."""
    handler = logging.StreamHandler()
    handler.addFilter(RepeatFilter())
    handler.setFormatter(JsonFormatter() if log_format == "json" else TextFormatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    # Nobody needs its lines about what goes well.
    logging.getLogger("aiohttp.access").setLevel(logging.WARNING)
