"""The golden road: fixed keys, three sealed envelopes and everything that is signed, as ``tests/vectors`` holds it."""

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zstandard

from app.domain.errors import Altered, Misdirected
from app.store import head_slot
from sync import batch, enrolment, envelope, frame, messages, signatures
from tests import make_vectors
from tests.unit.sync import by_hand, parts

ROAD: dict[str, Any] = json.loads((Path(__file__).parents[2] / "vectors" / "envelope.json").read_text(encoding="utf-8"))
KEYRINGS = {name: keyring for name, (_, keyring) in make_vectors.ENVELOPES.items()}
RECEIVING = {
    "up_batch": parts.CENTRE_RECEIVING,
    "down_batch": parts.STATION_RECEIVING,
    "down_letter": parts.STATION_RECEIVING,
}
SENDER = {"up_batch": "station", "down_batch": "centre", "down_letter": "centre"}
EACH = pytest.mark.parametrize("name", sorted(ROAD["envelopes"]))


def part(name: str, key: str) -> bytes:
    """Return a stored part of an envelope."""
    return bytes.fromhex(ROAD["envelopes"][name][key])


def test_there_is_one_envelope_of_each_type() -> None:
    seen = set()
    for name in ROAD["envelopes"]:
        header = frame.parse(part(name, "envelope")).header
        seen.add((header.direction, header.content))
    assert seen == {(frame.UP, frame.BATCH), (frame.DOWN, frame.BATCH), (frame.DOWN, frame.LETTER)}


@EACH
def test_an_envelope_still_opens_for_its_recipient_to_the_same_plaintext(name: str) -> None:
    opened = envelope.open_(part(name, "envelope"), KEYRINGS[name])
    assert messages.encode(opened.message) == part(name, "plaintext")
    assert opened.envelope == part(name, "id") == hashlib.sha256(part(name, "envelope")).digest()


@EACH
def test_an_envelope_opens_by_hand_to_the_packed_plaintext(name: str) -> None:
    parsed = frame.parse(part(name, "envelope"))
    info = b"tefter/batch/1" + hashlib.sha256(parsed.outer).digest()
    packed = by_hand.open_xwing(parsed.sealed, RECEIVING[name], info)
    assert packed == part(name, "packed")
    assert envelope.unpack(packed) == part(name, "plaintext")


@EACH
def test_outer_header_digest_and_signature_are_recomputed(name: str) -> None:
    parsed = frame.parse(part(name, "envelope"))
    assert parsed.outer == part(name, "outer") == frame.pack_header(parsed.header, len(parsed.sealed))
    assert hashlib.sha256(parsed.outer).digest() == part(name, "outer_digest")
    assert envelope.outer_digest(parsed.header, part(name, "packed")) == part(name, "outer_digest")
    private = bytes.fromhex(ROAD["keys"][f"{SENDER[name]}_signing_private"])
    signature = signatures.sign(private, signatures.BATCH, parsed.outer + parsed.sealed)
    assert signature == parsed.signature == part(name, "signature")


@EACH
def test_no_other_keyring_opens_it(name: str) -> None:
    for other in KEYRINGS.values():
        if type(other) is not type(KEYRINGS[name]):
            with pytest.raises(Misdirected):
                envelope.open_(part(name, "envelope"), other)


@EACH
def test_sealing_again_gives_other_octets_with_the_same_content(name: str) -> None:
    seal, keyring = make_vectors.ENVELOPES[name]
    fresh = seal()
    assert fresh != part(name, "envelope")
    assert messages.encode(envelope.open_(fresh, keyring).message) == part(name, "plaintext")
    assert frame.parse(fresh).outer == part(name, "outer")


@EACH
def test_a_flipped_octet_of_the_golden_envelope_is_altered(name: str) -> None:
    octets = part(name, "envelope")
    with pytest.raises(Altered):
        envelope.open_(octets[:-1] + bytes([octets[-1] ^ 1]), KEYRINGS[name])


@pytest.mark.skipif(
    ROAD["zstd"] != ".".join(map(str, zstandard.ZSTD_VERSION)),
    reason="another version of zstd may compress otherwise; what it must unfold to is tested beside",
)
@EACH
def test_the_same_plaintext_is_packed_the_same(name: str) -> None:
    assert envelope.pack(part(name, "plaintext")) == part(name, "packed")


def test_the_batches_hold_the_golden_facts() -> None:
    for name, recorded in (("up_batch", parts.UP_FACTS), ("down_batch", parts.DOWN_FACTS)):
        message = messages.decode_batch(part(name, "plaintext"))
        assert [one.canonical for one in batch.check_chain(message)] == [one.canonical for one in recorded]


def test_the_letter_holds_the_centres_signed_word() -> None:
    letter = messages.decode_letter(part("down_letter", "plaintext"))
    (one,) = letter.acknowledgements
    said = messages.acknowledgement_statement(one.kind, one.stream, one.number, one.sequence, one.digest)
    stored = ROAD["statements"]["acknowledgement"]
    assert (said.hex(), one.signature.hex()) == (stored["statement"], stored["signature"])
    assert (one.sequence, one.digest) == (parts.UP_FACTS[-1].sequence, parts.UP_FACTS[-1].digest)


# --- keys, statements, enrolment -----------------------------------------------------------------------------------


def test_public_keys_and_their_ids_follow_from_the_private_ones() -> None:
    keys = ROAD["keys"]
    for who in ("station", "centre", "relay"):
        private = bytes.fromhex(keys[f"{who}_signing_private"])
        assert signatures.public_key(private).hex() == keys[f"{who}_signing_public"]
        assert signatures.is_acceptable(bytes.fromhex(keys[f"{who}_signing_public"]))
    for who in ("station", "centre"):
        public = envelope.public_key(bytes.fromhex(keys[f"{who}_receiving_private"]))
        assert public.hex() == keys[f"{who}_receiving_public"]
        assert envelope.key_id(envelope.XWING, public).hex() == keys[f"{who}_key_id"]
        assert hashlib.sha256(b"tefter/key/1\x01" + public).hexdigest()[:32] == keys[f"{who}_key_id"]


def test_every_statement_and_signature_is_recomputed() -> None:
    assert make_vectors.statements() == ROAD["statements"]


SIGNERS = {
    "acknowledgement": "centre",
    "request": "station",
    "admission": "centre",
    "head": "station",
    "reply": "station",
}


@pytest.mark.parametrize("name", sorted(ROAD["statements"]))
def test_every_signature_is_genuine_under_its_own_label_only(name: str) -> None:
    stored = ROAD["statements"][name]
    public = bytes.fromhex(ROAD["keys"][f"{SIGNERS[name]}_signing_public"])
    statement, signature = bytes.fromhex(stored["statement"]), bytes.fromhex(stored["signature"])
    labels = {one["label"].encode() for one in ROAD["statements"].values()}
    genuine = {label for label in labels if signatures.verify(public, label, statement, signature)}
    assert genuine == {stored["label"].encode()}


def test_the_statements_have_the_layout_of_the_protocol() -> None:
    stored = {name: bytes.fromhex(one["statement"]) for name, one in ROAD["statements"].items()}
    last = parts.UP_FACTS[-1]
    sequence = last.sequence.to_bytes(8, "big")
    assert stored["acknowledgement"] == b"received\0" + parts.EPOCH + (1).to_bytes(8, "big") + sequence + last.digest
    assert stored["head"] == parts.STATION + parts.EPOCH + sequence + last.digest
    assert stored["head"] == head_slot.statement(parts.STATION, parts.EPOCH, last.sequence, last.digest)
    assert stored["request"] == (
        b"POST /v1/exchange\nBLG49\0\0\0"
        + parts.STATION
        + parts.SEALED_AT.to_bytes(8, "big")
        + make_vectors.REQUEST_NONCE
        + hashlib.sha256(make_vectors.REQUEST_BODY).digest()
    )
    municipality, version, participants = frame.parse_admission(stored["admission"])
    assert (municipality, version) == ("BLG49", 7)
    assert participants == {
        parts.CENTRE: signatures.public_key(parts.CENTRE_SIGNING),
        parts.STATION: signatures.public_key(parts.STATION_SIGNING),
    }


def test_the_enrolment_is_recomputed_and_read_again() -> None:
    assert make_vectors.enrolled() == ROAD["enrolment"]
    stored = {name: bytes.fromhex(text) for name, text in ROAD["enrolment"].items() if name != "code"}
    assert enrolment.decode(stored["file"]) == parts.ENROLMENT
    reply = enrolment.decode_reply(stored["reply"])
    assert enrolment.digest(stored["file"]) == stored["digest"] == reply.enrolment
    plain = hashlib.sha256(stored["file"] + reply.signing_key + reply.receiving_key).digest()
    assert ROAD["enrolment"]["code"] == f"{int.from_bytes(plain, 'big') % 10**20:020}"


def test_the_keys_of_the_vectors_are_those_of_the_enrolment() -> None:
    assert make_vectors.keys() == ROAD["keys"]
    assert (
        msgspec.structs.asdict(parts.ENROLMENT)["centre_receiving_key"].hex() == ROAD["keys"]["centre_receiving_public"]
    )
