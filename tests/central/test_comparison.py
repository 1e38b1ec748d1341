"""What the village wrote beside what the centre recomputes: each field that can differ does where it should, alone."""

from datetime import date, timedelta
from random import Random
from typing import Any

import msgspec
import pytest

from app.demonstration import people
from app.domain.entries import Particulars
from app.domain.facts import Correspondent, Due, EntryRegistered, Fee, PaperSeen, Particular
from app.domain.terms import ComparedField, CorrespondentKind, IdentifierKind, PaperState, ResultWay, Speed
from sync.central import comparison, details
from sync.central.answers import Compared
from tests.central.forger import Forger, entry
from tests.town import PAID_SERVICE, Town

TODAY = date(2026, 11, 16)


def _compared(town: Town, entry_id: bytes) -> dict[ComparedField, Compared]:
    with town.centre.ledger.reading() as connection:
        shown = details.entry(connection, town.lists, entry_id, identifiers=False)
    return {one.field: one for one in shown.compare}


def _differing(town: Town, entry_id: bytes) -> dict[ComparedField, tuple[Any, Any]]:
    return {name: (one.village, one.centre) for name, one in _compared(town, entry_id).items() if one.differs}


@pytest.fixture
def honest(town: Town, forger: Forger) -> EntryRegistered:
    """An entry for a paid certificate as the village's own Tefter would write it, number 2."""
    done = town.village.register()
    assert done.due is not None
    assert done.fee is not None
    person = Correspondent(CorrespondentKind.PERSON, "Иван Стоянов Абаджиев", settlement="49686")
    changes: dict[str, Any] = {
        "kind": "zayavlenie_usluga",
        "service": PAID_SERVICE,
        "speed": Speed.ORDINARY,
        "result_way": ResultWay.AT_DESK,
        "correspondents": (person,),
        "due": done.due,
        "fee": done.fee,
    }
    return msgspec.structs.replace(entry(forger.village.number, 2, "второ"), **changes)


def _given(town: Town, forger: Forger, body: EntryRegistered) -> dict[ComparedField, tuple[Any, Any]]:
    assert forger.give(body).code is None
    return {name: pair for name, pair in _differing(town, body.entry).items() if name is not ComparedField.PAID}


def test_what_an_honest_village_writes_differs_in_nothing(town: Town, forger: Forger, honest: EntryRegistered) -> None:
    assert _given(town, forger, honest) == {}


def test_a_due_date_moved_by_hand_differs_from_the_centre_s_own(
    town: Town, forger: Forger, honest: EntryRegistered
) -> None:
    assert honest.due is not None
    moved = Due(honest.due.on + timedelta(days=1), "чл. 999", honest.due.rules)
    assert _given(town, forger, msgspec.structs.replace(honest, due=moved)) == {
        ComparedField.DUE_ON: (moved.on.isoformat(), honest.due.on.isoformat()),
        ComparedField.DUE_ARTICLE: ("чл. 999", honest.due.article),
    }


def test_a_day_set_by_hand_and_who_came_before_closing_differ_in_nothing(town: Town) -> None:
    until = Particulars(values=(Particular("law", "ЗУТ чл.131"), Particular("until", "2026-12-04")))
    objection = town.village.register(kind="vazrazhenie", service=None, speed=None, particulars=until)
    assigned = Particulars(values=(Particular("assigned_on", "2026-11-13"),))
    task = town.village.register(kind="zadacha_po_podrazbirane", service=None, speed=None, particulars=assigned)
    town.clock.tick(days=4, hours=8, minutes=40)
    seen = (PaperSeen("zayavlenie", PaperState.MISSING),)
    early = town.village.register(particulars=Particulars(before_closing=True, papers=seen))
    assert [one.due.on for one in (objection, task, early) if one.due is not None] == [
        date(2026, 12, 4),
        date(2026, 11, 20),
        date(2026, 11, 27),
    ]
    town.settle()
    for one in (objection, task, early):
        assert set(_differing(town, one.entry)) <= {ComparedField.PAID}
    with town.centre.ledger.reading() as connection:
        shown = details.entry(connection, town.lists, early.entry, identifiers=False)
    assert shown.before_closing
    assert [(one.paper, one.state) for one in shown.papers] == [("zayavlenie", PaperState.MISSING)]


def test_a_fee_that_is_not_the_tariff_s_differs_from_it(town: Town, forger: Forger, honest: EntryRegistered) -> None:
    assert honest.fee is not None
    other = Fee(honest.fee.cents + 7, "EUR", honest.fee.tariff + 1, honest.fee.article)
    assert _given(town, forger, msgspec.structs.replace(honest, fee=other)) == {
        ComparedField.FEE: (honest.fee.cents + 7, honest.fee.cents),
        ComparedField.TARIFF: (honest.fee.tariff + 1, honest.fee.tariff),
    }


def test_a_service_and_a_kind_that_no_list_holds_are_unknown(
    town: Town, forger: Forger, honest: EntryRegistered
) -> None:
    body = msgspec.structs.replace(honest, service=999_999, kind="izmisleno", fee=None, due=None)
    found = _given(town, forger, body)
    assert found[ComparedField.SERVICE] == (999_999, None)
    assert found[ComparedField.KIND] == ("izmisleno", None)
    assert ComparedField.FEE not in found


def test_a_settlement_that_the_classifier_does_not_hold_is_unknown(
    town: Town, forger: Forger, honest: EntryRegistered
) -> None:
    person = Correspondent(CorrespondentKind.PERSON, "Иван Стоянов Абаджиев", settlement="00000")
    body = msgspec.structs.replace(honest, correspondents=(person,))
    assert _given(town, forger, body) == {ComparedField.SETTLEMENT: ("00000", None)}


def test_a_number_that_another_entry_has_too_is_not_the_centre_s(
    town: Town, forger: Forger, honest: EntryRegistered
) -> None:
    body = msgspec.structs.replace(honest, number=1)
    assert _given(town, forger, body) == {ComparedField.NUMBER: ("17-000001/16.11.2026", None)}


def test_an_identifier_is_checked_here_again(town: Town) -> None:
    good = people.person(Random(7)).egn  # noqa: S311 - invented people
    bad = good[:-1] + str((int(good[-1]) + 1) % 10)
    found = []
    for number in (good, bad):
        person = Correspondent(
            CorrespondentKind.PERSON,
            "Иван Стоянов Абаджиев",
            settlement="49686",
            identifier_kind=IdentifierKind.EGN,
            identifier=number,
        )
        done = town.village.register(correspondents=(person,))
        town.village.exchange()
        town.centre_exchange()
        found.append(_compared(town, done.entry)[ComparedField.IDENTIFIER])
    masked = ["•" * 6 + good[-4:], "•" * 6 + bad[-4:]]
    assert [(one.village, one.centre, one.differs) for one in found] == [
        (masked[0], masked[0], False),
        (masked[1], None, True),
    ]


def test_a_day_that_is_not_that_of_the_clock_is_shown_beside_it(town: Town) -> None:
    town.clock.tick(days=-40)
    done = town.village.register(confirmed=TODAY)
    town.clock.tick(days=40)
    town.village.exchange()
    town.centre_exchange()
    assert _differing(town, done.entry)[ComparedField.REGISTERED_ON] == ("2026-11-16", "2026-10-07")


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (IdentifierKind.EGN, "9021010010", "••••••0010"),
        (IdentifierKind.LNCH, "1000000000", "••••••0000"),
        (IdentifierKind.EGN, "10", "10"),
        (IdentifierKind.EIK, "000000000", "000000000"),
        (None, "", ""),
    ],
)
def test_only_what_names_a_person_is_masked(kind: IdentifierKind | None, value: str, shown: str) -> None:
    assert comparison.masked(kind, value) == shown
