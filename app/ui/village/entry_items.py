"""Rows of the register as the list shows them (редове): what awaits the clerk on top, then the days."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from app.domain.office_date import moment
from app.domain.terms import Standing
from app.services.list_rows import EntryRow
from app.services.nomenclatures import Nomenclatures
from app.ui.names import first_and_last
from app.ui.village.wording import capital, state_cell, term_cell, what
from app.ui.widgets.ledger import Cell, Column, Head, Item, Row
from resources.speech import Speech


def columns(speech: Speech) -> list[Column]:
    """Return the columns of the register's list."""
    say = speech.say
    return [
        Column(say("village.entries.number"), 102),
        Column(say("village.entries.hour"), 52, spare=True),
        Column(say("village.entries.who"), 184, below=True),
        Column(say("village.entries.what"), 0, below=True),
        Column(say("village.entries.due"), 116),
        Column(say("village.entries.state"), 122),
    ]


class Writer:
    """Writes entries as rows, in one language, seen on one day."""

    def __init__(self, speech: Speech, lists: Nomenclatures, today: date) -> None:
        self._speech = speech
        self._lists = lists
        self._today = today

    def row(self, entry: EntryRow, *, dated: bool = False) -> Row:
        """Return the row of an entry; ``dated``: with the date in the place of the hour."""
        struck = entry.standing is Standing.ANNULLED
        quiet = "text3" if struck else "text"
        about = what(self._lists, entry, self._speech)
        state = state_cell(self._speech, entry, self._today)
        term = term_cell(self._speech, entry, self._today)
        when = self._speech.short_date(entry.office_date) if dated else self._speech.hour(moment(entry.recorded_at))
        number = f"{entry.register}-{entry.number:06d}"
        cells = (
            Cell(number, bold=True, struck=struck, colour=quiet),
            Cell(when, colour="text2"),
            Cell(self._who(entry), struck=struck, colour=quiet),
            Cell(about, struck=struck, colour=quiet),
            term,
            state,
        )
        spoken = ", ".join(
            filter(None, (number, self._who(entry), about, f"{term.text} {term.note}".strip(), state.text))
        )
        return Row(entry.entry, cells, spoken)

    def _who(self, entry: EntryRow) -> str:
        return first_and_last(entry.who) or self._speech.say("village.entries.anonymous")

    def awaiting(self, entries: Sequence[EntryRow]) -> list[Item]:
        """Return the group of what awaits the clerk, nothing where nothing does."""
        if not entries:
            return []
        note = self._speech.count("village.entries.awaits", len(entries))
        return [
            Head(self._speech.say("village.entries.awaits_you"), note),
            *(self.row(one, dated=True) for one in entries),
        ]

    def days(self, entries: Sequence[EntryRow], after: date | None = None) -> Iterator[Item]:
        """Return rows under the heads of their days; no head for the day ``after``, which stands there already."""
        for day, of_day in groupby(entries, key=lambda one: one.office_date):
            if day != after:
                yield Head(self._day(day))
            yield from map(self.row, of_day)

    def _day(self, day: date) -> str:
        speech = self._speech
        off = (day - self._today).days
        named = f"{speech.weekday(day)} {speech.day_of_year(day)}"
        if day.year != self._today.year:
            named = f"{named} {day.year}"
        return capital(f"{speech.day(day, self._today)}, {named}" if off in {0, -1} else named)

    def found(self, entries: Sequence[EntryRow]) -> list[Item]:
        """Return the rows of a search, each with its date."""
        return [self.row(one, dated=True) for one in entries]
