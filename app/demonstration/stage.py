"""The demonstration: община Струмяни with Микрево and Илинденци, relay, centre and stations as own processes.

Микрево has a line; Илинденци has none for the first days and sends by a folder, as by a stick, later by the relay.
"""

import contextlib
import secrets
import socket
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from app import BUILD_DATE, bootstrap
from app.demonstration import PASSWORD_BESIDE, acts, people, plan, unfinished
from app.demonstration.acts import Exchange, Step
from app.demonstration.processes import Running, run
from app.domain.terms import TownState
from app.services.nomenclatures import Nomenclatures
from app.ui.central_desk.client import DeskClient

MUNICIPALITY = "BLG49"
DAYS = 5
MOST_ROUNDS = 10
LINES = 500


class Player(NamedTuple):
    """A village on the stage."""

    name: str
    folder: str
    mayoralty: str
    settlement: str
    register: int
    till: int
    days_without_line: int


VILLAGES = (
    Player("Микрево", "mikrevo", "BLG49-12", "49686", 17, 17, 0),
    Player("Илинденци", "ilindentsi", "BLG49-07", "32665", 18, 18, 3),
)


def play(
    folder: Path, entries: int, tell: Callable[[str], None], show: Callable[[Path, str, str], None] | None = None
) -> dict[str, Any]:
    """Play the whole demonstration in ``folder``; return what the stores hold after every process has stopped.

    ``tell`` hears how far it is. ``show`` opens the windows over the village's store and the centre's address and
    access code, once the days are played, and returns when they are closed.
    """
    started = time.monotonic()
    folder.mkdir(parents=True, exist_ok=True)
    days = _days()
    stage = Stage(folder, days, tell, unfinished_work=show is not None)
    stage.set_up()
    with Running("relay", "serve", "--dir", folder / "relay", "--port", str(stage.relay_port)) as relay:
        relay.first_line()
        stage.enrol_all()
        with Running("centre", "serve", folder / "centre", "--port", "0", "--interval", "1") as centre:
            address = str(centre.first_line()["listening"])
            with contextlib.closing(DeskClient(address, stage.desk_token)) as desk:
                octets = stage.work(entries, desk)
                octets += stage.decide(desk)
                if show is not None:
                    octets += stage.show(desk, lambda store: show(store, address, stage.desk_token))
    return stage.count(octets, time.monotonic() - started, all_decided=show is None)


def _days() -> list[date]:
    """Return the last working days up to today; a clock before the build plays the first days after it."""
    calendar = bootstrap.nomenclatures().calendar
    today = datetime.now(UTC).date()
    floor = BUILD_DATE.replace(day=BUILD_DATE.day + 14)
    return plan.working_days(max(today, floor), DAYS, calendar)


class Stage:
    """The folders, keys and processes of one demonstration."""

    def __init__(
        self, folder: Path, days: list[date], tell: Callable[[str], None], *, unfinished_work: bool = False
    ) -> None:
        self.folder = folder
        self._tell = tell
        self.days = days
        self.desk_token = ""
        self.relay_port = _free_port()
        self._unfinished = unfinished_work
        self._held: list[Step] = []
        self.lists: Nomenclatures = bootstrap.nomenclatures()

    def _store(self, village: Player) -> Path:
        return self.folder / village.folder

    def _password(self, name: str) -> None:
        (self.folder / f"{name}.{PASSWORD_BESIDE}").write_text(secrets.token_urlsafe(12) + "\n", "utf-8")

    def set_up(self) -> None:
        """Make relay and centre, which trust each other."""
        self._tell("relay, centre")
        self._password("centre")
        relay_key = run("relay", "init", "--dir", self.folder / "relay")["relay_key"]
        address = f"http://127.0.0.1:{self.relay_port}"
        made = run(
            *("centre", "create", self.folder / "centre", "--municipality", MUNICIPALITY, "--demonstration"),
            *("--relay", address, "--relay-key", relay_key),
        )
        self.desk_token = made["desk_token"]
        run(
            *("relay", "trust", "--dir", self.folder / "relay"),
            *("--municipality", MUNICIPALITY, "--key", made["centre_key"]),
        )

    def enrol_all(self) -> None:
        """Enrol each village: file, reply, the code read both ways; then tell the relay."""
        for village in VILLAGES:
            self._enrol(village)
        run("centre", "publish", self.folder / "centre")

    def _enrol(self, village: Player) -> None:
        self._tell(village.name)
        self._password(village.folder)
        centre, store = self.folder / "centre", self._store(village)
        file, reply = self.folder / f"{village.folder}.enrolment", self.folder / f"{village.folder}.reply"
        run(
            *("centre", "enrol", centre, "--name", village.name, "--out", file),
            *("--village", f"{village.mayoralty}:{village.register}:{village.till}"),
            *("--issued-on", self.days[0].isoformat()),
        )
        account = people.person(Random(village.register)).name  # noqa: S311 - invented people
        shown = run("station", "enrol", store, "--enrolment", file, "--account", account, "--reply", reply)
        own = run("centre", "admit", centre, "--reply", reply)["code"]
        run("centre", "admit", centre, "--reply", reply, "--code", shown["code"])
        run("station", "confirm", store, "--code", own)

    def work(self, entries: int, desk: DeskClient) -> int:
        """Let both villages work their days at the same time; return the octets that travelled."""
        self._tell(f"{entries} + {DAYS}")
        first, second = VILLAGES
        half = entries // 2
        stages = {
            first: self._script(first, entries - half, 1),
            second: self._script(second, half, 2),
        }
        cut = _end_of_day(stages[second], second.days_without_line)
        if self._unfinished:
            stages[first], self._held = unfinished.part(stages[first], _book(first))
        by_stick: list[Step] = [step for step in stages[second][:cut] if not isinstance(step, Exchange)]
        octets = self._work_both({first: stages[first], second: by_stick})
        octets += self._carry(second, "station", "centre")
        desk.exchange()
        octets += self._carry(second, "centre", "station")
        return octets + self._work_both({second: stages[second][cut:]})

    def _script(self, village: Player, entries: int, seed: int) -> list[Step]:
        return plan.Planner(Random(seed), self.lists, _book(village)).script(entries, self.days)  # noqa: S311 - invented work

    def _work_both(self, scripts: dict[Player, list[Step]]) -> int:
        with contextlib.ExitStack() as running:
            at_work = []
            for village, steps in scripts.items():
                script = self.folder / f"{village.folder}.acts"
                script.write_bytes(acts.write(steps))
                words = ("station", "work", self._store(village), "--acts", script)
                at_work.append(running.enter_context(Running(*words)))
            return sum(int(one.finish()["bytes"]) for one in at_work)

    def _carry(self, village: Player, sender: str, receiver: str) -> int:
        """Carry a stick between a village and the town."""
        stick = self.folder / "stick"
        stick.mkdir(exist_ok=True)
        places = {"station": self._store(village), "centre": self.folder / "centre"}
        written = run(sender, "export", places[sender], "--folder", stick)
        run(receiver, "import", places[receiver], "--folder", stick)
        return int(written["bytes"])

    def decide(self, desk: DeskClient) -> int:
        """Let the registrar accept what is clean and dispute the rest, and the villages hear of it."""
        octets = 0
        for _ in range(MOST_ROUNDS):
            octets += self._exchange_all()
            desk.exchange()
            accepted = desk.accept_clean(desk.lines(limit=1).seen).accepted
            decided = _decide_the_rest(desk, self._left())
            self._tell(f"{accepted} + {decided}")
            desk.exchange()
            octets += self._exchange_all()
            if self._all_heard():
                break
        return octets

    def _left(self) -> str:
        """Return the number of the entry that the desk leaves undecided, with what comes after it; empty for none."""
        return f"{VILLAGES[0].register}-{unfinished.LEFT_AT_DESK:06d}/" if self._unfinished else ""

    def _exchange_all(self) -> int:
        return sum(int(run("station", "exchange", self._store(village))["bytes"]) for village in VILLAGES)

    def _all_heard(self) -> bool:
        states = [run("station", "status", self._store(village)) for village in VILLAGES]
        decided = sum(int(one["accepted"]) + int(one["disputed"]) for one in states)
        registered = sum(int(one["registered"]) for one in states)
        return not any(one["waiting_entries"] for one in states) and registered == decided + bool(self._left())

    def show(self, desk: DeskClient, open_windows: Callable[[Path], None]) -> int:
        """Record what was held back, open the windows, and bring both ends together afterwards."""
        village = VILLAGES[0]
        octets = self._work_both({village: self._held}) if self._held else 0
        octets += self._exchange_all()
        desk.exchange()
        self._tell(f"{self._store(village)}, desk")
        open_windows(self._store(village))
        octets += self._exchange_all()
        desk.exchange()
        return octets + self._exchange_all()

    def count(self, octets: int, seconds: float, *, all_decided: bool = True) -> dict[str, Any]:
        """Read the counts back from the stores, now that nothing runs.

        ``all_decided``: the town has decided every entry; where people worked at the windows it may not have.
        """
        states = [run("station", "status", self._store(village)) for village in VILLAGES]
        centre = run("centre", "status", self.folder / "centre")
        names = ("registered", "receipts", "sealed", "acknowledged", "accepted", "disputed", "findings")
        facts: dict[str, Any] = {name: sum(int(one[name]) for one in states) for name in names}
        facts["cash_village_cents"] = sum(int(one["cash_cents"]) for one in states)
        facts["cash_centre_cents"] = centre["cash_cents"]
        facts["bytes_on_wire"] = octets
        facts["seconds"] = round(seconds, 2)
        facts["stores"] = [str(self._store(village)) for village in VILLAGES]
        facts["stores"] += [str(self.folder / "centre"), str(self.folder / "relay")]
        facts["equal"] = _equal(facts, centre, all_decided=all_decided)
        return facts


def _book(village: Player) -> plan.VillageBook:
    return plan.VillageBook(village.register, village.till, village.settlement)


def _decide_the_rest(desk: DeskClient, left: str) -> int:
    """Dispute what is not clean for the reason proposed, accept what a village answered; return how many.

    ``left`` begins the number of the one that is not decided; nothing where all are.
    """
    decided = 0
    while True:
        waiting = desk.lines(clean=False, limit=LINES)
        chosen = [line for line in waiting.lines if not (left and line.row.number.startswith(left))]
        for line in chosen:
            if line.row.town is TownState.ANSWERED or line.proposed_reason is None:
                desk.accept(line.row.entry, waiting.seen)
            else:
                desk.dispute(line.row.entry, line.proposed_reason, "", waiting.seen)
        decided += len(chosen)
        if waiting.after is None:
            return decided


def _equal(facts: dict[str, Any], centre: dict[str, Any], *, all_decided: bool) -> bool:
    decided = facts["accepted"] + facts["disputed"] if all_decided else facts["registered"]
    return bool(
        facts["registered"] == facts["acknowledged"] == decided == centre["entries"]
        and facts["cash_village_cents"] == facts["cash_centre_cents"]
        and not centre["set_aside"]
    )


def _end_of_day(steps: list[Step], days: int) -> int:
    """Return the place after the last act of the first ``days`` days."""
    ends = [place for place, step in enumerate(steps, start=1) if isinstance(step, Exchange)]
    return ends[days - 1]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
