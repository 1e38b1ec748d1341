"""The scenes of the first run (първо пускане): from the town's file to the code that the town reads out."""

from collections.abc import Iterator

from app.ui.village.first_run import FirstRunPage
from app.ui.village.window import VillageWindow
from tests.ui.hands import press, quiet, type_text, until
from tests.ui.village.new_computer import CLERK, PASSWORD, NewComputer


def scenes(window: VillageWindow, computer: NewComputer) -> Iterator[str]:
    """Go through the five steps; each is a picture."""
    page = window.current
    assert isinstance(page, FirstRunPage)
    quiet(window)
    yield "begin-file"
    press(window, "Return")
    quiet(window)
    yield "begin-file-missing"
    type_text(window, str(computer.file))
    press(window, "Return")
    until(lambda: page.place == 1, "for the clerk's step")
    type_text(window, CLERK)
    press(window, "Return")
    type_text(window, PASSWORD)
    quiet(window)
    yield "begin-clerk"
    press(window, "Return")
    type_text(window, PASSWORD)
    press(window, "Return")
    until(lambda: page.place == 2, "for the recovery sheet")
    quiet(window)
    yield "begin-recovery"
    shown = "".join(one.text() for one in page.recovery.lines).replace(" ", "").replace("-", "")
    type_text(window, shown[-5:])
    press(window, "Return")
    until(lambda: page.place == 3, "for the reply")
    quiet(window)
    yield "begin-reply"
    press(window, "Return")
    until(lambda: page.place == 4, "for the code")
    type_text(window, "12345")
    press(window, "Return")
    quiet(window)
    yield "begin-code"
