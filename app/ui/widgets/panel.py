"""The right panel (подробности): facts in rows, a timeline, and the act that completes at the bottom."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.look.signs import Sign
from app.ui.look.theme import look, theme
from app.ui.look.tokens import STACKED_FROM, Measure
from app.ui.widgets.marks import Mark
from app.ui.widgets.scroll import InSight
from app.ui.widgets.text import Hairline, Role, Text


class Panel(QWidget):
    """The panel at the right: what is above scrolls, what completes an act stays at the bottom."""

    def __init__(self, width: int = Measure.VILLAGE_DETAILS) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._design_width = width
        inside = QWidget()
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(24, 20, 20, 12)
        self.body.setSpacing(8)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")
        self._scroll.setWidget(inside)
        InSight(self._scroll)
        self.foot = QVBoxLayout()
        self.foot.setContentsMargins(20, 8, 20, 16)
        self.foot.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addLayout(self.foot)
        theme().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        # The panel grows more slowly than the text, so that the list keeps its room on a small screen.
        self.setFixedWidth(round(self._design_width * (1 + (look().scale - 1) * 0.45)))

    def set_design_width(self, width: int) -> None:
        """Take another width of the design: a wide window has more room for details."""
        if width != self._design_width:
            self._design_width = width
            self._measure()

    def clear(self) -> None:
        """Take away all that is above the foot."""
        empty(self.body)


def empty(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)


class FactRow(NamedTuple):
    """A label, its value, a smaller line under it, the value's role, and what can be done with it."""

    label: str
    value: str
    note: str = ""
    role: Role = Role.TEXT
    act: QWidget | None = None


def fact_rows(rows: Sequence[FactRow]) -> QWidget:
    """Return rows of facts, labels at the left."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    beside = look().scale < STACKED_FROM
    grid.setColumnMinimumWidth(0, look().px(84) if beside else 0)
    grid.setColumnStretch(1, 1)
    for at, row in enumerate(rows):
        label = Text(row.label, Role.LABEL)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        label.setContentsMargins(0, 3, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(row.value, row.role))
        if row.act is not None:
            words.addWidget(row.act, 0, Qt.AlignmentFlag.AlignLeft)
        if row.note:
            words.addWidget(Text(row.note, Role.HELP))
        grid.addWidget(label, 2 * at, 0, 1, 1 if beside else 2)
        grid.addLayout(words, 2 * at if beside else 2 * at + 1, 1 if beside else 0, 1, 1 if beside else 2)
    return holder


class Step(NamedTuple):
    """One step of a timeline: its sign, what happened, when, who or why."""

    sign: Sign
    text: str
    when: str = ""
    note: str = ""


def timeline(steps: Sequence[Step]) -> QWidget:
    """Return a timeline (история), oldest first."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    for at, step in enumerate(steps):
        grid.addWidget(Mark(step.sign, 18), at, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        to_come = step.sign is Sign.OPEN
        words.addWidget(Text(step.text, Role.QUIET if to_come else Role.STRONG))
        if step.note:
            words.addWidget(Text(step.note, Role.HELP))
        grid.addLayout(words, at, 1)
        when = Text(step.when, Role.LABEL, wrap=False)
        if look().scale < STACKED_FROM:
            grid.addWidget(when, at, 2, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        else:
            words.addWidget(when)
    return holder


def line() -> Hairline:
    """Return a hairline between parts of a panel."""
    return Hairline()
