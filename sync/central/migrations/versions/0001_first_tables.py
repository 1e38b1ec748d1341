"""The first tables of a centre."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "batch_checks",
        sa.Column("stream", sa.LargeBinary(), primary_key=True, nullable=False),
        sa.Column("number", sa.BigInteger(), primary_key=True, nullable=False),
        sa.Column("stated", sa.Text(), nullable=False),
        sa.Column("recomputed", sa.Text(), nullable=False),
        sa.Column("sealed_at", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "docflow_register",
        sa.Column("year", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.Column("registered_on", sa.Text(), nullable=False),
        sa.Column("central_number", sa.Text(), nullable=False),
        sa.Column("withdrawn_because", sa.Text(), nullable=True),
        sa.UniqueConstraint("entry"),
    )
    op.create_index("entries_by_number", "entries", ["register", "year", "number"])
    op.create_index("receipts_by_number", "receipts", ["till", "year", "number"])
