"""What a window shows (какво се вижда): every text that a person could read on it now, and nothing that is hidden."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from app.ui.widgets.button import Button

ROWS = 60


def texts(window: QWidget) -> list[str]:
    """Return the texts on a window, in the order of its widgets."""
    return [text for one in window.findChildren(QWidget) if one.isVisible() for text in _of(one) if text]


def _of(one: QWidget) -> Iterator[str]:
    if isinstance(one, QLabel):
        yield one.text().replace("&", "")
    elif isinstance(one, Button):
        yield " ".join(filter(None, (one.text().replace("&", ""), one.note, one.badge)))
    elif isinstance(one, QAbstractButton):
        yield one.text().replace("&", "")
    elif isinstance(one, QComboBox):
        yield one.currentText()
    elif isinstance(one, QLineEdit):
        yield one.displayText()
    elif isinstance(one, QPlainTextEdit):
        yield one.toPlainText()
    elif isinstance(one, QAbstractItemView) and one.model() is not None:
        model = one.model()
        for row in range(min(ROWS, model.rowCount())):
            yield str(model.index(row, 0).data(Qt.ItemDataRole.DisplayRole))
    else:
        painted = getattr(one, "text", "")  # the program's own widgets that paint their words
        yield painted if isinstance(painted, str) else ""


def page(window: QWidget) -> str:
    """Return the name of the page that is shown, and the sheet's title where one lies on it."""
    current = getattr(window, "current", None)
    return str(getattr(current, "name", ""))


def keyboard(window: QWidget) -> str:
    """Return the accessible name of what has the keyboard."""
    widget = window.focusWidget()
    return widget.accessibleName() if widget is not None else ""  # type: ignore[redundant-expr]  # it may be None
