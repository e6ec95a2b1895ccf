"""Fetching as the bot does where the articles pass its gates, and where they do not come."""

import pytest

from bot.articles.sources import Fetched, Source, SourceError


def served(source: Source) -> Fetched:
    """Fetch, and let what was fetched serve."""
    fetched = source.fetch()
    source.note_served(fetched.version)
    return fetched


def failure(source: Source, *, force: bool = False) -> SourceError:
    """Fetch what cannot be had, and return why."""
    with pytest.raises(SourceError) as caught:
        source.fetch(force=force)
    return caught.value
