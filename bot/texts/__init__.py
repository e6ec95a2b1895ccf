"""Reply texts by key and language, and the sentences that the terminal and Discord share."""

from bot.texts.catalogue import CheckResult, Texts, languages
from bot.texts.error_text import error_text, rejection_text
from bot.texts.outcome_text import (
    SECOND_PAGE,
    answer_lines,
    example_phrasings,
    explanation_sections,
    explanation_sentences,
    follows_line,
    refusal_lines,
    refusal_reason,
    summary_lines,
)

__all__ = [
    "SECOND_PAGE",
    "CheckResult",
    "Texts",
    "answer_lines",
    "error_text",
    "example_phrasings",
    "explanation_sections",
    "explanation_sentences",
    "follows_line",
    "languages",
    "refusal_lines",
    "refusal_reason",
    "rejection_text",
    "summary_lines",
]
