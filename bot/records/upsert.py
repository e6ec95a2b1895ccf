"""Insert a row, or change the one that is there, in one statement of either database."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(connection: Connection, table: Table, row: Mapping[str, Any], change: Mapping[str, Any]) -> None:
    """Insert a row; where one with its primary key is there, change that."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    keys = list(table.primary_key.columns)
    connection.execute(insert(table).values(**row).on_conflict_do_update(index_elements=keys, set_=dict(change)))
