"""The batches (Пакети): how each came, its totals as stated and as recomputed, its acknowledgement."""

from collections.abc import Sequence
from typing import Any

from app.ui.central_desk import batch_words
from app.ui.central_desk.client import DeskClient
from app.ui.central_desk.link import Link
from app.ui.central_desk.listing import ListPage, Portion
from app.ui.central_desk.ways import DeskWays
from app.ui.central_desk.wording import Words, words_of
from app.ui.widgets.keys import Key
from app.ui.widgets.ledger import Cell, Column, Item, Row
from app.ui.widgets.panel import Panel, fact_rows, line
from app.ui.widgets.text import Role, Text
from sync.central import answers


class BatchSource:
    """Batches, newest arrival first."""

    name = "batches"

    def __init__(self, link: Link, ways: DeskWays) -> None:
        self._link = link
        self._speech = ways.speech
        self.station: str | None = None
        self.search: str | None = None

    def columns(self) -> list[Column]:
        """Return the columns."""
        say = self._speech.say
        return [
            Column(say("desk.batches.number"), 72),
            Column(say("desk.batches.village"), 136),
            Column(say("desk.batches.road"), 96),
            Column(say("desk.batches.arrived"), 112),
            Column(say("desk.batches.facts"), 84, right=True, wide=True, spare=True),
            Column(say("desk.batches.totals"), 0, below=True),
            Column(say("desk.batches.acknowledgement"), 176, below=True, wide=True, spare=True),
            Column(say("desk.batches.state"), 176, below=True),
        ]

    def ask(self, client: DeskClient, before: int | None, limit: int) -> Portion:
        """Ask for a portion."""
        page = client.batches(self.station, before, limit)
        return Portion(page.batches, page.before)

    def rows(self, items: Sequence[answers.Batch]) -> list[Item]:
        """Return the rows."""
        words = words_of(self._speech, self._link.office)
        return [self._row(words, one) for one in items]

    def _row(self, words: Words, one: answers.Batch) -> Row:
        speech = self._speech
        differ = batch_words.differ(one)
        village = one.village or speech.say("desk.batches.unknown")
        state = batch_words.state_cell(speech, one)
        cells = (
            Cell(speech.say("desk.batches.no", number=one.number), bold=True),
            Cell(village),
            Cell(speech.say(f"desk.batches.by_{one.road.value}"), colour="text2"),
            Cell(words.when(one.arrived_at), colour="text2"),
            Cell(str(one.facts)) if one.facts else Cell("–", colour="text3"),
            Cell(batch_words.totals(speech, one.recomputed), colour="red" if differ else "text", bold=differ),
            Cell(batch_words.acknowledgement(speech, one), colour="text2"),
            state,
        )
        return Row(one.envelope, cells, f"{one.number}, {village}, {state.text}")

    # --- details ---

    def ask_details(self, client: DeskClient, key: str) -> answers.BatchDetails:
        """Ask for a batch."""
        return client.batch(key)

    def show_details(self, panel: Panel, found: answers.BatchDetails) -> None:
        """Show a batch: how it came, and both totals; its lines are a page of their own."""
        speech, one = self._speech, found.batch
        words = words_of(speech, self._link.office)
        panel.body.addWidget(Text(speech.say("desk.batches.of", number=one.number), Role.TITLE))
        panel.body.addWidget(Text(one.village or speech.say("desk.batches.unknown"), Role.LEAD))
        panel.body.addWidget(batch_words.banner(speech, one))
        panel.body.addWidget(batch_words.TotalsTable(speech, one))
        panel.body.addWidget(line())
        panel.body.addWidget(fact_rows(batch_words.facts(speech, words, one)))
        panel.body.addStretch(1)


def batches_page(link: Link, ways: DeskWays) -> ListPage:
    """Return the page of the batches; Enter opens one."""
    source: Any = BatchSource(link, ways)
    page = ListPage(link, ways, source, keys=[Key("Return", ways.speech.say("desk.batches.open_key"))])
    page.add_chips([])
    page.list.opened.connect(ways.to_batch)
    return page
