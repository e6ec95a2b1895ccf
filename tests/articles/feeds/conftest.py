from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.articles import BoilerplatePhrases
from tests.articles.page_server import page_server

from .feed_site import FeedSite


@pytest.fixture
def site(tmp_path: Path, phrases: BoilerplatePhrases) -> Iterator[FeedSite]:
    with page_server() as server:
        yield FeedSite(server, tmp_path / "feeds" / "articles", phrases)
