"""``tefter demo``: every part its own process, counts read back from the stores."""

import json
from pathlib import Path

import pytest

from app.cli import main
from app.demonstration import unfinished, windows
from app.demonstration.processes import CommandFailed
from app.demonstration.stage import play
from tests.round_trip.driving import Driven

pytestmark = pytest.mark.processes

COUNTS = {"registered", "receipts", "sealed", "acknowledged", "accepted", "disputed", "findings"}


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.enable_socket
def test_it_acknowledges_and_decides_everything_and_its_stores_are_clean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--headless", "--json", "--dir", str(tmp_path / "demo"), "--entries", "1"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert COUNTS | {"cash_village_cents", "cash_centre_cents", "bytes_on_wire", "seconds", "stores"} <= facts.keys()
    assert facts["registered"] == facts["sealed"] == facts["acknowledged"] == 1
    assert facts["accepted"] + facts["disputed"] == 1
    assert facts["cash_village_cents"] == facts["cash_centre_cents"]
    for store in facts["stores"]:
        assert main(["verify", "--json", store]) == 0


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.enable_socket
def test_with_windows_it_leaves_work_for_both_and_counts_what_was_done(tmp_path: Path) -> None:
    seen: list[str] = []

    def show(store: Path, address: str, token: str) -> None:
        file = tmp_path / "token"
        file.write_text(token, "ascii")
        settings = {"XDG_CONFIG_HOME": str(tmp_path / "settings")}
        with Driven("window", "--store", store, **settings) as village:
            village.wait("Закъснява")
            village.wait("Оспорено")
            seen.extend(village.press("Alt+3")["texts"])
            with Driven("desk", "--url", address, "--token-file", file, **settings) as desk:
                desk.wait("Микрево")
                desk.press("Alt+2")
                desk.wait("Таксата не е платена")

    facts = play(tmp_path / "demo", 12, lambda _text: None, show)
    assert seen
    assert facts["equal"]
    assert facts["registered"] == facts["acknowledged"] == 12 + unfinished.OVERDUE
    assert facts["disputed"] >= 1
    assert facts["accepted"] + facts["disputed"] < facts["registered"]


def test_windows_that_cannot_be_opened_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "none such")
    (tmp_path / "store").mkdir()
    with pytest.raises(CommandFailed):
        windows.show(tmp_path / "store", "http://127.0.0.1:1", "token")


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter").write_text("моят файл", "utf-8")
    assert main(["demo", "--headless", "--json", "--dir", str(tmp_path)]) == 2
    assert "store_exists" in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["letter"]
