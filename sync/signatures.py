"""Make and check Ed25519 signatures; all that the relay knows of cryptography.

Every signature is made over a label and the message, so that one made for one purpose is worth nothing for another.
"""

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

BATCH = b"tefter/batch/1"
ACK = b"tefter/ack/1"
REQUEST = b"tefter/request/1"
REPLY = b"tefter/reply/1"
HEAD = b"tefter/head/1"
SET = b"tefter/set/1"
ENROLMENT = b"tefter/enrolment/1"

_KEY_OCTETS = 32
_P = 2**255 - 19
_D = -121_665 * pow(121_666, -1, _P) % _P
_ORDER_EIGHT = (
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
)


def _small_order() -> frozenset[bytes]:
    """Return the 14 encodings of points of small order (RFC 8032; y = 0, ±1, the two of order 8, both signs)."""
    y_values = [value.to_bytes(32, "little") for value in (0, 1, _P - 1, _P, _P + 1)]
    y_values += [bytes.fromhex(text) for text in _ORDER_EIGHT]
    return frozenset(y[:31] + bytes([y[31] & 0x7F | sign]) for y in y_values for sign in (0, 0x80))


SMALL_ORDER = _small_order()


@lru_cache(maxsize=8)
def _signer(private: bytes) -> Ed25519PrivateKey:
    """Return the key object; making it costs more than a signature, and one end signs with one key all day."""
    return Ed25519PrivateKey.from_private_bytes(private)


def public_key(private: bytes) -> bytes:
    """Return the public half (32 octets) of a private signing key (32 octets)."""
    return _signer(private).public_key().public_bytes_raw()


def sign(private: bytes, label: bytes, message: bytes) -> bytes:
    """Return the signature (64 octets) over label and message."""
    return _signer(private).sign(label + message)


def verify(public: bytes, label: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether the signature is this key's over label and message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, label + message)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_acceptable(public: bytes) -> bool:
    """Return whether a public key may be enrolled: 32 octets, a point in its one spelling, and none of small order.

    The library looks at a key's length only.
    """
    return len(public) == _KEY_OCTETS and public not in SMALL_ORDER and _is_point(public)


def _is_point(public: bytes) -> bool:
    """Return whether the curve has a point with this y (RFC 8032, 5.1.3): (y² − 1) / (dy² + 1) is a square."""
    y = int.from_bytes(public, "little") & (2**255 - 1)
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    return y < _P and pow(square, (_P - 1) // 2, _P) <= 1
