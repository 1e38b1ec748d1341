"""From what is typed to a filing: nothing typed is lost, only three things are required."""

from datetime import date
from random import Random

import msgspec
import pytest

from app.demonstration.people import legal_entity, person
from app.domain.entries import NO_PARTICULARS, Filing, Particulars, require
from app.domain.errors import MissingRequired
from app.domain.facts import Correspondent, EarlierReceipt, PaperSeen, Particular
from app.domain.terms import Channel, CorrespondentKind, CorrespondentRole, IdentifierKind, PaperState, ResultWay, Speed
from app.services.nomenclatures import carried
from app.ui.village.form_draft import FormDraft, PersonDraft, Who, decode, encode, from_filing
from app.ui.village.form_filing import Problem, filing_of, problems

LISTS = carried()
ENTRY, DRAFT, CASE = b"e" * 16, b"d" * 16, b"c" * 16
RNG = Random(7)  # noqa: S311 - it invents people, it protects nothing
SOMEBODY, SOMEBODY_ELSE, FIRM = person(RNG), person(RNG), legal_entity(RNG)


def draft(**fields: object) -> FormDraft:
    """Return a form as a clerk would leave it, with these fields changed."""
    made = FormDraft(entry=ENTRY, draft=DRAFT, kind="zayavlenie_usluga", people=[PersonDraft(name=SOMEBODY.name)])
    return msgspec.structs.replace(made, **fields)


def full_filing() -> Filing:
    """Return a filing in which every field says something."""
    return Filing(
        entry=ENTRY,
        register=17,
        kind="pismo_organ",
        channel=Channel.POST,
        correspondents=(
            Correspondent(
                CorrespondentKind.PERSON,
                SOMEBODY.name,
                CorrespondentRole.APPLICANT,
                IdentifierKind.EGN,
                SOMEBODY.egn,
                "49686",
                "ул. „Първа“ 12",
                "0888 000 000",
                "ime@example.org",
            ),
            Correspondent(
                CorrespondentKind.LEGAL_ENTITY,
                FIRM.name,
                CorrespondentRole.PAYER,
                IdentifierKind.EIK,
                FIRM.eik,
                "49686",
            ),
            Correspondent(CorrespondentKind.ANONYMOUS, "", CorrespondentRole.CO_APPLICANT),
        ),
        subject="Удостоверение за наследници",
        service=2016,
        speed=Speed.FAST,
        sheets=3,
        signed=False,
        result_way=ResultWay.COURIER,
        sender_number="РД-01-7",
        sender_date=date(2026, 11, 2),
        received=EarlierReceipt(date(2026, 11, 13), "донесено извън работно време"),
        case_file=CASE,
        particulars=Particulars(
            before_closing=True,
            values=(Particular("asked", "2026-11-20"), Particular("until", "2026-11-27")),
            papers=(
                PaperSeen("zayavlenie", PaperState.PRESENT),
                PaperSeen("lichen_dokument", PaperState.MISSING),
                PaperSeen("spisak_naslednitsi", PaperState.NOT_NEEDED),
            ),
        ),
    )


def test_an_entry_shown_in_the_form_and_read_back_is_the_same() -> None:
    filing = full_filing()
    assert filing_of(from_filing(filing, DRAFT, LISTS), 17, LISTS) == filing


def test_a_draft_survives_the_store_letter_by_letter() -> None:
    half = draft(
        subject="за наслед", focus="subject", people=[PersonDraft(who=Who.EIK, name="„Мир", identifier="12 3")]
    )
    assert decode(encode(half)) == half


def test_a_draft_that_another_version_wrote_is_not_read_as_something_else() -> None:
    assert decode(b"\x93\x01\x02\x03") is None
    assert decode(msgspec.msgpack.encode({"entry": ENTRY, "draft": DRAFT, "a_field_to_come": 1})) == FormDraft(
        entry=ENTRY, draft=DRAFT
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, []),
        ({"kind": "", "kind_text": "заявл"}, [Problem("kind", "kind")]),
        ({"people": [PersonDraft(identifier="123")]}, [Problem("name", "name", 0)]),
        ({"people": [PersonDraft(who=Who.ANONYMOUS)]}, []),
        ({"people": [PersonDraft(name=SOMEBODY.name), PersonDraft(settlement="49686")]}, []),
        ({"people": [PersonDraft(name=SOMEBODY.name), PersonDraft(phone="088")]}, [Problem("name", "name", 1)]),
        ({"received_on": "32.11.2026"}, [Problem("received", "date")]),
        ({"kind": "zhalba", "particulars": {"told_on": "31.11.2026"}}, [Problem("particulars.told_on", "date")]),
        ({"kind": "zhalba", "particulars": {"told_on": "20.11.2026", "act": "31.11.2026"}}, []),
        ({"kind": "signal", "particulars": {"told_on": "31.11.2026"}}, []),
        ({"sender_date": "вчера"}, [Problem("sender_date", "date")]),
        ({"sheets": "", "subject": "", "signed": False, "people": [PersonDraft(name="Х", identifier="1")]}, []),
    ],
)
def test_only_kind_and_names_are_required_and_dates_that_can_be_read(
    fields: dict[str, object], expected: list[Problem]
) -> None:
    assert problems(draft(**fields), LISTS) == expected


def test_what_has_no_problem_is_accepted_by_the_register_and_what_lacks_a_name_is_not() -> None:
    require(filing_of(draft(), 17, LISTS))
    with pytest.raises(MissingRequired):
        require(filing_of(draft(people=[PersonDraft(identifier="123")]), 17, LISTS))


def test_a_correction_needs_its_reason() -> None:
    assert problems(draft(), LISTS, correcting=True) == [Problem("reason", "reason")]
    assert problems(draft(reason="Сгрешено име"), LISTS, correcting=True) == []


def test_a_service_that_no_list_knows_is_kept_in_the_subject() -> None:
    filing = filing_of(draft(service_text="удостоверение за луната", subject="спешно"), 17, LISTS)
    assert (filing.service, filing.speed) == (None, None)
    assert filing.subject == "удостоверение за луната; спешно"


def test_a_number_that_no_list_knows_stays_the_number_of_the_service() -> None:
    filing = filing_of(draft(service_text="99999"), 17, LISTS)
    assert (filing.service, filing.subject) == (99999, "")


def test_a_settlement_that_no_list_knows_is_kept_as_it_was_typed() -> None:
    filing = filing_of(draft(people=[PersonDraft(name=SOMEBODY.name, settlement_text="Виена, Австрия")]), 17, LISTS)
    assert filing.correspondents[0].settlement == "Виена, Австрия"


def test_spaces_do_not_make_another_person() -> None:
    typed = PersonDraft(
        name=f"  {SOMEBODY.name.replace(' ', '  ')} ", identifier=f"{SOMEBODY.egn[:6]} {SOMEBODY.egn[6:]}"
    )
    one = filing_of(draft(people=[typed]), 17, LISTS).correspondents[0]
    assert (one.name, one.identifier) == (SOMEBODY.name, SOMEBODY.egn)


def test_a_form_begun_and_left_empty_names_nobody_and_asks_for_a_name() -> None:
    empty = draft(people=[PersonDraft(settlement="49686"), PersonDraft(settlement="49686")])
    assert len(filing_of(empty, 17, LISTS).correspondents) == 1
    assert problems(empty, LISTS) == [Problem("name", "name", 0)]


def test_the_first_may_be_empty_where_another_is_named() -> None:
    second = draft(people=[PersonDraft(settlement="49686"), PersonDraft(name=SOMEBODY_ELSE.name)])
    assert [one.name for one in filing_of(second, 17, LISTS).correspondents] == [SOMEBODY_ELSE.name]
    assert problems(second, LISTS) == []


def test_what_was_typed_for_another_kind_is_left_behind_and_a_choice_travels_by_its_code() -> None:
    typed = {"told_on": "20.11.2026", "form": "paper", "third_party": " "}
    filing = filing_of(draft(kind="zdoi", particulars=typed), 17, LISTS)
    assert filing.particulars == Particulars(values=(Particular("form", "paper"),))


def test_a_list_of_papers_that_nobody_looked_at_is_not_recorded_as_seen() -> None:
    assert filing_of(draft(service=2016), 17, LISTS).particulars == NO_PARTICULARS
    said = filing_of(draft(service=2016, papers={"lichen_dokument": PaperState.MISSING}), 17, LISTS).particulars
    assert [(one.paper, one.state) for one in said.papers] == [
        ("zayavlenie", PaperState.PRESENT),
        ("lichen_dokument", PaperState.MISSING),
        ("spisak_naslednitsi", PaperState.PRESENT),
    ]
    other = filing_of(draft(service=2072, papers={"spisak_naslednitsi": PaperState.MISSING}), 17, LISTS)
    assert other.particulars == NO_PARTICULARS


def test_a_power_of_attorney_is_asked_of_a_proxy() -> None:
    proxy = PersonDraft(name=SOMEBODY_ELSE.name, role=CorrespondentRole.REPRESENTATIVE)
    people = [PersonDraft(name=SOMEBODY.name), proxy]
    chosen = {"zayavlenie": PaperState.PRESENT}
    said = filing_of(draft(service=1997, people=people, papers=chosen), 17, LISTS).particulars
    assert PaperSeen("palnomoshtno", PaperState.PRESENT) in said.papers
    alone = filing_of(draft(service=1997, papers=chosen), 17, LISTS).particulars
    assert "palnomoshtno" not in [one.paper for one in alone.papers]
