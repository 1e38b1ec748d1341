"""The batches (Пакети): how each came, its totals as stated and as recomputed, its acknowledgement, and its lines."""

from collections.abc import Callable, Sequence
from typing import Any

from app.domain.terms import ArrivalState
from app.ui.central_desk.client import DeskClient
from app.ui.central_desk.link import Link
from app.ui.central_desk.listing import ListPage, Portion
from app.ui.central_desk.ways import DeskWays
from app.ui.central_desk.wording import Words
from app.ui.look.signs import Sign
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.keys import Key
from app.ui.widgets.ledger import Cell, Column, Item, Row
from app.ui.widgets.marks import Banner
from app.ui.widgets.panel import FactRow, Panel, fact_rows, line
from app.ui.widgets.text import Role, Text
from sync.central import answers

MOST_LINES = 60


class BatchSource:
    """Batches, newest arrival first."""

    name = "batches"

    def __init__(self, link: Link, ways: DeskWays) -> None:
        self._link = link
        self._ways = ways
        self._speech = ways.speech
        self.station: str | None = None

    def columns(self) -> list[Column]:
        """Return the columns."""
        say = self._speech.say
        return [
            Column(say("desk.batches.number"), 90),
            Column(say("desk.batches.village"), 210, below=True),
            Column(say("desk.batches.road"), 200),
            Column(say("desk.batches.arrived"), 140),
            Column(say("desk.batches.facts"), 76, right=True),
            Column(say("desk.batches.totals"), 0, below=True),
            Column(say("desk.batches.state"), 170),
        ]

    def ask(self, client: DeskClient, before: int | None) -> Portion:
        """Ask for a portion."""
        page = client.batches(self.station, before)
        return Portion(page.batches, page.before)

    def rows(self, items: Sequence[answers.Batch]) -> list[Item]:
        """Return the rows."""
        words = self._words()
        return [self._row(words, one) for one in items]

    def _words(self) -> Words:
        return Words(self._speech, self._link.office.now if self._link.office is not None else 0)

    def _row(self, words: Words, one: answers.Batch) -> Row:
        say, label = self._speech.say, self._speech.label
        differs = one.stated != one.recomputed
        totals = self._totals(one.recomputed)
        state = label(one.state)
        sign = Sign.WRONG if differs or one.state is ArrivalState.SET_ASIDE else Sign.DONE
        if one.state is ArrivalState.WAITING:
            sign = Sign.WAITS
        cells = (
            Cell(say("desk.batches.no", number=one.number), bold=True),
            Cell(one.village or say("desk.batches.unknown")),
            Cell(label(one.road), colour="text2"),
            Cell(words.when(one.arrived_at), colour="text2"),
            Cell(str(one.facts) if one.facts else "–"),
            Cell(
                say("desk.batches.differ", stated=self._totals(one.stated), recomputed=totals) if differs else totals,
                colour="red" if differs else "text",
                bold=differs,
            ),
            Cell(state[:1].upper() + state[1:], sign=sign, colour="red" if sign is Sign.WRONG else "text2"),
        )
        return Row(one.envelope, cells, f"{one.number}, {one.village}, {state}")

    def _totals(self, totals: answers.Totals | None) -> str:
        if totals is None:
            return "–"
        count, speech = self._speech.count, self._speech
        said = [count("desk.villages.entries", totals.entries), count("desk.villages.receipts", totals.receipts)]
        return f"{', '.join(said)}, {speech.money(totals.cents_in - totals.cents_out)}"

    # --- details ---

    def ask_details(self, client: DeskClient, key: str) -> answers.BatchDetails:
        """Ask for a batch with its lines."""
        return client.batch(key)

    def show_details(self, panel: Panel, found: answers.BatchDetails) -> None:
        """Show a batch: how it came, both totals, and its lines; a line leads to its entry or receipt."""
        say, one = self._speech.say, found.batch
        panel.body.addWidget(Text(say("desk.batches.of", number=one.number), Role.TITLE))
        panel.body.addWidget(Text(one.village or say("desk.batches.unknown"), Role.LEAD))
        panel.body.addWidget(self._banner(one))
        panel.body.addWidget(fact_rows(self._facts(one)))
        panel.body.addWidget(line())
        for fact in found.lines[:MOST_LINES]:
            panel.body.addWidget(self._line(fact))
        if len(found.lines) > MOST_LINES:
            more = len(found.lines) - MOST_LINES
            panel.body.addWidget(Text(self._speech.count("desk.batches.more", more), Role.HELP))
        panel.body.addStretch(1)

    def _banner(self, one: answers.Batch) -> Banner:
        say, banner = self._speech.say, Banner()
        if one.code is not None:
            key = f"messages.error.{one.code}"
            why = say(key) if self._speech.has(key) else one.code
            banner.say(Sign.WRONG, say("desk.batches.not_recorded"), why, "red")
        elif one.stated != one.recomputed:
            banner.say(Sign.WRONG, say("desk.batches.totals_differ"), say("desk.batches.totals_differ_help"), "red")
        else:
            banner.say(Sign.DONE, say("desk.batches.totals_agree"), "", "green")
        return banner

    def _facts(self, one: answers.Batch) -> list[FactRow]:
        speech, words = self._speech, self._words()
        say = speech.say
        acknowledgement = say("desk.batches.none")
        if one.acknowledgement is not None:
            sent = say("desk.batches.ack_waits" if one.acknowledgement.waits else "desk.batches.ack_sent")
            acknowledgement = f"{speech.label(one.acknowledgement.kind)}, {sent}"
        return [
            FactRow(say("desk.batches.road"), speech.label(one.road)),
            FactRow(say("desk.batches.arrived"), words.when(one.arrived_at)),
            FactRow(say("desk.batches.sealed"), words.when(one.sealed_at)),
            FactRow(say("desk.batches.stated"), self._totals(one.stated)),
            FactRow(say("desk.batches.recomputed"), self._totals(one.recomputed)),
            FactRow(say("desk.batches.acknowledgement"), acknowledgement),
        ]

    def _line(self, fact: answers.BatchLine) -> Button:
        kind = f"desk.fact.{fact.kind}"
        name = self._speech.say(kind) if self._speech.has(kind) else fact.kind
        money = self._speech.money(fact.cents) if fact.cents is not None else ""
        button = Button(" · ".join(filter(None, (name, fact.number, money))), Kind.QUIET, run=self._leads_to(fact))
        button.setEnabled(fact.entry is not None or fact.receipt is not None)
        button.setToolTip(fact.text)
        return button

    def _leads_to(self, fact: answers.BatchLine) -> Callable[[], None]:
        def go() -> None:
            if fact.receipt is not None:
                self._ways.to_receipt(fact.receipt)
            elif fact.entry is not None:
                self._ways.to_entry(fact.entry)

        return go


def batches_page(link: Link, ways: DeskWays) -> ListPage:
    """Return the page of the batches."""
    source: Any = BatchSource(link, ways)
    page = ListPage(link, ways, source)
    page.use_keys([Key("Escape", ways.speech.say("desk.keys.villages"), ways.to_villages)])
    return page
