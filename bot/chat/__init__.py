"""Discord: questions come in, cards go out. The only room that knows Discord."""

from bot.chat.discord_check import inspect
from bot.chat.service import serve

__all__ = ["inspect", "serve"]
