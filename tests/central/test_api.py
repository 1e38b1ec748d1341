"""The desk's API: nothing without the token, every route in its strict form, and errors as codes."""

import json
from collections.abc import Iterator
from typing import TypeVar

import msgspec
import pytest
from starlette.testclient import TestClient

from app.domain.errors import RelayUnreachable
from app.domain.facts import Correspondent, ResultIssued
from app.domain.numbering import SeriesKind
from app.domain.terms import (
    ArrivalState,
    Channel,
    ComparedField,
    CorrespondentKind,
    FindingCode,
    IdentifierKind,
    MomentCode,
    Outcome,
    Road,
    Standing,
    TownState,
    VillageAnswer,
)
from app.services import registration
from sync.central import answers
from tests.central.conftest import TownRoad, desk_of
from tests.central.forger import Forger, entry, new_id
from tests.town import Town

NOBODY = bytes(16).hex()
ROUTES = [
    ("GET", "/v1/office"),
    ("GET", "/v1/villages"),
    ("GET", "/v1/batches"),
    ("GET", f"/v1/batches/{NOBODY}"),
    ("GET", "/v1/entries"),
    ("GET", f"/v1/entries/{NOBODY}"),
    ("GET", "/v1/receipts"),
    ("GET", f"/v1/receipts/{NOBODY}"),
    ("GET", "/v1/lines"),
    ("GET", "/v1/findings"),
    ("POST", "/v1/accept-clean"),
    ("POST", f"/v1/entries/{NOBODY}/accept"),
    ("POST", f"/v1/entries/{NOBODY}/dispute"),
    ("POST", "/v1/exchange"),
]
EGN = "9021010011"
"""Of somebody born in 1890 whose check digit is another one: nobody's."""

Kind = TypeVar("Kind", bound=answers.Answer)


def get(desk: TestClient, path: str, kind: type[Kind]) -> Kind:
    """Return an answer, strictly read."""
    reply = desk.get(path)
    assert reply.status_code == 200, reply.text
    return msgspec.json.decode(reply.content, type=kind)


def seen(desk: TestClient) -> int:
    """Return the position up to which the desk has seen everything."""
    return get(desk, "/v1/lines", answers.Lines).seen


def _carry(town: Town) -> None:
    town.village.exchange()
    town.centre_exchange()


def _arrived(town: Town, *, paid: bool = True) -> bytes:
    """Return an entry that lies at the centre undecided."""
    done = town.village.register()
    if paid:
        town.village.pay(done.entry)
    _carry(town)
    return done.entry


@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize("token", [None, "", "Bearer ", "Bearer 00", "Basic 00", "Bearer ключ"])
def test_without_the_right_token_nothing_is_said(
    town: Town, desk: TestClient, method: str, path: str, token: str | None
) -> None:
    desk.headers.pop("Authorization")
    headers = {} if token is None else {"Authorization": token.encode()}
    reply = desk.request(method, path, headers=headers)  # octets, as a browser sends them
    assert (reply.status_code, reply.json()) == (401, {"error": "unauthorized", "facts": {}})
    assert town.centre.secrets.desk_token not in reply.text


def test_that_the_service_lives_is_no_secret(desk: TestClient) -> None:
    desk.headers.pop("Authorization")
    assert desk.get("/healthz").json() == {"ok": True}


# --- office ----------------------------------------------------------------------------------------------------------


def test_the_office_says_who_it_is_and_what_it_holds(town: Town, desk: TestClient) -> None:
    accepted, disputed = _arrived(town), _arrived(town, paid=False)
    _arrived(town)
    desk.post(f"/v1/entries/{accepted.hex()}/accept", json={"seen": seen(desk)})
    desk.post(f"/v1/entries/{disputed.hex()}/dispute", json={"seen": seen(desk), "reason": "fee_missing"})
    office = get(desk, "/v1/office", answers.Office)
    assert (office.municipality, office.name, office.demonstration) == ("BLG49", "Струмяни", True)
    assert (office.villages, office.entries, office.receipts) == (1, 3, 2)
    assert (office.undecided, office.disputed, office.not_recorded) == (1, 1, 0)
    assert office.now == int(town.clock.now().timestamp())


def test_the_revision_changes_with_every_arrival_and_every_decision_and_only_then(town: Town, desk: TestClient) -> None:
    def revision() -> str:
        return get(desk, "/v1/office", answers.Office).revision

    revisions = [revision()]
    entry = _arrived(town)
    revisions.append(revision())
    town.carry(b"not an envelope", town.centre_end())
    revisions.append(revision())
    desk.post(f"/v1/entries/{entry.hex()}/accept", json={"seen": seen(desk)})
    revisions.append(revision())
    assert len(set(revisions)) == 4
    assert revision() == revisions[-1] == get(desk, "/v1/villages", answers.Villages).revision


def test_the_office_says_how_the_road_stands(town: Town) -> None:
    road = TownRoad(town)
    road.last_success, road.last_failure = 1_700_000_000, "relay_unreachable"
    office = get(desk_of(town, road), "/v1/office", answers.Office)
    assert (office.exchanged_at, office.exchange_failure) == (1_700_000_000, "relay_unreachable")


# --- batches ---------------------------------------------------------------------------------------------------------


def test_batches_are_listed_with_totals_as_stated_and_as_recomputed(town: Town, desk: TestClient) -> None:
    _arrived(town)
    [batch] = get(desk, "/v1/batches", answers.Batches).batches
    assert (batch.village, batch.number, batch.state, batch.code) == ("station 17", 1, ArrivalState.RECORDED, None)
    assert (batch.road, batch.first, batch.facts) == (Road.RELAY, 1, batch.last)
    assert batch.stated == batch.recomputed
    assert batch.stated is not None
    assert (batch.stated.entries, batch.stated.receipts, batch.stated.cents_out) == (1, 1, 0)
    assert batch.acknowledgement is not None


def test_an_acknowledgement_waits_until_the_next_letter_takes_it_along(town: Town, desk: TestClient) -> None:
    town.village.register()
    town.village.exchange()
    [sealed] = _sealed_by(town)
    town.carry(sealed, town.centre_end())
    waits = []
    for _ in range(2):
        [batch] = get(desk, "/v1/batches", answers.Batches).batches
        assert batch.acknowledgement is not None
        waits.append(batch.acknowledgement.waits)
        town.centre_exchange()
    assert waits == [True, False]


def _sealed_by(town: Town) -> Iterator[bytes]:
    with town.village.store.ledger.reading() as connection:
        rows = connection.exec_driver_sql("SELECT sealed FROM outbox ORDER BY place").all()
    yield from (bytes(row[0]) for row in rows)


def test_a_batch_shows_its_facts_with_their_numbers(town: Town, desk: TestClient) -> None:
    entry = _arrived(town)
    town.village.annul(entry, "Вписано два пъти")
    _carry(town)
    newest, first = get(desk, "/v1/batches", answers.Batches).batches
    lines = get(desk, f"/v1/batches/{first.envelope}", answers.BatchDetails).lines
    assert [line.sequence for line in lines] == list(range(1, first.facts + 1))
    assert [line.kind for line in lines][:2] == ["StationEnrolled", "AccountOpened"]
    registered = next(line for line in lines if line.kind == "EntryRegistered")
    assert (registered.number, registered.entry) == ("17-000001/16.11.2026", entry.hex())
    paid = next(line for line in lines if line.kind == "ReceiptIssued")
    assert (paid.number, paid.cents) == ("17-000001/16.11.2026", registered.cents)
    annulled = get(desk, f"/v1/batches/{newest.envelope}", answers.BatchDetails).lines[-1]
    assert (annulled.kind, annulled.number, annulled.text) == (
        "EntryAnnulled",
        "17-000001/16.11.2026",
        "Вписано два пъти",
    )


def test_what_was_set_aside_is_a_batch_without_facts(town: Town, desk: TestClient) -> None:
    taken = town.carry(b"not an envelope", town.centre_end())
    shown = get(desk, f"/v1/batches/{taken.envelope.hex()}", answers.BatchDetails)
    assert (shown.batch.state, shown.batch.code, shown.batch.road) == (ArrivalState.SET_ASIDE, "truncated", Road.FILE)
    assert (shown.batch.station, shown.batch.stated, shown.lines) == (None, None, ())


def test_pages_of_batches_follow_each_other_without_gap_or_repeat(town: Town, desk: TestClient) -> None:
    for _ in range(5):
        _arrived(town)
    numbers, before = [], ""
    while True:
        page = get(desk, f"/v1/batches?limit=2{before}", answers.Batches)
        numbers += [batch.number for batch in page.batches]
        if page.before is None:
            break
        before = f"&before={page.before}"
    assert numbers == [5, 4, 3, 2, 1]


# --- entries and receipts --------------------------------------------------------------------------------------------


def test_entries_are_found_by_village_state_and_number(neighbours: Town) -> None:
    desk = desk_of(neighbours, TownRoad(neighbours))
    for village in neighbours.villages:
        for _ in range(2):
            village.register()
        village.exchange()
    neighbours.centre_exchange()
    first = neighbours.villages[0].store.identity.station.hex()

    def found(query: str) -> list[str]:
        return [one.number for one in get(desk, f"/v1/entries?{query}", answers.Entries).entries]

    assert set(found("")) == {f"{index}-00000{number}/16.11.2026" for index in (17, 18) for number in (1, 2)}
    assert found(f"station={first}") == ["17-000002/16.11.2026", "17-000001/16.11.2026"]
    assert set(found("number=2")) == {"17-000002/16.11.2026", "18-000002/16.11.2026"}
    assert found("number=18-000001/16.11.2026") == ["18-000001/16.11.2026"]
    assert found("number=ivan") == found("number=3") == found("town=accepted") == []
    assert len(found("town=new")) == 4


def test_pages_of_entries_and_receipts_follow_each_other(town: Town, desk: TestClient) -> None:
    for _ in range(3):
        _arrived(town)
    page = get(desk, "/v1/entries?limit=2", answers.Entries)
    rest = get(desk, f"/v1/entries?limit=2&before={page.before}", answers.Entries)
    assert [one.number[:9] for one in (*page.entries, *rest.entries)] == ["17-000003", "17-000002", "17-000001"]
    assert rest.before is None
    paid = get(desk, "/v1/receipts?limit=2", answers.Receipts)
    others = get(desk, f"/v1/receipts?limit=2&before={paid.before}", answers.Receipts)
    assert [one.number[:9] for one in (*paid.receipts, *others.receipts)] == ["17-000003", "17-000002", "17-000001"]


def _details(desk: TestClient, entry: bytes, query: str = "") -> answers.EntryDetails:
    return get(desk, f"/v1/entries/{entry.hex()}{query}", answers.EntryDetails)


def test_an_entry_is_shown_as_the_village_wrote_it(town: Town, desk: TestClient) -> None:
    done = town.village.register(sheets=3)
    issued = town.village.pay(done.entry)
    _carry(town)
    shown = _details(desk, done.entry)
    assert (shown.row.number, shown.row.who, shown.row.village) == (done.number, "Иван Стоянов Абаджиев", "station 17")
    assert (shown.sheets, shown.channel, shown.registered_by) == (3, Channel.BY_HAND, "Служител")
    [receipt] = shown.receipts
    assert (receipt.number, receipt.cents, receipt.standing) == (issued.number, issued.cents, Standing.IN_FORCE)
    assert shown.paid_cents == issued.cents == shown.row.fee_cents


def test_a_personal_number_is_masked_unless_it_is_asked_for(town: Town, desk: TestClient) -> None:
    person = Correspondent(
        CorrespondentKind.PERSON, "Иван Стоянов Абаджиев", identifier_kind=IdentifierKind.EGN, identifier=EGN
    )
    firm = Correspondent(
        CorrespondentKind.LEGAL_ENTITY, "Фирма", identifier_kind=IdentifierKind.EIK, identifier="000000000"
    )
    done = town.village.register(correspondents=(person, firm))
    _carry(town)
    reply = desk.get(f"/v1/entries/{done.entry.hex()}")
    assert EGN not in reply.text
    assert [one.identifier for one in _details(desk, done.entry).correspondents] == ["••••••0011", "000000000"]
    shown = _details(desk, done.entry, "?identifiers=1")
    assert [one.identifier for one in shown.correspondents] == [EGN, "000000000"]
    [bad] = [one for one in shown.compare if one.differs and one.place == 0]
    assert (bad.field, bad.village, bad.centre) == (ComparedField.IDENTIFIER, EGN, None)


def test_a_clean_entry_differs_from_the_centre_in_nothing(town: Town, desk: TestClient) -> None:
    compared = _details(desk, _arrived(town)).compare
    assert [one.field for one in compared if one.differs] == []
    assert {one.field for one in compared} >= {ComparedField.DUE_ON, ComparedField.FEE, ComparedField.PAID}


def test_an_unpaid_entry_differs_in_what_was_paid(town: Town, desk: TestClient) -> None:
    shown = _details(desk, _arrived(town, paid=False))
    [paid] = [one for one in shown.compare if one.differs]
    assert (paid.field, paid.village, paid.centre) == (ComparedField.PAID, shown.row.fee_cents, 0)
    assert [(one.code, one.by_village) for one in shown.findings] == [(FindingCode.FEE_MISSING, False)]


def test_the_history_tells_both_sides_in_the_order_of_the_journal(town: Town, desk: TestClient) -> None:
    entry = _arrived(town)
    desk.post(f"/v1/entries/{entry.hex()}/accept", json={"seen": seen(desk)})
    moments = _details(desk, entry).timeline
    assert [(one.code, one.by_village) for one in moments] == [
        (MomentCode.REGISTERED, True),
        (MomentCode.PAID, True),
        (MomentCode.SEALED, True),
        (MomentCode.RECEIVED, False),
        (MomentCode.ACCEPTED, False),
    ]
    assert [one.number for one in moments] == [
        "17-000001/16.11.2026",
        "17-000001/16.11.2026",
        "1",
        "1",
        "94-000001/16.11.2026",
    ]
    assert (moments[0].actor, moments[3].road) == ("Служител", Road.RELAY)


def test_a_correction_stands_in_the_history_with_the_old_and_the_new_value(town: Town, desk: TestClient) -> None:
    entry = _arrived(town)
    village = town.village
    filing = village.filing(entry=entry, subject="Друго относно")
    registration.correct(village.store, village.lists, entry, filing, "Грешно относно")
    _carry(town)
    shown = _details(desk, entry)
    [corrected] = [one for one in shown.timeline if one.code is MomentCode.CORRECTED]
    assert (corrected.text, [(one.field, one.old, one.new) for one in corrected.changes]) == (
        "Грешно относно",
        [("subject", "Удостоверение за настоящ адрес", "Друго относно")],
    )
    assert (shown.row.standing, shown.row.subject) == (Standing.CORRECTED, "Друго относно")


def test_a_receipt_is_shown_with_the_entry_it_pays_for_and_what_voided_it(town: Town, desk: TestClient) -> None:
    done = town.village.register()
    issued = town.village.pay(done.entry)
    voided = town.village.void(issued.receipt, "Погрешна услуга")
    _carry(town)
    storno, sale = get(desk, "/v1/receipts", answers.Receipts).receipts
    assert (sale.cents, sale.standing, storno.cents) == (issued.cents, Standing.VOIDED, -issued.cents)
    shown = get(desk, f"/v1/receipts/{sale.receipt}", answers.ReceiptDetails)
    assert [(line.entry, line.entry_number) for line in shown.lines] == [(done.entry.hex(), done.number)]
    assert (shown.voided_by, shown.given_cents, shown.issued_by) == (storno.receipt, 2000, "Служител")
    counter = get(desk, f"/v1/receipts/{storno.receipt}", answers.ReceiptDetails)
    assert (counter.voids, counter.reason, counter.row.number) == (sale.receipt, "Погрешна услуга", voided.number)
    assert [one.code for one in shown.timeline][:2] == [MomentCode.PAID, MomentCode.VOIDED]


# --- lines and decisions ---------------------------------------------------------------------------------------------


def test_a_clean_line_and_one_with_a_missing_fee_are_told_apart(town: Town, desk: TestClient) -> None:
    clean, unpaid = _arrived(town), _arrived(town, paid=False)
    lines = {line.row.entry: line for line in get(desk, "/v1/lines", answers.Lines).lines}
    one = lines[clean.hex()]
    assert (one.clean, one.findings, one.proposed_reason, one.row.number) == (True, (), None, "17-000001/16.11.2026")
    other = lines[unpaid.hex()]
    assert (other.clean, other.findings, other.proposed_reason) == (False, ("fee_missing",), "fee_missing")
    assert [line.row.entry for line in get(desk, "/v1/lines?clean=1", answers.Lines).lines] == [clean.hex()]
    assert [line.row.entry for line in get(desk, "/v1/lines?clean=0", answers.Lines).lines] == [unpaid.hex()]


def test_pages_of_lines_follow_each_other(town: Town, desk: TestClient) -> None:
    for paid in (True, False, True, False, True):
        _arrived(town, paid=paid)
    page = get(desk, "/v1/lines?clean=1&limit=2", answers.Lines)
    rest = get(desk, f"/v1/lines?clean=1&limit=2&after={page.after}", answers.Lines)
    assert [line.row.number[:9] for line in (*page.lines, *rest.lines)] == ["17-000001", "17-000003", "17-000005"]
    assert rest.after is None


def test_findings_name_what_was_set_aside(town: Town, desk: TestClient) -> None:
    assert get(desk, "/v1/findings", answers.Findings) == answers.Findings(villages=(), envelopes=())
    taken = town.carry(b"not an envelope", town.centre_end())
    [shown] = get(desk, "/v1/findings", answers.Findings).envelopes
    assert (shown.envelope, shown.state, shown.code) == (taken.envelope.hex(), "set_aside", "truncated")
    assert (shown.village, shown.road, shown.arrived_at) == (None, "file", int(town.clock.now().timestamp()))


def test_an_envelope_that_waits_says_whose_it_is_and_which_number_it_has(town: Town, desk: TestClient) -> None:
    for _ in range(2):
        town.village.register()
        town.village.exchange()
    with town.village.store.ledger.reading() as connection:
        newest = connection.exec_driver_sql("SELECT sealed FROM outbox ORDER BY place DESC LIMIT 1").scalar_one()
    town.carry(bytes(newest), town.centre_end())
    [shown] = get(desk, "/v1/findings", answers.Findings).envelopes
    assert (shown.state, shown.code, shown.village, shown.number) == ("waiting", "gap", "station 17", 2)


def test_findings_name_village_series_and_the_numbers_that_are_missing(town: Town, forger: Forger) -> None:
    forger.give(entry(17, 4, "четвърто"))
    desk = desk_of(town, TownRoad(town))
    [found] = get(desk, "/v1/findings", answers.Findings).villages
    assert (found.code, found.village, found.series) == (FindingCode.NUMBER_GAP, "station 17", SeriesKind.REGISTER)
    assert (found.index, found.year, found.numbers) == (17, 2026, (2, 3))


def test_an_outgoing_number_that_is_missing_is_found_and_one_of_a_paper_book_is_none(
    town: Town, forger: Forger
) -> None:
    of = entry(17, 2, "второ")
    said = (Outcome.DOCUMENT, "Удостоверение", "", 1, 1)
    typed = ResultIssued(new_id("по книга"), of.entry, 17, 2026, 0, "РД-12", *said)
    forger.give(of, typed, ResultIssued(new_id("трети"), of.entry, 17, 2026, 3, "", *said))
    desk = desk_of(town, TownRoad(town))
    [found] = get(desk, "/v1/findings", answers.Findings).villages
    assert (found.code, found.series) == (FindingCode.NUMBER_GAP, SeriesKind.OUTGOING)
    assert (found.index, found.year, found.numbers) == (17, 2026, (1, 2))


def _stroke(desk: TestClient, said: dict[str, object]) -> answers.AcceptedClean:
    reply = desk.post("/v1/accept-clean", json=said)
    assert reply.status_code == 200, reply.text
    return msgspec.json.decode(reply.content, type=answers.AcceptedClean)


def test_all_that_is_clean_is_accepted_at_a_stroke(town: Town, desk: TestClient) -> None:
    _arrived(town)
    unpaid = _arrived(town, paid=False)
    assert _stroke(desk, {"seen": seen(desk)}) == answers.AcceptedClean(accepted=1, changed=())
    assert _stroke(desk, {"seen": seen(desk)}) == answers.AcceptedClean(accepted=0, changed=())
    assert [line.row.entry for line in get(desk, "/v1/lines", answers.Lines).lines] == [unpaid.hex()]


def test_what_came_or_changed_after_the_desk_looked_stays(town: Town, desk: TestClient) -> None:
    looked_at, paid_late = _arrived(town), _arrived(town, paid=False)
    before = seen(desk)
    new = _arrived(town)
    town.village.pay(paid_late)
    _carry(town)
    done = _stroke(desk, {"seen": before})
    assert (done.accepted, set(done.changed)) == (1, {new.hex(), paid_late.hex()})
    assert _details(desk, looked_at).row.town is TownState.ACCEPTED
    assert _stroke(desk, {"seen": seen(desk)}).accepted == 2


def test_one_village_alone_is_accepted_where_one_is_named(neighbours: Town) -> None:
    desk = desk_of(neighbours, TownRoad(neighbours))
    for village in neighbours.villages:
        village.pay(village.register().entry)
        village.exchange()
    neighbours.centre_exchange()
    station = neighbours.villages[1].store.identity.station.hex()
    assert _stroke(desk, {"seen": seen(desk), "station": station}).accepted == 1
    [left] = get(desk, "/v1/lines", answers.Lines).lines
    assert left.row.register == 17


def test_the_same_decision_again_is_no_change_and_another_one_is_refused(town: Town, desk: TestClient) -> None:
    entry, at = _arrived(town, paid=False), seen(desk)
    first = desk.post(f"/v1/entries/{entry.hex()}/accept", json={"seen": at})
    assert (first.status_code, first.json()) == (200, {"central_number": "94-000001/16.11.2026"})
    position = seen(desk)
    again = desk.post(f"/v1/entries/{entry.hex()}/accept", json={"seen": at})
    assert (again.status_code, again.json()) == (200, first.json())
    assert seen(desk) == position
    disputed = desk.post(f"/v1/entries/{entry.hex()}/dispute", json={"seen": at, "reason": "fee_missing"})
    assert (disputed.status_code, disputed.json()["error"]) == (409, "already_decided")


def test_who_did_not_see_the_dispute_of_another_desk_does_not_decide_over_it(town: Town, desk: TestClient) -> None:
    entry, at = _arrived(town, paid=False), seen(desk)
    said = {"seen": at, "reason": "fee_missing"}
    assert desk.post(f"/v1/entries/{entry.hex()}/dispute", json=said).status_code == 200
    assert desk.post(f"/v1/entries/{entry.hex()}/dispute", json=said).status_code == 200
    for verb, other in (("accept", {"seen": at}), ("dispute", {"seen": at, "reason": "wrong_body"})):
        reply = desk.post(f"/v1/entries/{entry.hex()}/{verb}", json=other)
        assert (reply.status_code, reply.json()["error"]) == (409, "already_decided")
    assert desk.post(f"/v1/entries/{entry.hex()}/accept", json={"seen": seen(desk)}).status_code == 200


def test_a_line_that_the_village_changed_meanwhile_must_be_looked_at_again(town: Town, desk: TestClient) -> None:
    entry, at = _arrived(town, paid=False), seen(desk)
    town.village.annul(entry)
    _carry(town)
    for verb, said in (("accept", {"seen": at}), ("dispute", {"seen": at, "reason": "fee_missing"})):
        reply = desk.post(f"/v1/entries/{entry.hex()}/{verb}", json=said)
        assert (reply.status_code, reply.json()["error"]) == (409, "line_changed")
    accepted = desk.post(f"/v1/entries/{entry.hex()}/accept", json={"seen": seen(desk)})
    assert accepted.json() == {"central_number": ""}


def test_a_dispute_for_another_reason_needs_a_note(town: Town, desk: TestClient) -> None:
    entry = _arrived(town)
    reply = desk.post(f"/v1/entries/{entry.hex()}/dispute", json={"seen": seen(desk), "reason": "other", "note": " "})
    assert (reply.status_code, reply.json()["error"]) == (422, "reason_required")
    said = {"seen": seen(desk), "reason": "other", "note": "Елате с лична карта"}
    assert desk.post(f"/v1/entries/{entry.hex()}/dispute", json=said).status_code == 200


def _disputed(town: Town, desk: TestClient, reason: str = "fee_missing") -> bytes:
    entry = _arrived(town, paid=False)
    said = {"seen": seen(desk), "reason": reason, "note": "Проверете"}
    assert desk.post(f"/v1/entries/{entry.hex()}/dispute", json=said).status_code == 200
    town.centre_exchange()
    town.village.exchange()
    return entry


def test_an_answered_dispute_comes_back_with_what_was_said_on_both_sides(town: Town, desk: TestClient) -> None:
    entry = _disputed(town, desk)
    assert get(desk, "/v1/lines", answers.Lines).lines == ()
    registration.answer_dispute(town.village.store, entry, "Платено е по банков път")
    _carry(town)
    [line] = get(desk, "/v1/lines", answers.Lines).lines
    assert (line.row.town, line.clean) == (TownState.ANSWERED, False)
    assert line.dispute is not None
    assert (line.dispute.reason, line.dispute.note) == ("fee_missing", "Проверете")
    assert line.answer is not None
    assert (line.answer.kind, line.answer.text) == (VillageAnswer.EXPLANATION, "Платено е по банков път")


def test_what_a_person_disputed_a_person_judges_again_though_nothing_is_found_any_more(
    town: Town, desk: TestClient
) -> None:
    entry = _disputed(town, desk, "identity_unclear")
    village = town.village
    village.pay(entry)
    filing = village.filing(entry=entry, subject="Удостоверение за постоянен адрес")
    registration.correct(village.store, village.lists, entry, filing, "Сверено с личната карта")
    _carry(town)
    assert _stroke(desk, {"seen": seen(desk)}).accepted == 0
    [line] = get(desk, "/v1/lines", answers.Lines).lines
    assert (line.findings, line.clean) == ((), False)
    assert line.answer is not None
    assert line.answer.kind is VillageAnswer.CORRECTION
    reply = desk.post(f"/v1/entries/{entry.hex()}/accept", json={"seen": seen(desk)})
    assert reply.json() == {"central_number": "94-000001/16.11.2026"}


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["accept", "dispute"])
@pytest.mark.parametrize("entry", [new_id("nobody's").hex(), "zz", "00", "00" * 17, "%F0%9F%90%95"])
def test_an_entry_that_is_not_there_is_404(desk: TestClient, verb: str, entry: str) -> None:
    said = {"seen": 9} | ({"reason": "other"} if verb == "dispute" else {})
    reply = desk.post(f"/v1/entries/{entry}/{verb}", json=said)
    assert (reply.status_code, reply.json()["error"]) == (404, "unknown_entry")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/v1/entries/00", "unknown_entry"),
        ("/v1/receipts/00", "unknown_receipt"),
        ("/v1/receipts/zz", "unknown_receipt"),
        ("/v1/batches/00", "unknown_batch"),
        ("/v1/entries?station=00", "unknown_station"),
        ("/v1/lines?station=00", "unknown_station"),
    ],
)
def test_what_is_not_there_is_404_with_its_code(desk: TestClient, path: str, code: str) -> None:
    reply = desk.get(path)
    assert (reply.status_code, reply.json()) == (404, {"error": code, "facts": {}})


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=501",
        "limit=many",
        "before=-1",
        "before=99999999999999999999",
        "station=zz",
        "station=0",
        "town=lost",
        "more=1",
    ],
)
def test_a_question_out_of_its_form_is_400(desk: TestClient, query: str) -> None:
    reply = desk.get(f"/v1/entries?{query}")
    assert (reply.status_code, reply.json()) == (400, {"error": "malformed", "facts": {}})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"reason":"other"}',
        b'{"seen":1,"reason":"because"}',
        b'{"seen":1,"reason":null}',
        b'{"seen":"1","reason":"other"}',
        b'{"seen":1,"reason":"other","note":7}',
        b'{"seen":1,"reason":"other","more":1}',
        b'{"seen":1,"reason":"other","note":"\xff"}',
        b'{"seen":1,"reason":"other","note":"\\ud800"}',
        b"[" * 60_000,
    ],
)
def test_a_malformed_dispute_is_400_and_nothing_is_decided(town: Town, desk: TestClient, body: bytes) -> None:
    entry = _arrived(town)
    reply = desk.post(f"/v1/entries/{entry.hex()}/dispute", content=body)
    assert (reply.status_code, reply.json()["error"]) == (400, "malformed")
    assert len(get(desk, "/v1/lines", answers.Lines).lines) == 1


def test_a_body_is_read_no_further_than_its_limit(town: Town, desk: TestClient) -> None:
    entry, sent = _arrived(town), []

    def endless() -> Iterator[bytes]:
        for piece in range(1_000):
            sent.append(piece)
            yield b" " * 4_096

    reply = desk.post(f"/v1/entries/{entry.hex()}/dispute", content=endless())
    assert (reply.status_code, reply.json()["error"]) == (413, "content_too_long")


def test_an_exchange_is_made_when_asked(town: Town, desk: TestClient) -> None:
    town.village.register(kind="signal", channel=Channel.POST, service=None, speed=None)
    town.village.exchange()
    assert get(desk, "/v1/office", answers.Office).entries == 0
    assert desk.post("/v1/exchange").json() == {}
    assert get(desk, "/v1/office", answers.Office).entries == 1


def test_a_relay_out_of_reach_is_503_with_its_code(town: Town) -> None:
    class NoRoad(TownRoad):
        def exchange_now(self) -> None:
            raise RelayUnreachable(why="ConnectionError")

    reply = desk_of(town, NoRoad(town)).post("/v1/exchange")
    assert (reply.status_code, reply.json()) == (
        503,
        {"error": "relay_unreachable", "facts": {"why": "ConnectionError"}},
    )


def test_amounts_are_whole_cents(town: Town, desk: TestClient) -> None:
    _arrived(town)
    for path in ("/v1/lines", "/v1/villages", "/v1/batches", "/v1/receipts"):
        text = desk.get(path).content
        assert json.loads(text, parse_float=lambda _text: pytest.fail("a float")), path
