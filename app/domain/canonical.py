"""A fact's canonical bytes and its digest in the chain.

The canonical bytes are the MessagePack array that is stored, hashed and sent. They are made once and never
re-encoded; reading refuses any other spelling of the same value, so that bytes and value stand for each other.
"""

import hashlib
from typing import Any, cast

import msgspec

from app.domain.errors import BadContent, ContentTooLong, UnknownFact
from app.domain.facts import BODIES, Body, Fact, Value

_FACT_LABEL = b"tefter/fact/1"
_GENESIS_LABEL = b"tefter/genesis/1"
MOST_OCTETS = 60_000
"""A new fact is no longer than this, so that one envelope of 64 KiB holds it whatever its text."""


class _Head(Value, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """A fact whose body is not read yet."""

    sequence: int
    kind: str
    version: int
    recorded_at: int
    office_date: msgspec.Raw
    clock_doubt: bool
    actor: int
    salt: bytes
    body: msgspec.Raw


def _with_body(kind: type[Body]) -> type[Fact]:
    """Return ``Fact`` with its body typed as ``kind``, so that one strict pass reads both."""
    made: Any = msgspec.defstruct(
        f"Fact_{kind.__name__}",
        [("body", kind)],
        bases=(Fact,),
        frozen=True,
        array_like=True,
        forbid_unknown_fields=True,
        gc=False,
    )
    return cast("type[Fact]", made)


_encode = msgspec.msgpack.Encoder().encode
_decode_head = msgspec.msgpack.Decoder(_Head).decode
_decoders = {key: msgspec.msgpack.Decoder(_with_body(body)) for key, body in BODIES.items()}


def encode(fact: Fact) -> bytes:
    """Return the canonical bytes of a fact."""
    return _encode(fact)


def compose(fact: Fact) -> bytes:
    """Return the canonical bytes of a fact that is written here and now.

    One that no envelope holds would keep every later fact from the town, so it is refused before it is recorded.

    Raises:
        ContentTooLong: a text that is too long or holds half a character, or a number beyond 64 bits.

    """
    try:
        written = _encode(fact)
    except (OverflowError, UnicodeEncodeError) as error:
        raise ContentTooLong(what="content") from error
    if len(written) > MOST_OCTETS:
        raise ContentTooLong(what="length")
    return written


def decode(canonical: bytes) -> Fact:
    """Return the fact that these bytes are.

    Raises:
        UnknownFact: a kind or version that is not in ``BODIES``.
        BadContent: anything but the one canonical spelling of a fact.

    """
    try:
        head = _decode_head(canonical)
        decoder = _decoders.get((head.kind, head.version))
        if decoder is None:
            raise UnknownFact(kind=head.kind[:40], version=head.version)
        fact = decoder.decode(canonical)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadContent(what="fact") from error
    if _encode(fact) != canonical:
        raise BadContent(what="fact spelling")
    return fact


def digest(previous: bytes, canonical: bytes) -> bytes:
    """Return the chain digest of a fact: 32 octets over label, previous digest and canonical bytes."""
    return hashlib.sha256(_FACT_LABEL + previous + canonical).digest()


def genesis(station: bytes, epoch: bytes, enrolment: bytes) -> bytes:
    """Return the "previous digest" of a stream's first fact; it binds station, epoch and enrolment file."""
    return hashlib.sha256(_GENESIS_LABEL + station + epoch + enrolment).digest()
