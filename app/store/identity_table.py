"""The identity (работно място) in its table: saved when a station is made and confirmed, loaded when it opens."""

import sqlalchemy as sa

from app.store.identity import NAME, Identity, decoded, encoded
from app.store.schema import secrets


def save(connection: sa.Connection, identity: Identity) -> None:
    """Keep the identity; the one before is replaced."""
    connection.execute(sa.delete(secrets).where(secrets.c.name == NAME))
    connection.execute(sa.insert(secrets).values(name=NAME, content=encoded(identity)))


def load(connection: sa.Connection) -> Identity:
    """Return the identity.

    Raises:
        StoreDamaged: it is not there, or not whole.

    """
    return decoded(connection.execute(sa.select(secrets.c.content).where(secrets.c.name == NAME)).scalar() or b"")
