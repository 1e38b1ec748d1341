"""The list of a book: where the keyboard stops, what stays when it is filled anew, what gives way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.look.theme import theme
from app.ui.widgets import ledger_rows
from app.ui.widgets.ledger import Cell, Column, Head, Item, LedgerList, Row
from app.ui.widgets.ledger_rows import lines_of

COLUMNS = (
    Column("Кметство", 190),
    Column("Какво има", 150, below=True, wide=True),
    Column("Защо", 0, below=True),
    Column("Графика", 196, spare=True, wide=True),
    Column("Пари", 96, right=True),
)


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    """Put the look on, at 100 %: widths are those of the design."""
    theme().start(qapp, dark=False, scale=1.0)


def shown(qtbot: QtBot) -> LedgerList:
    """Show an empty list that is too low for its rows."""
    made = LedgerList("Кметства", COLUMNS)
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    return made


def row(key: int) -> Row:
    """Make a row."""
    return Row(key, tuple(Cell(str(key)) for _ in COLUMNS), str(key))


def press(listed: LedgerList, key: Qt.Key) -> None:
    """Press a key on the list."""
    QApplication.processEvents()
    QTest.keyClick(listed.view, key)


def test_columns_give_way_one_after_the_other_before_a_row_takes_two_lines() -> None:
    assert lines_of(COLUMNS, 900) == ((0, 1, 2, 3, 4),)
    assert lines_of(COLUMNS, 700) == ((0, 2, 4),)
    assert lines_of(COLUMNS, 509) == ((0, 3, 4), (1, 2))
    assert lines_of(COLUMNS, 480) == ((0, 4), (1, 2))
    assert lines_of((Column("Ред", 300), Column("Защо", 0)), 200) == ((0, 1),)


def test_the_headings_stay_over_two_lines_where_that_is_asked_for(qtbot: QtBot) -> None:
    heights = []
    for headed in (False, True):
        made = LedgerList("Кметства", COLUMNS, headed=headed)
        qtbot.addWidget(made)
        made.resize(500, 300)
        made.show()
        heights.append(made.header.height())
    assert heights == [1, 32]


def test_the_keyboard_passes_over_heads_but_stops_at_one_that_opens(qtbot: QtBot) -> None:
    made = shown(qtbot)
    opened: list[object] = []
    chosen: list[object] = []
    made.opened.connect(opened.append)
    made.put([Head("Искат човек"), row(1), row(2), Head("Чисти", key="clean")])
    made.chosen.connect(chosen.append)
    assert made.current() == 1
    press(made, Qt.Key.Key_Down)
    press(made, Qt.Key.Key_Down)
    assert made.current() == "clean"
    press(made, Qt.Key.Key_Return)
    press(made, Qt.Key.Key_Up)
    press(made, Qt.Key.Key_Up)
    assert (chosen, opened) == ([2, "clean", 2, 1], ["clean"])
    press(made, Qt.Key.Key_Up)
    assert made.current() == 1


def test_filled_anew_the_list_keeps_its_row_and_stays_where_it_was_scrolled(qtbot: QtBot) -> None:
    made = shown(qtbot)
    items: list[Item] = [row(key) for key in range(80)]
    made.put(items)
    made.choose(40)
    QApplication.processEvents()
    bar = made.view.verticalScrollBar()
    bar.setValue(bar.value() + 3)
    scrolled = bar.value()
    made.put([*items, row(80)], keep=made.current())
    QApplication.processEvents()
    assert (made.current(), bar.value()) == (40, scrolled)


def test_where_the_row_is_gone_the_first_one_is_chosen(qtbot: QtBot) -> None:
    made = shown(qtbot)
    made.put([row(1), row(2)])
    made.put([Head("Чакат"), row(3)], keep=2)
    assert made.current() == 3
    made.put([])
    assert made.current() is None


def test_a_note_gives_way_before_the_text_that_it_explains_is_cut() -> None:
    cell = Cell("09.11", note="11 days ago", bold=True)
    text, note = ledger_rows._text_and_note(cell, 400)
    assert (text.text, note.text) == ("09.11", "11 days ago")
    text, note = ledger_rows._text_and_note(cell, text.wide + 20)
    assert (text.text, note.text) == ("09.11", "")
