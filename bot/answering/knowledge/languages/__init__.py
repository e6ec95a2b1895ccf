"""Languages that questions come in besides Arabic: how one is recognised, and its words in Arabic."""

from bot.answering.knowledge.languages.glossary import Glossary, GlossedRun, read_glossaries
from bot.answering.knowledge.languages.recognition import ARABIC, UNDETERMINED, Language, Languages

__all__ = [
    "ARABIC",
    "UNDETERMINED",
    "Glossary",
    "GlossedRun",
    "Language",
    "Languages",
    "read_glossaries",
]
