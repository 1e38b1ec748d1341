"""Buttons (бутони): a verb, its key printed on it, and one filled button to a screen."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QRadioButton, QSizePolicy, QWidget

from app.ui.look.icons import paint_icon
from app.ui.look.signs import Sign, paint_sign
from app.ui.look.theme import BOLD, MEDIUM, NORMAL, look, theme
from app.ui.look.tokens import Measure, Points


class Kind(StrEnum):
    """How a button looks."""

    PRIMARY = "primary"
    PLAIN = "plain"
    QUIET = "quiet"
    CARD = "card"
    CARD_PRIMARY = "card_primary"
    CHIP = "chip"
    RAIL = "rail"


_PAD, _GAP, _ICON, _CARD, _NOTE_LINE = 14, 10, 18, 160, 19


_RAIL_LEAST = 38
"""Pixels of the design in height that icon and word of a place need at least."""
RAIL_LARGEST = 1.5
"""The rail grows no further than this: in very large text the room belongs to the page."""


def rail_px(length: int) -> int:
    """Return a length of the rail in pixels."""
    return round(length * min(look().scale, RAIL_LARGEST))


def key_text(sequence: str) -> str:
    """Return a key as it is printed: Qt's ``Return`` is ``Enter`` on the keyboard, ``Escape`` is ``Esc``."""
    return sequence.replace("Return", "Enter").replace("Escape", "Esc")


class Button(QPushButton):
    """A button that paints itself. ``key`` is printed on it; ``note`` is a second text: help, or a count."""

    def __init__(
        self,
        text: str,
        kind: Kind = Kind.PLAIN,
        *,
        key: str = "",
        icon: str = "",
        run: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(text)
        self.kind = kind
        self.key = key_text(key)
        self.icon_name = icon
        self.note = ""
        self.note_lines = 1
        """A card's note may take so many lines; with more than one its key stands beside the verb."""
        self.badge = ""
        self.sign: Sign | None = None
        self.setAccessibleName(text.replace("&", ""))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setSizePolicy(
            QSizePolicy.Policy.Preferred if kind in _STRETCHING else QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed
        )
        if kind is Kind.RAIL:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        if kind in {Kind.CHIP, Kind.RAIL}:
            self.setCheckable(True)
            self.setAutoExclusive(True)
        if run is not None:
            self.clicked.connect(_without_argument(run))
        theme().changed.connect(self.updateGeometry)

    def set_text(self, text: str, note: str = "") -> None:
        """Change the verb and the note."""
        self.setText(text)
        self.set_note(note)

    def set_note(self, note: str) -> None:
        """Change the second text; a screen reader hears both."""
        self.note = note
        self.setAccessibleName(" ".join(filter(None, (self.text().replace("&", ""), note))))
        self.updateGeometry()
        self.update()

    def set_badge(self, badge: str) -> None:
        """Show a small count at the corner, or nothing."""
        self.badge = badge
        self.setAccessibleDescription(badge)
        self.update()

    # --- measures ---

    def sizeHint(self) -> QSize:
        """Return the room that icon, texts and key need at this text size."""
        now = look()
        if self.kind is Kind.RAIL:
            return QSize(rail_px(Measure.RAIL - 8), rail_px(60))
        width: float = now.px(2 * self._pad) + self._text_width()
        if self.icon_name or self.sign:
            width += now.px(_ICON + self._gap)
        if self.kind in {Kind.CARD, Kind.CARD_PRIMARY}:
            width += self._key_room() if self.key and self.note_lines > 1 else 0
            return QSize(round(max(width, now.px(_CARD))), now.px(84 + (self.note_lines - 1) * _NOTE_LINE))
        if self.note:
            width += now.px(6) + self._metrics(Points.TEXT, BOLD).horizontalAdvance(self.note)
        if self.key:
            width += now.px(_GAP) + self._key_width()
        return QSize(round(width), now.px(self._height()))

    @property
    def _pad(self) -> int:
        return 11 if self.kind is Kind.CHIP else _PAD

    @property
    def _gap(self) -> int:
        return 6 if self.kind is Kind.CHIP else _GAP

    def minimumSizeHint(self) -> QSize:
        """Return the room without the key: no text on a button is ever cut, a key without room is left out."""
        whole = self.sizeHint()
        if self.kind is Kind.RAIL:
            return QSize(whole.width(), rail_px(_RAIL_LEAST))
        if not self.key or self.kind in {Kind.CARD, Kind.CARD_PRIMARY, Kind.RAIL}:
            return whole
        return QSize(round(whole.width() - self._key_room()), whole.height())

    def _key_room(self) -> float:
        return self._key_width() + look().px(_GAP)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button by Enter too, not by the space bar alone."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def _height(self) -> int:
        if self.kind is Kind.PRIMARY:
            return Measure.PRIMARY
        return 32 if self.kind in {Kind.CHIP, Kind.QUIET} else Measure.BUTTON

    def _metrics(self, points: float, weight: QFont.Weight) -> QFontMetricsF:
        return look().metrics(points, weight)

    def _text_points(self) -> float:
        return Points.SECTION if self.kind in {Kind.CARD, Kind.CARD_PRIMARY} else Points.TEXT

    def _text_weight(self) -> QFont.Weight:
        return MEDIUM if self.kind is Kind.CHIP and not self.isChecked() else BOLD

    def _text_width(self) -> float:
        return self._metrics(self._text_points(), BOLD).horizontalAdvance(self._plain())

    def _plain(self) -> str:
        return self.text().replace("&", "")

    def _key_width(self) -> float:
        return self._metrics(Points.HELP, MEDIUM).horizontalAdvance(self.key) + look().px(14)

    # --- painting ---

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the button in its state."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        if self.kind is Kind.RAIL:
            self._paint_rail(painter)
        elif self.kind in {Kind.CARD, Kind.CARD_PRIMARY}:
            self._paint_card(painter)
        else:
            self._paint_line(painter)
        painter.end()

    @property
    def _filled(self) -> bool:
        return self.kind in {Kind.PRIMARY, Kind.CARD_PRIMARY} and self.isEnabled()

    def _ink(self) -> QColor:
        now = look()
        if not self.isEnabled():
            return now.colour("text3")
        if self._filled:
            return now.colour("on_accent")
        accent = self.kind is Kind.QUIET or (self.kind in {Kind.CHIP, Kind.RAIL} and self.isChecked())
        return now.colour("accent" if accent else "text2" if self.kind is Kind.RAIL else "text")

    def _paint_ground(self, painter: QPainter) -> None:
        now = look()
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        radius = area.height() / 2 if self.kind is Kind.CHIP else now.px(Measure.RADIUS_BUTTON)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ground())
        border = self._border()
        if border is not None:
            painter.setPen(QPen(border, 1.5 if self.isChecked() else 1))
        painter.drawRoundedRect(area, radius, radius)
        if self.hasFocus():
            self._paint_focus(painter, area, radius)

    def _paint_focus(self, painter: QPainter, area: QRectF, radius: float) -> None:
        """Frame the button that has the keyboard: two pixels of ink; one that has a frame already gets two."""
        now = look()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(now.colour("accent"), 2))
        painter.drawRoundedRect(area, radius, radius)
        if self._filled:
            painter.setPen(QPen(now.colour("on_accent"), 2))
            painter.drawRoundedRect(area.adjusted(3, 3, -3, -3), radius - 2, radius - 2)
        elif self._border() == now.colour("accent"):
            painter.drawRoundedRect(area.adjusted(4, 4, -4, -4), radius - 4, radius - 4)

    def _ground(self) -> QColor:
        now = look()
        if self._filled:
            colour = QColor(now.colour("accent"))
            return colour.lighter(112) if self.underMouse() or self.isDown() else colour
        if self.kind in {Kind.CHIP, Kind.RAIL} and self.isChecked():
            return now.colour("selection")
        if self.underMouse() and self.isEnabled():
            return now.colour("hover")
        return QColor(Qt.GlobalColor.transparent) if self.kind in {Kind.QUIET, Kind.RAIL} else now.colour("surface")

    def _border(self) -> QColor | None:
        now = look()
        if self._filled or self.kind in {Kind.QUIET, Kind.RAIL}:
            return None
        return now.colour("accent") if self.kind is Kind.CHIP and self.isChecked() else now.colour("strong_hairline")

    def _paint_line(self, painter: QPainter) -> None:
        """Paint sign or icon, text, note and key in one line, together in the middle."""
        now = look()
        with_key = bool(self.key) and self.width() >= self.sizeHint().width() - 2
        content = self.sizeHint().width() - now.px(2 * self._pad)
        content -= 0 if with_key or not self.key else round(self._key_room())
        left = max(now.px(self._pad), (self.width() - content) / 2)
        middle = self.height() / 2
        if self.sign or self.icon_name:
            left = self._paint_mark(painter, left, middle)
        painter.setPen(self._ink())
        painter.setFont(now.font(Points.TEXT, self._text_weight()))
        area = QRectF(left, 0, self._text_width() + 2, self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._plain())
        left = area.right() - 2
        if self.note:
            left += now.px(6)
            painter.setFont(now.font(Points.TEXT, BOLD))
            wide = self._metrics(Points.TEXT, BOLD).horizontalAdvance(self.note)
            painter.drawText(
                QRectF(left, 0, wide + 2, self.height()),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                self.note,
            )
            left += wide
        if with_key:
            self._paint_key(painter, left + now.px(_GAP), middle)

    def _paint_mark(self, painter: QPainter, left: float, middle: float) -> float:
        now = look()
        size = now.px(_ICON)
        area = QRectF(left, middle - size / 2, size, size)
        if self.sign is not None:
            paint_sign(painter, self.sign, area.adjusted(1, 1, -1, -1), now.tokens)
        else:
            paint_icon(painter, self.icon_name, area, self._ink())
        return area.right() + now.px(self._gap)

    def _paint_key(self, painter: QPainter, left: float, middle: float) -> None:
        now = look()
        height = now.px(24)
        area = QRectF(left, middle - height / 2, self._key_width(), height)
        ink = self._ink() if self._filled else now.colour("text2")
        painter.setPen(QPen(ink if self._filled else now.colour("field_border"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush if self._filled else now.colour("panel"))
        painter.drawRoundedRect(area, now.px(4), now.px(4))
        painter.setPen(ink)
        painter.setFont(now.font(Points.HELP, MEDIUM))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.key)

    def _paint_card(self, painter: QPainter) -> None:
        now = look()
        left = float(now.px(20))
        if self.icon_name:
            self._paint_mark(painter, left, now.px(28))
            left += now.px(_ICON + 14)
        painter.setPen(self._ink())
        painter.setFont(now.font(Points.SECTION, BOLD))
        wide = self.width() - left - now.px(12)
        painter.drawText(QRectF(left, now.px(12), wide, now.px(32)), Qt.AlignmentFlag.AlignVCenter, self._plain())
        self._paint_card_note(painter, left)
        if self.key:
            middle = now.px(28) if self.note_lines > 1 else self.height() - now.px(26)
            self._paint_key(painter, self.width() - self._key_width() - now.px(14), middle)

    def _paint_card_note(self, painter: QPainter, left: float) -> None:
        """Paint the note: one line beside the key, or several under the verb."""
        now = look()
        painter.setFont(now.font(Points.HELP, NORMAL))
        if not self._filled:
            painter.setPen(now.colour("text2"))
        if self.note_lines > 1:
            left = now.px(20)
            area = QRectF(left, now.px(46), self.width() - left - now.px(14), now.px(self.note_lines * _NOTE_LINE + 4))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap), self.note)
            return
        room = self.width() - left - now.px(14) - (self._key_room() if self.key else 0)
        note = QFontMetricsF(painter.font()).elidedText(self.note, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, now.px(44), room + 2, now.px(24)), Qt.AlignmentFlag.AlignVCenter, note)

    def _paint_rail(self, painter: QPainter) -> None:
        now = look()
        # On a low screen the places stand closer, with smaller icons: their words stay as large as they are.
        words = rail_px(22)
        size = min(rail_px(22), self.height() - words - rail_px(4))
        top = (self.height() - size - words - rail_px(4)) / 2
        icon = QRectF((self.width() - size) / 2, top, size, size)
        paint_icon(painter, self.icon_name, icon, self._ink())
        painter.setPen(self._ink())
        points = Points.HELP * min(now.scale, RAIL_LARGEST) / now.scale
        painter.setFont(now.font(points, BOLD if self.isChecked() else MEDIUM))
        area = QRectF(0, top + size + rail_px(4), self.width(), words)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._plain())
        if self.badge:
            centre = QPointF(icon.right() + now.px(2), max(icon.top() + now.px(2), now.px(9)))
            self._paint_badge(painter, centre)

    def _paint_badge(self, painter: QPainter, centre: QPointF) -> None:
        now = look()
        font = now.font(Points.HELP, BOLD)
        wide = max(now.px(20), QFontMetricsF(font).horizontalAdvance(self.badge) + now.px(10))
        area = QRectF(centre.x() - now.px(6), centre.y() - now.px(8), wide, now.px(19))
        painter.setPen(QPen(now.colour("sign_amber"), 1))
        painter.setBrush(now.colour("tint_amber"))
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        painter.setPen(now.colour("amber"))
        painter.setFont(font)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.badge)


_STRETCHING = {Kind.PRIMARY, Kind.CARD, Kind.CARD_PRIMARY, Kind.RAIL}


def _without_argument(run: Callable[[], object]) -> Callable[..., None]:
    """Return the act without Qt's own argument."""

    def act(*_checked: object) -> None:
        run()

    return act


class Segment(QRadioButton):
    """One choice of a few that stand side by side (сегмент); the arrow keys walk between them."""

    def __init__(self, text: str, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.note = note
        self.first = self.last = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._named()
        theme().changed.connect(self.updateGeometry)

    def set_note(self, note: str) -> None:
        """Change the smaller text beside the choice."""
        self.note = note
        self._named()
        self.updateGeometry()
        self.update()

    def _named(self) -> None:
        self.setAccessibleName(" ".join(filter(None, (self.text().replace("&", ""), self.note))))

    def sizeHint(self) -> QSize:
        """Return the room for text and note."""
        now = look()
        wide = QFontMetricsF(now.font(Points.TEXT, BOLD)).horizontalAdvance(self.text().replace("&", ""))
        wide += QFontMetricsF(now.font(Points.HELP)).horizontalAdvance(self.note) + now.px(34)
        return QSize(round(wide), now.px(Measure.BUTTON))

    def minimumSizeHint(self) -> QSize:
        """Return the same: nothing is cut."""
        return self.sizeHint()

    def hitButton(self, point: object) -> bool:  # noqa: ARG002 - Qt's own signature
        """Take a press anywhere, not on the little circle alone."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the choice."""
        now = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        chosen = self.isChecked()
        painter.setBrush(now.colour("selection" if chosen else "hover" if self.underMouse() else "surface"))
        painter.setPen(QPen(now.colour("accent" if chosen else "field_border"), 2 if chosen or self.hasFocus() else 1))
        if self.hasFocus():
            painter.setPen(QPen(now.colour("accent"), 2))
        painter.drawRoundedRect(area, now.px(4), now.px(4))
        if chosen and self.hasFocus():  # a chosen one has its frame without the keyboard too
            painter.drawRoundedRect(area.adjusted(4, 4, -4, -4), now.px(2), now.px(2))
        self._paint_words(painter, chosen=chosen)
        painter.end()

    def _paint_words(self, painter: QPainter, *, chosen: bool) -> None:
        now = look()
        text = self.text().replace("&", "")
        font = now.font(Points.TEXT, BOLD)
        wide = QFontMetricsF(font).horizontalAdvance(text)
        note_wide = QFontMetricsF(now.font(Points.HELP)).horizontalAdvance(self.note)
        gap = now.px(8) if self.note else 0
        left = (self.width() - wide - gap - note_wide) / 2
        painter.setPen(now.colour("accent" if chosen else "text"))
        painter.setFont(font)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(left, 0, wide + 2, self.height()), middle, text)
        painter.setPen(now.colour("text2"))
        painter.setFont(now.font(Points.HELP))
        painter.drawText(QRectF(left + wide + gap, 0, note_wide + 2, self.height()), middle, self.note)
