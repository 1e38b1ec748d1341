"""The tables that only a station has, beside those of the ledger. None of them is replayed."""

import sqlalchemy as sa

from app.ledger.tables import metadata

drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("draft", sa.LargeBinary, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("saved_at", sa.BigInteger, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Index("drafts_by_kind", "kind", "saved_at"),
)
"""Чернови: what is typed and not yet registered."""

secrets = sa.Table(
    "secrets",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)
"""Private keys, the enrolment file and what was typed to confirm it."""

STATION_ONLY = (drafts, secrets)
SEARCH_TABLE = "entry_search"
