"""The receipts of all villages (Квитанции): the list, and of one its lines, its cash and its history."""

from collections.abc import Sequence
from typing import Any

from app.domain.terms import ReceiptKind, Standing
from app.ui.central_desk.client import DeskClient
from app.ui.central_desk.link import Link
from app.ui.central_desk.listing import ListPage, Portion
from app.ui.central_desk.ways import DeskWays
from app.ui.central_desk.wording import Words, capital, words_of
from app.ui.look.signs import Sign
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.ledger import Cell, Column, Item, Row
from app.ui.widgets.marks import Banner
from app.ui.widgets.panel import FactRow, Panel, fact_rows, line, timeline
from app.ui.widgets.text import Role, Text
from sync.central import answers


class ReceiptSource:
    """Receipts and stornos, newest arrival first."""

    name = "receipts"

    def __init__(self, link: Link, ways: DeskWays) -> None:
        self._link = link
        self._ways = ways
        self._speech = ways.speech
        self.station: str | None = None
        self.search: str | None = None

    def columns(self) -> list[Column]:
        """Return the columns."""
        say = self._speech.say
        return [
            Column(say("desk.receipts.number"), 172),
            Column(say("desk.receipts.village"), 134, below=True),
            Column(say("desk.receipts.payer"), 0, below=True),
            Column(say("desk.receipts.when"), 112),
            Column(say("desk.receipts.money"), 96, right=True),
            Column(say("desk.receipts.state"), 130),
        ]

    def ask(self, client: DeskClient, before: int | None, limit: int) -> Portion:
        """Ask for a portion."""
        page = client.receipts(self.station, before, limit)
        return Portion(page.receipts, page.before)

    def rows(self, items: Sequence[answers.ReceiptRow]) -> list[Item]:
        """Return the rows."""
        words = words_of(self._speech, self._link.office)
        return [self._row(words, one) for one in items]

    def _row(self, words: Words, one: answers.ReceiptRow) -> Row:
        voided = one.standing is Standing.VOIDED
        storno = one.kind is ReceiptKind.STORNO
        state = self._speech.label(one.kind if storno else one.standing)
        cells = (
            Cell(one.number, bold=True, struck=voided),
            Cell(one.village),
            Cell(one.payer or "–", struck=voided),
            Cell(words.when(one.recorded_at), colour="text2"),
            Cell(self._speech.amount(one.cents), struck=voided),
            Cell(capital(state), sign=Sign.ANNULLED if voided or storno else Sign.DONE, colour="text2"),
        )
        return Row(one.receipt, cells, f"{one.number}, {one.village}, {self._speech.money(one.cents)}, {state}")

    # --- details ---

    def ask_details(self, client: DeskClient, key: str) -> answers.ReceiptDetails:
        """Ask for a receipt."""
        return client.receipt(key)

    def show_details(self, panel: Panel, found: answers.ReceiptDetails) -> None:
        """Show a receipt."""
        speech, row = self._speech, found.row
        say, label = speech.say, speech.label(row.kind)
        number, _, day = row.number.partition("/")
        panel.body.addWidget(Text(f"{row.village} · {label} · {day}", Role.LABEL))
        panel.body.addWidget(Text(number, Role.TITLE))
        if row.standing is Standing.VOIDED or found.reason:
            banner = Banner()
            banner.say(Sign.ANNULLED, capital(speech.label(row.standing)), found.reason, "grey")
            panel.body.addWidget(banner)
        rows = [
            FactRow(say("desk.receipts.money"), speech.money(row.cents, row.currency), "", Role.FACT),
            FactRow(say("desk.receipts.payer"), row.payer or "–", found.payer_identifier),
            FactRow(say("desk.receipts.given"), speech.money(found.given_cents)),
            FactRow(say("desk.receipts.change"), speech.money(found.change_cents)),
            FactRow(
                say("desk.receipts.issued"),
                words_of(self._speech, self._link.office).when(row.recorded_at),
                found.issued_by,
            ),
        ]
        panel.body.addWidget(fact_rows(rows))
        for one in found.lines:
            panel.body.addWidget(self._line(one))
        panel.body.addWidget(line())
        panel.body.addWidget(timeline([words_of(self._speech, self._link.office).step(one) for one in found.timeline]))
        panel.body.addStretch(1)

    def _line(self, one: answers.ReceiptLineShown) -> Button:
        number = one.entry_number.partition("/")[0]
        text = " · ".join(filter(None, (number, self._speech.money(one.cents))))
        entry = one.entry
        button = Button(text, Kind.QUIET, run=lambda: self._ways.to_entry(entry, one.entry_number) if entry else None)
        button.setEnabled(entry is not None)
        button.setToolTip(one.text)
        return button


def receipts_page(link: Link, ways: DeskWays) -> ListPage:
    """Return the page of the receipts."""
    source: Any = ReceiptSource(link, ways)
    page = ListPage(link, ways, source)
    page.add_chips([])
    return page
