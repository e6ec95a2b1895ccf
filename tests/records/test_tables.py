"""The page on what is kept names all of it."""

import re

import pytest
from sqlalchemy import Table

from bot.records.migration import VERSIONS
from bot.records.retention import RETENTION, days_kept
from bot.records.tables import METADATA
from tests.articles.conftest import ROOT

PAGE = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
MOST_TABLES = 8


@pytest.mark.parametrize("table", METADATA.tables.values(), ids=str)
def test_the_page_has_each_table_with_its_columns_days_and_limit(table: Table) -> None:
    [(_, row)] = re.findall(rf"^\| `({table})` \| (.*)$", PAGE, re.MULTILINE)
    assert [column.name for column in table.columns if column.name != "id" and f"`{column.name}`" not in row] == []
    days = days_kept(table, 0)
    assert (f"{days} days" if days else "`RECORDS_DAYS`") in row
    assert f"{RETENTION[table].most:,}" in row


def test_there_are_few_tables() -> None:
    assert len(METADATA.tables) <= MOST_TABLES
    assert f"`{VERSIONS.name}`" in PAGE
