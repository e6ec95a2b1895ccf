"""Discord: questions come in, cards go out. The only room that knows Discord."""

from bot.chat.inspection import inspect
from bot.chat.service import serve

__all__ = ["inspect", "serve"]
