"""Reloads with their progress, articles added and removed, reports of unanswered questions and the audit channel.

Only moderators see these.
"""
