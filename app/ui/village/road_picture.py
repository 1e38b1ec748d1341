"""The picture of the road (пътят): this computer, the relay, the town, what lies where, and how the line stands."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.ui.look.icons import paint_icon
from app.ui.look.theme import MEDIUM, look, theme
from app.ui.look.tokens import Points
from app.ui.widgets.text import Role, Text

_DISC, _ICON, _GAP, _HEIGHT = 56, 24, 8, 82
_SIDES = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)
_ICONS = ("house", "box", "monitor")


class LineState(StrEnum):
    """How the line to the relay stood when it was last tried."""

    UNTRIED = "untried"
    RUNNING = "running"
    FINE = "fine"
    BROKEN = "broken"


@dataclass(frozen=True)
class Node:
    """A place on the road: its name, what lies there and when that was seen, and whether something waits there."""

    name: str
    note: str
    waits: bool = False


@dataclass(frozen=True)
class Line:
    """The line to the relay: its state and its words."""

    state: LineState
    words: str


class _Drawing(QWidget):
    """The three discs and the lines between them; it says nothing that the words under it do not say."""

    def __init__(self) -> None:
        super().__init__()
        self.waits = (False, False, False)
        self.line = Line(LineState.UNTRIED, "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.setFixedHeight(look().px(_HEIGHT))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint lines first, then the discs over their ends."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            discs = self._discs()
            self._paint_line(painter, discs[0], discs[1])
            self._stroke(painter, discs[1].right(), discs[2].left(), "strong_hairline")
            for disc, icon, waits in zip(discs, _ICONS, self.waits, strict=True):
                self._paint_disc(painter, disc, icon, waits=waits)

    def _discs(self) -> list[QRectF]:
        side = look().px(_DISC)
        places = (1.0, (self.width() - side) / 2, self.width() - side - 1.0)
        return [QRectF(left, 1, side, side) for left in places]

    def _paint_disc(self, painter: QPainter, disc: QRectF, icon: str, *, waits: bool) -> None:
        now = look()
        painter.setPen(QPen(now.colour("sign_amber" if waits else "field_border"), 1.5))
        painter.setBrush(now.colour("tint_amber" if waits else "panel"))
        painter.drawEllipse(disc)
        size = now.px(_ICON)
        area = QRectF(disc.center().x() - size / 2, disc.center().y() - size / 2, size, size)
        paint_icon(painter, icon, area, now.colour("amber" if waits else "text2"))

    def _paint_line(self, painter: QPainter, start: QRectF, end: QRectF) -> None:
        now = look()
        broken = self.line.state is LineState.BROKEN
        colour = {LineState.BROKEN: "sign_amber", LineState.RUNNING: "accent"}.get(self.line.state, "strong_hairline")
        icon = {LineState.BROKEN: "road_off", LineState.RUNNING: "refresh"}.get(self.line.state, "")
        middle, half = (start.right() + end.left()) / 2, now.px(22) if icon else 0
        dashed = broken or self.line.state is LineState.UNTRIED
        if icon:
            self._stroke(painter, start.right(), middle - half + now.px(_GAP), colour, dashed=dashed)
            self._stroke(painter, middle + half - now.px(_GAP), end.left(), colour, dashed=dashed)
            size = now.px(_ICON)
            area = QRectF(middle - size / 2, start.center().y() - size / 2, size, size)
            paint_icon(painter, icon, area, now.colour("amber" if broken else "accent"))
        else:
            self._stroke(painter, start.right(), end.left(), colour, dashed=dashed)
        self._write(painter, middle, start, end, "amber" if broken else "text2")

    def _stroke(self, painter: QPainter, start: float, end: float, colour: str, *, dashed: bool = False) -> None:
        now = look()
        pen = QPen(now.colour(colour), max(2.0, now.px(2)))
        if dashed:
            pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        height = 1 + now.px(_DISC) / 2
        painter.drawLine(QPointF(start + now.px(_GAP), height), QPointF(end - now.px(_GAP), height))

    def _write(self, painter: QPainter, middle: float, start: QRectF, end: QRectF, colour: str) -> None:
        """Write the line's words under it, between the discs; small letters, for they are only a caption."""
        now = look()
        font = now.font(Points.HELP, MEDIUM)
        painter.setFont(font)
        painter.setPen(now.colour(colour))
        room = end.left() - start.right() - now.px(4)
        wide = min(room, QFontMetricsF(font).horizontalAdvance(self.line.words) + 4)
        area = QRectF(middle - wide / 2, start.center().y() + now.px(14), wide, now.px(44))
        painter.drawText(area, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self.line.words)


class RoadPicture(QWidget):
    """The drawing with the words of its three places under it."""

    def __init__(self) -> None:
        super().__init__()
        self._drawing = _Drawing()
        self.names = [Text("", Role.STRONG) for _ in _SIDES]
        self.notes = [Text("", Role.HELP) for _ in _SIDES]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.addWidget(self._drawing, 0, 0, 1, 3)
        for column, side in enumerate(_SIDES):
            grid.setColumnStretch(column, 1)
            for row, text in ((1, self.names[column]), (2, self.notes[column])):
                text.setAlignment(side | Qt.AlignmentFlag.AlignTop)
                grid.addWidget(text, row, column)

    def show_road(self, nodes: tuple[Node, Node, Node], line: Line) -> None:
        """Show what lies where, and how the line stands."""
        for node, name, note in zip(nodes, self.names, self.notes, strict=True):
            name.setText(node.name)
            note.setText(node.note)
        self._drawing.waits = (nodes[0].waits, nodes[1].waits, nodes[2].waits)
        self._drawing.line = line
        self._drawing.update()
        places = "; ".join(f"{node.name}: {node.note}" for node in nodes)
        self.setAccessibleName(f"{line.words}. {places}")
