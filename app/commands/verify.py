"""``tefter verify STORE``: hold a store against its own facts; 0 clean, 1 findings, 2 it could not be verified."""

import argparse
from pathlib import Path
from typing import Any

from app import bootstrap, bootstrap_centre
from app.commands.common import add_password, answer, password, progress, say
from app.domain.errors import StoreDamaged, StoreMissing, StoreTooNew
from app.domain.terms import VerifyCode
from app.ledger.engine import translated
from app.ledger.verify import Discovery
from sync.central import store as centre_store
from sync.central.verify import verify_centre
from sync.relay import store as relay_store
from sync.relay.verify import altered_envelopes

CLEAN, FINDINGS = 0, 1


def add(groups: Any) -> None:  # noqa: ANN401 - argparse's own unnamed type
    """Add the command."""
    command = groups.add_parser("verify", help="hold a store against its own facts")
    command.add_argument("store", type=Path)
    command.add_argument("--json", action="store_true")
    add_password(command)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Verify a store of a station, a centre or a relay."""
    place: Path = arguments.store
    kind, found = _verify(arguments, place)
    facts: dict[str, Any] = {"store": place.name, "kind": kind, "clean": not found}
    facts["findings"] = [
        {
            "number": number,
            "code": one.code.value,
            "what": say(f"verify.{one.code.name.lower()}"),
            "where": one.where,
        }
        for number, one in enumerate(found, start=1)
    ]
    if arguments.json:
        answer(arguments, facts)
    else:
        answer(arguments, {say("verify.store"): place.name, say("verify.result"): say(_result(found))})
        for one in facts["findings"]:
            answer(arguments, {f"{one['number']:>4}. {one['code']} {one['what']}": one["where"]})
    return FINDINGS if found else CLEAN


def _result(found: list[Discovery]) -> str:
    return "verify.has_findings" if found else "verify.clean"


def _verify(arguments: argparse.Namespace, place: Path) -> tuple[str, list[Discovery]]:
    if (place / relay_store.DATABASE).is_file():
        return "relay", _relay(place)
    if (place / centre_store.DATABASE).is_file():
        return "centre", _centre(arguments, place)
    if (place / "keys").is_file():
        return "station", _station(arguments, place)
    raise StoreMissing(place=place.name)


def _tell(step: str, done: int, of: int) -> None:
    progress(f"{step} {done}/{of}")


def _relay(place: Path) -> list[Discovery]:
    try:
        with translated():
            return [Discovery(VerifyCode.ENVELOPE_ALTERED, one) for one in altered_envelopes(place)]
    except relay_store.StoreTooNew as error:
        raise StoreTooNew from error
    except StoreDamaged as error:
        return [Discovery(VerifyCode.STORE_UNREADABLE, error.code)]


def _centre(arguments: argparse.Namespace, place: Path) -> list[Discovery]:
    try:
        with centre_store.open_store(place, password(arguments, place), bootstrap_centre.world()) as store:
            return verify_centre(store, _tell)
    except StoreDamaged as error:
        return [Discovery(VerifyCode.STORE_UNREADABLE, error.code)]


def _station(arguments: argparse.Namespace, place: Path) -> list[Discovery]:
    try:
        with bootstrap.open_station(place, password(arguments, place), bootstrap.station_world()) as store:
            return bootstrap.verify_station_store(store, _tell)
    except StoreDamaged as error:
        return [Discovery(VerifyCode.STORE_UNREADABLE, error.code)]
