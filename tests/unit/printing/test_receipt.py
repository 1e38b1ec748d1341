"""The receipt says who paid, for what and how much; its square is checked by anybody who knows the station's key."""

import pytest

from app.domain import receipt_codes
from app.domain.errors import BadContent
from app.domain.receipt_codes import ReceiptVerdict
from app.domain.terms import IdentifierKind, ReceiptKind
from app.printing import sheets
from app.printing.contents import Payer, ReceiptContent
from app.printing.output import to_pdf
from app.printing.receipt import Copy
from resources.speech import Language, speech
from sync import signatures
from tests.unit.printing import samples
from tests.unit.printing.rendering import reader, rendered, squares, text_of, tight


def printed(content: ReceiptContent, copy: Copy = "payer", language: Language = "bg") -> bytes:
    """Return one copy of a receipt as PDF."""
    return to_pdf(sheets.receipt(content, copy, speech(language)), content.number)


def test_the_receipt_says_what_the_law_asks_for() -> None:
    text = text_of(printed(samples.receipt()))
    for said in (
        "Община Кърджали",
        "Кметство Перперек",
        "Квитанция",
        "екземпляр за платеца",
        "17-000132/20.11.2026",
        "петък, 20 ноември 2026 г., 10:54 ч.",
        samples.PERSON.name,
        f"ЕГН {samples.PERSON.egn}",
        "Издаване на удостоверение за",
        "услуга 2016, обикновена · по вх. № 26-000188/20.11.2026",
        "Сума, EUR",
        "Платено в брой",
        "2,56 EUR",
        "словом: две евро и петдесет и шест цента",
        "дадени 10,00 EUR · ресто 7,44 EUR",
        "взел сумата: Служител 1, подпис",
    ):
        assert tight(said) in text, said


def test_both_copies_stand_on_one_sheet_with_the_same_square() -> None:
    pdf = to_pdf(sheets.both_copies(samples.receipt(), speech("bg")), "both")
    text = text_of(pdf)
    assert tight("екземпляр за платеца") in text
    assert tight("екземпляр за кметството") in text
    assert len(reader(pdf).pages) == 1
    first, second = squares(rendered(pdf, 0))
    assert first == second == samples.receipt().qr


def test_the_signature_in_the_square_of_the_rendered_page_is_genuine() -> None:
    (text,) = squares(rendered(printed(samples.receipt()), 0))
    claim = receipt_codes.read(text)
    said = claim.statement
    assert (said.till, said.number, said.on, said.cents) == (17, 132, samples.DAY, 256)
    assert receipt_codes.verify(claim, samples.KEYS, signatures.verify) is ReceiptVerdict.GENUINE


@pytest.mark.parametrize(("old", "new"), [("EUR2.56", "EUR2.65"), ("000132", "000133"), (":S:", ":V:")])
def test_a_square_printed_anew_with_another_amount_number_or_kind_shows(old: str, new: str) -> None:
    forged = samples.receipt().qr.replace(old, new, 1)
    (text,) = squares(rendered(printed(samples.receipt(qr=forged)), 0))
    claim = receipt_codes.read(text)
    assert receipt_codes.verify(claim, samples.KEYS, signatures.verify) is ReceiptVerdict.ALTERED


def test_a_square_of_something_else_is_no_receipt() -> None:
    (text,) = squares(rendered(printed(samples.receipt(qr="https://example.bg/26-000188")), 0))
    with pytest.raises(BadContent):
        receipt_codes.read(text)


def test_a_storno_says_what_it_reverses_and_why_and_who_approved() -> None:
    text = text_of(printed(samples.storno()))
    for said in (
        "Сторно на квитанция",
        "17-000133/20.11.2026",
        "Сторнира",
        "17-000132/20.11.2026",
        "Основание: Заявителят се отказа от услугата преди",
        "Получател",
        "Върнато в брой",
        "върнал сумата: Служител 1, подпис",
        "получил сумата: подпис",
        "одобрил: кмет, подпис",
    ):
        assert tight(said) in text, said
    for absent in ("дадени", "ресто", "Платец", "Платено"):
        assert absent not in text


def test_the_square_of_a_storno_is_that_of_a_storno() -> None:
    (text,) = squares(rendered(printed(samples.storno()), 0))
    claim = receipt_codes.read(text)
    assert claim.statement.kind is ReceiptKind.STORNO
    assert receipt_codes.verify(claim, samples.KEYS, signatures.verify) is ReceiptVerdict.GENUINE


def test_a_payer_without_an_identifier_or_a_name_leaves_no_gap() -> None:
    assert "ЕГН" not in text_of(printed(samples.receipt(payer=Payer(name=samples.PERSON.name))))
    assert tight("без име") in text_of(printed(samples.receipt(payer=Payer(name=""))))
    firm = Payer(name=samples.FIRM.name, identifier_kind=IdentifierKind.EIK, identifier=samples.FIRM.eik)
    assert tight(f"ЕИК {samples.FIRM.eik}") in text_of(printed(samples.receipt(payer=firm)))


def test_several_of_one_thing_say_how_many_and_at_what_price() -> None:
    content = samples.long_receipt(2)
    assert tight("2 × 1 234,56") in text_of(printed(content))
    assert tight("2 469,12") in text_of(printed(content))


def test_a_receipt_speaks_english_where_the_clerk_does() -> None:
    text = text_of(printed(samples.receipt(), "office", "en"))
    for said in ("the mayoralty's copy", "Paid in cash", "2.56 EUR", "in words: two euros and fifty-six cents"):
        assert tight(said) in text


def test_slip_and_receipt_go_on_one_sheet_and_the_office_s_copy_after_it() -> None:
    pdf = to_pdf(sheets.together(samples.slip(), samples.receipt(), speech("bg")), "together")
    first, second = (tight(page.extract_text()) for page in reader(pdf).pages)
    assert tight("Потвърждение за приет документ") in first
    assert tight("екземпляр за платеца") in first
    assert tight("екземпляр за кметството") in second
    assert squares(rendered(pdf, 0)) == [samples.slip().qr, samples.receipt().qr]
    assert squares(rendered(pdf, 1)) == [samples.receipt().qr]


@pytest.mark.parametrize("verdict", ReceiptVerdict)
@pytest.mark.parametrize("language", ["bg", "en"])
def test_every_verdict_over_a_receipt_has_its_sentence(verdict: ReceiptVerdict, language: Language) -> None:
    assert speech(language).say(f"papers.receipt_verdict.{verdict}").endswith(".")
