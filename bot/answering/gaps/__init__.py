"""Unanswered questions, grouped by their subjects."""

from bot.answering.gaps.question_gaps import Gap, Gaps

__all__ = [
    "Gap",
    "Gaps",
]
