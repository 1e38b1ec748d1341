"""Rows of the till as its list shows them (редове на касата), under the heads of their days."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from app.domain.office_date import moment
from app.domain.terms import ReceiptKind, Standing
from app.services.rows import ReceiptRow
from app.ui.look.signs import Sign
from app.ui.village.wording import capital
from app.ui.widgets.ledger import Cell, Column, Head, Item, Row
from resources.speech import Speech


def columns(speech: Speech) -> list[Column]:
    """Return the columns of the till's list."""
    say = speech.say
    return [
        Column(say("village.till.number"), 120),
        Column(say("village.till.hour"), 64, below=True),
        Column(say("village.till.payer"), 0),
        Column(say("village.till.state"), 132, below=True),
        Column(say("village.till.amount"), 104, right=True),
    ]


class Writer:
    """Writes cash documents as rows, in one language, seen on one day; ``held`` are the rows known so far."""

    def __init__(self, speech: Speech, today: date, held: Sequence[ReceiptRow]) -> None:
        self._speech = speech
        self._today = today
        self._payers = {one.receipt: one.payer for one in held}

    def row(self, one: ReceiptRow, *, dated: bool = False) -> Row:
        """Return the row of a cash document; ``dated``: with the date in the place of the hour."""
        struck = one.standing is Standing.VOIDED
        colour = "text3" if struck else "text"
        when = self._speech.short_date(one.office_date) if dated else self._speech.hour(moment(one.recorded_at))
        number = f"{one.till}-{one.number:06d}"
        payer = self._payer(one)
        state, amount = self._state(one), self._speech.amount(one.cents)
        cells = (
            Cell(number, bold=True, struck=struck, colour=colour),
            Cell(when, colour="text2"),
            Cell(payer, struck=struck, colour=colour),
            state,
            Cell(amount, struck=struck, colour=colour, bold=not struck),
        )
        return Row(one.receipt, cells, f"{number}, {payer}, {state.text}, {amount}")

    def _payer(self, one: ReceiptRow) -> str:
        """Return who paid; of a storno, to whom the money went back, where its receipt is held."""
        if one.voids is None:
            return one.payer or self._speech.say("village.till.nameless")
        return self._payers.get(one.voids, self._speech.say("village.fee.none"))

    def _state(self, one: ReceiptRow) -> Cell:
        say = self._speech.say
        if one.kind is ReceiptKind.STORNO:
            return Cell(say("village.till.storno"), sign=Sign.ANNULLED, colour="text2")
        if one.standing is Standing.VOIDED:
            return Cell(say("village.till.voided"), sign=Sign.ANNULLED, colour="text2")
        if one.acknowledged:
            return Cell(say("village.till.received"), sign=Sign.DONE, colour="text2")
        return Cell(say("village.till.waits"), sign=Sign.WAITS, colour="text2")

    def days(self, rows: Sequence[ReceiptRow], after: date | None = None) -> Iterator[Item]:
        """Return rows under the heads of their days; none for the day ``after``, which stands there already."""
        for day, of_day in groupby(rows, key=lambda one: one.day):
            if day != after:
                yield Head(self._day(day))
            yield from map(self.row, of_day)

    def _day(self, day: date) -> str:
        speech, off = self._speech, (day - self._today).days
        named = f"{speech.weekday(day)} {speech.day_of_year(day)}"
        if day.year != self._today.year:
            named = f"{named} {day.year}"
        return capital(f"{speech.day(day, self._today)}, {named}" if off in {0, -1} else named)

    def found(self, rows: Sequence[ReceiptRow]) -> list[Item]:
        """Return the rows of a search, each with its date."""
        return [self.row(one, dated=True) for one in rows]
