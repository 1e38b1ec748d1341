"""What an envelope holds: a batch of facts, or a letter of acknowledgements. Frames facts, never re-encodes them."""

from collections.abc import Callable
from typing import Annotated, TypeVar

import msgspec

from app.domain.errors import BadContent
from app.domain.facts import Value
from app.domain.terms import AcknowledgementKind

Digest = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Id = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class Totals(Value, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Контролни суми of a batch: entries, receipts, cents in, cents out."""

    entries: Count
    receipts: Count
    cents_in: Count
    cents_out: Count


class PeerHead(Value, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Up to where the sender holds the recipient's stream."""

    stream: Id
    sequence: Count
    digest: bytes


class Inner(Value, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """The inner header: first in the plaintext, bound to the outer one by its digest."""

    outer: Digest
    first: Count
    last: Count
    previous: Digest
    digest: Digest
    count: Count
    totals: Totals
    sealed_at: Count
    features: tuple[str, ...]


class Batch(Value, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Пакет: consecutive facts of one stream, in their canonical bytes."""

    inner: Inner
    heads: tuple[PeerHead, ...]
    facts: tuple[msgspec.Raw, ...]


class Acknowledgement(Value, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Потвърждение of the centre for one batch, with its signature over ``statement``."""

    kind: AcknowledgementKind
    stream: Id
    number: Count
    sequence: Count
    digest: Digest
    signature: bytes


class Letter(Value, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Писмо: acknowledgements only. It is no fact, and nobody acknowledges it."""

    outer: Digest
    sealed_at: Count
    acknowledgements: tuple[Acknowledgement, ...]


Message = TypeVar("Message", Batch, Letter)

_encode = msgspec.msgpack.Encoder().encode
_decode_batch = msgspec.msgpack.Decoder(Batch).decode
_decode_letter = msgspec.msgpack.Decoder(Letter).decode


def encode(message: Batch | Letter) -> bytes:
    """Return the plaintext of a message."""
    return _encode(message)


def decode_batch(plaintext: bytes) -> Batch:
    """Return the batch.

    Raises:
        BadContent: not a batch in its one spelling.

    """
    return _strict(_decode_batch, plaintext, "batch")


def decode_letter(plaintext: bytes) -> Letter:
    """Return the letter.

    Raises:
        BadContent: not a letter in its one spelling.

    """
    return _strict(_decode_letter, plaintext, "letter")


def _strict(decode: Callable[[bytes], Message], plaintext: bytes, what: str) -> Message:
    try:
        message = decode(plaintext)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadContent(what=what) from error
    if _encode(message) != plaintext:
        raise BadContent(what=f"{what} spelling")
    return message


def acknowledgement_statement(
    kind: AcknowledgementKind, stream: bytes, number: int, sequence: int, digest: bytes
) -> bytes:
    """Return the octets that the centre signs to acknowledge a batch."""
    return kind.encode() + b"\0" + stream + number.to_bytes(8, "big") + sequence.to_bytes(8, "big") + digest
