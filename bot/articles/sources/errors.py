"""What a source raises when it cannot give articles."""

from bot.text_error import TextError


class SourceError(TextError):
    """Why articles could not be fetched; never a token or a signed address."""


def unforeseen(error: Exception) -> SourceError:
    """Make an error that nobody foresaw in a fetch one of the source; its own words may hold what is secret."""
    return SourceError("source.unforeseen", words=type(error).__name__)
