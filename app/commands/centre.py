"""``tefter centre …``: create, serve, enrol, admit, revoke, decide, and the way by folder."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from app import bootstrap, bootstrap_centre, operating_system
from app.commands.common import add_password, answer, password, read_file
from app.commands.relay import listening
from app.domain.nomenclature import Municipality
from resources import loading
from sync import signatures
from sync.central import decisions, stations
from sync.central import store as centre_store
from sync.central.stations import Village
from sync.central.store import CentreStore
from sync.exchange import exchange, export_to, import_from


def add(groups: Any) -> None:  # noqa: ANN401 - argparse's own unnamed type
    """Add the commands."""
    centre = groups.add_parser("centre", help="the municipality's end")
    verbs = centre.add_subparsers(dest="verb", required=True)
    create = _verb(verbs, "create", _create)
    create.add_argument("--municipality", type=_municipality, required=True, help="its code, e.g. BLG49")
    create.add_argument("--relay", required=True, help="the relay's address")
    create.add_argument("--relay-key", required=True, help="the relay's public key, hexadecimal")
    create.add_argument("--demonstration", action="store_true")
    enrol = _verb(verbs, "enrol", _enrol)
    enrol.add_argument("--name", required=True, help="the station's name")
    enrol.add_argument(
        "--village",
        type=_village,
        action="append",
        required=True,
        metavar="CODE:REGISTER:TILL",
        help="mayoralty code and indices; again for each further village that the same computer serves",
    )
    enrol.add_argument("--out", type=Path, required=True)
    enrol.add_argument("--issued-on", type=date.fromisoformat)
    admit = _verb(verbs, "admit", _admit)
    admit.add_argument("--reply", type=Path, required=True)
    admit.add_argument("--code", help="the code as the clerk reads it out; without it only the own code is shown")
    revoke = _verb(verbs, "revoke", _revoke)
    revoke.add_argument("--station", required=True)
    revoke.add_argument("--reason", required=True)
    serve = _verb(verbs, "serve", _serve)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8471)
    serve.add_argument("--interval", type=float, default=60.0, help="seconds between exchanges")
    _verb(verbs, "exchange", _exchange)
    _verb(verbs, "publish", _publish)
    recovery = _verb(verbs, "recovery", _recovery)
    recovery.add_argument("--station", required=True)
    recovery.add_argument("--sealed", type=Path, help="a newer sealed code, as the village brought it")
    _verb(verbs, "status", _status)
    _verb(verbs, "export", _export).add_argument("--folder", type=Path, required=True)
    _verb(verbs, "import", _import).add_argument("--folder", type=Path, required=True)


def _verb(verbs: Any, name: str, run: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse's own unnamed types
    command: argparse.ArgumentParser = verbs.add_parser(name)
    command.add_argument("dir", type=Path)
    command.add_argument("--json", action="store_true")
    add_password(command)
    command.set_defaults(run=run)
    return command


def _open(arguments: argparse.Namespace) -> CentreStore:
    return centre_store.open_store(arguments.dir, password(arguments, arguments.dir), bootstrap_centre.world())


def _create(arguments: argparse.Namespace) -> int:
    world = bootstrap_centre.world()
    secrets = centre_store.new_secrets(
        world,
        arguments.municipality.code,
        arguments.municipality.name,
        arguments.relay,
        bytes.fromhex(arguments.relay_key),
        demonstration=arguments.demonstration,
    )
    operating_system.make_private_folder(arguments.dir)
    with centre_store.create(arguments.dir, secrets, password(arguments, arguments.dir), world):
        public = signatures.public_key(secrets.signing_key).hex()
    answer(
        arguments,
        {"municipality": secrets.municipality, "centre_key": public, "desk_token": secrets.desk_token},
    )
    return 0


def _municipality(code: str) -> Municipality:
    """Return the municipality with this code in the classifier."""
    found = {one.code: one for one in loading.municipalities()}
    if code not in found:
        raise ValueError(code)
    return found[code]


def _village(text: str) -> Village:
    """Return the mayoralty that ``CODE:REGISTER:TILL`` names, with three spare indices in the thousands."""
    names = {one.code: one.name for one in loading.mayoralties()}
    code, register, till = text.split(":")
    if code not in names:
        raise ValueError(code)
    spares = tuple(1000 * thousand + int(register) for thousand in (1, 2, 3))
    return Village(code, names[code], int(register), spares, int(till))


def _enrol(arguments: argparse.Namespace) -> int:
    with _open(arguments) as store:
        tariff = loading.tariff().version
        file = stations.enrol(store, arguments.village, arguments.name, tariff, arguments.issued_on)
        store.world.disk.write(str(arguments.out), file)
    answer(arguments, {"enrolment": arguments.out.name, "station": arguments.name})
    return 0


def _admit(arguments: argparse.Namespace) -> int:
    reply = read_file(arguments.reply)
    with _open(arguments) as store:
        if arguments.code is None:
            answer(arguments, {"code": stations.expected_code(store, reply)})
            return 0
        station = stations.admit(store, reply, arguments.code)
    answer(arguments, {"admitted": station.hex()})
    return 0


def _revoke(arguments: argparse.Namespace) -> int:
    with _open(arguments) as store:
        with store.ledger.reading() as connection:
            station = stations.find(connection, arguments.station)
        stations.revoke(store, station, arguments.reason)
    answer(arguments, {"revoked": station.hex()})
    return 0


def _recovery(arguments: argparse.Namespace) -> int:
    """Show the recovery code that a station sealed for the town."""
    with _open(arguments) as store:
        with store.ledger.reading() as connection:
            station = stations.find(connection, arguments.station)
        newer = read_file(arguments.sealed) if arguments.sealed else None
        code = stations.recovery_code(store, station, newer)
    answer(arguments, {"recovery_code": code})
    return 0


def _publish(arguments: argparse.Namespace) -> int:
    """Give the relay the list of participants as it stands now."""
    with _open(arguments) as store:
        bootstrap_centre.link(store).publish_admission(stations.admission_list(store))
    answer(arguments, {"published": True})
    return 0


def _exchange(arguments: argparse.Namespace) -> int:
    with _open(arguments) as store:
        done = exchange(bootstrap_centre.end(store), bootstrap_centre.link(store))
    answer(arguments, _told(done.held, done.taken, done.octets))
    return 0


def _status(arguments: argparse.Namespace) -> int:
    with _open(arguments) as store, store.ledger.reading() as connection:
        answer(arguments, decisions.status(connection)._asdict())
    return 0


def _told(held: int, taken: Any, octets: int) -> dict[str, Any]:  # noqa: ANN401 - a list of Taken
    refused = [one.code for one in taken if one.code]
    return {"held": held, "taken": len(taken) - len(refused), "refused": refused, "bytes": octets}


def _export(arguments: argparse.Namespace) -> int:
    with _open(arguments) as store:
        written = export_to(bootstrap_centre.end(store), store.world.disk, arguments.folder)
    answer(arguments, {"written": written.files, "bytes": written.octets})
    return 0


def _import(arguments: argparse.Namespace) -> int:
    with _open(arguments) as store:
        taken = import_from(bootstrap_centre.end(store), store.world.disk, arguments.folder)
    answer(arguments, _told(0, taken, 0))
    return 0


def _serve(arguments: argparse.Namespace) -> int:
    import uvicorn  # noqa: PLC0415 - only serving needs it

    from sync.central.api import Centre, application  # noqa: PLC0415
    from sync.central.docflow.embedded import EmbeddedDocflow  # noqa: PLC0415
    from sync.central.service import Postman  # noqa: PLC0415

    with _open(arguments) as store:
        link = bootstrap_centre.link(store)
        postman = Postman(bootstrap_centre.end(store), link, arguments.interval, lambda: stations.admission_list(store))
        app = application(Centre(store, EmbeddedDocflow(), bootstrap.nomenclatures(), postman))
        listener = listening(arguments.host, arguments.port)
        answer(arguments, {"listening": f"http://{arguments.host}:{listener.getsockname()[1]}"})
        postman.start()
        uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False)).run(sockets=[listener])
        postman.stop()
    return 0
