"""Process-wide settings of discord.py: the addresses of REST API and gateway, and no voice.

Other addresses lead to a proxy in front of a large deployment, or to the server of the tests.
"""

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.settings import DiscordSettings

_API_PATH = f"/api/v{discord.http.INTERNAL_API_VERSION}"


def configure_discord(settings: DiscordSettings) -> None:
    """Set the addresses for all clients of this process, and silence warnings about missing voice libraries."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    if settings.api_url is not None:
        Route.BASE = rest_base(str(settings.api_url))
    if settings.gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(str(settings.gateway_url))


def rest_base(url: str) -> str:
    """Return the base of REST routes; an address without a path gets Discord's own path."""
    base = url.rstrip("/")
    return base if yarl.URL(url).path.strip("/") else base + _API_PATH


async def find_gateway(client: discord.Client, settings: DiscordSettings) -> None:
    """Ask a configured REST API for its gateway, where the settings name none."""
    if settings.api_url is not None and settings.gateway_url is None:
        _, url, _ = await client.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
