"""Forms of settings: how their values are written in environment variables, and the texts that say so."""

import os
import tempfile
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a setting, as the key of the text `settings.<key>` that says what it must hold."""

    key: str


def split_numbers(value: object) -> object:
    """Split `1, 2 3` into a list of numbers, as people write them in an environment variable."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


def lower_case(value: object) -> object:
    """Read a choice in letters of either case."""
    return value.strip().lower() if isinstance(value, str) else value


def check_address(value: str | None) -> str | None:
    """Return an IP address as it is written; raise ValueError where it is none."""
    if value is not None:
        try:
            ip_address(value)
        except ValueError:
            raise ValueError("address") from None
    return value


def check_database(value: SecretStr | None) -> SecretStr | None:
    """Return the address of a database; raise ValueError where it has no scheme or nothing behind it."""
    scheme, _, rest = value.get_secret_value().partition("://") if value else ("a", "", "b")
    if not (scheme and rest):
        raise ValueError("database")
    return value


def cache_folder() -> Path:
    """Return the folder that the system has for what can be made again."""
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "isnad"
    except RuntimeError:  # nobody is at home
        return Path(tempfile.gettempdir()) / "isnad"


Ids = Annotated[
    tuple[Annotated[int, Field(ge=0, lt=2**64)], ...], NoDecode, BeforeValidator(split_numbers), Form("ids")
]
