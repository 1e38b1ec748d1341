"""The picture of a page (страница на приложение): fitted into its room, or as wide as it is and walked down."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from app.preview.frames import Picture
from app.ui.look.theme import look, theme
from app.ui.look.tokens import Points

_LEAST = 300
"""Pixels of the design: a page that is smaller cannot be told from another."""
_STEP = 0.12
"""By so much of its height an arrow moves a page."""


class PagePicture(QLabel):
    """Shows one page, or says why there is none.

    ``opened`` by Enter, ``left`` by Esc where it is large, ``resized`` where it has other room than before.
    """

    opened = Signal()
    left = Signal()
    resized = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.image: QImage | None = None
        self.large = False
        self._down = 0.0
        theme().changed.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """Return the least room in which a page can be told from another."""
        return QSize(look().px(_LEAST), look().px(_LEAST))

    def sizeHint(self) -> QSize:
        """Return the room that it likes."""
        return QSize(look().px(_LEAST + 120), look().px(_LEAST + 120))

    # --- what is shown ---

    def show_page(self, picture: Picture, spoken: str) -> None:
        """Show a page; a screen reader hears ``spoken``."""
        width, height, pixels = picture
        self.image = QImage(pixels, width, height, width * 3, QImage.Format.Format_RGB888).copy()
        self.setText("")
        self._down = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleDescription(spoken)
        self.update()

    def say(self, words: str) -> None:
        """Say something in the place of a page; Tab passes by it."""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.image, self._down = None, 0.0
        self.setText(words)
        self.setAccessibleDescription(words)
        self.update()

    def set_large(self, *, large: bool) -> None:
        """Show the page as wide as there is room, or whole."""
        self.large, self._down = large, 0.0
        self.update()

    @property
    def wanted(self) -> int:
        """How many pixels wide a page should be drawn for this room."""
        return round((self.width() - look().px(4)) * self.devicePixelRatioF())

    # --- walking down a large page ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell Enter and Esc; arrows walk a large page."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Escape and self.large:
            self.left.emit()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self.large:
            self._walk(_STEP * self.height() * (-1 if event.key() == Qt.Key.Key_Up else 1))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Walk a large page by the wheel."""
        if self.large:
            self._walk(-event.angleDelta().y() / 120 * _STEP * self.height())

    def _walk(self, by: float) -> None:
        spare = max(0, self._place().height() - self.height())
        self._down = min(float(spare), max(0.0, self._down + by))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that another size of picture would fit."""
        super().resizeEvent(event)
        self.resized.emit()

    # --- painting ---

    def _place(self) -> QRect:
        """Return where the page lies before it is walked down."""
        room = self.rect().adjusted(2, 2, -2, -2)
        if self.image is None or self.image.isNull():
            return room
        size = self.image.size()
        size.scale(room.width(), 1_000_000 if self.large else room.height(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(room.center())
        place.moveTop(max(room.top(), place.top()))
        return place

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the page on a quiet ground, or the words."""
        now = look()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), now.colour("window"))
            if self.image is not None:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                place = self._place().translated(0, -round(self._down))
                painter.drawImage(place, self.image)
                painter.setPen(QPen(now.colour("strong_hairline"), 1))
                painter.drawRect(place.adjusted(0, 0, -1, -1))
            else:
                painter.setPen(now.colour("text2"))
                painter.setFont(now.font(Points.TEXT))
                words = self.rect().adjusted(now.px(24), now.px(24), -now.px(24), -now.px(24))
                painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self.text())
            painter.setPen(QPen(now.colour("accent" if self.hasFocus() else "hairline"), 2 if self.hasFocus() else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
