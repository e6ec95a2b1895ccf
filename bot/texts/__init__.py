"""Reply texts by key and language, and the sentences that the terminal and Discord share."""

from bot.texts.catalogue import CheckResult, Texts, languages
from bot.texts.error_text import error_text, rejection_text
from bot.texts.outcome_text import (
    answer_lines,
    cited_text,
    example_phrasings,
    explanation_sections,
    explanation_sentences,
    refusal_lines,
    refusal_reason,
    summary_lines,
)
from bot.texts.text_fragment import TEXT_DIRECTIVE, quote_link

__all__ = [
    "TEXT_DIRECTIVE",
    "CheckResult",
    "Texts",
    "answer_lines",
    "cited_text",
    "error_text",
    "example_phrasings",
    "explanation_sections",
    "explanation_sentences",
    "languages",
    "quote_link",
    "refusal_lines",
    "refusal_reason",
    "rejection_text",
    "summary_lines",
]
