"""What people read, by key and language, and what several rooms say in words."""

from bot.texts.catalogue import Texts, languages
from bot.texts.explanation_text import explained
from bot.texts.gate_text import gate_words

__all__ = [
    "Texts",
    "explained",
    "gate_words",
    "languages",
]
