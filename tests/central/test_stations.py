"""Stations come by a code compared on both sides, and go so that what they wrote before stands."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from app import bootstrap, system
from app.bootstrap import Enrolled
from app.domain.errors import AlreadyGranted, CodeMismatch, Malformed, RelayRefused, UnknownStation
from app.domain.ports import HttpReply
from app.ledger.verify import verify_ledger
from app.store import station as station_store
from sync import enrolment, envelope, frame, signatures
from sync.central import decisions
from sync.central import stations as enrolled
from sync.central.stations import Village
from tests.central.forger import Forger, entry
from tests.town import CHEAP, PASSWORD, CountedRandomness, TestVillage, Town

RAZDOL = Village("BLG49-15", "Раздол", 30, (1030, 2030, 3030), 30)


def _world(town: Town, seed: str = "Раздол") -> station_store.World:
    return station_store.World(town.clock, CountedRandomness(seed), system.SystemDisk(), signatures.sign, cost=CHEAP)


def _made(town: Town, folder: Path, seed: str = "Раздол") -> Enrolled:
    """Return what a new station in Раздол shows after reading its enrolment file."""
    file = enrolled.enrol(town.centre, [RAZDOL], "Раздол", 1)
    return bootstrap.enrol_station(folder / seed, file, "Служител", PASSWORD, _world(town, seed))


def _admitted(town: Town) -> set[bytes]:
    octets = enrolled.admission_list(town.centre)[: -frame.SIGNATURE_BYTES]
    return set(frame.parse_admission(octets)[2])


def _facts(town: Town) -> int:
    with town.centre.ledger.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM journal").scalar_one())


# --- enrol and admit ------------------------------------------------------------------------------------------------


def test_both_sides_compute_the_same_twenty_digits(town: Town, tmp_path: Path) -> None:
    made = _made(town, tmp_path)
    assert made.code == enrolled.expected_code(town.centre, made.reply)
    assert len(made.code) == 20
    assert made.code.isdecimal()


def test_the_code_may_be_typed_in_groups(town: Town, tmp_path: Path) -> None:
    made = _made(town, tmp_path)
    grouped = "-".join(made.code[at : at + 5] for at in range(0, 20, 5)).replace("-", " ", 1)
    station = enrolled.admit(town.centre, made.reply, grouped)
    assert station in _admitted(town)


@pytest.mark.parametrize("typed", ["", "0" * 20, "not a code"])
def test_another_code_admits_nobody(town: Town, tmp_path: Path, typed: str) -> None:
    made = _made(town, tmp_path)
    before = _facts(town)
    with pytest.raises(CodeMismatch):
        enrolled.admit(town.centre, made.reply, typed)
    assert _facts(town) == before


def test_another_stations_code_admits_nobody(town: Town, tmp_path: Path) -> None:
    first, second = _made(town, tmp_path, "първа"), _made(town, tmp_path, "втора")
    with pytest.raises(CodeMismatch):
        enrolled.admit(town.centre, first.reply, second.code)


def test_admitting_twice_is_no_change(town: Town, tmp_path: Path) -> None:
    made = _made(town, tmp_path)
    station = enrolled.admit(town.centre, made.reply, made.code)
    before, listed = _facts(town), enrolled.admission_list(town.centre)
    assert enrolled.admit(town.centre, made.reply, made.code) == station
    assert (_facts(town), enrolled.admission_list(town.centre)) == (before, listed)


def test_a_reply_to_no_file_of_this_centre_is_refused(town: Town, tmp_path: Path) -> None:
    made = _made(town, tmp_path)
    reply = enrolment.decode_reply(made.reply)
    (town.centre.folder / enrolled.PENDING / reply.station.hex()).unlink()
    with pytest.raises(UnknownStation):
        enrolled.expected_code(town.centre, made.reply)


def test_a_reply_to_another_file_of_the_same_station_is_refused(town: Town, tmp_path: Path) -> None:
    made = _made(town, tmp_path)
    path = town.centre.folder / enrolled.PENDING / enrolment.decode_reply(made.reply).station.hex()
    changed = msgspec.structs.replace(enrolment.decode(path.read_bytes()), name="Подменен")
    path.write_bytes(enrolment.encode(changed))
    with pytest.raises(CodeMismatch):
        enrolled.admit(town.centre, made.reply, made.code)


def test_a_reply_with_one_bit_changed_is_refused(town: Town, tmp_path: Path) -> None:
    made = _made(town, tmp_path)
    reply = enrolment.decode_reply(made.reply)
    for name in ("station", "enrolment", "epoch", "signing_key", "recovery", "signature"):
        octets = getattr(reply, name)
        bent = msgspec.structs.replace(reply, **{name: bytes([octets[0] ^ 1]) + octets[1:]})
        with pytest.raises(Malformed):
            enrolled.admit(town.centre, enrolment.encode(bent), made.code)


@pytest.mark.parametrize("key", sorted(signatures.SMALL_ORDER))
def test_a_signing_key_of_small_order_is_not_admitted(town: Town, tmp_path: Path, key: bytes) -> None:
    reply = enrolment.decode_reply(_made(town, tmp_path).reply)
    bent = msgspec.structs.replace(reply, signing_key=key)
    with pytest.raises(Malformed):
        enrolled.expected_code(town.centre, enrolment.encode(bent))


def test_the_recovery_code_lies_at_the_centre_sealed(town: Town, tmp_path: Path) -> None:
    made = _made(town, tmp_path)
    station = enrolled.admit(town.centre, made.reply, made.code)
    kept = (town.centre.folder / enrolled.PENDING / f"{station.hex()}.recovery").read_bytes()
    assert made.recovery.encode() not in kept
    opened = envelope.open_small(kept, town.centre.secrets.receiving_key, b"tefter/recovery/1")
    assert opened.decode() == made.recovery


def test_a_station_that_is_not_on_the_published_list_is_refused_by_the_relay(town: Town, tmp_path: Path) -> None:
    made = _made(town, tmp_path)
    enrolled.admit(town.centre, made.reply, made.code)
    with bootstrap.open_station(tmp_path / "Раздол", PASSWORD, _world(town, "другаде")) as store:
        bootstrap.confirm_station(store, made.code)
        village = TestVillage(town, store, 30)
        with pytest.raises(RelayRefused):
            village.exchange(bookkeeping=True)
        town.publish()
        assert village.exchange(bookkeeping=True).held == 1


def test_a_second_station_for_the_same_register_is_set_aside_and_holds_up_nobody(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its first batch ended the centre's round: the register has one writer, and the table says so."""
    monkeypatch.setattr(enrolled, "_require_free", lambda _store, _villages: None)
    town.village.register()
    town.village.exchange()
    file = enrolled.enrol(town.centre, [Village("BLG49-12", "Микрево", 17, (), 17)], "второ работно място", 1)
    world = _world(town, "втора")
    made = bootstrap.enrol_station(tmp_path / "second", file, "Служител", PASSWORD, world)
    enrolled.admit(town.centre, made.reply, made.code)
    with bootstrap.open_station(tmp_path / "second", PASSWORD, world) as store:
        bootstrap.confirm_station(store, made.code)
        second = TestVillage(town, store, 17)
        town.publish()
        town.centre_exchange()
        second.register()
        second.exchange()
        town.village.register()
        town.village.exchange()
        assert [one.code for one in town.centre_exchange().taken] == ["bad_content", None]


# --- revoke -----------------------------------------------------------------------------------------------------------


def test_a_revoked_stations_next_batch_is_refused_and_the_old_stands(town: Town) -> None:
    old = town.village.register()
    town.village.pay(old.entry)
    town.village.exchange()
    town.centre_exchange()
    town.village.register()
    enrolled.revoke(town.centre, town.village.store.identity.station, "Откраднат компютър")
    town.village.exchange()
    taken = town.centre_exchange().taken
    assert [(one.state, one.code) for one in taken] == [("set_aside", "revoked_station")]
    with town.centre.ledger.reading() as connection:
        assert decisions.status(connection).entries == 1
    assert town.accept_clean() == 1
    assert verify_ledger(town.centre.ledger)[0] == []


def test_a_copy_of_an_old_batch_is_still_answered_after_the_revocation(town: Town) -> None:
    town.village.register()
    with pytest.MonkeyPatch.context() as patch:
        carried: list[bytes] = []
        send = town.http.send

        def listening(method: str, url: str, headers: Mapping[str, str], body: bytes) -> HttpReply:
            carried.extend(list(frame.parse_parcels(body))[1:])
            return send(method, url, headers, body)

        patch.setattr(town.http, "send", listening)
        town.village.exchange()
    [octets] = carried
    town.centre_exchange()
    enrolled.revoke(town.centre, town.village.store.identity.station, "Откраднат компютър")
    assert town.carry(octets, town.centre_end()).state == "recorded"


def test_facts_after_the_cut_are_refused_under_any_batch_number(town: Town, forger: Forger) -> None:
    """A thief may reuse an old number: the sequence is cut too."""
    enrolled.revoke(town.centre, town.village.store.identity.station, "Откраднат компютър")
    forger.number = 0
    taken = forger.give(entry(17, 2, "след кражбата"))
    assert (taken.state, taken.code) == ("set_aside", "revoked_station")


def test_a_revoked_station_is_absent_from_the_list_of_participants(town: Town) -> None:
    station = town.village.store.identity.station
    assert station in _admitted(town)
    enrolled.revoke(town.centre, station, "Откраднат компютър")
    assert station not in _admitted(town)
    assert town.centre.secrets.centre in _admitted(town)
    town.publish()
    with pytest.raises(RelayRefused):
        town.village.exchange()


def test_each_change_of_the_list_has_a_higher_version(town: Town, tmp_path: Path) -> None:
    def version() -> int:
        return frame.parse_admission(enrolled.admission_list(town.centre)[: -frame.SIGNATURE_BYTES])[1]

    versions = [version()]
    made = _made(town, tmp_path)
    enrolled.admit(town.centre, made.reply, made.code)
    versions.append(version())
    enrolled.revoke(town.centre, town.village.store.identity.station, "Откраднат компютър")
    versions.append(version())
    assert versions == sorted(set(versions))


def test_a_station_that_nobody_enrolled_cannot_be_revoked(town: Town) -> None:
    with pytest.raises(UnknownStation):
        enrolled.revoke(town.centre, bytes(16), "")


def test_a_station_is_found_by_name_or_id(town: Town) -> None:
    station = town.village.store.identity.station
    with town.centre.ledger.reading() as connection:
        assert enrolled.find(connection, "station 17") == enrolled.find(connection, station.hex()) == station
        with pytest.raises(UnknownStation):
            enrolled.find(connection, "station 18")


def test_a_register_that_another_station_keeps_is_not_granted_again_until_that_one_is_revoked(town: Town) -> None:
    again = [Village("BLG49-12", "Микрево", 17, (1017,), 99)]
    with pytest.raises(AlreadyGranted):
        enrolled.enrol(town.centre, again, "second", 1)
    enrolled.revoke(town.centre, town.village.store.identity.station, "Изгубен компютър")
    assert enrolled.enrol(town.centre, again, "second", 1)
