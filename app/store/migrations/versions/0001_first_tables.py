"""The first tables of a station, its search index, and the numbers that a station never gives twice."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "drafts",
        sa.Column("draft", sa.LargeBinary(), primary_key=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.Text(), primary_key=True, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.execute(
        "CREATE VIRTUAL TABLE entry_search USING fts5(number, who, identifier, subject, "
        "content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='2 3')"
    )
    op.create_index("entry_number_once", "entries", ["register", "year", "number"], unique=True)
    op.create_index("receipt_number_once", "receipts", ["till", "year", "number"], unique=True)
