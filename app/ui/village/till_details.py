"""The details of a cash document (подробности за квитанция): amount, state, payer, lines, and its history."""

from collections.abc import Callable
from typing import NamedTuple

from app.domain.office_date import moment
from app.domain.terms import MomentCode, ReceiptKind, Standing
from app.printing.amounts import in_words
from app.services.book import Moment
from app.services.details import Line, ReceiptDetails
from app.services.rows import ReceiptRow
from app.ui.look.signs import Sign
from app.ui.village.session import Session
from app.ui.village.wording import capital
from app.ui.widgets.button import Button
from app.ui.widgets.flow import Flow
from app.ui.widgets.marks import Banner
from app.ui.widgets.panel import FactRow, Panel, Step, fact_rows, line, timeline
from app.ui.widgets.text import Role, Text
from resources.speech import masked

_ROAD = {MomentCode.SEALED, MomentCode.HELD, MomentCode.RECEIVED}
_SAID = ("number", "reason")


class Shown(NamedTuple):
    """A cash document, the receipt whose payer and lines it shows (of a storno: the voided one), and its history."""

    held: ReceiptDetails
    paid: ReceiptDetails
    moments: list[Moment]


def may_be_voided(row: ReceiptRow) -> bool:
    """Return whether a storno of this document makes sense; whether its day allows it, the till says."""
    return row.kind is ReceiptKind.SALE and row.standing is Standing.IN_FORCE


class ReceiptPanel:
    """Fills the right panel with a cash document."""

    def __init__(
        self, session: Session, panel: Panel, print_paper: Callable[[], object], void: Callable[[], object]
    ) -> None:
        self._session, self._speech, self._panel = session, session.speech, panel
        self.shown: ReceiptDetails | None = None
        say = self._speech.say
        self._print = Button(say("village.till.print"), key="Ctrl+P", icon="printer", run=print_paper)
        self._void = Button(say("village.till.void"), key="Ctrl+Delete", run=void)
        for button in (self._print, self._void):
            panel.foot.addWidget(button)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say that nothing is chosen."""
        self.shown = None
        self._panel.clear()
        self._panel.body.addWidget(Text(self._speech.say("village.till.nothing"), Role.LEAD))
        self._panel.body.addStretch(1)
        self._print.hide()
        self._void.hide()

    def show_receipt(self, found: Shown) -> None:
        """Show a cash document with its history."""
        held = found.held
        self.shown = held
        body = self._panel.body
        self._panel.clear()
        self._head(held)
        self._state(held)
        body.addWidget(fact_rows(self._facts(held, found.paid)))
        body.addWidget(line())
        body.addWidget(timeline([self._step(one) for one in found.moments]))
        body.addStretch(1)
        self._print.show()
        self._void.setVisible(may_be_voided(held.row))

    def _head(self, held: ReceiptDetails) -> None:
        speech, row, body = self._speech, held.row, self._panel.body
        top = Flow(gap=12)
        top.addWidget(Text(capital(speech.label(row.kind)), Role.LABEL, wrap=False))
        when = f"{speech.date(row.office_date)}, {speech.clock(moment(row.recorded_at))}"
        top.addWidget(Text(when, Role.LABEL, wrap=False))
        body.addLayout(top)
        number = Text(f"{row.till}-{row.number:06d}", Role.NUMBER, wrap=False)
        number.setAccessibleName(row.told)
        body.addWidget(number)

    def _state(self, held: ReceiptDetails) -> None:
        say, row = self._speech.say, held.row
        if row.kind is ReceiptKind.SALE and row.standing is not Standing.VOIDED:
            return
        banner = Banner()
        if row.kind is ReceiptKind.STORNO:
            banner.say(Sign.ANNULLED, say("village.till.is_storno"), row.reason, "grey")
        elif held.storno is not None:
            storno = held.storno
            title = say("village.till.voided_by", number=storno.told)
            banner.say(Sign.ANNULLED, title, storno.reason, "grey")
        self._panel.body.addWidget(banner)

    def _facts(self, held: ReceiptDetails, paid: ReceiptDetails) -> list[FactRow]:
        speech, say, row = self._speech, self._speech.say, held.row
        money = speech.money(row.cents, row.currency)
        rows = [FactRow(say("village.till.amount"), money, in_words(abs(row.cents), speech), Role.FACT)]
        payer = paid.row.payer or say("village.till.nameless")
        rows.append(FactRow(say("village.till.payer"), payer, masked(paid.identifier) if paid.identifier else ""))
        rows += [
            FactRow(say("village.till.for") if not at else "", *self._line(one)) for at, one in enumerate(paid.lines)
        ]
        if held.given:
            back = say("village.till.change", change=speech.money(held.change, row.currency))
            rows.append(FactRow(say("village.till.given"), speech.money(held.given, row.currency), back))
        rows.append(FactRow(say("village.till.clerk"), held.actor))
        return rows

    def _line(self, one: Line) -> tuple[str, str]:
        notes = [self._speech.label(one.speed)] if one.speed is not None else []
        if one.entry_number:
            notes.append(self._speech.say("village.fee.of_entry", number=one.entry_number.partition("/")[0]))
        if one.quantity > 1:
            amount = self._speech.amount(one.unit_cents)
            notes.append(self._speech.say("village.fee.times", count=one.quantity, amount=amount))
        return one.text, " · ".join(notes)

    def _step(self, one: Moment) -> Step:
        speech = self._speech
        said = [one.actor, *(str(one.values[key]) for key in _SAID if one.values.get(key))]
        when = speech.moment(moment(one.at), self._session.now())
        sign = Sign.ANNULLED if one.code is MomentCode.VOIDED else Sign.DONE
        note = "" if one.code in _ROAD else "\n".join(filter(None, said))
        return Step(sign, capital(speech.label(one.code)), when, note)
