"""Reloads with their progress, reports of unanswered questions and the audit channel.

Only moderators see these.
"""

from bot.chat.moderation.audit_channel import AuditChannel
from bot.chat.moderation.gap_counter import GapCounter
from bot.chat.moderation.reloads import Reloads
from bot.chat.moderation.reports import Reports

__all__ = [
    "AuditChannel",
    "GapCounter",
    "Reloads",
    "Reports",
]
