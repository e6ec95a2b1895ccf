"""Follow-ups: whether a question depends on the one before it, and how that completes it."""

from bot.answering.question.follow_up.completion import (
    CompletedFollowUp,
    asks_for_more,
    complete_follow_up,
    is_bare,
    names_no_event,
)
from bot.answering.question.follow_up.dependence import (
    Dependence,
    find_dependence,
    is_other_year,
    names_subject_of,
    strip_openers,
    without_pronoun,
)

__all__ = [
    "CompletedFollowUp",
    "Dependence",
    "asks_for_more",
    "complete_follow_up",
    "find_dependence",
    "is_bare",
    "is_other_year",
    "names_no_event",
    "names_subject_of",
    "strip_openers",
    "without_pronoun",
]
