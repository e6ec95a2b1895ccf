"""A bot whose cluster has nothing to serve yet, or is away, starts as soon as that changes."""

import asyncio
import logging

import pytest

from bot.chat.service import start_once_published
from bot.edition import NothingPublishedError
from bot.retrieval import IndexBlockedError, SearchAwayError, SearchDeniedError, ServedElsewhereError, SideFileError
from tests.chat.doubles import edition, editions
from tests.chat.samples import ENGLISH, article


class Start:
    """A start that fails as it is told, and then goes well."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)

    def __call__(self) -> None:
        if self.errors:
            raise self.errors.pop(0)


async def started(start: Start, stop: asyncio.Event) -> bool:
    return await start_once_published(start, editions(edition(article())), stop, 0.001, ENGLISH)


async def test_the_first_publication_is_waited_for_and_said_once(caplog: pytest.LogCaptureFixture) -> None:
    nothing = NothingPublishedError("news-1")
    with caplog.at_level(logging.WARNING):
        start = Start(
            *(nothing, nothing, SearchAwayError("503"), SearchAwayError("ReadTimeoutError"), nothing),
            *(IndexBlockedError("full"), SideFileError("No space left on device"), ServedElsewhereError()),
        )
        assert await started(start, asyncio.Event())
    assert [record.message.partition(": ")[2] for record in caplog.records] == [
        ENGLISH("search.nothing_published", name="news-1"),
        ENGLISH("search.away", cause="503"),
        ENGLISH("search.nothing_published", name="news-1"),
        ENGLISH("search.blocked", cause="full"),
        ENGLISH("search.side_file", cause="No space left on device"),
        ENGLISH("search.served_elsewhere"),
    ]


async def test_a_stop_ends_the_wait() -> None:
    stop = asyncio.Event()

    class Stopping(Start):
        def __call__(self) -> None:
            loop.call_soon_threadsafe(stop.set)
            raise NothingPublishedError("news-1")

    loop = asyncio.get_running_loop()
    assert not await start_once_published(Stopping(), editions(edition(article())), stop, 600.0, ENGLISH)


async def test_what_only_a_person_cures_ends_the_start() -> None:
    with pytest.raises(SearchDeniedError):
        await started(Start(SearchDeniedError("401")), asyncio.Event())
