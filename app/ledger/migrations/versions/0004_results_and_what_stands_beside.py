"""What a kind and a service ask for, attachments, results with their delivery, endings; entries say that they ended.

The new columns are empty until whoever migrates rebuilds every projected table from the journal.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables and columns; what ended is due no more."""
    op.add_column("entries", sa.Column("stopped", sa.Text(), nullable=True))
    op.add_column("entries", sa.Column("ended", sa.Text(), nullable=True))
    op.add_column("entries", sa.Column("ended_by", sa.LargeBinary(), nullable=True))
    op.add_column("entries", sa.Column("particulars_at", sa.BigInteger(), nullable=True))
    op.add_column("entries", sa.Column("before_closing", sa.BigInteger(), nullable=True))
    op.drop_index("entries_by_due", "entries")
    op.drop_index("entries_undecided", "entries")
    _make_what_stands_beside()
    _make_results()
    _make_indexes()


def _make_what_stands_beside() -> None:
    op.create_table(
        "entry_particulars",
        sa.Column("position", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("place", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
    )
    op.create_table(
        "entry_papers",
        sa.Column("position", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("place", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
    )
    op.create_table(
        "attachments",
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("attachment", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sheets", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("attachment"),
    )
    op.create_table(
        "endings",
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.Column("ending", sa.Text(), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("with_envelope", sa.BigInteger(), nullable=False),
        sa.Column("told_on", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("office_date", sa.Text(), nullable=False),
    )


def _make_results() -> None:
    op.create_table(
        "results",
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("result", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.Column("stream", sa.LargeBinary(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("register", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("book_number", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("copies", sa.BigInteger(), nullable=False),
        sa.Column("sheets", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("office_date", sa.Text(), nullable=False),
        sa.Column("actor", sa.BigInteger(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("annulled_because", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("way", sa.Text(), nullable=True),
        sa.Column("moved_on", sa.Text(), nullable=True),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("identifier", sa.Text(), nullable=False),
        sa.Column("tracking", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.UniqueConstraint("result"),
    )


def _make_indexes() -> None:
    due = "standing <> 'annulled' AND due_on IS NOT NULL AND ended IS NULL"
    op.create_index("entries_by_due", "entries", ["register", "due_on"], sqlite_where=sa.text(due))
    undecided = "standing <> 'annulled' AND town <> 'accepted' AND ended IS NULL"
    op.create_index("entries_undecided", "entries", ["register", "position", "due_on"], sqlite_where=sa.text(undecided))
    op.create_index("entries_by_case", "entries", ["case_file"], sqlite_where=sa.text("case_file <> entry"))
    op.create_index("entries_by_ending", "entries", ["ended_by"], sqlite_where=sa.text("ended_by IS NOT NULL"))
    named = "sender_number <> ''"
    op.create_index("entries_by_sender_number", "entries", ["sender_number"], sqlite_where=sa.text(named))
    stopped = "standing <> 'annulled' AND stopped IS NOT NULL AND ended IS NULL"
    op.create_index("entries_stopped", "entries", ["register", "stopped"], sqlite_where=sa.text(stopped))
    op.create_index("attachments_by_digest", "attachments", ["digest"])
    op.create_index("attachments_by_entry", "attachments", ["entry", "position"])
    op.create_index("endings_by_entry", "endings", ["entry", "position"])
    op.create_index("results_by_entry", "results", ["entry", "position"])
    op.create_index("results_by_number", "results", ["register", "year", "number"])
    undelivered = "standing = 'in_force' AND (state IS NULL OR state IN ('sent', 'returned'))"
    op.create_index("results_undelivered", "results", ["register", "position"], sqlite_where=sa.text(undelivered))
