"""Corrections, mentions and known stations; what the lists of a desk ask for; when a batch changed its state.

``entries`` is made anew and left empty: whoever migrates rebuilds every projected table from the journal.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.add_column("outbox", sa.Column("changed_at", sa.BigInteger(), nullable=True))
    op.create_index("receipts_by_till", "receipts", ["till", "position"])
    op.create_index("outbox_by_facts", "outbox", ["stream", "last"])
    op.create_table(
        "mentions",
        sa.Column("subject", sa.LargeBinary(), primary_key=True, nullable=False),
        sa.Column("position", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "known_stations",
        sa.Column("stream", sa.LargeBinary(), primary_key=True, nullable=False),
        sa.Column("station", sa.LargeBinary(), primary_key=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("signing_key", sa.LargeBinary(), nullable=False),
        sa.Column("tills", sa.Text(), nullable=False),
    )
    op.drop_table("entries")
    _make_entries()
    _make_indexes()


def _make_entries() -> None:
    op.create_table(
        "entries",
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.Column("stream", sa.LargeBinary(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("register", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("case_file", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("office_date", sa.Text(), nullable=False),
        sa.Column("clock_doubt", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("service", sa.BigInteger(), nullable=True),
        sa.Column("speed", sa.Text(), nullable=True),
        sa.Column("sheets", sa.BigInteger(), nullable=False),
        sa.Column("signed", sa.BigInteger(), nullable=False),
        sa.Column("result_way", sa.Text(), nullable=True),
        sa.Column("sender_number", sa.Text(), nullable=False),
        sa.Column("sender_date", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Text(), nullable=True),
        sa.Column("received_reason", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("due_article", sa.Text(), nullable=True),
        sa.Column("due_rules", sa.BigInteger(), nullable=True),
        sa.Column("fee_cents", sa.BigInteger(), nullable=True),
        sa.Column("fee_currency", sa.Text(), nullable=True),
        sa.Column("fee_tariff", sa.BigInteger(), nullable=True),
        sa.Column("fee_article", sa.Text(), nullable=True),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("annulled_because", sa.Text(), nullable=True),
        sa.Column("replaced_by", sa.LargeBinary(), nullable=True),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("central_number", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("dispute_reason", sa.Text(), nullable=True),
        sa.Column("dispute_note", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("content_at", sa.BigInteger(), nullable=False),
        sa.Column("noticed", sa.BigInteger(), nullable=False),
        sa.Column("paid_by", sa.LargeBinary(), nullable=True),
        sa.UniqueConstraint("entry"),
    )


def _make_indexes() -> None:
    op.create_index("entries_by_road", "entries", ["stream", "sequence"])
    op.create_index("entries_by_town", "entries", ["town"])
    op.create_index("entries_by_day", "entries", ["register", "office_date", "position"])
    due = "standing <> 'annulled' AND due_on IS NOT NULL"
    unpaid = "standing <> 'annulled' AND fee_cents > 0 AND paid_by IS NULL"
    op.create_index("entries_by_due", "entries", ["register", "due_on"], sqlite_where=sa.text(due))
    undecided = "standing <> 'annulled' AND town <> 'accepted'"
    op.create_index("entries_undecided", "entries", ["register", "position", "due_on"], sqlite_where=sa.text(undecided))
    op.create_index("entries_unpaid", "entries", ["register", "position"], sqlite_where=sa.text(unpaid))
    op.create_index("entries_noticed", "entries", ["noticed"], sqlite_where=sa.text("noticed > 0"))
    op.create_index("entries_by_payment", "entries", ["paid_by"], sqlite_where=sa.text("paid_by IS NOT NULL"))
