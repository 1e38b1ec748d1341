"""The notice says what is wanting or until when the term is extended; both copies, both languages."""

from datetime import date

import pytest

from app.printing.notice import NoticeContent, notice
from app.printing.output import to_pdf
from resources.speech import Language, speech
from tests.unit.printing import samples
from tests.unit.printing.rendering import boxes, reader, text_of, tight

DEFECTS = NoticeContent(
    office=samples.OFFICE,
    number="26-000188/20.11.2026",
    on=date(2026, 11, 20),
    person=samples.PERSON.name,
    address="с. Перперек, ул. „Първа“ 12",
    about="Удостоверение за наследници",
    article="АПК чл.30(2)",
    defects=("подпис на заявителя", "документ за платена такса"),
    length="3 дни",
)
EXTENDED = NoticeContent(
    office=samples.OFFICE,
    number="26-000188/20.11.2026",
    on=date(2026, 11, 20),
    person=samples.PERSON.name,
    address="",
    about="Заявление",
    article="АПК чл.57(7)",
    due=date(2026, 12, 14),
    reason="Иска се съгласие на друг орган",
)


def printed(content: NoticeContent, language: Language = "bg") -> bytes:
    """Return the notice as PDF."""
    return to_pdf(notice(content, speech(language)), content.number)


def test_defects_are_listed_with_the_persons_term_and_what_follows() -> None:
    pdf = printed(DEFECTS)
    assert len(reader(pdf).pages) == 2, "one copy for the person, one that comes back"
    for said in (
        "Уведомление за недостатъци",
        "екземпляр за лицето",
        "екземпляр за кметството",
        samples.PERSON.name,
        "26-000188/20.11.2026",
        "подпис на заявителя",
        "документ за платена такса",
        "Срок: 3 дни от получаването на това уведомление (АПК чл.30(2)).",
        "производството се прекратява",
    ):
        assert tight(said) in text_of(pdf), said


def test_an_extension_tells_the_new_date_its_article_and_why() -> None:
    text = text_of(printed(EXTENDED))
    for said in ("Уведомление за удължен срок", "понеделник, 14 декември 2026 г.", "АПК чл.57(7)", EXTENDED.reason):
        assert tight(said) in text, said


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize("content", [DEFECTS, EXTENDED], ids=["defects", "extension"])
def test_nothing_is_set_under_ten_points(content: NoticeContent, language: Language) -> None:
    pdf = printed(content, language)
    assert min(one.size for page in range(len(reader(pdf).pages)) for one in boxes(pdf, page)) >= 9.9
