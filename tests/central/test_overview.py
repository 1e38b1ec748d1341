"""The desk's first screen: every village with its state and the reasons for it, worst first."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
import sqlalchemy as sa

from app.domain.facts import EntryAccepted
from app.domain.terms import DecidedBy, DisputeReason, FindingCode, Road, VillageState
from sync.central import decisions, overview
from sync.central import stations as enrolled
from sync.central.answers import Village, VillageReason, Waiting
from sync.messages import Totals
from tests.central.forger import Forger, entry, new_id
from tests.town import Town

DESK = 1


def _villages(town: Town) -> list[Village]:
    with town.centre.ledger.reading() as connection:
        return list(overview.villages(connection, town.clock.now()).villages)


def _village(town: Town) -> Village:
    [village] = _villages(town)
    return village


def _states(village: Village) -> list[VillageState]:
    return [reason.state for reason in village.reasons]


def _reason(town: Town, state: VillageState) -> VillageReason:
    [reason] = [one for one in _village(town).reasons if one.state is state]
    return reason


def _carry(town: Town) -> None:
    town.village.exchange()
    town.centre_exchange()


def _arrived(town: Town, *, paid: bool = True) -> bytes:
    done = town.village.register()
    if paid:
        town.village.pay(done.entry)
    _carry(town)
    return done.entry


def _sealed(town: Town) -> list[bytes]:
    with town.village.store.ledger.reading() as connection:
        rows = connection.exec_driver_sql("SELECT sealed FROM outbox ORDER BY place").all()
    return [bytes(row[0]) for row in rows]


# --- what a row says -------------------------------------------------------------------------------------------------


def test_a_village_shows_what_it_holds_and_when_it_was_heard_of(town: Town) -> None:
    for _ in range(2):
        _arrived(town)
    village = _village(town)
    assert (village.name, [one.index for one in village.registers], village.tills) == ("station 17", [17], (17,))
    assert (village.entries, village.receipts, village.last_road, village.last_batch) == (2, 2, Road.RELAY, 2)
    assert village.last_contact == int(town.clock.now().timestamp())
    assert village.station == town.village.store.identity.station.hex()


def test_the_money_in_the_till_is_told_with_the_day_since_which_it_gathers(town: Town) -> None:
    assert (_village(town).till_cents, _village(town).till_since) == (0, None)
    taken = town.village.pay(town.village.register().entry).cents
    town.village.close_day()
    town.clock.tick(days=1)
    taken += town.village.pay(town.village.register().entry).cents
    _carry(town)
    assert (_village(town).till_cents, _village(town).till_since) == (taken, date(2026, 11, 16))


def test_the_small_bars_count_the_entries_of_each_of_the_last_thirty_days(town: Town) -> None:
    for entries_of_day in (1, 3, 2):
        for _ in range(entries_of_day):
            town.village.register()
        town.clock.tick(days=1)
    _carry(town)
    assert _village(town).days == (*(0,) * 26, 1, 3, 2, 0)
    town.clock.tick(days=28)
    assert _village(town).days == (2, *(0,) * 29)


def test_what_waits_is_counted_by_who_must_act(town: Town) -> None:
    _arrived(town)
    _arrived(town, paid=False)
    disputed, answered = _arrived(town, paid=False), _arrived(town, paid=False)
    for one in (disputed, answered):
        decisions.dispute(town.centre, one, DisputeReason.FEE_MISSING, "", DESK)
    town.centre_exchange()
    town.village.exchange()
    town.village.annul(answered)
    _carry(town)
    assert _village(town).waiting == Waiting(clean=1, person=1, answered=1, disputed=1)
    assert _states(_village(town)) == [VillageState.WAITS, VillageState.DISPUTED, VillageState.CLEAN_WAITING]
    assert _reason(town, VillageState.WAITS).count == 2


# --- states ----------------------------------------------------------------------------------------------------------


def test_a_village_with_everything_settled_is_clean(town: Town) -> None:
    _arrived(town)
    town.accept_clean()
    village = _village(town)
    assert (village.state, _states(village)) == (VillageState.CLEAN, [VillageState.CLEAN])


def test_a_village_is_silent_after_three_days_without_a_sign(town: Town) -> None:
    _arrived(town)
    town.accept_clean()
    heard = _village(town).last_contact
    town.clock.tick(days=3)
    assert _village(town).state is VillageState.CLEAN
    town.clock.tick(minutes=1)
    assert _reason(town, VillageState.SILENT).since == heard


def test_a_village_that_never_came_is_silent_since_its_admission(town: Town) -> None:
    town.clock.tick(days=4)
    village = _village(town)
    assert (village.last_contact, village.last_road, village.state) == (None, None, VillageState.SILENT)
    assert village.reasons[0].since == village.admitted_at


def test_a_gap_names_the_first_batch_that_is_missing(town: Town) -> None:
    _arrived(town)
    for _ in range(3):
        town.village.register()
        town.village.exchange()
    _, lost, *early = _sealed(town)
    for octets in early:
        town.carry(octets, town.centre_end())
    reason = _reason(town, VillageState.GAP)
    assert (reason.batch, reason.count, reason.code) == (2, 2, "gap")
    assert _village(town).state is VillageState.GAP
    town.carry(lost, town.centre_end())
    assert VillageState.GAP not in _states(_village(town))


def test_two_journals_under_one_name_are_a_fork_and_stay_one(town: Town, forger: Forger) -> None:
    twin = copy.copy(forger)
    assert forger.give(entry(17, 2, "едно")).state == "recorded"
    assert twin.give(entry(17, 2, "друго")).code == "forked"
    reason = _reason(town, VillageState.FORK)
    assert (_village(town).state, reason.count, reason.batch) == (VillageState.FORK, 1, 101)


def test_what_was_set_aside_says_why(town: Town, forger: Forger) -> None:
    taken = forger.give(EntryAccepted(new_id("нищо"), "94-000001/16.11.2026", DecidedBy.PERSON))
    reason = _reason(town, VillageState.SET_ASIDE)
    assert (reason.code, reason.batch, reason.count) == (taken.code, 101, 1)


def test_an_envelope_spoilt_on_the_way_is_no_reason_once_it_came_again_whole(town: Town) -> None:
    town.village.register()
    town.village.exchange()
    [whole] = _sealed(town)
    spoilt = whole[:-1] + bytes([whole[-1] ^ 1])
    assert town.carry(spoilt, town.centre_end()).state == "set_aside"
    assert _village(town).state is VillageState.SET_ASIDE
    town.carry(whole, town.centre_end())
    assert VillageState.SET_ASIDE not in _states(_village(town))


def test_a_stranger_s_envelope_is_no_sign_of_a_village(town: Town) -> None:
    town.carry(b"not an envelope", town.centre_end())
    assert (_village(town).last_contact, _village(town).state) == (None, VillageState.CLEAN)


def test_control_totals_that_differ_are_told_with_their_batch(town: Town, forger: Forger) -> None:
    forger.give(entry(17, 2, "едно"), totals=Totals(2, 0, 0, 0))
    reason = _reason(town, VillageState.TOTALS)
    assert (reason.batch, reason.count, reason.code) == (101, 1, FindingCode.TOTALS_DIFFER)


@pytest.mark.parametrize(("number", "code"), [(3, FindingCode.NUMBER_GAP), (1, FindingCode.NUMBER_TWICE)])
def test_a_series_that_does_not_run_is_a_number_problem(
    town: Town, forger: Forger, number: int, code: FindingCode
) -> None:
    forger.give(entry(17, number, "едно"))
    reason = _reason(town, VillageState.NUMBER_PROBLEM)
    assert (reason.count, reason.code) == (1, code)


def test_a_difference_in_the_till_is_told_in_cents_for_thirty_days(town: Town) -> None:
    town.village.pay(town.village.register().entry)
    town.village.close_day(off=-50, reason="Недостиг при броенето")
    _carry(town)
    reason = _reason(town, VillageState.CASH_DIFFERENCE)
    assert (reason.cents, reason.day, reason.count) == (-50, date(2026, 11, 16), 1)
    assert reason.code == FindingCode.CASH_DIFFERENCE
    town.clock.tick(days=30)
    assert VillageState.CASH_DIFFERENCE not in _states(_village(town))


def test_a_revoked_station_is_not_called_silent(town: Town) -> None:
    _arrived(town)
    enrolled.revoke(town.centre, town.village.store.identity.station, "Откраднат компютър")
    town.clock.tick(days=9)
    village = _village(town)
    assert village.revoked
    assert (village.state, village.reasons[0].batch) == (VillageState.REVOKED, 2)
    assert VillageState.SILENT not in _states(village)


def test_the_worst_village_comes_first_then_by_name(neighbours: Town) -> None:
    first, second = neighbours.villages
    first.pay(first.register().entry)
    second.register()
    for village in neighbours.villages:
        village.exchange()
    neighbours.centre_exchange()
    assert [(one.name, one.state) for one in _villages(neighbours)] == [
        ("station 18", VillageState.WAITS),
        ("station 17", VillageState.CLEAN_WAITING),
    ]
    neighbours.clock.tick(days=4)
    assert [one.name for one in _villages(neighbours)] == ["station 17", "station 18"]


def test_every_list_of_reasons_runs_from_worst_to_best(town: Town, forger: Forger) -> None:
    twin = copy.copy(forger)
    forger.give(entry(17, 5, "едно"), totals=Totals(2, 0, 0, 0))
    twin.give(entry(17, 2, "друго"))
    states = _states(_village(town))
    assert len(states) > 3
    order = list(VillageState)
    assert all(order.index(worse) < order.index(better) for worse, better in pairwise(states))


def test_the_first_screen_asks_as_many_questions_of_one_village_as_of_two(town: Town, neighbours: Town) -> None:
    asked = []
    for one in (town, neighbours):
        for village in one.villages:
            village.pay(village.register().entry)
            village.close_day()
            village.exchange()
        one.centre_exchange()
        with _counting(one.centre.ledger.engine) as statements, one.centre.ledger.reading() as connection:
            assert len(overview.villages(connection, one.clock.now()).villages) == len(one.villages)
        asked.append(len(statements))
    assert asked[0] == asked[1] > 5


@contextmanager
def _counting(engine: sa.Engine) -> Iterator[list[str]]:
    """Give the list of the statements that run inside the block."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own
        statements.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    yield statements
    sa.event.remove(engine, "before_cursor_execute", note)
