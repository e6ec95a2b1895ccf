"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "refusals",
        sa.Column("id", _RowId, primary_key=True, autoincrement=True),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.Column("guild_id", sa.BigInteger),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column("member_id", sa.BigInteger, nullable=False),
        sa.Column("tell_in", sa.String(8)),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("previous", sa.Text),
        sa.Column("scope", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("missing", sa.Text, nullable=False),
        sa.Column("answered_at", sa.BigInteger),
        sa.Column("told_at", sa.BigInteger),
        sa.UniqueConstraint("message_id", "member_id", name="uq_refusals_message_id"),
    )
    for column in ("asked_at", "member_id", "answered_at"):
        op.create_index(f"ix_refusals_{column}", "refusals", [column])
    op.create_table(
        "votes",
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("member_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("voted_at", sa.BigInteger, nullable=False),
        sa.Column("is_helpful", sa.Boolean, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("guild_id", sa.BigInteger),
        sa.Column("question", sa.Text),
        sa.Column("titles", sa.Text),
    )
    for column in ("member_id", "voted_at"):
        op.create_index(f"ix_votes_{column}", "votes", [column])
    op.create_table(
        "arrivals",
        sa.Column("id", _RowId, primary_key=True, autoincrement=True),
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("outlet", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("published", sa.String(10)),
        sa.Column("arrived_at", sa.BigInteger, nullable=False),
        sa.Column("announced_at", sa.BigInteger),
        sa.UniqueConstraint("article_id", name="uq_arrivals_article_id"),
    )
    op.create_index("ix_arrivals_arrived_at", "arrivals", ["arrived_at"])
    op.create_table(
        "figures",
        sa.Column("name", sa.String(48), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("value", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_figures_day", "figures", ["day"])


def downgrade() -> None:
    """Take the tables away."""
    for table in ("figures", "arrivals", "votes", "refusals"):
        op.drop_table(table)
