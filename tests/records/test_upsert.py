"""Insert or change, in one statement where the database has one and in two where it has not."""

import pytest
from sqlalchemy import URL, Connection

from bot.records import upsert as module
from bot.records.figures import add_to_figure, read_figure, set_figure, sum_figures
from bot.records.store import Store


@pytest.fixture(params=["one statement", "two statements"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "two statements":
        monkeypatch.setattr(module, "_ONE_STATEMENT", frozenset())


@pytest.mark.usefixtures("_way")
def test_figures_are_added_up_and_set(url: URL) -> None:
    def change(connection: Connection) -> None:
        for day in ("2026-11-23", "2026-11-24"):
            add_to_figure(connection, "asked", day)
            add_to_figure(connection, "asked", day, 5)
        add_to_figure(connection, "refused", "2026-11-24", 2)
        for value in (7, 8):
            set_figure(connection, "channel", value)

    store = Store(url)
    store.ask(change)
    assert store.ask(lambda connection: sum_figures(connection, "2026-11-23")) == {"asked": 12, "refused": 2}
    assert store.ask(lambda connection: sum_figures(connection, "2026-11-24")) == {"asked": 6, "refused": 2}
    assert store.ask(lambda connection: read_figure(connection, "channel")) == 8
    store.close()
