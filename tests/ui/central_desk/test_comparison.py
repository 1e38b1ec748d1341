"""What stands side by side says what each side knows: nobody is told that a village took money which it did not."""

from pathlib import Path

import pytest

from app.domain.terms import ComparedField
from app.ui.central_desk.comparison import CENTRE, VILLAGE, Comparison
from resources.speech import Language, speech
from sync.central.answers import Compared
from tests.town import Town
from tests.ui.central_desk.desk import signed_in
from tests.ui.central_desk.test_desk import arrived, open_line, shown, wait
from tests.ui.hands import press

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.mark.parametrize(
    ("language", "owed", "paid"),
    [("bg", "дължими 2,56\u00a0EUR", "платени 0,00\u00a0EUR"), ("en", "2.56\u00a0EUR owed", "0.00\u00a0EUR paid")],
)
def test_the_village_asked_for_a_fee_and_receipts_show_what_was_paid(language: Language, owed: str, paid: str) -> None:
    one = Compared(field=ComparedField.PAID, village=256, centre=0, differs=True)
    said = Comparison(speech(language))
    assert (said.value(one, VILLAGE), said.value(one, CENTRE)) == (owed, paid)


def test_what_a_side_does_not_know_is_said_so() -> None:
    one = Compared(field=ComparedField.FEE, village=256, centre=None, differs=True)
    said = Comparison(speech("bg"))
    assert (said.value(one, VILLAGE), said.value(one, CENTRE)) == ("2,56\u00a0EUR", "няма")


def test_an_unpaid_fee_stands_as_owed_beside_nothing_paid(town: Town, tmp_path: Path) -> None:
    arrived(town, paid=False)
    with signed_in(town, tmp_path) as window:
        open_line(window)
        wait(window, "дължими 1,02\u00a0EUR")
        assert shown(window, "платени 0,00\u00a0EUR")
        assert shown(window, "Плащане")


def test_the_sheet_of_the_clean_ones_promises_no_name_that_nobody_gave(town: Town, tmp_path: Path) -> None:
    arrived(town)
    with signed_in(town, tmp_path) as window:
        wait(window, "Приеми 1 чисто")
        press(window, "Ctrl+Shift+A")
        wait(window, "Всяко получава централен номер и отделен запис в дневника на центъра.")
