"""Facts for the tests of the ledger: a village's stream and the town's answers to it."""

from datetime import date

from app.domain import canonical
from app.domain.facts import (
    AccountOpened,
    Body,
    Correspondent,
    EntryAnnulled,
    EntryRegistered,
    Fact,
    ReceiptIssued,
    RegisterGrant,
    StationAdmitted,
    StationEnrolled,
    TillGrant,
    TillTotals,
)
from app.domain.terms import AccountRole, Channel, CorrespondentKind
from app.ledger.journal import Ledger
from app.ledger.verify import empty_ledger

STATION, EPOCH, ANSWERS = b"S" * 16, b"E" * 16, b"A" * 16
DAY = date(2026, 11, 20)
RECORDED = 1_795_161_600
REGISTERS = (RegisterGrant(17, (1017,), "BLG49-12", "Микрево"),)
TILLS = (TillGrant(17, "BLG49-12"),)


def fact(sequence: int, body: Body, day: date = DAY) -> Fact:
    """Return a fact; each is a minute after the one before."""
    salt = b"\7" * 16 if body.personal else b""
    recorded = RECORDED + 60 * sequence
    return Fact(sequence, type(body).__name__, body.version, recorded, day, False, 1, salt, body)  # noqa: FBT003


def enrolled() -> StationEnrolled:
    """Return the body that opens the village's stream."""
    return StationEnrolled("BLG49", STATION, "Микрево", b"\1" * 32, REGISTERS, TILLS, ANSWERS, 1)


def admitted() -> StationAdmitted:
    """Return the body that opens the answer stream."""
    return StationAdmitted(STATION, "Микрево", EPOCH, b"\1" * 32, b"\2" * 32, b"\3" * 32, REGISTERS, TILLS)


def account(number: int = 1) -> AccountOpened:
    """Return the opening of an account."""
    return AccountOpened(number, "Служител", AccountRole.CLERK)


def entry(number: int) -> EntryRegistered:
    """Return an anonymous signal under a number."""
    identity = number.to_bytes(16, "big")
    return EntryRegistered(
        identity,
        identity,
        17,
        2026,
        number,
        "signal",
        Channel.BY_HAND,
        (Correspondent(CorrespondentKind.ANONYMOUS, ""),),
        "Сигнал",
        None,
        None,
        1,
        True,  # noqa: FBT003
        None,
        "",
        None,
        None,
        None,
        None,
        (),
    )


def annulled(number: int) -> EntryAnnulled:
    """Return the annulment of an entry."""
    return EntryAnnulled(number.to_bytes(16, "big"), "Вписано два пъти", None)


def receipt(number: int, cents: int = 100) -> ReceiptIssued:
    """Return a receipt under a number."""
    payer = Correspondent(CorrespondentKind.ANONYMOUS, "")
    totals = TillTotals(cents * number, 0, cents * number)
    identity = (900 + number).to_bytes(16, "big")
    return ReceiptIssued(identity, 17, 2026, number, DAY, payer, (), "EUR", cents, cents, 0, 1, totals, ())


def ledger_with(*bodies: Body) -> Ledger:
    """Return a ledger in memory whose village stream holds these facts after its first one."""
    made = empty_ledger()
    with made.writing() as writing:
        for sequence, body in enumerate((enrolled(), *bodies), start=1):
            writing.record(EPOCH, canonical.encode(fact(sequence, body)))
    return made
