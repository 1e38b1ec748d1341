"""The verbs as people type them: enrol, work a day, carry it to town by stick, hear the answer; without a relay."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.demonstration import PASSWORD_BESIDE
from sync import signatures

CENTRE, VILLAGE = "centre", "mikrevo"


class Hands:
    """Types commands in a folder and reads their JSON answers."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def type(self, *words: str | Path, expect: int = 0) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Run a command; return its answer, or what it says where it must fail."""
        self._capsys.readouterr()
        assert main([*map(str, words), "--json"]) == expect
        said = self._capsys.readouterr()
        return said.err if expect else json.loads(said.out)

    def station(self, verb: str, *words: str | Path, expect: int = 0) -> Any:  # noqa: ANN401
        """Run a verb of the village."""
        return self.type("station", verb, self.folder / VILLAGE, *words, expect=expect)

    def centre(self, verb: str, *words: str | Path, expect: int = 0) -> Any:  # noqa: ANN401
        """Run a verb of the town."""
        return self.type("centre", verb, self.folder / CENTRE, *words, expect=expect)


@pytest.fixture
def hands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Hands:
    """A town with a demonstration's village, enrolled by file, reply and codes read both ways."""
    for name in (CENTRE, VILLAGE):
        (tmp_path / f"{name}.{PASSWORD_BESIDE}").write_text("парола за проба\n", "utf-8")
    typing = Hands(tmp_path, capsys)
    relay_key = signatures.public_key(bytes(range(32))).hex()
    typing.centre(
        *("create", "--municipality", "BLG49", "--demonstration"),
        *("--relay", "http://127.0.0.1:9", "--relay-key", relay_key),
    )
    file, reply = tmp_path / "file", tmp_path / "reply"
    typing.centre(
        *("enrol", "--name", "Микрево", "--out", file, "--village", "BLG49-12:17:17", "--issued-on", "2026-11-16")
    )
    shown = typing.station("enrol", "--enrolment", file, "--account", "Служител", "--reply", reply)
    own = typing.centre("admit", "--reply", reply)["code"]
    typing.centre("admit", "--reply", reply, "--code", shown["code"])
    typing.station("confirm", "--code", own)
    (tmp_path / "recovery").write_text(shown["recovery_code"], "utf-8")
    (tmp_path / "stick").mkdir()
    return typing


FILING = ("--register", "17", "--kind", "zayavlenie_usluga", "--name", "Иван Стоянов Абаджиев")
PAID = ("--service", "1997", "--speed", "ordinary", "--subject", "Настоящ адрес", "--sheets", "1")


def test_a_day_at_the_desk_and_its_way_to_town_by_stick(hands: Hands) -> None:
    first = hands.station("register", *FILING, *PAID, "--settlement", "49686", "--result-way", "at_desk")
    assert (first["number"], first["findings"]) == ("17-000001/16.11.2026", [])
    assert first["article"].startswith("АПК")
    second = hands.station("register", *FILING)
    assert "service_missing" in second["findings"]
    receipt = hands.station("receipt", "--entry", "17-1/2026", "--till", "17", "--payer", "Иван", "--given", "20,00")
    assert receipt["number"] == "17-000001/16.11.2026"
    assert receipt["cents"] + receipt["change"] == 2000
    hands.station("void", "--receipt", "17-1/2026", "--reason", "Погрешна услуга")
    hands.station("receipt", "--entry", "17-1/2026", "--till", "17", "--payer", "Иван", "--given", "10")
    hands.station("annul", "--entry", "17-2/2026", "--reason", "Вписано два пъти")
    assert "difference_unexplained" in hands.station("close", "--till", "17", "--count", "0,00", expect=2)
    closed = hands.station("close", "--till", "17", "--count", "0", "--reason", "Взети за банка")
    assert closed["difference"] == -receipt["cents"]
    stick = hands.folder / "stick"
    assert hands.station("export", "--folder", stick)["written"] == 1
    assert hands.centre("import", "--folder", stick)["taken"] == 1
    hands.centre("export", "--folder", stick)
    assert hands.station("import", "--folder", stick)["refused"] == []
    state = hands.station("status")
    assert (state["registered"], state["acknowledged"], state["waiting_entries"]) == (2, 2, 0)
    assert hands.centre("status")["cash_cents"] == state["cash_cents"] == receipt["cents"]
    assert hands.station("search", "абаджиев")["found"]
    for store in (VILLAGE, CENTRE):
        assert hands.type("verify", hands.folder / store)["clean"] is True


def test_one_file_enrols_a_station_for_several_villages(hands: Hands) -> None:
    file, shared = hands.folder / "shared", hands.folder / "shared-store"
    name = ("enrol", "--name", "Две кметства", "--out", file)
    said = hands.centre(*name, "--village", "BLG49-04:4:4", "--village", "BLG49-05:5:4", expect=2)
    assert "already_granted" in said, "each village has a till of its own"
    said = hands.centre(*name, "--village", "BLG49-04:4:4", "--village", "BLG49-12:17:5", expect=2)
    assert "already_granted" in said, "another station keeps that register"
    hands.centre(*name, "--village", "BLG49-04:4:4", "--village", "BLG49-05:5:5", "--issued-on", "2026-11-16")
    reply = hands.folder / "shared-reply"
    (hands.folder / f"shared-store.{PASSWORD_BESIDE}").write_text("парола за проба\n", "utf-8")
    shown = hands.type("station", "enrol", shared, "--enrolment", file, "--account", "Служител", "--reply", reply)
    own = hands.centre("admit", "--reply", reply)["code"]
    hands.centre("admit", "--reply", reply, "--code", shown["code"])
    hands.type("station", "confirm", shared, "--code", own)
    for register in ("4", "5"):
        filing = ("--register", register, *FILING[2:], *PAID)
        assert hands.type("station", "register", shared, *filing)["number"].startswith(f"{register}-000001/")
        paid = ("--entry", f"{register}-1/2026", "--till", register, "--payer", "Иван", "--given", "20")
        assert hands.type("station", "receipt", shared, *paid)["number"].startswith(f"{register}-000001/")
    assert hands.type("verify", shared)["clean"] is True


def test_the_town_reads_the_recovery_code_and_the_village_uses_it(hands: Hands) -> None:
    code = (hands.folder / "recovery").read_text("utf-8")
    assert hands.centre("recovery", "--station", "Микрево")["recovery_code"] == code
    new = hands.folder / "new-password"
    new.write_text("друга парола\n", "utf-8")
    sealed = hands.folder / "sealed"
    used = hands.station("recover", "--code", code, "--sealed", sealed, "--password-file", new)
    assert hands.centre("recovery", "--station", "Микрево", "--sealed", sealed) == used
    assert "wrong_password" in hands.station("status", expect=2)
    assert hands.station("status", "--password-file", new)["registered"] == 0
    assert "wrong_password" in hands.station("recover", "--code", code, "--password-file", new, expect=2)


def test_a_wrong_code_admits_nobody(hands: Hands) -> None:
    said = hands.centre("admit", "--reply", hands.folder / "reply", "--code", "1" * 20, expect=2)
    assert "code_mismatch" in said
    assert "code_mismatch" in hands.station("confirm", "--code", "2" * 20, expect=2)


def test_what_is_not_there_is_told_in_a_sentence(hands: Hands) -> None:
    assert "Няма вписване" in hands.station("annul", "--entry", "17-9/2026", "--reason", "х", expect=2)
    assert "Няма квитанция" in hands.station("void", "--receipt", "17-9/2026", "--reason", "х", expect=2)
    assert "store_missing" in hands.type("verify", hands.folder / "nowhere", expect=2)
    assert "store_missing" in hands.station("work", "--acts", hands.folder / "nothing", expect=2)
    assert "store_exists" in hands.station(
        *("enrol", "--enrolment", hands.folder / "file", "--account", "х"),
        *("--reply", hands.folder / "again"),
        expect=2,
    )


def test_english_is_complete_too(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEFTER_LANGUAGE", "en")
    assert "There is no entry" in hands.station("annul", "--entry", "17-9/2026", "--reason", "x", expect=2)
