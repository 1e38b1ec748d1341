"""A start shows the register after a look into the store; the store is opened as a whole behind the picture."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from app import door
from app.domain.errors import StoreDamaged
from app.store import station as stations
from app.store.station import StationStore
from app.ui.village.ahead import PAGES
from app.ui.village.entries import EntriesPage
from app.ui.village.office import Look, Office
from app.ui.village.opening import places_of, places_seen
from app.ui.village.villages import leave_at, left_at
from app.ui.village.window import VillageWindow
from resources.speech import speech
from tests.town import PASSWORD, SECOND, SharedTown, TestVillage, Town
from tests.ui.hands import press, settle, type_text, until
from tests.ui.shown import texts
from tests.ui.village.office import office_of

PATIENCE = 20
SLOW = ("sqlalchemy", "alembic", "requests", "zstandard", "asyncio", "stdnum")
"""Libraries that the first picture does without."""

Open = Callable[[Callable[[], StationStore]], StationStore]
"""Opens a store as a whole, in a test's own way, by what would do it."""


def office_with(village: TestVillage, way: Open) -> Office:
    """Return the real door of a store, of which the second half goes a test's own way."""
    folder = village.store.folder

    def look(password: str) -> Look | None:
        seen = door.look(folder, password)
        return seen._replace(open=lambda: way(seen.open)) if seen else None

    return replace(office_of(village), open=lambda password: door.open_whole(folder, password), look=look)


@contextmanager
def started(office: Office) -> Iterator[VillageWindow]:
    """Show a window and give it the password by keys."""
    window = VillageWindow(speech("bg"), office, exchanges=False)
    window.resize(1366, 696)
    window.show()
    window.activateWindow()
    until(window.isActiveWindow, "for the window")
    type_text(window, PASSWORD)
    press(window, "Return")
    yield window
    window.close()
    window.deleteLater()


def shown_rows(window: VillageWindow) -> int:
    """Return how many rows the register shows."""
    page = window.current
    return len(page.list.model.items) if isinstance(page, EntriesPage) else 0


def test_the_register_is_shown_and_takes_keys_before_the_store_is_whole(town: Town) -> None:
    subjects = ("Молба", "Жалба", "Предложение", "Сигнал за дупка", "Искане")
    numbers = [town.village.register(subject=subject).number for subject in subjects]
    gate = Event()

    def when_let(way: Callable[[], StationStore]) -> StationStore:
        assert gate.wait(PATIENCE)
        return way()

    with started(office_with(town.village, when_let)) as window:
        until(lambda: shown_rows(window) >= len(numbers), "for the register")
        session = window.open_session()
        press(window, "Down", "Down")
        settle(0.2)
        assert window.current.current_entry() is not None
        press(window, "F2")
        until(lambda: window.current.name == "form", "for the form")
        type_text(window, "91")
        press(window, "Alt+1")
        until(lambda: window.current.name == "entries", "for the register again")
        assert not session.whole
        gate.set()
        until(lambda: session.whole, "for the store")
        press(window, "Ctrl+F")
        type_text(window, "сигнал дуп")
        until(lambda: shown_rows(window) == 1, "for what was searched")
        until(lambda: any("Чака" in text or "чака" in text for text in texts(window)), "for the status")


def test_the_register_of_the_village_that_was_left_is_shown_first(tmp_path: Path) -> None:
    with SharedTown(tmp_path) as town:
        town.village.register()
        other = town.village.beside(SECOND)
        other.register(subject="Сигнал за дупка", service=None, speed=None)
        gate = Event()

        def when_let(way: Callable[[], StationStore]) -> StationStore:
            assert gate.wait(PATIENCE)
            return way()

        with town.village.store.ledger.reading() as connection:
            leave_at(places_of(connection, town.village.store)[1])
        with started(office_with(town.village, when_let)) as window:
            until(lambda: any(f"{SECOND}-000001" in text for text in texts(window)), "for the register")
            session = window.open_session()
            assert (session.place.register, session.place.till, session.whole) == (SECOND, SECOND, False)
            gate.set()
            until(lambda: session.whole, "for the store")
            press(window, "Ctrl+1")
            until(lambda: any("17-000001" in text for text in texts(window)), "for the other register")
        assert left_at(session.place.station) == town.village.number


def test_a_store_that_cannot_be_opened_as_a_whole_shuts_the_door_again(town: Town) -> None:
    town.village.register()
    tries: list[int] = []

    def damaged_once(way: Callable[[], StationStore]) -> StationStore:
        tries.append(1)
        if len(tries) == 1:
            raise StoreDamaged(what="database")
        return way()

    with started(office_with(town.village, damaged_once)) as window:
        until(lambda: tries, "for the store to be opened")
        until(lambda: window.session is None, "for the door")
        settle(0.5)
        assert window.current is window.unlock
        assert window.cover.sheet is None
        assert speech("bg").explain(StoreDamaged(what="database")) in texts(window)
        type_text(window, PASSWORD)
        press(window, "Return")
        until(lambda: shown_rows(window) >= 1, "for the register")
        until(lambda: window.session is not None and window.session.whole, "for the store")


def test_pages_are_made_ahead_while_nobody_touches_the_keyboard(town: Town) -> None:
    town.village.register()
    with started(office_with(town.village, lambda way: way())) as window:
        until(lambda: shown_rows(window) >= 1, "for the register")
        made = window.pages.count()
        for _ in range(12):
            press(window, "Down")
            settle(0.1)
        assert window.pages.count() == made
        until(lambda: window.pages.count() == made + len(PAGES), "for the pages")
        assert window.current.name == "entries"
        press(window, "F2")
        assert window.current.name == "form"


def test_a_look_sees_the_same_desk_as_the_store(town: Town) -> None:
    town.village.register()
    look = door.look(town.village.store.folder, PASSWORD)
    assert look is not None
    with town.village.store.ledger.reading() as connection:
        assert places_seen(look.seen) == places_of(connection, town.village.store)
    with look.open() as store:
        assert abs((look.clock.now() - store.world.clock.now()).total_seconds()) < PATIENCE
    look.seen.close()


def test_the_door_knows_the_keys_by_their_names_and_leaves_a_change_of_key_to_the_opening(town: Town) -> None:
    folder = town.village.store.folder
    assert (door.KEYS, door.NEXT_KEYS) == (stations.KEYS, stations.NEXT_KEYS)
    assert door.has_store(folder)
    assert not door.has_store(folder / "elsewhere")
    (folder / door.NEXT_KEYS).write_bytes((folder / door.KEYS).read_bytes())
    assert door.look(folder, PASSWORD) is None


def test_the_first_picture_brings_no_library_that_only_the_whole_store_needs() -> None:
    loaded = (
        "import sys, app.cli, app.commands.window; from app import windows;"
        "from app.ui.village import loading, opening;"
        "[loading.load(one) for one in loading.REGISTER];"
        f"print(sorted(set({SLOW}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.processes
def test_no_worker_makes_a_class_of_qt(town: Town) -> None:
    """Made while the window makes an object of another class, it brought the process down."""
    town.village.register()
    folder = town.village.store.folder
    town.village.store.close()
    words = (sys.executable, "-m", "tests.ui.village.loaded_where", str(folder), PASSWORD)
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    beside, _, classes = done.stdout.strip().partition(" ")
    assert done.returncode == 0, done.stderr
    assert int(beside) > 150, "workers load the store and its libraries"
    assert classes == "[]"
