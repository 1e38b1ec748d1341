"""``tefter demo``: every part its own process, counts read back from the stores."""

import json
from pathlib import Path

import pytest

from app.cli import main

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


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter").write_text("моят файл", "utf-8")
    assert main(["demo", "--headless", "--json", "--dir", str(tmp_path)]) == 2
    assert "store_exists" in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["letter"]
