"""RFC 9180 written out by hand on HMAC and one AEAD: the second opinion about the library's HPKE.

It is checked against the official vectors, and then opens and seals what the library seals and opens, also with
X-Wing (draft-connolly-cfrg-xwing-kem) in the place of the KEM.
"""

import hashlib
import hmac
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

X25519_KEM, XWING_KEM, HKDF_SHA256 = 0x0020, 0x647A, 0x0001
AES_256_GCM, CHACHA20_POLY1305 = 0x0002, 0x0003
BASE, AUTH = 0, 2
_MLKEM_OCTETS = 1_088
_XWING_LABEL = b"\\.//^\\"


def extract(salt: bytes, key: bytes) -> bytes:
    """HKDF-Extract (RFC 5869)."""
    return hmac.new(salt or bytes(32), key, hashlib.sha256).digest()


def expand(key: bytes, info: bytes, length: int) -> bytes:
    """HKDF-Expand (RFC 5869)."""
    made, block, count = b"", b"", 0
    while len(made) < length:
        count += 1
        block = hmac.new(key, block + info + bytes([count]), hashlib.sha256).digest()
        made += block
    return made[:length]


def _labeled_extract(suite: bytes, salt: bytes, label: bytes, key: bytes) -> bytes:
    return extract(salt, b"HPKE-v1" + suite + label + key)


def _labeled_expand(suite: bytes, key: bytes, label: bytes, info: bytes, length: int) -> bytes:
    return expand(key, length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info, length)


def dh(private: bytes, public: bytes) -> bytes:
    """X25519."""
    return X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(public))


def public_of(private: bytes) -> bytes:
    """Return the public half of an X25519 key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def kem_secret(dh_secret: bytes, context: bytes) -> bytes:
    """ExtractAndExpand of DHKEM(X25519, HKDF-SHA256)."""
    suite = b"KEM" + X25519_KEM.to_bytes(2, "big")
    return _labeled_expand(suite, _labeled_extract(suite, b"", b"eae_prk", dh_secret), b"shared_secret", context, 32)


def xwing_secret(enc: bytes, private: bytes) -> bytes:
    """Decapsulate X-Wing: ML-KEM-768 and X25519 side by side, bound by SHA3-256."""
    lattice, point = enc[:_MLKEM_OCTETS], enc[_MLKEM_OCTETS:]
    seed, scalar = private[:64], private[64:]
    first = MLKEM768PrivateKey.from_seed_bytes(seed).decapsulate(lattice)
    second = dh(scalar, point)
    return hashlib.sha3_256(first + second + point + public_of(scalar) + _XWING_LABEL).digest()


class Schedule(NamedTuple):
    """What the key schedule gives."""

    key: bytes
    base_nonce: bytes
    exporter: bytes
    suite: bytes
    aead: int

    def nonce(self, sequence: int) -> bytes:
        """Return the nonce of a message."""
        return bytes(a ^ b for a, b in zip(self.base_nonce, sequence.to_bytes(12, "big"), strict=True))

    def cipher(self) -> AESGCM | ChaCha20Poly1305:
        """Return the AEAD."""
        return AESGCM(self.key) if self.aead == AES_256_GCM else ChaCha20Poly1305(self.key)

    def export(self, context: bytes, length: int) -> bytes:
        """Return an exported secret."""
        return _labeled_expand(self.suite, self.exporter, b"sec", context, length)


def schedule(mode: int, kem: int, aead: int, shared: bytes, info: bytes) -> Schedule:
    """KeySchedule without a pre-shared key."""
    suite = b"HPKE" + b"".join(one.to_bytes(2, "big") for one in (kem, HKDF_SHA256, aead))
    psk_id = _labeled_extract(suite, b"", b"psk_id_hash", b"")
    context = bytes([mode]) + psk_id + _labeled_extract(suite, b"", b"info_hash", info)
    secret = _labeled_extract(suite, shared, b"secret", b"")
    return Schedule(
        key=_labeled_expand(suite, secret, b"key", context, 32),
        base_nonce=_labeled_expand(suite, secret, b"base_nonce", context, 12),
        exporter=_labeled_expand(suite, secret, b"exp", context, 32),
        suite=suite,
        aead=aead,
    )


def open_xwing(sealed: bytes, private: bytes, info: bytes) -> bytes:
    """Open what suite 1 of Tefter sealed: X-Wing, HKDF-SHA256, AES-256-GCM."""
    enc, ciphertext = sealed[:1_120], sealed[1_120:]
    made = schedule(BASE, XWING_KEM, AES_256_GCM, xwing_secret(enc, private), info)
    return made.cipher().decrypt(made.nonce(0), ciphertext, b"")
