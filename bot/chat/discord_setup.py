"""Process-wide settings of discord.py: the addresses of REST API and gateway, its log lines, and no voice.

Other addresses lead to a proxy in front of a large deployment, or to the server of the tests.
"""

import logging

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.chat.chat_errors import is_lost_connection
from bot.ops.log_lines import error_line
from bot.settings import DiscordSettings

_API_PATH = f"/api/v{discord.http.INTERNAL_API_VERSION}"
# Those that log each loss of a connection, as an error with its traceback.
_LOGGERS = ("discord.client", "discord.shard")


def configure_discord(settings: DiscordSettings) -> None:
    """Set the addresses for all clients of this process; silence warnings about missing voice libraries.

    A lost connection is one line of the log.
    """
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(shorten_loss)
    if settings.api_url is not None:
        Route.BASE = rest_base(str(settings.api_url))
    if settings.gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(str(settings.gateway_url))


def shorten_loss(record: logging.LogRecord) -> bool:
    """Put the reason in the place of a traceback where a connection was lost; let every record through."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, Exception) and is_lost_connection(error):
        record.msg, record.args = "%s: %s", (record.getMessage(), error_line(error))
        record.levelno, record.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
        record.exc_info = None
    return True


def rest_base(url: str) -> str:
    """Return the base of REST routes; an address without a path gets Discord's own path."""
    base = url.rstrip("/")
    return base if yarl.URL(url).path.strip("/") else base + _API_PATH


async def find_gateway(client: discord.Client, settings: DiscordSettings) -> None:
    """Ask a configured REST API for its gateway, where the settings name none."""
    if settings.api_url is not None and settings.gateway_url is None:
        _, url, _ = await client.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
