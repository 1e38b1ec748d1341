"""``tefter station …``: the verbs of the village, for checks and for work without windows."""

import argparse
import dataclasses
import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import msgspec

from app import bootstrap
from app.commands.common import add_password, answer, password, progress, read_file
from app.demonstration.acts import Player, notes_for, read
from app.demonstration.clock import ScriptedClock
from app.domain.entries import Filing
from app.domain.errors import BadAmount, NotPermitted
from app.domain.facts import Correspondent, NoteCount
from app.domain.office_date import SOFIA, moment
from app.domain.terms import Channel, CorrespondentKind, IdentifierKind, ResultWay, Speed
from app.ledger.journal import head_of
from app.services import cash_desk, registration, status
from app.store import drafts, search
from app.store.station import StationStore
from sync.exchange import exchange, export_to, import_from


def add(groups: Any) -> None:  # noqa: ANN401 - argparse's own unnamed type
    """Add the commands."""
    station = groups.add_parser("station", help="the village's end")
    verbs = station.add_subparsers(dest="verb", required=True)
    enrol = _verb(verbs, "enrol", _enrol)
    enrol.add_argument("--enrolment", type=Path, required=True)
    enrol.add_argument("--account", required=True)
    enrol.add_argument("--reply", type=Path, required=True)
    confirm = _verb(verbs, "confirm", _confirm)
    confirm.add_argument("--code", required=True, help="the code as the town reads it out")
    _add_register(_verb(verbs, "register", _register))
    receipt = _verb(verbs, "receipt", _receipt)
    receipt.add_argument("--entry", type=_number, required=True, metavar="INDEX-NUMBER/YEAR")
    receipt.add_argument("--till", type=int, required=True)
    receipt.add_argument("--payer", required=True)
    receipt.add_argument("--given", required=True, help="12,50")
    annul = _verb(verbs, "annul", _annul)
    annul.add_argument("--entry", type=_number, required=True, metavar="INDEX-NUMBER/YEAR")
    annul.add_argument("--reason", required=True)
    void = _verb(verbs, "void", _void)
    void.add_argument("--receipt", type=_number, required=True, metavar="TILL-NUMBER/YEAR")
    void.add_argument("--reason", required=True)
    close = _verb(verbs, "close", _close)
    close.add_argument("--till", type=int, required=True)
    close.add_argument("--count", help="notes and coins, 20,00x3;0,50x1 – or the sum, 60,50")
    close.add_argument("--reason", default="")
    _verb(verbs, "exchange", _exchange).add_argument("--all", action="store_true", help="bookkeeping facts too")
    _verb(verbs, "export", _export).add_argument("--folder", type=Path, required=True)
    _verb(verbs, "import", _import).add_argument("--folder", type=Path, required=True)
    _verb(verbs, "status", _status)
    _verb(verbs, "drafts", _drafts)
    _verb(verbs, "search", _search).add_argument("text")
    reset = _verb(verbs, "recover", _recover)
    reset.add_argument("--code", required=True)
    reset.add_argument("--sealed", type=Path, help="where to put the next code, sealed for the town")
    reset.add_argument("--account", type=int, default=bootstrap.FIRST_ACCOUNT)
    _verb(verbs, "work", _work).add_argument("--acts", type=Path, required=True)


def _verb(verbs: Any, name: str, run: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse's own unnamed types
    command: argparse.ArgumentParser = verbs.add_parser(name)
    command.add_argument("store", type=Path)
    command.add_argument("--json", action="store_true")
    command.add_argument("--confirm-date", type=date.fromisoformat, help="today's date, where the clock is in doubt")
    add_password(command)
    command.set_defaults(run=run)
    return command


def _add_register(command: argparse.ArgumentParser) -> None:
    command.add_argument("--register", type=int, required=True)
    command.add_argument("--kind", default="")
    command.add_argument("--channel", type=Channel, choices=list(Channel), default=Channel.BY_HAND)
    command.add_argument("--name", default="")
    command.add_argument("--anonymous", action="store_true")
    command.add_argument("--identifier-kind", type=IdentifierKind, choices=list(IdentifierKind))
    command.add_argument("--identifier", default="")
    command.add_argument("--settlement", default="", help="ЕКАТТЕ code")
    command.add_argument("--address", default="")
    command.add_argument("--subject", default="")
    command.add_argument("--service", type=int)
    command.add_argument("--speed", type=Speed, choices=list(Speed))
    command.add_argument("--sheets", type=int, default=0)
    command.add_argument("--unsigned", action="store_true")
    command.add_argument("--result-way", type=ResultWay, choices=list(ResultWay))
    command.add_argument("--draft", help="register this draft, by its id, as it was typed")


def _open(arguments: argparse.Namespace, *, confirmed: bool = True) -> StationStore:
    word = password(arguments, arguments.store)
    store = bootstrap.open_station(arguments.store, word, bootstrap.station_world())
    if store.identity.demonstration:
        store.world = dataclasses.replace(store.world, clock=ScriptedClock(_moment_in_play(store)))
    if confirmed:
        bootstrap.require_confirmed(store)
    return store


def _moment_in_play(store: StationStore) -> datetime:
    """Return a minute after a demonstration's last act, or the morning of its first day."""
    with store.ledger.reading() as connection:
        head = head_of(connection, store.identity.epoch)
    if head is None:
        return datetime.combine(store.identity.issued_on, time(7, 45), SOFIA)
    return moment(head.recorded_at + 60)


def _enrol(arguments: argparse.Namespace) -> int:
    world = bootstrap.station_world()
    word = password(arguments, arguments.store)
    file = read_file(arguments.enrolment)
    enrolled = bootstrap.enrol_station(arguments.store, file, arguments.account, word, world)
    world.disk.write(str(arguments.reply), enrolled.reply)
    answer(arguments, {"code": enrolled.code, "recovery_code": enrolled.recovery})
    return 0


def _confirm(arguments: argparse.Namespace) -> int:
    with _open(arguments, confirmed=False) as store:
        bootstrap.confirm_station(store, arguments.code, arguments.confirm_date)
    answer(arguments, {"confirmed": True})
    return 0


def _register(arguments: argparse.Namespace) -> int:
    with _open(arguments) as store:
        filing = _drafted(store, arguments) if arguments.draft else _filing(store, arguments)
        drafts.save(store, filing)
        done = registration.register(store, bootstrap.nomenclatures(), filing, arguments.confirm_date)
    facts: dict[str, Any] = {"number": done.number, "entry": done.entry.hex()}
    facts["due"] = f"{done.due.on:%d.%m.%Y}" if done.due else None
    facts["article"] = done.due.article if done.due else None
    facts["fee_cents"] = done.fee.cents if done.fee else None
    facts["findings"] = [one.code.value for one in done.findings]
    answer(arguments, facts)
    return 0


def _drafted(store: StationStore, arguments: argparse.Namespace) -> Filing:
    for filing in drafts.waiting(store):
        if filing.entry.hex() == arguments.draft:
            return filing
    raise NotPermitted


def _filing(store: StationStore, arguments: argparse.Namespace) -> Filing:
    kind = CorrespondentKind.ANONYMOUS if arguments.anonymous else CorrespondentKind.PERSON
    if arguments.identifier_kind in {IdentifierKind.EIK, IdentifierKind.BULSTAT}:
        kind = CorrespondentKind.LEGAL_ENTITY
    correspondent = Correspondent(
        kind,
        arguments.name,
        identifier_kind=arguments.identifier_kind,
        identifier=arguments.identifier,
        settlement=arguments.settlement,
        address=arguments.address,
    )
    return Filing(
        entry=store.world.randomness.bytes(16),
        register=arguments.register,
        kind=arguments.kind,
        channel=arguments.channel,
        correspondents=(correspondent,),
        subject=arguments.subject,
        service=arguments.service,
        speed=arguments.speed,
        sheets=arguments.sheets,
        signed=not arguments.unsigned,
        result_way=arguments.result_way,
    )


def _number(text: str) -> tuple[int, int, int]:
    """Return (index, number, year) of ``17-42/2026`` or ``17-000042/20.11.2026``; ValueError for anything else."""
    series, _, day = text.partition("/")
    index, _, number = series.partition("-")
    return int(index), int(number), int(day.rpartition(".")[2])


def _cents(text: str) -> int:
    """Return ``12,50`` or ``12.50`` in cents."""
    whole, _, part = text.strip().replace(".", ",").partition(",")
    digits = (part + "00")[:2]
    if not (whole.isdecimal() and digits.isdecimal()) or len(part) > 2:  # noqa: PLR2004 - two decimals
        raise BadAmount(field="given")
    return int(whole) * 100 + int(digits)


def _receipt(arguments: argparse.Namespace) -> int:
    index, number, year = arguments.entry
    lists = bootstrap.nomenclatures()
    with _open(arguments) as store:
        with store.ledger.reading() as connection:
            entry = registration.entry_by_number(connection, index, year, number)
        line = cash_desk.line_for(store, entry, "")
        service = lists.services.get(line.service or 0)
        line = msgspec.structs.replace(line, text=service.name if service else "")
        payer = Correspondent(CorrespondentKind.PERSON, arguments.payer)
        payment = cash_desk.Payment(
            receipt=store.world.randomness.bytes(16),
            till=arguments.till,
            payer=payer,
            lines=(line,),
            given=_cents(arguments.given),
        )
        done = cash_desk.issue(store, lists, payment, arguments.confirm_date)
    answer(arguments, {"number": done.number, "cents": done.cents, "change": done.change})
    return 0


def _annul(arguments: argparse.Namespace) -> int:
    index, number, year = arguments.entry
    with _open(arguments) as store:
        with store.ledger.reading() as connection:
            entry = registration.entry_by_number(connection, index, year, number)
        registration.annul(store, entry, arguments.reason, confirmed=arguments.confirm_date)
    answer(arguments, {"annulled": f"{index}-{number}/{year}"})
    return 0


def _void(arguments: argparse.Namespace) -> int:
    index, number, year = arguments.receipt
    with _open(arguments) as store:
        with store.ledger.reading() as connection:
            receipt = cash_desk.receipt_by_number(connection, index, year, number)
        storno = store.world.randomness.bytes(16)
        done = cash_desk.void(store, receipt, storno, arguments.reason, arguments.confirm_date)
    answer(arguments, {"number": done.number, "cents": done.cents})
    return 0


def _notes(text: str) -> tuple[NoteCount, ...]:
    if "x" not in text:
        return notes_for(_cents(text))
    pairs = [pair.partition("x") for pair in text.split(";")]
    if not all(count.isdecimal() for _, _, count in pairs):
        raise BadAmount(field="count")
    return tuple(NoteCount(_cents(value), int(count)) for value, _, count in pairs)


def _close(arguments: argparse.Namespace) -> int:
    with _open(arguments) as store:
        notes = _notes(arguments.count) if arguments.count else ()
        done = cash_desk.close_day(store, arguments.till, notes, arguments.reason, arguments.confirm_date)
    answer(arguments, {"day": f"{done.day:%d.%m.%Y}", "computed": done.computed, "difference": done.difference})
    return 0


def _exchange(arguments: argparse.Namespace) -> int:
    with _open(arguments) as store:
        done = exchange(bootstrap.village_end(store), bootstrap.village_link(store), bookkeeping=bool(arguments.all))
    refused = [one.code for one in done.taken if one.code]
    answer(arguments, {"held": done.held, "taken": len(done.taken), "refused": refused, "bytes": done.octets})
    return 0


def _export(arguments: argparse.Namespace) -> int:
    with _open(arguments) as store:
        written = export_to(bootstrap.village_end(store), store.world.disk, arguments.folder)
    answer(arguments, {"written": written.files, "bytes": written.octets})
    return 0


def _import(arguments: argparse.Namespace) -> int:
    with _open(arguments) as store:
        taken = import_from(bootstrap.village_end(store), store.world.disk, arguments.folder)
    refused = [one.code for one in taken if one.code]
    answer(arguments, {"taken": len(taken) - len(refused), "refused": refused})
    return 0


def _status(arguments: argparse.Namespace) -> int:
    with _open(arguments) as store:
        answer(arguments, status.of(store)._asdict())
    return 0


def _drafts(arguments: argparse.Namespace) -> int:
    with _open(arguments) as store:
        answer(arguments, {"drafts": [filing.entry.hex() for filing in drafts.waiting(store)]})
    return 0


def _search(arguments: argparse.Namespace) -> int:
    with _open(arguments) as store, store.ledger.reading() as connection:
        found = search.find(connection, arguments.text)
    rows = [{"register": row["register"], "number": row["number"], "subject": row["subject"]} for row in found]
    answer(arguments, {"found": rows})
    return 0


def _recover(arguments: argparse.Namespace) -> int:
    """Reset an account's password (the new one is asked for) by the recovery code."""
    new = password(arguments, arguments.store)
    world = bootstrap.station_world()
    code, sealed = bootstrap.recover(arguments.store, arguments.code, arguments.account, new, world)
    if arguments.sealed is not None:
        world.disk.write(str(arguments.sealed), sealed)
    answer(arguments, {"recovery_code": code})
    return 0


def _work(arguments: argparse.Namespace) -> int:
    """Play a script of acts; only a demonstration's store takes one."""
    steps = read(read_file(arguments.acts))
    clock = ScriptedClock(steps[0].at)
    word = password(arguments, arguments.store)
    octets = 0
    with bootstrap.open_station(arguments.store, word, bootstrap.station_world(clock)) as store:
        bootstrap.require_confirmed(store)
        if not store.identity.demonstration:
            raise NotPermitted
        end, link = bootstrap.village_end(store), bootstrap.village_link(store)

        def send() -> None:
            nonlocal octets
            octets += exchange(end, link).octets

        player = Player(store, clock, bootstrap.nomenclatures(), send)
        for place, step in enumerate(steps, start=1):
            player.play(step)
            if place % 500 == 0:
                store.tidy()
                progress(json.dumps({"store": arguments.store.name, "done": place, "of": len(steps)}))
    answer(arguments, {"acts": len(steps), "bytes": octets})
    return 0
