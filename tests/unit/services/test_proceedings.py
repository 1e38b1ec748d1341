"""A term is extended, stopped by defects and run anew by acts of the clerk; the town takes the dates as told."""

from datetime import date, timedelta

import pytest

from app.domain.deadlines import add_months
from app.domain.errors import AlreadyAnnulled, NoDefectsNoticed, NoSuchExtension, ReasonRequired, UnknownEntry
from app.domain.terms import ComparedField, MomentCode, TermAct, View
from app.services import book, proceedings, registration
from app.services.proceedings import Extending, Noticing
from sync.central import details as town_details
from tests.town import TestVillage, Town

ACT = "zayavlenie_akt"
WHY = "Иска се съгласие на друг орган"
WANTING = ("подпис", "документ за платена такса")


def held(village: TestVillage, entry: bytes) -> book.EntryDetails:
    """Return an entry as it stands."""
    with village.store.ledger.reading() as connection:
        return book.details(connection, entry)


def registered(village: TestVillage, kind: str = ACT) -> bytes:
    """Register a document of a kind that has no service, and return its id."""
    return village.register(kind=kind, service=None, speed=None).entry


def extend(village: TestVillage, entry: bytes, **said: object) -> date:
    """Extend the term by the first extension that its kind knows."""
    code = proceedings.extensions_of(village.lists, held(village, entry).row.kind)[0].code
    told = Extending(**({"code": code, "reason": WHY} | said))  # type: ignore[arg-type]  # a test's own fields
    return proceedings.extend(village.store, village.lists, entry, told).on


def notice(village: TestVillage, entry: bytes, told_on: date | None) -> None:
    """Tell the applicant what is wanting."""
    proceedings.notice_defects(village.store, village.lists, entry, Noticing(WANTING, told_on))


def exchange(town: Town) -> None:
    """Let village and town hear of each other."""
    town.village.exchange()
    town.centre_exchange()


def moments(village: TestVillage, entry: bytes) -> list[MomentCode]:
    """Return the codes of an entry's history."""
    with village.store.ledger.reading() as connection:
        return [one.code for one in book.timeline(connection, entry)]


# --- beginning -------------------------------------------------------------------------------------------------------


def test_apk_57_9_a_complex_service_has_three_days_from_access_to_the_data(town: Town) -> None:
    village = town.village
    entry = registered(village, "kao")
    assert held(village, entry).due is None
    on = town.clock.now().date()
    with village.store.ledger.reading() as connection:
        effect = proceedings.started_due(connection, village.lists, entry, on)
    due = proceedings.start(village.store, village.lists, entry, on)
    assert due == effect == held(village, entry).due
    assert due.on == village.lists.calendar.this_or_next(on + timedelta(days=3))
    assert held(village, entry).term.act is TermAct.STARTED
    with pytest.raises(NoSuchExtension):
        proceedings.start(village.store, village.lists, entry, on)


def test_a_term_that_runs_from_the_receipt_begins_with_no_event(town: Town) -> None:
    entry = registered(town.village)
    with pytest.raises(NoSuchExtension):
        proceedings.start(town.village.store, town.village.lists, entry, town.clock.now().date())


# --- extension --------------------------------------------------------------------------------------------------------


def test_apk_57_7_an_extension_tells_a_later_date_and_the_old_one_stays_in_the_history(town: Town) -> None:
    village = town.village
    entry = registered(village)
    before = held(village, entry).due
    assert before is not None
    with village.store.ledger.reading() as connection:
        code = proceedings.extensions_of(village.lists, ACT)[0].code
        effect = proceedings.extended_due(connection, village.lists, entry, code)
    on = extend(village, entry, told_on=before.on)
    after = held(village, entry)
    assert effect.on == on > before.on
    assert after.due is not None
    assert (after.due.on, after.row.due_on, after.term.act) == (on, on, TermAct.EXTENDED)
    assert "57(7)" in after.due.article
    assert moments(village, entry) == [MomentCode.REGISTERED, MomentCode.EXTENDED]


def test_an_extension_needs_a_reason_a_kind_that_knows_it_and_a_term_that_runs(town: Town) -> None:
    village = town.village
    entry = registered(village)
    with pytest.raises(ReasonRequired):
        extend(village, entry, reason=" ")
    with pytest.raises(NoSuchExtension):
        extend(village, entry, code="nothing of the kind")
    notice(village, entry, None)
    with pytest.raises(NoSuchExtension):
        extend(village, entry)
    with pytest.raises(UnknownEntry):
        proceedings.extend(village.store, village.lists, b"\x01" * 16, Extending("x", WHY))
    village.annul(entry)
    with pytest.raises(AlreadyAnnulled):
        extend(village, entry)


def test_a_term_is_extended_by_an_article_once_and_again_only_after_it_ran_anew(town: Town) -> None:
    village = town.village
    entry = registered(village)
    extend(village, entry)
    with pytest.raises(NoSuchExtension):
        extend(village, entry)
    notice(village, entry, town.clock.now().date())
    proceedings.repair(village.store, village.lists, entry, town.clock.now().date())
    extend(village, entry)


def test_apk_118_a_proposal_has_six_months_in_all_from_the_day_of_its_repair(town: Town) -> None:
    village = town.village
    entry = registered(village, "predlozhenie")
    notice(village, entry, town.clock.now().date())
    town.clock.tick(days=5)
    mended = town.clock.now().date()
    proceedings.repair(village.store, village.lists, entry, mended)
    assert extend(village, entry) == village.lists.calendar.this_or_next(add_months(mended, 6))


# --- defects ----------------------------------------------------------------------------------------------------------


def test_apk_30_2_a_notice_of_defects_stops_the_term_and_gives_the_person_three_days(town: Town) -> None:
    village = town.village
    entry = registered(village)
    told = town.clock.now().date()
    notice(village, entry, told)
    after = held(village, entry)
    assert (after.due, after.row.due_on) == (None, None)
    assert after.term.stopped
    assert after.term.defects == WANTING
    assert after.term.until is not None
    assert after.term.until >= told + timedelta(days=3)
    with village.store.ledger.reading() as connection:
        stream, far = village.store.identity.epoch, date(2030, 1, 1)
        late = book.page(connection, stream, village.number, View.LATE, far, None, 10)
    assert late == [], "what waits for the person is not late"


def test_a_notice_on_its_way_gives_no_term_until_it_was_received(town: Town) -> None:
    village = town.village
    entry = registered(village)
    notice(village, entry, None)
    assert held(village, entry).term.until is None
    notice(village, entry, town.clock.now().date())
    assert held(village, entry).term.until is not None


def test_apk_30_3_a_repair_runs_the_whole_term_anew(town: Town) -> None:
    village = town.village
    entry = registered(village)
    before = held(village, entry).due
    notice(village, entry, town.clock.now().date())
    town.clock.tick(days=5)
    mended = town.clock.now().date()
    due = proceedings.repair(village.store, village.lists, entry, mended)
    after = held(village, entry)
    assert before is not None
    assert due is not None
    assert after.due == due
    assert due.on >= mended + timedelta(days=14) > before.on
    assert after.term.act is TermAct.RESTARTED
    assert moments(village, entry) == [MomentCode.REGISTERED, MomentCode.DEFECTS, MomentCode.REPAIRED]


def test_there_is_nothing_to_mend_without_a_notice_and_no_notice_of_nothing(town: Town) -> None:
    village = town.village
    entry = registered(village)
    with pytest.raises(NoDefectsNoticed):
        proceedings.repair(village.store, village.lists, entry, town.clock.now().date())
    with pytest.raises(ReasonRequired):
        proceedings.notice_defects(village.store, village.lists, entry, Noticing((" ", "")))


def test_a_correction_leaves_an_extended_term_as_told(town: Town) -> None:
    village = town.village
    entry = registered(village)
    on = extend(village, entry)
    with village.store.ledger.reading() as connection:
        was = book.filing_of(connection, entry)
    filing = village.filing(**{name: getattr(was, name) for name in was.__struct_fields__} | {"sheets": 7})
    registration.correct(village.store, village.lists, entry, filing, "Седем листа")
    assert held(village, entry).row.due_on == on


def test_a_correction_gives_no_date_while_the_term_stands_still(town: Town) -> None:
    village = town.village
    entry = registered(village)
    notice(village, entry, None)
    with village.store.ledger.reading() as connection:
        was = book.filing_of(connection, entry)
    other = {name: getattr(was, name) for name in was.__struct_fields__} | {"kind": "zayavlenie_mesec"}
    registration.correct(village.store, village.lists, entry, village.filing(**other), "Друг вид документ")
    assert held(village, entry).row.due_on is None
    assert held(village, entry).term.stopped


# --- at the town ------------------------------------------------------------------------------------------------------


def test_the_town_hears_of_each_act_and_finds_no_difference_in_a_date_that_was_told(town: Town) -> None:
    village = town.village
    entry = registered(village)
    on = extend(village, entry)
    notice(village, entry, town.clock.now().date())
    due = proceedings.repair(village.store, village.lists, entry, town.clock.now().date())
    exchange(town)
    with town.centre.ledger.reading() as connection:
        found = town_details.entry(connection, village.lists, entry, identifiers=False)
    codes = [one.code for one in found.timeline if one.by_village]
    assert codes[:4] == [MomentCode.REGISTERED, MomentCode.EXTENDED, MomentCode.DEFECTS, MomentCode.REPAIRED]
    assert due is not None
    told = {one.code: one.until for one in found.timeline}
    assert (told[MomentCode.EXTENDED], told[MomentCode.REPAIRED]) == (on, due.on)
    assert [one for one in found.compare if one.field is ComparedField.DUE_ON and one.differs] == []
