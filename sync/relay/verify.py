"""Verify a relay's store: every envelope held still has its id."""

from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from sync import frame
from sync.relay.store import DATABASE, envelopes, open_engine


def altered_envelopes(folder: Path) -> Iterator[str]:
    """Return the ids of envelopes whose octets are not what their id says, and what SQLite finds damaged."""
    engine = open_engine(folder / DATABASE)
    with engine.connect() as connection:
        for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if line != "ok":
                yield str(line)
        # SQLite keeps words in a column of octets; read as octets, they stop nothing here.
        identity_kept, sealed_kept = (
            sa.cast(one, sa.LargeBinary) for one in (envelopes.c.envelope, envelopes.c.sealed)
        )
        query = sa.select(identity_kept, sealed_kept).where(envelopes.c.sealed.is_not(None))
        for identity, sealed in connection.execute(query):
            if frame.envelope_id(bytes(sealed)) != bytes(identity):
                yield bytes(identity).hex()[:16]
    engine.dispose()
