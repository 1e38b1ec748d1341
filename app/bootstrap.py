"""Puts a station's parts together: store, keys, clock, relay link, its end of the road.

It sees both office and road; ``bootstrap_centre`` does the same for the town.
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from app import operating_system, system
from app.domain.errors import NotConfirmed
from app.domain.facts import AccountOpened, StationEnrolled
from app.domain.ports import Clock
from app.domain.terms import AccountRole
from app.ledger import keyslots
from app.services.nomenclatures import Nomenclatures, carried
from app.store import recovery
from app.store import station as stations
from app.store.identity import Identity
from app.store.station import StationStore
from sync import enrolment, envelope, frame, messages, signatures
from sync.ends import Own
from sync.enrolment import Enrolment
from sync.exchange import Round, Written, exchange, export_to, import_from
from sync.intake import Taken
from sync.transport.relay import Participant, RelayLink, RequestsHttp
from sync.village import VillageEnd

if TYPE_CHECKING:
    from app.ledger.verify import Discovery, Progress

FIRST_ACCOUNT = 1


def nomenclatures() -> Nomenclatures:
    """Return the nomenclatures that travel with the program."""
    return carried()


def station_world(clock: Clock | None = None) -> stations.World:
    """Return the real ports of a station; a demonstration brings its own clock."""
    return stations.World(
        clock=clock or system.SystemClock(),
        randomness=system.SystemRandomness(),
        disk=system.SystemDisk(),
        sign=signatures.sign,
        milestone=system.milestone_from_environment(),
    )


class Enrolled(NamedTuple):
    """What enrolment shows: the reply for the centre, the code to compare, the recovery code to write down."""

    reply: bytes
    code: str
    recovery: str


def enrol_station(folder: Path, enrolment_file: bytes, account: str, password: str, world: stations.World) -> Enrolled:
    """Make a station's store from an enrolment file, with its first account.

    Raises:
        Malformed: not an enrolment file.
        StoreExists: there is a store at that place.

    """
    file = enrolment.decode(enrolment_file)
    random = world.randomness.bytes
    signing, receiving, epoch = random(32), envelope.new_private_key(random(96)), random(16)
    code_to_keep = keyslots.recovery_code(random)
    identity = Identity(
        municipality=file.municipality,
        station=file.station,
        name=file.name,
        epoch=epoch,
        answers=file.answers,
        signing_key=signing,
        receiving_key=receiving,
        enrolment=enrolment_file,
        enrolment_digest=enrolment.digest(enrolment_file),
        issued_on=file.issued_on,
        demonstration=file.demonstration,
        confirmed=False,
        first_account=account,
    )
    operating_system.make_private_folder(folder)
    engine = stations.create(folder, identity, {str(FIRST_ACCOUNT): password, keyslots.RECOVERY: code_to_keep}, world)
    engine.dispose()
    reply = _reply(identity, file, code_to_keep)
    code = enrolment.code(enrolment_file, reply.signing_key, reply.receiving_key)
    return Enrolled(enrolment.encode(reply), code, code_to_keep)


def sealed_recovery(file: Enrolment, code: str) -> bytes:
    """Return a recovery code sealed to the town."""
    return envelope.seal_small(code.encode(), file.centre_receiving_key, enrolment.RECOVERY_LABEL)


def recover(folder: Path, code: str, account: int, new_password: str, world: stations.World) -> tuple[str, bytes]:
    """Reset an account by the recovery code; return the next code, and the same sealed to the town.

    Raises:
        WrongPassword, UnknownAccount: nothing was changed.

    """
    next_code = recovery.reset_account(folder, code, account, new_password, world)
    with open_station(folder, new_password, world) as store:
        return next_code, sealed_recovery(enrolment.decode(store.identity.enrolment), next_code)


def _reply(identity: Identity, file: Enrolment, code: str) -> enrolment.Reply:
    sealed = sealed_recovery(file, code)
    unsigned = enrolment.Reply(
        1,
        identity.station,
        identity.enrolment_digest,
        identity.epoch,
        signatures.public_key(identity.signing_key),
        envelope.public_key(identity.receiving_key),
        sealed,
        b"",
    )
    signature = signatures.sign(identity.signing_key, signatures.ENROLMENT, unsigned.statement())
    return msgspec.structs.replace(unsigned, signature=signature)


class Invited(NamedTuple):
    """Whom an enrolment file is for: names of municipality, station and villages, and whether it is for practice."""

    municipality: str
    name: str
    demonstration: bool
    villages: tuple[str, ...]


def read_enrolment(enrolment_file: bytes) -> Invited:
    """Return whom an enrolment file is for.

    Raises:
        Malformed: not an enrolment file.

    """
    file = enrolment.decode(enrolment_file)
    villages = tuple(one.name for one in file.registers)
    return Invited(file.municipality_name, file.name, file.demonstration, villages)


def own_code(store: StationStore) -> str:
    """Return the code that binds the enrolment file and this station's keys: 20 digits, read to the town."""
    me = store.identity
    return enrolment.code(me.enrolment, signatures.public_key(me.signing_key), envelope.public_key(me.receiving_key))


def confirm_station(store: StationStore, typed_code: str, confirmed: date | None = None) -> None:
    """Open the journal, once the code that the centre read out was typed. Again is no change.

    Raises:
        CodeMismatch: another code; nothing is opened.

    """
    me = store.identity
    enrolment.require_code(typed_code, own_code(store))
    if me.confirmed:
        return
    file = enrolment.decode(me.enrolment)
    with store.act(confirmed) as act:
        enrolled = StationEnrolled(
            municipality=me.municipality,
            station=me.station,
            name=me.name,
            enrolment=me.enrolment_digest,
            registers=file.registers,
            tills=file.tills,
            answers=me.answers,
            tariff=file.tariff,
        )
        if act.writing.head(me.epoch) is None:
            act.record(enrolled)
            act.record(AccountOpened(FIRST_ACCOUNT, me.first_account, AccountRole.CLERK))
        store.confirm(act)


def open_station(
    folder: Path, password: str, world: stations.World, unlocked: stations.Unlocked | None = None
) -> StationStore:
    """Open a station's store; ``unlocked`` is what this password opened a moment ago, where somebody did so.

    Raises:
        StoreUnavailable: as it says.

    """
    recovery.settle(folder, password, world)
    return stations.open_store(folder, password, world, unlocked)


def require_confirmed(store: StationStore) -> None:
    """Accept a store whose enrolment was confirmed.

    Raises:
        NotConfirmed: it was not.

    """
    if not store.identity.confirmed:
        raise NotConfirmed


def village_end(store: StationStore) -> VillageEnd:
    """Return the station's end of the road."""
    me = store.identity
    own = Own(me.municipality, me.station, me.signing_key, me.receiving_key, frame.UP)
    file = enrolment.decode(me.enrolment)
    return VillageEnd(store, own, me.epoch, file, store.world.clock, store.world.milestone)


def village_link(store: StationStore) -> RelayLink:
    """Return the station's way to its relay."""
    me = store.identity
    file = enrolment.decode(me.enrolment)
    participant = Participant(me.municipality, me.station, me.signing_key)
    clock = system.SystemClock() if me.demonstration else store.world.clock
    return RelayLink(RequestsHttp(), file.relay, file.relay_key, participant, clock, store.world.randomness)


def exchange_village(store: StationStore, *, bookkeeping: bool = False) -> Round:
    """Exchange with the relay until nothing is left to send or fetch.

    Raises:
        ExchangeFailed: everything sealed stays kept.

    """
    return exchange(village_end(store), village_link(store), bookkeeping=bookkeeping)


def export_village(store: StationStore, folder: Path) -> Written:
    """Write what the town has not acknowledged into a folder.

    Raises:
        StickFailed: not all of it stands there; nothing is lost here.

    """
    return export_to(village_end(store), store.world.disk, folder)


def import_village(store: StationStore, folder: Path) -> list[Taken]:
    """Take what a folder holds for this station.

    Raises:
        StickFailed: a file cannot be read.

    """
    return import_from(village_end(store), store.world.disk, folder)


def verify_signature(key: bytes, label: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether a signature over label and message is genuine."""
    return signatures.verify(key, label, message, signature)


def verify_station_store(store: StationStore, progress: "Progress | None" = None) -> "list[Discovery]":
    """Return all that is wrong with an open station store."""
    # A window starts without them: replaying a journal is no part of a day's work.
    from app.ledger.verify import quiet  # noqa: PLC0415
    from app.services.verification import Anchors, verify_station  # noqa: PLC0415

    me = store.identity
    anchors = Anchors(
        signatures.public_key(me.signing_key),
        enrolment.decode(me.enrolment).centre_signing_key,
        signatures.verify,
        messages.acknowledgement_statement,
    )
    return verify_station(store, anchors, progress or quiet)
