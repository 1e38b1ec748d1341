"""From a fact in the village to an answer from the town, in one process and without sockets."""

import pytest
import sqlalchemy as sa

from app.domain import canonical
from app.domain.errors import RelayUnreachable
from app.ledger.tables import outbox
from app.ledger.verify import verify_ledger
from app.services import registration, status
from sync.central import decisions
from tests.town import Town


def test_an_entry_and_its_receipt_come_back_with_a_central_number(town: Town) -> None:
    done = town.village.register()
    town.village.pay(done.entry)
    town.settle()
    state = status.of(town.village.store)
    assert (state.registered, state.acknowledged, state.accepted, state.disputed) == (1, 1, 1, 0)
    assert (state.waiting_entries, state.waiting_receipts) == (0, 0)
    with town.centre.ledger.reading() as connection:
        assert decisions.status(connection).cash_cents == state.cash_cents > 0


def test_both_stores_verify_clean_afterwards(town: Town) -> None:
    done = town.village.register()
    receipt = town.village.pay(done.entry)
    town.village.void(receipt.receipt)
    town.village.close_day()
    town.settle()
    assert verify_ledger(town.village.store.ledger)[0] == []
    assert verify_ledger(town.centre.ledger)[0] == []


def test_two_idle_sides_fall_silent_after_one_round(town: Town) -> None:
    town.village.register()
    town.settle()
    town.village.exchange()
    town.centre_exchange()
    stored = town.relay_store.counts()
    for _ in range(3):
        town.clock.tick(minutes=10)
        assert town.village.exchange().held == 0
        assert town.centre_exchange().held == 0
    assert town.relay_store.counts() == stored


def test_the_same_filing_twice_is_registered_once_and_answered_the_same(town: Town) -> None:
    filing = town.village.filing(subject="", service=999_999)
    first = registration.register(town.village.store, town.lists, filing)
    assert first.findings
    assert registration.register(town.village.store, town.lists, filing) == first
    assert status.of(town.village.store).registered == 1


def test_a_batch_with_a_kind_of_tomorrow_waits_and_is_taken_after_the_update(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    annulled = town.village.register()
    town.village.annul(annulled.entry)
    town.village.exchange()
    with monkeypatch.context() as before_the_update:
        before_the_update.delitem(canonical._decoders, ("EntryAnnulled", 1))
        assert [(one.state, one.code) for one in town.centre_exchange().taken] == [("waiting", "unknown_fact")]
    town.village.register()
    town.village.exchange()
    town.centre_exchange()
    with town.centre.ledger.reading() as connection:
        assert decisions.status(connection).entries == 2
        assert decisions.set_aside(connection) == []


def test_every_attempt_to_send_is_counted_whether_it_came_through_or_not(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.village.register()
    with monkeypatch.context() as without_a_line:
        without_a_line.setattr(town.http, "send", _no_line)
        for _ in range(2):
            with pytest.raises(RelayUnreachable):
                town.village.exchange()
    town.village.exchange()
    with town.village.store.ledger.reading() as connection:
        assert connection.execute(sa.select(outbox.c.attempts, outbox.c.state)).all() == [(3, "held")]


def _no_line(*_request: object) -> None:
    raise RelayUnreachable(why="test")
