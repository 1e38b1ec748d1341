"""The slip says what was filed, when it is ready, what it costs and how to ask; its square holds the secret."""

from datetime import date

import msgspec
import pytest

from app.domain import slip_codes
from app.domain.slip_codes import SlipVerdict
from app.domain.terms import ResultWay
from app.printing import sheets
from app.printing.contents import SlipContent
from app.printing.output import to_pdf
from resources.speech import Language, speech
from tests.unit.printing import samples
from tests.unit.printing.rendering import boxes, rendered, squares, text_of, tight


def printed(content: SlipContent, language: Language = "bg") -> bytes:
    """Return the slip as PDF."""
    return to_pdf(sheets.slip(content, speech(language)), content.number)


def test_the_slip_says_everything_that_the_citizen_needs() -> None:
    text = text_of(printed(samples.slip()))
    for said in (
        "Община Кърджали",
        "Кметство Перперек",
        "Потвърждение за приет документ",
        "екземпляр за гражданина",
        "Входящ номер",
        "26-000188/20.11.2026",
        "петък, 20 ноември 2026 г., 10:52 ч.",
        samples.PERSON.name,
        "Издаване на удостоверение за",
        "Заявление · услуга 2016, обикновена · 2 листа",
        "петък, 27 ноември 2026 г.",
        "7 дни, АПК чл. 57, ал. 2 · получава се тук",
        "2,56 EUR",
        "две евро и петдесет и шест цента",
        "17-000132/20.11.2026",
        "платено в брой в 10:54 ч.",
        slip_codes.code(samples.DIGEST),
        "понеделник – петък, 8:00–12:00 и 13:00–17:00 ч.",
        "приел: Служител 1, подпис",
    ):
        assert tight(said) in text, said


def test_the_number_stands_together_as_it_is_told() -> None:
    number = [box for box in boxes(printed(samples.slip()), 0) if box.size > 15 and box.bottom > 400]
    assert "".join(box.text for box in number).strip() == "26-000188/20.11.2026"
    assert max(box.size for box in number) == pytest.approx(42, abs=0.1)
    assert len({round(box.size) for box in number}) == 2


def test_the_square_of_the_rendered_page_holds_the_secret_of_this_fact_and_of_no_other() -> None:
    (text,) = squares(rendered(printed(samples.slip()), 0))
    claim = slip_codes.read_qr(text)
    assert (claim.register, claim.number, claim.on) == (26, 188, date(2026, 11, 20))
    assert slip_codes.check_secret(claim, samples.DIGEST)
    assert not slip_codes.check_secret(claim, bytes(32))


def test_a_link_of_120_characters_fits_into_the_same_square() -> None:
    link = "https://kardzhali.example.bg/spravka?n=26-000188/20.11.2026&c=" + "x" * 58
    assert len(link) == 120
    assert squares(rendered(printed(samples.slip(qr=link)), 0)) == [link]


def test_a_slip_speaks_english_where_the_clerk_does() -> None:
    text = text_of(printed(samples.slip(), "en"))
    for said in ("Confirmation of a document received", "Friday, 27 November 2026", "two euros and fifty-six cents"):
        assert tight(said) in text


def test_a_fee_that_is_not_paid_says_so_and_one_that_is_not_due_too() -> None:
    unpaid = text_of(printed(samples.slip(receipt="", paid_at=None)))
    assert tight("още не е платена") in unpaid
    assert "Квитанция" not in unpaid
    assert tight("не се дължи") in text_of(printed(samples.slip(fee=0, receipt="", paid_at=None)))


def test_a_bare_filing_has_no_empty_rows() -> None:
    bare = samples.slip(
        submitters=(), service=None, subject="", due=None, fee=None, receipt="", paid_at=None, result_way=None, sheets=0
    )
    text = text_of(printed(bare))
    assert tight("без име") in text
    assert "Заявление" in text
    for absent in ("Готово до", "Такса", "Квитанция", "Получаване", "услуга", "лист"):
        assert tight(absent) not in text


@pytest.mark.parametrize("way", ResultWay)
@pytest.mark.parametrize("language", ["bg", "en"])
def test_every_way_of_having_the_result_has_its_words(way: ResultWay, language: Language) -> None:
    said = tight(speech(language).say(f"papers.way.{way}"))
    assert said in text_of(printed(samples.slip(result_way=way), language))
    assert said in text_of(printed(samples.slip(result_way=way, due=None), language))


def test_the_official_name_stands_where_the_clerk_wrote_something_else() -> None:
    text = text_of(printed(samples.slip(subject="За наследниците на баба Гана")))
    assert tight(f"услуга 2016 „{samples.HEIRS.name}“, обикновена") in text


def test_a_paper_of_a_demonstration_and_a_price_of_the_example_are_marked() -> None:
    assert "УЧЕБНО" not in text_of(printed(samples.slip()))
    both = text_of(printed(samples.slip(office=samples.UNREAL)))
    assert "УЧЕБНО" in both
    assert tight("ПРИМЕРНА ТАРИФА") in both
    free = text_of(printed(samples.slip(office=samples.UNREAL, fee=None, receipt="", paid_at=None)))
    assert tight("ПРИМЕРНА ТАРИФА") not in free


def test_the_smaller_coin_is_named_as_the_municipality_names_it() -> None:
    office = msgspec.structs.replace(samples.OFFICE, minor="stotinka")
    assert tight("две евро и петдесет и шест стотинки") in text_of(printed(samples.slip(office=office)))


@pytest.mark.parametrize("verdict", SlipVerdict)
@pytest.mark.parametrize("language", ["bg", "en"])
def test_every_verdict_over_a_slip_has_its_sentence(verdict: SlipVerdict, language: Language) -> None:
    assert speech(language).say(f"papers.slip_verdict.{verdict}").endswith(".")
