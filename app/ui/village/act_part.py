"""What an act on an entry asks (част на лист): its fields, what shows its effect before, and the act."""

from collections.abc import Callable
from datetime import date

import sqlalchemy as sa
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.facts import Due
from app.services.details import EntryDetails
from app.ui.village.doubt import typed_date
from app.ui.village.session import Session
from app.ui.widgets.fields import Area, Choice, Field, Line, Tone

Question = Callable[[sa.Connection], Due | None]
"""Asks on a worker which due date an act would give; what was typed is in it already."""

Verb = Callable[[date | None], object]
"""Does the act on the writing thread, on the confirmed day or the clock's."""


class ActPart(QWidget):
    """The fields of one act, under one another, each with its note below it. ``first``: where the keyboard begins."""

    changed = Signal()

    def __init__(self, session: Session, entry: EntryDetails, *fields: Field) -> None:
        super().__init__()
        self._session, self._entry, self._speech = session, entry, session.speech
        self.fields = fields
        self.first = fields[0].input
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for field in fields:
            field.keep_note()
            column.addWidget(field)
            match field.input:
                case Line() | Area() as typed:
                    typed.textChanged.connect(self.changed)
                case Choice() as choice:
                    choice.currentIndexChanged.connect(self.changed)
        self._offered = [(field, text_in(field)) for field in fields if isinstance(field.input, Line | Area)]
        """What stands in each before anything is typed: only what is other would have to be typed again."""

    def question(self) -> Question | None:
        """Return what shows the effect, None where ``words`` say it."""
        return None

    def words(self) -> str:
        """Return the effect in words, where no date has to be asked for."""
        return ""

    def verb(self, draft: bytes) -> Verb | None:
        """Return the act, None where something is wanting, which is said beside its field."""
        raise NotImplementedError

    # --- what is typed ---

    def typed(self) -> tuple[str, ...]:
        """Return what was typed into each input, empty where it is as it was offered."""
        now = [(text_in(field), offered) for field, offered in self._offered]
        return tuple(text if text != offered else "" for text, offered in now)

    def put(self, texts: tuple[str, ...]) -> None:
        """Show what was typed before; one text more or less is of an older program and does not matter."""
        for (field, _), text in zip(self._offered, texts, strict=False):
            match field.input:
                case Line() as line if text:
                    line.setText(text)
                case Area() as area if text:
                    area.setPlainText(text)

    def _wanting(self, field: Field, key: str) -> None:
        field.set_note(self._speech.say(f"village.act.{key}"), tone=Tone.WRONG)
        field.input.setFocus()

    def _needed(self, field: Field, key: str) -> str:
        """Return what is typed, cleaned; where nothing is, say so beside the field."""
        text = text_in(field)
        field.clear_note()
        if not text:
            self._wanting(field, key)
        return text

    def _day(self, field: Field, *, needed: bool) -> tuple[date | None, bool]:
        """Return the day typed and whether the act may go on; a word that is no day holds it up."""
        text = text_in(field)
        on = typed_date(text)
        field.clear_note()
        good = on is not None or not (needed or text)
        if not good:
            self._wanting(field, "bad_date")
        return on, good


def text_in(field: Field) -> str:
    """Return what is typed into a field, without blanks around it."""
    match field.input:
        case Line() as line:
            return line.text().strip()
        case Area() as area:
            return area.toPlainText().strip()
    return ""
