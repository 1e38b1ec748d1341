"""The counts of the status line and of ``tefter status`` agree with what the lists show."""

from app.domain.terms import DisputeReason, TownState, View
from app.services import book, registration, status
from sync.central import decisions
from tests.town import START, Town

TODAY = START.date()


def test_counts_by_index_are_those_of_the_rows(town: Town) -> None:
    village = town.village
    paid, doubtful, odd = village.register(), village.register(), village.register(sheets=0)
    village.pay(paid.entry)
    gone = village.pay(odd.entry)
    village.void(gone.receipt)
    village.annul(odd.entry)
    town.settle()
    decisions.dispute(town.centre, doubtful.entry, DisputeReason.FEE_MISSING, "", 1)
    town.centre_exchange()
    town.clock.tick(seconds=5)
    village.exchange()
    village.register(sheets=0)
    found = status.of(village.store)
    stream = village.store.identity.epoch
    with village.store.ledger.reading() as connection:
        rows = book.page(connection, stream, 17, View.ALL, TODAY)
        receipts = book.receipts_page(connection, 17)
    assert (found.registered, found.receipts) == (len(rows), len(receipts))
    assert found.accepted == sum(row.town is TownState.ACCEPTED for row in rows) == 2
    assert found.disputed == sum(row.town is TownState.DISPUTED for row in rows) == 1
    assert found.findings == sum(bool(row.findings) for row in rows) == 2
    assert found.cash_cents == sum(one.cents for one in receipts) == 102
    assert found.acknowledged == sum(row.acknowledged for row in rows) == 3
    assert (found.waiting_entries, found.waiting_receipts, found.sealed) == (1, 0, 3)


def test_findings_that_a_correction_mends_are_counted_no_more(town: Town) -> None:
    village = town.village
    told = village.register(sheets=0)
    assert status.of(village.store).findings == 1
    registration.correct(village.store, village.lists, told.entry, village.filing(), "Преброени")
    assert status.of(village.store).findings == 0


def test_the_notice_of_the_status_line_counts_what_waits_and_what_is_disputed(town: Town) -> None:
    village = town.village

    def notice() -> status.Notice:
        with village.store.ledger.reading() as connection:
            return status.notice(connection, village.store.identity.epoch)

    assert notice() == status.Notice(0, 0, None, 0)
    told = village.register()
    since = int(town.clock.now().timestamp())
    village.pay(told.entry)
    assert notice() == status.Notice(1, 1, since, 0)
    village.exchange()
    town.centre_exchange()
    decisions.dispute(town.centre, told.entry, DisputeReason.WRONG_SERVICE, "", 1)
    town.centre_exchange()
    town.clock.tick(seconds=5)
    village.exchange()
    assert notice() == status.Notice(0, 0, None, 1)
