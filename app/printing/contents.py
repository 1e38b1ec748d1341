"""What the papers say: ready values, so that drawing needs no store and may run on any thread.

Times are aware datetimes, shown on the wall clock of Sofia; money is integer minor units. A number comes as told and
printed (``26-000188/20.11.2026``); codes and QR texts come from ``app.domain.slip_codes`` and ``receipt_codes``.
"""

from datetime import date, datetime

import msgspec

from app.domain.terms import IdentifierKind, ReceiptKind, ResultWay, Speed
from app.printing.amounts import Minor


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """The mayoralty (кметство) whose paper it is. ``hours`` is when one may ask there; empty where nobody set it.

    ``practice`` marks every paper of a demonstration, ``example_tariff`` every paper with a price of the example.
    """

    municipality: str
    mayoralty: str
    clerk: str
    hours: str = ""
    practice: bool = False
    example_tariff: bool = False
    minor: Minor = "cent"


class ServiceName(msgspec.Struct, frozen=True, kw_only=True):
    """A service as the register of services names it: its number, official name, and the speed chosen."""

    number: int
    name: str
    speed: Speed | None = None


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """Срок: the date told, the length in words (``7 дни``; may be empty) and the article."""

    on: date
    length: str = ""
    article: str = ""


class SlipContent(msgspec.Struct, frozen=True, kw_only=True):
    """Потвърждение за приет документ (НОДА чл. 28): what the citizen takes away.

    ``subject`` is the clerk's wording, ``kind`` the kind of document in words; ``submitters`` are names in the order of
    the entry, none for an anonymous filing. ``term`` says from when a term runs that has no date, or that it stands
    still. ``receipt`` is the number of the receipt that paid the fee, at ``paid_at``.
    """

    office: Office
    number: str
    on: date
    at: datetime
    submitters: tuple[str, ...]
    kind: str
    subject: str
    code: str
    qr: str
    service: ServiceName | None = None
    sheets: int = 0
    due: Due | None = None
    term: str = ""
    result_way: ResultWay | None = None
    fee: int | None = None
    currency: str = "EUR"
    receipt: str = ""
    paid_at: datetime | None = None


class Payer(msgspec.Struct, frozen=True, kw_only=True):
    """Платец, with an identifier where one was given (ЗСч чл. 6, ал. 1)."""

    name: str
    identifier_kind: IdentifierKind | None = None
    identifier: str = ""


class PaidLine(msgspec.Struct, frozen=True, kw_only=True):
    """Ред на квитанция. ``entry`` is the number of the entry that the line pays for, empty where there is none."""

    text: str
    quantity: int
    unit_cents: int
    cents: int
    service: ServiceName | None = None
    entry: str = ""


class ReceiptContent(msgspec.Struct, frozen=True, kw_only=True):
    """Квитанция or сторно (ЗСч чл. 6 и 8).

    A storno names the receipt it ``voids`` and its ``reason``; its ``cents`` are what is paid back, ``given`` and
    ``change`` stay 0. ``duplicate`` marks what is printed again.
    """

    office: Office
    kind: ReceiptKind
    number: str
    on: date
    at: datetime
    payer: Payer
    lines: tuple[PaidLine, ...]
    cents: int
    qr: str
    given: int = 0
    change: int = 0
    currency: str = "EUR"
    voids: str = ""
    reason: str = ""
    duplicate: bool = False
