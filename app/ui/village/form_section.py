"""The form's frame (рамка на формуляра): sections that fold, rows of fields, and the margin in which findings stand.

Findings are laid over the margin and never move a field: one that is longer than its row pushes only the next finding.
In very large text there is no room for a margin: fields stand one under another, each with its finding under it.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.look.theme import look, theme
from app.ui.look.tokens import STACKED_FROM, Measure
from app.ui.village.form_draft import FormDraft
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Field, Note
from app.ui.widgets.marks import Mark
from app.ui.widgets.text import Hairline, Role, Text

INDENT = 28
_TITLE = 136
_SUMMARY_COLUMN = 3
_LINE, _COLUMN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
_HEAD = 36
_NOTE_SHARE, _NOTE_SHARE_LARGE, _LARGE = 0.31, 0.25, 1.3
"""What the margin takes of the width; less in large text, where the fields need more."""


def field_row(*fields: tuple[Field, int]) -> QHBoxLayout:
    """Return fields side by side, each with its share of the width."""
    row = QHBoxLayout()
    row.setSpacing(16)
    for field, share in fields:
        row.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
    return row


class _Header(QWidget):
    """The line of a section: a press anywhere opens or folds it."""

    def __init__(self, pressed: Callable[[], None]) -> None:
        super().__init__()
        self._pressed = pressed
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.setMinimumHeight(look().px(_HEAD))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open or fold."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed()


class Section(QWidget):
    """A part of the form. Folded it is one line: its title, what it holds, and the button that opens it.

    ``edited`` says that something in it changed. ``fields`` are in the order of the keyboard.
    """

    edited = Signal()

    def __init__(self, title: str, change: str, beside: QWidget | None = None) -> None:
        super().__init__()
        self.fields: list[Field] = []
        self._open = True
        self.header = _Header(self.toggle)
        self._arrow = Mark(icon="chevron_down", size=14)
        self.title = Text(title, Role.SECTION, wrap=False)
        self.summary = Text("", Role.QUIET)
        self.change = Button(change, Kind.QUIET, run=self.open_first)
        self.change.setAccessibleName(f"{change}: {title}")
        self._beside = beside
        self.rows = QVBoxLayout()
        self.rows.setSpacing(Measure.GAP)
        self._body = QWidget()
        self._body.setLayout(self.rows)
        self._rows: list[QHBoxLayout] = []
        self._lay_out()
        theme().changed.connect(self._stand)
        self._stand()
        self.set_open(on=True)

    def _lay_out(self) -> None:
        line = self._head = QGridLayout(self.header)
        line.setContentsMargins(4, 0, 0, 0)
        line.setHorizontalSpacing(10)
        line.setVerticalSpacing(0)
        line.setColumnStretch(_SUMMARY_COLUMN, 1)
        for at, one in enumerate((self._arrow, self.title, self._beside, self.summary, self.change)):
            if one is not None:
                line.addWidget(one, 0, at)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._body)
        column.addWidget(Hairline())

    def _stand(self) -> None:
        """Stand side by side, or one under another in very large text."""
        stacked = look().scale >= STACKED_FROM
        for row in self._rows:
            row.setDirection(_COLUMN if stacked else _LINE)
        self._head.removeWidget(self.summary)
        place = (1, 1, 1, _SUMMARY_COLUMN + 1) if stacked else (0, _SUMMARY_COLUMN, 1, 1)
        self._head.addWidget(self.summary, *place)
        self._keep_title()

    def _keep_title(self) -> None:
        """Let the folded lines begin under one another."""
        begins = not self._open and look().scale < STACKED_FROM
        self.title.setMinimumWidth(look().px(_TITLE) if begins else 0)

    def fill(self, draft: FormDraft) -> None:
        """Show what a draft says."""
        raise NotImplementedError

    def write(self, draft: FormDraft) -> None:
        """Write what is shown into a draft."""
        raise NotImplementedError

    def summarize(self, draft: FormDraft) -> None:
        """Say in one line what is folded."""
        raise NotImplementedError

    def add(self, *fields: tuple[Field, int]) -> None:
        """Add a row of fields."""
        self.fields += [field for field, _share in fields]
        row = field_row(*fields)
        row.setDirection(_COLUMN if look().scale >= STACKED_FROM else _LINE)
        self._rows.append(row)
        self.rows.addLayout(row)

    @property
    def inputs(self) -> list[QWidget]:
        """Where Enter leads, in order."""
        return [field.input for field in self.fields]

    def leave_margin(self, width: int) -> None:
        """Leave the margin free of fields."""
        self.rows.setContentsMargins(INDENT, 4, width, 14)

    @property
    def is_open(self) -> bool:
        """Whether its fields are shown."""
        return self._open

    def set_open(self, *, on: bool) -> None:
        """Show the fields, or one line."""
        self._open = on
        self._body.setVisible(on)
        self._arrow.show_icon("chevron_down" if on else "chevron_right")
        self.summary.setVisible(not on)
        self.change.setVisible(not on)
        if self._beside is not None:
            self._beside.setVisible(on)
        self._keep_title()

    def toggle(self) -> None:
        """Open it, or fold it."""
        self.set_open(on=not self._open)

    def open_first(self) -> None:
        """Open it and put the keyboard into its first field."""
        self.set_open(on=True)
        first = next((one.input for one in self.fields if not one.isHidden()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)


class FormColumn(QWidget):
    """The sections under one another, and the margin at their right."""

    def __init__(self, sections: Sequence[Section], above: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self._sections = tuple(sections)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 4, 20, 8)
        column.setSpacing(6)
        for one in (*above, *sections):
            column.addWidget(one)
        self._room = QWidget()
        column.addWidget(self._room)
        column.addStretch(1)
        self._stacked: bool | None = None
        self._area: QScrollArea | None = None
        self._stack()
        theme().changed.connect(self._measure)

    def lie_in(self, area: QScrollArea) -> None:
        """Lie in a part that scrolls; the margin is a share of what is seen, not of what the fields would like."""
        area.setWidget(self)
        self._area = area
        area.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the width that is seen."""
        if watched is self._area and event.type() == QEvent.Type.Resize:
            self._measure()
        return False

    def _seen(self) -> int:
        if self._area is None:
            return self.width()
        return self._area.width() - self._area.verticalScrollBar().sizeHint().width()

    def _note_width(self) -> int:
        share = _NOTE_SHARE_LARGE if look().scale > _LARGE else _NOTE_SHARE
        return min(look().px(Measure.NOTE), round(self._seen() * share))

    def _measure(self) -> None:
        self._stack()
        for section in self._sections:
            section.leave_margin(0 if self._stacked else self._note_width() + 24)

    def _stack(self) -> None:
        """Hold the notes in the margin, or each under its field where the text is too large for a margin."""
        stacked = look().scale >= STACKED_FROM
        if stacked is self._stacked:
            return
        self._stacked = stacked
        for field in (field for section in self._sections for field in section.fields):
            if stacked:
                field.keep_note()
            else:
                field.lend_note(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the findings where the margin is now."""
        super().resizeEvent(event)
        self.place_notes()

    def event(self, event: QEvent) -> bool:
        """Follow the fields when they are laid out anew."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.place_notes()
        return done

    def place_notes(self) -> None:
        """Put every note beside its field, or beside the folded line that holds it; none over another."""
        if self._stacked:
            self._room.setFixedHeight(0)
            return
        placed: list[tuple[int, Note]] = []
        for section in self._sections:
            for field in section.fields:
                if not field.note.title:
                    continue
                if field.isHidden():
                    field.clear_note()
                else:
                    anchor = field.input if section.is_open else section.header
                    placed.append((anchor.mapTo(self, anchor.rect().topLeft()).y(), field.note))
        bottom, wide = 0, self._note_width()
        for top, note in sorted(placed, key=lambda one: one[0]):
            at = max(top, bottom + 8)
            height = note.heightForWidth(wide) if note.hasHeightForWidth() else note.sizeHint().height()
            note.setGeometry(self.width() - wide - 20, at, wide, height)
            note.raise_()
            bottom = at + height
        # The last finding may reach below the last field: it finds its room there, so that it can be scrolled to.
        self._room.setFixedHeight(max(0, bottom - self._sections[-1].geometry().bottom()))
