"""Seal and open: sizes that tell little, contents that unfold to what they state, failures each of its own class."""

import hashlib
import struct
from typing import Any

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import (
    Altered,
    BadContent,
    BadPadding,
    EnvelopeTooLarge,
    Malformed,
    Misdirected,
    RevokedStation,
    SetAside,
    TefterError,
    Truncated,
    UnknownStation,
    UnknownSuite,
)
from sync import batch, envelope, frame, messages, signatures
from sync.envelope import Sender
from tests.unit.sync import parts

# --- padding -------------------------------------------------------------------------------------------------------


@given(length=st.integers(0, 2**26))
def test_a_padded_size_is_never_smaller_and_at_most_an_eighth_larger(length: int) -> None:
    size = envelope.padded_size(length)
    assert size >= max(length, 1_024)
    assert size <= max(1_024, length * 1.12)
    assert envelope.padded_size(size) == size


@given(one=st.integers(0, 2**26), more=st.integers(0, 2**20))
def test_more_octets_never_have_a_smaller_size(one: int, more: int) -> None:
    assert envelope.padded_size(one) <= envelope.padded_size(one + more)


def test_all_sizes_up_to_the_largest_are_few() -> None:
    sizes = {envelope.padded_size(length) for length in range(envelope.MAX_PADDED + 1)}
    assert (min(sizes), max(sizes)) == (1_024, 65_536)
    assert len(sizes) < 200
    assert envelope.padded_size(envelope.MAX_PADDED + 1) > envelope.MAX_PADDED


@pytest.mark.parametrize(
    ("length", "size"),
    [(0, 1_024), (1_024, 1_024), (1_025, 1_088), (2_048, 2_048), (2_049, 2_176), (65_536, 65_536), (65_537, 67_584)],
)
def test_the_sizes_of_padme(length: int, size: int) -> None:
    assert envelope.padded_size(length) == size


@given(plaintext=st.binary(min_size=1, max_size=5_000))
def test_what_is_packed_unpacks(plaintext: bytes) -> None:
    packed = envelope.pack(plaintext)
    assert envelope.unpack(packed) == plaintext
    assert len(packed) == envelope.padded_size(len(packed))


# --- unpacking -----------------------------------------------------------------------------------------------------

RANDOM = parts.octets("incompressible", 3_000)


def padded(compressed: bytes, length: int | None = None) -> bytes:
    """Return compressed octets in their padding; ``length`` is what the prefix states."""
    body = struct.pack(">I", len(compressed) if length is None else length) + compressed
    return body + bytes(envelope.padded_size(len(body)) - len(body))


def refused(packed: bytes) -> bool:
    """Return whether a packed plaintext is refused as one that does not unfold."""
    try:
        envelope.unpack(packed)
    except BadPadding:
        return True
    return False


def test_the_padding_helper_packs_as_the_program_does() -> None:
    assert padded(zstandard.ZstdCompressor(level=3).compress(RANDOM)) == envelope.pack(RANDOM)


def test_octets_other_than_zero_in_the_padding_are_refused() -> None:
    packed = envelope.pack(b"short")
    first = 4 + int.from_bytes(packed[:4], "big")
    for at in (first, first + 1, len(packed) // 2, len(packed) - 1):
        assert refused(packed[:at] + b"\x01" + packed[at + 1 :])


def test_a_wrong_length_is_refused() -> None:
    packed = envelope.pack(RANDOM)
    right = int.from_bytes(packed[:4], "big")
    for wrong in (0, 1, right - 1, right + 1, right // 2, len(packed) - 4, len(packed), 2**32 - 1):
        assert refused(struct.pack(">I", wrong) + packed[4:]), wrong


def test_a_size_that_is_none_of_padmes_is_refused() -> None:
    packed = envelope.pack(RANDOM)
    for size in range(len(packed) - 1, 2 * len(packed)):
        padme = size >= len(packed) and envelope.padded_size(size) == size
        assert refused(packed[:size] + bytes(max(0, size - len(packed)))) is not padme, size


def test_a_larger_size_can_be_asked_for_and_unpacks_the_same() -> None:
    assert len(envelope.pack(b"short", least=2_048)) == 2_048
    assert envelope.unpack(envelope.pack(b"short", least=2_048)) == b"short"
    assert envelope.pack(RANDOM, least=1_024) == envelope.pack(RANDOM)


@pytest.mark.parametrize("length", [0, 3, 4, 1_023])
def test_less_than_the_least_size_is_refused(length: int) -> None:
    assert refused(bytes(length))


def test_a_compressed_frame_that_is_cut_is_refused_and_nothing_partial_is_released() -> None:
    """The library's stream reader gives what it has of a cut frame, without a word."""
    for plaintext in (RANDOM, b"abc" * 300_000):
        compressed = zstandard.ZstdCompressor(level=3).compress(plaintext)
        for length in (0, 1, 4, 8, len(compressed) // 2, len(compressed) - 1):
            assert refused(padded(compressed[:length])), length


def test_anything_behind_the_compressed_frame_is_refused() -> None:
    compressed = zstandard.ZstdCompressor(level=3).compress(RANDOM)
    skippable = b"\x50\x2a\x4d\x18\x04\0\0\0abcd"
    for odd in (compressed + b"\0", compressed + compressed, compressed + skippable, skippable + compressed, skippable):
        assert refused(padded(odd))


@pytest.mark.parametrize("size", [envelope.MAX_PLAINTEXT + 1, 100_000_000])
def test_a_bomb_that_states_its_size_is_refused_unopened(size: int) -> None:
    assert refused(padded(zstandard.ZstdCompressor().compress(bytes(size))))


@pytest.mark.parametrize("size", [10, envelope.MAX_PLAINTEXT + 1, 100_000_000])
def test_a_frame_that_hides_its_size_is_refused_unopened(size: int) -> None:
    hiding = zstandard.ZstdCompressor(write_content_size=False).compress(bytes(size))
    assert zstandard.frame_content_size(hiding) == -1
    assert refused(padded(hiding))


def test_the_largest_plaintext_is_taken_and_one_octet_more_is_not_even_packed() -> None:
    assert envelope.unpack(envelope.pack(bytes(envelope.MAX_PLAINTEXT))) == bytes(envelope.MAX_PLAINTEXT)
    with pytest.raises(EnvelopeTooLarge):
        envelope.pack(bytes(envelope.MAX_PLAINTEXT + 1))


def by_hand(content: bytes, stated: int, window_log: int) -> bytes:
    """Return a zstd frame (RFC 8878) with one raw block, a size and a window of our choice."""
    header = b"\x28\xb5\x2f\xfd\x80" + bytes([(window_log - 10) << 3]) + struct.pack("<I", stated)
    return header + (len(content) << 3 | 1).to_bytes(3, "little") + content


def test_a_frame_that_lies_about_its_size_is_refused() -> None:
    assert envelope.unpack(padded(by_hand(b"content", 7, 20))) == b"content"
    for lie in (0, 1, 6, 8, 1_000):
        assert refused(padded(by_hand(b"content", lie, 20))), lie


@pytest.mark.parametrize(("window_log", "taken"), [(23, True), (24, False), (27, False), (31, False), (41, False)])
def test_a_window_over_eight_mebibytes_is_refused(window_log: int, taken: bool) -> None:  # noqa: FBT001 - a table
    assert refused(padded(by_hand(b"content", 7, window_log))) is not taken


@given(data=st.data(), new=st.integers(0, 255))
def test_any_changed_octet_of_a_packed_plaintext_is_refused_or_unpacks(data: st.DataObject, new: int) -> None:
    packed = envelope.pack(RANDOM)
    at = data.draw(st.integers(0, len(packed) - 1))
    changed = packed[:at] + bytes([new]) + packed[at + 1 :]
    if not refused(changed):
        assert len(envelope.unpack(changed)) == len(RANDOM)


# --- keys ----------------------------------------------------------------------------------------------------------


def test_a_key_id_names_key_and_suite() -> None:
    assert envelope.key_id(1, parts.CENTRE_PUBLIC) != envelope.key_id(2, parts.CENTRE_PUBLIC)
    assert envelope.key_id(1, parts.CENTRE_PUBLIC) != envelope.key_id(1, parts.STATION_PUBLIC)
    assert len(envelope.key_id(1, parts.CENTRE_PUBLIC)) == 16


def test_a_private_key_is_as_long_as_both_halves() -> None:
    assert envelope.new_private_key(bytes(96)) == bytes(96)
    for length in (0, 32, 95, 97):
        with pytest.raises(ValueError, match=str(length)):
            envelope.new_private_key(bytes(length))


@pytest.mark.parametrize(
    "public",
    [
        b"",
        parts.CENTRE_PUBLIC[:-1],
        parts.CENTRE_PUBLIC + b"\0",
        parts.CENTRE_PUBLIC[:1_184],
        parts.CENTRE_PUBLIC[:1_184] + bytes(32),
        parts.CENTRE_PUBLIC[:1_184] + b"\x01" + bytes(31),
        b"\xff" * 1_184 + parts.CENTRE_PUBLIC[1_184:],
    ],
    ids=["nothing", "short", "long", "half", "zero point", "point one", "no lattice"],
)
def test_a_receiving_key_that_nothing_can_be_sealed_to_is_refused(public: bytes) -> None:
    assert envelope.is_acceptable(parts.CENTRE_PUBLIC)
    assert not envelope.is_acceptable(public)


def test_a_few_octets_are_sealed_to_one_key_for_one_purpose() -> None:
    sealed = envelope.seal_small(b"recovery code", parts.CENTRE_PUBLIC, b"tefter/recovery/1")
    assert envelope.open_small(sealed, parts.CENTRE_RECEIVING, b"tefter/recovery/1") == b"recovery code"
    for octets, private, label in (
        (sealed, parts.STATION_RECEIVING, b"tefter/recovery/1"),
        (sealed, parts.CENTRE_RECEIVING, b"tefter/batch/1"),
        (sealed[:-1], parts.CENTRE_RECEIVING, b"tefter/recovery/1"),
        (sealed[:-1] + bytes([sealed[-1] ^ 1]), parts.CENTRE_RECEIVING, b"tefter/recovery/1"),
        (b"", parts.CENTRE_RECEIVING, b"tefter/recovery/1"),
    ):
        with pytest.raises(Altered):
            envelope.open_small(octets, private, label)


# --- opening, each failure in its place ------------------------------------------------------------------------------

FAILURES: dict[str, type[TefterError]] = {
    "size": EnvelopeTooLarge,
    "framing: shorter": Truncated,
    "framing: longer": Malformed,
    "framing: protocol": UnknownSuite,
    "recipient": Misdirected,
    "key": UnknownSuite,
    "sender": UnknownStation,
    "signature": Altered,
    "revoked": RevokedStation,
    "ciphertext": Altered,
    "padding": BadPadding,
    "compression": BadPadding,
    "decode": BadContent,
    "inner": BadContent,
}
"""What can be wrong → its class, in the documented order."""


def _packed(defects: set[str], header: frame.Header) -> bytes:
    recorded = parts.UP_FACTS[:3]
    inner = messages.Inner(
        bytes(32),
        1,
        3,
        parts.UP_GENESIS,
        recorded[-1].digest,
        3,
        messages.Totals(0, 0, 0, 0),
        parts.SEALED_AT,
        (),
    )
    whole = messages.Batch(inner, (), tuple(msgspec.Raw(one.canonical) for one in recorded))
    packed = batch.pack_bound(whole, header)
    if "inner" in defects:
        packed = envelope.pack(messages.encode(whole))
    if "decode" in defects:
        packed = envelope.pack(b"\x93 no batch")
    if "compression" in defects:
        length = int.from_bytes(packed[:4], "big")
        packed = packed[:4] + b"\xff" * length + packed[4 + length :]
    if "padding" in defects:
        packed = packed[:-1] + b"\x01"
    return packed


def envelope_with(*defects: str) -> bytes:
    """Return an envelope of the station in which exactly these things are wrong."""
    wrong = set(defects)
    header = parts.header(
        recipient=bytes(16) if "recipient" in wrong else parts.CENTRE,
        recipient_key=bytes(16) if "key" in wrong else parts.header().recipient_key,
        sender=bytes(16) if "sender" in wrong else parts.STATION,
        number=9 if "revoked" in wrong else 1,
    )
    octets = envelope.seal(header, _packed(wrong, header), parts.CENTRE_PUBLIC, parts.STATION_SIGNING)
    body, signature = bytearray(octets[:-64]), octets[-64:]
    if "ciphertext" in wrong:
        body[-1] ^= 1
        signature = signatures.sign(parts.STATION_SIGNING, signatures.BATCH, bytes(body))
    if "signature" in wrong:
        signature = bytes([signature[0] ^ 1]) + signature[1:]
    octets = bytes(body) + signature
    if "framing: protocol" in wrong:
        octets = octets[:4] + b"\x02" + octets[5:]
    elif "framing: longer" in wrong:
        octets += b"\0"
    elif "framing: shorter" in wrong:
        octets = octets[:-1]
    return octets + bytes(frame.MAX_ENVELOPE) if "size" in wrong else octets


REVOKED_FROM_NINE = parts.StationsKeyring(
    {parts.STATION: Sender(signatures.public_key(parts.STATION_SIGNING), parts.EPOCH, revoked_from_batch=9)}
)


def error_of(octets: bytes, keyring: envelope.Keyring = REVOKED_FROM_NINE) -> TefterError | None:
    """Return how opening fails, None where it opens."""
    try:
        envelope.open_(octets, keyring)
    except SetAside as error:
        return error
    return None


def test_an_envelope_without_defects_opens() -> None:
    octets = envelope_with()
    opened = envelope.open_(octets, REVOKED_FROM_NINE)
    assert opened.envelope == hashlib.sha256(octets).digest()
    assert opened.header == parts.header()
    assert isinstance(opened.message, messages.Batch)
    assert [bytes(raw) for raw in opened.message.facts] == [one.canonical for one in parts.UP_FACTS[:3]]


@pytest.mark.parametrize("defect", FAILURES)
def test_each_failure_is_of_its_own_class(defect: str) -> None:
    assert type(error_of(envelope_with(defect))) is FAILURES[defect]


@pytest.mark.parametrize("place", range(len(FAILURES)), ids=list(FAILURES))
def test_of_all_that_is_wrong_from_here_on_the_first_in_the_order_is_told(place: int) -> None:
    first, *rest = list(FAILURES)[place:]
    later = [one for one in rest if not one.startswith("framing")]
    assert type(error_of(envelope_with(first, *later))) is FAILURES[first]


def test_both_ways_of_being_altered_say_which() -> None:
    signature, ciphertext = error_of(envelope_with("signature")), error_of(envelope_with("ciphertext"))
    assert signature is not None
    assert ciphertext is not None
    assert (signature.facts, ciphertext.facts) == ({"what": "signature"}, {"what": "ciphertext"})


@pytest.mark.parametrize(
    "changes",
    [{"municipality": "BLG48"}, {"recipient": parts.STATION}, {"direction": frame.DOWN}],
)
def test_what_is_meant_for_another_is_misdirected_even_with_a_good_signature(changes: dict[str, Any]) -> None:
    header = parts.header(**changes)
    octets = envelope.seal(header, _packed(set(), header), parts.CENTRE_PUBLIC, parts.STATION_SIGNING)
    assert type(error_of(octets)) is Misdirected


def test_a_sender_cannot_choose_another_suite_for_a_key() -> None:
    header = parts.header(suite=2)
    octets = envelope.seal(header, _packed(set(), header), parts.CENTRE_PUBLIC, parts.STATION_SIGNING)
    assert type(error_of(octets)) is UnknownSuite
    assert type(error_of(envelope_with(), parts.StationsKeyring(suite=2))) is UnknownSuite


@pytest.mark.parametrize(("number", "opens"), [(8, True), (9, False), (10, False)])
def test_a_revoked_key_counts_up_to_the_batch_before(number: int, opens: bool) -> None:  # noqa: FBT001 - a table
    header = parts.header(number=number)
    octets = envelope.seal(header, _packed(set(), header), parts.CENTRE_PUBLIC, parts.STATION_SIGNING)
    assert (error_of(octets) is None) is opens


def test_every_flipped_bit_of_the_outer_header_is_refused() -> None:
    octets = envelope_with()
    for bit in range(frame.HEADER.size * 8):
        flipped = bytearray(octets)
        flipped[bit // 8] ^= 1 << bit % 8
        assert error_of(bytes(flipped)) is not None


@given(data=st.data())
def test_any_flipped_bit_behind_the_header_is_an_altered_envelope(data: st.DataObject) -> None:
    octets = _WHOLE
    bit = data.draw(st.integers(frame.HEADER.size * 8, len(octets) * 8 - 1))
    flipped = bytearray(octets)
    flipped[bit // 8] ^= 1 << bit % 8
    assert type(error_of(bytes(flipped))) is Altered


_WHOLE = envelope_with()


@given(length=st.integers(0, len(_WHOLE) - 1))
def test_any_cut_envelope_is_truncated(length: int) -> None:
    assert type(error_of(_WHOLE[:length])) is Truncated


@given(octets=st.binary(max_size=300))
def test_random_octets_are_set_aside(octets: bytes) -> None:
    assert error_of(octets) is not None
    assert error_of(b"TFT1\x01" + octets) is not None


def test_an_envelope_sealed_with_one_header_does_not_open_under_another_signed_one() -> None:
    """The outer header is bound into the encryption, not only into the signature."""
    octets = envelope_with()
    parsed = frame.parse(octets)
    outer = frame.pack_header(parsed.header._replace(number=2), len(parsed.sealed))
    signature = signatures.sign(parts.STATION_SIGNING, signatures.BATCH, outer + parsed.sealed)
    error = error_of(outer + parsed.sealed + signature)
    assert type(error) is Altered
    assert error.facts == {"what": "ciphertext"}


@pytest.mark.parametrize(
    "changes",
    [{"count": 2}, {"count": 4}, {"last": 4}, {"first": 2}, {"first": 0, "last": 2}, {"first": 5}],
)
def test_a_batch_that_counts_its_facts_wrongly_is_refused(changes: dict[str, int]) -> None:
    header = parts.header()
    right = messages.decode_batch(envelope.unpack(_packed(set(), header)))
    wrong = msgspec.structs.replace(right, inner=msgspec.structs.replace(right.inner, **changes))
    packed = batch.pack_bound(wrong, header)
    octets = envelope.seal(header, packed, parts.CENTRE_PUBLIC, parts.STATION_SIGNING)
    error = error_of(octets)
    assert type(error) is BadContent
    assert error.facts == {"what": "count"}


def test_a_letter_bound_to_another_header_is_refused() -> None:
    header = parts.header_down(content=frame.LETTER)
    packed = batch.pack_bound(parts.letter(), header._replace(number=2))
    octets = envelope.seal(header, packed, parts.STATION_PUBLIC, parts.CENTRE_SIGNING)
    error = error_of(octets, parts.VILLAGE_KEYRING)
    assert type(error) is BadContent
    assert error.facts == {"what": "outer header"}


def test_a_batch_under_the_sign_of_a_letter_is_refused() -> None:
    header = parts.header(content=frame.LETTER)
    octets = envelope.seal(header, _packed(set(), header), parts.CENTRE_PUBLIC, parts.STATION_SIGNING)
    assert type(error_of(octets)) is BadContent


def test_a_village_takes_only_its_own_centre_for_a_sender() -> None:
    header = parts.header_down(sender=parts.octets("another centre", 16))
    octets = envelope.seal(header, _packed(set(), header), parts.STATION_PUBLIC, parts.CENTRE_SIGNING)
    assert type(error_of(octets, parts.VILLAGE_KEYRING)) is UnknownStation
