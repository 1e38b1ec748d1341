"""From unlock to the central number: relay, centre, village window and desk window as own processes, keys only."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from app.demonstration import PASSWORD_BESIDE, people
from tests.faults.municipality import PASSWORD, Municipality, Service
from tests.round_trip.driving import Driven

pytestmark = [pytest.mark.processes, pytest.mark.allow_hosts(["127.0.0.1"])]

TRIES = 5
PERSON = people.person(Random(5))  # noqa: S311 - it invents people


@pytest.fixture
def town(tmp_path: Path) -> Municipality:
    """A municipality with a village enrolled today; nobody's password lies beside the village's store."""
    made = Municipality.found_today(tmp_path / "town")
    made.village.with_name(f"{made.village.name}.{PASSWORD_BESIDE}").unlink()
    return made


@pytest.fixture
def services(town: Municipality) -> Iterator[Service]:
    """Relay and centre at work; the centre's service is given."""
    with town.relay_serving(), Service("centre", "serve", town.centre, "--port", "0", "--interval", "3600") as centre:
        yield centre


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


def register_heirs_certificate(window: Driven) -> str:
    """Register a person's application for a paid certificate; return the number that is told."""
    window.press("F2")
    window.wait("Още не е даден")
    window.type(PERSON.egn)
    window.press("Return")
    window.type(PERSON.name)
    window.press("Return", "Return", "Return")
    seen = window.look()
    while seen["keyboard"] != "Услуга":
        seen = window.press("Tab")
    window.type("2016")
    window.press("Return")
    window.type("за наследници")
    window.wait("2,56")
    window.press("Ctrl+Return")
    window.wait("Запиши и издай номер")
    window.press("Return")
    seen = window.wait("Вписано")
    return str(next(text for text in seen["texts"] if text.startswith("17-0")))


def send(window: Driven) -> None:
    """Go to the relay by key, and wait until it holds what was recorded here."""
    window.press("Alt+3", "F5")
    window.wait("Предадено е на пощенската станция")


def exchange_at_the_desk(desk: Driven) -> None:
    """Let the centre exchange with the relay, by key."""
    desk.press("Alt+6", "F5")
    desk.wait("Обменът завърши")


def fetch_line(desk: Driven, words: str) -> None:
    """Exchange at the desk until a line shows some words: the village's exchange may still be on its way."""
    for _ in range(TRIES):
        exchange_at_the_desk(desk)
        desk.press("Alt+2")
        if desk.has(words, 2):
            return
    desk.wait(words)


def test_an_entry_goes_from_the_village_desk_to_the_town_and_its_number_comes_back(
    town: Municipality, services: Service, tmp_path: Path
) -> None:
    with village_window(town) as village, desk_window(town, services, tmp_path) as desk:
        unlock(village)
        number = register_heirs_certificate(village)
        assert number.startswith("17-000001")
        village.press("F3")
        village.wait("За плащане")
        village.type("10")
        village.wait("7,44")
        village.press("Return")
        village.wait("Квитанцията е издадена")
        village.press("Escape", "Alt+3")
        village.wait("1 вписване и 1 квитанция")
        send(village)
        desk.type(_token(town))
        desk.press("Return")
        desk.wait("Кметства")
        exchange_at_the_desk(desk)
        desk.press("Alt+1")
        desk.wait("Приеми 1 чисто")
        desk.press("Ctrl+Shift+A")
        desk.wait("Ще бъде прието 1 вписване")
        desk.press("Return")
        desk.wait("Прието е 1 вписване")
        exchange_at_the_desk(desk)
        village.press("F5")
        village.press("Alt+1")
        village.wait("Прието от общината")
        village.wait("94-000001")


def test_a_dispute_is_answered_in_the_village_and_judged_again(
    town: Municipality, services: Service, tmp_path: Path
) -> None:
    with village_window(town) as village, desk_window(town, services, tmp_path) as desk:
        unlock(village)
        register_heirs_certificate(village)
        send(village)
        desk.type(_token(town))
        desk.press("Return")
        desk.wait("Кметства")
        fetch_line(desk, "17-000001")
        desk.wait("Таксата не е платена")
        desk.press("R")
        desk.wait("Няма редове, които искат човек")
        exchange_at_the_desk(desk)
        village.press("F5", "Alt+1")
        village.wait("Общината го оспори")
        village.press("Ctrl+R")
        village.wait("липсва плащане на таксата".capitalize())
        village.type("Ще плати на касата в общината")
        village.press("Ctrl+Return")
        village.wait("Отговорено")
        send(village)
        fetch_line(desk, "Ще плати на касата в общината")
        desk.press("A")
        desk.wait("Няма редове, които искат човек")
        exchange_at_the_desk(desk)
        village.press("Alt+3", "F5", "Alt+1")
        village.wait("94-000001")


def _token(town: Municipality) -> str:
    with town.open_centre() as store:
        return store.secrets.desk_token


def test_a_second_start_raises_the_first_window_and_ends(town: Municipality) -> None:
    with village_window(town) as first:
        first.wait("Парола")
        with village_window(town) as second:
            assert second.process.wait(30) == 0
        assert first.look()["page"] == "unlock"


def test_half_a_form_survives_a_kill_with_the_keyboard_where_it_was(town: Municipality) -> None:
    with village_window(town) as window:
        unlock(window)
        window.press("F2")
        window.wait("Още не е даден")
        window.type(PERSON.egn)
        window.press("Return")
        typed = window.type("Половин име")
        window.wait("запазена", 4)
        window.kill()
    with village_window(town) as again:
        again.type(PASSWORD)
        again.press("Return")
        again.wait("Регистърът е празен")
        again.press("F2")
        seen = again.wait("Половин име")
        assert PERSON.egn in seen["texts"]
        assert seen["keyboard"] == typed["keyboard"]


def test_the_road_says_what_is_wrong_where_there_is_no_relay(town: Municipality) -> None:
    with village_window(town) as window:
        unlock(window)
        register_heirs_certificate(window)
        window.press("Alt+3", "F5")
        window.wait("Няма връзка с пощенската станция")
        window.press("F2")
        window.wait("17-000002")
