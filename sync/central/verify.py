"""Verify a centre's store: the ledger, and the embedded docflow against the facts that gave its numbers."""

from collections.abc import Iterator

import sqlalchemy as sa

from app.domain import canonical
from app.domain.facts import EntryAccepted
from app.domain.terms import Standing, VerifyCode
from app.ledger.journal import digest_at
from app.ledger.tables import acknowledgements, entries, journal
from app.ledger.verify import Discovery, Progress, quiet, strangers, verify_ledger
from sync import messages, signatures
from sync.central.docflow.embedded import central_number
from sync.central.schema import docflow_register
from sync.central.store import CentreStore


def verify_centre(store: CentreStore, progress: Progress = quiet) -> list[Discovery]:
    """Return all that is wrong with a centre's store; nothing when it is clean."""
    found, replayed = verify_ledger(store.ledger, progress=progress)
    if replayed is not None:
        with store.ledger.reading() as connection:
            found += _docflow(connection)
            found += _acknowledgements(connection, signatures.public_key(store.secrets.signing_key))
    return found


def _docflow(connection: sa.Connection) -> Iterator[Discovery]:
    """Compare the numbers that the docflow gave, and withdrew, with what the facts carry, both ways."""
    for where in strangers(connection, docflow_register):
        yield Discovery(VerifyCode.DOCFLOW_DIFFERS, where)
        return
    query = sa.select(journal.c.canonical).where(journal.c.kind == "EntryAccepted")
    stated: dict[bytes, str] = {}
    for (octets,) in connection.execute(query):
        body = canonical.decode(bytes(octets)).body
        if isinstance(body, EntryAccepted) and body.central_number:
            stated[body.entry] = body.central_number
    withdrawn = sa.case((entries.c.standing == Standing.ANNULLED, entries.c.annulled_because))
    query_given = sa.select(docflow_register, withdrawn.label("annulled_because")).outerjoin(
        entries, entries.c.entry == docflow_register.c.entry
    )
    given: dict[bytes, str] = {}
    numbers: dict[int, list[int]] = {}
    for row in connection.execute(query_given):
        given[bytes(row.entry)] = row.central_number
        numbers.setdefault(row.year, []).append(row.number)
        right = (row.registered_on[:4], central_number(row.number, row.registered_on), row.annulled_because)
        if (str(row.year), row.central_number, row.withdrawn_because) != right:
            yield Discovery(VerifyCode.DOCFLOW_DIFFERS, bytes(row.entry).hex()[:8])
    for entry in stated.keys() | given.keys():
        if stated.get(entry) != given.get(entry):
            yield Discovery(VerifyCode.DOCFLOW_DIFFERS, entry.hex()[:8])
    for year, used in numbers.items():
        if sorted(used) != list(range(1, len(used) + 1)):
            yield Discovery(VerifyCode.DOCFLOW_DIFFERS, str(year))


def _acknowledgements(connection: sa.Connection, own_key: bytes) -> Iterator[Discovery]:
    """Hold the journal against every acknowledgement that this centre signed."""
    for where in strangers(connection, acknowledgements):
        yield Discovery(VerifyCode.ACKNOWLEDGEMENT_BAD, where)
        return
    for row in connection.execute(sa.select(acknowledgements)):
        where = f"{bytes(row.stream).hex()[:8]}/{row.sequence}"
        said = messages.acknowledgement_statement(row.kind, row.stream, row.number, row.sequence, row.digest)
        if not signatures.verify(own_key, signatures.ACK, said, bytes(row.signature)):
            yield Discovery(VerifyCode.ACKNOWLEDGEMENT_BAD, where)
        elif digest_at(connection, row.stream, row.sequence) != bytes(row.digest):
            yield Discovery(VerifyCode.BEHIND_ACKNOWLEDGED, where)
