"""Judges a server's answer: a file, nothing new, a failure that may pass, or one that stays."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp

from bot.articles.sources.errors import SourceError
from bot.articles.sources.patience import PassingError
from bot.articles.sources.request import Request

_OK, _UNCHANGED, _TIMEOUT, _BUSY, _SERVER = 200, 304, 408, 429, 500
_FORBIDDEN = frozenset({401, 403})
_GONE = frozenset({404, 410})


def has_file(response: aiohttp.ClientResponse, request: Request) -> bool:
    """Tell whether a file follows (True) or the known version still holds (False); raise for everything else."""
    status = response.status
    if status == _OK:
        return True
    if status == _UNCHANGED and request.conditions:
        return False
    wait = _wait(response.headers.get("Retry-After", ""))
    if status == _BUSY or (status in _FORBIDDEN and wait):  # some hosts forbid what comes too often
        raise PassingError(SourceError("source.busy", url=request.shown), wait)
    if status == _TIMEOUT or status >= _SERVER:
        raise PassingError(SourceError("source.status", url=request.shown, status=str(status)), wait)
    if status in _FORBIDDEN:
        raise SourceError("source.forbidden", url=request.shown)
    if status in _GONE:
        raise SourceError("source.not_found", url=request.shown)
    raise SourceError("source.status", url=request.shown, status=str(status))


def _wait(retry_after: str) -> float:
    """Read how many seconds a server wants to be left alone; 0 where it does not say so, or not clearly."""
    if retry_after.isascii() and retry_after.isdecimal():
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
        return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
    except (ValueError, OverflowError):  # no date, or one of a year or zone that there is not
        return 0.0
