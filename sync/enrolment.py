"""Enrolment (въвеждане на работно място): the centre's file, the station's reply, the code compared both ways."""

import hashlib
from datetime import date

import msgspec

from app.domain.errors import CodeMismatch, Malformed
from app.domain.facts import RegisterGrant, TillGrant
from sync import envelope, signatures

CODE_DIGITS = 20
RECOVERY_LABEL = b"tefter/recovery/1"


class Enrolment(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """The enrolment file: who this station will be, what it keeps, and the keys it may trust."""

    format: int
    municipality: str
    municipality_name: str
    station: bytes
    name: str
    registers: tuple[RegisterGrant, ...]
    tills: tuple[TillGrant, ...]
    centre: bytes
    centre_signing_key: bytes
    centre_receiving_key: bytes
    answers: bytes
    relay: str
    relay_key: bytes
    issued_on: date
    tariff: int
    demonstration: bool


class Reply(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """The station's public keys and stream, signed with its new key; ``recovery`` is the code sealed to the centre."""

    format: int
    station: bytes
    enrolment: bytes
    epoch: bytes
    signing_key: bytes
    receiving_key: bytes
    recovery: bytes
    signature: bytes

    def statement(self) -> bytes:
        """Return the octets that the station signs to show that the key is its own."""
        return self.station + self.enrolment + self.epoch + self.signing_key + self.receiving_key + self.recovery


def encode(file: Enrolment | Reply) -> bytes:
    """Return the octets of an enrolment file or reply."""
    return msgspec.msgpack.encode(file)


def decode(octets: bytes) -> Enrolment:
    """Return the enrolment file.

    Raises:
        Malformed: these octets are none, or its keys are none that may be trusted.

    """
    try:
        file = msgspec.msgpack.decode(octets, type=Enrolment)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed(what="enrolment") from error
    if not (
        signatures.is_acceptable(file.centre_signing_key)
        and signatures.is_acceptable(file.relay_key)
        and envelope.is_acceptable(file.centre_receiving_key)
    ):
        raise Malformed(what="enrolment keys")
    return file


def decode_reply(octets: bytes) -> Reply:
    """Return the station's reply.

    Raises:
        Malformed: these octets are none, its keys are of small order, or the signature is not the key's own.

    """
    try:
        reply = msgspec.msgpack.decode(octets, type=Reply)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed(what="reply") from error
    if not (signatures.is_acceptable(reply.signing_key) and envelope.is_acceptable(reply.receiving_key)):
        raise Malformed(what="reply keys")
    if not signatures.verify(reply.signing_key, signatures.ENROLMENT, reply.statement(), reply.signature):
        raise Malformed(what="reply signature")
    return reply


def digest(enrolment_file: bytes) -> bytes:
    """Return the digest of an enrolment file; it binds the first fact of both streams."""
    return hashlib.sha256(b"tefter/enrolment/1" + enrolment_file).digest()


def code(enrolment_file: bytes, signing_key: bytes, receiving_key: bytes) -> str:
    """Return the code that binds the file and the station's keys: 20 digits, compared both ways."""
    number = int.from_bytes(hashlib.sha256(enrolment_file + signing_key + receiving_key).digest(), "big")
    return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def require_code(typed: str, right: str) -> None:
    """Accept the code typed, with or without spaces and dashes.

    Raises:
        CodeMismatch: it is another one.

    """
    if "".join(filter(str.isdecimal, typed)) != right:
        raise CodeMismatch
