"""After the commit (Вписано): the number large, three facts, three keys, and the slip as it will be printed."""

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.domain.office_date import moment
from app.domain.terms import FindingCode, Standing
from app.printing.contents import SlipContent
from app.printing.output import preview
from app.printing.sheets import slip as slip_sheets
from app.services.details import EntryDetails, details
from app.services.registration import Registered
from app.ui.look.signs import Sign
from app.ui.look.theme import look, theme
from app.ui.village.big_number import BigNumber
from app.ui.village.form_strip import Fact
from app.ui.village.papers_request import is_oral
from app.ui.village.papers_slip import print_slip, receipt_in_force, save_slip, slip_content
from app.ui.village.saved_cards import NextCards
from app.ui.village.session import ENTRIES, RECEIPTS, Session
from app.ui.village.term_words import term_length, term_runs
from app.ui.village.ways import Ways
from app.ui.village.wording import finding_title, no_fee
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.frame import Page
from app.ui.widgets.keys import Key
from app.ui.widgets.marks import Mark
from app.ui.widgets.panel import empty
from app.ui.widgets.scroll import InSight
from app.ui.widgets.text import Hairline, Role, Text
from app.ui.widgets.wrap_row import WrapRow
from app.ui.work import AFTER_PAINT, Newest

PREVIEW = 284
"""Pixels: the width of the slip's picture in the panel, of the design."""


class Shown(NamedTuple):
    """What the page shows: the entry, and what stands on its slip."""

    entry: EntryDetails
    slip: SlipContent


class SavedPage(Page):
    """Tells the number just given, and what can be done with it."""

    name = "saved"

    def __init__(self, session: Session, ways: Ways) -> None:
        super().__init__()
        self._session, self._ways, self._speech = session, ways, session.speech
        self._entry: bytes | None = None
        self._number = ""
        self._held: EntryDetails | None = None
        self._wants_papers = False
        self._asked, self._drawn = Newest(session.newest_reader()), Newest(session.newest_drawer())
        self._slip: SlipContent | None = None
        self._draws = QTimer(self)
        self._draws.setSingleShot(True)
        self._draws.setInterval(AFTER_PAINT)
        self._draws.timeout.connect(self._draw)
        self._compose()
        self._compose_panel()
        say = self._speech.say
        self.use_keys(
            [
                Key("Escape", say("village.keys.entries"), self._leave),
                Key("F6", say("village.papers.button"), self.papers),
                Key("Ctrl+T", say("village.saved.notice"), self._tell_defects),
            ]
        )
        session.changed.connect(self._changed)
        theme().changed.connect(self._ask)

    # --- building ---

    def _compose(self) -> None:
        say = self._speech.say
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(48, 20, 40, 20)
        column.setSpacing(8)
        self.path, self.when = Text("", Role.LABEL), Text("", Role.LEAD)
        self.number = BigNumber()
        self.due, self.fee = Fact(say("village.details.due"), Role.FACT), Fact(say("village.details.fee"), Role.FACT)
        self.code = Fact(say("village.saved.code"), Role.FACT)
        self.cards = NextCards(self._speech, self._fee, self.print_paper, self._ways.to_new_document)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(8)
        column.addWidget(self.path)
        column.addStretch(1)
        column.addLayout(self._done_line())
        column.addWidget(self.number)
        column.addWidget(self.when)
        for one in (Hairline(), WrapRow((self.due, self.fee, self.code), gap=16), Hairline()):
            column.addSpacing(8)
            column.addWidget(one)
        column.addSpacing(16)
        column.addWidget(self.cards)
        column.addSpacing(16)
        column.addLayout(self._notes)
        column.addStretch(4)
        self._scrolled(holder)

    def _done_line(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Mark(Sign.SETTLED, 24))
        self.done = Text(self._speech.say("village.saved.done"), Role.DONE, wrap=False)
        row.addWidget(self.done)
        row.addStretch(1)
        return row

    def _scrolled(self, holder: QWidget) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(holder)
        InSight(scroll)
        self.middle.addWidget(scroll, 1)

    def _compose_panel(self) -> None:
        say, body = self._speech.say, self.panel.body
        body.addWidget(Text(say("village.saved.slip"), Role.SECTION))
        body.addWidget(Text(say("village.saved.on_paper"), Role.HELP))
        self.picture = QLabel()
        self.picture.setAccessibleName(say("village.saved.slip"))
        body.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignHCenter)
        body.addStretch(1)
        self.advice = Text("", Role.HELP)
        self.panel.foot.addWidget(self.advice)
        self.papers_button = Button(say("village.papers.button"), key="F6", run=self.papers)
        self.panel.foot.addWidget(self.papers_button)
        self.save = Button(say("village.keys.save_pdf"), key="Ctrl+Shift+P", icon="save", run=self.save_paper)
        self.panel.foot.addWidget(self.save)

    # --- showing ---

    def show_registered(self, registered: Registered) -> None:
        """Show what was just registered: the number at once, the rest is read when the page appears."""
        self._entry, self._number = registered.entry, registered.number
        self.cards.begin()
        self.number.say(registered.number)
        for fact in (self.due, self.fee, self.code):
            fact.say("")
        for text in (self.path, self.when):
            text.setText("")
        due = registered.fee is not None and registered.fee.cents > 0
        self._arrange(fee_due=due, money=self._speech.money(registered.fee.cents) if registered.fee else "")
        self._held, self._wants_papers = None, False
        self._slip = None  # a picture of the slip before, still being drawn, is not this one's
        self._drawn.drop()
        self.picture.clear()

    def _arrange(self, *, fee_due: bool, money: str) -> None:
        self.cards.arrange(fee_due=fee_due, money=money)
        self.advice.setText(self._speech.say("village.saved.fee_first") if fee_due else "")

    def first_focus(self) -> QWidget:
        """Return the card that is filled."""
        return self.cards.filled()

    def appear(self) -> None:
        """Read anew: a fee may have been taken since."""
        self._ask()

    def _changed(self, changes: frozenset[str]) -> None:
        if changes & {ENTRIES, RECEIPTS} and self.isVisible():
            self._ask()

    def _ask(self) -> None:
        entry = self._entry
        if entry is not None:
            self._asked.ask(partial(self._read, entry), self._put, self._ways.fail)

    def _read(self, entry: bytes) -> Shown:
        with self._session.store.ledger.reading() as connection:
            return Shown(details(connection, entry), slip_content(self._session, connection, entry))

    def _draw(self) -> None:
        slip, speech = self._slip, self._speech
        width, ratio = min(look().px(PREVIEW), self.panel.width() - 44), self.devicePixelRatioF()

        def drawn(content: SlipContent) -> QImage:
            return preview(slip_sheets(content, speech)[0], width, ratio)

        if slip is not None:
            self._drawn.ask(partial(drawn, slip), self._put_picture, self._ways.fail)

    def _put_picture(self, drawn: QImage) -> None:
        self.picture.setStyleSheet(f"border: 1px solid {look().tokens.strong_hairline};")
        self.picture.setPixmap(QPixmap.fromImage(drawn))

    def _put(self, shown: Shown) -> None:
        speech, say, held = self._speech, self._speech.say, shown.entry
        row = held.row
        self._number = row.told
        self.number.say(row.told)
        self.path.setText(" · ".join(filter(None, (say("village.entries.title"), row.who))))
        self.when.setText(f"{speech.long_date(row.office_date)}, {speech.clock(moment(row.recorded_at))}")
        self.due.say(*self._due(held))
        self._show_fee(held)
        self.code.say(shown.slip.code, say("village.saved.code_help"))
        self._show_notes(held)
        self._slip = shown.slip
        self._draws.start()
        self._held = held
        if self._wants_papers:
            self.papers()

    def _due(self, held: EntryDetails) -> tuple[str, str]:
        speech, row = self._speech, held.row
        if held.due is None:
            return speech.say("village.saved.no_term"), term_runs(self._session.lists, speech, row.kind)
        length = term_length(self._session.lists, speech, row.kind, row.service, row.speed, row.office_date)
        on = held.due.on
        year = "" if on.year == row.office_date.year else f" {on.year}"
        return f"{speech.day_of_year(on)}{year}, {speech.weekday(on)}", " · ".join(
            filter(None, (length, held.due.article))
        )

    def _show_fee(self, held: EntryDetails) -> None:
        speech, say, fee, paid = self._speech, self._speech.say, held.fee, receipt_in_force(held)
        if fee is None or not fee.cents:
            none = no_fee(self._session.lists, speech, held.row.service)
            self.fee.say(say("village.form.fee_free") if fee is not None else none)
            self._arrange(fee_due=False, money="")
            return
        money = speech.money(fee.cents, fee.currency)
        speed = speech.label(held.row.speed) if held.row.speed else ""
        state = say("village.saved.paid", number=paid.told) if paid else say("village.saved.unpaid")
        self.fee.say(money, ", ".join(filter(None, (speed, state))))
        self._arrange(fee_due=paid is None, money=money)

    def _show_notes(self, held: EntryDetails) -> None:
        """Show what remains: findings, and that the town has not acknowledged it yet."""
        speech = self._speech
        empty(self._notes)
        last: QWidget = self.cards.next
        if is_oral(held):
            sign = Button(speech.say("village.papers.protocol"), key="F6", run=self.papers)
            self._notes.addLayout(_note(Sign.FINDING, speech.say("village.saved.protocol"), sign))
            QWidget.setTabOrder(last, sign)
            last = sign
        if held.findings:
            titles = ", ".join(finding_title(speech, one) for one in held.findings)
            text = speech.count("village.saved.findings", len(held.findings), titles=titles)
            show = Button(speech.say("village.saved.show"), Kind.QUIET, run=self._leave)
            self._notes.addLayout(_note(Sign.FINDING, text, show))
            QWidget.setTabOrder(last, show)
            last = show
        if self._lacks_papers(held):
            tell = Button(speech.say("village.saved.notice"), key="Ctrl+T", run=self._tell_defects)
            self._notes.addLayout(_note(Sign.FINDING, speech.say("village.saved.notice_help"), tell))
            QWidget.setTabOrder(last, tell)
        if not held.row.acknowledged:
            self._notes.addLayout(_note(Sign.WAITS, speech.say("village.saved.waits")))

    def _lacks_papers(self, held: EntryDetails) -> bool:
        """Return whether papers were missing at filing of which no notice was given yet."""
        missing = any(one.code is FindingCode.PAPER_MISSING for one in held.findings)
        return missing and held.term.act is None and held.row.standing is not Standing.ANNULLED

    # --- acts ---

    def _tell_defects(self) -> None:
        """Begin the notice of defects with the papers that were missing (АПК чл. 30, ал. 2)."""
        if self._held is not None and self._lacks_papers(self._held):
            self._ways.change_term(self._held)

    def current_entry(self) -> bytes | None:
        """Return the entry shown: the window's F3 takes its fee."""
        return self._entry

    def _fee(self) -> None:
        self._ways.to_fee(self._entry)

    def _leave(self) -> None:
        self._ways.to_entries(self._entry)

    def papers(self) -> None:
        """Show the papers of the entry, once it is read: an oral request's protocol is signed on the spot."""
        self._wants_papers = self._held is None
        if self._held is not None:
            self._ways.papers(self._held)

    def print_paper(self) -> None:
        """Print the slip."""
        if self._entry is not None:
            print_slip(self._session, self._ways, self._entry, self._number)

    def save_paper(self) -> None:
        """Save the slip as PDF."""
        if self._entry is not None:
            save_slip(self._session, self._ways, self._entry, self._number)


def _note(sign: Sign, text: str, button: Button | None = None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(Mark(sign, 18))
    row.addWidget(Text(text, Role.QUIET), 1)
    if button is not None:
        row.addWidget(button)
    return row
