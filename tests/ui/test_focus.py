"""Where the keyboard is can be seen (U5): a frame of two pixels, 3:1, in both themes, never scrolled out of sight."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.look.theme import theme
from app.ui.widgets.button import Button, Kind, Segment
from app.ui.widgets.fields import Field, Line, Tone
from app.ui.widgets.scroll import Scroll
from tests.town import Town
from tests.ui import focus
from tests.ui.central_desk.desk import signed_in
from tests.ui.hands import press, quiet, until
from tests.ui.village.form_hands import begin
from tests.ui.village.office import laid, open_window
from tests.usability.seeing import pages

DESK_PAGES = 6
BOTH = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])


Show = Callable[..., QWidget]


@pytest.fixture
def shown(qtbot: QtBot) -> Show:
    """Return a function that shows controls side by side, with the keyboard on the first."""
    kept: list[QWidget] = []

    def show(*controls: QWidget) -> QWidget:
        page = _side_by_side(controls)
        kept.append(page)
        qtbot.addWidget(page)
        page.show()
        page.activateWindow()
        until(page.isActiveWindow, "for the window to come to the front")
        controls[0].setFocus()
        return page

    return show


def _side_by_side(controls: Sequence[QWidget]) -> QWidget:
    page = QWidget()
    page.setObjectName("page")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    row = QHBoxLayout(page)
    for one in controls:
        row.addWidget(one)
    return page


def chosen(button: Button | Segment) -> Button | Segment:
    """Choose what can be chosen."""
    button.setCheckable(True)
    button.setChecked(True)
    return button


@BOTH
@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_button_shows_the_keyboard(shown: Show, kind: Kind, *, dark: bool) -> None:
    theme().set_dark(dark)
    plain, taken = Button("Запиши", kind, icon="save"), chosen(Button("Всички", kind, icon="save"))
    shown(plain, taken)
    assert focus.framed_sides(plain) >= focus.SIDES
    taken.setFocus()
    assert focus.framed_sides(taken) >= focus.SIDES


@BOTH
def test_a_choice_that_is_taken_shows_the_keyboard_besides(shown: Show, *, dark: bool) -> None:
    theme().set_dark(dark)
    one = chosen(Segment("На ръка"))
    shown(one)
    assert focus.framed_sides(one) == 4


@BOTH
@pytest.mark.parametrize("tone", [None, *Tone])
def test_a_field_with_a_finding_shows_the_keyboard_besides(shown: Show, tone: Tone | None, *, dark: bool) -> None:
    theme().set_dark(dark)
    field = Field("&Име", Line())
    shown(field)
    height = field.input.height()
    if tone is not None:
        field.set_note("Не минава проверката", tone=tone)
    field.input.setFocus()
    assert focus.framed_sides(field.input) == 4
    assert field.input.height() == height


def test_a_frame_that_is_too_thin_pale_or_always_there_is_told(shown: Show) -> None:
    for style in (
        "QPushButton { border: 2px solid #1D4A86 }",
        "QPushButton { border: 2px solid #FFFFFF } QPushButton:focus { border: 1px solid #1D4A86 }",
        "QPushButton { border: 2px solid #FFFFFF } QPushButton:focus { border: 2px solid #CDD2D6 }",
    ):
        button = QPushButton("Запиши")
        button.setStyleSheet(f"QPushButton {{ background: #FFFFFF; padding: 12px }} {style}")
        shown(button)
        assert focus.framed_sides(button) == 0, style


def test_what_has_the_keyboard_is_in_sight_however_it_came_there(shown: Show) -> None:
    scroll = Scroll()
    lines = [QLineEdit() for _ in range(30)]
    for one in lines:
        scroll.column.addWidget(one)
    before = Button("Преди")
    page = shown(before, scroll)
    page.resize(500, 300)
    press(page, "Shift+Tab")  # from outside, to the last one
    assert page.focusWidget() is lines[-1]
    assert lines[-1].visibleRegion().boundingRect() == lines[-1].rect()
    press(page, "Tab", "Tab")
    assert page.focusWidget() is lines[0]
    assert lines[0].visibleRegion().boundingRect() == lines[0].rect()


@BOTH
def test_the_keyboard_is_seen_on_every_page_of_the_village(town: Town, *, dark: bool) -> None:
    town.village.pay(town.village.register().entry)
    town.village.register()
    theme().set_dark(dark)
    theme().set_scale(1.5 if dark else 1.0)
    faint = {}
    with open_window(town.village) as window:
        for page in pages(town, window):
            quiet(window)
            faint[page] = focus.faint(window)
    assert len(faint) >= DESK_PAGES
    assert {page: found for page, found in faint.items() if found} == {}


def test_the_keyboard_is_seen_on_sheets_and_in_a_form_with_mistakes(town: Town) -> None:
    town.village.register()
    with open_window(town.village) as window:
        quiet(window)
        press(window, "Ctrl+Delete")
        laid(window)
        assert focus.faint(window) == []
        press(window, "Escape")
        begin(window)
        press(window, "Ctrl+Return")
        quiet(window)
        assert focus.faint(window) == []


@pytest.mark.allow_hosts(["127.0.0.1"])
@BOTH
def test_the_keyboard_is_seen_on_every_page_of_the_desk(town: Town, tmp_path: Path, *, dark: bool) -> None:
    town.village.pay(town.village.register().entry)
    town.village.exchange()
    town.centre_exchange()
    theme().set_dark(dark)
    theme().set_scale(1.5 if dark else 1.0)
    with signed_in(town, tmp_path) as window:
        for place in range(1, DESK_PAGES + 1):
            press(window, f"Alt+{place}")
            quiet(window)
            assert focus.faint(window) == [], window.current.name
