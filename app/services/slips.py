"""What the code of a slip (код за справка) is made from."""

import sqlalchemy as sa

from app.domain.errors import UnknownEntry
from app.ledger.prepared import Prepared
from app.ledger.tables import entries, journal

_DIGEST = Prepared(
    sa.select(journal.c.digest)
    .select_from(entries.join(journal, journal.c.position == entries.c.position))
    .where(entries.c.entry == sa.bindparam("entry"))
)


def registration_digest(connection: sa.Connection, entry: bytes) -> bytes:
    """Return the digest (32 octets) of the fact that registered an entry; a correction does not change it.

    Raises:
        UnknownEntry: there is none of this GUID.

    """
    found = _DIGEST.value(connection, entry=entry)
    if found is None:
        raise UnknownEntry
    return bytes(found)
