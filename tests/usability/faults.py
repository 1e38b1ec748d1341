"""U15: faults that are provoked, and what the window then says on the screen. Key events only."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from unittest.mock import patch

from PySide6.QtWidgets import QLabel

from app.domain.errors import DiskFull
from app.domain.ports import HttpReply
from app.ui.village import drives as drives_module
from app.ui.village.drives import Drive
from app.ui.village.road import RoadPage
from app.ui.village.unlock import UnlockPage
from app.ui.village.window import VillageWindow
from tests.town import Town
from tests.ui.hands import press, quiet, type_text, until
from tests.ui.shown import keyboard
from tests.ui.village.form_hands import NEW, begin
from tests.ui.village.office import laid, open_window
from tests.usability.figures import Check, none

LONG = "дълго " * 80
CODE = re.compile(r"Код: ([a-z_]+)\.?")
LATIN = re.compile(r"[A-Za-z]{3,}")
SENTENCE = re.compile(r"[.!?](?:\s|$)")


def provoked(town: Town) -> list[Check]:
    """U15: each fault says what happened, what is safe and what to do; in Bulgarian, with its code.

    At most three sentences stand together; the page of the road has a place of its own for each of the three.
    """
    faults: tuple[tuple[str, Callable[[Town], list[str]]], ...] = (
        ("disk_full", _full_disk),
        ("wrong_password", _wrong_password),
        ("stick_gone", _pulled_stick),
        ("relay_failing", _relay_that_fails),
    )
    wrong = []
    for code, provoke in faults:
        told = provoke(town)
        words = [CODE.sub("", one) for one in told]
        counts = [len(SENTENCE.findall(one)) for one in words]
        whole = max(counts) <= 3 and sum(counts) >= 2 and not any(LATIN.search(one) for one in words)
        if not whole or CODE.findall(" ".join(told)) != [code]:
            wrong.append(f"{code}: {told}")
    return [none("U15", "provoked faults whose words on the screen are not whole", wrong, len(faults))]


def _full_disk(town: Town) -> list[str]:
    """Register on a disk without room."""
    ledger = town.village.store.ledger
    with open_window(town.village) as window:
        begin(window)
        press(window, "Return")
        type_text(window, NEW.name)
        while keyboard(window) != "Относно":
            press(window, "Tab")
        type_text(window, LONG)
        quiet(window)
        with ledger.writing() as writing:
            pages = writing.connection.exec_driver_sql("PRAGMA page_count").scalar()
            writing.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with suppress(DiskFull):
            while True:
                town.village.register(subject=LONG)
        press(window, "Ctrl+Return")
        check = laid(window)
        press(window, "Return")
        until(lambda: window.cover.sheet is not check, "for what went wrong")
        told = [_of_sheet(window)]
        with ledger.writing() as writing:
            writing.connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")
    return told


def _of_sheet(window: VillageWindow) -> str:
    """Return the words of the sheet that lies on the page, without its title and its buttons."""
    lines = [one.text() for one in laid(window).findChildren(QLabel) if one.isVisible() and one.text()]
    return " ".join(lines[1:])


def _wrong_password(town: Town) -> list[str]:
    """Lock, and type another password."""
    with open_window(town.village) as window:
        press(window, "Ctrl+L")
        type_text(window, "не е тази")
        press(window, "Return")
        door = window.current
        assert isinstance(door, UnlockPage)
        until(lambda: "Код" in door.banner.help.text(), "for the refusal")
        return [f"{door.banner.title.text()} {door.banner.help.text()}"]


def _on_the_road(window: VillageWindow) -> RoadPage:
    press(window, "Alt+3")
    page = window.current
    assert isinstance(page, RoadPage)
    until(page.lead.text, "for what waits to be read")
    return page


def _pulled_stick(town: Town) -> list[str]:
    """Write on a stick that is pulled out meanwhile."""
    town.village.register()
    stick = town.folder / "stick"
    stick.mkdir()
    plugged = [Drive(stick, "КМЕТСТВО", 6_100_000_000)]
    with patch.object(drives_module, "find_drives", lambda: plugged), open_window(town.village) as window:
        page = _on_the_road(window)
        until(lambda: page.stick.where() == stick, "for the stick")
        stick.rmdir()
        press(window, "F9")
        until(lambda: "Код" in page.stick.result.help.text(), "for what happened")
        return [f"{page.stick.result.title.text()} {page.stick.result.help.text()}"]


class _Failing:
    """A relay that answers everything with an error of its own."""

    @staticmethod
    def send(_method: str, _url: str, _headers: Mapping[str, str], _body: bytes) -> HttpReply:
        """Return 500."""
        return HttpReply(500, {}, b"")


def _relay_that_fails(town: Town) -> list[str]:
    """Send to a relay that answers 500."""
    town.village.register()
    with patch.object(town, "http", _Failing()), open_window(town.village) as window:
        page = _on_the_road(window)
        press(window, "F5")
        until(lambda: "Код" in page.why.words.text(), "for what is wrong")
        return [one.words.text() for one in (page.why, page.kept, page.advice)]
