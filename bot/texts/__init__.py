"""What people read, by key and language, and what several rooms say in words."""

from bot.texts.catalogue import Texts, languages
from bot.texts.explanation_text import explanation_sections
from bot.texts.gate_text import gate_text

__all__ = [
    "Texts",
    "explanation_sections",
    "gate_text",
    "languages",
]
