"""Signatures: made under a label, checked under the same one, and never with a key that proves nothing."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store import head_slot
from sync import signatures
from tests.unit.sync import parts

PRIVATE = parts.STATION_SIGNING
PUBLIC = signatures.public_key(PRIVATE)
LABELS = {name: value for name, value in vars(signatures).items() if name.isupper() and isinstance(value, bytes)}
P = 2**255 - 19
LOW_ORDER_Y = [0, 1, P - 1, P, P + 1]
ORDER_EIGHT = [
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
]
SMALL = sorted(
    {
        bytes([*y[:31], y[31] & 0x7F | sign])
        for y in [value.to_bytes(32, "little") for value in LOW_ORDER_Y] + [bytes.fromhex(text) for text in ORDER_EIGHT]
        for sign in (0, 0x80)
    }
)


def test_a_signature_is_the_keys_own_over_label_and_message() -> None:
    signature = signatures.sign(PRIVATE, signatures.BATCH, b"message")
    assert signatures.verify(PUBLIC, signatures.BATCH, b"message", signature)
    assert not signatures.verify(PUBLIC, signatures.BATCH, b"messagf", signature)
    assert not signatures.verify(signatures.public_key(parts.CENTRE_SIGNING), signatures.BATCH, b"message", signature)


def test_the_labels_are_those_of_the_protocol() -> None:
    assert set(LABELS.values()) == {
        f"tefter/{purpose}/1".encode() for purpose in ("batch", "ack", "request", "reply", "head", "set", "enrolment")
    }
    assert head_slot.LABEL == signatures.HEAD


@pytest.mark.parametrize(("one", "other"), list(permutations(sorted(LABELS), 2)))
def test_a_signature_made_for_one_purpose_is_worth_nothing_for_another(one: str, other: str) -> None:
    signature = signatures.sign(PRIVATE, LABELS[one], b"message")
    assert not signatures.verify(PUBLIC, LABELS[other], b"message", signature)


def test_no_label_is_the_beginning_of_another() -> None:
    assert not any(two.startswith(one) for one, two in permutations(LABELS.values(), 2))


def test_every_flipped_bit_of_a_signature_fails() -> None:
    signature = signatures.sign(PRIVATE, signatures.ACK, b"message")
    for bit in range(512):
        flipped = bytearray(signature)
        flipped[bit // 8] ^= 1 << bit % 8
        assert not signatures.verify(PUBLIC, signatures.ACK, b"message", bytes(flipped))


@given(public=st.binary(max_size=40), signature=st.binary(max_size=80))
def test_whatever_is_given_as_key_or_signature_is_only_not_genuine(public: bytes, signature: bytes) -> None:
    assert not signatures.verify(public, signatures.ACK, b"message", signature)


def test_there_are_fourteen_small_keys_and_no_more() -> None:
    assert len(SMALL) == 14
    assert frozenset(SMALL) == signatures.SMALL_ORDER


@pytest.mark.parametrize("public", SMALL, ids=bytes.hex)
def test_a_key_of_small_order_is_refused(public: bytes) -> None:
    assert not signatures.is_acceptable(public)


@pytest.mark.parametrize("public", [b"", PUBLIC[:31], PUBLIC + b"\0", bytes(32), b"\xff" * 32])
def test_what_is_no_key_is_refused(public: bytes) -> None:
    assert not signatures.is_acceptable(public)


@given(seed=st.binary(min_size=32, max_size=32))
def test_every_real_key_is_acceptable(seed: bytes) -> None:
    assert signatures.is_acceptable(signatures.public_key(seed))


def on_curve(y: int) -> bool:
    """Return whether some x fits: −x² + y² = 1 + dx²y², by Euler's criterion, in plain steps."""
    d = (-121665 * pow(121666, P - 2, P)) % P
    u, v = (y * y - 1) % P, (d * y * y + 1) % P
    square = u * pow(v, P - 2, P) % P
    return square == 0 or pow(square, (P - 1) // 2, P) == 1


def test_octets_that_are_no_point_of_the_curve_are_refused() -> None:
    """The library takes any 32 octets for a key."""
    fits = {y: on_curve(y) for y in range(2, 200)}
    assert 50 < sum(fits.values()) < 150
    for y, right in fits.items():
        assert signatures.is_acceptable(y.to_bytes(32, "little")) is right


@pytest.mark.parametrize("y", range(3, 19))
def test_a_second_spelling_of_a_point_is_refused(y: int) -> None:
    assert not signatures.is_acceptable((P + y).to_bytes(32, "little"))
    assert not signatures.is_acceptable((P + y | 1 << 255).to_bytes(32, "little"))
