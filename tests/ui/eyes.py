"""What a person must find on every screen (проверка на екран): names, labels, order of Tab, room for the words."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QWidget

from app.ui.look.theme import look, theme
from app.ui.look.tokens import Measure
from app.ui.widgets.frame import Frame
from tests.ui import reach
from tests.ui.hands import press, settle
from tests.ui.walk import Seen

SCALES = (1.0, 1.5)
WIDTH, HEIGHT = 1366, 768
LEAST_TARGET = 24
REST = 0.5
TAKES_TAB = {"form-offers"}
"""Where Tab takes what is offered: the order is looked at on the scenes beside it."""


class Eyes:
    """Looks at screens and remembers what is wrong, by what it is."""

    def __init__(self, scales: Iterable[float] = SCALES, *, tabs: bool = True) -> None:
        self._scales = tuple(scales)
        self._tabs = tabs
        self.wrong: dict[str, list[str]] = defaultdict(list)
        self.screens = self.controls = self.sizes = 0

    def look(self, seen: Seen) -> None:
        """Look at one screen; it is left as it was."""
        window, top = seen.window, on_top(seen.window)
        self.screens += 1
        self.controls += len(reach.stops(top))
        self._note(seen, "name or role", [*reach.nameless(top), *unnamed(top)])
        self._note(seen, "label", reach.unlabelled(top))
        self._note(seen, "mnemonic", reach.twice(top))
        self._note(seen, "target", reach.small(top, LEAST_TARGET))
        self._note(seen, "outside", outside(window))
        if self._tabs and seen.name not in TAKES_TAB:
            self._note(seen, "tab", tab_order(window, top))
        for scale in self._scales:
            self._resize(window, scale)
            self.sizes += 1
            self._note(seen, f"cut at {scale:.0%}", unreadable(window))
        self._resize(window, 1.0)

    def _note(self, seen: Seen, what: str, found: Iterable[str]) -> None:
        self.wrong[what] += [f"{seen.name}: {one}" for one in found]

    @staticmethod
    def _resize(window: QWidget, scale: float) -> None:
        theme().set_scale(scale)
        window.resize(WIDTH, HEIGHT)
        settle(0.06)

    def found(self, *whats: str) -> list[str]:
        """Return what is wrong of some kinds, of all where none is named."""
        return [one for what, many in self.wrong.items() if not whats or what.startswith(whats) for one in many]


def on_top(window: Frame) -> QWidget:
    """Return what takes the keys: the sheet that lies there, else the window."""
    return window.cover.sheet or window


def unnamed(window: QWidget) -> list[str]:
    """Return what a screen reader reaches by its own tree, that takes the keyboard, and that has no name or no role."""
    root = QAccessible.queryAccessibleInterface(window)
    return [_told(one) for one in _below(root) if _is_control(one) and not _is_told(one)]


def _below(interface: QAccessibleInterface) -> Iterable[QAccessibleInterface]:
    for at in range(interface.childCount()):
        child = interface.child(at)
        if child.isValid() and not child.state().invisible:
            yield child
            if not isinstance(child.object(), QAbstractItemView):  # its rows are read through the model's own texts
                yield from _below(child)


def _is_control(interface: QAccessibleInterface) -> bool:
    widget = interface.object()
    return isinstance(widget, QWidget) and widget.isVisible() and bool(interface.state().focusable)


def _is_told(interface: QAccessibleInterface) -> bool:
    roles = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane}
    return bool(interface.text(QAccessible.Text.Name)) and interface.role() not in roles


def _told(interface: QAccessibleInterface) -> str:
    return f"{type(interface.object()).__name__} {interface.role().name}"


def tab_order(window: QWidget, top: QWidget) -> list[str]:
    """Return what Tab misses, visits twice, or visits against the order of the eye."""
    stops = reach.stops(top)
    if window.focusWidget() not in stops:
        press(window, "Tab")  # a sheet that only says something has the keyboard itself, until Tab is pressed
    seen = reach.tab_round(window)
    missed = [f"misses {_called(one)}" for one in stops if one not in seen]
    twice = [f"twice {_called(one)}" for one in set(seen) if seen.count(one) > 1]
    placed = [one for one in seen if one in stops and one.isVisible()]
    first = placed.index(min(placed, key=_first)) if placed else 0
    order = placed[first:] + placed[:first]
    back = [f"{_called(a)} goes back to {_called(b)}" for a, b in pairwise(order) if _back(a, b)]
    return missed + twice + back


def _first(one: QWidget) -> tuple[int, int, int]:
    """Order as the eye begins: the rail at the left edge, then from the top."""
    place = _place(one)
    return (0 if place.x() < look().px(Measure.RAIL) // 2 else 1, place.y() + one.height() // 2, place.x())


def _back(one: QWidget, other: QWidget) -> bool:
    """Return whether ``other`` stands above ``one`` in the same column, or left of it in the same line."""
    if one.visibleRegion().isEmpty() or other.visibleRegion().isEmpty():
        return False  # scrolled away: it comes into sight when the keyboard does
    a, b = _place(one), _place(other)
    above = b.y() + other.height() <= a.y() and b.x() < a.x() + one.width()
    same_line = b.y() < a.y() + one.height() and a.y() < b.y() + other.height()
    return above or (same_line and b.x() + other.width() <= a.x())


def _place(one: QWidget) -> QPoint:
    return one.mapTo(one.window(), QPoint(0, 0))


def _called(one: QWidget) -> str:
    return one.accessibleName() or type(one).__name__


def unreadable(window: QWidget) -> list[str]:
    """Return what is cut or would be scrolled sideways, once the window has come to rest."""
    if reach.cut(window) or sideways(window):
        settle(REST)  # what lies under a sheet is laid out last
    return [*reach.cut(window), *sideways(window)]


def sideways(window: QWidget) -> list[str]:
    """Return what would have to be scrolled sideways, and a window wider than its screen."""
    areas = [one for one in window.findChildren(QAbstractScrollArea) if one.isVisible()]
    found = [
        f"{_called(one)} scrolls sideways"
        for one in areas
        if one.horizontalScrollBar().maximum() > 0 and one.horizontalScrollBar().isVisible()
    ]
    return found + ([f"{window.width()} px wide"] if window.width() > WIDTH else [])


def outside(window: QWidget) -> list[str]:
    """Return widgets that belong to no window: Qt walks all widgets at a change of theme, and one may die meanwhile."""
    alone = [one for one in QApplication.topLevelWidgets() if one.parent() is None and one is not window]
    return [f"{type(one).__name__} {_called(one)}" for one in alone]
