"""Letter keys go by their place on the keyboard, and rest while one types; what was typed stays with its line."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.terms import DisputeReason
from app.ui.central_desk.decision import Decision
from app.ui.look.theme import theme
from resources.speech import speech

NONE = Qt.KeyboardModifier.NoModifier
X11_A, X11_R, X11_N, X11_I = 38, 27, 57, 31


@pytest.fixture
def decision(qtbot: QtBot, qapp: QApplication) -> Decision:
    """The part of the desk where one decides."""
    theme().start(qapp, dark=False, scale=1.0)
    made = Decision(speech("bg"))
    qtbot.addWidget(made)
    return made


def pressed(decision: Decision, event: QKeyEvent) -> list[str]:
    """Return what a key does."""
    done: list[str] = []
    for name, signal in (("a", decision.accepted), ("r", decision.disputed), ("n", decision.passed)):
        signal.connect(lambda name=name: done.append(name))
    decision.by_letter(event, None)
    return done


def key(text: str, *, place: int = 0, modifiers: Qt.KeyboardModifier = NONE, repeated: bool = False) -> QKeyEvent:
    """Return the event of a key that gives a text and lies at a place."""
    return QKeyEvent(QEvent.Type.KeyPress, 0, modifiers, place, 0, 0, text, repeated)


@pytest.mark.parametrize(
    ("text", "place", "does"),
    [
        ("a", X11_A, "a"),
        ("ь", X11_A, "a"),
        ("и", X11_R, "r"),
        ("х", X11_N, "n"),
        ("и", X11_I, ""),
        ("a", X11_I, ""),
    ],
)
def test_the_place_of_a_key_counts_not_its_letter(decision: Decision, text: str, place: int, does: str) -> None:
    assert pressed(decision, key(text, place=place)) == [does] * bool(does)


@pytest.mark.parametrize(("text", "does"), [("A", "a"), ("Р", "r"), ("н", "n"), ("x", ""), ("", "")])
def test_without_a_place_the_letters_of_all_layouts_count(decision: Decision, text: str, does: str) -> None:
    assert pressed(decision, key(text)) == [does] * bool(does)


def test_a_held_key_decides_once_and_with_control_it_is_another_key(decision: Decision) -> None:
    assert pressed(decision, key("a", repeated=True)) == []
    assert pressed(decision, key("a", modifiers=Qt.KeyboardModifier.ControlModifier)) == []
    assert pressed(decision, key("a", modifiers=Qt.KeyboardModifier.AltModifier)) == []
    assert pressed(decision, key("A", modifiers=Qt.KeyboardModifier.ShiftModifier)) == ["a"]


def test_letters_rest_while_a_text_has_the_keyboard(decision: Decision) -> None:
    assert not decision.by_letter(key("a"), decision.note)
    assert not decision.by_letter(key("a"), decision.reason)
    assert decision.by_letter(key("a"), decision.cards["accept"])


def test_what_is_typed_for_a_line_stays_until_it_is_decided(decision: Decision) -> None:
    decision.take("one", DisputeReason.FEE_MISSING)
    decision.note.setText("За първото")
    decision.take("two", None)
    assert decision.chosen() == (DisputeReason.OTHER, "")
    decision.reason.choose(DisputeReason.WRONG_BODY.value)
    decision.take("one", DisputeReason.FEE_MISSING)
    assert decision.chosen() == (DisputeReason.FEE_MISSING, "За първото")
    decision.forget()
    decision.take("two", None)
    assert decision.chosen() == (DisputeReason.WRONG_BODY, "")
    decision.take("one", DisputeReason.FEE_MISSING)
    assert decision.chosen() == (DisputeReason.FEE_MISSING, "")
