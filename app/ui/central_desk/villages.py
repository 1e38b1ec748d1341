"""The villages (Кметства): worst first, in three groups; one key accepts all that is clean."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.folding import fold
from app.ui.central_desk.accept_clean import AcceptCleanSheet
from app.ui.central_desk.link import Link
from app.ui.central_desk.village_panel import VillagePanel
from app.ui.central_desk.ways import DeskWays
from app.ui.central_desk.wording import Words, colour_of, group_of, sign_of
from app.ui.look.signs import Sign
from app.ui.look.tokens import Measure
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Line
from app.ui.widgets.flow import Flow
from app.ui.widgets.frame import Page
from app.ui.widgets.keys import Key
from app.ui.widgets.ledger import Cell, Column, Head, Item, LedgerList, Row
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.text import Role, Text
from app.ui.work import Newest
from sync.central import answers

GROUPS = ("urgent", "waits", "clean")
_SIGNS = {"urgent": Sign.WRONG, "waits": Sign.WAITS, "clean": Sign.SETTLED}
FOLDED_FROM = 12
"""So many clean villages fold into one head, until they are asked for."""


class VillagesPage(Page):
    """The first screen of the desk."""

    name = "villages"

    def __init__(self, link: Link, ways: DeskWays) -> None:
        super().__init__(panel_width=Measure.DESK_DETAILS)
        self._link = link
        self._ways = ways
        self._speech = ways.speech
        self._asked = Newest(link.reader())
        self._found: answers.Villages | None = None
        self._group = ""
        self._compose()
        self.details = VillagePanel(link, ways, self.panel)
        self.use_keys(self._own_keys())
        link.changed.connect(self._changed)

    # --- building ---

    def _compose(self) -> None:
        say = self._speech.say
        self.title = Text(say("desk.villages.title"), Role.TITLE, wrap=False)
        self.count = Text("", Role.LEAD, wrap=False)
        self.search = Line()
        self.search.setPlaceholderText(say("desk.villages.search_hint"))
        self.search.setAccessibleName(say("desk.villages.search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._show())
        self.accept = Button(
            say("desk.villages.accept_none"), Kind.PRIMARY, key="Ctrl+Shift+A", icon="check", run=self.accept_clean
        )
        self.middle.addWidget(PageHead(self.title, self.count, self.search, self.accept))
        self.middle.addLayout(self._chips())
        self.list = LedgerList(say("desk.villages.title"), self._columns(), row=Measure.DESK_ROW)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(lambda key: self._ways.to_lines(key if isinstance(key, str) else None))
        self.middle.addWidget(self.list, 1)
        self.empty = Text(say("desk.villages.empty"), Role.LEAD)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(48, 48, 48, 48)
        self.empty.hide()
        self.middle.addWidget(self.empty, 1)

    def _chips(self) -> Flow:
        row = Flow()
        row.setContentsMargins(24, 0, 24, 10)
        self.chips: dict[str, Button] = {}
        for group in ("", *GROUPS):
            chip = Button(self._speech.say(f"desk.villages.chip_{group or 'all'}"), Kind.CHIP)
            chip.clicked.connect(lambda _on=False, group=group: self._filter(group))
            chip.sign = _SIGNS.get(group)
            chip.setChecked(not group)
            self.chips[group] = chip
            row.addWidget(chip)
        return row

    def _columns(self) -> list[Column]:
        say = self._speech.say
        return [
            Column(say("desk.villages.name"), 190),
            Column(say("desk.villages.what"), 150, below=True),
            Column(say("desk.villages.why"), 0, below=True),
            Column(say("desk.villages.days"), 196, spare=True),
            Column(say("desk.villages.contact"), 122),
            Column(say("desk.villages.waiting"), 66, right=True),
            Column(say("desk.villages.person"), 76, right=True),
            Column(say("desk.villages.money"), 96, right=True),
        ]

    def _own_keys(self) -> list[Key]:
        say = self._speech.say
        return [
            Key("Ctrl+Shift+A", say("desk.villages.accept_key"), self.accept_clean),
            Key("Return", say("desk.villages.open_key")),
            Key("Escape", say("desk.villages.clear_key"), self._clear),
            Key("Up", say("frame.keys.walk")),
        ]

    # --- reading ---

    def first_focus(self) -> QWidget:
        """Return the list."""
        return self.list.view if not self.list.isHidden() else self.accept

    def find_here(self) -> bool:
        """Put the keyboard into the search line."""
        self.search.setFocus()
        self.search.selectAll()
        return True

    def appear(self) -> None:
        """Read anew."""
        self.refresh()

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Ask for all villages."""
        client = self._link.reading()
        self._asked.ask(client.villages, self._put, self._ways.fail_quietly)

    def _put(self, found: answers.Villages) -> None:
        self._found = found
        clean = sum(one.waiting.clean for one in found.villages)
        self.accept.setEnabled(clean > 0)
        text = (
            self._speech.count("desk.villages.accept", clean)
            if clean
            else self._speech.say("desk.villages.accept_none")
        )
        self.accept.set_text(text)
        self.count.setText(str(len(found.villages)))
        groups = [group_of(one.state) for one in found.villages]
        self.chips[""].set_note(str(len(groups)))
        for group in GROUPS:
            self.chips[group].set_note(str(groups.count(group)))
        self._show()

    # --- showing ---

    def _show(self) -> None:
        if self._found is None:
            return
        items = self._items(self._found.villages)
        self.empty.setVisible(not items)
        self.list.setVisible(bool(items))
        self.list.put(items, keep=self.list.current())

    def _items(self, villages: Sequence[answers.Village]) -> list[Item]:
        words = self._words()
        asked = fold(self.search.text().strip())
        items: list[Item] = []
        for group in GROUPS:
            members = [one for one in villages if group_of(one.state) == group and asked in fold(one.name)]
            if not members or (self._group and group != self._group):
                continue
            folded = group == "clean" and len(members) >= FOLDED_FROM and not self._group and not asked
            items.append(Head(self._speech.say(f"desk.villages.{group}"), self._note(group, members), _SIGNS[group]))
            items += [] if folded else [self._row(words, one) for one in members]
        return items

    def _note(self, group: str, members: Sequence[answers.Village]) -> str:
        count = self._speech.count("desk.villages.count", len(members))
        if group != "clean":
            return count
        waiting = sum(one.waiting.clean for one in members)
        return f"{count} · {self._speech.count('desk.villages.clean_entries', waiting)}"

    def _row(self, words: Words, one: answers.Village) -> Row:
        speech = self._speech
        quiet = group_of(one.state) == "clean"
        waiting = one.waiting.clean + one.waiting.person + one.waiting.answered
        person = one.waiting.person + one.waiting.answered
        why = words.reason(one.reasons[0]) if one.reasons else ""
        what = speech.label(one.state)
        cells = (
            Cell(one.name, sign=sign_of(one.state), bold=not quiet),
            Cell(what[:1].upper() + what[1:], colour=colour_of(one.state), bold=group_of(one.state) == "urgent"),
            Cell(why, colour="text2" if quiet else "text"),
            Cell("", spark=one.days),
            Cell(words.when(one.last_contact), colour="text2"),
            Cell(str(waiting) if waiting else "–"),
            Cell(str(person) if person else "–", bold=bool(person)),
            Cell(speech.amount(one.till_cents)),
        )
        return Row(one.station, cells, f"{one.name}, {what}, {why}", tall=not quiet)

    def _words(self) -> Words:
        office = self._link.office
        return Words(self._speech, office.now if office is not None else 0)

    # --- what happens ---

    def _filter(self, group: str) -> None:
        self._group = group
        self._show()

    def _clear(self) -> None:
        self.search.clear()
        self.chips[""].click()
        self.list.view.setFocus()

    def _chosen(self, station: object) -> None:
        village = next((one for one in self._found.villages if one.station == station), None) if self._found else None
        self.details.show(self._found, village, self._words())

    def accept_clean(self) -> None:
        """Show what accepting all that is clean does, and ask."""
        if self._found is not None and any(one.waiting.clean for one in self._found.villages):
            self._ways.lay(AcceptCleanSheet(self._link, self._ways, self._found))
