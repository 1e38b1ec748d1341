"""The ledger made the entries anew: their index by number is a centre's own."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the index again; in a new store the ledger was there before this chain, and it stands."""
    op.create_index("entries_by_number", "entries", ["register", "year", "number"], if_not_exists=True)
