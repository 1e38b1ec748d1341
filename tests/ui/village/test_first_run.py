"""The first run by keys: from the town's file to the first number, left in the middle and gone on with."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget

from app.beginning_verbs import REPLY
from app.ledger import keyslots
from app.store import station as stations
from app.ui.village import drives as drives_module
from app.ui.village.drives import Drive
from app.ui.village.first_run import FirstRunPage
from app.ui.village.window import VillageWindow
from resources.speech import Language
from tests.town import Town, granted
from tests.ui.hands import press, settle, type_text, until
from tests.ui.shown import texts
from tests.ui.village.new_computer import CLERK, PASSWORD, NewComputer, started

FOR_ONE = "Илинденци, община Струмяни"


@pytest.fixture(autouse=True)
def no_sticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """No stick of this computer is touched."""
    monkeypatch.setattr(drives_module, "find_drives", list)


@pytest.fixture
def computer(town: Town, tmp_path: Path) -> NewComputer:
    """A computer that is to be enrolled."""
    return NewComputer(town, tmp_path)


def first_run(window: VillageWindow) -> FirstRunPage:
    """Return the page."""
    page = window.current
    assert isinstance(page, FirstRunPage)
    return page


def replace_text(window: VillageWindow, text: str) -> None:
    """Type over what stands in the line."""
    press(window, "Ctrl+A")
    type_text(window, text)


def to_recovery(window: VillageWindow, computer: NewComputer, whose: str) -> str:
    """Go through the first two steps; return the recovery code that is shown."""
    page = first_run(window)
    type_text(window, str(computer.file))
    press(window, "Return")
    until(lambda: page.place == 1, "for the clerk's step")
    assert whose in page.clerk.whom.title.text()
    for text in (CLERK, PASSWORD, PASSWORD):
        type_text(window, text)
        press(window, "Return")
    until(lambda: page.place == 2, "for the store to be made")
    shown = " ".join(one.text() for one in page.recovery.lines)
    return shown.replace(" ", "-")


def to_code(window: VillageWindow, computer: NewComputer, whose: str = FOR_ONE) -> str:
    """Go on to the last step; return the own code that is shown."""
    page = first_run(window)
    recovery_code = to_recovery(window, computer, whose)
    type_text(window, recovery_code[-5:])
    press(window, "Return")
    until(lambda: page.place == 3, "for the reply's step")
    assert page.reply.path.text() == str(computer.reply)
    press(window, "Return")
    until(lambda: page.place == 4, "for the code's step")
    return page.code.own.text()


def test_five_steps_lead_from_the_towns_file_to_the_first_number(computer: NewComputer) -> None:
    with started(computer) as window:
        assert len(first_run(window).steps) == 5
        shown = to_code(window, computer)
        assert computer.reply.exists()
        type_text(window, computer.admit(shown))
        press(window, "Return")
        until(lambda: window.current.name == "entries", "for the register")
        session = window.session
        assert session is not None
        assert session.place.clerk == CLERK
        assert session.place.mayoralty == "Илинденци"
        assert not (computer.store / REPLY).exists()
        press(window, "F2")
        until(lambda: window.current.name == "form", "for the form")


def test_a_computer_of_two_villages_names_both_and_begins_with_a_desk_for_each(town: Town, tmp_path: Path) -> None:
    computer = NewComputer(town, tmp_path, 18, granted("BLG49-17", "Цапарево", 19))
    with started(computer) as window:
        type_text(window, computer.admit(to_code(window, computer, "Илинденци, Цапарево, община Струмяни")))
        press(window, "Return")
        until(lambda: window.current.name == "entries", "for the register")
        for key, register in (("Ctrl+1", 18), ("Ctrl+2", 19)):
            press(window, key, "F2")
            until(lambda: window.current.name == "form", "for the form")
            number = f"{register}-000001"
            until(lambda: any(number in one for one in texts(window)), f"for {number}")  # noqa: B023 - asked here


def test_the_recovery_code_that_was_shown_opens_the_store(computer: NewComputer) -> None:
    with started(computer) as window:
        shown = to_recovery(window, computer, FOR_ONE)
    slot, key = stations.unlock(computer.store, shown, computer.world(), keyslots.RECOVERY)
    assert (slot, len(key)) == (keyslots.RECOVERY, keyslots.KEY_BYTES)


def test_left_before_the_code_it_goes_on_there_after_the_password(computer: NewComputer) -> None:
    with started(computer) as window:
        shown = to_code(window, computer)
    with started(computer) as window:
        assert window.current.name == "unlock"
        type_text(window, PASSWORD)
        press(window, "Return")
        until(lambda: isinstance(window.current, FirstRunPage) and first_run(window).code.own.text() == shown)
        computer.reply.unlink()
        press(window, "Tab")
        until(lambda: window.focusWidget() is not None)
        first_run(window).code.again.setFocus()
        press(window, "Space")
        replace_text(window, str(computer.reply))
        press(window, "Return")
        until(computer.reply.exists, "for the reply to be saved again")
        until(lambda: first_run(window).place == 4)
        type_text(window, computer.admit(shown))
        press(window, "Return")
        until(lambda: window.current.name == "entries", "for the register")


def test_a_wrong_code_admits_nobody_and_can_be_typed_again(computer: NewComputer) -> None:
    with started(computer) as window:
        shown = to_code(window, computer)
        page = first_run(window)
        type_text(window, "12345")
        press(window, "Return")
        assert "двайсетте цифри" in page.code.banner.title.text()
        replace_text(window, "1" * 20)
        press(window, "Return")
        until(lambda: "не съвпада" in page.code.banner.title.text(), "for the refusal")
        assert "code_mismatch" in page.code.banner.help.text()
        replace_text(window, computer.admit(shown))
        press(window, "Return")
        until(lambda: window.current.name == "entries", "for the register")


def test_what_is_missing_is_said_and_nothing_is_made(computer: NewComputer, tmp_path: Path) -> None:
    with started(computer) as window:
        page = first_run(window)
        press(window, "Return")
        assert page.file.banner.title.text() == "Изберете файла от общината."
        type_text(window, str(tmp_path / "няма.enrolment"))
        press(window, "Return")
        until(lambda: page.file.banner.title.text().startswith("Няма такъв файл"))
        other = tmp_path / "друг.enrolment"
        other.write_bytes(b"not an enrolment file")
        replace_text(window, str(other))
        press(window, "Return")
        until(lambda: page.file.banner.title.text().startswith("Това не е файл за въвеждане"))
        replace_text(window, str(computer.file))
        press(window, "Return")
        until(lambda: page.place == 1)
        press(window, "Return", "Return", "Return")
        assert page.clerk.banner.title.text() == "Въведете име и фамилия."
        type_text(window, CLERK)
        press(window, "Return")
        type_text(window, "кратка")
        assert page.clerk.strength.text() == "Поне 8 знака."
        press(window, "Return", "Return")
        assert page.clerk.banner.title.text() == "Поне 8 знака."
        replace_text(window, PASSWORD)
        assert page.clerk.strength.text() == "Силна."
        press(window, "Return")
        type_text(window, "друго")
        press(window, "Return")
        assert page.clerk.banner.title.text() == "Двете пароли са различни."
    assert not computer.store.exists()


def test_the_recovery_code_must_stand_on_paper(computer: NewComputer) -> None:
    with started(computer) as window:
        shown = to_recovery(window, computer, FOR_ONE)
        page = first_run(window)
        wrong = "00000" if shown[-5:] != "00000" else "11111"
        type_text(window, wrong)
        press(window, "Return")
        assert page.place == 2
        assert page.recovery.banner.title.text().startswith("Не са последните пет цифри")
        press(window, "Ctrl+P")
        until(lambda: "принтер" in page.recovery.banner.title.text(), "for the printer to be missed")


def test_the_towns_file_is_found_on_a_stick(computer: NewComputer, monkeypatch: pytest.MonkeyPatch) -> None:
    stick = Drive(computer.file.parent, "ОБЩИНА", 1)
    monkeypatch.setattr(drives_module, "find_drives", lambda: [stick])
    with started(computer) as window:
        page = first_run(window)
        until(lambda: page.file.path.text() == str(computer.file), "for the file")
        press(window, "Return")
        until(lambda: page.place == 1)
        press(window, "Escape")
        assert page.place == 0


def test_a_doubtful_clock_is_asked_about_and_the_station_begins(computer: NewComputer) -> None:
    with started(computer) as window:
        shown = to_code(window, computer)
        type_text(window, computer.admit(shown))
        computer.town.clock.moment = computer.town.clock.moment.replace(year=2020)
        press(window, "Return")
        until(lambda: window.cover.sheet, "for the question")
        type_text(window, "16.11.2026")
        press(window, "Return")
        until(lambda: window.current.name == "entries", "for the register")


@pytest.mark.parametrize("language", ["bg", "en"])
def test_every_control_of_every_step_has_a_name(
    computer: NewComputer, named: Callable[[QWidget], list[str]], language: Language
) -> None:
    with started(computer, language) as window:
        page = first_run(window)
        for place in range(len(page.steps)):
            page.back_to(place)
            settle()
            assert named(window) == []
            assert isinstance(window.focusWidget(), QLineEdit)
