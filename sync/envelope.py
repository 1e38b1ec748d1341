"""Seal and open: octets to octets (RFC 9180, HPKE base mode; then Ed25519 over header, encapsulated key, ciphertext).

Plaintext → zstd-3 → length and zeros up to a Padmé size of at least 1 KiB → HPKE under
``"tefter/batch/1" ‖ SHA-256(outer header)`` → signature.
"""

import hashlib
import struct
from functools import lru_cache
from typing import NamedTuple, Protocol

import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from app.domain.errors import (
    Altered,
    BadContent,
    BadPadding,
    EnvelopeTooLarge,
    Malformed,
    Misdirected,
    RevokedStation,
    Truncated,
    UnknownStation,
    UnknownSuite,
)
from sync import frame, messages, signatures
from sync.frame import Header

XWING = 1
"""Suite 1: X-Wing (ML-KEM-768 with X25519), HKDF-SHA256, AES-256-GCM."""

SEALED_OVERHEAD = 1_120 + 16
MAX_PADDED = 65_536
MIN_PADDED = 1_024
MAX_PLAINTEXT = 4_194_304
_WINDOW = 8_388_608
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_MLKEM_SEED = 64
_MLKEM_PUBLIC = 1_184
_PREFIX = struct.Struct(">I")
_FRAME_ERRORS: dict[str, type[Malformed]] = {
    "envelope_too_large": EnvelopeTooLarge,
    "truncated": Truncated,
    "unknown_suite": UnknownSuite,
}


class Sender(NamedTuple):
    """What a recipient knows of a sender."""

    signing_key: bytes
    epoch: bytes
    revoked_from_batch: int | None = None
    revoked_from_sequence: int | None = None


class Keyring(Protocol):
    """What opening needs to know."""

    def identity(self) -> tuple[str, bytes, int]:
        """Return (municipality, own id, the direction in which envelopes come here)."""

    def private_key(self, key_id: bytes) -> tuple[int, bytes] | None:
        """Return (suite, private key) of an own receiving key."""

    def sender(self, participant: bytes) -> Sender | None:
        """Return a sender that is enrolled here."""


class Opened(NamedTuple):
    """An envelope that passed every check before its facts are looked at."""

    envelope: bytes
    header: Header
    sender: Sender
    message: messages.Batch | messages.Letter


def new_private_key(random: bytes) -> bytes:
    """Return a receiving key (96 octets: ML-KEM seed, X25519) from 96 random octets."""
    if len(random) != _MLKEM_SEED + 32:
        raise ValueError(len(random))
    return random


def _private(octets: bytes) -> MLKEM768X25519PrivateKey:
    return MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(octets[:_MLKEM_SEED]),
        X25519PrivateKey.from_private_bytes(octets[_MLKEM_SEED:]),
    )


def _public(octets: bytes) -> MLKEM768X25519PublicKey:
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(octets[:_MLKEM_PUBLIC]),
        X25519PublicKey.from_public_bytes(octets[_MLKEM_PUBLIC:]),
    )


@lru_cache(maxsize=8)
def public_key(private: bytes) -> bytes:
    """Return the public half (1,216 octets) of a receiving key."""
    mlkem = MLKEM768PrivateKey.from_seed_bytes(private[:_MLKEM_SEED]).public_key().public_bytes_raw()
    return mlkem + X25519PrivateKey.from_private_bytes(private[_MLKEM_SEED:]).public_key().public_bytes_raw()


def is_acceptable(public: bytes) -> bool:
    """Return whether a receiving key may be enrolled: something can be sealed to it."""
    try:
        _SUITE.encrypt(b"", _public(public), b"")
    except ValueError:
        return False
    return True


def key_id(suite: int, public: bytes) -> bytes:
    """Return the id of a receiving key; it names exactly one suite."""
    return hashlib.sha256(b"tefter/key/1" + bytes([suite]) + public).digest()[:16]


def padded_size(length: int) -> int:
    """Return the Padmé size for ``length`` octets: at most 12 % more, and it tells only O(log log) bits."""
    if length <= MIN_PADDED:
        return MIN_PADDED
    exponent = length.bit_length() - 1
    low_bits = exponent - exponent.bit_length()
    mask = (1 << low_bits) - 1
    return (length + mask) & ~mask


_compressor = zstandard.ZstdCompressor(level=3)


def pack(plaintext: bytes, least: int = MIN_PADDED) -> bytes:
    """Return the plaintext compressed and padded, to the Padmé size ``least`` where a smaller one would do.

    Raises:
        EnvelopeTooLarge: more plaintext than a recipient takes.

    """
    if len(plaintext) > MAX_PLAINTEXT:
        raise EnvelopeTooLarge
    compressed = _compressor.compress(plaintext)
    body = _PREFIX.pack(len(compressed)) + compressed
    return body + bytes(max(padded_size(len(body)), least) - len(body))


def unpack(padded: bytes) -> bytes:
    """Return the plaintext.

    Raises:
        BadPadding: wrong size, octets other than zero, or more plaintext than is allowed.

    """
    if len(padded) < MIN_PADDED:
        raise BadPadding
    (length,) = _PREFIX.unpack_from(padded)
    end = _PREFIX.size + length
    if end > len(padded) or padded_size(len(padded)) != len(padded) or any(padded[end:]):
        raise BadPadding
    return _decompress(padded[_PREFIX.size : end])


def _decompress(compressed: bytes) -> bytes:
    """Decompress exactly one whole frame that states its size, after looking at what it would take."""
    try:
        shape = zstandard.get_frame_parameters(compressed)
        if not 0 < shape.content_size <= MAX_PLAINTEXT or shape.window_size > _WINDOW:
            raise BadPadding
        return zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompress(compressed, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise BadPadding from error


def outer_digest(header: Header, packed: bytes) -> bytes:
    """Return the digest of the outer header of an envelope around ``packed``.

    Only the length of ``packed`` counts, so the digest can be put inside it.
    """
    return hashlib.sha256(frame.pack_header(header, len(packed) + SEALED_OVERHEAD)).digest()


def seal(header: Header, packed: bytes, recipient_public: bytes, signing_key: bytes) -> bytes:
    """Return the envelope around a packed plaintext."""
    outer = frame.pack_header(header, len(packed) + SEALED_OVERHEAD)
    info = signatures.BATCH + hashlib.sha256(outer).digest()
    sealed = _SUITE.encrypt(packed, _public(recipient_public), info)
    return outer + sealed + signatures.sign(signing_key, signatures.BATCH, outer + sealed)


def seal_small(content: bytes, recipient_public: bytes, label: bytes) -> bytes:
    """Return a few octets sealed to a receiving key outside any envelope (the recovery code at enrolment)."""
    return _SUITE.encrypt(content, _public(recipient_public), label)


def open_small(sealed: bytes, private: bytes, label: bytes) -> bytes:
    """Return what ``seal_small`` sealed.

    Raises:
        Altered: sealed for another key or purpose, or changed.

    """
    try:
        return _SUITE.decrypt(sealed, _private(private), label)
    except (InvalidTag, ValueError) as error:
        raise Altered(what="ciphertext") from error


def open_(octets: bytes, keyring: Keyring) -> Opened:
    """Return what an envelope holds. Each failure is its own class and nothing partial is ever released.

    The order: size and framing, recipient, key id and suite, sender, signature, revocation by batch number, decrypt,
    padding, counted decompression, strict decode, inner against outer header.

    Raises:
        EnvelopeTooLarge, Truncated, Malformed, UnknownSuite, Misdirected, UnknownStation, Altered,
        RevokedStation, BadPadding, BadContent.

    """
    try:
        envelope = frame.parse(octets)
    except frame.FrameError as error:
        raise _FRAME_ERRORS.get(error.code, Malformed) from error
    header = envelope.header
    private = _own_key(header, keyring)
    sender = _known_sender(envelope, keyring)
    info = signatures.BATCH + hashlib.sha256(envelope.outer).digest()
    try:
        packed = _SUITE.decrypt(envelope.sealed, _private(private), info)
    except (InvalidTag, ValueError) as error:
        raise Altered(what="ciphertext") from error
    return Opened(frame.envelope_id(octets), header, sender, _message(envelope, unpack(packed)))


def _own_key(header: Header, keyring: Keyring) -> bytes:
    municipality, own_id, direction = keyring.identity()
    if (header.municipality, header.recipient, header.direction) != (municipality, own_id, direction):
        raise Misdirected
    found = keyring.private_key(header.recipient_key)
    if found is None or found[0] != header.suite:
        raise UnknownSuite
    return found[1]


def _known_sender(envelope: frame.Envelope, keyring: Keyring) -> Sender:
    header = envelope.header
    sender = keyring.sender(header.sender)
    if sender is None:
        raise UnknownStation
    signed = envelope.outer + envelope.sealed
    if not signatures.verify(sender.signing_key, signatures.BATCH, signed, envelope.signature):
        raise Altered(what="signature")
    if sender.revoked_from_batch is not None and header.number >= sender.revoked_from_batch:
        raise RevokedStation
    return sender


def _message(envelope: frame.Envelope, plaintext: bytes) -> messages.Batch | messages.Letter:
    outer = hashlib.sha256(envelope.outer).digest()
    if envelope.header.content == frame.LETTER:
        letter = messages.decode_letter(plaintext)
        if letter.outer != outer:
            raise BadContent(what="outer header")
        return letter
    batch = messages.decode_batch(plaintext)
    inner = batch.inner
    if inner.outer != outer:
        raise BadContent(what="outer header")
    if not inner.count == len(batch.facts) == inner.last - inner.first + 1 or inner.first < 1:
        raise BadContent(what="count")
    return batch
