"""The first tables of a ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "streams",
        sa.Column("stream", sa.LargeBinary(), primary_key=True, nullable=False),
        sa.Column("station", sa.LargeBinary(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("genesis", sa.LargeBinary(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("office_date", sa.Text(), nullable=False),
    )
    op.create_table(
        "journal",
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("stream", sa.LargeBinary(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("canonical", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("stream", "sequence"),
    )
    op.create_table(
        "stations",
        sa.Column("station", sa.LargeBinary(), primary_key=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("epoch", sa.LargeBinary(), nullable=False),
        sa.Column("enrolment", sa.LargeBinary(), nullable=False),
        sa.Column("signing_key", sa.LargeBinary(), nullable=False),
        sa.Column("receiving_key", sa.LargeBinary(), nullable=False),
        sa.Column("revoked_from_batch", sa.BigInteger(), nullable=True),
        sa.Column("revoked_from_sequence", sa.BigInteger(), nullable=True),
    )
    op.create_table(
        "accounts",
        sa.Column("stream", sa.LargeBinary(), primary_key=True, nullable=False),
        sa.Column("account", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("recovered", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "registers",
        sa.Column("register", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("station", sa.LargeBinary(), nullable=False),
        sa.Column("spares", sa.Text(), nullable=False),
        sa.Column("mayoralty", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
    )
    op.create_table(
        "tills",
        sa.Column("till", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("station", sa.LargeBinary(), nullable=False),
        sa.Column("mayoralty", sa.Text(), nullable=False),
        sa.Column("open_day", sa.Text(), nullable=True),
        sa.Column("last_day", sa.Text(), nullable=True),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("storno", sa.BigInteger(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "series",
        sa.Column("kind", sa.Text(), primary_key=True, nullable=False),
        sa.Column("number_index", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("year", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
    )
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
        sa.UniqueConstraint("entry"),
    )
    op.create_index("entries_by_road", "entries", ["stream", "sequence"])
    op.create_index("entries_by_town", "entries", ["town"])
    op.create_table(
        "entry_correspondents",
        sa.Column("position", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("place", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("identifier_kind", sa.Text(), nullable=True),
        sa.Column("identifier", sa.Text(), nullable=False),
        sa.Column("settlement", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("e_mail", sa.Text(), nullable=False),
    )
    op.create_table(
        "findings",
        sa.Column("position", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("place", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
    )
    op.create_index("findings_by_subject", "findings", ["subject"])
    op.create_table(
        "receipts",
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("receipt", sa.LargeBinary(), nullable=False),
        sa.Column("stream", sa.LargeBinary(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("till", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("voids", sa.LargeBinary(), nullable=True),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("payer_identifier_kind", sa.Text(), nullable=True),
        sa.Column("payer_identifier", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("given", sa.BigInteger(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("tariff", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("office_date", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("actor", sa.BigInteger(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.UniqueConstraint("receipt"),
    )
    op.create_index("receipts_by_day", "receipts", ["till", "day"])
    op.create_index("receipts_by_road", "receipts", ["stream", "sequence"])
    op.create_table(
        "receipt_lines",
        sa.Column("position", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("place", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=True),
        sa.Column("service", sa.BigInteger(), nullable=True),
        sa.Column("speed", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit_cents", sa.BigInteger(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
    )
    op.create_index("receipt_lines_by_entry", "receipt_lines", ["entry"])
    op.create_table(
        "till_days",
        sa.Column("till", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("day", sa.Text(), primary_key=True, nullable=False),
        sa.Column("stream", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("opening", sa.BigInteger(), nullable=False),
        sa.Column("receipts", sa.BigInteger(), nullable=False),
        sa.Column("taken", sa.BigInteger(), nullable=False),
        sa.Column("voids", sa.BigInteger(), nullable=False),
        sa.Column("paid_back", sa.BigInteger(), nullable=False),
        sa.Column("computed", sa.BigInteger(), nullable=False),
        sa.Column("counted", sa.BigInteger(), nullable=False),
        sa.Column("difference", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("documents", sa.LargeBinary(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("storno", sa.BigInteger(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "answers",
        sa.Column("stream", sa.LargeBinary(), primary_key=True, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "outbox",
        sa.Column("place", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.Column("recipient", sa.LargeBinary(), nullable=False),
        sa.Column("stream", sa.LargeBinary(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sealed_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("envelope"),
    )
    op.create_index("outbox_by_batch", "outbox", ["stream", "number"])
    op.create_index("outbox_by_state", "outbox", ["state"])
    op.create_table(
        "inbox",
        sa.Column("place", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.Column("sender", sa.LargeBinary(), nullable=False),
        sa.Column("stream", sa.LargeBinary(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=True),
        sa.Column("last", sa.BigInteger(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("road", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.UniqueConstraint("envelope"),
    )
    op.create_index("inbox_by_batch", "inbox", ["stream", "number"])
    op.create_index("inbox_by_state", "inbox", ["state"])
    op.create_table(
        "acknowledgements",
        sa.Column("stream", sa.LargeBinary(), primary_key=True, nullable=False),
        sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), primary_key=True, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "releases",
        sa.Column("envelope", sa.LargeBinary(), primary_key=True, nullable=False),
    )
    op.create_table(
        "replies",
        sa.Column("recipient", sa.LargeBinary(), primary_key=True, nullable=False),
        sa.Column("stream", sa.LargeBinary(), primary_key=True, nullable=False),
        sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
    )
