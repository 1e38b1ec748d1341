"""The journal: facts in their order, each on the chain of its own stream, with what they say in the tables."""

import pytest
import sqlalchemy as sa

from app.domain import canonical
from app.domain.errors import BadContent, Forked, UnknownFact, WrongChain
from app.domain.facts import Body
from app.ledger import journal
from app.ledger.journal import Ledger
from app.ledger.tables import entries, streams
from app.ledger.tables import journal as journal_table
from app.ledger.verify import empty_ledger, verify_ledger
from tests.unit.ledger.facts import (
    ANSWERS,
    EPOCH,
    STATION,
    account,
    admitted,
    annulled,
    enrolled,
    entry,
    fact,
    ledger_with,
)


def octets(sequence: int, body: Body) -> bytes:
    """Return the canonical bytes of a fact."""
    return canonical.encode(fact(sequence, body))


def journal_of(ledger: Ledger) -> list[tuple[int, bytes, int, str]]:
    """Return (position, stream, sequence, kind) of every fact, in order."""
    columns = (journal_table.c.position, journal_table.c.stream, journal_table.c.sequence, journal_table.c.kind)
    with ledger.reading() as connection:
        return [tuple(row) for row in connection.execute(sa.select(*columns).order_by(journal_table.c.position))]


def test_facts_stand_in_the_order_in_which_they_were_appended_across_streams() -> None:
    ledger = ledger_with(account())
    with ledger.writing() as writing:
        writing.record(ANSWERS, octets(1, admitted()))
    with ledger.writing() as writing:
        writing.record(EPOCH, octets(3, entry(1)))
    assert journal_of(ledger) == [
        (1, EPOCH, 1, "StationEnrolled"),
        (2, EPOCH, 2, "AccountOpened"),
        (3, ANSWERS, 1, "StationAdmitted"),
        (4, EPOCH, 3, "EntryRegistered"),
    ]
    assert verify_ledger(ledger)[0] == []


def test_each_digest_covers_the_one_before_and_the_first_covers_the_enrolment() -> None:
    ledger = ledger_with(account())
    digest = canonical.genesis(STATION, EPOCH, enrolled().enrolment)
    with ledger.reading() as connection:
        assert journal.genesis_of(connection, EPOCH) == digest
        for sequence, body in ((1, enrolled()), (2, account())):
            digest = canonical.digest(digest, octets(sequence, body))
            assert journal.digest_at(connection, EPOCH, sequence) == digest
        assert journal.digest_at(connection, EPOCH, 3) is None


def test_the_head_tells_what_the_last_fact_knew_of_time() -> None:
    ledger = ledger_with(account())
    last = fact(2, account())
    with ledger.reading() as connection:
        head = journal.head_of(connection, EPOCH)
        assert journal.head_of(connection, b"?" * 16) is None
        assert journal.last_position(connection) == 2
    assert head is not None
    assert (head.station, head.sequence) == (STATION, 2)
    assert head.last_seen() == (last.recorded_at, last.office_date)


@pytest.mark.parametrize("sequence", [1, 2, 4])
def test_a_fact_that_does_not_continue_its_chain_is_refused(sequence: int) -> None:
    ledger = ledger_with(account())
    with pytest.raises(WrongChain) as refusal, ledger.writing() as writing:
        writing.append(EPOCH, octets(sequence, entry(1)))
    assert refusal.value.facts == {"expected": 3, "found": sequence}
    assert len(journal_of(ledger)) == 2


def test_a_stream_begins_with_fact_one_and_an_enrolment_or_admission() -> None:
    ledger = empty_ledger()
    with pytest.raises(WrongChain), ledger.writing() as writing:
        writing.append(EPOCH, octets(2, enrolled()))
    with pytest.raises(BadContent), ledger.writing() as writing:
        writing.append(EPOCH, octets(1, account()))
    assert journal_of(ledger) == []


def test_what_is_no_fact_is_refused() -> None:
    ledger = ledger_with()
    with pytest.raises(BadContent), ledger.writing() as writing:
        writing.append(EPOCH, b"\xc1")
    unknown = octets(2, account()).replace(b"\xadAccountOpened", b"\xadAccountOpenex")
    with pytest.raises(UnknownFact), ledger.writing() as writing:
        writing.append(EPOCH, unknown)


def test_several_facts_of_one_transaction_continue_each_other() -> None:
    ledger = ledger_with()
    with ledger.writing() as writing:
        for sequence in (2, 3, 4):
            writing.record(EPOCH, octets(sequence, entry(sequence)))
        assert writing.position() == 4
        head = writing.head(EPOCH)
    assert head == writing.appended[EPOCH]
    with ledger.reading() as connection:
        assert journal.head_of(connection, EPOCH) == head
    assert verify_ledger(ledger)[0] == []


def test_an_exception_in_the_block_leaves_nothing() -> None:
    ledger = ledger_with()

    def fails() -> None:
        with ledger.writing() as writing:
            writing.record(EPOCH, octets(2, entry(1)))
            writing.pen.flush()
            raise LookupError

    with pytest.raises(LookupError):
        fails()
    assert len(journal_of(ledger)) == 1
    with ledger.writing() as writing:
        writing.record(EPOCH, octets(2, entry(1)))
    assert verify_ledger(ledger)[0] == []


def test_a_fact_that_is_only_appended_says_nothing_in_the_tables_yet() -> None:
    ledger = ledger_with()
    with ledger.writing() as writing:
        appended = writing.append(EPOCH, octets(2, entry(1)))
    with ledger.reading() as connection:
        assert connection.execute(sa.select(entries)).first() is None
    with ledger.writing() as writing:
        writing.project(EPOCH, appended)
    with ledger.reading() as connection:
        assert connection.execute(sa.select(entries.c.number, entries.c.position)).one() == (1, 2)


def test_a_fact_of_a_stream_that_nobody_opened_is_not_projected() -> None:
    ledger = ledger_with()
    with pytest.raises(WrongChain), ledger.writing() as writing:
        writing.project(b"?" * 16, fact(2, entry(1)))


def test_listeners_hear_each_fact_in_its_transaction_with_its_place() -> None:
    heard: list[tuple[str, int]] = []
    ledger = empty_ledger((lambda _writing, one, place: heard.append((one.kind, place.position)),))
    with ledger.writing() as writing:
        writing.record(EPOCH, octets(1, enrolled()))
        writing.record(EPOCH, octets(2, account()))
    assert heard == [("StationEnrolled", 1), ("AccountOpened", 2)]


def test_milestones_are_reached_before_and_after_the_commit() -> None:
    ledger = ledger_with()
    reached: list[tuple[str, int]] = []
    with ledger.writing() as writing:
        ledger.milestone = lambda name: reached.append((name, len(writing.appended)))
        writing.record(EPOCH, octets(2, entry(1)))
        assert reached == []
    assert reached == [("before_commit", 1), ("after_commit", 1)]


def test_facts_after_a_sequence_come_in_order_and_no_more_than_asked() -> None:
    ledger = ledger_with(account(), entry(1), entry(2), annulled(1))
    with ledger.reading() as connection:
        after = journal.facts_after(connection, EPOCH, 2)
        assert [(one[0], one[3]) for one in after] == [
            (3, "EntryRegistered"),
            (4, "EntryRegistered"),
            (5, "EntryAnnulled"),
        ]
        assert after[0][1] == octets(3, entry(1))
        assert after[0][2] == journal.digest_at(connection, EPOCH, 3)
        assert [one[0] for one in journal.facts_after(connection, EPOCH, 0, limit=2)] == [1, 2]
        assert journal.facts_after(connection, EPOCH, 5) == []


@pytest.mark.parametrize(
    ("first", "held"),
    [pytest.param(4, 0, id="next"), pytest.param(3, 1, id="one held"), pytest.param(1, 3, id="from the beginning")],
)
def test_a_run_that_continues_is_told_how_many_facts_are_held_already(first: int, held: int) -> None:
    ledger = ledger_with(account(), entry(1))
    with ledger.writing() as writing:
        previous = journal.digest_at(writing.connection, EPOCH, first - 1) or journal.genesis_of(
            writing.connection, EPOCH
        )
        assert writing.check_continues(EPOCH, first, previous) == held


@pytest.mark.parametrize("first", [1, 2, 4])
def test_a_run_after_another_predecessor_is_a_fork(first: int) -> None:
    ledger = ledger_with(account(), entry(1))
    with pytest.raises(Forked) as refusal, ledger.writing() as writing:
        writing.check_continues(EPOCH, first, b"?" * 32)
    assert refusal.value.facts == {"sequence": first - 1}


def test_a_run_beyond_a_gap_or_of_a_new_stream_is_nothing_held() -> None:
    ledger = ledger_with(account())
    with ledger.writing() as writing:
        assert writing.check_continues(EPOCH, 9, b"?" * 32) == 0
        assert writing.check_continues(ANSWERS, 1, b"?" * 32) == 0


def test_streams_know_who_writes_them() -> None:
    ledger = ledger_with()
    with ledger.writing() as writing:
        writing.record(ANSWERS, octets(1, admitted()))
    with ledger.reading() as connection:
        rows = connection.execute(sa.select(streams.c.stream, streams.c.station, streams.c.author)).all()
    assert sorted(tuple(row) for row in rows) == [(ANSWERS, STATION, "centre"), (EPOCH, STATION, "village")]
