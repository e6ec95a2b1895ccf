"""Slash commands and the message menu, with their autocompletion and translations.

The command tree is written to Discord only where it changed.
"""
