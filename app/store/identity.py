"""Who this station is (работно място): ids, streams and private keys, kept in the store's ``secrets``."""

from datetime import date

import msgspec
import sqlalchemy as sa

from app.domain.errors import StoreDamaged
from app.store.schema import secrets

NAME = "identity"


class Identity(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What a station knows of itself. ``enrolment`` is the enrolment file, ``enrolment_digest`` its SHA-256."""

    municipality: str
    station: bytes
    name: str
    epoch: bytes
    answers: bytes
    signing_key: bytes
    receiving_key: bytes
    enrolment: bytes
    enrolment_digest: bytes
    issued_on: date
    demonstration: bool
    confirmed: bool
    first_account: str


def save(connection: sa.Connection, identity: Identity) -> None:
    """Keep the identity; the one before is replaced."""
    connection.execute(sa.delete(secrets).where(secrets.c.name == NAME))
    connection.execute(sa.insert(secrets).values(name=NAME, content=msgspec.msgpack.encode(identity)))


def load(connection: sa.Connection) -> Identity:
    """Return the identity.

    Raises:
        StoreDamaged: it is not there, or not whole.

    """
    content = connection.execute(sa.select(secrets.c.content).where(secrets.c.name == NAME)).scalar()
    try:
        return msgspec.msgpack.decode(content or b"", type=Identity)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise StoreDamaged(what="identity") from error
