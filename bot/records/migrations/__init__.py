"""Migrations of the store, run by Alembic at the start."""
