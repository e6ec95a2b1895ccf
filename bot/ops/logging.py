"""Log lines on standard error, as text or as JSON, without the secrets that libraries put into theirs."""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Literal

_SECRETS = (
    (re.compile(r"(?<![\w-])[\w-]{15,}+\.[\w-]{5,}+\.[\w-]{15,}", re.ASCII), "[token]"),
    # For fifteen minutes, whoever holds an interaction's address can speak as the bot.
    (re.compile(r"(/(?:webhooks|interactions)/\d+/)[\w.=-]+"), r"\1[token]"),
)


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


def configure(log_format: Literal["text", "json"]) -> None:
    """Send every logger's lines from INFO up to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter() if log_format == "json" else TextFormatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("aiohttp.access").setLevel(logging.WARNING)
