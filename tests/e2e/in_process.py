"""Settings and a store for parts of the program that run in the process of the test."""

from pathlib import Path

from sqlalchemy import make_url

from bot.articles import BoilerplatePhrases
from bot.articles.importing import AddedArticles
from bot.records import Records
from bot.settings import (
    CONFIG,
    AnswerSettings,
    CorpusSettings,
    DiscordSettings,
    LimitSettings,
    OpsSettings,
    RecordSettings,
    ReplySettings,
    Settings,
)
from tests.discord_server import DiscordServer

NOTHING_ADDED = AddedArticles(Path("no-such-folder"), BoilerplatePhrases.read(CONFIG / "marks.toml"))


def settings_for(server: DiscordServer) -> Settings:
    """Lead to a played Discord, without limits."""
    urls = {"token": server.token, "api_url": server.api_url, "gateway_url": server.gateway_url}
    return Settings(
        DiscordSettings.model_validate(urls),
        CorpusSettings(),
        ReplySettings(),
        AnswerSettings(),
        LimitSettings(member_per_minute=0, channel_per_minute=0),
        OpsSettings(),
        RecordSettings(),
    )


def passing_records() -> Records:
    """Make a store that is gone with its process."""
    return Records(make_url("sqlite://"), days=90)
