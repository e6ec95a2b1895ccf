"""Refusals that turn into answers: kept, asked again after reloads, edited, and told to who waits for them."""

from bot.chat.open_refusals.open_refusals import OpenRefusals

__all__ = ["OpenRefusals"]
