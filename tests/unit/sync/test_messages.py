"""Messages: one spelling each, every field within its bounds, facts carried as they are."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadContent
from app.domain.terms import AcknowledgementKind
from sync import messages
from tests.unit.sync import parts

INNER = messages.Inner(
    outer=bytes(32),
    first=1,
    last=2,
    previous=bytes(32),
    digest=bytes(32),
    count=2,
    totals=messages.Totals(1, 1, 102, 0),
    sealed_at=parts.SEALED_AT,
    features=("later",),
)
HEADS = (messages.PeerHead(parts.ANSWERS, 3, bytes(32)),)
BATCH = messages.Batch(INNER, HEADS, tuple(msgspec.Raw(one.canonical) for one in parts.UP_FACTS[:2]))
LETTER = messages.Letter(bytes(32), parts.SEALED_AT, (parts.acknowledgement(),))
PLAIN_BATCH, PLAIN_LETTER = messages.encode(BATCH), messages.encode(LETTER)

Decode = Callable[[bytes], Any]
BOTH = pytest.mark.parametrize(
    ("decode", "plain"),
    [(messages.decode_batch, PLAIN_BATCH), (messages.decode_letter, PLAIN_LETTER)],
    ids=["batch", "letter"],
)


def test_a_batch_comes_back_with_its_facts_octet_for_octet() -> None:
    read = messages.decode_batch(PLAIN_BATCH)
    assert (read.inner, read.heads) == (INNER, HEADS)
    assert [bytes(raw) for raw in read.facts] == [one.canonical for one in parts.UP_FACTS[:2]]


def test_a_letter_comes_back_as_written() -> None:
    assert messages.decode_letter(PLAIN_LETTER) == LETTER


def test_a_batch_is_no_letter_and_a_letter_no_batch() -> None:
    with pytest.raises(BadContent):
        messages.decode_batch(PLAIN_LETTER)
    with pytest.raises(BadContent):
        messages.decode_letter(PLAIN_BATCH)


@BOTH
def test_every_cut_is_refused(decode: Decode, plain: bytes) -> None:
    for length in range(len(plain)):
        with pytest.raises(BadContent):
            decode(plain[:length])


@BOTH
@pytest.mark.parametrize("trailing", [b"\0", b"\xc0", b"\x90"])
def test_trailing_octets_are_refused(decode: Decode, plain: bytes, trailing: bytes) -> None:
    with pytest.raises(BadContent):
        decode(plain + trailing)


@BOTH
def test_a_longer_header_is_refused(decode: Decode, plain: bytes) -> None:
    assert plain[:1] == b"\x93"
    with pytest.raises(BadContent):
        decode(b"\xdc\x00\x03" + plain[1:])


@BOTH
def test_deep_nesting_is_refused(decode: Decode, plain: bytes) -> None:
    with pytest.raises(BadContent):
        decode(plain[:1] + b"\x91" * 100_000)


def test_a_fact_that_nests_without_end_is_refused() -> None:
    values = msgspec.msgpack.decode(PLAIN_BATCH)
    empty = msgspec.msgpack.encode([*values[:2], []])
    assert empty.endswith(b"\x90")
    with pytest.raises(BadContent):
        messages.decode_batch(empty[:-1] + b"\x91" + b"\x91" * 100_000 + b"\xc0")


@given(octets=st.binary(max_size=300))
def test_random_octets_are_refused(octets: bytes) -> None:
    with pytest.raises(BadContent):
        messages.decode_batch(octets)
    with pytest.raises(BadContent):
        messages.decode_letter(octets)


@given(data=st.data(), new=st.integers(0, 255))
def test_any_changed_octet_is_refused_or_another_batch(data: st.DataObject, new: int) -> None:
    at = data.draw(st.integers(0, len(PLAIN_BATCH) - 1))
    changed = PLAIN_BATCH[:at] + bytes([new]) + PLAIN_BATCH[at + 1 :]
    try:
        read = messages.decode_batch(changed)
    except BadContent:
        return
    assert messages.encode(read) == changed


def with_part(plain: bytes, path: tuple[int, ...], value: Any) -> bytes:  # noqa: ANN401 - any value at all
    """Return a message with one part replaced, in plain MessagePack."""
    values = msgspec.msgpack.decode(plain)
    place = values
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return msgspec.msgpack.encode(values)


def test_the_helper_gives_the_message_back_where_nothing_changes() -> None:
    assert with_part(PLAIN_BATCH, (0, 1), 1) == PLAIN_BATCH
    assert with_part(PLAIN_LETTER, (1,), parts.SEALED_AT) == PLAIN_LETTER


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((0, 0), bytes(31)),
        ((0, 0), bytes(33)),
        ((0, 0), "x" * 32),
        ((0, 1), -1),
        ((0, 1), 2**53 + 1),
        ((0, 1), 1.0),
        ((0, 2), None),
        ((0, 3), b""),
        ((0, 4), bytes(16)),
        ((0, 5), "2"),
        ((0, 6), [1, 1, 102]),
        ((0, 6), [1, 1, 102, 0, 0]),
        ((0, 6, 2), -1),
        ((0, 7), -1),
        ((0, 8), "later"),
        ((0, 8), [5]),
        ((1,), None),
        ((1, 0, 0), bytes(15)),
        ((1, 0, 1), -1),
        ((2,), {}),
        ((2,), None),
    ],
)
def test_a_batch_with_a_part_out_of_bounds_is_refused(path: tuple[int, ...], value: object) -> None:
    with pytest.raises(BadContent):
        messages.decode_batch(with_part(PLAIN_BATCH, path, value))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((0,), bytes(31)),
        ((1,), -1),
        ((2,), None),
        ((2, 0, 0), "stored"),
        ((2, 0, 0), ""),
        ((2, 0, 1), bytes(15)),
        ((2, 0, 2), -1),
        ((2, 0, 3), 2**53 + 1),
        ((2, 0, 4), bytes(31)),
        ((2, 0, 5), "signature"),
    ],
)
def test_a_letter_with_a_part_out_of_bounds_is_refused(path: tuple[int, ...], value: object) -> None:
    with pytest.raises(BadContent):
        messages.decode_letter(with_part(PLAIN_LETTER, path, value))


STATEMENT = (AcknowledgementKind.RECEIVED, parts.EPOCH, 1, 10, bytes(32))


@pytest.mark.parametrize(
    ("place", "value"),
    [(0, AcknowledgementKind.DURABLE), (1, parts.ANSWERS), (2, 2), (3, 11), (4, bytes([1]) * 32)],
)
def test_an_acknowledgement_is_signed_over_every_part(place: int, value: Any) -> None:  # noqa: ANN401
    other: list[Any] = list(STATEMENT)
    other[place] = value
    assert messages.acknowledgement_statement(*other) != messages.acknowledgement_statement(*STATEMENT)
