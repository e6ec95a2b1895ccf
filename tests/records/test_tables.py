"""The page on what is kept names all of it."""

import re

import pytest

from bot.records.migration import VERSIONS
from bot.records.retention import MOST_ROWS
from bot.records.tables import METADATA
from tests.articles.conftest import ROOT

PAGE = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
MOST_TABLES = 4


@pytest.mark.parametrize("table", METADATA.tables.values(), ids=str)
def test_the_page_has_each_table_with_its_columns_and_limit(table: object) -> None:
    [(_, row)] = re.findall(rf"^\| `({table})` \| (.*)$", PAGE, re.MULTILINE)
    columns = [column.name for column in METADATA.tables[str(table)].columns if column.name != "id"]
    assert [name for name in columns if f"`{name}`" not in row] == []
    assert f"{MOST_ROWS[METADATA.tables[str(table)]]:,}" in row


def test_there_are_few_tables() -> None:
    assert len(METADATA.tables) <= MOST_TABLES
    assert f"`{VERSIONS.name}`" in PAGE
