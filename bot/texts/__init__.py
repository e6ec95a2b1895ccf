"""What people read, by key and language, and what several rooms say in words."""

from bot.texts.catalogue import Texts, languages
from bot.texts.error_text import error_words
from bot.texts.explanation_text import explained

__all__ = [
    "Texts",
    "error_words",
    "explained",
    "languages",
]
