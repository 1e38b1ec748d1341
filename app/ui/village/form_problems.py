"""The summary of what stands in the way (Има проблем): at the top of the form, a link for each, the same words."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGroupBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.look.signs import Sign
from app.ui.look.theme import look, theme
from app.ui.look.tokens import Measure
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.marks import Banner
from app.ui.widgets.panel import empty

_FAR = 10_000
_WRAPPED = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap


class Link(Button):
    """The way to a field: words that go on in the next line where they do not fit."""

    def __init__(self, text: str, run: Callable[[], object]) -> None:
        super().__init__(text, Kind.QUIET, run=run)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._grow)

    def sizeHint(self) -> QSize:
        """Return the room of all words in one line; a part of a pixel less would break it."""
        return super().sizeHint() + QSize(2, 0)

    def minimumSizeHint(self) -> QSize:
        """Return the room of the longest word."""
        words = max(self._words().horizontalAdvance(word) for word in self._plain().split())
        return QSize(round(words) + 2 * look().px(self._pad) + 2, look().px(self._height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height of all lines at this width."""
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        area = QRectF(0, 0, self.width() - 2 * look().px(self._pad), _FAR)
        words = self._words().boundingRect(area, int(_WRAPPED), self._plain())
        self.setFixedHeight(max(look().px(self._height()), round(words.height()) + look().px(8)))

    def _words(self) -> QFontMetricsF:
        return self._metrics(self._text_points(), self._text_weight())

    def _paint_line(self, painter: QPainter) -> None:
        pad = look().px(self._pad)
        painter.setPen(self._ink())
        painter.setFont(look().font(self._text_points(), self._text_weight()))
        painter.drawText(QRectF(self.rect()).adjusted(pad, 0, -pad, 0), int(_WRAPPED), self._plain())


class ProblemSummary(QGroupBox):
    """Takes the keyboard when it appears; each link leads to its field. To a screen reader it is a group."""

    def __init__(self, title: str, mended: str) -> None:
        super().__init__()
        self._title, self._mended = title, mended
        self._banner = Banner()
        self._links = QVBoxLayout()
        self._links.setContentsMargins(36, 0, 0, 4)
        self._links.setSpacing(0)
        self.links: list[Link] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(4)
        column.addWidget(self._banner)
        column.addLayout(self._links)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self.hide()

    def show_problems(self, problems: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Show problems, each in words and with the way to its field; none: go away."""
        empty(self._links)
        self.links = [Link(text, go) for text, go in problems]
        before: QWidget = self
        for link in self.links:
            row = QHBoxLayout()  # not an alignment: Qt would then not ask how tall the words are in this width
            row.addWidget(link)
            row.addStretch(1)
            self._links.addLayout(row)
            QWidget.setTabOrder(before, link)
            before = link
        self._banner.say(Sign.WRONG, self._title, "", "red")
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(". ".join(text for text, _go in problems))
        self.setVisible(bool(problems))

    def leave_standing(self, standing: Collection[str]) -> None:
        """Take away the links of what was mended; nothing under them moves, for somebody is typing there."""
        for link in self.links:
            policy = link.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            link.setSizePolicy(policy)
            link.setVisible(link.text() in standing)
        if standing:
            self._banner.say(Sign.WRONG, self._title, "", "red")
        else:
            self._banner.say(Sign.DONE, self._mended, "", "green")
        self.setAccessibleName(self._title if standing else self._mended)
        self.setAccessibleDescription(". ".join(link.text() for link in self.links if link.text() in standing))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame what has the keyboard."""
        if not self.hasFocus():
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look().colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), Measure.RADIUS_BUTTON, 8)
