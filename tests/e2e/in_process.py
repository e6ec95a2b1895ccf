"""Settings and a store for parts of the program that run in the process of the test."""

from pathlib import Path
from typing import cast

from sqlalchemy import make_url

from bot.answering import Answerer, Gaps
from bot.articles import BoilerplatePhrases, RemovalList
from bot.articles.importing import AddedArticles
from bot.chat import Materials
from bot.edition import Editions
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
    SearchSettings,
    Settings,
)
from tests.chat.samples import ARABIC_FIRST
from tests.discord_server import DiscordServer


def settings_for(server: DiscordServer) -> Settings:
    """Lead to a played Discord, without limits."""
    urls = {"token": server.token, "api_url": server.api_url, "gateway_url": server.gateway_url}
    return Settings(
        DiscordSettings.model_validate(urls),
        CorpusSettings(),
        SearchSettings(),
        ReplySettings(),
        AnswerSettings(),
        LimitSettings(member_per_minute=0, channel_per_minute=0),
        OpsSettings(),
        RecordSettings(),
    )


def passing_records() -> Records:
    """Make a store that is gone with its process."""
    return Records(make_url("sqlite://"), days=90)


def materials(settings: Settings, editions: Editions, answerer: Answerer) -> Materials:
    """Say what a bot is made of that counts no gaps, to which nothing was added, and whose store is gone with it."""
    added = AddedArticles(Path("no-such-folder"), BoilerplatePhrases.read(CONFIG / "marks.toml"))
    removals = RemovalList(Path("no-such-folder"))
    return Materials(settings, ARABIC_FIRST, editions, answerer, cast("Gaps", None), passing_records(), added, removals)
