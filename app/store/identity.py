"""Who this station is (работно място): ids, streams and private keys, kept in the store's ``secrets``."""

from datetime import date

import msgspec

from app.domain.errors import StoreDamaged

NAME = "identity"
"""Under which it lies there."""


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


def encoded(identity: Identity) -> bytes:
    """Return the octets to keep."""
    return msgspec.msgpack.encode(identity)


def decoded(content: bytes) -> Identity:
    """Return the identity in these octets.

    Raises:
        StoreDamaged: there is none, or not a whole one.

    """
    try:
        return msgspec.msgpack.decode(content, type=Identity)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise StoreDamaged(what="identity") from error
