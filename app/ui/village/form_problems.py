"""The summary of what stands in the way (Има проблем): at the top of the form, a link for each, the same words."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGroupBox, QVBoxLayout, QWidget

from app.ui.look.signs import Sign
from app.ui.look.theme import look
from app.ui.look.tokens import Measure
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.marks import Banner
from app.ui.widgets.panel import empty


class ProblemSummary(QGroupBox):
    """Takes the keyboard when it appears; each link leads to its field. To a screen reader it is a group."""

    def __init__(self, title: str, mended: str) -> None:
        super().__init__()
        self._title, self._mended = title, mended
        self._banner = Banner()
        self._links = QVBoxLayout()
        self._links.setContentsMargins(36, 0, 0, 4)
        self._links.setSpacing(0)
        self.links: list[Button] = []
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
        self.links = [Button(text, Kind.QUIET, run=go) for text, go in problems]
        before: QWidget = self
        for link in self.links:
            self._links.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
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
