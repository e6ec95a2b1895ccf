"""Forms of settings: how their values are written in environment variables, and the texts that say so."""

import os
import re
import ssl
import tempfile
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

# OpenSearch takes 255 bytes and no capitals; 29 characters of configuration and fingerprint come behind it.
_INDEX_FORM = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")


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


def check_web_address(value: SecretStr | None) -> SecretStr | None:
    """Return an address of the web; raise ValueError where it is none."""
    if value is not None and not _is_web_address(value.get_secret_value()):
        raise ValueError("heartbeat")
    return value


def check_sentry(value: SecretStr | None) -> SecretStr | None:
    """Return the address of a Sentry project, `https://KEY@HOST/NUMBER`; raise ValueError where it is none."""
    if value is not None:
        address = value.get_secret_value()
        if not _is_web_address(address) or not urlsplit(address).username or not re.search(r"/[0-9]+/?$", address):
            raise ValueError("sentry")
    return value


def split_addresses(value: str) -> tuple[str, ...]:
    """Split addresses of the web with commas or blanks between, of which none is part of one."""
    return tuple(value.replace(",", " ").split())


def check_certificates(value: Path | None) -> Path | None:
    """Return a file of certificates in PEM form; raise ValueError where it is none, or cannot be read."""
    if value is not None:
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(value)
        except OSError as error:  # of the file, or of what is in it
            raise ValueError("certificates") from error
    return value


def check_search(value: SecretStr | None) -> SecretStr | None:
    """Return the addresses of a search cluster; raise ValueError where one is no address of the web."""
    if value is not None:
        addresses = split_addresses(value.get_secret_value())
        if not addresses or not all(map(_is_web_host, addresses)):
            raise ValueError("search_url")
    return value


def check_index(value: str) -> str:
    """Return the beginning of index names; raise ValueError where OpenSearch takes no such name."""
    if not _INDEX_FORM.fullmatch(value):
        raise ValueError("search_index")
    return value


def _is_web_host(address: str) -> bool:
    """Tell whether an address names a server and nothing on it."""
    return _is_web_address(address) and not urlsplit(address).query and not urlsplit(address).fragment


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0 and " " not in address
    except ValueError:
        return False


def cache_folder() -> Path:
    """Return the folder that the system has for what can be made again."""
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "isnad"
    except RuntimeError:  # nobody is at home
        return Path(tempfile.gettempdir()) / "isnad"


Ids = Annotated[
    tuple[Annotated[int, Field(ge=0, lt=2**64)], ...], NoDecode, BeforeValidator(split_numbers), Form("ids")
]
