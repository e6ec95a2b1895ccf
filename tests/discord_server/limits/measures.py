"""Measure single values in the words of Discord's form errors."""

from collections.abc import Iterator
from typing import Any

from tests.discord_server.errors import Problem


def at_most(where: str, text: Any, limit: int) -> Iterator[Problem]:
    """Yield a fault when a text is longer than its limit."""
    if isinstance(text, str) and len(text) > limit:
        yield Problem(where, "BASE_TYPE_MAX_LENGTH", f"Must be {limit} or fewer in length.")


def filled(where: str, text: Any, limit: int) -> Iterator[Problem]:
    """Yield a fault when a text that must be there is blank or longer than its limit."""
    if not isinstance(text, str) or not text.strip():
        yield Problem(where, "BASE_TYPE_REQUIRED", "This field is required")
    else:
        yield from at_most(where, text, limit)


def no_more_than(where: str, items: Any, limit: int) -> Iterator[Problem]:
    """Yield a fault when a list holds too many items."""
    yield from between(where, items, 0, limit)


def between(where: str, items: Any, least: int, most: int) -> Iterator[Problem]:
    """Yield a fault when a list holds too few or too many items."""
    if isinstance(items, list) and not least <= len(items) <= most:
        yield Problem(where, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")


def web_address(where: str, address: Any, *, schemes: tuple[str, ...] = ("http", "https")) -> Iterator[Problem]:
    """Yield a fault when an address is not one that Discord links to."""
    if isinstance(address, str) and address and not address.startswith(tuple(f"{s}://" for s in schemes)):
        yield Problem(where, "URL_TYPE_INVALID_SCHEME", f"Scheme must be one of {schemes}.")
