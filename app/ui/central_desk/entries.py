"""The entries of all villages (Вписвания): the list, and of one all that the village wrote and the town decided."""

import functools
from collections.abc import Sequence
from typing import Any

from app.domain.entries import Particulars
from app.domain.facts import PaperSeen, Particular
from app.domain.terms import Standing, TownState
from app.services.nomenclatures import carried
from app.ui.central_desk import values
from app.ui.central_desk.client import DeskClient
from app.ui.central_desk.link import Link
from app.ui.central_desk.listing import ListPage, Portion
from app.ui.central_desk.ways import DeskWays
from app.ui.central_desk.wording import Words, capital, words_of
from app.ui.entry_service import own_rows, service_rows
from app.ui.look.signs import Sign
from app.ui.names import first_and_last
from app.ui.widgets.ledger import Cell, Column, Item, Row
from app.ui.widgets.marks import Banner
from app.ui.widgets.panel import FactRow, Panel, fact_rows, line, timeline
from app.ui.widgets.text import Role, Text
from resources.speech import Speech
from sync.central import answers

STATES = (None, TownState.NEW, TownState.DISPUTED, TownState.ANSWERED, TownState.ACCEPTED)


class EntrySource:
    """Entries, newest arrival first, of one state or of all; by number where one is typed."""

    name = "entries"

    def __init__(self, link: Link, ways: DeskWays) -> None:
        self._link = link
        self._ways = ways
        self._speech = ways.speech
        self.town: TownState | None = None
        self.station: str | None = None
        self.search: str | None = ""

    def columns(self) -> list[Column]:
        """Return the columns."""
        say = self._speech.say
        return [
            Column(say("desk.entries.number"), 172),
            Column(say("desk.entries.village"), 130),
            Column(say("desk.entries.who"), 200, below=True),
            Column(say("desk.entries.what"), 0, below=True),
            Column(say("desk.entries.fee"), 100, right=True, spare=True),
            Column(say("desk.entries.central"), 190, spare=True),
            Column(say("desk.entries.state"), 130),
        ]

    def ask(self, client: DeskClient, before: int | None, limit: int) -> Portion:
        """Ask for a portion."""
        page = client.entries(self.station, self.town, self.search or "", before, limit)
        return Portion(page.entries, page.before)

    def rows(self, items: Sequence[answers.EntryRow]) -> list[Item]:
        """Return the rows."""
        words = words_of(self._speech, self._link.office)
        return [self._row(words, one) for one in items]

    def _row(self, words: Words, one: answers.EntryRow) -> Row:
        struck = one.standing is Standing.ANNULLED
        who = first_and_last(one.who) or self._speech.say("desk.entry.anonymous")
        state = words.town(one)
        cells = (
            Cell(one.number, bold=True, struck=struck),
            Cell(one.village, colour="text2"),
            Cell(who, struck=struck),
            Cell(words.about(one), struck=struck),
            Cell(self._speech.amount(one.fee_cents)) if one.fee_cents else Cell("–", colour="text3"),
            Cell(one.central_number) if one.central_number else Cell("–", colour="text3"),
            state,
        )
        return Row(one.entry, cells, f"{one.number}, {one.village}, {who}, {words.about(one)}, {state.text}")

    # --- details ---

    def ask_details(self, client: DeskClient, key: str) -> answers.EntryDetails:
        """Ask for an entry."""
        return client.entry(key)

    def show_details(self, panel: Panel, found: answers.EntryDetails) -> None:
        """Show an entry: state, what the village wrote, receipts, findings, history of both sides."""
        say, row, words = self._speech.say, found.row, words_of(self._speech, self._link.office)
        number, _, day = row.number.partition("/")
        panel.body.addWidget(Text(say("desk.entry.registered", village=row.village, day=day), Role.LABEL))
        panel.body.addWidget(Text(number, Role.TITLE))
        panel.body.addWidget(self._banner(found, words))
        panel.body.addWidget(Text(words.about(row), Role.SECTION))
        panel.body.addWidget(fact_rows(entry_facts(self._speech, found)))
        for finding in found.findings:
            banner = Banner()
            label = self._speech.label(finding.code)
            banner.say(Sign.FINDING, capital(label))
            panel.body.addWidget(banner)
        panel.body.addWidget(line())
        panel.body.addWidget(timeline([words.step(one) for one in found.timeline]))
        panel.body.addStretch(1)

    def _banner(self, found: answers.EntryDetails, words: Words) -> Banner:
        speech, row, banner = self._speech, found.row, Banner()
        state = words.town(row)
        help_text = ""
        colour = "amber"
        if row.town is TownState.ACCEPTED:
            help_text = speech.say("desk.entry.central", number=row.central_number) if row.central_number else ""
            colour = "green"
        elif found.dispute is not None:
            help_text = ". ".join(filter(None, (speech.label(found.dispute.reason), found.dispute.note)))
        if row.standing is Standing.ANNULLED:
            colour, help_text = "grey", found.annulled_because
        banner.say(state.sign or Sign.WAITS, state.text, help_text, colour)
        return banner


def entry_facts(speech: Speech, found: answers.EntryDetails) -> list[FactRow]:
    """Return what the village wrote, in rows."""
    say, label, row = speech.say, speech.label, found.row
    rows = []
    for one in found.correspondents:
        role = label(one.role)
        place = _place(one.settlement)
        note = ", ".join(filter(None, (place, one.address, one.phone)))
        rows.append(FactRow(capital(role), one.name or say("desk.entry.anonymous"), note))
        if one.identifier and one.identifier_kind is not None:
            rows.append(FactRow(label(one.identifier_kind), one.identifier))
    if row.subject:
        rows.append(FactRow(say("desk.entry.subject"), row.subject))
    lists, said = carried(), _own(found)
    rows += own_rows(lists, speech, row.kind, said)
    received = ", ".join(filter(None, (label(found.channel), speech.date(row.office_date))))
    rows.append(FactRow(say("desk.entry.received"), received, found.registered_by))
    if row.due_on is not None:
        rows.append(FactRow(say("desk.entry.due"), speech.long_date(row.due_on), found.due_article))
    if row.fee_cents:
        paid = ", ".join(one.number for one in found.receipts if one.standing is Standing.IN_FORCE)
        note = say("desk.entry.paid", money=speech.money(found.paid_cents), receipts=paid) if paid else ""
        rows.append(FactRow(say("desk.entry.fee"), speech.money(row.fee_cents), note or say("desk.entry.unpaid")))
    return [*rows, *service_rows(lists, speech, row.service, said)]


def _own(found: answers.EntryDetails) -> Particulars:
    """Return what the kind and the service asked for in the village."""
    return Particulars(
        before_closing=found.before_closing,
        values=tuple(Particular(one.name, one.value) for one in found.particulars),
        papers=tuple(PaperSeen(one.paper, one.state) for one in found.papers),
    )


def _place(ekatte: str) -> str:
    return values.settlement(ekatte) if ekatte else ""


def entries_page(link: Link, ways: DeskWays) -> ListPage:
    """Return the page of the entries."""
    source = EntrySource(link, ways)
    anything: Any = source
    page = ListPage(link, ways, anything)

    def show(town: TownState | None) -> None:
        source.town = town
        page.refresh()

    say = ways.speech.say
    page.add_chips(
        [(say(f"desk.entries.chip_{town.value if town else 'all'}"), functools.partial(show, town)) for town in STATES]
    )
    return page
