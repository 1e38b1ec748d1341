"""Codes of the slip (код за справка): from a fact's digest, which only the village and the centre know.

The typed code is 80 bits in 16 letters, the QR's secret 128 bits; each has its own label, so that neither gives the
other away. Written down on paper, a code is also an anchor of ``tefter verify``: a store that was rolled back or
rewritten has no such fact any more.
"""

import base64
import hashlib
import re
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from app.domain import numbering
from app.domain.errors import BadContent

ALPHABET = "23456789АБВГДЕЖИКЛМНПРСТУФХЦЧШЮЯ"
"""No 0, 1, О, З, Й, Щ, Ъ, Ь: each is misread for another sign."""

LENGTH, GROUP = 16, 4
SECRET_OCTETS = 16

_CODE_LABEL = b"tefter/slip-code/1"
_SECRET_LABEL = b"tefter/slip-secret/1"
_BITS = 5
_CODE_OCTETS = LENGTH * _BITS // 8

_BY_LOOK = str.maketrans("ABEKMHPCTYX", "АВЕКМНРСТУХ")
"""Letters of a Latin keyboard, by their look."""

_MEANT = str.maketrans("ЗЙЩ", "3ИШ")
"""Letters that stand in no code and can only be meant for one that does."""

_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212.,_]+")
_QR = re.compile(r"TS1:(?P<register>\d{1,9})-(?P<number>\d{6,9})/(?P<on>\d{2}\.\d{2}\.\d{4}):(?P<secret>[A-Z2-7]{26})")


class SlipVerdict(StrEnum):
    """What a slip says of the store it is held against."""

    MATCHES = "matches"
    UNREADABLE = "unreadable"
    NO_ENTRY = "no_entry"
    DIFFERS = "differs"


class SlipClaim(NamedTuple):
    """What a slip's QR says: the number told, and the secret (16 octets) of its fact."""

    register: int
    number: int
    on: date
    secret: bytes


def code(digest: bytes) -> str:
    """Return the 16 letters of a fact's digest (32 octets), in groups: ``П7КЛ-4МДА-…``."""
    letters = _letters(digest)
    return "-".join(letters[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def secret(digest: bytes) -> bytes:
    """Return the QR's secret (16 octets) of a fact's digest (32 octets)."""
    return hashlib.sha256(_SECRET_LABEL + digest).digest()[:SECRET_OCTETS]


def read(typed: str) -> str | None:
    """Return the 16 letters that were meant, without hyphens; None where they cannot be told.

    Case, spaces, hyphens and Latin look-alikes do not matter. З is read as 3, Й as И, Щ as Ш; О, 0 and 1 stand in no
    code and could be anything, so that they are never guessed.
    """
    letters = _BETWEEN.sub("", typed.upper()).translate(_BY_LOOK).translate(_MEANT)
    return letters if len(letters) == LENGTH and set(letters) <= set(ALPHABET) else None


def check(typed: str, digest: bytes) -> bool:
    """Return whether what was typed is the code of this fact."""
    return read(typed) == _letters(digest)


def held_against(typed: str, digest: bytes | None) -> SlipVerdict:
    """Return what a printed slip says of a store, where ``digest`` is that of the fact under the slip's number.

    None means that the store has no fact under it: it was rolled back, or the number was mistyped.
    """
    if read(typed) is None:
        return SlipVerdict.UNREADABLE
    if digest is None:
        return SlipVerdict.NO_ENTRY
    return SlipVerdict.MATCHES if check(typed, digest) else SlipVerdict.DIFFERS


def qr_text(register: int, number: int, on: date, digest: bytes) -> str:
    """Return the text of a slip's QR, all in the QR's alphanumeric mode (ISO/IEC 18004, 7.3.4)."""
    written = base64.b32encode(secret(digest)).decode("ascii").rstrip("=")
    return f"TS1:{numbering.written(register, number, on)}:{written}"


def read_qr(text: str) -> SlipClaim:
    """Return what a slip's QR says.

    Raises:
        BadContent: anything but the one spelling that ``qr_text`` writes.

    """
    found = _QR.fullmatch(text)
    if found is None or not text.isascii():
        raise BadContent(what="slip")
    try:
        on = datetime.strptime(found["on"], "%d.%m.%Y").date()  # noqa: DTZ007 - a local date has no zone
    except ValueError as error:
        raise BadContent(what="slip date") from error
    octets = base64.b32decode(found["secret"] + "======")
    register, number = int(found["register"]), int(found["number"])
    spelling = base64.b32encode(octets).decode("ascii").rstrip("=")
    if text != f"TS1:{numbering.written(register, number, on)}:{spelling}":
        raise BadContent(what="slip spelling")
    return SlipClaim(register, number, on, octets)


def check_secret(claim: SlipClaim, digest: bytes) -> bool:
    """Return whether a slip's QR belongs to this fact."""
    return claim.secret == secret(digest)


def _letters(digest: bytes) -> str:
    octets = hashlib.sha256(_CODE_LABEL + digest).digest()[:_CODE_OCTETS]
    value = int.from_bytes(octets, "big")
    return "".join(ALPHABET[value >> _BITS * place & 31] for place in reversed(range(LENGTH)))
