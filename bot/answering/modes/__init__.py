"""Modes of answers: facts, definitions, overviews, the latest, claims, lists of articles, timelines."""

from bot.answering.modes.finder import find, mark_quotes
from bot.answering.modes.mode_choice import choose_mode
from bot.answering.modes.newest import newest_quotes
from bot.answering.modes.subject_articles import find_news
from bot.answering.modes.timeline import is_told_at_once
