"""The key file: one random master key, wrapped in a slot for each password (ключове и пароли).

Each slot has a key pair: Argon2id of the password opens the private half (AES-256-GCM), and the master key is sealed
to the public half (HPKE, X25519). So a new master key reaches every other account without its password. The recovery
code (код за възстановяване) is a slot of its own: 128 bits, shown once. The file may carry a sealed payload (the
centre's private keys). Slots, hashes and secrets are never in facts.
"""

from collections.abc import Callable
from typing import Annotated

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.domain.errors import StoreDamaged, WrongPassword

RECOVERY = "recovery"
KEY_BYTES = 32
_SALT_BYTES = 16
_NONCE_BYTES = 12
_SLOT_LABEL = b"tefter/slot/1"
_MASTER_LABEL = b"tefter/master/1"
_PAYLOAD_LABEL = b"tefter/payload/1"
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)

RandomBytes = Callable[[int], bytes]


class Cost(msgspec.Struct, frozen=True, array_like=True):
    """Argon2id's cost; it stands in each slot, so that it can grow."""

    kibibytes: Annotated[int, msgspec.Meta(ge=8, le=1_048_576)] = 65_536
    passes: Annotated[int, msgspec.Meta(ge=1, le=10)] = 3
    lanes: Annotated[int, msgspec.Meta(ge=1, le=16)] = 4


STRONG = Cost()
"""About a quarter of a second on the computers at hand (64 MiB, three passes)."""


class Slot(msgspec.Struct, frozen=True, array_like=True):
    """The master key for one password."""

    name: str
    cost: Cost
    salt: bytes
    nonce: bytes
    public: bytes
    private: bytes
    master: bytes


class KeyFile(msgspec.Struct, frozen=True, array_like=True):
    """What lies on disk."""

    format: int
    slots: tuple[Slot, ...]
    nonce: bytes
    payload: bytes


def read(content: bytes) -> KeyFile:
    """Return the key file.

    Raises:
        StoreDamaged: these bytes are none.

    """
    try:
        return msgspec.msgpack.decode(content, type=KeyFile)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise StoreDamaged(what="keys") from error


def write(file: KeyFile) -> bytes:
    """Return the key file's bytes."""
    return msgspec.msgpack.encode(file)


def create(master: bytes, payload: bytes, random: RandomBytes) -> KeyFile:
    """Return a key file without slots around a new master key."""
    nonce = random(_NONCE_BYTES)
    return KeyFile(1, (), nonce, AESGCM(master).encrypt(nonce, payload, _PAYLOAD_LABEL))


def with_slot(
    file: KeyFile, name: str, password: str, master: bytes, random: RandomBytes, cost: Cost = STRONG
) -> KeyFile:
    """Return the file with the slot ``name`` made or replaced."""
    salt, nonce, private = random(_SALT_BYTES), random(_NONCE_BYTES), random(KEY_BYTES)
    public = X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    wrapped = AESGCM(_stretch(password, salt, cost)).encrypt(nonce, private, _SLOT_LABEL + name.encode())
    slot = Slot(name, cost, salt, nonce, public, wrapped, _sealed(master, public, name))
    others = tuple(slot for slot in file.slots if slot.name != name)
    return msgspec.structs.replace(file, slots=(*others, slot))


def with_master(file: KeyFile, old: bytes, new: bytes, random: RandomBytes) -> KeyFile:
    """Return the file around another master key; every slot keeps its password."""
    slots = tuple(msgspec.structs.replace(slot, master=_sealed(new, slot.public, slot.name)) for slot in file.slots)
    kept = payload(file, old)
    return with_payload(msgspec.structs.replace(file, slots=slots), new, kept, random)


def without_slot(file: KeyFile, name: str) -> KeyFile:
    """Return the file without a slot."""
    return msgspec.structs.replace(file, slots=tuple(slot for slot in file.slots if slot.name != name))


def unlock(file: KeyFile, password: str, name: str | None = None) -> tuple[str, bytes]:
    """Return (slot name, master key) of the slot that this password opens.

    ``name`` limits the try to one slot; without it every slot but the recovery code's is tried.

    Raises:
        WrongPassword: none opens.
        StoreDamaged: the slot it opens, or one before it, was changed.

    """
    for slot in file.slots:
        if slot.name == name or (name is None and slot.name != RECOVERY):
            private = _opened(slot, password)
            if private is not None:
                return slot.name, _master(slot, private)
    raise WrongPassword


def _opened(slot: Slot, password: str) -> bytes | None:
    try:
        key = _stretch(password, slot.salt, slot.cost)
        return AESGCM(key).decrypt(slot.nonce, slot.private, _SLOT_LABEL + slot.name.encode())
    except InvalidTag:
        return None
    except ValueError as error:
        raise StoreDamaged(what="keys") from error


def _master(slot: Slot, private: bytes) -> bytes:
    info = _MASTER_LABEL + slot.name.encode()
    try:
        return _SUITE.decrypt(slot.master, X25519PrivateKey.from_private_bytes(private), info)
    except (InvalidTag, ValueError) as error:
        raise StoreDamaged(what="keys") from error


def _sealed(master: bytes, public: bytes, name: str) -> bytes:
    return _SUITE.encrypt(master, X25519PublicKey.from_public_bytes(public), _MASTER_LABEL + name.encode())


def payload(file: KeyFile, master: bytes) -> bytes:
    """Return the sealed payload.

    Raises:
        StoreDamaged: it was changed.

    """
    try:
        return AESGCM(master).decrypt(file.nonce, file.payload, _PAYLOAD_LABEL)
    except InvalidTag as error:
        raise StoreDamaged(what="keys") from error


def with_payload(file: KeyFile, master: bytes, content: bytes, random: RandomBytes) -> KeyFile:
    """Return the file with another payload under the same master key."""
    nonce = random(_NONCE_BYTES)
    return msgspec.structs.replace(file, nonce=nonce, payload=AESGCM(master).encrypt(nonce, content, _PAYLOAD_LABEL))


def recovery_code(random: RandomBytes) -> str:
    """Return 128 random bits as eight groups of five digits, to be read aloud and written down."""
    number = int.from_bytes(random(16), "big")
    digits = f"{number:040d}"
    return "-".join(digits[at : at + 5] for at in range(0, 40, 5))


def _stretch(password: str, salt: bytes, cost: Cost) -> bytes:
    kdf = Argon2id(salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.kibibytes)
    return kdf.derive(password.encode())
