"""Everything that stands in a store."""

from sqlalchemy import Connection, select

from bot.records.tables import METADATA


def every_cell(connection: Connection) -> set[object]:
    """Return the values of all rows of all tables."""
    return {cell for table in METADATA.sorted_tables for row in connection.execute(select(table)) for cell in row}
