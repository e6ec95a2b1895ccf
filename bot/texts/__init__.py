"""What people read, by key and language, and what several rooms say in words."""

from bot.texts.catalogue import Texts, languages
from bot.texts.error_text import error_text
from bot.texts.explanation_text import explanation_sections

__all__ = [
    "Texts",
    "error_text",
    "explanation_sections",
    "languages",
]
