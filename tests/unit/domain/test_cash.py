"""The till: sums, change, running totals, the close of a day, and a difference that somebody must explain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import cash
from app.domain.cash import Document
from app.domain.errors import BadAmount, DifferenceUnexplained
from app.domain.facts import NoteCount, ReceiptLine, TillTotals
from sync import batch

HUGE = cash.MOST_CENTS


def line(quantity: int, unit: int, cents: int | None = None) -> ReceiptLine:
    """Return a line of a receipt; its sum is right unless given."""
    return ReceiptLine(None, None, None, "Такса", quantity, unit, quantity * unit if cents is None else cents)


def test_a_receipt_is_the_sum_of_its_lines() -> None:
    assert cash.total([line(1, 102), line(3, 153)]) == 561
    assert cash.total([line(1, 0)]) == 0
    assert cash.total([]) == 0
    assert cash.total([line(1, HUGE - 1), line(1, 1)]) == HUGE


@pytest.mark.parametrize(
    "bad",
    [line(0, 102), line(-1, 102), line(1, -1), line(-1, -1), line(2, 102, 102), line(1, 102, 103), line(1, 102, -102)],
)
def test_a_line_that_does_not_add_up_is_refused(bad: ReceiptLine) -> None:
    with pytest.raises(BadAmount):
        cash.total([line(1, 102), bad])


@pytest.mark.parametrize(("due", "given_cents", "back"), [(102, 102, 0), (102, 200, 98), (1, HUGE, HUGE - 1)])
def test_change_is_what_goes_back(due: int, given_cents: int, back: int) -> None:
    assert cash.change(due, given_cents) == back


@pytest.mark.parametrize(("due", "given_cents"), [(102, 101), (0, 0), (0, 100), (-1, 100), (102, 0), (102, -102)])
def test_less_than_due_or_nothing_due_is_refused(due: int, given_cents: int) -> None:
    with pytest.raises(BadAmount):
        cash.change(due, given_cents)


@given(due=st.integers(1, HUGE // 2), more=st.integers(0, HUGE // 2))
def test_due_and_change_are_what_was_given(due: int, more: int) -> None:
    assert due + cash.change(due, due + more) == due + more


@given(acts=st.lists(st.tuples(st.booleans(), st.integers(1, 10**9)), max_size=40), opening=st.integers(0, 10**9))
def test_what_lies_in_the_till_is_the_opening_and_gross_less_storno(acts: list[tuple[bool, int]], opening: int) -> None:
    totals = TillTotals(0, 0, opening)
    for taken, cents in acts:
        before = totals
        totals = cash.after_receipt(before, cents) if taken else cash.after_storno(before, cents)
        assert totals.gross >= before.gross
        assert totals.storno >= before.storno
    assert totals.balance == opening + totals.gross - totals.storno
    assert totals.gross == sum(cents for taken, cents in acts if taken)
    assert totals.storno == sum(cents for taken, cents in acts if not taken)


def test_a_count_is_by_note_and_coin() -> None:
    notes = [NoteCount(5000, 2), NoteCount(200, 3), NoteCount(1, 7), NoteCount(10, 0)]
    assert cash.counted(notes) == 10_607
    assert cash.counted([]) == 0


def test_the_denominations_are_those_of_the_euro() -> None:
    coins, notes = [1, 2, 5, 10, 20, 50, 100, 200], [500, 1000, 2000, 5000, 10000, 20000, 50000]
    assert sorted(cash.DENOMINATIONS) == coins + notes


@pytest.mark.parametrize("bad", [NoteCount(3, 1), NoteCount(0, 1), NoteCount(-5, 1), NoteCount(100, -1)])
def test_a_note_that_does_not_exist_or_a_count_below_nothing_is_refused(bad: NoteCount) -> None:
    with pytest.raises(BadAmount):
        cash.counted([NoteCount(100, 1), bad])


def test_a_sum_that_cannot_be_is_refused_before_it_keeps_a_whole_batch_from_the_town() -> None:
    with pytest.raises(BadAmount):
        cash.total([line(1, HUGE), line(1, 1)])
    with pytest.raises(BadAmount):
        cash.total([line(10**30, 10**30)])
    with pytest.raises(BadAmount):
        cash.change(102, HUGE + 1)
    with pytest.raises(BadAmount):
        cash.counted([NoteCount(1, HUGE + 1)])
    assert batch.MAX_FACTS * HUGE <= 2**53, "the control totals of a batch hold this much"


def document(number: int, cents: int) -> Document:
    """Return a document of a day."""
    return Document(number, number.to_bytes(16, "big"), cents)


def test_a_close_counts_receipts_and_storno_apart() -> None:
    made = cash.close([document(3, -102), document(1, 102), document(2, 153)])
    assert (made.receipts, made.taken, made.voids, made.paid_back) == (2, 255, 1, 102)
    assert (made.first, made.last) == (1, 3)


def test_a_day_without_documents_closes_with_noughts() -> None:
    made = cash.close([])
    assert made[:6] == (0, 0, 0, 0, 0, 0)
    assert made.documents.hex() == "d538b44ee7cb1d065f81caa260ec900c2e60424b8d3766767236c181c01503a3"


def test_the_largest_amounts_that_a_document_can_hold_are_closed() -> None:
    made = cash.close([document(1, 2**63 - 1), document(2, -(2**63) + 1)])
    assert (made.taken, made.paid_back) == (2**63 - 1, 2**63 - 1)


DOCUMENTS = st.lists(
    st.builds(document, st.integers(1, 10**6), st.integers(-(10**9), 10**9)),
    max_size=20,
    unique_by=lambda one: one.number,
)


@given(documents=DOCUMENTS, data=st.data())
def test_the_order_in_which_documents_are_listed_changes_nothing(
    documents: list[Document], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(documents))
    assert cash.close(shuffled) == cash.close(documents)


@given(documents=DOCUMENTS.filter(bool), data=st.data())
def test_any_other_document_gives_another_digest(documents: list[Document], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(documents) - 1))
    one = documents[place]
    others = [
        one._replace(number=one.number + 10**7),
        one._replace(receipt=bytes(16)),
        one._replace(cents=one.cents + 1),
    ]
    digest = cash.close(documents).documents
    for other in others:
        assert cash.close([*documents[:place], other, *documents[place + 1 :]]).documents != digest
    assert cash.close([*documents[:place], *documents[place + 1 :]]).documents != digest


@given(documents=DOCUMENTS)
def test_taken_less_paid_back_is_the_sum_of_the_documents(documents: list[Document]) -> None:
    made = cash.close(documents)
    assert made.taken - made.paid_back == sum(one.cents for one in documents)
    assert made.receipts + made.voids == len(documents)


@pytest.mark.parametrize(("in_till", "difference"), [(1_000, 0), (1_050, 50), (950, -50), (0, -1_000)])
def test_a_difference_is_surplus_or_shortage(in_till: int, difference: int) -> None:
    assert cash.difference(1_000, in_till, "Грешно ресто") == difference


@pytest.mark.parametrize("reason", ["", " ", "\t\n"])
def test_a_difference_without_words_is_refused_and_none_needs_no_words(reason: str) -> None:
    assert cash.difference(1_000, 1_000, reason) == 0
    with pytest.raises(DifferenceUnexplained) as caught:
        cash.difference(1_000, 999, reason)
    assert caught.value.facts == {"cents": -1}
