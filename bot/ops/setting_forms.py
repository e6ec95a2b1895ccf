"""Forms of settings: how their values are written in environment variables, and the texts that say so."""

import os
import re
import ssl
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

from bot.articles.sources import SourceError, SourceKind, read_address

T = TypeVar("T")

# How names of indices begin. OpenSearch takes 255 bytes and no capitals; 29 characters of configuration and fingerprint
# come behind it.
INDEX_FORM = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
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


def fits(test: Callable[[Any], object]) -> AfterValidator:
    """Make the validator of a test: a value for which it is false, or raises, has not the form of its setting."""

    def check(value: T) -> T:
        try:
            is_fit = test(value.get_secret_value() if isinstance(value, SecretStr) else value)
        except (OSError, ValueError, SourceError):
            is_fit = False
        if not is_fit:
            raise ValueError
        return value

    return AfterValidator(check)


def is_folder(address: str) -> bool:
    return bool(address) and read_address(address).kind is not SourceKind.ARCHIVE


def is_database(address: str) -> bool:
    """Whether the address of a database has a scheme, and something behind it."""
    return all(address.partition("://"))


def is_web_address(address: str) -> bool:
    """Whether an address is one of the web; it may also raise ValueError."""
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0 and " " not in address


def is_sentry_project(address: str) -> bool:
    """Whether an address is that of a Sentry project, `https://KEY@HOST/NUMBER`."""
    return bool(is_web_address(address) and urlsplit(address).username and re.search(r"/[0-9]+/?$", address))


def split_addresses(value: str) -> tuple[str, ...]:
    return tuple(value.replace(",", " ").split())


def are_servers(addresses: str) -> bool:
    """Whether addresses name servers and nothing on them; @ in a path is what was to end a password."""
    split = split_addresses(addresses)
    parts = [urlsplit(address) for address in split if is_web_address(address)]
    return 0 < len(parts) == len(split) and not any(part.query or part.fragment or "@" in part.path for part in parts)


def has_certificates(file: Path) -> bool:
    """Whether a file has certificates in PEM form; raise OSError where it has none, or cannot be read."""
    ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(file)
    return True


def cache_folder() -> Path:
    """Return the folder that the system has for what can be made again."""
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "isnad"
    except RuntimeError:  # nobody is at home
        return Path(tempfile.gettempdir()) / "isnad"


Ids = Annotated[
    tuple[Annotated[int, Field(ge=0, lt=2**64)], ...], NoDecode, BeforeValidator(split_numbers), Form("ids")
]
Refresh = Annotated[
    Annotated[float, Field(ge=60, le=2_592_000)] | Literal["off"] | None, BeforeValidator(lower_case), Form("refresh")
]
