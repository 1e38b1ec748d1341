"""A later paper of a case by keys: begun from its entry, or by the number of ours that it names."""

from app.ui.village.check_sheet import CheckSheet
from app.ui.village.entry_form import EntryFormPage
from tests.town import Town
from tests.ui.hands import press, quiet, type_text, until
from tests.ui.shown import texts
from tests.ui.village.form_hands import NEW, begin, field, registered
from tests.ui.village.office import laid, open_window


def test_a_paper_begun_from_an_entry_joins_its_case(town: Town) -> None:
    first = town.village.register()
    with open_window(town.village) as window:
        quiet(window)
        press(window, "Ctrl+N")
        until(lambda: window.current.name == "form", "for the form")
        page = window.current
        assert isinstance(page, EntryFormPage)
        assert page.body.document.our_number.text() == first.number
        until(lambda: "настоящ адрес" in page.body.document.our_number_field.aside.text(), "for what it is about")
        type_text(window, NEW.egn)
        press(window, "Return")
        type_text(window, NEW.name)
        press(window, "Ctrl+Return")
        sheet = laid(window)
        assert isinstance(sheet, CheckSheet)
        assert any("17-000001" in one for one in texts(window))
        press(window, "Return")
        until(lambda: window.current.name == "saved", "for the number")
        press(window, "Escape")
        until(lambda: any("17-000001" in one for one in texts(window)), "for the case in the details")
    (opened, later) = registered(town)
    assert later.case_file == opened.row.entry == first.entry
    assert [one.told for one in opened.case] == [later.row.told]


def test_a_half_typed_paper_is_not_moved_into_another_case(town: Town) -> None:
    town.village.register()
    with open_window(town.village) as window:
        page = begin(window)
        type_text(window, NEW.egn)
        press(window, "Alt+1")
        quiet(window)
        press(window, "Ctrl+N")
        until(lambda: window.current.name == "form", "for the form")
        assert page.body.document.our_number.text() == ""
        assert page.body.people.identifier.text() == NEW.egn


def test_a_number_that_is_not_here_says_so_and_stops_nothing(town: Town) -> None:
    with open_window(town.village) as window:
        page = begin(window)
        page.body.focus_field("channel")
        page.body.document._show_case()
        type_text(window, "17-000099")
        aside = field(page, "our_number").aside
        until(lambda: aside.text() == "няма вписване с този номер", "for what is said of it")


def test_a_paper_begun_from_an_old_entry_joins_its_case_and_not_that_of_this_year(town: Town) -> None:
    old = town.village.register()
    town.clock.tick(days=60)
    today = town.clock.now().date()
    town.village.register(today)
    with open_window(town.village) as window:
        quiet(window)
        press(window, "Ctrl+N")  # it is late, so it waits on top
        until(lambda: window.current.name == "form", "for the form")
        type_text(window, NEW.egn)
        press(window, "Return")
        type_text(window, NEW.name)
        press(window, "Ctrl+Return")
        laid(window)
        press(window, "Return")
        until(lambda: window.current.name == "saved", "for the number")
    assert registered(town)[-1].case_file == old.entry
