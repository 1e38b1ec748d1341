"""The outer form: whatever octets come, they are an envelope or a ``FrameError``."""

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync import frame
from sync.frame import FrameError
from tests.unit.sync import parts

SEALED = parts.octets("sealed", 300)
SIGNATURE = parts.octets("signature", 64)
HEADER = parts.header()
OCTETS = frame.pack_header(HEADER, len(SEALED)) + SEALED + SIGNATURE

CODES = {"envelope_too_large", "truncated", "unknown_suite", "malformed"}


def error_of(octets: bytes) -> str | None:
    """Return how octets are refused, None where they are an envelope."""
    try:
        frame.parse(octets)
    except FrameError as error:
        return error.code
    return None


def test_an_envelope_is_taken_apart_into_what_it_was_made_of() -> None:
    parsed = frame.parse(OCTETS)
    assert parsed.header == HEADER
    assert parsed.outer + parsed.sealed + parsed.signature == OCTETS
    assert (parsed.sealed, parsed.signature) == (SEALED, SIGNATURE)
    assert frame.pack_header(parsed.header, len(parsed.sealed)) == parsed.outer


def test_the_header_has_the_layout_of_the_protocol() -> None:
    outer = frame.pack_header(HEADER, 300)
    assert len(outer) == frame.HEADER.size == 92
    assert outer[:8] == b"TFT1\x01\x01\x01\x01"
    assert outer[8:16] == b"BLG49\0\0\0"
    assert outer[16:32] == HEADER.sender
    assert outer[32:48] == HEADER.recipient
    assert outer[48:64] == HEADER.recipient_key
    assert outer[64:80] == HEADER.epoch
    assert outer[80:] == struct.pack(">QI", 1, 300)


def test_every_cut_envelope_is_truncated() -> None:
    assert {error_of(OCTETS[:length]) for length in range(len(OCTETS))} == {"truncated"}


@pytest.mark.parametrize("more", [b"\0", OCTETS])
def test_an_envelope_with_more_behind_it_is_malformed(more: bytes) -> None:
    assert error_of(OCTETS + more) == "malformed"


def test_every_flipped_bit_gives_a_frame_error_or_an_envelope_that_says_so() -> None:
    for bit in range(len(OCTETS) * 8):
        flipped = bytearray(OCTETS)
        flipped[bit // 8] ^= 1 << bit % 8
        if error_of(bytes(flipped)) is None:
            assert frame.parse(bytes(flipped)) != frame.parse(OCTETS)


@pytest.mark.parametrize(
    ("at", "new", "code"),
    [
        (0, b"X", "malformed"),
        (4, b"\x00", "unknown_suite"),
        (4, b"\x02", "unknown_suite"),
        (6, b"\x00", "malformed"),
        (6, b"\x03", "malformed"),
        (7, b"\x00", "malformed"),
        (7, b"\x03", "malformed"),
        (8, bytes(8), "malformed"),
        (8, b"\0LG49\0\0\0", "malformed"),
        (8, b"BLG\x0049\0\0", "malformed"),
        (8, b"BLG 49\0\0", "malformed"),
        (8, "Б49\0\0\0\0".encode(), "malformed"),
        (8, b"BLG-49\0\0", "malformed"),
        (88, struct.pack(">I", 299), "malformed"),
        (88, struct.pack(">I", 301), "truncated"),
        (88, struct.pack(">I", 2**32 - 1), "truncated"),
        (88, struct.pack(">I", 0), "malformed"),
    ],
)
def test_each_broken_part_has_its_code(at: int, new: bytes, code: str) -> None:
    assert error_of(OCTETS[:at] + new + OCTETS[at + len(new) :]) == code


def test_an_unknown_suite_is_left_to_whoever_has_the_keys() -> None:
    assert frame.parse(OCTETS[:5] + b"\x09" + OCTETS[6:]).header.suite == 9


def test_the_largest_envelope_is_taken_and_one_octet_more_is_too_large() -> None:
    largest = frame.pack_header(HEADER, frame.MAX_SEALED) + bytes(frame.MAX_SEALED) + SIGNATURE
    assert len(largest) == frame.MAX_ENVELOPE
    assert error_of(largest) is None
    longer = frame.pack_header(HEADER, frame.MAX_SEALED + 1) + bytes(frame.MAX_SEALED + 1) + SIGNATURE
    assert error_of(longer) == "envelope_too_large"
    assert error_of(bytes(frame.MAX_ENVELOPE + 1)) == "envelope_too_large"


@given(octets=st.binary(max_size=400))
def test_random_octets_are_refused_with_a_code(octets: bytes) -> None:
    assert error_of(octets) in CODES
    assert error_of(b"TFT1\x01" + octets) in CODES | {None}


def test_the_id_covers_every_octet() -> None:
    identity = frame.envelope_id(OCTETS)
    assert len(identity) == 32
    for at in (0, 50, 92, len(OCTETS) - 1):
        changed = OCTETS[:at] + bytes([OCTETS[at] ^ 1]) + OCTETS[at + 1 :]
        assert frame.envelope_id(changed) != identity


# --- parcels -------------------------------------------------------------------------------------------------------


@given(parcels=st.lists(st.binary(max_size=40), max_size=8))
def test_parcels_come_back_as_they_were_packed(parcels: list[bytes]) -> None:
    assert list(frame.parse_parcels(frame.pack_parcels(parcels))) == parcels


def test_every_cut_of_two_parcels_is_truncated_or_fewer_whole_ones() -> None:
    packed = frame.pack_parcels([b"first", b"second"])
    for length in range(len(packed)):
        if length in {0, 9}:
            assert len(list(frame.parse_parcels(packed[:length]))) == length // 9
            continue
        with pytest.raises(FrameError, match="truncated"):
            list(frame.parse_parcels(packed[:length]))


@given(octets=st.binary(max_size=200))
def test_random_parcels_are_a_frame_error_or_pack_back_to_themselves(octets: bytes) -> None:
    with suppress(FrameError):
        assert frame.pack_parcels(frame.parse_parcels(octets)) == octets


# --- the list of participants ----------------------------------------------------------------------------------------

LISTED = [(parts.octets(f"participant {n}", 16), parts.octets(f"key {n}", 32)) for n in range(3)]
LIST = frame.pack_admission("BLG49", 7, LISTED)


def test_the_list_of_participants_comes_back_as_packed() -> None:
    assert frame.parse_admission(LIST) == ("BLG49", 7, dict(LISTED))
    assert frame.parse_admission(frame.pack_admission("VID01", 2**63, [])) == ("VID01", 2**63, {})


def test_every_cut_or_longer_list_is_a_frame_error() -> None:
    for length in range(len(LIST)):
        with pytest.raises(FrameError):
            frame.parse_admission(LIST[:length])
    with pytest.raises(FrameError, match="malformed"):
        frame.parse_admission(LIST + b"\0")


def test_a_list_that_promises_more_than_it_holds_is_malformed() -> None:
    for count in (0, 2, 4, 2**32 - 1):
        with pytest.raises(FrameError, match="malformed"):
            frame.parse_admission(LIST[:16] + struct.pack(">I", count) + LIST[20:])


@given(octets=st.binary(max_size=300))
def test_a_random_list_is_a_list_or_a_frame_error(octets: bytes) -> None:
    with suppress(FrameError):
        municipality, version, participants = frame.parse_admission(octets)
        assert municipality.isalnum()
        assert version >= 0
        assert len(participants) * 48 <= len(octets)


# --- requests --------------------------------------------------------------------------------------------------------

REQUEST = frame.RequestHeaders("BLG49", parts.STATION, 1_795_158_000, parts.octets("nonce", 16), parts.octets("d", 32))


@pytest.mark.parametrize(
    "other",
    [
        frame.request_statement("PUT", "/v1/exchange", REQUEST),
        frame.request_statement("POST", "/v1/admission", REQUEST),
        frame.request_statement("POST", "/v1/exchange", REQUEST._replace(municipality="BLG48")),
        frame.request_statement("POST", "/v1/exchange", REQUEST._replace(participant=bytes(16))),
        frame.request_statement("POST", "/v1/exchange", REQUEST._replace(time=1)),
        frame.request_statement("POST", "/v1/exchange", REQUEST._replace(nonce=bytes(16))),
        frame.request_statement("POST", "/v1/exchange", REQUEST._replace(digest=bytes(32))),
    ],
)
def test_a_request_signs_for_method_path_who_when_nonce_and_body(other: bytes) -> None:
    assert frame.request_statement("POST", "/v1/exchange", REQUEST) != other
