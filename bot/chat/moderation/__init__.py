"""Reloads with their progress, articles added and removed, reports of unanswered questions and the audit channel.

Only moderators see these.
"""

from bot.chat.moderation.addition_form import FORM_ID, AdditionWords, addition_form, is_form_id, opens_form
from bot.chat.moderation.addition_requests import Additions
from bot.chat.moderation.gap_counter import GapCounter
from bot.chat.moderation.moderator_channel import AuditChannel, ModeratorChannel
from bot.chat.moderation.reloads import Reloads
from bot.chat.moderation.reports import Reports

__all__ = [
    "FORM_ID",
    "AdditionWords",
    "Additions",
    "AuditChannel",
    "GapCounter",
    "ModeratorChannel",
    "Reloads",
    "Reports",
    "addition_form",
    "is_form_id",
    "opens_form",
]
