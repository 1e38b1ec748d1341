"""„Връзка“ by keys: what waits and where, trying now, the trip with a stick, and what is said when it fails."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from threading import Event
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from app.domain.errors import DiskFull, RelayUnreachable
from app.store.station import StationStore
from app.ui.village import drives as drives_module
from app.ui.village import road as road_page
from app.ui.village.drives import Drive
from app.ui.village.road import RoadPage
from app.ui.village.window import VillageWindow
from app.ui.widgets.ledger import Head, Row
from resources.speech import Language
from sync.exchange import export_to, import_from
from tests.town import Town
from tests.ui.hands import PATIENCE, press, settle, type_text, until
from tests.ui.village.office import laid, open_window


class Drives:
    """The sticks that are plugged in, as a test has them."""

    def __init__(self) -> None:
        self.found: list[Drive] = []

    def plug(self, folder: Path, name: str = "КМЕТСТВО") -> None:
        """Plug a stick in."""
        folder.mkdir(exist_ok=True)
        self.found.append(Drive(folder, name, 6_100_000_000))


@pytest.fixture(autouse=True)
def drives(monkeypatch: pytest.MonkeyPatch) -> Drives:
    """No stick of this computer is touched: the test says which ones there are."""
    made = Drives()
    monkeypatch.setattr(drives_module, "find_drives", lambda: list(made.found))
    return made


@contextmanager
def on_the_road(town: Town, language: Language = "bg") -> Iterator[tuple[VillageWindow, RoadPage]]:
    """Open the window and go to the page by its key."""
    with open_window(town.village, language) as window:
        press(window, "Alt+3")
        page = window.current
        assert isinstance(page, RoadPage)
        until(page.lead.text, "for what waits to be read")
        yield window, page


def rows(page: RoadPage) -> list[tuple[str, ...]]:
    """Return the words of the rows."""
    return [tuple(cell.text for cell in one.cells) for one in page.list.model.items if isinstance(one, Row)]


def fail(window: VillageWindow, error: Exception) -> None:
    """Let every exchange of a window fail."""
    session = window.session
    assert session is not None

    def failing(_store: StationStore, _bookkeeping: bool) -> Any:  # noqa: ANN401, FBT001 - as ``Office`` has it
        raise error

    session.office = replace(session.office, exchange=failing)


def test_it_lists_what_waits_with_where_it_is_and_the_key_sends_it(town: Town) -> None:
    told = town.village.register(subject="Сигнал за дупка")
    town.village.pay(town.village.register().entry)
    town.village.annul(told.entry)
    with on_the_road(town) as (window, page):
        assert page.title.text() == "2 вписвания, 1 квитанция и 1 друг запис чакат потвърждение"
        assert rows(page) == [
            ("17-000001", "Удостоверение за настоящ адрес", "днес 09:01", "на този компютър"),
            ("17-000002", "Удостоверение за настоящ адрес", "днес 09:02", "на този компютър"),
            ("кв. 17-000001", "Квитанция, Иван Стоянов Абаджиев", "днес 09:03", "на този компютър"),
            ("17-000001", "Анулирано вписване", "днес 09:03", "на този компютър"),
        ]
        press(window, "F5")
        until(lambda: rows(page)[0][3] == "в пощенската станция", "for the relay to hold it")
        assert "Остава общината да го прибере" in page.why.words.text()
        until(lambda: window.rail.buttons["road"].badge == "4", "for the count at the rail")
        town.centre_exchange()
        town.clock.tick(seconds=5)
        press(window, "F5")
        until(lambda: page.title.text() == "Всичко е потвърдено от общината", "for the town's word")
        until(lambda: window.status.sentence.text() == "Всичко е потвърдено от общината.")
        assert rows(page) == []
        assert page.lead.text() == "Последна вест от общината: днес 09:03."
        assert window.rail.buttons["road"].badge == ""


def test_without_a_line_it_says_why_whether_it_is_kept_and_what_to_do(town: Town) -> None:
    town.village.register()
    with on_the_road(town) as (window, page):
        fail(window, RelayUnreachable(why="test"))
        press(window, "F5")
        until(lambda: "Няма връзка с пощенската станция." in page.why.words.text(), "for the reason")
        assert "Код: relay_unreachable." in page.why.words.text()
        assert "Всичко е записано и подписано на този компютър." in page.kept.words.text()
        assert page.advice.words.text().startswith("Работете както винаги.")
        assert "няма връзка от" in page.picture.accessibleName()
        until(lambda: window.status.sentence.text().startswith("1 вписване чака потвърждение"))


def test_a_row_leads_to_its_entry_and_a_receipt_to_the_till(town: Town) -> None:
    told = town.village.register()
    town.village.pay(told.entry)
    with on_the_road(town) as (window, page):
        page.list.view.setFocus()
        press(window, "Return")
        until(lambda: window.current.current_entry() == told.entry, "for the entry")
        press(window, "Alt+3")
        page.list.view.setFocus()
        press(window, "Down", "Return")
        assert window.current.name == "till"


def test_the_trip_with_a_stick_takes_three_keys_and_nothing_waits_any_more(
    town: Town, drives: Drives, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    drives.plug(stick)
    for _ in range(3):
        town.village.pay(town.village.register().entry)
    with on_the_road(town) as (window, page):
        until(lambda: page.stick.place.title.text() == "Флашката е включена", "for the stick to be seen")
        assert "свободни 6,1\u00a0GB" in page.stick.place.help.text()
        press(window, "F9")
        until(lambda: "прочетен" in page.stick.result.title.text(), "for the packet")
        assert page.stick.result.help.text() == "Може да извадите флашката."
        written = sorted(one.name for one in stick.iterdir())
        assert written
        press(window, "F9")
        until(lambda: page.stick.result.title.text().startswith("Всичко вече е на флашката"))
        assert sorted(one.name for one in stick.iterdir()) == written
        import_from(town.centre_end(), town.centre.world.disk, stick)
        export_to(town.centre_end(), town.centre.world.disk, stick)
        town.clock.tick(minutes=1)
        press(window, "F10")
        until(lambda: page.title.text() == "Всичко е потвърдено от общината", "for the answer to be taken in")
        assert "от общината" in page.stick.result.title.text()
        until(lambda: "Прочетено днес" in page.stick.last.text(), "for the trip to be told")


def test_a_stick_without_an_answer_is_told_so(town: Town, drives: Drives, tmp_path: Path) -> None:
    drives.plug(tmp_path / "stick")
    with on_the_road(town) as (window, page):
        until(lambda: page.stick.where() is not None)
        press(window, "F10")
        until(lambda: page.stick.result.title.text() == "На флашката няма нищо за това кметство.")


def test_a_stick_that_was_pulled_out_loses_nothing_and_can_be_tried_again(
    town: Town, drives: Drives, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    drives.plug(stick)
    town.village.register()
    with on_the_road(town) as (window, page):
        until(lambda: page.stick.where() == stick)
        rmtree(stick)
        press(window, "F9")
        until(lambda: page.stick.result.title.text().startswith("Флашката беше извадена"), "for what happened")
        assert "Всичко стои тук." in page.stick.result.help.text()
        assert "stick_gone" in page.stick.result.help.text()
        assert not stick.exists()
        stick.mkdir()
        press(window, "F9")
        until(lambda: page.stick.result.help.text() == "Може да извадите флашката.")


def test_a_full_stick_is_told_apart(
    town: Town, drives: Drives, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drives.plug(tmp_path / "stick")
    town.village.register()
    disk = town.village.store.world.disk
    write = disk.write

    def full(path: str, content: bytes) -> None:
        if str(tmp_path / "stick") in path:
            raise DiskFull
        write(path, content)

    monkeypatch.setattr(disk, "write", full)
    with on_the_road(town) as (window, page):
        until(lambda: page.stick.where() is not None)
        press(window, "F9")
        until(lambda: page.stick.result.title.text() == "Флашката е пълна.", "for what happened")
        assert "stick_full" in page.stick.result.help.text()


def test_without_a_stick_a_folder_is_asked_for_and_remembered(town: Town, tmp_path: Path) -> None:
    town.village.register()
    with on_the_road(town) as (window, page):
        press(window, "F9")
        sheet = laid(window)
        press(window, "Ctrl+A")
        type_text(window, str(tmp_path / "няма"))
        press(window, "Return")
        until(lambda: "Няма такава папка" in sheet.field.note.title, "for the note")  # type: ignore[attr-defined]
        press(window, "Ctrl+A")
        type_text(window, str(tmp_path))
        press(window, "Return")
        until(lambda: list(tmp_path.glob("*.tefter")), "for the packet in the folder")
        until(lambda: page.stick.result.help.text() == "Може да извадите флашката.")
        assert page.stick.place.title.text() == "Избрана е папка"
        press(window, "Alt+1", "Alt+3", "F9")
        until(lambda: page.stick.result.title.text().startswith("Всичко вече е"))
        assert window.cover.sheet is None


def test_envelopes_set_aside_are_told_with_reason_and_code(town: Town, drives: Drives, tmp_path: Path) -> None:
    town.village.register()
    town.village.exchange()
    drives.plug(tmp_path / "stick")
    export_to(town.village.end(), town.village.store.world.disk, tmp_path / "stick")
    own = next(one for one in (tmp_path / "stick").iterdir())
    mine = town.village.store.identity.station.hex()[:8]
    own.rename(own.with_name(mine + own.name[8:]))
    with on_the_road(town) as (window, page):
        assert page.aside.isHidden()
        until(lambda: page.stick.where() is not None)
        press(window, "F10")
        until(lambda: page.stick.result.title.text() == "1 плик е оставен настрана.")
        until(page.aside.isVisible, "for the banner")
        assert page.aside.title.text() == "1 плик от общината е оставен настрана"
        assert "misdirected" in page.aside.help.text()


def test_more_than_the_list_shows_is_counted(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(road_page, "SHOWN", 2)
    for _ in range(5):
        town.village.register()
    with on_the_road(town) as (_, page):
        last = page.list.model.items[-1]
        assert isinstance(last, Head)
        assert last.text == "Още 3 по-нови записа"


def test_a_running_exchange_says_that_one_may_work_on(town: Town) -> None:
    with on_the_road(town) as (window, page):
        session = window.session
        assert session is not None
        begun, go_on = Event(), Event()
        real = session.office.exchange

        def slow(store: StationStore, bookkeeping: bool) -> Any:  # noqa: ANN401, FBT001 - as ``Office`` has it
            begun.set()
            assert go_on.wait(PATIENCE)
            return real(store, bookkeeping)

        session.office = replace(session.office, exchange=slow)
        press(window, "F5")
        until(begun.is_set, "for the exchange to begin")
        assert "каквото не е потвърдено, остава тук" in page.trying.text()
        assert not page.try_button.isEnabled()
        go_on.set()
        until(page.try_button.isEnabled, "for the exchange to end")
        assert page.trying.text() == ""


@pytest.mark.parametrize("language", ["bg", "en"])
def test_every_control_has_a_name(town: Town, named: Callable[[QWidget], list[str]], language: Language) -> None:
    town.village.register()
    with on_the_road(town, language) as (window, _page):
        settle()
        assert named(window) == []
