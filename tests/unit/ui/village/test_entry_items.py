"""The register's columns (колони): no name of a service that a village takes in is cut at 100 % on a small screen."""

from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.ui.look.theme import look, theme
from app.ui.village.entry_items import columns
from app.ui.village.wording import service_name
from app.ui.widgets.ledger_rows import _GAP, widths
from resources.speech import speech

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
