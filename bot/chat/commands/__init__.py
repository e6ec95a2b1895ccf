"""Slash commands, their choices while typing, and their registration with Discord."""
