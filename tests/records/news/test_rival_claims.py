"""Of processes that claim the same at once, one has it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import URL, Connection

from bot.records.database import open_engine
from bot.records.news.arrivals import CoverageChange, note_change
from bot.records.news.news_batches import NewsBatch, choose_news_channel, claim_news
from bot.records.news.week import claim_weekly_card
from tests.records.stores import arrival, open_store

NOW, RIVALS = 1_790_000_000, 4


def claim_post(connection: Connection) -> bool:
    return isinstance(claim_news(connection, NOW, 3600, 120), NewsBatch)


def claim_card(connection: Connection) -> bool:
    return isinstance(claim_weekly_card(connection, date(2026, 11, 16), NOW, 120), tuple)


def note(connection: Connection) -> bool:
    note_change(connection, CoverageChange(3, 2, 0, [arrival("b"), arrival("c")]), NOW)
    return True


@pytest.mark.parametrize(("claim", "winners"), [(claim_post, 1), (claim_card, 1), (note, RIVALS)])
def test_one_of_several_has_it(url: URL, claim: Callable[[Connection], bool], winners: int) -> None:
    with open_store(url) as store:
        store(lambda one: note_change(one, CoverageChange(1, None, 0), NOW))
        store(lambda one: choose_news_channel(one, 7, 5))
        store(lambda one: note_change(one, CoverageChange(2, 1, 0, [arrival("a")]), NOW))
        together = Barrier(RIVALS)

        def rival(_: int) -> bool:
            engine = open_engine(url)
            try:
                with engine.connect() as connection:
                    together.wait()
                    with connection.begin():
                        return claim(connection)
            finally:
                engine.dispose()

        with ThreadPoolExecutor(RIVALS) as threads:
            assert sum(threads.map(rival, range(RIVALS))) == winners
