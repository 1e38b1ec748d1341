"""The tables that only a centre has, beside those of the ledger."""

import sqlalchemy as sa

from app.ledger.tables import metadata

batch_checks = sa.Table(
    "batch_checks",
    metadata,
    sa.Column("stream", sa.LargeBinary, primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True),
    sa.Column("stated", sa.Text, nullable=False),
    sa.Column("recomputed", sa.Text, nullable=False),
    sa.Column("sealed_at", sa.BigInteger, nullable=False),
)
"""Контролни суми of each batch: as stated by the village, and as recomputed here."""

docflow_register = sa.Table(
    "docflow_register",
    metadata,
    sa.Column("year", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("entry", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("registered_on", sa.Text, nullable=False),
    sa.Column("central_number", sa.Text, nullable=False),
    sa.Column("withdrawn_because", sa.Text, nullable=True),
)
"""The embedded docflow's register (деловоден регистър)."""

CENTRE_ONLY = (batch_checks, docflow_register)
