"""Insert a row, or change or keep the one that is there."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

# These say it in one statement, each in its own words. A dialect that is not used is not imported, which saves 2 MB.
_ONE_STATEMENT = frozenset({"postgresql", "sqlite"})


def upsert(
    connection: Connection, table: Table, row: Mapping[str, Any], change: Mapping[str, Any], *names: str
) -> None:
    """Insert a row; where one is there with its primary key, or else with its values of unique columns, change that."""
    keys = [table.c[name] for name in names] or list(table.primary_key.columns)
    if connection.dialect.name in _ONE_STATEMENT:
        dialect = import_module(f"sqlalchemy.dialects.{connection.dialect.name}")
        statement = dialect.insert(table).values(**row)
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=dict(change)))
        return
    there = [column == row[column.name] for column in keys]
    if not connection.execute(update(table).where(*there).values(**change)).rowcount:
        connection.execute(insert(table).values(**row))


def insert_missing(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *keys: str) -> None:
    """Insert those of some rows that are not there yet by columns that are unique together."""
    if rows and connection.dialect.name in _ONE_STATEMENT:
        dialect = import_module(f"sqlalchemy.dialects.{connection.dialect.name}")
        connection.execute(dialect.insert(table).on_conflict_do_nothing(index_elements=list(keys)), list(rows))
        return
    for row in rows:
        there = [table.c[key] == row[key] for key in keys]
        if connection.execute(select(table.c[keys[0]]).where(*there)).first() is None:
            connection.execute(insert(table).values(**row))
