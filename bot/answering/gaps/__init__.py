"""Gaps of the coverage: unanswered questions grouped by topic."""

from bot.answering.gaps.question_gaps import GAP_REASONS, Gap, Gaps
