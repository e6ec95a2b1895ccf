"""Reply texts by key and language, and the sentences that the terminal and Discord share."""

from bot.texts.catalogue import CheckResult, Texts, languages
from bot.texts.outcome_text import (
    SECOND_PAGE,
    answer_lines,
    asked_in_turn,
    asks_back,
    error_text,
    example_phrasings,
    explanation_sections,
    explanation_sentences,
    follows_line,
    refusal_lines,
    refusal_reason,
    rejection_text,
    summary_lines,
)
from bot.texts.source_text import TEXT_DIRECTIVE, cited_text, dead_text, quote_link
