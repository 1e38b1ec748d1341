"""The table of checks: each raises its finding, at its field, and only then; none ever refuses."""

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import checks, particulars, tariffs
from app.domain.checks import Desk
from app.domain.entries import Filing, Particulars
from app.domain.errors import UnknownService
from app.domain.facts import Correspondent, EarlierReceipt, Finding, PaperSeen, Particular
from app.domain.nomenclature import TariffRow
from app.domain.terms import Channel, CorrespondentKind, FindingCode, IdentifierKind, PaperState, ResultWay, Speed
from resources import loading

TODAY = date(2026, 11, 20)
SERVICES = loading.services()
SETTLEMENTS = {row.ekatte for row in loading.settlements()}
KINDS = loading.document_kinds()
PERSON = Correspondent(CorrespondentKind.PERSON, "Еленка Спасова Бъчварова", settlement="49686")
ANONYMOUS = Correspondent(CorrespondentKind.ANONYMOUS, "")
FORWARDED = next(number for number, one in SERVICES.items() if one.village_role == "forwards" and one.payment == "paid")
CENTRE_ONLY = next(number for number, one in SERVICES.items() if one.village_role == "centre")


def filing(**changes: Any) -> Filing:  # noqa: ANN401 - any field of it
    """Return a filing without anything odd: an application for a certificate of present address."""
    fields: dict[str, Any] = {
        "entry": bytes(16),
        "register": 17,
        "kind": "zayavlenie_usluga",
        "channel": Channel.BY_HAND,
        "correspondents": (PERSON,),
        "subject": "Удостоверение за настоящ адрес",
        "service": 1997,
        "speed": Speed.ORDINARY,
        "sheets": 1,
        "result_way": ResultWay.AT_DESK,
    }
    return Filing(**(fields | changes))


def found(
    one: Filing, *, row: TariffRow | None = None, priced: bool = True, clock_doubt: bool = False
) -> list[Finding]:
    """Return what the checks notice about a filing at a desk with all nomenclatures."""
    if row is None and priced and one.service is not None and one.speed is not None:
        row = tariffs.row_in_force(loading.tariff(), one.service, one.speed, TODAY)
    return list(checks.findings(one, Desk(TODAY, clock_doubt, SERVICES, SETTLEMENTS, row)))


def test_a_filing_in_order_has_no_findings() -> None:
    assert found(filing()) == []


def with_identifier(kind: IdentifierKind, value: str) -> tuple[Correspondent, ...]:
    """Return two people, the second with an identifier."""
    return (PERSON, msgspec.structs.replace(PERSON, identifier_kind=kind, identifier=value))


def breach(on: str) -> Particulars:
    """Return what a signal says of the day of the breach."""
    return Particulars(values=(Particular("happened_on", on),))


def papers(*states: PaperState) -> Particulars:
    """Return a list of papers in these states."""
    return Particulars(papers=tuple(PaperSeen("zayavlenie", state) for state in states))


ELSEWHERE = msgspec.structs.replace(PERSON, settlement="99999")
NOWHERE = msgspec.structs.replace(PERSON, settlement="")


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"subject": ""}, Finding(FindingCode.SUBJECT_MISSING, "subject")),
        ({"subject": " \n"}, Finding(FindingCode.SUBJECT_MISSING, "subject")),
        ({"service": 999_999}, Finding(FindingCode.UNKNOWN_SERVICE, "service")),
        ({"service": None}, Finding(FindingCode.SERVICE_MISSING, "service")),
        ({"service": CENTRE_ONLY}, Finding(FindingCode.SERVICE_NOT_HERE, "service")),
        ({"speed": None}, Finding(FindingCode.TARIFF_MISSING, "service")),
        ({"service": 2016, "channel": Channel.ORAL}, Finding(FindingCode.ORAL_HEIRS, "channel")),
        ({"service": 2016, "kind": "usten_protokol"}, Finding(FindingCode.ORAL_HEIRS, "channel")),
        ({"result_way": None}, Finding(FindingCode.RESULT_WAY_MISSING, "result_way")),
        (
            {"correspondents": with_identifier(IdentifierKind.EGN, "9130051151")},
            Finding(FindingCode.INVALID_EGN, "correspondents.1.identifier"),
        ),
        (
            {"correspondents": with_identifier(IdentifierKind.LNCH, "7111042922")},
            Finding(FindingCode.INVALID_LNCH, "correspondents.1.identifier"),
        ),
        (
            {"correspondents": with_identifier(IdentifierKind.EIK, "123456789")},
            Finding(FindingCode.INVALID_EIK, "correspondents.1.identifier"),
        ),
        (
            {"correspondents": with_identifier(IdentifierKind.BULSTAT, "1234567891234")},
            Finding(FindingCode.INVALID_BULSTAT, "correspondents.1.identifier"),
        ),
        ({"correspondents": (PERSON, NOWHERE)}, Finding(FindingCode.ADDRESS_MISSING, "correspondents.1.address")),
        ({"correspondents": (ELSEWHERE,)}, Finding(FindingCode.UNKNOWN_SETTLEMENT, "correspondents.0.settlement")),
        ({"signed": False}, Finding(FindingCode.SIGNATURE_MISSING, "signed")),
        ({"sheets": 0}, Finding(FindingCode.SHEETS_MISSING, "sheets")),
        ({"sheets": -1}, Finding(FindingCode.SHEETS_MISSING, "sheets")),
        (
            {"received": EarlierReceipt(date(2026, 11, 19), "донесено късно")},
            Finding(FindingCode.RECEIVED_EARLIER, "received"),
        ),
        (
            {"received": EarlierReceipt(TODAY, "същия ден")},
            Finding(FindingCode.RECEIVED_EARLIER, "received"),
        ),
        (
            {"received": EarlierReceipt(date(2026, 11, 21), "грешна дата")},
            Finding(FindingCode.RECEIVED_IN_FUTURE, "received"),
        ),
        (
            {
                "particulars": Particulars(
                    papers=(PaperSeen("a", PaperState.MISSING), PaperSeen("b", PaperState.MISSING))
                )
            },
            Finding(FindingCode.PAPER_MISSING, "papers"),
        ),
        (
            {"kind": "signal", "service": None, "particulars": breach("2024-11-19")},
            Finding(FindingCode.EVENT_TOO_OLD, "particulars.happened_on"),
        ),
    ],
)
def test_one_odd_thing_gives_exactly_its_one_finding(changes: dict[str, Any], finding: Finding) -> None:
    assert found(filing(**changes)) == [finding]


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "signal", "service": None, "particulars": breach("2024-11-20")},
        {"kind": "signal", "service": None, "particulars": breach("long ago")},
        {"kind": "predlozhenie", "service": None, "particulars": breach("2020-01-01")},
        {
            "particulars": Particulars(
                papers=(PaperSeen("a", PaperState.PRESENT), PaperSeen("b", PaperState.NOT_NEEDED))
            )
        },
    ],
)
def test_a_breach_within_two_years_and_papers_that_are_here_are_not_odd(changes: dict[str, Any]) -> None:
    assert found(filing(**changes)) == []


def test_two_years_are_counted_back_from_the_receipt() -> None:
    earlier = EarlierReceipt(date(2026, 11, 18), "донесено късно")
    late = filing(kind="signal", service=None, received=earlier, particulars=breach("2024-11-19"))
    assert found(late) == [Finding(FindingCode.RECEIVED_EARLIER, "received")]


def test_a_doubtful_clock_is_a_finding_of_its_own() -> None:
    assert found(filing(), clock_doubt=True) == [Finding(FindingCode.CLOCK_DOUBT)]


def test_a_paid_service_without_a_price_is_a_finding_only_where_the_village_performs_it() -> None:
    assert found(filing(), priced=False) == [Finding(FindingCode.TARIFF_MISSING, "service")]
    assert found(filing(service=FORWARDED), priced=False) == []
    assert SERVICES[1999].payment == "free"
    assert found(filing(service=1999), priced=False) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"service": 2016},
        {"service": 1997, "channel": Channel.ORAL},
        {"kind": "signal", "service": None, "result_way": None, "speed": None},
        {"kind": "signal", "service": None, "signed": False, "correspondents": (ANONYMOUS,)},
        {"kind": "predlozhenie", "service": None, "signed": False, "correspondents": (ANONYMOUS, ANONYMOUS)},
        {"channel": Channel.TELEPHONE, "sheets": 0},
        {"correspondents": (PERSON, msgspec.structs.replace(NOWHERE, address="гр. Лондон"))},
        {"correspondents": (PERSON, ANONYMOUS)},
        {"correspondents": with_identifier(IdentifierKind.EGN, "9130051150")},
        {"correspondents": with_identifier(IdentifierKind.EIK, "175074752")},
        {"correspondents": (msgspec.structs.replace(PERSON, identifier="without a kind nothing is checked"),)},
    ],
)
def test_what_only_looks_odd_gives_no_finding(changes: dict[str, Any]) -> None:
    assert found(filing(**changes)) == []


@pytest.mark.parametrize(
    ("kind", "who"), [("zhalba", (ANONYMOUS,)), ("signal", (PERSON,)), ("signal", (ANONYMOUS, PERSON))]
)
def test_an_unsigned_paper_is_forgiven_only_to_the_anonymous_signal(kind: str, who: tuple[Correspondent, ...]) -> None:
    codes = [one.code for one in found(filing(kind=kind, service=None, signed=False, correspondents=who))]
    assert codes == [FindingCode.SIGNATURE_MISSING]


def test_every_odd_thing_at_once_is_listed_in_the_order_of_the_table() -> None:
    odd = filing(
        subject="",
        service=None,
        result_way=None,
        correspondents=(msgspec.structs.replace(NOWHERE, identifier_kind=IdentifierKind.EGN, identifier="1"),),
        signed=False,
        sheets=0,
        received=EarlierReceipt(date(2026, 11, 1), ""),
    )
    assert [one.code for one in found(odd, clock_doubt=True)] == [
        FindingCode.SUBJECT_MISSING,
        FindingCode.SERVICE_MISSING,
        FindingCode.RESULT_WAY_MISSING,
        FindingCode.INVALID_EGN,
        FindingCode.ADDRESS_MISSING,
        FindingCode.SIGNATURE_MISSING,
        FindingCode.SHEETS_MISSING,
        FindingCode.RECEIVED_EARLIER,
        FindingCode.CLOCK_DOUBT,
    ]


def test_service_of_knows_none_and_an_unknown_one() -> None:
    assert checks.service_of(filing(service=None), SERVICES) is None
    assert checks.service_of(filing(), SERVICES) == SERVICES[1997]
    with pytest.raises(UnknownService) as caught:
        checks.service_of(filing(service=5), SERVICES)
    assert caught.value.facts == {"number": 5}


def test_heirs_are_the_service_that_the_check_means() -> None:
    assert SERVICES[checks.HEIRS_SERVICE].name == "Издаване на удостоверение за наследници"
    assert particulars.ORAL_KIND in KINDS
    assert checks.SERVICE_KIND in KINDS


CORRESPONDENTS = st.builds(
    Correspondent,
    st.sampled_from(CorrespondentKind),
    st.text(max_size=5),
    identifier_kind=st.one_of(st.none(), st.sampled_from(IdentifierKind)),
    identifier=st.text(max_size=14),
    settlement=st.sampled_from(["", "49686", "00000", "x"]),
    address=st.text(max_size=3),
)


@given(
    kind=st.sampled_from(sorted(KINDS)),
    channel=st.sampled_from(Channel),
    correspondents=st.lists(CORRESPONDENTS, max_size=3),
    service=st.one_of(st.none(), st.sampled_from([*SERVICES, -1, 0, 10**9])),
    speed=st.one_of(st.none(), st.sampled_from(Speed)),
    sheets=st.integers(-5, 5),
    doubt=st.booleans(),
)
def test_no_filing_whatever_it_holds_is_refused(
    *,
    kind: str,
    channel: Channel,
    correspondents: list[Correspondent],
    service: int | None,
    speed: Speed | None,
    sheets: int,
    doubt: bool,
) -> None:
    odd = filing(
        kind=kind,
        channel=channel,
        correspondents=tuple(correspondents),
        service=service,
        speed=speed,
        sheets=sheets,
    )
    codes = [one.code for one in found(odd, clock_doubt=doubt)]
    assert (FindingCode.CLOCK_DOUBT in codes) is doubt
    assert (FindingCode.SHEETS_MISSING in codes) is (sheets < 1 and channel is not Channel.TELEPHONE)
