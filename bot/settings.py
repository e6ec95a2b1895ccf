"""Every setting, from the environment or `.env`: one class per area, one plain sentence per mistake."""

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    AnyWebsocketUrl,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.answering import Risk
from bot.articles.sources import MEGABYTE, CorpusLocation, FetchLimits, SourceError, SourceKind, read_address
from bot.env_file import ENV_ENCODING, ENV_FILE, quiet_dotenv

_PACKAGE = Path(__file__).resolve().parent
# An installed copy carries its data inside the package; a checkout has it beside the package.
DATA = _PACKAGE / "data" if (_PACKAGE / "data").is_dir() else _PACKAGE.parent
CONFIG = DATA / "config"


def _numbers(value: object) -> object:
    """Read `1, 2 3` as a list of numbers, as people write them in an environment variable."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


def _off(value: object) -> object:
    """Read `off` as nothing."""
    return None if isinstance(value, str) and value.strip().lower() == "off" else value


def _small(value: object) -> object:
    """Read a choice in letters of either case."""
    return value.strip().lower() if isinstance(value, str) else value


def _address(value: str | None) -> str | None:
    """Take an IP address as it is written."""
    if value is not None:
        try:
            ip_address(value)
        except ValueError:
            raise ValueError("address") from None
    return value


def _cache_folder() -> Path:
    """Return the folder that the system has for what can be made again."""
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "isnad"
    except RuntimeError:  # nobody is at home
        return Path(tempfile.gettempdir()) / "isnad"


Ids = Annotated[tuple[Annotated[int, Field(ge=0, lt=2**64)], ...], NoDecode, BeforeValidator(_numbers)]


class _Area(BaseSettings):
    """What all areas share: where values come from, and that an empty value means unset."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE, env_file_encoding=ENV_ENCODING, env_ignore_empty=True, extra="ignore", frozen=True
    )


class DiscordSettings(_Area):
    """How to reach Discord, and where and for whom the bot works there."""

    model_config = SettingsConfigDict(env_prefix="DISCORD_")

    token: SecretStr | None = None
    api_url: AnyHttpUrl | None = None
    gateway_url: AnyWebsocketUrl | None = None
    guild_ids: Ids = ()
    home_guild_ids: Ids = ()
    channel_ids: Ids = ()
    moderator_role_ids: Ids = ()
    moderator_channel_id: int | None = Field(None, ge=0, lt=2**64)
    report_seconds: float = Field(60, gt=0, le=86_400)
    shard_count: int | None = Field(None, ge=1)
    shard_ids: Ids = ()

    @field_validator("shard_ids")
    @classmethod
    def _shards_are_counted(cls, ids: tuple[int, ...], info: ValidationInfo) -> tuple[int, ...]:
        count = info.data.get("shard_count")
        if ids and (count is None or max(ids) >= count):
            raise ValueError("shard_ids")
        return ids

    @field_validator("token")
    @classmethod
    def _token_looks_right(cls, token: SecretStr | None) -> SecretStr | None:
        if token is None:
            return None
        value = token.get_secret_value().strip().removeprefix("Bot ").strip()
        if value.count(".") != 2 or not value.isascii() or any(map(str.isspace, value)):  # noqa: PLR2004
            raise ValueError("token_form")
        return SecretStr(value)


class CorpusSettings(_Area):
    """Where the articles are, what fetching and reading them may cost, and the folder that keeps what comes of it."""

    model_config = SettingsConfigDict(env_prefix="CORPUS_")

    # Before `url`, whose check depends on it.
    allow_private: bool = False
    url: str = Field(str(DATA / "corpus"), repr=False)  # a signed address is a secret
    token: SecretStr | None = None
    max_megabytes: int = Field(200, ge=1, le=100_000)
    max_unpacked_megabytes: int = Field(1000, ge=1, le=100_000)
    max_files: int = Field(100_000, ge=1, le=10_000_000)
    fetch_seconds: float = Field(300, gt=0, le=86_400)
    build_seconds: float = Field(1800, gt=0, le=86_400)
    cache: Path = Field(default_factory=_cache_folder)
    most_shrink: float = Field(0.5, ge=0, le=1)
    refresh: Annotated[float | None, Field(ge=60, le=2_592_000), BeforeValidator(_off)] = None

    @field_validator("url")
    @classmethod
    def _can_be_fetched(cls, url: str, info: ValidationInfo) -> str:
        try:
            # Where CORPUS_ALLOW_PRIVATE itself is wrong, that alone is said.
            read_address(url, allow_private=info.data.get("allow_private", True))
        except SourceError as error:
            if error.key == "source.insecure":
                raise ValueError("corpus_http") from None
            if error.key == "source.credentials":
                raise ValueError("corpus_credentials") from None
            raise ValueError("corpus_address") from None
        return url

    @field_validator("token")
    @classmethod
    def _token_fits_a_header(cls, token: SecretStr | None) -> SecretStr | None:
        if token is None:
            return None
        value = token.get_secret_value().strip().removeprefix("Bearer ").strip()
        if not value or not value.isascii() or not value.isprintable() or " " in value:
            raise ValueError("corpus_token")
        return SecretStr(value)

    @property
    def location(self) -> CorpusLocation:
        """Where the corpus is, and how it may be fetched."""
        limits = FetchLimits(
            download_bytes=self.max_megabytes * MEGABYTE,
            unpacked_bytes=self.max_unpacked_megabytes * MEGABYTE,
            files=self.max_files,
            seconds=self.fetch_seconds,
        )
        token = self.token.get_secret_value() if self.token else None
        return CorpusLocation(self.url, token, self.allow_private, limits)

    @property
    def is_local(self) -> bool:
        """Whether `url` names something on this machine."""
        return read_address(self.url, allow_private=self.allow_private).kind is SourceKind.LOCAL

    @property
    def path(self) -> Path:
        """The directory or file that `url` names."""
        return read_address(self.url, allow_private=self.allow_private).path


class ReplySettings(_Area):
    """The language of the replies."""

    model_config = SettingsConfigDict(env_prefix="REPLY_")

    language: Annotated[Literal["ar", "en"], BeforeValidator(_small)] = "ar"


class AnswerSettings(_Area):
    """How much is dared: at low risk fewer answers are wrong and more questions refused, at high risk the reverse."""

    model_config = SettingsConfigDict(env_prefix="ANSWER_")

    risk: Annotated[Risk, BeforeValidator(_small)] = Risk.NORMAL


class LimitSettings(_Area):
    """How many answers a member, and all members together in a channel, get a minute; 0 sets no limit."""

    model_config = SettingsConfigDict(env_prefix="LIMIT_")

    member_per_minute: int = Field(6, ge=0)
    channel_per_minute: int = Field(30, ge=0)


class OpsSettings(_Area):
    """How the process is watched: log lines, and a port for health checks when one is set, on one address or on all."""

    port: int | None = Field(None, ge=1, le=65535)
    # Platforms ask from outside of the machine. HOST alone is a name that shells set.
    health_host: Annotated[str | None, AfterValidator(_address)] = None
    log_format: Annotated[Literal["text", "json"], BeforeValidator(_small)] = "text"


@dataclass(frozen=True, slots=True)
class Settings:
    """All areas together."""

    discord: DiscordSettings
    corpus: CorpusSettings
    reply: ReplySettings
    answer: AnswerSettings
    limit: LimitSettings
    ops: OpsSettings


_AREAS: dict[str, type[_Area]] = {
    "discord": DiscordSettings,
    "corpus": CorpusSettings,
    "reply": ReplySettings,
    "answer": AnswerSettings,
    "limit": LimitSettings,
    "ops": OpsSettings,
}
# What each variable must hold, as a text key; a validator's own complaint comes first.
_FORMS = {
    "DISCORD_API_URL": "http_url",
    "DISCORD_GATEWAY_URL": "websocket_url",
    "DISCORD_GUILD_IDS": "ids",
    "DISCORD_HOME_GUILD_IDS": "ids",
    "DISCORD_CHANNEL_IDS": "ids",
    "DISCORD_MODERATOR_ROLE_IDS": "ids",
    "DISCORD_MODERATOR_CHANNEL_ID": "id",
    "DISCORD_REPORT_SECONDS": "seconds",
    "DISCORD_SHARD_COUNT": "count",
    "DISCORD_SHARD_IDS": "ids",
    "CORPUS_URL": "corpus_address",
    "CORPUS_TOKEN": "corpus_token",
    "CORPUS_ALLOW_PRIVATE": "yes_or_no",
    "CORPUS_MAX_MEGABYTES": "size",
    "CORPUS_MAX_UNPACKED_MEGABYTES": "size",
    "CORPUS_MAX_FILES": "files",
    "CORPUS_FETCH_SECONDS": "seconds",
    "CORPUS_BUILD_SECONDS": "seconds",
    "CORPUS_MOST_SHRINK": "share",
    "CORPUS_REFRESH": "refresh",
    "REPLY_LANGUAGE": "language",
    "ANSWER_RISK": "risk",
    "LIMIT_MEMBER_PER_MINUTE": "limit",
    "LIMIT_CHANNEL_PER_MINUTE": "limit",
    "PORT": "port",
    "HEALTH_HOST": "address",
    "LOG_FORMAT": "log_format",
}


class ConfigError(Exception):
    """A file of `config/` cannot be used; the message names the file, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One setting that cannot be used: the variable, the text that says what it must hold, the library's words."""

    variable: str
    key: str
    words: str


class SettingsError(Exception):
    """Settings that cannot be used, each with its mistake."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("; ".join(f"{mistake.variable}: {mistake.words}" for mistake in mistakes))
        self.mistakes = tuple(mistakes)


@quiet_dotenv()
def read_settings() -> Settings:
    """Read and check all settings; raise SettingsError that names every mistake at once."""
    areas: dict[str, Any] = {}
    mistakes: dict[str, Mistake] = {}
    for name, area in _AREAS.items():
        try:
            areas[name] = area()
        except ValidationError as error:
            for mistake in (_mistake(area, detail) for detail in error.errors()):
                mistakes.setdefault(mistake.variable, mistake)
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError([Mistake(ENV_FILE, "settings.env_file", str(error))]) from None
    if mistakes:
        raise SettingsError(list(mistakes.values()))
    return Settings(**areas)


def setting_names() -> frozenset[str]:
    """Return the names of all settings."""
    return frozenset(_variable(area, name) for area in _AREAS.values() for name in area.model_fields)


@quiet_dotenv()
def reply_language() -> str:
    """Return the language to complain in, also where other settings, or this one, cannot be used."""
    try:
        return ReplySettings().language
    except (OSError, ValueError):
        return str(ReplySettings.model_fields["language"].default)


def _variable(area: type[_Area], field: str) -> str:
    return (area.model_config.get("env_prefix", "") + field).upper()


def _mistake(area: type[_Area], detail: ErrorDetails) -> Mistake:
    """Name the variable at fault and the text that says what it must hold."""
    variable = _variable(area, str(detail["loc"][0]))
    own = str(detail["ctx"]["error"]) if detail["type"] == "value_error" else ""
    return Mistake(variable, f"settings.{own or _FORMS.get(variable, 'invalid')}", detail["msg"])
