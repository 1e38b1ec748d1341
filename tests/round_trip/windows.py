"""Real windows over a real municipality (прозорци): started as processes, unlocked, worked with by keys only."""

from pathlib import Path
from random import Random

from app.demonstration import PASSWORD_BESIDE, people
from app.demonstration.people import SamplePerson
from tests.faults.municipality import PASSWORD, Municipality, Service
from tests.round_trip.driving import Driven

PERSON, ANOTHER = people.person(Random(5)), people.person(Random(6))  # noqa: S311 - it invents people
MOST_TABS = 60


def found(folder: Path) -> Municipality:
    """Make a municipality with a village enrolled today; nobody's password lies beside the village's store."""
    made = Municipality.found_today(folder)
    made.village.with_name(f"{made.village.name}.{PASSWORD_BESIDE}").unlink()
    return made


def village_window(town: Municipality) -> Driven:
    """Start the village window; it goes to the relay only when the clerk asks."""
    settings = str(town.folder / "settings")
    return Driven("window", "--store", town.village, "--no-exchange", "--theme", "light", XDG_CONFIG_HOME=settings)


def desk_window(town: Municipality, centre: Service, folder: Path) -> Driven:
    """Start the desk; its settings are its own."""
    del town
    return Driven("desk", "--url", centre.address, XDG_CONFIG_HOME=str(folder / "desk settings"))


def unlock(window: Driven) -> None:
    """Type the password."""
    window.type(PASSWORD)
    window.press("Return")
    window.wait("Регистърът е празен")


def go_to(window: Driven, name: str) -> None:
    """Go on by Tab to what is called so."""
    seen = window.look()
    for _ in range(MOST_TABS):
        if seen["keyboard"] == name:
            return
        seen = window.press("Tab")
    raise AssertionError(f"Tab does not lead to {name}: {seen}")


def fill_in_heirs_certificate(window: Driven, who: SamplePerson = PERSON) -> None:
    """Fill in an application for a paid certificate by somebody new; the keyboard stays in the subject."""
    window.press("F2")
    window.wait("Още не е даден")
    window.type(who.egn)
    window.press("Return")
    window.type(who.name)
    window.press("Return", "Return", "Return")
    go_to(window, "Услуга")
    window.type("2016")
    window.press("Return")
    window.type("за наследници")
    window.wait("2,56")


def record(window: Driven) -> str:
    """Check and record what is filled in; return the number that is told."""
    window.press("Ctrl+Return")
    window.wait("Запиши и издай номер")
    window.press("Return")
    seen = window.wait("Вписано")
    return str(next(text for text in seen["texts"] if text.startswith("17-0")))


def register_heirs_certificate(window: Driven) -> str:
    """Register a person's application for a paid certificate; return the number that is told."""
    fill_in_heirs_certificate(window)
    return record(window)


def send(window: Driven) -> None:
    """Go to the relay by key, and wait until it holds what was recorded here."""
    window.press("Alt+3", "F5")
    window.wait("Предадено е на пощенската станция")
