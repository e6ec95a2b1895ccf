"""Every setting, from the environment or `.env`: one class per area, one plain sentence per mistake."""

import logging
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

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
from pydantic_settings import BaseSettings, SettingsConfigDict

import bot
from bot.answering import Knowledge, Risk
from bot.articles import BoilerplatePhrases
from bot.articles.combined import CorpusLocation, SourceEntryError, read_entries
from bot.articles.site_rules import read_site_rules
from bot.articles.sources import MEGABYTE, FetchLimits, SourceError, SourceKind, read_address
from bot.errors import ConfigError, Mistake, SettingsError
from bot.ops import setting_forms as forms
from bot.ops.setting_forms import Form, Ids, Refresh, fits

DATA, CONFIG = bot.DATA, bot.CONFIG
ENV_FILE, ENV_ENCODING = ".env", "utf-8-sig"


class _Area(BaseSettings):
    """The base of all areas: values come from the environment or `.env`, and an empty value means unset."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE, env_file_encoding=ENV_ENCODING, env_ignore_empty=True, extra="ignore", frozen=True
    )


class DiscordSettings(_Area):
    """How to reach Discord, and where and for whom the bot works there."""

    model_config = SettingsConfigDict(env_prefix="DISCORD_")

    token: Annotated[SecretStr, AfterValidator(forms.check_token)] | None = None
    api_url: Annotated[AnyHttpUrl | None, Form("http_url")] = None
    gateway_url: Annotated[AnyWebsocketUrl | None, Form("websocket_url")] = None
    guild_ids: Ids = ()
    home_guild_ids: Ids = ()
    channel_ids: Ids = ()
    moderator_role_ids: Ids = ()
    moderator_channel_id: Annotated[int | None, Form("id")] = Field(None, ge=0, lt=2**64)
    report_seconds: Annotated[float, Form("seconds")] = Field(60, gt=0, le=86_400)
    shard_count: Annotated[int | None, Form("count")] = Field(None, ge=1)
    shard_ids: Ids = ()

    @field_validator("shard_ids")
    @classmethod
    def _shards_are_counted(cls, ids: tuple[int, ...], info: ValidationInfo) -> tuple[int, ...]:
        count = info.data.get("shard_count")
        if ids and (count is None or max(ids) >= count):
            raise ValueError("shard_ids")
        return ids

    @property
    def bot_id(self) -> int | None:
        """The id of the bot, which is the first part of its token, as Discord writes it; None where it is none."""
        first, *_ = self.token.get_secret_value().split(".") if self.token else [""]
        try:
            return int(b64decode(f"{first}==", altchars=b"-_"))
        except ValueError:
            return None


class CorpusSettings(_Area):
    """Where the articles are, what fetching and reading them may cost, and the folder that keeps what comes of it."""

    model_config = SettingsConfigDict(env_prefix="CORPUS_")

    # Before `url`, whose check depends on it.
    allow_private: Annotated[bool, Form("yes_or_no")] = False
    # A signed address is a secret.
    url: Annotated[str, Form("corpus_address")] = Field(str(DATA / "corpus"), repr=False)
    token: Annotated[Annotated[SecretStr, AfterValidator(forms.check_corpus_token)] | None, Form("corpus_token")] = None
    max_megabytes: Annotated[int, Form("size")] = Field(200, ge=1, le=100_000)
    max_unpacked_megabytes: Annotated[int, Form("size")] = Field(1000, ge=1, le=100_000)
    max_files: Annotated[int, Form("files")] = Field(100_000, ge=1, le=10_000_000)
    fetch_seconds: Annotated[float, Form("seconds")] = Field(300, gt=0, le=86_400)
    build_seconds: Annotated[float, Form("seconds")] = Field(1800, gt=0, le=86_400)
    cache: Path = Field(default_factory=forms.cache_folder)
    keep: Annotated[Annotated[str, fits(forms.is_folder)] | None, Form("corpus_keep")] = None
    most_shrink: Annotated[float, Form("share")] = Field(0.5, ge=0, le=1)
    # Unset, it is what the sources themselves say: feeds have news of their own accord.
    refresh: Refresh = None

    @field_validator("url")
    @classmethod
    def _can_be_fetched(cls, url: str, info: ValidationInfo) -> str:
        try:
            # Where CORPUS_ALLOW_PRIVATE itself is wrong, that alone is said.
            read_entries(url, allow_private=info.data.get("allow_private", True))
        except SourceError as error:
            if error.key == "source.insecure":
                raise ValueError("corpus_http") from None
            if error.key == "source.credentials":
                raise ValueError("corpus_credentials") from None
            raise ValueError("corpus_address") from None
        return url

    @property
    def limits(self) -> FetchLimits:
        """What a fetch may cost."""
        return FetchLimits(
            download_bytes=self.max_megabytes * MEGABYTE,
            unpacked_bytes=self.max_unpacked_megabytes * MEGABYTE,
            files=self.max_files,
            seconds=self.fetch_seconds,
        )

    @property
    def location(self) -> CorpusLocation:
        """Where the corpus is, and how it may be fetched."""
        token = self.token.get_secret_value() if self.token else None
        return CorpusLocation(self.url, token, self.allow_private, self.limits)

    @property
    def path(self) -> Path | None:
        """The directory or file that `url` names, where it names but one, and on this machine."""
        [first, *others] = self.location.entries
        address = read_address(first.url, allow_private=self.allow_private)
        return address.path if address.kind is SourceKind.LOCAL and not others else None


class SearchSettings(_Area):
    """Where the index is that many processes share, an OpenSearch cluster, and whether this one builds for it."""

    model_config = SettingsConfigDict(env_prefix="SEARCH_")

    # The addresses may hold a password.
    url: Annotated[Annotated[SecretStr, fits(forms.are_servers)] | None, Form("search_url")] = None
    index: Annotated[str, fits(forms.INDEX_FORM.fullmatch), Form("search_index")] = "isnad"
    ca_file: Annotated[Annotated[Path, fits(forms.has_certificates)] | None, Form("certificates")] = None
    builds: Annotated[bool, Form("yes_or_no")] = True
    poll_seconds: Annotated[float, Form("poll_seconds")] = Field(15, ge=1, le=3600)

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of the cluster's nodes; none where the index is embedded."""
        return forms.split_addresses(self.url.get_secret_value()) if self.url else ()


class ReplySettings(_Area):
    """The language of the replies, and the region whose names of months Arabic ones have."""

    model_config = SettingsConfigDict(env_prefix="REPLY_")

    language: Annotated[Literal["ar", "en", "fr"], BeforeValidator(forms.lower_case), Form("language")] = "ar"
    months: Annotated[
        Literal["egypt", "levant", "maghreb", "morocco"], BeforeValidator(forms.lower_case), Form("months")
    ] = "egypt"

    @property
    def chosen_language(self) -> str | None:
        """The language, where it was chosen; None where it is the default."""
        return self.language if "language" in self.model_fields_set else None


class AnswerSettings(_Area):
    """How much is dared: at low risk fewer answers are wrong and more questions refused, at high risk the reverse."""

    model_config = SettingsConfigDict(env_prefix="ANSWER_")

    risk: Annotated[Risk, BeforeValidator(forms.lower_case), Form("risk")] = Risk.NORMAL


class LimitSettings(_Area):
    """How many answers a member, and all members together in a channel, get a minute; 0 sets no limit."""

    model_config = SettingsConfigDict(env_prefix="LIMIT_")

    member_per_minute: Annotated[int, Form("limit")] = Field(6, ge=0)
    channel_per_minute: Annotated[int, Form("limit")] = Field(30, ge=0)


class OpsSettings(_Area):
    """How the process is watched: log lines, a port for health checks, on one address or on all, who is notified."""

    port: Annotated[int | None, Form("port")] = Field(None, ge=1, le=65535)
    # Platforms ask from outside of the machine. HOST alone is a name that shells set.
    health_host: Annotated[Annotated[str, fits(ip_address)] | None, Form("address")] = None
    log_format: Annotated[Literal["text", "json"], BeforeValidator(forms.lower_case), Form("log_format")] = "text"
    # Whoever knows these addresses could report to the monitor that all is well, or send errors in the bot's name.
    heartbeat_url: Annotated[Annotated[SecretStr, fits(forms.is_web_address)] | None, Form("heartbeat")] = None
    sentry_dsn: Annotated[Annotated[SecretStr, fits(forms.is_sentry_project)] | None, Form("sentry")] = None


class RecordSettings(_Area):
    """Where what outlives a restart is kept, an SQLite file in the cache unless a platform hands out a database."""

    # The address holds a password.
    database_url: Annotated[Annotated[SecretStr, fits(forms.is_database)] | None, Form("database")] = None
    records_days: Annotated[int, Form("days")] = Field(90, ge=1, le=3650)


@dataclass(frozen=True, slots=True)
class Settings:
    """All areas together."""

    discord: DiscordSettings
    corpus: CorpusSettings
    search: SearchSettings
    reply: ReplySettings
    answer: AnswerSettings
    limit: LimitSettings
    ops: OpsSettings
    records: RecordSettings


_AREAS: dict[str, type[_Area]] = get_type_hints(Settings)


@contextmanager
def _quiet_dotenv() -> Iterator[None]:
    """Keep dotenv from naming the lines that it cannot read: it does so at each reading, in English."""
    logger = logging.getLogger("dotenv.main")
    was_disabled, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = was_disabled


@_quiet_dotenv()
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


def read_config(folder: Path, risk: Risk, cache: Path | None = None) -> tuple[BoilerplatePhrases, Knowledge]:
    """Read what a maintainer may edit (see `Knowledge.read`); raise ConfigError where a file cannot be used."""
    try:
        phrases = replace(BoilerplatePhrases.read(folder / "marks.toml"), sites=read_site_rules(folder / "sites.toml"))
        return phrases, Knowledge.read(folder, risk, cache)
    except ValueError as error:
        raise ConfigError(str(error)) from error


@_quiet_dotenv()
def reply_settings() -> ReplySettings:
    """Return how to reply and complain, with the default of each setting that cannot be used."""
    try:
        return ReplySettings()
    except ValidationError as error:
        wrong = {str(detail["loc"][0]) for detail in error.errors()}
        replies = ReplySettings(**{name: ReplySettings.model_fields[name].default for name in wrong})
        # What cannot be used is not chosen.
        replies.model_fields_set.difference_update(wrong)
        return replies
    except (OSError, ValueError):
        return ReplySettings.model_construct()


def required_forms() -> dict[str, str]:
    """Return the key of the form of each setting that has one, by the name of the setting."""
    return {
        _variable(area, name): item.key
        for area in _AREAS.values()
        for name, field in area.model_fields.items()
        for item in field.metadata
        if isinstance(item, Form)
    }


def _variable(area: type[_Area], field: str) -> str:
    return (area.model_config.get("env_prefix", "") + field).upper()


def _mistake(area: type[_Area], detail: ErrorDetails) -> Mistake:
    """Name the variable at fault and the text that says what it must hold."""
    variable = _variable(area, str(detail["loc"][0]))
    error = detail["ctx"]["error"] if detail["type"] == "value_error" else ""
    key = f"settings.{str(error) or required_forms().get(variable, 'invalid')}"
    return Mistake(variable, key, error.part if isinstance(error, SourceEntryError) else detail["msg"])
