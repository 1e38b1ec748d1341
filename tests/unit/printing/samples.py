"""Papers as a day at the desk makes them, and harder ones: the longest names, many lines, another language."""

from datetime import UTC, date, datetime
from random import Random

import msgspec

from app.demonstration import people
from app.domain import receipt_codes, slip_codes
from app.domain.cash import MOST_CENTS
from app.domain.receipt_codes import Statement
from app.domain.terms import IdentifierKind, ReceiptKind, ResultWay, Speed
from app.printing.contents import Due, Office, PaidLine, Payer, ReceiptContent, ServiceName, SlipContent
from resources.loading import services
from sync import signatures

DAY = date(2026, 11, 20)
FILED = datetime(2026, 11, 20, 8, 52, tzinfo=UTC)
PAID = datetime(2026, 11, 20, 8, 54, tzinfo=UTC)
DIGEST = bytes(range(32))
PRIVATE = bytes(range(32))
STATION = bytes(range(16))
KEYS = {STATION: [signatures.public_key(PRIVATE)]}
PERSON = people.person(Random(7))  # noqa: S311 - the same invented person every time
FIRM = people.legal_entity(Random(7))  # noqa: S311 - the same invented firm every time
HEIRS = ServiceName(number=2016, name=services()[2016].name, speed=Speed.ORDINARY)
LONGEST = sorted(services().values(), key=lambda one: len(one.name), reverse=True)


OFFICE = Office(
    municipality="Кърджали",
    mayoralty="Перперек",
    clerk="Служител 1",
    hours="понеделник – петък, 8:00–12:00 и 13:00–17:00\u00a0ч.",
)
UNREAL = msgspec.structs.replace(OFFICE, practice=True, example_tariff=True)
SLIP = SlipContent(
    office=OFFICE,
    number="26-000188/20.11.2026",
    on=DAY,
    at=FILED,
    submitters=(PERSON.name,),
    kind="Заявление",
    subject=HEIRS.name,
    code=slip_codes.code(DIGEST),
    qr=slip_codes.qr_text(26, 188, DAY, DIGEST),
    service=HEIRS,
    sheets=2,
    due=Due(on=date(2026, 11, 27), length="7 дни", article="АПК чл. 57, ал. 2"),
    result_way=ResultWay.AT_DESK,
    fee=256,
    receipt="17-000132/20.11.2026",
    paid_at=PAID,
)


def slip(**other: object) -> SlipContent:
    """Return an ordinary slip, with whatever a test asks for instead."""
    return msgspec.structs.replace(SLIP, **other)


def receipt_qr(number: int, cents: int, kind: ReceiptKind) -> str:
    """Return the QR text of a receipt as its station signs it."""
    statement = Statement(STATION, 17, number, DAY, cents, "EUR", kind)
    return receipt_codes.qr_text(receipt_codes.signed(statement, PRIVATE, signatures.sign))


LINE = PaidLine(text=HEIRS.name, quantity=1, unit_cents=256, cents=256, service=HEIRS, entry="26-000188/20.11.2026")
RECEIPT = ReceiptContent(
    office=OFFICE,
    kind=ReceiptKind.SALE,
    number="17-000132/20.11.2026",
    on=DAY,
    at=PAID,
    payer=Payer(name=PERSON.name, identifier_kind=IdentifierKind.EGN, identifier=PERSON.egn),
    lines=(LINE,),
    cents=256,
    given=1000,
    change=744,
    qr=receipt_qr(132, 256, ReceiptKind.SALE),
)


def receipt(**other: object) -> ReceiptContent:
    """Return an ordinary receipt, with whatever a test asks for instead."""
    return msgspec.structs.replace(RECEIPT, **other)


def paid(text: str, service: ServiceName) -> PaidLine:
    """Return a line for a service, at the ordinary price."""
    return msgspec.structs.replace(LINE, text=text, service=service)


def fortune() -> ReceiptContent:
    """Return a receipt over the largest sum that a receipt holds."""
    line = msgspec.structs.replace(LINE, cents=MOST_CENTS, unit_cents=MOST_CENTS)
    return receipt(
        lines=(line,), cents=MOST_CENTS, given=MOST_CENTS, change=0, qr=receipt_qr(132, MOST_CENTS, ReceiptKind.SALE)
    )


def storno() -> ReceiptContent:
    """Return the reversal of the ordinary receipt."""
    return receipt(
        kind=ReceiptKind.STORNO,
        number="17-000133/20.11.2026",
        voids="17-000132/20.11.2026",
        reason="Заявителят се отказа от услугата преди изпълнението ѝ.",
        given=0,
        change=0,
        qr=receipt_qr(133, 256, ReceiptKind.STORNO),
    )


def long_slip() -> SlipContent:
    """Return a slip with the longest official name, several long submitters and every mark."""
    longest = LONGEST[0]
    return slip(
        office=UNREAL,
        number="1204-000188/20.11.2026",
        submitters=(PERSON.name, FIRM.name, "Примерово-Образцова Благородна Александрина-Константинова Хаджидимитрова"),
        subject=f"{LONGEST[3].name}, за имот в местността „Дългата нива над старата воденица“",
        service=ServiceName(number=longest.number, name=longest.name, speed=Speed.EXPRESS),
        receipt="",
        paid_at=None,
        result_way=ResultWay.POST_REGISTERED,
    )


def long_receipt(count: int) -> ReceiptContent:
    """Return a receipt of so many lines, each with one of the longest official names."""
    lines = tuple(
        PaidLine(
            text=one.name,
            quantity=1 + place % 3,
            unit_cents=1_234_56,
            cents=(1 + place % 3) * 1_234_56,
            service=ServiceName(number=one.number, name=one.name, speed=Speed.FAST),
            entry=LINE.entry,
        )
        for place, one in enumerate(LONGEST[:count])
    )
    cents = sum(one.cents for one in lines)
    return receipt(
        office=UNREAL,
        payer=Payer(name=FIRM.name, identifier_kind=IdentifierKind.EIK, identifier=FIRM.eik),
        lines=lines,
        cents=cents,
        given=cents,
        change=0,
        qr=receipt_qr(132, cents, ReceiptKind.SALE),
    )
