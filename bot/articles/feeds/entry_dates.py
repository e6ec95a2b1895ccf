"""The day of an entry, by what its feed says; none rather than one that cannot be."""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.articles.characters import one_line

_LONGEST = 100  # characters
_OLDEST_YEAR = 1950  # as in the warnings of articles
_EPOCH = frozenset({date(1969, 12, 31), date(1970, 1, 1)})  # what programs write where they know no day
_CLOCKS_APART = timedelta(hours=1)  # chosen: what servers' clocks and summer times differ by
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_WESTERN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def entry_day(written: str, now: datetime) -> date | None:
    """Read the day of a date in RFC 822 or ISO 8601, or written day/month/year, as it is where it was written.

    None for a day to come, the day on which computers count from, and whatever is no full date.
    """
    moment = _read(written)
    if moment is None:
        return None
    day = moment.date()
    if day.year < _OLDEST_YEAR or day in _EPOCH:
        return None
    try:
        is_to_come = moment > now + _CLOCKS_APART if moment.tzinfo else day > now.astimezone(UTC).date()
    except OverflowError:  # the last day of all, in another zone
        return None
    return None if is_to_come else day


def is_later(written: str, timestamp: float) -> bool:
    """Tell whether a date in one of these forms, with its zone, is later than a Unix time."""
    moment = _read(written)
    try:
        return moment is not None and moment.tzinfo is not None and moment.timestamp() > timestamp
    except (OverflowError, ValueError):
        return False


def _read(written: str) -> datetime | None:
    text = one_line(written[: _LONGEST + 1]).translate(_WESTERN_DIGITS)
    if not text or len(text) > _LONGEST:
        return None
    try:
        if match := _DAY_FIRST.fullmatch(text):
            day, month, year = map(int, match.groups())
            return datetime(year, month, day)  # noqa: DTZ001 (a day of no zone)
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text)
    except (ValueError, OverflowError, TypeError, IndexError):  # as it raises for words that are nearly a date
        return None
