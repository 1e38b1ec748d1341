"""At 200 % of text, the largest there is, everything can still be read and reached on a small screen (U11)."""

from collections.abc import Iterator

import pytest

from app.ui.look.theme import look, theme
from app.ui.village.form_page import FormPage
from app.ui.village.window import VillageWindow
from tests.town import Town
from tests.ui import focus, reach, stage
from tests.ui.hands import press, quiet, type_text
from tests.ui.village.form_hands import NEW, begin, field
from tests.ui.village.office import open_window

LARGEST = 2.0
SMALL_SCREEN = (1366, 696)


@pytest.fixture
def window(town: Town) -> Iterator[VillageWindow]:
    """A village's window over an entry in every state, in the largest text."""
    stage.fill(town)
    with open_window(town.village) as made:
        grow(made, LARGEST)
        yield made


def grow(window: VillageWindow, scale: float) -> None:
    """Let the text be so large."""
    theme().set_scale(scale)
    window.resize(*SMALL_SCREEN)
    quiet(window)


def pages(window: VillageWindow) -> Iterator[str]:
    """Go where words are many, by keys."""
    for state in ("disputed", "voided"):
        stage.find(window, state)
        yield f"details of one {state}"
    press(window, "F2")
    quiet(window)
    yield "form"
    press(window, "Ctrl+Return")
    quiet(window)
    yield "form with problems"
    press(window, "Alt+2")
    quiet(window)
    yield "till"
    press(window, "Alt+3", "F5")
    quiet(window)
    yield "road"


def test_nothing_stands_aside_of_what_is_seen(window: VillageWindow) -> None:
    aside = {page: reach.aside(window) for page in pages(window)}
    assert len(aside) > 5
    assert {page: found for page, found in aside.items() if found} == {}
    assert (window.width(), window.height()) == SMALL_SCREEN


def test_a_finding_stands_under_its_field_and_in_the_margin_again_in_smaller_text(window: VillageWindow) -> None:
    page = begin(window)
    wrong = NEW.egn[:-1] + str((int(NEW.egn[-1]) + 1) % 10)
    type_text(window, wrong)
    press(window, "Return")
    quiet(window)
    assert place_of_note(page) == "under"
    grow(window, 1.0)
    assert place_of_note(page) == "beside"
    grow(window, LARGEST)
    assert place_of_note(page) == "under"
    assert focus.faint(window) == []


def place_of_note(page: FormPage) -> str:
    """Return where the finding of the identifier is shown."""
    egn = field(page, "identifier")
    note = egn.note
    assert note.isVisible()
    assert note.title == "ЕГН не минава проверката"
    under_it = note.mapTo(page, note.rect().topLeft()).y() >= egn.input.mapTo(page, egn.input.rect().bottomLeft()).y()
    right_of_it = note.mapTo(page, note.rect().topLeft()).x() > egn.input.mapTo(page, egn.input.rect().topRight()).x()
    return "under" if under_it else "beside" if right_of_it else "over"


def test_a_link_to_a_field_goes_on_in_the_next_line(window: VillageWindow) -> None:
    page = begin(window)
    press(window, "Ctrl+Return")
    quiet(window)
    link = page.body.summary.links[0]
    large = link.height()
    assert link.width() >= link.minimumSizeHint().width()
    grow(window, 1.0)
    assert link.height() == look().px(32)
    assert large > 2 * link.height()
