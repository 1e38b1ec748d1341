"""What a person signs: the protocol of an oral request and both applications, filled in as far as anything is known."""

from collections.abc import Callable

import pytest

from app.domain.terms import CorrespondentRole, ResultWay
from app.printing import paper as drawing
from app.printing.application import application, complex_application
from app.printing.contents import ServiceName
from app.printing.flow import A4
from app.printing.output import to_pdf
from app.printing.protocol import protocol
from app.printing.request import Applicant, RequestContent
from app.printing.sheets import PaperSize, Sheet
from resources.loading import services
from resources.speech import Language, Speech, speech
from tests.unit.printing import requests, samples
from tests.unit.printing.rendering import reader, text_of, tight

Paper = Callable[[RequestContent, Speech], tuple[Sheet, ...]]
PAPERS: tuple[Paper, ...] = (protocol, application, complex_application)


def said(paper: Paper, content: RequestContent, language: Language = "bg") -> str:
    """Return the text of a paper, without white space."""
    return text_of(to_pdf(paper(content, speech(language)), content.number))


def missing(text: str, *expected: str) -> list[str]:
    """Return what of the expected a text does not say."""
    return [one for one in expected if tight(one) not in text]


def test_the_protocol_says_every_field_of_annex_1_and_is_signed_by_both() -> None:
    """НАО, приложение 1; АПК чл. 29, ал. 5."""
    name = requests.ASKING.name
    text = said(protocol, requests.request())
    filled = (
        *("Протокол за устно искане", "26-000188/20.11.2026", "петък, 20 ноември 2026 г., 10:52 ч."),
        *("Служител 1", "Длъжност", "кметство Перперек, община Кърджали", name, requests.ADDRESS),
        *(
            "0888 000 000",
            "Факс",
            "ime@primer.bg",
            "Издаване на удостоверение за наследници",
            "услуга 2016, обикновена",
        ),
        *("за пред банка", "Прилага", "приети са общо 2 листа", "на мястото на подаване"),
        *(f"заявител: {name}, подпис", "служител: Служител 1, подпис"),
    )
    assert missing(text, *filled) == []
    assert "Декларация" not in text, "nobody pays postage for what is taken here"


def test_the_application_names_whose_data_and_which_service_is_meant() -> None:
    text = said(application, requests.request())
    assert (
        missing(
            text,
            "Заявление за административна услуга",
            "кмета на кметство Перперек, община Кърджали",
            requests.ASKING.name,
            f"ЕГН {requests.ASKING.identifier}",
            "Издаване на удостоверение за наследници",
            "услуга 2016, обикновена",
            "Място Перперек",
            f"заявител: {requests.ASKING.name}, подпис",
        )
        == []
    )


def test_the_complex_application_says_every_field_of_annex_2() -> None:
    """НАО чл. 14в, приложение 2."""
    text = said(complex_application, requests.request(receipt="17-000132/20.11.2026"))
    assert (
        missing(
            text,
            "Заявление за комплексно административно обслужване",
            "кмета на община Кърджали, чрез кметство Перперек",
            requests.ASKING.name,
            requests.ADDRESS,
            "Издаване на удостоверение за наследници",
            "Компетентен орган",
            "Да се издадат и да му се изпратят",
            "заявление до компетентния орган",
            "информация или документи, които той изисква",
            "документ за платена такса: квитанция 17-000132/20.11.2026",
            "Дата",
            "Място Перперек",
        )
        == []
    )


@pytest.mark.parametrize("paper", [protocol, complex_application])
def test_a_form_that_does_not_ask_for_the_identifier_does_not_say_it(paper: Paper) -> None:
    assert requests.ASKING.identifier not in said(paper, requests.request())
    assert requests.longest().people[1].identifier not in said(paper, requests.longest())


@pytest.mark.parametrize(
    ("way", "words"),
    [
        (ResultWay.POST_REGISTERED, ("с вътрешна препоръчана пратка", requests.ADDRESS, "плащам при доставянето")),
        (ResultWay.COURIER, ("с вътрешна куриерска пратка", requests.ADDRESS, "плащам при доставянето")),
        (ResultWay.POST_INTERNATIONAL, ("с международна препоръчана пратка", "плащам предварително")),
    ],
)
@pytest.mark.parametrize("paper", PAPERS)
def test_who_wants_a_parcel_declares_who_pays_for_it(paper: Paper, way: ResultWay, words: tuple[str, ...]) -> None:
    """The applicant pays and agrees that the papers are carried for official purposes (НАО, приложение 1 и 2)."""
    text = said(paper, requests.request(result_way=way))
    assert missing(text, *words, "пренасяни за служебни цели") == []


def test_an_electronic_answer_goes_to_the_address_given() -> None:
    text = said(application, requests.request(result_way=ResultWay.ELECTRONIC))
    assert missing(text, "по електронен път", "На адрес ime@primer.bg") == []
    assert "Декларирам" not in text


@pytest.mark.parametrize("paper", PAPERS)
def test_where_nobody_said_how_the_answer_comes_all_ways_stand_there_to_be_ticked(paper: Paper) -> None:
    bg = speech("bg")
    text = said(paper, requests.request(result_way=None))
    assert missing(text, *(bg.say(f"papers.request.way_{one.value}") for one in ResultWay), "При поща или куриер") == []


@pytest.mark.parametrize("paper", PAPERS)
def test_what_is_not_known_is_a_line_to_write_on(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[float, float]] = []

    def dots(_painter: object, x: float, y: float, width: float) -> None:
        assert x + width <= A4.width - A4.left + 0.01
        drawn.append((x, y))

    monkeypatch.setattr(drawing, "dots", dots)
    to_pdf(paper(requests.request(attached=("скица",)), speech("bg")), "x")
    known = len(drawn)
    drawn.clear()
    to_pdf(paper(requests.blank(), speech("bg")), "x")
    assert len(drawn) >= known + 8, "name, address, phone, e-mail and four lines for the request"


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize("paper", PAPERS)
def test_four_people_with_long_names_and_a_subject_of_600_letters_go_on_on_a_second_leaf(
    paper: Paper, language: Language
) -> None:
    content = requests.longest()
    pdf = to_pdf(paper(content, speech(language)), content.number)
    pages = [tight(one.extract_text()) for one in reader(pdf).pages]
    assert len(pages) == 2
    assert "".join(pages).count(tight(content.people[0].name)) == 8, "each once as who asks and once to sign"
    assert tight(content.subject) in "".join(pages)
    for at, page in enumerate(pages, start=1):
        assert tight(speech(language).say("papers.text.leaf", number=content.number, page=at, pages=2)) in page


def test_everybody_who_asks_signs_and_who_only_pays_does_not() -> None:
    def one(name: str, role: CorrespondentRole) -> Applicant:
        return Applicant(name=name, role=role)

    people = (
        one("Първи", CorrespondentRole.APPLICANT),
        one("Втори", CorrespondentRole.CO_APPLICANT),
        one("Трети", CorrespondentRole.PAYER),
    )
    text = said(protocol, requests.request(people=people))
    assert missing(text, "заявител: Първи, подпис", "съзаявител: Втори, подпис", "Платец Трети") == []
    assert tight("Трети, подпис") not in text


def test_thirty_people_have_room_to_sign() -> None:
    people = tuple(Applicant(name=f"Съсед{at}", role=CorrespondentRole.CO_APPLICANT) for at in range(30))
    text = said(application, requests.request(people=people))
    assert [at for at in range(30) if f"Съсед{at},подпис" not in text] == []


@pytest.mark.parametrize("language", ["bg", "en"])
def test_an_application_for_any_service_of_the_register_is_one_leaf_of_a4(language: Language) -> None:
    for one in services().values():
        service = ServiceName(number=one.number, name=one.name)
        made = application(requests.request(office=samples.UNREAL, service=service), speech(language))
        assert [sheet.size for sheet in made] == [PaperSize.A4_UPRIGHT], one.number


def test_a_practice_paper_says_so() -> None:
    assert all(tight("УЧЕБНО") in said(paper, requests.request(office=samples.UNREAL)) for paper in PAPERS)
