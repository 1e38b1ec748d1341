"""The signature of a receipt (знак на квитанцията): any Tefter checks it without a network.

The station signs what the receipt says; the QR carries it in the QR's alphanumeric mode. The receipt names its till,
number, date, amount and kind in clear, so that a scanner without Tefter shows them too.
"""

import base64
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec

from app.domain import numbering
from app.domain.cash import MOST_CENTS
from app.domain.errors import BadContent
from app.domain.facts import Value
from app.domain.terms import ReceiptKind

LABEL = b"tefter/receipt/1"

Sign = Callable[[bytes, bytes, bytes], bytes]
"""(private key, label, message) → Ed25519 signature (64 octets)."""

Verify = Callable[[bytes, bytes, bytes, bytes], bool]
"""(public key, label, message, signature) → genuine."""

_STATION_OCTETS, _SIGNATURE_OCTETS = 16, 64
_KINDS = {ReceiptKind.SALE: "S", ReceiptKind.STORNO: "V"}
_QR = re.compile(
    r"TR1:(?P<till>\d{1,9})-(?P<number>\d{6,9})/(?P<on>\d{2}\.\d{2}\.\d{4}):"
    r"(?P<currency>[A-Z]{3})(?P<whole>\d{1,11})\.(?P<part>\d{2}):(?P<kind>[SV]):(?P<signed>[A-Z2-7]{128})"
)


class ReceiptVerdict(StrEnum):
    """What is to be thought of a receipt on paper."""

    GENUINE = "genuine"
    ALTERED = "altered"
    UNKNOWN_STATION = "unknown_station"


class Statement(Value, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """What a station signs of a receipt: station id (16 octets), series, date, minor units, currency, kind."""

    station: bytes
    till: int
    number: int
    on: date
    cents: int
    currency: str
    kind: ReceiptKind


class ReceiptClaim(NamedTuple):
    """What a receipt's QR says, and the signature (64 octets) over it."""

    statement: Statement
    signature: bytes


def message(statement: Statement) -> bytes:
    """Return the octets that are signed: the statement as a MessagePack array in field order."""
    return msgspec.msgpack.encode(statement)


def signed(statement: Statement, private: bytes, sign: Sign) -> ReceiptClaim:
    """Return the statement with its station's signature."""
    return ReceiptClaim(statement, sign(private, LABEL, message(statement)))


def qr_text(claim: ReceiptClaim) -> str:
    """Return the text of a receipt's QR, all in the QR's alphanumeric mode (ISO/IEC 18004, 7.3.4)."""
    said = claim.statement
    number = numbering.written(said.till, said.number, said.on)
    whole, part = divmod(said.cents, 100)
    octets = base64.b32encode(said.station + claim.signature).decode("ascii")
    return f"TR1:{number}:{said.currency}{whole}.{part:02d}:{_KINDS[said.kind]}:{octets}"


def read(text: str) -> ReceiptClaim:
    """Return what a receipt's QR says, checked by nobody yet.

    Raises:
        BadContent: anything but the one spelling that ``qr_text`` writes.

    """
    found = _QR.fullmatch(text)
    if found is None or not text.isascii():
        raise BadContent(what="receipt")
    claim = _claim(found)
    if claim.statement.cents > MOST_CENTS or qr_text(claim) != text:
        raise BadContent(what="receipt spelling")
    return claim


def verify(claim: ReceiptClaim, known_keys: Mapping[bytes, Collection[bytes]], verify_fn: Verify) -> ReceiptVerdict:
    """Return the verdict over a receipt; ``known_keys`` holds the public keys that each station ever had."""
    keys = known_keys.get(claim.statement.station)
    if not keys:
        return ReceiptVerdict.UNKNOWN_STATION
    said = message(claim.statement)
    genuine = any(verify_fn(key, LABEL, said, claim.signature) for key in keys)
    return ReceiptVerdict.GENUINE if genuine else ReceiptVerdict.ALTERED


def _claim(found: re.Match[str]) -> ReceiptClaim:
    try:
        on = datetime.strptime(found["on"], "%d.%m.%Y").date()  # noqa: DTZ007 - a local date has no zone
    except ValueError as error:
        raise BadContent(what="receipt date") from error
    octets = base64.b32decode(found["signed"])
    kind = ReceiptKind.SALE if found["kind"] == _KINDS[ReceiptKind.SALE] else ReceiptKind.STORNO
    statement = Statement(
        octets[:_STATION_OCTETS],
        int(found["till"]),
        int(found["number"]),
        on,
        int(found["whole"]) * 100 + int(found["part"]),
        found["currency"],
        kind,
    )
    return ReceiptClaim(statement, octets[_STATION_OCTETS:])
