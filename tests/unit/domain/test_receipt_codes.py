"""The receipt's signature: checked without a network, and worth nothing for any other receipt."""

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import receipt_codes
from app.domain.cash import MOST_CENTS
from app.domain.errors import BadContent
from app.domain.receipt_codes import ReceiptVerdict, Statement
from app.domain.terms import ReceiptKind
from sync import signatures

PRIVATE = bytes(range(32))
STATION = bytes(range(16))
KEYS = {STATION: [signatures.public_key(PRIVATE)]}
SALE = Statement(STATION, 17, 42, date(2026, 11, 20), 256, "EUR", ReceiptKind.SALE)
QR_ALPHANUMERIC = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")

statements = st.builds(
    Statement,
    st.binary(min_size=16, max_size=16),
    st.integers(0, 10**9 - 1),
    st.integers(1, 10**9 - 1),
    st.dates(min_value=date(1879, 3, 3)),
    st.integers(0, MOST_CENTS),
    st.sampled_from(["EUR", "BGN"]),
    st.sampled_from(ReceiptKind),
)


def written(statement: Statement = SALE) -> str:
    """Return the text of a receipt's QR."""
    return receipt_codes.qr_text(receipt_codes.signed(statement, PRIVATE, signatures.sign))


def test_the_qr_says_number_date_amount_and_kind_in_clear() -> None:
    assert written().startswith("TR1:17-000042/20.11.2026:EUR2.56:S:")
    storno = msgspec.structs.replace(SALE, kind=ReceiptKind.STORNO, number=43, cents=5)
    assert written(storno).startswith("TR1:17-000043/20.11.2026:EUR0.05:V:")


def test_the_statement_is_a_messagepack_array_in_the_order_of_the_page() -> None:
    assert msgspec.msgpack.decode(receipt_codes.message(SALE)) == [STATION, 17, 42, "2026-11-20", 256, "EUR", "sale"]


@given(statements)
def test_what_was_signed_reads_back_and_is_genuine(statement: Statement) -> None:
    text = written(statement)
    assert set(text) <= QR_ALPHANUMERIC
    claim = receipt_codes.read(text)
    assert claim.statement == statement
    keys = {statement.station: KEYS[STATION]}
    assert receipt_codes.verify(claim, keys, signatures.verify) is ReceiptVerdict.GENUINE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("17-000042", "17-000043"),
        ("17-000042", "18-000042"),
        ("20.11.2026", "21.11.2026"),
        ("EUR2.56", "EUR2.57"),
        ("EUR2.56", "BGN2.56"),
        (":S:", ":V:"),
    ],
)
def test_one_changed_word_of_a_receipt_shows(old: str, new: str) -> None:
    claim = receipt_codes.read(written().replace(old, new, 1))
    assert receipt_codes.verify(claim, KEYS, signatures.verify) is ReceiptVerdict.ALTERED


def test_a_receipt_of_a_station_that_nobody_knows_says_so() -> None:
    claim = receipt_codes.read(written())
    assert receipt_codes.verify(claim, {}, signatures.verify) is ReceiptVerdict.UNKNOWN_STATION


def test_a_key_that_the_station_had_before_still_counts_and_a_stranger_s_does_not() -> None:
    claim = receipt_codes.read(written())
    stranger = signatures.public_key(bytes(32))
    both = {STATION: [stranger, *KEYS[STATION]]}
    assert receipt_codes.verify(claim, both, signatures.verify) is ReceiptVerdict.GENUINE
    assert receipt_codes.verify(claim, {STATION: [stranger]}, signatures.verify) is ReceiptVerdict.ALTERED


def test_a_signature_made_for_something_else_is_worth_nothing_here() -> None:
    def under_another_label(private: bytes, _label: bytes, message: bytes) -> bytes:
        return signatures.sign(private, signatures.HEAD, message)

    claim = receipt_codes.signed(SALE, PRIVATE, under_another_label)
    assert receipt_codes.verify(claim, KEYS, signatures.verify) is ReceiptVerdict.ALTERED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("TR1", "TR2"),
        ("17-000042", "17-00042"),
        ("17-000042", "017-000042"),
        ("17-000042", "17-0000042"),
        ("20.11.2026", "31.11.2026"),
        ("EUR2.56", "EUR02.56"),
        ("EUR2.56", "EUR2,56"),
        ("EUR2.56", "EUR99999999999.00"),
        ("EUR2.56", "EUR-2.56"),
        (":S:", ":X:"),
        ("42/", "4\u0662/"),
    ],
)
def test_anything_odd_is_malformed(old: str, new: str) -> None:
    with pytest.raises(BadContent):
        receipt_codes.read(written().replace(old, new, 1))


def test_a_torn_or_longer_text_is_malformed() -> None:
    text = written()
    for changed in (text[:-1], text + "A", text.lower(), text + "\n", ""):
        with pytest.raises(BadContent):
            receipt_codes.read(changed)


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_fail_otherwise(text: str) -> None:
    with pytest.raises(BadContent):
        receipt_codes.read(text)
