"""What follows from a filing, also from half of one: the strip beside the form asks it at every key."""

from datetime import date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app import bootstrap
from app.domain.entries import Filing, Particulars
from app.domain.facts import Correspondent, EarlierReceipt, PaperSeen, Particular
from app.domain.office_date import SOFIA, OfficeDate
from app.domain.terms import Channel, CorrespondentKind, FindingCode, IdentifierKind, PaperState, Speed
from app.services import registration
from app.services.deriving import derive
from tests.town import PAID_SERVICE, Town

LISTS = bootstrap.nomenclatures()
NOW = datetime(2026, 11, 16, 10, 0, tzinfo=SOFIA)
TODAY = OfficeDate(date(2026, 11, 16), doubt=False)


def half(**fields: Any) -> Filing:  # noqa: ANN401 - any field of a filing
    """Return a filing of which only these fields are typed."""
    empty: dict[str, Any] = {"kind": "", "channel": Channel.BY_HAND, "correspondents": ()}
    return Filing(**{"entry": bytes(16), "register": 17, **empty, **fields})


def test_an_empty_form_has_no_term_and_no_fee() -> None:
    derived = derive(LISTS, half(), NOW, TODAY)
    assert (derived.due, derived.fee) == (None, None)
    assert FindingCode.SUBJECT_MISSING in {one.code for one in derived.findings}


def test_term_and_fee_come_with_kind_service_and_speed() -> None:
    typed = half(kind="zayavlenie_usluga", service=PAID_SERVICE)
    assert derive(LISTS, typed, NOW, TODAY).fee is None
    chosen = half(kind="zayavlenie_usluga", service=PAID_SERVICE, speed=Speed.ORDINARY)
    derived = derive(LISTS, chosen, NOW, TODAY)
    assert derived.fee is not None
    assert derived.fee.cents == 102
    assert derived.due is not None
    assert derived.due.on == date(2026, 11, 23)


def test_what_the_strip_says_is_what_is_registered(town: Town) -> None:
    filing = town.village.filing(sheets=0)
    said = derive(town.lists, filing, town.clock.now(), TODAY)
    done = registration.register(town.village.store, town.lists, filing)
    assert (done.due, done.fee, done.findings) == said


_people = st.builds(
    Correspondent,
    st.sampled_from(CorrespondentKind),
    st.text(max_size=4),
    identifier_kind=st.sampled_from([None, *IdentifierKind]),
    identifier=st.text(alphabet="0123456789 \u0430x\u0663²", max_size=13),
    settlement=st.text(max_size=5),
)


_values = st.builds(
    Particular,
    st.sampled_from(["until", "assigned_on", "happened_on", "law", "x"]),
    st.one_of(st.dates().map(date.isoformat), st.text(max_size=4)),
)
_particulars = st.builds(
    Particulars,
    before_closing=st.booleans(),
    values=st.lists(_values, max_size=3).map(tuple),
    papers=st.lists(st.builds(PaperSeen, st.text(max_size=3), st.sampled_from(PaperState)), max_size=2).map(tuple),
)


@given(
    kind=st.sampled_from(["", "x", *sorted(LISTS.kinds)]),
    channel=st.sampled_from(Channel),
    service=st.sampled_from([None, 0, -1, PAID_SERVICE, 2016, 999_999_999]),
    speed=st.sampled_from([None, *Speed]),
    people=st.lists(_people, max_size=2),
    received=st.one_of(st.none(), st.builds(EarlierReceipt, st.dates(), st.text(max_size=3))),
    particulars=_particulars,
    today=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)
def test_nothing_that_is_typed_raises(  # noqa: PLR0917 - what a form holds
    kind: str,
    channel: Channel,
    service: int | None,
    speed: Speed | None,
    people: list[Correspondent],
    received: EarlierReceipt | None,
    particulars: Particulars,
    today: date,
) -> None:
    filing = half(
        kind=kind,
        channel=channel,
        service=service,
        speed=speed,
        correspondents=tuple(people),
        received=received,
        particulars=particulars,
    )
    derived = derive(LISTS, filing, NOW, OfficeDate(today, doubt=False))
    assert derived == derive(LISTS, filing, NOW, OfficeDate(today, doubt=False))


def due_on(filing: Filing, now: datetime) -> date | None:
    """Return the due date of a filing that is registered where it came."""
    due = derive(LISTS, filing, now, OfficeDate(now.date(), doubt=False)).due
    return due.on if due is not None else None


def test_who_came_before_closing_has_the_term_of_that_day() -> None:
    """Вътрешни правила (Ветово) чл. 4, ал. 7, against АПК чл. 29, ал. 6."""
    friday = datetime(2026, 11, 20, 17, 40, tzinfo=SOFIA)
    early = Particulars(before_closing=True)
    assert due_on(half(kind="zayavlenie_usluga"), friday) == date(2026, 11, 30)
    assert due_on(half(kind="zayavlenie_usluga", particulars=early), friday) == date(2026, 11, 27)
    by_post = half(kind="zayavlenie_usluga", channel=Channel.POST, particulars=early)
    assert due_on(by_post, friday) == date(2026, 11, 30)


def test_a_day_set_by_hand_and_an_assignment_give_a_term() -> None:
    until = Particulars(values=(Particular("until", "2026-12-04"),))
    assert due_on(half(kind="vazrazhenie", particulars=until), NOW) == date(2026, 12, 4)
    assigned = Particulars(values=(Particular("assigned_on", "2026-11-13"),))
    assert due_on(half(kind="zadacha_po_podrazbirane", particulars=assigned), NOW) == date(2026, 11, 20)
