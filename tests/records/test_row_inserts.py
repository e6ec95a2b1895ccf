"""Insert or change in one statement, or insert what is not there."""

from dataclasses import replace

from sqlalchemy import URL, Connection

from bot.records.figures import add_to_figure, read_figure, set_figure, sum_figures
from bot.records.refusals import DIRECT, RefusedQuestion, add_waiting, note_refusal, open_refusals
from bot.records.store import Store
from bot.records.tables import FIGURES, insert_missing
from tests.records.driving import rows


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


def test_a_row_is_known_by_other_columns_than_its_number_as_well(url: URL) -> None:
    first, later = (RefusedQuestion(5, 100, 1_000, words, "off_topic", guild_id=7) for words in ("من؟", "متى؟"))

    def change(connection: Connection) -> None:
        for refused in (first, later):
            note_refusal(connection, refused)
            assert add_waiting(connection, refused, 3, DIRECT, most=1)

    store = Store(url)
    store.ask(change)
    assert store.ask(lambda connection: open_refusals(connection, 9)) == [replace(later, is_gap=True)]
    store.close()


def test_what_is_there_is_kept(url: URL) -> None:
    store = Store(url)

    def put(*names: str, value: int) -> None:
        some = [{"name": name, "day": "", "value": value} for name in names]
        store.ask(lambda connection: insert_missing(connection, FIGURES, some, "name", "day"))

    put("a", value=1)
    put("a", "b", value=2)
    put(value=3)
    assert [row for row in store.ask(rows) if " " not in str(row[0])] == [("a", "", 1), ("b", "", 2)]
    store.close()
