"""What a person can reach on a window (достъпност): stops of Tab, names, mnemonics, targets, and words that are cut."""

import re

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from app.ui.village.count_grid import CountGrid
from app.ui.widgets.button import Button, Segment
from app.ui.widgets.text import Elided
from tests.ui.hands import press

MOST_STOPS = 90
BREAKS = re.compile(r"\s+|(?<=-)(?=\D)")
"""Where Qt goes on in the next line: at spaces, and after a hyphen unless a figure follows (UAX 14)."""

SLACK = 2
"""Pixels by which a measured text may be wider than its place: rounding of the font's advances."""


def stops(window: QWidget) -> list[QWidget]:
    """Return the controls on show at which Tab should stop; of a group of choices that is the chosen one."""
    return [one for one in window.findChildren(QWidget) if _stops(one)]


def _stops(one: QWidget) -> bool:
    if not (one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled()):
        return False
    if one.focusProxy() is not None or one is one.window():
        return False
    if isinstance(one, QRadioButton) or (isinstance(one, QPushButton) and one.autoExclusive()):
        return one.isChecked()
    return True


def tab_round(window: QWidget) -> list[QWidget]:
    """Press Tab until the keyboard is back where it was; return every stop on the way, the first one once."""
    first = window.focusWidget()
    seen = [first]
    for _ in range(MOST_STOPS):
        press(window, "Tab")
        now = window.focusWidget()
        if now is first:
            break
        seen.append(now)
    return seen


def nameless(window: QWidget) -> list[str]:
    """Return the controls that a screen reader could not name, or whose role it could not tell."""
    wrong = []
    for one in stops(window):
        interface = QAccessible.queryAccessibleInterface(one)
        name = interface.text(QAccessible.Text.Name)
        if not name or interface.role() in {QAccessible.Role.NoRole, QAccessible.Role.Client}:
            wrong.append(f"{type(one).__name__} {one.objectName()} {name}")
    return wrong


def unlabelled(window: QWidget) -> list[str]:
    """Return the inputs on show without a label that leads to them.

    A line of search says in itself what it is; the cells of the count are named by note and coin, and have no keys.
    """
    buddies = {one.buddy() for one in window.findChildren(QLabel)}
    inputs = [
        one
        for kind in (QLineEdit, QPlainTextEdit, QComboBox)
        for one in window.findChildren(kind)
        if one.isVisible() and one.isEnabled() and not (isinstance(one, QLineEdit) and one.isReadOnly())
    ]
    return [one.accessibleName() for one in inputs if one not in buddies and not _says_itself(one)]


def _says_itself(one: QWidget) -> bool:
    searches = isinstance(one, QLineEdit) and bool(one.placeholderText()) and bool(one.accessibleName())
    return searches or isinstance(one.parentWidget(), CountGrid)


def twice(window: QWidget) -> list[str]:
    """Return the mnemonics that two labels on show share, and labels that have none."""
    labels = [one for one in window.findChildren(QLabel) if one.isVisible() and one.buddy() is not None]
    keys = [QKeySequence.mnemonic(one.text()).toString() for one in labels]
    doubled = [f"{key} {label.text()}" for key, label in zip(keys, labels, strict=True) if key and keys.count(key) > 1]
    return doubled + [label.text() for key, label in zip(keys, labels, strict=True) if not key]


def small(window: QWidget, least: int) -> list[str]:
    """Return the targets on show that are smaller than ``least`` pixels in one direction."""
    found = [one for one in stops(window) if min(one.width(), one.height()) < least]
    return [f"{one.accessibleName()} {one.width()}x{one.height()}" for one in found]


def cut(window: QWidget) -> list[str]:
    """Return the words on show that do not fit into their place."""
    on_show = [one for one in window.findChildren(QWidget) if one.isVisible()]
    return [f"{type(one).__name__}: {text}" for one in on_show for text in _cut(one)]


def aside(window: QWidget) -> list[str]:
    """Return words and controls on show that stand further right than the part that scrolls around them shows."""
    areas = [one for one in window.findChildren(QScrollArea) if one.isVisible()]
    inside = [(area, one) for area in areas for one in area.viewport().findChildren(QWidget)]
    return [_called(one) for area, one in inside if _stands_aside(area, one)]


def _stands_aside(area: QScrollArea, one: QWidget) -> bool:
    told = isinstance(one, QLabel) and bool(one.text())
    right = one.mapTo(area.viewport(), QPoint(one.width(), 0)).x()
    return (told or _stops(one)) and one.isVisible() and right > area.viewport().width() + SLACK


def _called(one: QWidget) -> str:
    return one.text() if isinstance(one, QLabel) else one.accessibleName()


def _cut(one: QWidget) -> list[str]:
    if isinstance(one, Elided):
        return []
    if isinstance(one, QLabel):
        return [one.text()] if one.text() and _label_is_cut(one) else []
    if isinstance(one, Button | Segment):
        least = one.minimumSizeHint()
        return [one.text()] if one.width() < least.width() - SLACK or one.height() < least.height() - SLACK else []
    return []


def _label_is_cut(label: QLabel) -> bool:
    text = label.text().replace("&", "")
    metrics = QFontMetricsF(label.font())
    room = label.contentsRect().width()
    if not label.wordWrap():
        return max(metrics.horizontalAdvance(line) for line in text.split("\n")) > room + SLACK
    words = BREAKS.split(text)
    longest = max((metrics.horizontalAdvance(word) for word in words), default=0.0)
    return longest > room + SLACK or label.heightForWidth(label.width()) > label.height() + SLACK
