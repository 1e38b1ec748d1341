"""Type-ahead (подсказване): a line that offers what fits while one types, in the same window.

Any unambiguous form is taken on leaving the field: „микрево“, „МИКРЕВО“, „с. Микрево“ or a code. What fits
nothing stays as typed, for the caller to judge.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.domain.folding import means, readings
from app.ui.look.theme import look
from app.ui.look.tokens import Measure, Points
from app.ui.widgets.fields import Line
from app.ui.widgets.offers import MOST_OFFERS, Offer

Index = QModelIndex | QPersistentModelIndex
OFFER_WIDTH = 460
"""Pixels of the design that an offer with its note needs; a short line's offers reach past it."""
_OFFER = Qt.ItemDataRole.UserRole


class _Offers(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.offers: list[Offer] = []

    def put(self, offers: Sequence[Offer]) -> None:
        self.beginResetModel()
        self.offers = list(offers)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.offers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        one = self.offers[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{one.text}  {one.note}".strip()
        return one if role == _OFFER else None


class _OfferDelegate(QStyledItemDelegate):
    """Paints an offer: words, and the note at the right in grey."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, look().px(Measure.BUTTON))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        now = look()
        one: Offer = index.data(_OFFER)
        area: QRect = option.rect
        chosen = option.state & QStyle.StateFlag.State_Selected
        painter.fillRect(area, now.colour("selection" if chosen else "surface"))
        inner = area.adjusted(now.px(12), 0, -now.px(12), 0)
        note_font = now.font(Points.HELP)
        note = QFontMetricsF(note_font).elidedText(one.note, Qt.TextElideMode.ElideRight, inner.width() * 0.55)
        note_wide = QFontMetricsF(note_font).horizontalAdvance(note)
        painter.setFont(note_font)
        painter.setPen(now.colour("text2"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, note)
        font = now.font(Points.TEXT)
        room = inner.width() - note_wide - now.px(16)
        painter.setFont(font)
        painter.setPen(now.colour("accent" if chosen else "text"))
        text = QFontMetricsF(font).elidedText(one.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class TypeAhead(Line):
    """A line with offers. ``source`` answers at once; for answers that come later leave it and call ``put_offers``.

    ``free``: any text will do, and an offer is taken only where one walked to it. ``go_on`` is where Enter leads.
    """

    taken = Signal(object)
    """An offer was taken, or None: what is typed fits no offer any more."""
    asked = Signal(str)
    """Typed text, for a source that answers later."""

    def __init__(self, source: Callable[[str], Sequence[Offer]] | None = None, *, free: bool = False) -> None:
        super().__init__()
        self._source = source
        self._free = free
        self.go_on: Callable[[], object] = self.focusNextChild
        self._offer: Offer | None = None
        self._list: QListView | None = None
        self._model = _Offers(self)
        self.textEdited.connect(self._typed)

    @property
    def offer(self) -> Offer | None:
        """The offer taken, None while there is none."""
        return self._offer

    def take(self, one: Offer | None, text: str | None = None) -> None:
        """Take an offer (or a text that is none) as if it had been chosen."""
        self._offer = one
        self.setText(text if text is not None else (one.text if one else ""))
        self.setCursorPosition(0)
        self.hide_offers()
        self.taken.emit(one)

    def forget_offer(self) -> None:
        """Keep the text, as if it had been typed without taking an offer."""
        self._offer = None
        self.hide_offers()

    def put_offers(self, offers: Sequence[Offer]) -> None:
        """Show offers under the line, or none."""
        if not self.hasFocus() or not offers:
            self.hide_offers()
            return
        self._model.put(offers)
        view = self._view()
        view.setCurrentIndex(QModelIndex() if self._free else self._model.index(0))
        self._place(view, len(offers))
        view.show()
        view.raise_()

    def hide_offers(self) -> None:
        """Take the offers away."""
        if self._list is not None:
            self._list.hide()

    @property
    def offering(self) -> bool:
        """Whether offers are shown."""
        return self._list is not None and self._list.isVisible()

    def _typed(self, text: str) -> None:
        if self._offer is not None:
            self._offer = None
            self.taken.emit(None)
        if self._source is not None:
            self.put_offers(self._source(text) if text.strip() else [])
        self.asked.emit(text)

    def _view(self) -> QListView:
        if self._list is None:
            view = QListView(self.window())
            view.setObjectName("offers")
            view.setModel(self._model)
            self._model.setParent(view)
            view.setItemDelegate(_OfferDelegate(view))
            view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            view.setUniformItemSizes(True)
            view.setAccessibleName(self.accessibleName())
            view.clicked.connect(self._clicked)
            self._list = view
        return self._list

    def _clicked(self, index: QModelIndex) -> None:
        self.take(index.data(_OFFER))

    def _place(self, view: QListView, count: int) -> None:
        """Lay the offers under the line, or above it where there is no room."""
        window: QWidget = self.window()
        if view.parentWidget() is not window:
            view.setParent(window)
        height = min(count, MOST_OFFERS) * look().px(Measure.BUTTON) + 4
        below = self.mapTo(window, QPoint(0, self.height() + 2))
        top = below.y() if below.y() + height <= window.height() else below.y() - self.height() - height - 4
        wide = min(max(self.width(), look().px(OFFER_WIDTH)), window.width() - below.x() - 8)
        view.setGeometry(below.x(), top, wide, height)

    def event(self, event: QEvent) -> bool:
        """Keep Esc for the offers while they are shown, before it becomes a shortcut of the page."""
        override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if override and self.offering and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]  # a QKeyEvent
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the offers with the arrows, take one with Enter, put them away with Esc."""
        key = event.key()
        if key == Qt.Key.Key_Down and not self.offering and self._source is not None:
            self.put_offers(self._source(self.text()))
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self.offering:
            self._walk(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape and self.offering:
            self.hide_offers()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab} and self.offering:
            self.settle()
            self.go_on()
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        view = self._view()
        current = view.currentIndex().row() if view.currentIndex().isValid() else (-1 if step > 0 else 0)
        view.setCurrentIndex(self._model.index((current + step) % len(self._model.offers)))

    def settle(self) -> None:
        """Take the offer that is marked, or the only one that fits; a free text stays as typed."""
        if self._offer is not None:
            self.hide_offers()
            return
        marked = self._list.currentIndex().data(_OFFER) if self.offering and self._list is not None else None
        if marked is None and self._source is not None and self.text().strip():
            marked = self._only_one()
        if marked is not None:
            self.take(marked)
        self.hide_offers()

    def _only_one(self) -> Offer | None:
        found = list(self._source(self.text())) if self._source is not None else []
        typed, asked = self.text().strip(), readings(self.text())
        exact = [one for one in found if one.code == typed or means(asked, one.text)]
        if len(exact) == 1:
            return exact[0]
        return found[0] if len(found) == 1 and not self._free else None

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what is meant on leaving the field."""
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.settle()
        super().focusOutEvent(event)
