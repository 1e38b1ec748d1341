"""The register's rows (редове): what they say of a term, and that no name of a service is cut on a small screen."""

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.domain.terms import Ending, Standing, TownState
from app.services.list_rows import EntryRow
from app.ui.look.signs import Sign
from app.ui.look.theme import BOLD, look, theme
from app.ui.look.tokens import Points
from app.ui.village.entry_items import columns
from app.ui.village.wording import service_name, state_cell, state_of, term_cell
from app.ui.widgets.ledger_rows import _GAP, widths
from resources.speech import Language, speech

MARK = 24
"""Pixels that a sign takes before its words."""
LIST_WIDE = 1366 - 104 - 344 - 10
"""Pixels of a small screen without rail, details and scroll bar."""


def test_no_name_of_a_service_is_cut(qapp: QApplication) -> None:
    theme().start(qapp, dark=False, scale=1.0)
    lists = bootstrap.nomenclatures()
    room = widths(columns(speech("bg")), LIST_WIDE)[3] - _GAP
    names = {one.number: service_name(lists, one.number) for one in lists.services.values()}
    taken_in = {one.number for one in lists.services.values() if one.village_role != "centre"}
    cut = {number: name for number, name in names.items() if look().metrics().horizontalAdvance(name) > room}
    assert {number: name for number, name in cut.items() if number in taken_in} == {}


# --- terms ---------------------------------------------------------------------------------------------------------

TODAY = date(2026, 11, 16)
YESTERDAY, LATER = TODAY - timedelta(days=1), TODAY + timedelta(days=3)


def entry(**changes: Any) -> EntryRow:  # noqa: ANN401 - any field of a row
    """Return the row of an entry in force, acknowledged and without a term."""
    fields: dict[str, Any] = {
        **dict.fromkeys(EntryRow._fields),
        "standing": Standing.IN_FORCE,
        "town": TownState.NEW,
        "acknowledged": True,
        "stopped": False,
    }
    return EntryRow(**(fields | changes))


@pytest.mark.parametrize(
    ("changes", "text", "note", "state"),
    [
        ({}, "без срок", "", "received"),
        ({"stopped": True}, "спрян", "", "received"),
        ({"stopped": True, "mend_by": LATER}, "спрян", "до 19.11", "received"),
        ({"stopped": True, "mend_by": TODAY}, "спрян", "до 16.11", "received"),
        ({"stopped": True, "mend_by": YESTERDAY}, "спрян", "до 15.11", "not_mended"),
        ({"stopped": True, "mend_by": YESTERDAY, "town": TownState.ACCEPTED}, "спрян", "до 15.11", "not_mended"),
        ({"stopped": True, "mend_by": YESTERDAY, "town": TownState.DISPUTED}, "спрян", "до 15.11", "disputed"),
        ({"stopped": True, "mend_by": YESTERDAY, "ended": Ending.NOT_MENDED}, "спрян", "", "received"),
        ({"stopped": True, "mend_by": YESTERDAY, "standing": Standing.ANNULLED}, "", "", "annulled"),
        ({"stopped": True, "mend_by": date(2025, 12, 30)}, "спрян", "", "not_mended"),
        ({"due_on": YESTERDAY}, "15.11", "от вчера", "late"),
        ({"due_on": YESTERDAY, "ended": Ending.WITHDRAWN}, "15.11", "", "received"),
        ({"due_on": LATER}, "19.11", "3 дни", "received"),
    ],
)
def test_a_row_says_how_its_term_stands(changes: dict[str, Any], text: str, note: str, state: str) -> None:
    row, bulgarian = entry(**changes), speech("bg")
    cell = term_cell(bulgarian, row, TODAY)
    assert (cell.text, cell.note.replace("\u00a0", " ")) == (text, note)
    assert state_of(row, TODAY)[1] == state


@pytest.mark.parametrize("language", ["bg", "en"])
def test_what_nobody_mended_is_marked_and_its_words_have_room(qapp: QApplication, language: Language) -> None:
    theme().start(qapp, dark=False, scale=1.0)
    row, words = entry(stopped=True, mend_by=date(2026, 10, 28)), speech(language)
    term, state = term_cell(words, row, TODAY), state_cell(words, row, TODAY)
    assert (state.sign, state.colour, state.bold, term.bold) == (Sign.FINDING, "amber", True, True)
    for_term, for_state = widths(columns(words), LIST_WIDE)[4:]
    assert MARK + look().metrics(weight=BOLD).horizontalAdvance(state.text) <= for_state - _GAP
    wide = look().metrics(weight=BOLD).horizontalAdvance(term.text)
    assert wide + _GAP + look().metrics(Points.HELP).horizontalAdvance(term.note) <= for_term - _GAP
