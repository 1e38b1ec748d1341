"""A clerk is interrupted by a lock, a dead relay, a full disk, a power cut: nothing typed is lost.

Real processes and key events only. After a kill all is there again but what was typed in the last two seconds.
"""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.demonstration.people import SamplePerson
from tests.faults.municipality import PASSWORD, Municipality, read_village
from tests.round_trip.driving import Driven
from tests.round_trip.windows import (
    ANOTHER,
    PERSON,
    fill_in_heirs_certificate,
    found,
    record,
    send,
    unlock,
    village_window,
)
from tests.small_disk import mounted

pytestmark = [pytest.mark.processes, pytest.mark.allow_hosts(["127.0.0.1"])]

MORE = " от Микрево"
SMALL = "24m"


@pytest.fixture
def town(tmp_path: Path) -> Municipality:
    """A municipality with a village enrolled today."""
    return found(tmp_path / "town")


def everything_typed(window: Driven, subject: str, who: SamplePerson = PERSON) -> None:
    """Wait until the form shows all that was typed into it."""
    seen = window.wait(subject)
    assert {who.egn, who.name, subject} <= set(seen["texts"])


def test_a_lock_in_the_middle_keeps_every_letter_and_shows_none(town: Municipality) -> None:
    with village_window(town) as window:
        unlock(window)
        fill_in_heirs_certificate(window)
        window.type(MORE)
        locked = window.press("Ctrl+L")
        assert locked["page"] == "unlock"
        assert not any(PERSON.name in text or PERSON.egn in text for text in locked["texts"])
        window.type("не е тази")
        window.press("Return")
        window.wait("Код: wrong_password")
        window.type(PASSWORD)
        window.press("Return")
        everything_typed(window, f"за наследници{MORE}")
        assert window.look()["keyboard"] == "Относно"
        window.press("Ctrl+L")
        window.kill()
    with village_window(town) as again:
        unlock(again)
        again.press("F2")
        everything_typed(again, f"за наследници{MORE}")
        assert record(again).startswith("17-000001")


def test_a_relay_that_dies_is_told_and_the_work_goes_on(town: Municipality) -> None:
    with village_window(town) as window:
        unlock(window)
        with town.relay_serving() as relay:
            fill_in_heirs_certificate(window)
            record(window)
            send(window)
            fill_in_heirs_certificate(window, ANOTHER)
            relay.process.kill()
            relay.process.wait()
        window.press("Alt+3", "F5")
        window.wait("Няма връзка с пощенската станция")
        window.press("F2")
        everything_typed(window, "за наследници", ANOTHER)
        assert record(window).startswith("17-000002")
        with town.relay_serving():
            send(window)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that is soon full."""
    with mounted(tmp_path, SMALL) as place:
        yield place


@contextlib.contextmanager
def full(disk: Path) -> Iterator[None]:
    """Let a disk be full for a while."""
    ballast = disk / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4_096))
    yield
    ballast.unlink()


@pytest.fixture
def on_small_disk(town: Municipality, small_disk: Path) -> Municipality:
    """The same municipality, the village's store on a disk that is soon full."""
    moved = Municipality(town.folder)
    moved.village = small_disk / "mikrevo"
    shutil.copytree(town.village, moved.village)
    return moved


def test_a_full_disk_is_told_and_nothing_typed_is_lost(on_small_disk: Municipality, small_disk: Path) -> None:
    with village_window(on_small_disk) as window:
        unlock(window)
        fill_in_heirs_certificate(window)
        with full(small_disk):
            window.type(MORE)
            window.press("Ctrl+Return")
            window.wait("Запиши и издай номер")
            window.press("Return")
            window.wait("Код: disk_full")
            window.press("Escape", "F2")
            everything_typed(window, f"за наследници{MORE}")
            window.press("Ctrl+L")
            window.type(PASSWORD)
            window.press("Return")
            everything_typed(window, f"за наследници{MORE}")
        assert record(window).startswith("17-000001")
    assert len(read_village(on_small_disk.village).entries) == 1


def test_a_kill_on_a_full_disk_leaves_what_was_kept(on_small_disk: Municipality, small_disk: Path) -> None:
    with village_window(on_small_disk) as window:
        unlock(window)
        fill_in_heirs_certificate(window)
        window.until_kept()
        window.wait("запазена")
        with full(small_disk):
            window.type(MORE)
            window.wait("Дискът е пълен", 10)
            window.kill()
    with village_window(on_small_disk) as again:
        unlock(again)
        again.press("F2")
        everything_typed(again, "за наследници")
        assert record(again).startswith("17-000001")
