"""The villages (Кметства): worst first, in three groups; one key accepts all that is clean."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.folding import Reading, fold, holds, readings
from app.ui.central_desk.accept_clean import AcceptCleanSheet
from app.ui.central_desk.desk_page import DeskPage
from app.ui.central_desk.link import Link
from app.ui.central_desk.village_items import ALWAYS, FILTERS, SIGNS, Fold, columns, items
from app.ui.central_desk.village_panel import VillagePanel
from app.ui.central_desk.ways import DeskWays
from app.ui.central_desk.wording import Words, words_of
from app.ui.look.tokens import Measure
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Line
from app.ui.widgets.flow import Flow
from app.ui.widgets.keys import Key, walking
from app.ui.widgets.ledger import LedgerList
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.text import Role, Text
from sync.central import answers

_NUMBER = re.compile(r"^\s*\d[\d\-/.]*\s*$")
"""What is typed is a number, not a name: Enter looks for it among the entries."""


class VillagesPage(DeskPage):
    """The first screen of the desk."""

    name = "villages"

    def __init__(self, link: Link, ways: DeskWays) -> None:
        super().__init__()
        self._link = link
        self._ways = ways
        self._speech = ways.speech
        self._chip = "all"
        self._opened: frozenset[str] = frozenset()
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
        self.search.returnPressed.connect(self._search_on)
        self.accept = Button(
            say("desk.villages.accept_none"), Kind.PRIMARY, key="Ctrl+Shift+A", icon="check", run=self.accept_clean
        )
        self.accept.setEnabled(False)
        self.middle.addWidget(PageHead(self.title, self.count, self.search, self.accept))
        self.middle.addLayout(self._chips())
        self.list = LedgerList(say("desk.villages.title"), columns(self._speech), row=Measure.DESK_ROW, headed=True)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self._open)
        self.middle.addWidget(self.list, 1)
        self.empty = Text("", Role.LEAD)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(48, 48, 48, 48)
        self.empty.hide()
        self.middle.addWidget(self.empty, 1)

    def _chips(self) -> Flow:
        row = Flow()
        row.setContentsMargins(24, 0, 24, 10)
        self.chips: dict[str, Button] = {}
        for name in FILTERS:
            chip = Button(self._speech.say(f"desk.villages.chip_{name}"), Kind.CHIP)
            chip.clicked.connect(lambda _on=False, name=name: self._filter(name))
            chip.sign = SIGNS.get(name)
            chip.setChecked(name == "all")
            self.chips[name] = chip
            row.addWidget(chip)
            if name not in ALWAYS:
                chip.hide()
        return row

    def _own_keys(self) -> list[Key]:
        say = self._speech.say
        return [
            Key("Ctrl+Shift+A", say("desk.villages.accept_key"), self.accept_clean),
            Key("Return", say("desk.villages.open_key")),
            Key("Escape", say("desk.villages.clear_key"), self._clear),
            walking(self._speech),
        ]

    # --- showing ---

    def first_focus(self) -> QWidget:
        """Return the list."""
        return self.list.view if not self.list.isHidden() else self.search

    def find_here(self) -> bool:
        """Put the keyboard into the search line."""
        self.search.setFocus()
        self.search.selectAll()
        return True

    def appear(self) -> None:
        """Show what is known; the link keeps it new."""
        self._show_all()

    def _changed(self) -> None:
        if self.isVisible():
            self._show_all()

    def _show_all(self) -> None:
        found = self._link.villages
        if found is None:
            return
        clean = sum(one.waiting.clean for one in found.villages)
        self.accept.setEnabled(clean > 0)
        count, say = self._speech.count, self._speech.say
        self.accept.set_text(count("desk.villages.accept", clean) if clean else say("desk.villages.accept_none"))
        self.count.setText(str(len(found.villages)))
        for name, chooses in FILTERS.items():
            members = sum(1 for one in found.villages if chooses(one))
            self.chips[name].set_note(str(members))
            self.chips[name].setVisible(name in ALWAYS or members > 0 or name == self._chip)
        self._show()

    def _show(self) -> None:
        found = self._link.villages
        if found is None:
            return
        asked = readings(self.search.text())
        chosen = [one for one in found.villages if FILTERS[self._chip](one) and _named(one, asked)]
        shown = items(self._words(), chosen, self._opened, folds=self._chip == "all" and not asked)
        self._say_empty(shown == [], found)
        self.list.put(shown, keep=self.list.current())

    def _say_empty(self, empty: bool, found: answers.Villages) -> None:  # noqa: FBT001 - passed on
        typed = self.search.text().strip()
        key = "none_yet" if not found.villages else "empty_number" if _NUMBER.match(typed) else "empty"
        self.empty.setText(self._speech.say(f"desk.villages.{key}", number=typed))
        self.empty.setVisible(empty)
        self.list.setVisible(not empty)

    def _words(self) -> Words:
        return words_of(self._speech, self._link.office)

    # --- what happens ---

    def _filter(self, name: str) -> None:
        self._chip = name
        self._show()

    def _clear(self) -> None:
        self.search.clear()
        self.chips["all"].click()
        self.list.view.setFocus()

    def _search_on(self) -> None:
        """Go on from what is typed: to the entries by a number, else into the list."""
        typed = self.search.text().strip()
        if _NUMBER.match(typed):
            self.search.clear()
            self._ways.find_entries(typed)
        elif self.list.current() is not None:
            self.list.view.setFocus()

    def _open(self, key: object) -> None:
        if isinstance(key, Fold):
            self._opened = self._opened ^ {key.group}
            self._show()
        else:
            self.details.go()

    def _chosen(self, key: object) -> None:
        found = self._link.villages
        village = next((one for one in found.villages if one.station == key), None) if found else None
        self.details.show(found, village, self._words())

    def accept_clean(self) -> None:
        """Show what accepting all that is clean does, and ask."""
        found = self._link.villages
        if found is not None and any(one.waiting.clean for one in found.villages):
            self._ways.lay(AcceptCleanSheet(self._link, self._ways, found))


def _named(one: answers.Village, asked: Sequence[tuple[Reading, ...]]) -> bool:
    """Return whether a name of the station or of one of its villages holds every word typed."""
    held = f" {fold(' '.join((one.name, *(register.name for register in one.registers))))} "
    return all(holds(held, word) for word in asked)
