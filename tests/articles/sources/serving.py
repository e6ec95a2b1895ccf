"""Fetching as the bot does where the articles pass its gates."""

from bot.articles.sources import Fetched, Source


def served(source: Source) -> Fetched:
    """Fetch, and let what was fetched serve."""
    fetched = source.fetch()
    source.note_served(fetched.version)
    return fetched
