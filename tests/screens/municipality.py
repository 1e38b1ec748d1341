"""A municipality to look at (община за снимки): many villages, days of plausible work, faults among it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

from app.demonstration import plan
from app.demonstration.acts import Close, Exchange, Player, Step
from app.domain.office_date import SOFIA
from app.domain.terms import DisputeReason
from resources.loading import mayoralties
from sync.central import decisions, waiting
from sync.central.api import Centre, application
from tests.central.serving import TownRoad, serving
from tests.town import TestVillage, Town

CODE = "KRZ16"
DAYS = 12
TODAY = date(2026, 11, 20)
BEFORE_WORK, NOW = time(7, 30), time(16, 42)
FIRST_ENTRIES, ENTRIES = 160, 24


class HandedClock:
    """The town's clock, as a script sets it."""

    def __init__(self, town: Town) -> None:
        self._town = town

    def set(self, moment: datetime) -> None:
        """Let it be this moment, unless the town is past it."""
        self._town.clock.moment = max(self._town.clock.moment, moment)

    def now(self) -> datetime:
        """Return the moment."""
        return self._town.clock.now().astimezone(UTC)


class Municipality(Town):
    """A town whose villages bear the names of Кърджали's."""

    def __init__(self, folder: Path, villages: int) -> None:
        super().__init__(folder, villages)
        self.clock.moment = datetime.combine(plan.working_days(TODAY, DAYS, self.lists.calendar)[0], BEFORE_WORK, SOFIA)
        self._mayoralties = [one for one in mayoralties() if one.municipality == CODE]

    def mayoralty(self, number: int) -> tuple[str, str]:
        """Return code and name of the village with this number."""
        one = self._mayoralties[(number * 7 + 3) % len(self._mayoralties)]
        return one.code, one.name

    def station_name(self, number: int) -> str:
        """Name a station as its village."""
        return self.mayoralty(number)[1]


def play(town: Municipality) -> None:
    """Let every village work its days, day by day, so that the town's one clock runs forward."""
    scripts = [_script(town, village, number) for number, village in enumerate(town.villages)]
    players = [_player(town, village) for village in town.villages]
    steps = [
        (step.at, number, step) for number, script in enumerate(scripts) for step in script if step.at.date() <= TODAY
    ]
    for _at, number, step in sorted(steps, key=lambda one: (one[0], one[1])):
        if not _silent(number, step):
            players[number].play(step)
    town.clock.moment = max(town.clock.moment, datetime.combine(TODAY, NOW, SOFIA))
    town.centre_exchange()
    _decide(town)
    town.centre_exchange()
    for number, village in enumerate(town.villages):
        if number % 9 != 4:
            village.exchange()


def _script(town: Municipality, village: TestVillage, number: int) -> list[Step]:
    days = plan.working_days(TODAY, DAYS, town.lists.calendar)
    book = plan.VillageBook(village.number, village.number, "49686")
    entries = FIRST_ENTRIES if number == 0 else ENTRIES + number % 5
    return plan.Planner(Random(number), town.lists, book).script(entries, days)  # noqa: S311 - invented work


def _player(town: Municipality, village: TestVillage) -> Player:
    clock = HandedClock(town)

    def exchange() -> None:
        village.exchange()

    return Player(village.store, clock, town.lists, exchange)  # type: ignore[arg-type]  # it sets and tells, as asked


def _silent(number: int, step: Step) -> bool:
    """Return whether a step does not happen: no line, a till that nobody closes, today's work still unsent."""
    if isinstance(step, Exchange):
        return number % 9 == 4 or step.at.date() == TODAY
    open_today = number == 0 and step.at.date() == TODAY  # the first village is looked at while it works
    return isinstance(step, Close) and (number % 11 == 7 or open_today)


def _decide(town: Municipality) -> None:
    """Accept what is clean and old; dispute a few of the rest; leave today's to the person at the desk."""
    with town.centre.ledger.reading() as connection:
        lines = list(waiting.waiting_lines(connection))
    for place, line in enumerate(lines):
        old = line.row.office_date < (TODAY - timedelta(days=1)).isoformat()
        if old and not line.found:
            decisions.accept(town.centre, town.docflow, bytes(line.row.entry), 1)
        elif old and line.found and place % 3 == 0:
            note = "Приложете копие на квитанцията."
            decisions.dispute(town.centre, bytes(line.row.entry), DisputeReason.FEE_MISSING, note, 1)


@contextmanager
def service(town: Town) -> Iterator[str]:
    """Serve the centre's API on this machine; give its address."""
    road = TownRoad(town)
    road.last_success = int(town.clock.now().timestamp())
    with serving(application(Centre(town.centre, town.docflow, town.lists, road))) as address:
        yield address
