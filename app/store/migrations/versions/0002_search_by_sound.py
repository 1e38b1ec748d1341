"""A search index of transliterated words; the ledger made the entries anew, so their number is held once again."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make an empty index: whoever migrates fills it from the journal."""
    op.create_index("entry_number_once", "entries", ["register", "year", "number"], unique=True, if_not_exists=True)
    op.create_index("drafts_by_kind", "drafts", ["kind", "saved_at"])
    op.drop_table("entry_search")
    op.execute(
        "CREATE VIRTUAL TABLE entry_search USING fts5(number, who, identifier, subject, "
        "content='', contentless_delete=1, detail=column, tokenize='ascii', prefix='1 2 3')"
    )
