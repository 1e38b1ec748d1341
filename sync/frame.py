"""The outer form of an envelope, and how several travel in one request: all of the format that the relay reads.

Layout, big-endian: magic ``TFT1``, protocol, suite, direction, content (one octet each), municipality (8, ASCII, zero
filled), sender (16), recipient (16), recipient key id (16), sender epoch (16), number (8), length of what follows up to
the signature (4): 92 octets. Then encapsulated key and ciphertext, then the signature (64).
"""

import hashlib
import struct
from collections.abc import Iterable, Iterator
from typing import NamedTuple

MAGIC = b"TFT1"
PROTOCOL = 1
HEADER = struct.Struct(">4sBBBB8s16s16s16s16sQI")
SIGNATURE_BYTES = 64
MAX_SEALED = 1_120 + 65_536 + 16
"""Encapsulated key, at most 64 KiB of padded plaintext, tag."""
MAX_ENVELOPE = HEADER.size + MAX_SEALED + SIGNATURE_BYTES
MAX_REQUEST = 1_048_576
MAX_NUMBER = 2**63 - 1
"""The largest number that a database can count."""
UP, DOWN = 1, 2
BATCH, LETTER = 1, 2
RECEIPT = struct.Struct(">32sQ64s")
ADMISSION_HEAD = struct.Struct(">8sQI")
ADMITTED = struct.Struct(">16s32s")
_LENGTH = struct.Struct(">I")


class FrameError(ValueError):
    """Octets that are not of this form; ``code`` says how."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Header(NamedTuple):
    """The outer header, in clear."""

    suite: int
    direction: int
    content: int
    municipality: str
    sender: bytes
    recipient: bytes
    recipient_key: bytes
    epoch: bytes
    number: int


class Envelope(NamedTuple):
    """An envelope taken apart: header, its octets, what is sealed, and the signature."""

    header: Header
    outer: bytes
    sealed: bytes
    signature: bytes


def pack_header(header: Header, sealed_length: int) -> bytes:
    """Return the header's octets."""
    return HEADER.pack(
        MAGIC,
        PROTOCOL,
        header.suite,
        header.direction,
        header.content,
        header.municipality.encode("ascii"),
        header.sender,
        header.recipient,
        header.recipient_key,
        header.epoch,
        header.number,
        sealed_length,
    )


def parse(octets: bytes) -> Envelope:
    """Return the parts of an envelope.

    Raises:
        FrameError: ``envelope_too_large``, ``truncated``, ``unknown_suite`` (protocol) or ``malformed``.

    """
    if len(octets) > MAX_ENVELOPE:
        raise FrameError("envelope_too_large")
    if len(octets) < HEADER.size + SIGNATURE_BYTES:
        raise FrameError("truncated")
    magic, protocol, suite, direction, content, municipality, *rest, length = HEADER.unpack_from(octets)
    if magic != MAGIC:
        raise FrameError("malformed")
    if protocol != PROTOCOL:
        raise FrameError("unknown_suite")
    if len(octets) < HEADER.size + length + SIGNATURE_BYTES:
        raise FrameError("truncated")
    if len(octets) != HEADER.size + length + SIGNATURE_BYTES:
        raise FrameError("malformed")
    sender, recipient, recipient_key, epoch, number = rest
    if direction not in {UP, DOWN} or content not in {BATCH, LETTER} or number > MAX_NUMBER:
        raise FrameError("malformed")
    name = _municipality(municipality)
    header = Header(suite, direction, content, name, sender, recipient, recipient_key, epoch, number)
    end = HEADER.size + length
    return Envelope(header, octets[: HEADER.size], octets[HEADER.size : end], octets[end:])


def _municipality(octets: bytes) -> str:
    name = octets.rstrip(b"\0")
    if not (name.isascii() and name.isalnum()):
        raise FrameError("malformed")
    return name.decode("ascii")


def envelope_id(octets: bytes) -> bytes:
    """Return the id of an envelope: SHA-256 of all its octets."""
    return hashlib.sha256(octets).digest()


def pack_parcels(parcels: Iterable[bytes]) -> bytes:
    """Return several byte strings as one, each behind its length (4 octets)."""
    return b"".join(_LENGTH.pack(len(parcel)) + parcel for parcel in parcels)


def parse_parcels(octets: bytes) -> Iterator[bytes]:
    """Return the byte strings that were packed.

    Raises:
        FrameError: ``truncated`` where a length promises more than there is.

    """
    at = 0
    while at < len(octets):
        if at + _LENGTH.size > len(octets):
            raise FrameError("truncated")
        (length,) = _LENGTH.unpack_from(octets, at)
        at += _LENGTH.size
        if at + length > len(octets):
            raise FrameError("truncated")
        yield octets[at : at + length]
        at += length


def pack_admission(municipality: str, version: int, admitted: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return the list of participants, (id, public signing key) each, that the municipality's centre signs."""
    rows = [ADMITTED.pack(*one) for one in admitted]
    return ADMISSION_HEAD.pack(municipality.encode("ascii"), version, len(rows)) + b"".join(rows)


def parse_admission(octets: bytes) -> tuple[str, int, dict[bytes, bytes]]:
    """Return (municipality, version, public signing key by participant).

    Raises:
        FrameError: not such a list.

    """
    if len(octets) < ADMISSION_HEAD.size:
        raise FrameError("truncated")
    municipality, version, count = ADMISSION_HEAD.unpack_from(octets)
    rows = octets[ADMISSION_HEAD.size :]
    if len(rows) != count * ADMITTED.size:
        raise FrameError("malformed")
    participants: dict[bytes, bytes] = dict(ADMITTED.iter_unpack(rows))
    return _municipality(municipality), version, participants


def request_statement(method: str, path: str, headers: "RequestHeaders") -> bytes:
    """Return the octets that a participant signs to make a request."""
    target = f"{method} {path}\n".encode("ascii")
    return target + struct.pack(
        ">8s16sQ16s32s",
        headers.municipality.encode("ascii"),
        headers.participant,
        headers.time,
        headers.nonce,
        headers.digest,
    )


class RequestHeaders(NamedTuple):
    """What a signed request says of itself: who, when by its own clock, a nonce, and the SHA-256 of the body."""

    municipality: str
    participant: bytes
    time: int
    nonce: bytes
    digest: bytes
