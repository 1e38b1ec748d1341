"""What the cash windows show before anything is written: fees, the day, the effect of a storno, the close."""

from datetime import timedelta
from typing import Any

import pytest

from app.domain.errors import (
    AlreadyVoided,
    DayIsClosed,
    NoOpenDay,
    ReasonRequired,
    UnknownEntry,
    UnknownReceipt,
    UnknownRegister,
)
from app.domain.facts import NoteCount, ReceiptLine
from app.domain.terms import DayState
from app.ledger.journal import last_position
from app.services import cash_desk
from app.store import drafts
from tests.town import START, TestVillage, Town

TODAY = START.date()
FEE = 102


def ask(village: TestVillage, function: Any, *arguments: Any) -> Any:  # noqa: ANN401 - any of the till
    """Ask the till of a village as it is now."""
    with village.store.ledger.reading() as connection:
        return function(connection, *arguments)


def facts(village: TestVillage) -> int:
    """Return how many facts the village holds."""
    with village.store.ledger.reading() as connection:
        return last_position(connection)


# --- fees ---------------------------------------------------------------------------------------------------------


def test_a_fee_is_due_until_it_is_paid_and_again_after_a_storno(town: Town) -> None:
    village = town.village
    told = village.register()
    (due,) = ask(village, cash_desk.fees_due, told.entry)
    assert (due.number, due.cents, due.paid_cents, due.currency) == (told.number, FEE, 0, "EUR")
    receipt = village.pay(told.entry)
    assert ask(village, cash_desk.fees_due, told.entry) == ()
    village.void(receipt.receipt)
    assert ask(village, cash_desk.fees_due, told.entry) == (due,)


def test_a_part_that_was_paid_leaves_the_fee_due_with_what_is_paid(town: Town) -> None:
    village = town.village
    told = village.register()
    village.receive((ReceiptLine(told.entry, None, None, "Част", 1, 50, 50),), 50)
    (due,) = ask(village, cash_desk.fees_due, told.entry)
    assert (due.cents, due.paid_cents) == (FEE, 50)


def test_what_owes_nothing_or_is_annulled_has_no_fee_due(town: Town) -> None:
    village = town.village
    free = village.register(kind="signal", service=None, speed=None)
    gone = village.register()
    village.annul(gone.entry)
    assert ask(village, cash_desk.fees_due, free.entry) == ()
    assert ask(village, cash_desk.fees_due, gone.entry) == ()
    with pytest.raises(UnknownEntry):
        ask(village, cash_desk.fees_due, bytes(16))


# --- the day ------------------------------------------------------------------------------------------------------


def test_a_till_tells_its_day_from_before_the_first_receipt_to_the_close(town: Town) -> None:
    village = town.village
    before = ask(village, cash_desk.till_today, 17, TODAY)
    assert (before.state, before.opening, before.balance, before.documents) == (None, 0, 0, ())
    told = village.register()
    first = village.pay(told.entry)
    village.void(first.receipt)
    second = village.pay(told.entry)
    day = ask(village, cash_desk.till_today, 17, TODAY)
    assert (day.state, day.balance) == (DayState.OPEN, FEE)
    assert (day.receipts, day.taken, day.voids, day.paid_back) == (2, 2 * FEE, 1, FEE)
    assert day.documents[0].receipt == second.receipt
    village.close_day()
    assert ask(village, cash_desk.till_today, 17, TODAY).state is DayState.CLOSED


def test_a_day_that_nobody_closed_is_named_on_the_next(town: Town) -> None:
    village = town.village
    village.pay(village.register().entry)
    town.clock.tick(days=1)
    tomorrow = TODAY + timedelta(days=1)
    day = ask(village, cash_desk.till_today, 17, tomorrow)
    assert (day.opening, day.left_open) == (FEE, (TODAY,))
    assert ask(village, cash_desk.close_preview, 17).day == TODAY


def test_a_till_of_another_station_tells_nothing(town: Town) -> None:
    for function, arguments in ((cash_desk.till_today, (18, TODAY)), (cash_desk.close_preview, (18,))):
        with pytest.raises(UnknownRegister):
            ask(town.village, function, *arguments)


def test_the_close_states_what_its_preview_said(town: Town) -> None:
    village = town.village
    with pytest.raises(NoOpenDay):
        ask(village, cash_desk.close_preview, 17)
    told = village.register()
    village.void(village.pay(told.entry).receipt)
    village.pay(told.entry)
    preview = ask(village, cash_desk.close_preview, 17)
    assert (preview.opening, preview.computed, preview.close.receipts, preview.close.voids) == (0, FEE, 2, 1)
    closed = village.close_day()
    assert (closed.day, closed.computed) == (preview.day, preview.computed)


# --- storno -------------------------------------------------------------------------------------------------------


def test_a_storno_does_what_its_effect_said_before(town: Town) -> None:
    village = town.village
    told = village.register()
    receipt = village.pay(told.entry)
    effect = ask(village, cash_desk.void_effect, receipt.receipt, TODAY)
    assert (effect.number, effect.cents, effect.unpaid_again) == (receipt.number, FEE, (told.number,))
    assert (effect.balance_before, effect.balance_after) == (FEE, 0)
    count = facts(village)
    done = village.void(receipt.receipt)
    assert facts(village) == count + 1
    assert done.number == effect.storno_number
    assert ask(village, cash_desk.till_today, 17, TODAY).balance == effect.balance_after


def test_the_effect_of_a_storno_that_is_not_allowed_is_the_refusal_itself(town: Town) -> None:
    village = town.village
    told = village.register()
    first = village.pay(told.entry)
    storno = village.void(first.receipt)
    last = village.pay(told.entry)
    village.close_day()
    for receipt, error in (
        (bytes(16), UnknownReceipt),
        (first.receipt, AlreadyVoided),
        (storno.receipt, AlreadyVoided),
        (last.receipt, DayIsClosed),
    ):
        with pytest.raises(error):
            ask(village, cash_desk.void_effect, receipt, TODAY)
        with pytest.raises(error):
            village.void(receipt)


# --- drafts -------------------------------------------------------------------------------------------------------


def test_the_draft_of_a_receipt_a_storno_and_a_close_goes_with_the_act(town: Town) -> None:
    village, store = town.village, town.village.store
    told = village.register()
    line = cash_desk.line_for(store, told.entry, "Такса")
    receipt, storno = village.new_id(), village.new_id()
    drafts.keep(store, receipt, "receipt", b"half")
    village.receive((line,), FEE, receipt)
    drafts.keep(store, storno, "storno", b"half")
    with pytest.raises(ReasonRequired):
        cash_desk.void(store, receipt, storno, " ")
    assert drafts.kept(store, "storno") == [(storno, b"half")]
    cash_desk.void(store, receipt, storno, "Грешна услуга")
    drafts.keep(store, b"count", "close", b"half")
    cash_desk.close_day(store, 17, (NoteCount(1, 0),), draft=b"count")
    assert [drafts.kept(store, kind) for kind in ("receipt", "storno", "close")] == [[], [], []]


def test_a_receipt_answered_again_forgets_a_draft_saved_in_between(town: Town) -> None:
    village, store = town.village, town.village.store
    line = cash_desk.line_for(store, village.register().entry, "Такса")
    receipt = village.new_id()
    told = village.receive((line,), FEE, receipt)
    drafts.keep(store, receipt, "receipt", b"late")
    assert village.receive((line,), FEE, receipt) == told
    assert drafts.kept(store, "receipt") == []
