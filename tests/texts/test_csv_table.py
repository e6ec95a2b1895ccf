"""CSV files: every row reads back, no cell is a formula, and a file has the room that it is given."""

import csv
import io
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts.csv_table import ARTICLE_COLUMNS, Cell, CsvTable, article_table, write_csv
from tests.chat.samples import article

COLUMNS = ("a", "b", "c")
# What a program may calculate, after what it may leave out first.
CALCULATED = re.compile(r"[\s]*[=+\-@＝＋－＠]|[\t\r\n]")
words = st.text(st.one_of(st.sampled_from("=+-@\t\r\n'\",;| ＝‎\0ا"), st.characters()), max_size=8)
rows = st.lists(st.tuples(words, words, words), max_size=6)


def read_back(text: str) -> list[list[str]]:
    """Read a file as programs do that know its mark."""
    return list(csv.reader(io.StringIO(text.encode().decode("utf-8-sig"), newline=""), strict=True))


def as_it_was(cell: str) -> str:
    """Take off the apostrophe that stands before what would be calculated without it."""
    return cell[1:] if cell.startswith("'") and CALCULATED.match(cell.lstrip("'")) else cell


def kept(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()


@given(rows)
def test_every_row_reads_back_and_no_cell_is_calculated(rows: list[tuple[str, str, str]]) -> None:
    file = write_csv(CsvTable(COLUMNS, rows))
    head, *found = read_back(file.text)
    assert (tuple(head), file.count, file.is_cut) == (COLUMNS, len(rows), False)
    assert [[as_it_was(cell) for cell in row] for row in found] == [list(map(kept, row)) for row in rows]
    assert not [cell for row in found for cell in row if CALCULATED.match(cell)]


@given(rows, st.integers(min_value=20, max_value=120))
def test_a_file_that_is_cut_has_the_first_rows_that_fit_whole(rows: list[tuple[str, str, str]], room: int) -> None:
    file, whole = write_csv(CsvTable(COLUMNS, rows), room), write_csv(CsvTable(COLUMNS, rows))
    assert len(file.text.encode()) <= room
    assert read_back(file.text) == read_back(whole.text)[: file.count + 1]
    assert file.is_cut == (file.count < len(rows))
    if file.is_cut:
        longer = write_csv(CsvTable(COLUMNS, rows[: file.count + 1]))
        assert len(longer.text.encode()) > room


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (None, ""),
        (date(2026, 3, 9), "2026-03-09"),
        (12, "12"),
        (("ميناء", "جسر"), "ميناء | جسر"),
        ('=HYPERLINK("https://evil.example","x")', '\'=HYPERLINK("https://evil.example","x")'),
        ("- قال الوزير", "'- قال الوزير"),
        ("'=1", "''=1"),
        ("'نيويورك تايمز' تكتب", "'نيويورك تايمز' تكتب"),
        ("\ud800ب", "?ب"),
    ],
)
def test_cells_are_written_so_that_people_and_programs_read_them(cell: Cell, written: str) -> None:
    assert read_back(write_csv(CsvTable(["a"], [[cell]])).text) == [["a"], [written]]


def test_the_file_begins_with_the_mark_by_which_programs_know_its_letters() -> None:
    assert write_csv(CsvTable(["a"], [])).text.encode() == b"\xef\xbb\xbfa\r\n"


def test_an_article_has_a_row_with_its_columns() -> None:
    one = article()
    head, row = read_back(write_csv(article_table([one])).text)
    assert tuple(head) == ARTICLE_COLUMNS
    found = dict(zip(head, row, strict=True))
    assert (found["article_id"], found["title"], found["outlet"]) == (one.id, one.title, one.outlet or "")
    assert (found["published"], found["paragraphs"]) == (str(one.published or ""), str(len(one.paragraphs)))
