"""What is being paid for, as values: fees of entries, services of the tariff, and the draft of it."""

import msgspec
import pytest

from app import bootstrap
from app.domain.facts import Correspondent
from app.domain.terms import CorrespondentKind, CorrespondentRole, IdentifierKind, Speed
from app.services.cash_desk import FeeDue
from app.ui.village import fee_bill
from app.ui.village.fee_bill import Bill

LISTS = bootstrap.nomenclatures()
PERSON = Correspondent(
    CorrespondentKind.PERSON,
    "Мария Примерова Образцова",
    CorrespondentRole.APPLICANT,
    IdentifierKind.EGN,
    "9501011234",
    "49686",
    "ул. Първа 1",
    "0888000000",
    "m@example.org",
)
FEE = FeeDue(b"e" * 16, "17-000042/20.11.2026", 1997, Speed.FAST, "Настоящ адрес", 153, 51, "EUR", "чл. 110")


def test_a_fee_comes_from_its_entry_with_what_is_still_owed() -> None:
    bill = fee_bill.with_fees(Bill(receipt=b"r" * 16), (FEE,), fee_bill.as_payer(PERSON), LISTS)
    [one] = bill.positions
    assert (one.line.entry, one.line.service, one.line.speed, one.line.cents) == (FEE.entry, 1997, Speed.FAST, 102)
    assert one.number == FEE.number
    assert bill.due == 102


def test_the_same_entry_is_not_paid_twice_on_one_receipt() -> None:
    bill = fee_bill.with_fees(Bill(receipt=b"r" * 16), (FEE,), None, LISTS)
    assert fee_bill.with_fees(bill, (FEE,), None, LISTS) == bill


def test_a_payer_is_a_name_and_an_identifier_and_nothing_more() -> None:
    payer = fee_bill.as_payer(PERSON)
    assert (payer.name, payer.identifier, payer.role) == (PERSON.name, PERSON.identifier, CorrespondentRole.PAYER)
    assert (payer.settlement, payer.address, payer.phone, payer.e_mail) == ("", "", "", "")


@pytest.mark.parametrize(
    ("people", "name"),
    [
        ((PERSON,), PERSON.name),
        ((Correspondent(CorrespondentKind.ANONYMOUS, ""),), None),
        ((PERSON, Correspondent(CorrespondentKind.LEGAL_ENTITY, "Пример ООД", CorrespondentRole.PAYER)), "Пример ООД"),
        ((), None),
    ],
)
def test_the_applicant_pays_unless_a_payer_is_named(people: tuple[Correspondent, ...], name: str | None) -> None:
    found = fee_bill.applicant(people)
    assert (found.name if found else None) == name


def test_a_bill_survives_as_a_draft() -> None:
    bill = fee_bill.with_fees(Bill(receipt=b"r" * 16, entry=FEE.entry), (FEE,), fee_bill.as_payer(PERSON), LISTS)
    bill = msgspec.structs.replace(bill, given="20")
    assert fee_bill.decoded(fee_bill.encoded(bill)) == bill


@pytest.mark.parametrize("content", [b"", b"\xc0", b"\x81\xa1x\x01"])
def test_a_draft_of_another_form_is_passed_over(content: bytes) -> None:
    assert fee_bill.decoded(content) is None


def test_a_payment_carries_the_same_guid_as_its_draft() -> None:
    bill = fee_bill.with_fees(Bill(receipt=b"r" * 16), (FEE,), None, LISTS)
    paid = fee_bill.payment(bill, 17, 1_000)
    assert (paid.receipt, paid.given) == (bill.receipt, 1_000)
    assert paid.payer.kind is CorrespondentKind.ANONYMOUS
