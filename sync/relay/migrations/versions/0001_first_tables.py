"""The first tables of a relay."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "envelopes",
        sa.Column("place", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("sender", sa.LargeBinary(), nullable=False),
        sa.Column("recipient", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.UniqueConstraint("envelope"),
    )
    op.create_index("envelopes_by_recipient", "envelopes", ["municipality", "recipient", "place"])
    op.create_table(
        "admissions",
        sa.Column("municipality", sa.Text(), primary_key=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("signed", sa.LargeBinary(), nullable=False),
    )
