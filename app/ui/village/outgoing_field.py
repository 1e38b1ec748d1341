"""The outgoing number (изходящ номер) as a sheet asks for it: of our own series, or the next of the paper book."""

from PySide6.QtCore import Signal

from app.services import results
from app.services.results import NextOutgoing
from app.ui.village.session import Session
from app.ui.village.ways import Ways
from app.ui.widgets.fields import Field, Line, Tone
from app.ui.work import Newest


class OutgoingField(Field):
    """Empty is the next number of our own series; where the book was used last, it asks for the next one from it."""

    told = Signal()
    """The number that comes is known, or another was typed."""

    def __init__(self, session: Session, ways: Ways, register: int) -> None:
        self._speech = session.speech
        self.line = Line(most=60)
        super().__init__(self._speech.say("village.case.number"), self.line, "number")
        self._comes: NextOutgoing | None = None
        self._asked = Newest(session.newest_reader())
        self.line.textChanged.connect(self.told)
        today = session.today()

        def ask() -> NextOutgoing:
            with session.store.ledger.reading() as connection:
                return results.next_outgoing(connection, register, today)

        self._asked.ask(ask, self._show, ways.fail)

    def _show(self, comes: NextOutgoing) -> None:
        self._comes = comes
        say = self._speech.say
        hint = say("village.case.from_book", last=comes.book) if comes.book else say("village.case.own_series")
        self.line.setPlaceholderText(hint)
        self.told.emit()

    @property
    def of_book(self) -> str:
        """The number typed from the paper book; empty for the next of our own series."""
        return " ".join(self.line.text().split())

    def will_be(self) -> str:
        """Return which number it will be, without its day; empty while that is not known."""
        if self.of_book or self._comes is None or self._comes.book:
            return self.of_book
        return self._comes.number.partition("/")[0]

    def is_said(self) -> bool:
        """Return whether the act may go on; a number of the book that is wanting is said beside the field."""
        self.clear_note()
        wanting = self._comes is not None and bool(self._comes.book) and not self.of_book
        if wanting:
            self.set_note(self._speech.say("village.act.need_number"), tone=Tone.WRONG)
            self.line.setFocus()
        return not wanting
