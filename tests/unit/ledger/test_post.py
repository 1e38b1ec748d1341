"""The postal tables: sealed envelopes out and in, acknowledgements, and what the relay may forget."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from app.domain.terms import AcknowledgementKind, BatchState
from app.ledger import post
from app.ledger.journal import Ledger
from app.ledger.post import Acknowledgement, Arrival, Outgoing, Waiting
from app.ledger.tables import POSTAL, acknowledgements, inbox, metadata, outbox
from tests.unit.ledger.facts import ANSWERS, EPOCH, RECORDED, STATION, entry, ledger_with, receipt

CENTRE = b"C" * 16
RECEIVED, DURABLE = AcknowledgementKind.RECEIVED, AcknowledgementKind.DURABLE


@pytest.fixture
def ledger() -> Ledger:
    """A village with two entries and two receipts in turn: facts 2 to 5."""
    made = ledger_with(entry(1), receipt(1), entry(2), receipt(2))
    metadata.create_all(made.engine, tables=list(POSTAL))
    return made


@pytest.fixture
def connection(ledger: Ledger) -> Iterator[sa.Connection]:
    """An open transaction."""
    with ledger.writing() as writing:
        yield writing.connection


def batch(number: int, first: int, last: int, octets: bytes = b"sealed", stream: bytes | None = EPOCH) -> Outgoing:
    """Return a sealed batch."""
    return Outgoing(f"batch {number}".encode(), CENTRE, stream, number, first, last, b"d" * 32, octets, 5)


def letter(number: int) -> Outgoing:
    """Return a sealed letter."""
    return Outgoing(f"letter {number}".encode(), STATION, None, number, 0, 0, None, f"to village {number}".encode(), 5)


def arrival(envelope: bytes, state: str, number: int = 1, sealed: bytes | None = None) -> Arrival:
    """Return how a batch was taken."""
    code = None if state == post.RECORDED else "gap"
    return Arrival(envelope, STATION, EPOCH, number, 1, 2, b"d" * 32, state, code, post.RELAY, 7, sealed)


def acknowledged(number: int, sequence: int, kind: AcknowledgementKind = RECEIVED) -> Acknowledgement:
    """Return an acknowledgement."""
    return Acknowledgement(EPOCH, number, kind, sequence, b"d" * 32, b"s" * 64)


def states(connection: sa.Connection) -> list[str]:
    """Return the states of the outbox in order."""
    return [row[0] for row in connection.execute(sa.select(outbox.c.state).order_by(outbox.c.place))]


# --- out ----------------------------------------------------------------------------------------------------------


def test_the_newest_batch_and_letter_are_known_by_their_numbers(connection: sa.Connection) -> None:
    assert post.last_batch(connection, EPOCH) == (0, 0)
    assert post.last_letter(connection) == 0
    for one in (batch(1, 1, 3), batch(2, 4, 5), letter(1), letter(2)):
        post.keep(connection, one)
    assert post.last_batch(connection, EPOCH) == (2, 5)
    assert post.last_batch(connection, ANSWERS) == (0, 0)
    assert post.last_letter(connection) == 2


def test_an_envelope_is_kept_once(connection: sa.Connection) -> None:
    post.keep(connection, batch(1, 1, 3))
    with pytest.raises(sa.exc.IntegrityError):
        post.keep(connection, batch(1, 1, 3))


def test_what_no_relay_holds_is_sent_oldest_first_up_to_a_limit_but_at_least_one(connection: sa.Connection) -> None:
    for number in (1, 2, 3):
        post.keep(connection, batch(number, number, number, b"x" * 10))
    assert [one for one, _ in post.to_send(connection, 1)] == [b"batch 1"]
    assert [one for one, _ in post.to_send(connection, 20)] == [b"batch 1", b"batch 2"]
    post.mark_held(connection, [b"batch 1"], RECORDED)
    assert post.to_send(connection, 100) == [(b"batch 2", b"x" * 10), (b"batch 3", b"x" * 10)]
    post.mark_held(connection, [b"batch 2", b"batch 3", b"unknown"], RECORDED)
    assert post.to_send(connection, 100) == []


def test_a_batch_is_received_once_its_last_fact_is_and_never_goes_back(connection: sa.Connection) -> None:
    for one in (batch(1, 1, 3), batch(2, 4, 5), letter(1)):
        post.keep(connection, one)
    post.mark_held(connection, [b"batch 1"], RECORDED)
    post.mark_received(connection, EPOCH, 4, RECORDED)
    assert states(connection) == [BatchState.RECEIVED, BatchState.SEALED, BatchState.SEALED]
    post.mark_held(connection, [b"batch 1", b"batch 2"], RECORDED)
    assert states(connection) == [BatchState.RECEIVED, BatchState.HELD, BatchState.SEALED]
    post.mark_received(connection, ANSWERS, 99, RECORDED)
    post.mark_received(connection, EPOCH, 5, RECORDED)
    assert states(connection) == [BatchState.RECEIVED, BatchState.RECEIVED, BatchState.SEALED]


def test_a_batch_remembers_when_it_last_changed_its_state(connection: sa.Connection) -> None:
    def changed() -> list[int]:
        return list(connection.execute(sa.select(outbox.c.changed_at).order_by(outbox.c.place)).scalars())

    for one in (batch(1, 1, 3), batch(2, 4, 5)):
        post.keep(connection, one)
    assert changed() == [batch(1, 1, 3).sealed_at] * 2
    post.mark_held(connection, [b"batch 1"], RECORDED + 5)
    post.mark_held(connection, [b"batch 1"], RECORDED + 6)
    assert changed() == [RECORDED + 5, batch(1, 1, 3).sealed_at]
    post.mark_received(connection, EPOCH, 5, RECORDED + 9)
    post.mark_received(connection, EPOCH, 5, RECORDED + 10)
    assert changed() == [RECORDED + 9] * 2


def test_a_stick_carries_what_is_not_acknowledged_and_the_newest_letters(connection: sa.Connection) -> None:
    for one in (batch(1, 1, 3, b"first"), batch(2, 4, 5, b"second")):
        post.keep(connection, one)
    for number in range(1, post.NEWEST_LETTERS + 3):
        post.keep(connection, letter(number))
    post.mark_held(connection, [b"batch 2", b"letter 1"], RECORDED)
    post.mark_received(connection, EPOCH, 3, RECORDED)
    carried = post.unacknowledged(connection)
    assert carried[0] == (CENTRE, b"second")
    newest = range(post.NEWEST_LETTERS + 2, 2, -1)
    assert carried[1:] == [(STATION, f"to village {number}".encode()) for number in newest]


# --- in -----------------------------------------------------------------------------------------------------------


def test_an_envelope_is_remembered_in_the_state_in_which_it_was_taken_last(connection: sa.Connection) -> None:
    assert post.seen(connection, b"one") is None
    post.note_arrival(connection, arrival(b"one", post.WAITING, sealed=b"octets"))
    assert post.seen(connection, b"one") == post.WAITING
    post.note_arrival(connection, arrival(b"one", post.RECORDED))
    assert post.seen(connection, b"one") == post.RECORDED
    assert connection.execute(sa.select(inbox.c.sealed)).all() == [(None,)]


def test_the_digest_of_a_batch_is_that_of_the_one_recorded(connection: sa.Connection) -> None:
    post.note_arrival(connection, arrival(b"refused", post.SET_ASIDE, sealed=b"octets"))
    assert post.batch_digest(connection, EPOCH, 1) is None
    post.note_arrival(connection, arrival(b"taken", post.RECORDED))
    assert post.batch_digest(connection, EPOCH, 1) == b"d" * 32
    assert post.batch_digest(connection, EPOCH, 2) is None
    assert post.batch_digest(connection, ANSWERS, 1) is None


def test_what_waits_is_given_in_the_order_of_its_batches(connection: sa.Connection) -> None:
    for number in (4, 2, 3):
        post.note_arrival(connection, arrival(f"{number}".encode(), post.WAITING, number, f"octets {number}".encode()))
    post.note_arrival(connection, arrival(b"1", post.RECORDED, 1))
    post.note_arrival(connection, arrival(b"9", post.SET_ASIDE, 9, b"evidence"))
    assert [(one[0], one[1], one[2]) for one in post.waiting(connection)] == [
        (b"2", b"octets 2", post.RELAY),
        (b"3", b"octets 3", post.RELAY),
        (b"4", b"octets 4", post.RELAY),
    ]


def test_a_release_is_noted_once_and_forgotten_when_the_relay_heard_it(connection: sa.Connection) -> None:
    for one in (b"a", b"b", b"a", b"c"):
        post.release(connection, one)
    assert sorted(post.released(connection)) == [b"a", b"b", b"c"]
    assert len(post.released(connection, 2)) == 2
    post.forget_releases(connection, [b"a", b"c", b"unknown"])
    assert post.released(connection) == [b"b"]


# --- acknowledgements ---------------------------------------------------------------------------------------------


def test_the_first_acknowledgement_of_a_batch_and_kind_stands(connection: sa.Connection) -> None:
    post.acknowledge(connection, acknowledged(1, 3))
    post.acknowledge(connection, acknowledged(1, 3)._replace(signature=b"other" * 12 + b"1234"))
    post.acknowledge(connection, acknowledged(1, 3, DURABLE))
    assert post.acknowledgement_of(connection, EPOCH, 1, RECEIVED) == acknowledged(1, 3)
    assert post.acknowledgement_of(connection, EPOCH, 1, DURABLE) == acknowledged(1, 3, DURABLE)
    assert post.acknowledgement_of(connection, EPOCH, 2, RECEIVED) is None
    assert connection.execute(sa.select(sa.func.count()).select_from(acknowledgements)).scalar_one() == 2


def test_the_newest_acknowledgement_is_the_one_that_reaches_furthest(connection: sa.Connection) -> None:
    assert post.newest_acknowledgement(connection, EPOCH) is None
    for one in (acknowledged(2, 5), acknowledged(1, 3)):
        post.acknowledge(connection, one)
    assert post.newest_acknowledgement(connection, EPOCH) == acknowledged(2, 5)
    assert post.newest_acknowledgement(connection, ANSWERS) is None


def test_entries_and_receipts_without_an_acknowledgement_are_counted_with_the_oldest_time(
    connection: sa.Connection,
) -> None:
    assert post.not_acknowledged(connection, EPOCH) == Waiting(2, 2, RECORDED + 120)
    post.acknowledge(connection, acknowledged(1, 2))
    assert post.not_acknowledged(connection, EPOCH) == Waiting(1, 2, RECORDED + 180)
    post.acknowledge(connection, acknowledged(2, 4))
    assert post.not_acknowledged(connection, EPOCH) == Waiting(0, 1, RECORDED + 300)
    post.acknowledge(connection, acknowledged(3, 5))
    assert post.not_acknowledged(connection, EPOCH) == Waiting(0, 0, None)


def test_replies_wait_for_one_letter_and_then_no_longer(connection: sa.Connection) -> None:
    assert not post.has_replies(connection)
    for one in (acknowledged(2, 5), acknowledged(1, 3), acknowledged(3, 6)):
        post.acknowledge(connection, one)
    for number in (2, 1, 2):
        post.reply_later(connection, STATION, EPOCH, number)
    assert post.has_replies(connection)
    assert post.take_replies(connection) == {STATION: [acknowledged(1, 3), acknowledged(2, 5)]}
    assert not post.has_replies(connection)
    assert post.take_replies(connection) == {}
