"""The hands of somebody who holds genuine keys, or who changes what travels; and a view of a store."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.domain import canonical
from app.domain.facts import Body, Fact
from app.ledger import journal
from app.ledger.journal import Ledger
from app.ledger.tables import inbox, outbox, releases
from sync import batch as batches
from sync import frame, signatures
from sync.batch import Recorded
from sync.ends import End, Outlet
from sync.outgoing import header_to, seal_waiting
from tests.town import TestVillage, Town

EVIDENCE = frozenset({"inbox", "releases"})
"""What a refused envelope may change: it is kept as evidence, and the relay may forget it."""


def contents(ledger: Ledger) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table but the evidence."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with ledger.reading() as connection:
        for name in sorted(sa.inspect(connection).get_table_names()):
            if name not in EVIDENCE:
                rows = connection.execute(sa.select(sa.text("*")).select_from(sa.table(name)))
                found[name] = sorted((tuple(row) for row in rows), key=repr)
    return found


def arrivals(ledger: Ledger) -> list[tuple[bytes, str, str | None]]:
    """Return (envelope id, state, code) of everything that ever came, in order."""
    query = sa.select(inbox.c.envelope, inbox.c.state, inbox.c.code).order_by(inbox.c.place)
    with ledger.reading() as connection:
        return [(bytes(row[0]), row[1], row[2]) for row in connection.execute(query)]


def forget_evidence(ledger: Ledger) -> None:
    """Drop the evidence of refused envelopes in bulk."""
    with ledger.writing() as writing:
        writing.connection.execute(sa.delete(inbox).where(inbox.c.state != "recorded"))
        writing.connection.execute(sa.delete(releases))


def sealed(ledger: Ledger, *, letters: bool = False) -> list[bytes]:
    """Return the sealed batches (or letters) in the outbox, in order."""
    condition = outbox.c.stream.is_(None) if letters else outbox.c.stream.is_not(None)
    with ledger.reading() as connection:
        query = sa.select(outbox.c.sealed).where(condition).order_by(outbox.c.place)
        return [bytes(row[0]) for row in connection.execute(query)]


def seal(end: End[Any]) -> bytes:
    """Seal what waits at an end and return the newest batch."""
    assert seal_waiting(end, bookkeeping=True) > 0
    return sealed(end.ledger)[-1]


def outlet_of(end: End[Any], place: int = 0) -> Outlet:
    """Return a stream of an end."""
    with end.ledger.reading() as connection:
        return end.outlets(connection)[place]


def held_facts(end: End[Any], stream: bytes, after: int = 0) -> list[Recorded]:
    """Return the facts of a stream as they stand in the journal."""
    with end.ledger.reading() as connection:
        return [Recorded(*row) for row in journal.facts_after(connection, stream, after)]


def forge(end: End[Any], bodies: Iterable[Body], number: int | None = None) -> bytes:
    """Seal and sign, with the end's own keys, a batch of facts that no program of ours would write.

    They continue the chain, so that only what they say can be wrong with them.
    """
    outlet = outlet_of(end)
    held = held_facts(end, outlet.stream)
    sequence, previous = (held[-1].sequence, held[-1].digest) if held else (0, b"")
    made, before = [], previous
    for place, body in enumerate(bodies, start=1):
        fact = Fact(
            sequence=sequence + place,
            kind=type(body).__name__,
            version=body.version,
            recorded_at=1_794_900_000,
            office_date=date(2026, 11, 16),
            clock_doubt=False,
            actor=1,
            salt=bytes(16) if body.personal else b"",
            body=body,
        )
        octets = canonical.encode(fact)
        before = canonical.digest(before, octets)
        made.append(Recorded(fact.sequence, octets, before, fact.kind))
    return cover(end, made, previous, number or len(sealed(end.ledger)) + 1)


def cover(end: End[Any], facts: Sequence[Recorded], previous: bytes, number: int, **changes: Any) -> bytes:  # noqa: ANN401
    """Return one envelope around facts, signed with the end's own key; ``changes`` go into the outer header."""
    outlet = outlet_of(end)
    header = header_to(end.own, outlet, frame.BATCH, outlet.stream, number)._replace(**changes)
    key = end.own.signing_key
    return next(batches.seal_all(facts, previous, batches.Cover(header, outlet.recipient_key, key, (), 0))).octets


def sign_again(octets: bytes, signing_key: bytes, **changes: Any) -> bytes:  # noqa: ANN401
    """Return an envelope under a changed outer header, signed anew; what is sealed stays as it is."""
    parts = frame.parse(octets)
    outer = frame.pack_header(parts.header._replace(**changes), len(parts.sealed))
    return outer + parts.sealed + signatures.sign(signing_key, signatures.BATCH, outer + parts.sealed)


def first_batch(village: TestVillage) -> bytes:
    """Let a village work a little and seal it."""
    done = village.register()
    village.pay(done.entry)
    return seal(village.end())


def answers_and_letter(town: Town) -> tuple[bytes, bytes]:
    """Let the centre take the first village's batch, decide and seal: (answers batch, letter)."""
    end = town.centre_end()
    assert town.carry(first_batch(town.village), end).state == "recorded"
    assert town.accept_clean() == 1
    seal(end)
    end.seal_letters()
    mine = town.village.store.identity.station
    batches_and_letters = sealed(end.ledger), sealed(end.ledger, letters=True)
    batch, letter = (
        [one for one in some if frame.parse(one).header.recipient == mine][-1] for some in batches_and_letters
    )
    return batch, letter
