"""Measurements for those who work on the bot: evaluation and benchmark."""
