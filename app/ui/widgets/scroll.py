"""A part that scrolls up and down (превъртане) where the screen is too low for it; never sideways."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ui.look.theme import look

AROUND = 48
"""Pixels of the design that stay in sight above and below the field that has the keyboard."""


def keep_bar(area: QAbstractScrollArea) -> None:
    """Keep the room of the upright bar, so that nothing moves sideways; its handle shows only where there is a way."""
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    # The bar is asked for anew: PySide6 takes one that was kept for gone once a sheet was taken away.
    area.verticalScrollBar().rangeChanged.connect(lambda least, most: area.verticalScrollBar().setEnabled(most > least))
    area.verticalScrollBar().setEnabled(False)


class InSight(QObject):
    """Keeps in sight what has the keyboard inside a part that scrolls, however the keyboard came there.

    Qt's own way follows Tab only from one thing inside to the next, and is content with the cursor in sight.
    """

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        inside = self._area.widget()
        if now is not None and inside is not None and inside.isAncestorOf(now):
            top = now.mapTo(inside, QPoint(0, 0)).y()
            spare = (self._area.viewport().height() - now.height()) // 2  # more would push it out on the other side
            for edge in (top + now.height(), top):
                self._area.ensureVisible(0, edge, 0, max(0, min(look().px(AROUND), spare)))


class Scroll(QScrollArea):
    """Holds ``column``; the field that has the keyboard is always in sight."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = QWidget()
        self.column = QVBoxLayout(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._inside)
        InSight(self)


FOOT_LEAST = 150
"""Pixels in height that a foot keeps, on however low a screen."""


class FootScroll(Scroll):
    """The foot of a page: whole where there is room, else it scrolls, so that no window grows past its screen."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setMinimumHeight(FOOT_LEAST)

    def sizeHint(self) -> QSize:
        """Return the room for all that is inside."""
        return QSize(super().sizeHint().width(), max(FOOT_LEAST, self._inside.sizeHint().height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what is inside as it grows and shrinks."""
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
