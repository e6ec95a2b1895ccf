"""Alembic's environment: migrations run on the connection that they are given, and within its transaction."""

from alembic import context

from bot.records.tables import METADATA

_given = context.config.attributes
context.configure(
    connection=_given["connection"], target_metadata=METADATA, version_table=_given["version_table"], compare_type=True
)
with context.begin_transaction():
    context.run_migrations()
