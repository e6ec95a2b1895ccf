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

from bot.articles.sources import SourceError, SourceKind, read_address

# OpenSearch takes 255 bytes and no capitals; 29 characters of configuration and fingerprint come behind it.
_INDEX_FORM = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
# Three parts in Base64's letters. Quotes come from files of settings whose reader leaves them in, such as Docker's.
_TOKEN_FORM = re.compile(r"[\w+/=-]+(?:\.[\w+/=-]+){2}", re.ASCII)


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


def check_token(value: SecretStr) -> SecretStr:
    """Return a bot's token without what people copy with it; raise ValueError where it has another form."""
    token = value.get_secret_value().strip().removeprefix("Bot ").strip()
    if not _TOKEN_FORM.fullmatch(token):
        raise ValueError("token_form")
    return SecretStr(token)


def check_corpus_token(value: SecretStr) -> SecretStr:
    """Return the token of a source without what people copy with it; raise ValueError where no header may hold it."""
    token = value.get_secret_value().strip().removeprefix("Bearer ").strip()
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise ValueError("corpus_token")
    return SecretStr(token)


def check_kept_folder(value: str) -> str:
    """Return the address of a folder; raise ValueError where nothing can be written."""
    try:
        is_archive = bool(value) and read_address(value).kind is SourceKind.ARCHIVE
    except SourceError:
        is_archive = True
    if is_archive:
        raise ValueError("corpus_keep")
    return value


def check_address(value: str) -> str:
    """Return an IP address as it is written; raise ValueError where it is none."""
    try:
        ip_address(value)
    except ValueError:
        raise ValueError("address") from None
    return value


def check_database(value: SecretStr) -> SecretStr:
    """Return the address of a database; raise ValueError where it has no scheme or nothing behind it."""
    scheme, _, rest = value.get_secret_value().partition("://")
    if not (scheme and rest):
        raise ValueError("database")
    return value


def check_web_address(value: SecretStr) -> SecretStr:
    """Return an address of the web; raise ValueError where it is none."""
    if not _is_web_address(value.get_secret_value()):
        raise ValueError("heartbeat")
    return value


def check_sentry(value: SecretStr) -> SecretStr:
    """Return the address of a Sentry project, `https://KEY@HOST/NUMBER`; raise ValueError where it is none."""
    address = value.get_secret_value()
    if not _is_web_address(address) or not urlsplit(address).username or not re.search(r"/[0-9]+/?$", address):
        raise ValueError("sentry")
    return value


def split_addresses(value: str) -> tuple[str, ...]:
    """Split addresses of the web with commas or blanks between."""
    return tuple(value.replace(",", " ").split())


def check_certificates(value: Path) -> Path:
    """Return a file of certificates in PEM form; raise ValueError where it is none, or cannot be read."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(value)
    except OSError as error:  # of the file, or of what is in it
        raise ValueError("certificates") from error
    return value


def check_search(value: SecretStr) -> SecretStr:
    """Return the addresses of a search cluster; raise ValueError where one is no address of the web."""
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
    """Whether an address names a server and nothing on it; @ in its path is what was to end a password."""
    if not _is_web_address(address):
        return False
    parts = urlsplit(address)
    return not parts.query and not parts.fragment and "@" not in parts.path


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
