"""From unlock to the central number: relay, centre, village window and desk window as own processes, keys only."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.municipality import PASSWORD, Municipality, Service
from tests.round_trip.driving import Driven
from tests.round_trip.windows import (
    PERSON,
    desk_window,
    found,
    register_heirs_certificate,
    send,
    unlock,
    village_window,
)

pytestmark = [pytest.mark.processes, pytest.mark.allow_hosts(["127.0.0.1"])]

TRIES = 5


@pytest.fixture
def town(tmp_path: Path) -> Municipality:
    """A municipality with a village enrolled today; nobody's password lies beside the village's store."""
    return found(tmp_path / "town")


@pytest.fixture
def services(town: Municipality) -> Iterator[Service]:
    """Relay and centre at work; the centre's service is given."""
    with town.relay_serving(), Service("centre", "serve", town.centre, "--port", "0", "--interval", "3600") as centre:
        yield centre


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
        # The word stands there since the first field: the machine may be slower than the typing.
        window.until_kept()
        window.wait("запазена")
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


@pytest.mark.parametrize(
    ("window", "english", "bulgarian"),
    [("window", "A new computer", "Ново работно място"), ("desk", "Access code", "Код за достъп")],
)
def test_each_window_speaks_the_language_that_is_asked_for(
    tmp_path: Path, window: str, english: str, bulgarian: str
) -> None:
    words = [window, "--store", tmp_path / "none"] if window == "window" else [window]
    settings = str(tmp_path / "settings")
    with Driven(*words, "--language", "en", XDG_CONFIG_HOME=settings) as driven:
        driven.wait(english)
    with Driven(*words, "--language", "bg", XDG_CONFIG_HOME=settings, TEFTER_LANGUAGE="en") as driven:
        driven.wait(bulgarian)
