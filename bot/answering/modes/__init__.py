"""Modes of answers: facts, definitions, overviews, the latest, claims, lists of articles."""

from bot.answering.modes.finder import find, mark_claim
from bot.answering.modes.mode_choice import choose_mode
from bot.answering.modes.subject_answers import newest_quotes

__all__ = [
    "choose_mode",
    "find",
    "mark_claim",
    "newest_quotes",
]
