"""The notice about a term as paper (уведомление): of defects or of an extension, once it is recorded."""

from functools import partial

from app.domain.errors import NoDefectsNoticed
from app.domain.terms import TermAct
from app.printing.notice import NoticeContent, notice
from app.services import proceedings
from app.services.details import EntryDetails, details
from app.ui.village.paper_out import Drawn, print_out, save_out
from app.ui.village.papers_slip import office_of
from app.ui.village.session import Session
from app.ui.village.ways import Ways
from app.ui.village.wording import kind_name, service_name
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.keys import Key
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.text import Role, Text


def notice_content(session: Session, held: EntryDetails) -> NoticeContent:
    """Return what the notice of the last act on a term says.

    Raises:
        NoDefectsNoticed: the term runs as told, or anew; there is nothing to tell.

    """
    term, speech = held.term, session.speech
    if term.stopped:
        time = proceedings.time_to_repair(held.row.kind)
        length, article, due = speech.term(time.length, time.unit), time.article, None
    elif term.act is TermAct.EXTENDED and held.due is not None:
        length, article, due = "", held.due.article, held.due.on
    else:
        raise NoDefectsNoticed
    first = held.correspondents[0]
    place = session.settlement_name(first.settlement)
    service = service_name(session.lists, held.row.service)
    return NoticeContent(
        office=office_of(session, ""),
        number=held.row.told,
        on=term.told_on or session.today(),
        person=first.name or speech.say("papers.slip.anonymous"),
        address=", ".join(filter(None, (place, first.address))),
        about=service or held.row.subject or kind_name(session.lists, held.row.kind, speech),
        article=article,
        defects=term.defects,
        length=length,
        due=due,
        reason=term.reason,
    )


def draw_notice(session: Session, entry: bytes) -> Drawn:
    """Read an entry and lay the notice out; for the papers' thread."""
    with session.store.ledger.reading() as connection:
        held = details(connection, entry)
    return Drawn(notice(notice_content(session, held), session.speech), held.row.told)


class NoticeSheet(Sheet):
    """Says that the act is recorded, and offers its notice on paper. Enter prints."""

    def __init__(self, session: Session, ways: Ways, entry: bytes, number: str) -> None:
        say = session.speech.say
        super().__init__(say("village.notice.title"))
        self._ways = ways
        self._draw = partial(draw_notice, session, entry)
        self._session, self._number = session, number
        self.body.addWidget(Text(say("village.notice.help"), Role.TEXT))
        self.print = Button(say("village.notice.print"), Kind.PRIMARY, key="Return", icon="printer", run=self.print_now)
        save = Button(say("village.keys.save_pdf"), key="Ctrl+Shift+P", icon="save", run=self.save)
        self.add_buttons(Button(say("village.notice.later"), key="Esc", run=ways.take_away), save, self.print)
        self.use_keys(
            [
                Key("Ctrl+P", say("village.notice.print"), self.print_now),
                Key("Ctrl+Shift+P", say("village.keys.save_pdf"), self.save),
            ]
        )

    def first_focus(self) -> Button:
        """Return the button that prints."""
        return self.print

    def print_now(self) -> None:
        """Print both copies."""
        self._ways.take_away()
        print_out(self._session, self._ways, self._draw, self._number)

    def save(self) -> None:
        """Save both copies as PDF."""
        save_out(self._session, self._ways, self._draw, self._number)
