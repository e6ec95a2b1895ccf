"""What a source raises when it cannot give articles."""

from bot.text_error import TextError


class SourceError(TextError):
    """Why articles could not be fetched; never a token or a signed address."""
