"""Enrolment: the file, the signed reply, and the code that both sides read to each other."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import CodeMismatch, Malformed
from sync import enrolment, signatures
from tests.unit.sync import parts

REPLY = parts.reply()
CODE = enrolment.code(parts.ENROLMENT_FILE, REPLY.signing_key, REPLY.receiving_key)
SMALL = sorted(signatures.SMALL_ORDER)


def test_the_file_and_the_reply_come_back_as_written() -> None:
    assert enrolment.decode(parts.ENROLMENT_FILE) == parts.ENROLMENT
    assert enrolment.decode_reply(enrolment.encode(REPLY)) == REPLY


def test_both_sides_compute_the_same_code_from_what_each_of_them_holds() -> None:
    sent = enrolment.decode_reply(enrolment.encode(REPLY))
    at_the_centre = enrolment.code(parts.ENROLMENT_FILE, sent.signing_key, sent.receiving_key)
    in_the_village = enrolment.code(
        parts.ENROLMENT_FILE, signatures.public_key(parts.STATION_SIGNING), parts.STATION_PUBLIC
    )
    assert at_the_centre == in_the_village == CODE
    assert len(CODE) == enrolment.CODE_DIGITS
    assert CODE.isdecimal()


def test_another_file_or_key_has_another_code() -> None:
    renamed = enrolment.encode(msgspec.structs.replace(parts.ENROLMENT, name="Микрево 2"))
    codes = {
        CODE,
        enrolment.code(renamed, REPLY.signing_key, REPLY.receiving_key),
        enrolment.code(parts.ENROLMENT_FILE, signatures.public_key(parts.CENTRE_SIGNING), REPLY.receiving_key),
        enrolment.code(parts.ENROLMENT_FILE, REPLY.signing_key, parts.CENTRE_PUBLIC),
    }
    assert len(codes) == 4


@given(file=st.binary(max_size=40))
def test_a_code_always_has_its_twenty_digits(file: bytes) -> None:
    code = enrolment.code(file, b"", b"")
    assert len(code) == 20
    enrolment.require_code(code, code)


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        f" {CODE}\n",
        " ".join(CODE),
        f"{CODE[:5]}-{CODE[5:10]}-{CODE[10:15]}-{CODE[15:]}",
        f"{CODE[:10]}–{CODE[10:]}",
    ],
)
def test_the_code_may_be_typed_with_spaces_and_dashes(typed: str) -> None:
    enrolment.require_code(typed, CODE)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        CODE[:-1],
        CODE + "0",
        CODE[::-1],
        CODE[:-1] + str((int(CODE[-1]) + 1) % 10),
        CODE[1] + CODE[0] + CODE[2:] if CODE[0] != CODE[1] else CODE[1:] + CODE[0],
        "".join(chr(0xFF10 + int(digit)) for digit in CODE),
        "не знам",
    ],
)
def test_any_other_code_admits_nobody(typed: str) -> None:
    with pytest.raises(CodeMismatch):
        enrolment.require_code(typed, CODE)


@given(place=st.integers(0, 19), add=st.integers(1, 9))
def test_one_misheard_digit_is_noticed(place: int, add: int) -> None:
    typed = CODE[:place] + str((int(CODE[place]) + add) % 10) + CODE[place + 1 :]
    with pytest.raises(CodeMismatch):
        enrolment.require_code(typed, CODE)


# --- keys that prove nothing -------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["centre_signing_key", "relay_key"])
@pytest.mark.parametrize("public", [*SMALL, b"", bytes(31)], ids=bytes.hex)
def test_a_file_with_a_key_of_small_order_is_refused(field: str, public: bytes) -> None:
    file = msgspec.structs.replace(parts.ENROLMENT, **{field: public})
    with pytest.raises(Malformed):
        enrolment.decode(enrolment.encode(file))


@pytest.mark.parametrize("public", [b"", bytes(1_216), parts.CENTRE_PUBLIC[:-32] + bytes(32)])
def test_a_file_with_a_receiving_key_that_nothing_can_be_sealed_to_is_refused(public: bytes) -> None:
    file = msgspec.structs.replace(parts.ENROLMENT, centre_receiving_key=public)
    with pytest.raises(Malformed):
        enrolment.decode(enrolment.encode(file))


@pytest.mark.parametrize("public", SMALL, ids=bytes.hex)
def test_a_reply_with_a_key_of_small_order_is_refused(public: bytes) -> None:
    with pytest.raises(Malformed):
        enrolment.decode_reply(enrolment.encode(parts.reply(signing_key=public)))


def test_a_reply_with_a_receiving_key_that_nothing_can_be_sealed_to_is_refused() -> None:
    with pytest.raises(Malformed):
        enrolment.decode_reply(enrolment.encode(parts.reply(receiving_key=parts.STATION_PUBLIC[:-32] + bytes(32))))


# --- tampered ------------------------------------------------------------------------------------------------------

FOREIGN: dict[str, Any] = {
    "station": bytes(16),
    "enrolment": bytes(32),
    "epoch": bytes(16),
    "signing_key": signatures.public_key(parts.CENTRE_SIGNING),
    "receiving_key": parts.CENTRE_PUBLIC,
    "recovery": b"",
    "signature": bytes(64),
}


@pytest.mark.parametrize("field", FOREIGN)
def test_a_reply_in_which_anything_was_exchanged_is_refused(field: str) -> None:
    tampered = msgspec.structs.replace(REPLY, **{field: FOREIGN[field]})
    with pytest.raises(Malformed):
        enrolment.decode_reply(enrolment.encode(tampered))


def test_a_whole_reply_of_another_key_is_well_formed_but_has_another_code() -> None:
    """Who sits in the middle can make a genuine reply of his own: only the code tells."""
    intruder = parts.octets("intruder", 32)
    unsigned = msgspec.structs.replace(REPLY, signing_key=signatures.public_key(intruder), signature=b"")
    signature = signatures.sign(intruder, signatures.ENROLMENT, unsigned.statement())
    reply = enrolment.decode_reply(enrolment.encode(msgspec.structs.replace(unsigned, signature=signature)))
    seen = enrolment.code(parts.ENROLMENT_FILE, reply.signing_key, reply.receiving_key)
    with pytest.raises(CodeMismatch):
        enrolment.require_code(CODE, seen)


@pytest.mark.parametrize("decode", [enrolment.decode, enrolment.decode_reply], ids=["file", "reply"])
@pytest.mark.parametrize(
    "octets",
    [b"", b"\x98", b"\xc1", b"\x91" * 100_000, parts.ENROLMENT_FILE[:-1], enrolment.encode(REPLY)[:-1], b"{}", b"\x80"],
    ids=["empty", "header", "no code", "deep", "cut file", "cut reply", "json", "map"],
)
def test_what_is_no_file_of_enrolment_is_malformed(decode: Any, octets: bytes) -> None:  # noqa: ANN401
    with pytest.raises(Malformed):
        decode(octets)


def test_a_file_is_no_reply_and_a_reply_no_file() -> None:
    with pytest.raises(Malformed):
        enrolment.decode(enrolment.encode(REPLY))
    with pytest.raises(Malformed):
        enrolment.decode_reply(parts.ENROLMENT_FILE)


@given(data=st.data(), new=st.integers(0, 255))
def test_any_changed_octet_of_a_reply_is_refused_or_shows_in_the_file_it_names(data: st.DataObject, new: int) -> None:
    octets = enrolment.encode(REPLY)
    at = data.draw(st.integers(0, len(octets) - 1))
    changed = octets[:at] + bytes([new]) + octets[at + 1 :]
    try:
        reply = enrolment.decode_reply(changed)
    except Malformed:
        return
    assert reply.statement() == REPLY.statement()


def test_the_digest_of_the_file_covers_all_of_it() -> None:
    digests = {enrolment.digest(parts.ENROLMENT_FILE[:length]) for length in range(len(parts.ENROLMENT_FILE) + 1)}
    assert len(digests) == len(parts.ENROLMENT_FILE) + 1
