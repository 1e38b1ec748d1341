"""Requests as a day at the desk makes them: plain, with nothing known, and with the longest of everything."""

from random import Random

import msgspec

from app.demonstration import people
from app.domain.terms import CorrespondentRole, IdentifierKind, ResultWay, Speed
from app.printing.contents import ServiceName
from app.printing.request import Applicant, RequestContent
from tests.unit.printing import samples

ADDRESS = "с. Перперек, ул. „Първа“ 12"
ASKING = Applicant(
    name=samples.PERSON.name,
    identifier_kind=IdentifierKind.EGN,
    identifier=samples.PERSON.egn,
    address=ADDRESS,
    phone="0888 000 000",
    e_mail="ime@primer.bg",
)
REQUEST = RequestContent(
    office=samples.OFFICE,
    number="26-000188/20.11.2026",
    on=samples.DAY,
    at=samples.FILED,
    people=(ASKING,),
    subject="за пред банка",
    service=ServiceName(number=2016, name=samples.HEIRS.name, speed=Speed.ORDINARY),
    sheets=2,
    result_way=ResultWay.AT_DESK,
)


def request(**other: object) -> RequestContent:
    """Return an ordinary request, with whatever a test asks for instead."""
    return msgspec.structs.replace(REQUEST, **other)


def blank() -> RequestContent:
    """Return a request of which nothing is known but that it came."""
    return request(people=(Applicant(name=""),), subject="", service=None, sheets=0, result_way=None)


def longest() -> RequestContent:
    """Return a request of four people with the longest names, service, subject and addresses, and every mark."""
    name = "Примерово-Образцова Благородна Александрина-Константинова Хаджидимитрова"
    address = (
        "гр. Перперек-на-Голямата-Река, местност „Дългата нива над старата воденица“, ул. „Първа“ 112, вх. Б, ет. 3"
    )
    roles = (
        CorrespondentRole.APPLICANT,
        CorrespondentRole.CO_APPLICANT,
        CorrespondentRole.CO_APPLICANT,
        CorrespondentRole.REPRESENTATIVE,
    )
    made = tuple(
        Applicant(
            name=name,
            role=role,
            identifier_kind=IdentifierKind.EGN,
            identifier=people.person(Random(at)).egn,  # noqa: S311 - it invents people
            address=address,
            phone="+359 888 000 000, +359 888 000 001",
            e_mail="edno-mnogo-dalgo-ime-na-poshtenska-kutiya@edna-mnogo-dalga-oblast.primer.bg",
        )
        for at, role in enumerate(roles)
    )
    service = samples.LONGEST[0]
    return request(
        office=samples.UNREAL,
        number="1204-000188/20.11.2026",
        people=made,
        subject=("Моля да се издаде за имот в местността „Дългата нива“. " * 12)[:600],
        service=ServiceName(number=service.number, name=service.name, speed=Speed.EXPRESS),
        result_way=ResultWay.POST_INTERNATIONAL,
        attached=tuple(f"Приложение номер {at}, препис от документа за собственост" for at in range(1, 9)),
        receipt="17-000132/20.11.2026",
    )
