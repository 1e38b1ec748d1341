"""Stations (работни места): enrol, admit, revoke; and the list of participants that the relay goes by."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from app.domain import office_date
from app.domain.errors import AlreadyGranted, CodeMismatch, UnknownStation
from app.domain.facts import RegisterGrant, StationAdmitted, StationIntroduced, StationRevoked, TillGrant
from app.ledger import journal
from app.ledger.tables import inbox, known_stations, stations, streams
from sync import enrolment, envelope, frame, signatures
from sync.central.store import Act, CentreStore, answer_stream, first_fact
from sync.enrolment import Enrolment

PENDING = "enrolments"
RECOVERY = "recovery"


class Village(NamedTuple):
    """A mayoralty to enrol: its code and name, register index with spares, till index."""

    mayoralty: str
    name: str
    register: int
    spares: tuple[int, ...]
    till: int


def enrol(
    store: CentreStore, villages: Sequence[Village], name: str, tariff: int, issued_on: date | None = None
) -> bytes:
    """Return a new enrolment file; the centre keeps it until the station's reply comes.

    ``issued_on`` is today unless a demonstration plays other days.

    Raises:
        AlreadyGranted: a station that is not revoked keeps one of these registers or tills, or two of the villages
            would keep the same.

    """
    _require_apart(villages, name)
    _require_free(store, villages)
    keys, random = store.secrets, store.world.randomness.bytes
    file = Enrolment(
        format=1,
        municipality=keys.municipality,
        municipality_name=keys.municipality_name,
        station=random(16),
        name=name,
        registers=tuple(RegisterGrant(one.register, one.spares, one.mayoralty, one.name) for one in villages),
        tills=tuple(TillGrant(one.till, one.mayoralty) for one in villages),
        centre=keys.centre,
        centre_signing_key=signatures.public_key(keys.signing_key),
        centre_receiving_key=envelope.public_key(keys.receiving_key),
        answers=random(16),
        relay=keys.relay,
        relay_key=keys.relay_key,
        issued_on=issued_on or office_date.local(store.world.clock.now()).date(),
        tariff=tariff,
        demonstration=keys.demonstration,
    )
    octets = enrolment.encode(file)
    folder = store.folder / PENDING
    folder.mkdir(exist_ok=True)
    store.world.disk.write(str(folder / file.station.hex()), octets)
    return octets


def _require_apart(villages: Sequence[Village], name: str) -> None:
    """Each village of a station has a register and a till of its own."""
    indices = [index for one in villages for index in (one.register, *one.spares)]
    for each in (indices, [one.till for one in villages], [one.mayoralty for one in villages]):
        if len(set(each)) != len(each):
            raise AlreadyGranted(station=name)


def _require_free(store: CentreStore, villages: Sequence[Village]) -> None:
    """Each register and till has one writer at a time."""
    wanted = {index for one in villages for index in (one.register, *one.spares)}
    tills = {one.till for one in villages}
    with store.ledger.reading() as connection:
        query = sa.select(stations.c.station).where(stations.c.revoked_from_batch.is_(None))
        for (station,) in connection.execute(query).all():
            granted = first_fact(connection, answer_stream(connection, bytes(station))).body
            if not isinstance(granted, StationAdmitted):
                continue
            kept = {index for one in granted.registers for index in (one.index, *one.spares)}
            if wanted & kept or tills & {one.index for one in granted.tills}:
                raise AlreadyGranted(station=granted.name)


def expected_code(store: CentreStore, reply_file: bytes) -> str:
    """Return the code that both sides must read to each other.

    Raises:
        Malformed: the reply is not a station's.
        UnknownStation: it answers no enrolment file of this centre.

    """
    reply = enrolment.decode_reply(reply_file)
    octets = _pending(store, reply.station)
    if enrolment.digest(octets) != reply.enrolment:
        raise CodeMismatch
    return enrolment.code(octets, reply.signing_key, reply.receiving_key)


def _pending(store: CentreStore, station: bytes) -> bytes:
    path: Path = store.folder / PENDING / station.hex()
    try:
        return store.world.disk.read(str(path))
    except FileNotFoundError as error:
        raise UnknownStation from error


def admit(store: CentreStore, reply_file: bytes, typed_code: str) -> bytes:
    """Admit a station whose code was compared and typed; return its id. Again is no change.

    Raises:
        CodeMismatch: nobody is admitted.

    """
    enrolment.require_code(typed_code, expected_code(store, reply_file))
    reply = enrolment.decode_reply(reply_file)
    file = enrolment.decode(_pending(store, reply.station))
    store.world.disk.write(str(store.folder / PENDING / f"{reply.station.hex()}.{RECOVERY}"), reply.recovery)
    with store.act() as act:
        if journal.head_of(act.connection, file.answers) is None:
            act.record(
                file.answers,
                StationAdmitted(
                    station=file.station,
                    name=file.name,
                    epoch=reply.epoch,
                    enrolment=reply.enrolment,
                    signing_key=reply.signing_key,
                    receiving_key=reply.receiving_key,
                    registers=file.registers,
                    tills=file.tills,
                ),
            )
        act.writing.pen.flush()
        _introduce(act)
    return file.station


def _introduce(act: Act) -> None:
    """Tell every station of every other one whose key it does not know; a revoked one is neither told nor told of."""
    connection = act.connection
    query = sa.select(stations.c.station).where(stations.c.revoked_from_batch.is_(None)).order_by(stations.c.station)
    admitted = [bytes(row[0]) for row in connection.execute(query)]
    answers = {station: answer_stream(connection, station) for station in admitted}
    pairs = sa.select(known_stations.c.stream, known_stations.c.station)
    known = {(bytes(stream), bytes(station)) for stream, station in connection.execute(pairs)}
    granted = {station: first_fact(connection, stream).body for station, stream in answers.items()}
    for listener in admitted:
        for body in granted.values():
            if isinstance(body, StationAdmitted) and (answers[listener], body.station) not in known:
                introduced = StationIntroduced(body.station, body.name, body.signing_key, body.tills)
                act.record(answers[listener], introduced)


def revoke(store: CentreStore, station: bytes, reason: str) -> None:
    """Revoke a station from the next batch and fact on: what is recorded stays."""
    with store.act() as act:
        query = sa.select(stations.c.epoch).where(stations.c.station == station)
        epoch = act.connection.execute(query).scalar()
        if epoch is None:
            raise UnknownStation
        head = act.writing.head(epoch)
        newest = sa.select(sa.func.max(inbox.c.number)).where(inbox.c.stream == epoch, inbox.c.state == "recorded")
        batch = int(act.connection.execute(newest).scalar() or 0)
        answers = answer_stream(act.connection, station)
        act.record(answers, StationRevoked(station, batch + 1, (head.sequence if head else 0) + 1, reason))


def admission_list(store: CentreStore) -> bytes:
    """Return the signed list of participants for the relay: the centre, and every station that is not revoked."""
    keys = store.secrets
    with store.ledger.reading() as connection:
        query = sa.select(stations.c.station, stations.c.signing_key).where(stations.c.revoked_from_batch.is_(None))
        rows = [(bytes(row[0]), bytes(row[1])) for row in connection.execute(query.order_by(stations.c.station))]
        changes = sa.select(sa.func.sum(streams.c.sequence)).where(streams.c.author == "centre")
        version = int(connection.execute(changes).scalar() or 0)
    admitted = [(keys.centre, signatures.public_key(keys.signing_key)), *rows]
    octets = frame.pack_admission(keys.municipality, version, admitted)
    return octets + signatures.sign(keys.signing_key, signatures.SET, octets)


def recovery_code(store: CentreStore, station: bytes, sealed: bytes | None = None) -> str:
    """Return a station's recovery code, as it sealed it at enrolment, or from a newer sealed file.

    Raises:
        Altered: sealed for another centre, or changed.

    """
    kept = store.folder / PENDING / f"{station.hex()}.{RECOVERY}"
    if sealed is not None:
        code = envelope.open_small(sealed, store.secrets.receiving_key, enrolment.RECOVERY_LABEL)
        store.world.disk.write(str(kept), sealed)
        return code.decode()
    octets = store.world.disk.read(str(kept))
    return envelope.open_small(octets, store.secrets.receiving_key, enrolment.RECOVERY_LABEL).decode()


def find(connection: sa.Connection, text: str) -> bytes:
    """Return the station with this name or hexadecimal id.

    Raises:
        UnknownStation: none, or more than one.

    """
    if re.fullmatch("[0-9a-f]{32}", text):
        return bytes.fromhex(text)
    found = connection.execute(sa.select(stations.c.station).where(stations.c.name == text)).all()
    if len(found) != 1:
        raise UnknownStation
    return bytes(found[0][0])
