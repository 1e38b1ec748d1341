"""Keys (клавиши): what a page can do by keyboard, declared once, for the shortcut and for the help sheet alike."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.ui.widgets.button import key_text
from resources.speech import Speech


class Key(NamedTuple):
    """A key, what it does in words, and the act. An act of None is the widget's own (arrows in a list): only listed.

    ``called``: what the help sheet calls it, where the keyboard shows a sign and no word.
    """

    sequence: str
    words: str
    run: Callable[[], object] | None = None
    called: str = ""

    @property
    def printed(self) -> str:
        """Return the key as it stands on the keyboard."""
        return self.called or key_text(self.sequence)


def walking(speech: Speech) -> Key:
    """Return the arrows that walk a list, which the list itself hears."""
    return Key("Up", speech.say("frame.keys.walk"), called=speech.say("frame.keys.arrows"))


def bind(widget: QWidget, keys: Iterable[Key]) -> list[QAction]:
    """Make the shortcuts of a page; they work while the focus is inside it."""
    actions = []
    for key in keys:
        if key.run is None:
            continue
        action = QAction(key.words, widget)
        sequences = [QKeySequence(key.sequence)]
        if "Return" in key.sequence:
            sequences.append(QKeySequence(key.sequence.replace("Return", "Enter")))
        action.setShortcuts(sequences)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(_plain(key.run))
        widget.addAction(action)
        actions.append(action)
    return actions


def _plain(run: Callable[[], object]) -> Callable[..., None]:
    """Return the act without Qt's argument."""

    def act(*_checked: object) -> None:
        run()

    return act
