"""Reloads with their progress and changes, the state, articles added and removed, reports, gaps and the audit channel.

Only moderators see these.
"""
