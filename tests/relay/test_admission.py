"""The list of participants: signed by the municipality's centre, and never an older one."""

import subprocess
import sys
from pathlib import Path

import pytest

from sync import frame, signatures
from sync.relay.doorkeeper import Trust
from tests.relay.office import MUNICIPALITY, PostOffice, member

NOTHING = frame.pack_parcels([b""])


def _admitted(office: PostOffice) -> list[bool]:
    members = (office.centre, office.mikrevo, office.ilindentsi)
    return [office.send(NOTHING, office.headers(one, NOTHING)).status_code == 200 for one in members]


def test_a_newer_list_takes_the_place_of_the_older(office: PostOffice) -> None:
    assert office.admit(2, [office.centre, office.mikrevo]).status_code == 200
    assert _admitted(office) == [True, True, False]


def test_an_older_list_is_refused_and_the_newer_stands(office: PostOffice) -> None:
    office.admit(5, [office.centre, office.mikrevo])
    assert office.admit(4, [office.centre, office.mikrevo, office.ilindentsi]).status_code == 409
    assert _admitted(office) == [True, True, False]
    office.restart()
    assert office.admit(4, [office.centre, office.mikrevo, office.ilindentsi]).status_code == 409
    assert _admitted(office) == [True, True, False]


def test_the_same_list_again_is_no_change(office: PostOffice) -> None:
    assert office.admit(1).status_code == 200
    assert _admitted(office) == [True, True, True]


@pytest.mark.parametrize("name", ["Микрево", "Раздол"])
def test_only_the_centre_signs_lists(office: PostOffice, name: str) -> None:
    forged = office.list(9, [office.centre, office.mikrevo], member(name))
    assert office.put(forged).status_code == 403
    assert _admitted(office) == [True, True, True]


def test_a_signature_for_another_purpose_makes_no_list(office: PostOffice) -> None:
    octets = office.list(9, [office.centre])[: -frame.SIGNATURE_BYTES]
    wrong_label = octets + signatures.sign(office.centre.key, signatures.BATCH, octets)
    assert office.put(wrong_label).status_code == 403


def test_a_municipality_that_the_relay_does_not_serve_is_refused(office: PostOffice) -> None:
    assert office.put(office.list(9, [office.centre]), tefter_municipality="SML01").status_code == 403


def test_a_list_of_another_municipality_is_refused(office: PostOffice) -> None:
    octets = frame.pack_admission("SML01", 9, [(office.centre.id, office.centre.public)])
    signed = octets + signatures.sign(office.centre.key, signatures.SET, octets)
    assert office.put(signed).status_code == 403


@pytest.mark.parametrize("octets", [b"", b"BLG49", frame.ADMISSION_HEAD.pack(b"BLG49", 9, 3) + bytes(48)])
def test_a_signed_list_of_another_form_is_refused(office: PostOffice, octets: bytes) -> None:
    signed = octets + signatures.sign(office.centre.key, signatures.SET, octets)
    assert office.put(signed).status_code == 400
    assert _admitted(office) == [True, True, True]


def test_a_list_with_another_digest_is_refused(office: PostOffice) -> None:
    assert office.put(office.list(9, [office.centre]), tefter_digest="00" * 32).status_code == 400
    assert office.put(office.list(9, [office.centre]), tefter_digest="zz").status_code == 400


def test_a_list_counts_only_while_the_operator_trusts_its_signer(office: PostOffice) -> None:
    """A relay that was told to trust another centre, or none, went on admitting whom the old one had listed."""
    for trust in ({}, {MUNICIPALITY: Trust(MUNICIPALITY, member("друга община").public)}):
        office.trust = trust
        office.restart()
        assert _admitted(office) == [False, False, False]
    office.trust = {MUNICIPALITY: Trust(MUNICIPALITY, office.centre.public)}
    office.restart()
    assert _admitted(office) == [True, True, True]


def test_the_layout_is_read_as_it_was_written(office: PostOffice) -> None:
    pairs = [(one.id, one.public) for one in (office.centre, office.mikrevo)]
    assert frame.parse_admission(frame.pack_admission(MUNICIPALITY, 7, pairs)) == (MUNICIPALITY, 7, dict(pairs))


def test_the_relay_loads_nothing_that_could_read_an_envelope() -> None:
    """Its imports are its promise; they are looked at in a process of its own."""
    question = "import sys, sync.relay.app, sync.relay.verify; print(*sorted(sys.modules))"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", question], cwd=root, capture_output=True, check=True, timeout=60)
    loaded = set(done.stdout.decode().split())
    ours = {name for name in loaded if name.partition(".")[0] in {"app", "sync", "resources"}}
    assert ours == {
        "sync",
        "sync.frame",
        "sync.signatures",
        "sync.relay",
        "sync.relay.app",
        "sync.relay.doorkeeper",
        "sync.relay.store",
        "sync.relay.verify",
    }
    assert "cryptography.hazmat.primitives.hpke" not in loaded
