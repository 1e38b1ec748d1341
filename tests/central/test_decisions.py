"""What the town decides, what it finds, and the numbers that its docflow gives."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from app.domain.errors import AlreadyDecided, LineChanged, UnknownEntry
from app.domain.facts import DayClosed, DayOpened, ReceiptLine, TillTotals
from app.domain.office_date import SOFIA
from app.domain.terms import DecidedBy, DisputeReason, Standing, TownState
from app.ledger.journal import last_position
from app.ledger.tables import entries
from app.ledger.verify import verify_ledger
from app.services import cash_desk
from sync.central import decisions
from sync.central.docflow import Filing
from sync.central.findings import VillageFinding, village_findings
from sync.central.schema import docflow_register
from sync.central.verify import verify_centre
from sync.central.waiting import waiting_lines
from sync.messages import Totals
from tests.central.forger import Forger, entry, new_id, receipt
from tests.town import Town

DESK = 1


def _arrived(town: Town, *, paid: bool = True) -> bytes:
    done = town.village.register()
    if paid:
        town.village.pay(done.entry)
    _carry(town)
    return done.entry


def _carry(town: Town) -> None:
    town.village.exchange()
    town.centre_exchange()


def _row(town: Town, entry_id: bytes) -> Any:  # noqa: ANN401 - a row
    with town.centre.ledger.reading() as connection:
        return connection.execute(sa.select(entries).where(entries.c.entry == entry_id)).one()


def _found(town: Town) -> list[tuple[str, str]]:
    with town.centre.ledger.reading() as connection:
        return [(_where(one), one.finding.code) for one in village_findings(connection)]


def _where(one: VillageFinding) -> str:
    """Return the place of a finding in one line."""
    series = f"{one.series} {one.number_index}/{one.year} {list(one.numbers)}" if one.numbers else ""
    day = f"till {one.number_index} {one.day}" if one.day else ""
    batch = f"batch {one.batch}" if one.batch else ""
    return series or day or batch or one.number


# --- accept and dispute ---------------------------------------------------------------------------------------------


def test_only_what_is_clean_is_accepted_at_a_stroke(town: Town) -> None:
    clean, unpaid, underpaid = _arrived(town), _arrived(town, paid=False), _arrived(town, paid=False)
    town.village.receive((_a_cent_less(town, underpaid),), given=10_000)
    _carry(town)
    assert town.accept_clean() == 1
    assert _row(town, clean).town == TownState.ACCEPTED
    assert _row(town, unpaid).town == _row(town, underpaid).town == TownState.NEW
    with town.centre.ledger.reading() as connection:
        waiting = {line.row.entry: line.found for line in waiting_lines(connection)}
    assert waiting == {unpaid: ("fee_missing",), underpaid: ("fee_differs",)}


def _a_cent_less(town: Town, entry_id: bytes) -> ReceiptLine:
    """Return a receipt line that pays one cent less than the entry owes."""
    whole = cash_desk.line_for(town.village.store, entry_id, "Такса")
    less = whole.unit_cents - 1
    return msgspec.structs.replace(whole, unit_cents=less, cents=less)


def test_a_void_makes_the_fee_missing_again(town: Town) -> None:
    done = town.village.register()
    paid = town.village.pay(done.entry)
    town.village.void(paid.receipt)
    _carry(town)
    assert town.accept_clean() == 0


def test_who_accepted_stands_in_the_fact(town: Town) -> None:
    by_person = _arrived(town)
    town.accept_clean()
    by_rule = _arrived(town)
    decisions.accept_clean(town.centre, town.docflow, 0, DecidedBy.RULE)
    assert (_row(town, by_person).decided_by, _row(town, by_rule).decided_by) == ("person", "rule")


@pytest.mark.parametrize("reason", list(DisputeReason))
def test_a_dispute_reaches_the_village_with_its_reason_and_note(town: Town, reason: DisputeReason) -> None:
    disputed = _arrived(town)
    decisions.dispute(town.centre, disputed, reason, "Обадете се", DESK)
    town.centre_exchange()
    town.village.exchange()
    with town.village.store.ledger.reading() as connection:
        row = connection.execute(sa.select(entries).where(entries.c.entry == disputed)).one()
    assert (row.town, row.dispute_reason, row.dispute_note) == (TownState.DISPUTED, reason, "Обадете се")


def test_a_disputed_entry_can_be_accepted_after_all(town: Town) -> None:
    disputed = _arrived(town, paid=False)
    decisions.dispute(town.centre, disputed, DisputeReason.FEE_MISSING, "", DESK)
    assert town.accept_clean() == 0
    assert decisions.accept(town.centre, town.docflow, disputed, DESK) == "94-000001/16.11.2026"
    row = _row(town, disputed)
    assert (row.town, row.dispute_reason, row.dispute_note) == (TownState.ACCEPTED, None, None)
    assert verify_centre(town.centre) == []


def test_what_is_accepted_is_decided(town: Town) -> None:
    accepted = _arrived(town)
    town.accept_clean()
    facts = _facts(town)
    assert decisions.accept(town.centre, town.docflow, accepted, DESK) == "94-000001/16.11.2026"
    with pytest.raises(AlreadyDecided):
        decisions.dispute(town.centre, accepted, DisputeReason.OTHER, "", DESK)
    assert _facts(town) == facts


def _facts(town: Town) -> int:
    with town.centre.ledger.reading() as connection:
        return last_position(connection)


def test_two_desks_that_decide_one_line_at_once_give_it_one_number_and_one_fact(town: Town) -> None:
    entry_id, at = _arrived(town, paid=False), _facts(town)
    together = threading.Barrier(2)

    def accept() -> str:
        together.wait(30)
        return decisions.accept(town.centre, town.docflow, entry_id, DESK, at)

    with ThreadPoolExecutor(2) as desks:
        numbers = [one.result(60) for one in [desks.submit(accept), desks.submit(accept)]]
    assert numbers == ["94-000001/16.11.2026"] * 2
    assert _facts(town) == at + 1
    assert verify_centre(town.centre) == []


def test_of_two_different_decisions_on_one_line_at_once_one_stands_and_the_other_is_told(town: Town) -> None:
    entry_id, at = _arrived(town, paid=False), _facts(town)
    together = threading.Barrier(2)

    def decide(reason: DisputeReason) -> str:
        together.wait(30)
        try:
            decisions.dispute(town.centre, entry_id, reason, "", DESK, at)
        except AlreadyDecided as late:
            return late.code
        return reason

    reasons = (DisputeReason.FEE_MISSING, DisputeReason.WRONG_BODY)
    with ThreadPoolExecutor(2) as desks:
        told = [one.result(60) for one in [desks.submit(decide, reason) for reason in reasons]]
    assert told.count("already_decided") == 1
    assert _row(town, entry_id).dispute_reason in told
    assert _facts(town) == at + 1


def test_a_receipt_that_came_meanwhile_is_a_change_of_its_entry(town: Town) -> None:
    entry_id, at = _arrived(town, paid=False), _facts(town)
    town.village.pay(entry_id)
    _carry(town)
    with pytest.raises(LineChanged):
        decisions.dispute(town.centre, entry_id, DisputeReason.FEE_MISSING, "", DESK, at)
    assert decisions.accept(town.centre, town.docflow, entry_id, DESK, _facts(town)).startswith("94-000001")


def test_what_nobody_registered_cannot_be_decided(town: Town) -> None:
    with pytest.raises(UnknownEntry):
        decisions.accept(town.centre, town.docflow, new_id("nobody's"), DESK)
    with pytest.raises(UnknownEntry):
        decisions.dispute(town.centre, new_id("nobody's"), DisputeReason.OTHER, "", DESK)


# --- the docflow -----------------------------------------------------------------------------------------------------


def _numbers(town: Town) -> Iterator[tuple[int, int]]:
    with town.centre.ledger.reading() as connection:
        query = sa.select(docflow_register.c.year, docflow_register.c.number)
        yield from ((row[0], row[1]) for row in connection.execute(query.order_by(sa.text("year, number"))))


def test_an_entry_annulled_before_its_number_is_accepted_without_one(town: Town) -> None:
    annulled, kept = _arrived(town, paid=False), _arrived(town)
    town.village.annul(annulled)
    _carry(town)
    assert town.accept_clean() == 2
    assert (_row(town, annulled).central_number, _row(town, annulled).standing) == ("", Standing.ANNULLED)
    assert _row(town, kept).central_number == "94-000001/16.11.2026"
    assert list(_numbers(town)) == [(2026, 1)]
    assert verify_centre(town.centre) == []


def test_an_entry_annulled_after_its_number_is_withdrawn_and_the_number_stays_used(town: Town) -> None:
    annulled = _arrived(town)
    town.accept_clean()
    town.village.annul(annulled, "Подадено по погрешка")
    _carry(town)
    with town.centre.ledger.reading() as connection:
        row = connection.execute(sa.select(docflow_register)).one()
    assert (row.entry, row.number, row.withdrawn_because) == (annulled, 1, "Подадено по погрешка")
    assert _row(town, annulled).standing == Standing.ANNULLED
    _arrived(town)
    town.accept_clean()
    assert list(_numbers(town)) == [(2026, 1), (2026, 2)]
    assert verify_centre(town.centre) == []


def test_central_numbers_run_without_gaps_and_begin_again_each_year(town: Town) -> None:
    for _ in range(3):
        _arrived(town)
    town.accept_clean()
    town.clock.moment = datetime(2027, 1, 4, 9, 0, tzinfo=SOFIA)
    for _ in range(2):
        done = town.village.register(confirmed=date(2027, 1, 4))
        _carry(town)
        decisions.accept(town.centre, town.docflow, done.entry, DESK)
    assert list(_numbers(town)) == [(2026, 1), (2026, 2), (2026, 3), (2027, 1), (2027, 2)]


def test_the_docflow_gives_the_same_entry_the_same_number(town: Town) -> None:
    filing = Filing(new_id("a"), "zayavlenie", "Заявление", "17-000001/16.11.2026", "2026-11-16")
    with town.centre.act() as act:
        first = town.docflow.register(act.connection, filing)
        assert town.docflow.register(act.connection, filing._replace(registered_on="2027-01-01")) == first
        other = town.docflow.register(act.connection, filing._replace(entry=new_id("b")))
    assert (first, other) == ("94-000001/16.11.2026", "94-000002/16.11.2026")


def test_a_refused_decision_uses_no_number(town: Town) -> None:
    _arrived(town)

    class Interrupted(Exception):
        """The service stops in the middle of a decision."""

    def decide_and_stop() -> None:
        with town.centre.act() as act:
            filing = Filing(new_id("a"), "zayavlenie", "Заявление", "17-000001/16.11.2026", "2026-11-16")
            assert town.docflow.register(act.connection, filing) == "94-000001/16.11.2026"
            raise Interrupted

    with pytest.raises(Interrupted):
        decide_and_stop()
    town.accept_clean()
    assert list(_numbers(town)) == [(2026, 1)]


def test_a_number_that_the_docflow_lost_is_found_by_verification(town: Town) -> None:
    _arrived(town)
    town.accept_clean()
    with town.centre.act() as act:
        act.connection.execute(sa.delete(docflow_register))
    assert [one.code for one in verify_centre(town.centre)] == ["V15"]


# --- what reconciliation finds beyond single entries -----------------------------------------------------------------


def test_an_honest_village_gives_no_findings(town: Town) -> None:
    done = town.village.register()
    paid = town.village.pay(done.entry)
    town.village.void(paid.receipt)
    town.village.pay(done.entry)
    town.village.close_day()
    _carry(town)
    assert _found(town) == []


def test_a_cash_difference_is_told(town: Town) -> None:
    done = town.village.register()
    town.village.pay(done.entry)
    town.village.close_day(off=-100, reason="Липсва едно евро")
    _carry(town)
    assert _found(town) == [("till 17 2026-11-16", "cash_difference")]


def test_a_gap_in_a_register_is_found(town: Town, forger: Forger) -> None:
    assert forger.give(entry(17, 3, "трето")).code is None
    assert _found(town) == [("register 17/2026 [2]", "number_gap")]


def test_a_number_given_twice_is_found_and_both_stand(town: Town, forger: Forger) -> None:
    assert forger.give(entry(17, 1, "още веднъж първо")).code is None
    assert _found(town) == [("register 17/2026 [1]", "number_twice")]
    with town.centre.ledger.reading() as connection:
        assert decisions.status(connection).entries == 2


def test_a_gap_among_receipts_is_found(town: Town, forger: Forger) -> None:
    today = town.clock.moment.date()
    forger.give(DayOpened(17, today, 0, "EUR"), receipt(town.village, 2, "втора"))
    assert _found(town) == [("till 17/2026 [1]", "number_gap")]


def test_a_day_close_that_leaves_out_a_receipt_is_found(town: Town, forger: Forger) -> None:
    """The close says one receipt; two were sent: the till was skimmed."""
    today = town.clock.moment.date()
    close = DayClosed(
        till=17,
        day=today,
        currency="EUR",
        opening=0,
        receipts=1,
        taken=500,
        voids=0,
        paid_back=0,
        computed=500,
        counted=500,
        notes=(),
        difference=0,
        reason="",
        first=1,
        last=1,
        documents=bytes(32),
        totals=TillTotals(500, 0, 500),
    )
    both = (receipt(town.village, 1, "първа"), receipt(town.village, 2, "втора"))
    assert forger.give(DayOpened(17, today, 0, "EUR"), *both, close).code is None
    assert _found(town) == [("till 17 2026-11-16", "day_differs")]


def test_control_totals_that_are_not_those_of_the_facts_are_found(town: Town, forger: Forger) -> None:
    assert forger.give(entry(17, 2, "второ"), totals=Totals(5, 0, 0, 0)).code is None
    assert _found(town) == [(f"batch {forger.number}", "totals_differ")]


def test_findings_refuse_nothing_and_leave_the_ledger_whole(town: Town, forger: Forger) -> None:
    forger.give(entry(17, 1, "още веднъж първо"), totals=Totals(0, 0, 0, 0))
    assert verify_ledger(town.centre.ledger)[0] == []
    assert decisions.accept(town.centre, town.docflow, new_id("още веднъж първо"), DESK).startswith("94-000001")


def test_a_decision_about_one_entry_touches_no_other(town: Town) -> None:
    first, second = _arrived(town), _arrived(town)
    decisions.accept(town.centre, town.docflow, second, DESK)
    assert (_row(town, first).town, _row(town, second).town) == (TownState.NEW, TownState.ACCEPTED)


def test_the_answer_stream_holds_one_fact_for_each_decision(town: Town) -> None:
    _arrived(town)
    town.accept_clean()
    with town.centre.act() as act:
        head = act.writing.head(town.village.store.identity.answers)
    assert head is not None
    assert head.sequence == 2


def test_an_annulment_after_the_central_number_is_shown_to_the_town(town: Town) -> None:
    done = town.village.register(service=None, kind="signal")
    town.settle()
    town.village.annul(done.entry)
    town.village.exchange()
    town.centre_exchange()
    assert _found(town) == [(done.number, "annulled_after_number")]
