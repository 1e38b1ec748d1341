"""The scenes over ``tests.ui.stage`` (състояния): details of every state, sheets that need a reason, road, faults."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings

from app.domain.errors import DiskFull, RelayUnreachable
from app.ui.village import drives
from app.ui.village.attachments import AttachmentsSheet
from app.ui.village.drives import Drive
from app.ui.village.window import VillageWindow
from app.ui.work import AFTER_PAINT
from tests.town import PASSWORD, Town
from tests.ui import stage
from tests.ui.hands import press, quiet, settle, type_text, until
from tests.ui.shown import keyboard
from tests.unit.preview.samples import pdf

FREE = 6_100_000_000


def unlocked(window: VillageWindow, scenes: Callable[[VillageWindow], Iterator[str]]) -> Iterator[str]:
    """Unlock, then go through scenes."""
    type_text(window, PASSWORD)
    press(window, "Return")
    until(lambda: window.current.name == "entries", "for the register")
    quiet(window)
    yield from scenes(window)


def scenes(window: VillageWindow, town: Town, stick: Path) -> Iterator[str]:
    """Go through everything that the stage has."""
    yield from details(window, stick)
    yield from road(window, town, stick)
    yield from faults(window, town)


def go_to(window: VillageWindow, name: str) -> None:
    """Go on by Tab to what is called so."""
    for _ in range(60):
        if keyboard(window).startswith(name):
            return
        press(window, "Tab")
    raise AssertionError(name)


def attachments(window: VillageWindow, folder: Path) -> Iterator[str]:
    """Show the attachments of what is chosen: none, one that was scanned, its page alone."""
    scanned = folder / "scanner"
    scanned.mkdir()
    QSettings().setValue("scanner_folder", str(scanned))
    press(window, "Ctrl+B")
    until(lambda: window.cover.sheet, "for the attachments")
    quiet(window)
    yield "attachments-empty"
    sheet = window.cover.sheet
    assert isinstance(sheet, AttachmentsSheet)
    (scanned / "scan0001.pdf").write_bytes(pdf())
    until(sheet.scanner.take_button.isVisible, "for the scan to be offered")
    press(window, "F9")
    until(sheet.scanner.delete_button.isVisible, "for the question")
    until(lambda: sheet.picture.image is not None, "for the page")
    quiet(window)
    yield "attachments-scanned"
    press(window, "Return")
    quiet(window)
    press(window, "Return")
    quiet(window)
    yield "attachments-page"
    press(window, "Escape", "Escape")


def details(window: VillageWindow, stick: Path) -> Iterator[str]:
    """Show every state of an entry, and the acts on it."""
    for state in stage.STATES:
        stage.find(window, state)
        yield f"details-{state}"
    press(window, "Escape")
    stage.find(window, "disputed")
    press(window, "Ctrl+R")
    until(lambda: window.cover.sheet, "for the answer")
    quiet(window)
    yield "answer"
    press(window, "Escape", "Ctrl+Delete")
    until(lambda: window.cover.sheet, "for the annulment")
    quiet(window)
    yield "annul"
    press(window, "Escape", "Ctrl+T")
    until(lambda: window.cover.sheet, "for the term")
    quiet(window)
    yield "term"
    for state in ("sealed", "sent", "forwarded"):
        press(window, "Escape")
        stage.find(window, state)
        press(window, "Ctrl+D")
        until(lambda: window.cover.sheet, "for the case")
        quiet(window)
        yield f"case-{state}"
    press(window, "Shift+Tab", "Right", "Right")
    quiet(window)
    yield "case-note"
    press(window, "Escape")
    stage.find(window, "disputed")
    press(window, "F6")
    until(lambda: window.cover.sheet, "for the papers")
    settle(AFTER_PAINT / 1000)
    quiet(window)
    yield "papers"
    press(window, "Escape")
    yield from attachments(window, stick)
    press(window, "Ctrl+E")
    until(lambda: window.current.name == "correction", "for the correction")
    quiet(window)
    yield "correction"
    press(window, "Escape", "Alt+1", "Escape")
    go_to(window, window.speech.say("village.view.all"))
    press(window, "Right", "Right", "Right")
    quiet(window)
    yield "entries-late"
    press(window, "Escape")


def road(window: VillageWindow, town: Town, stick: Path) -> Iterator[str]:
    """Show the road without a line, with a stick, and when everything is acknowledged."""
    session = window.session
    assert session is not None
    office = session.office
    session.office = replace(office, exchange=_no_line)
    press(window, "Alt+3", "F5")
    quiet(window)
    yield "road-off-line"
    session.office = office
    finds = drives.find_drives
    drives.find_drives = lambda: [Drive(stick, "КМЕТСТВО", FREE)]
    try:
        press(window, "Alt+1", "Alt+3")
        quiet(window)
        yield "road-stick"
        press(window, "F9")
        quiet(window)
        yield "road-stick-written"
    finally:
        drives.find_drives = finds
    press(window, "F5")
    quiet(window)
    town.centre_exchange()
    press(window, "F5")
    quiet(window)
    yield "road-settled"


def _no_line(_store: object, _bookkeeping: bool) -> Any:  # noqa: ANN401, FBT001 - as ``Office`` has it
    raise RelayUnreachable(why="no line")


def faults(window: VillageWindow, town: Town) -> Iterator[str]:
    """Show the question about a clock that went back, and a problem."""
    press(window, "F2")
    quiet(window)
    type_text(window, stage.somebody(9).identifier)
    press(window, "Return")
    type_text(window, stage.somebody(9).name)
    go_to(window, window.speech.say("village.form.service").replace("&", ""))
    type_text(window, "2016")
    press(window, "Return")
    type_text(window, "за наследници")
    moment = town.clock.moment
    town.clock.moment = moment - stage.WEEKS
    press(window, "Ctrl+Return")
    quiet(window)
    press(window, "Return")
    quiet(window)
    yield "doubt"
    town.clock.moment = moment
    press(window, "Escape")
    window.fail(DiskFull())
    quiet(window)
    yield "problem"
    press(window, "Escape", "F8")
    quiet(window)
    press(window, "Tab", "Return")
    quiet(window)


def empty(window: VillageWindow) -> Iterator[str]:
    """Show a village's first day."""
    press(window, "Alt+1")
    quiet(window)
    yield "entries-empty"
    press(window, "Alt+2")
    quiet(window)
    yield "till-empty"
    press(window, "Alt+3")
    quiet(window)
    yield "road-empty"
