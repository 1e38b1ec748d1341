"""Type-ahead: any unambiguous form is taken; what fits nothing stays as typed."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.fields import Line
from app.ui.widgets.offers import Offer, fitting, offer
from app.ui.widgets.type_ahead import TypeAhead

VILLAGES = [
    offer("49686", "с. Микрево", "Струмяни"),
    offer("32665", "с. Илинденци", "Струмяни"),
    offer("00014", "с. Абланица", "Хаджидимово"),
    offer("00028", "с. Абланица", "Ловеч"),
    offer("02676", "гр. Банско", "Банско"),
]


def codes(offers: list[Offer]) -> list[str]:
    """Return the codes."""
    return [one.code for one in offers]


@pytest.mark.parametrize(
    "typed", ["микрево", "МИКР", "mikrevo", "с. Микрево", "  микрево ", "49686", "микрево струмяни"]
)
def test_a_village_is_found_in_every_unambiguous_form(typed: str) -> None:
    assert codes(fitting(VILLAGES, typed)) == ["49686"]


def test_two_villages_of_one_name_are_both_offered_and_told_apart_by_their_municipality() -> None:
    assert codes(fitting(VILLAGES, "абланица")) == ["00014", "00028"]
    assert codes(fitting(VILLAGES, "абланица лов")) == ["00028"]


def test_nothing_typed_offers_the_first_ones_and_strange_words_offer_nothing() -> None:
    assert codes(fitting(VILLAGES, " ", 2)) == ["49686", "32665"]
    assert fitting(VILLAGES, "лондон") == []


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[tuple[TypeAhead, Line]]:
    """A small window with a type-ahead and a field after it."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    line = TypeAhead(lambda typed: fitting(VILLAGES, typed))
    after = Line()
    column.addWidget(line)
    column.addWidget(after)
    qtbot.addWidget(holder)
    holder.resize(500, 400)
    holder.show()
    line.setFocus()
    yield line, after  # noqa: PT022 - the window lives as long as the fixture


def type_into(line: TypeAhead, text: str) -> None:
    """Type as the keyboard does."""
    line.setText(text)
    line.textEdited.emit(text)


def test_enter_takes_the_first_offer_and_goes_on(form: tuple[TypeAhead, Line]) -> None:
    line, after = form
    type_into(line, "илин")
    assert line.offering
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.offer is not None
    assert (line.offer.code, line.text()) == ("32665", "с. Илинденци")
    assert after.hasFocus()
    assert not line.offering


def test_the_arrows_walk_round_the_offers(form: tuple[TypeAhead, Line]) -> None:
    line, _after = form
    type_into(line, "абланица")
    QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.offer is not None
    assert line.offer.code == "00028"


def test_esc_puts_the_offers_away_and_keeps_the_text(form: tuple[TypeAhead, Line]) -> None:
    line, _after = form
    type_into(line, "абланица")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not line.offering
    assert (line.text(), line.offer) == ("абланица", None)


def test_leaving_takes_the_only_one_that_fits(form: tuple[TypeAhead, Line]) -> None:
    line, after = form
    type_into(line, "банско")
    line.hide_offers()
    after.setFocus()
    assert line.offer is not None
    assert line.offer.code == "02676"


@pytest.mark.parametrize("typed", ["Орех", "oreh", "\u004f\u0050\u0045\u0058", "О\u0050Е\u0058"])
def test_leaving_takes_the_one_that_is_meant_wholly_by_whichever_keyboard(qtbot: QtBot, typed: str) -> None:
    trees = [offer("1", "Орехово"), offer("2", "Орех"), offer("3", "Орешак")]
    line = TypeAhead(lambda asked: fitting(trees, asked))
    qtbot.addWidget(line)
    type_into(line, typed)
    line.hide_offers()
    line.settle()
    assert line.offer == trees[1]


def test_typing_on_lets_go_of_what_was_taken(form: tuple[TypeAhead, Line]) -> None:
    line, _after = form
    line.take(VILLAGES[0])
    heard: list[object] = []
    line.taken.connect(heard.append)
    type_into(line, "с. Микревоо")
    assert line.offer is None
    assert heard == [None]
