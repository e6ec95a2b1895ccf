"""Reloads, reports and the audit channel: what moderators alone see."""
