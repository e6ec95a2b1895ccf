"""Discord: questions in messages and commands, answers as cards. The only room that imports discord."""

from bot.chat.assembly import Materials
from bot.chat.discord_check import inspect
from bot.chat.service import serve
