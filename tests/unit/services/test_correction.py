"""Corrections and explanations: the new value counts, the old one stays visible, what was told stays told."""

import pytest
import sqlalchemy as sa

from app.domain.entries import Particulars
from app.domain.errors import (
    AlreadyAnnulled,
    ClockDoubtful,
    MissingRequired,
    NotDisputed,
    ReasonRequired,
    UnknownEntry,
    UnknownKind,
)
from app.domain.facts import Correspondent, PaperSeen, Particular
from app.domain.terms import (
    CorrespondentKind,
    DisputeReason,
    FindingCode,
    MomentCode,
    PaperState,
    Speed,
    Standing,
    TownState,
)
from app.ledger.journal import last_position
from app.services import book, registration
from app.store import drafts
from sync.central import decisions
from sync.central.waiting import waiting_lines
from tests.town import TestVillage, Town

EXPRESS_CENTS = 205


def correct(village: TestVillage, entry: bytes, **changes: object) -> registration.Registered:
    """Correct an entry: what is registered, with these fields changed."""
    with village.store.ledger.reading() as connection:
        was = book.filing_of(connection, entry)
    filing = village.filing(**{name: getattr(was, name) for name in was.__struct_fields__} | changes)
    return registration.correct(village.store, village.lists, entry, filing, "Сбъркано при вписването")


def held(village: TestVillage, entry: bytes) -> book.EntryDetails:
    """Return an entry as it stands."""
    with village.store.ledger.reading() as connection:
        return book.details(connection, entry)


def facts(village: TestVillage) -> int:
    """Return how many facts the village holds."""
    with village.store.ledger.reading() as connection:
        return last_position(connection)


def dispute(town: Town, entry: bytes) -> None:
    """Let the town dispute an entry and the village hear of it."""
    town.village.exchange()
    town.centre_exchange()
    decisions.dispute(town.centre, entry, DisputeReason.FEE_MISSING, "", 1)
    town.centre_exchange()
    town.clock.tick(seconds=5)
    town.village.exchange()


def test_a_corrected_entry_says_the_new_content_under_the_same_number_and_date(town: Town) -> None:
    village = town.village
    told = village.register()
    before = held(village, told.entry)
    town.clock.tick(days=1)
    other = (Correspondent(CorrespondentKind.PERSON, "Петя Колева", settlement="49686"),)
    done = correct(village, told.entry, subject="Удостоверение за постоянен адрес", correspondents=other, sheets=3)
    after = held(village, told.entry)
    assert (done.number, done.due, done.fee) == (told.number, told.due, told.fee)
    assert after.row.standing is Standing.CORRECTED
    assert (after.row.subject, after.row.who, after.sheets) == ("Удостоверение за постоянен адрес", "Петя Колева", 3)
    assert after.correspondents == other
    assert (after.row.office_date, after.case_file) == (before.row.office_date, before.case_file)


def test_the_value_before_stays_visible_with_the_one_after(town: Town) -> None:
    village = town.village
    told = village.register()
    correct(village, told.entry, sheets=4, speed=Speed.EXPRESS)
    with village.store.ledger.reading() as connection:
        moments = book.timeline(connection, told.entry)
    assert [one.code for one in moments] == [MomentCode.REGISTERED, MomentCode.CORRECTED]
    changes = {one.field: (one.before, one.after) for one in moments[1].changes}
    assert changes["sheets"] == (1, 4)
    assert changes["speed"] == ("ordinary", "express")
    assert changes["fee.cents"] == (102, EXPRESS_CENTS)
    assert moments[1].values == {"reason": "Сбъркано при вписването"}
    assert moments[1].actor == "Служител"


def test_findings_follow_the_content_that_stands(town: Town) -> None:
    village = town.village
    told = village.register(subject="", sheets=0)
    codes = [one.code for one in held(village, told.entry).findings]
    assert codes == [FindingCode.SUBJECT_MISSING, FindingCode.SHEETS_MISSING]
    correct(village, told.entry, subject="Удостоверение")
    assert [one.code for one in held(village, told.entry).findings] == [FindingCode.SHEETS_MISSING]
    assert held(village, told.entry).row.findings == 1


def test_a_told_term_does_not_move_while_nothing_that_decides_it_changes(town: Town) -> None:
    village = town.village
    told = village.register()
    town.clock.tick(days=6)
    assert correct(village, told.entry, subject="Друго").due == told.due
    moved = correct(village, told.entry, speed=Speed.EXPRESS)
    assert moved.due is not None
    assert told.due is not None
    assert moved.due.on < told.due.on
    assert moved.fee is not None
    assert moved.fee.cents == EXPRESS_CENTS


def test_a_term_that_moves_runs_from_the_day_of_the_entry_not_of_its_correction(town: Town) -> None:
    village = town.village
    told = village.register(speed=Speed.EXPRESS)
    town.clock.tick(days=6)
    ordinary = correct(village, told.entry, speed=Speed.ORDINARY)
    again = village.register()
    assert ordinary.due is not None
    assert again.due is not None
    assert ordinary.due.on < again.due.on


def test_the_strip_beside_the_form_says_what_the_correction_will(town: Town) -> None:
    village = town.village
    told = village.register()
    with village.store.ledger.reading() as connection:
        filing = village.filing(entry=told.entry, speed=Speed.FAST)
        before = registration.derive_correction(connection, village.lists, told.entry, filing)
    done = registration.correct(village.store, village.lists, told.entry, filing, "Бърза")
    assert (before.due, before.fee, before.findings) == (done.due, done.fee, done.findings)


def test_the_same_correction_twice_is_recorded_once(town: Town) -> None:
    village = town.village
    told = village.register()
    first = correct(village, told.entry, sheets=2)
    count = facts(village)
    assert correct(village, told.entry, sheets=2) == first
    assert facts(village) == count


def test_an_entry_may_be_corrected_again(town: Town) -> None:
    village = town.village
    told = village.register()
    correct(village, told.entry, sheets=2)
    correct(village, told.entry, sheets=3, subject="Трето")
    after = held(village, told.entry)
    assert (after.sheets, after.row.subject, after.row.standing) == (3, "Трето", Standing.CORRECTED)
    with village.store.ledger.reading() as connection:
        last = {one.field: one.before for one in book.timeline(connection, told.entry)[2].changes}
    assert last["sheets"] == 2


def test_a_correction_against_a_rule_changes_nothing(town: Town) -> None:
    village = town.village
    told, gone = village.register(), village.register()
    village.annul(gone.entry)
    count = facts(village)
    filing = village.filing(sheets=9)
    lists, store = village.lists, village.store
    with pytest.raises(ReasonRequired):
        registration.correct(store, lists, told.entry, filing, "  ")
    with pytest.raises(MissingRequired):
        registration.correct(store, lists, told.entry, village.filing(correspondents=()), "Причина")
    with pytest.raises(UnknownKind):
        registration.correct(store, lists, told.entry, village.filing(kind="nothing"), "Причина")
    with pytest.raises(UnknownEntry):
        registration.correct(store, lists, bytes(16), filing, "Причина")
    with pytest.raises(AlreadyAnnulled):
        registration.correct(store, lists, gone.entry, filing, "Причина")
    town.clock.tick(days=-400)
    with pytest.raises(ClockDoubtful):
        registration.correct(store, lists, told.entry, filing, "Причина")
    assert facts(village) == count


def test_a_corrected_entry_is_found_by_its_new_words(town: Town) -> None:
    village = town.village
    told = village.register(subject="Сигнал за чешма")
    correct(village, told.entry, subject="Сигнал за мост")
    with village.store.ledger.reading() as connection:
        stream = village.store.identity.epoch
        assert [one.entry for one in book.find(connection, stream, 17, "мост")] == [told.entry]
        assert book.find(connection, stream, 17, "чешма") == []
        assert [one.entry for one in book.find(connection, stream, 17, "000001")] == [told.entry]


@pytest.mark.parametrize("answer", ["correction", "explanation", "annulment"])
def test_an_answered_dispute_is_judged_again(town: Town, answer: str) -> None:
    village = town.village
    told = village.register()
    dispute(town, told.entry)
    assert held(village, told.entry).row.town is TownState.DISPUTED
    if answer == "correction":
        correct(village, told.entry, service=None, speed=None, kind="signal")
    elif answer == "explanation":
        registration.answer_dispute(village.store, told.entry, "Платено е, виж квитанция 1")
    else:
        village.annul(told.entry)
    assert held(village, told.entry).row.town is TownState.ANSWERED
    village.exchange()
    town.centre_exchange()
    with town.centre.ledger.reading() as connection:
        waiting = [bytes(line.row.entry) for line in waiting_lines(connection)]
    assert waiting == [told.entry]


def test_only_what_is_disputed_becomes_answered(town: Town) -> None:
    village = town.village
    accepted, new = village.register(service=None, speed=None, kind="signal"), village.register()
    town.settle()
    assert held(village, accepted.entry).row.town is TownState.ACCEPTED
    correct(village, accepted.entry, sheets=7)
    correct(village, new.entry, sheets=7)
    assert held(village, accepted.entry).row.town is TownState.ACCEPTED
    assert held(village, new.entry).row.town is TownState.NEW


def test_an_explanation_needs_a_dispute_and_words(town: Town) -> None:
    village = town.village
    told, gone = village.register(), village.register()
    village.annul(gone.entry)
    count = facts(village)
    for entry, text, error in (
        (told.entry, "Обяснение", NotDisputed),
        (told.entry, " ", ReasonRequired),
        (bytes(16), "Обяснение", UnknownEntry),
        (gone.entry, "Обяснение", AlreadyAnnulled),
    ):
        with pytest.raises(error):
            registration.answer_dispute(village.store, entry, text)
    assert facts(village) == count


def test_the_draft_of_a_form_goes_with_its_act_and_stays_where_the_act_fails(town: Town) -> None:
    village, store = town.village, town.village.store
    told = village.register()
    dispute(town, told.entry)
    for name in ("answer", "correct", "annul"):
        drafts.keep(store, name.encode(), name, b"half a form")
    with pytest.raises(ReasonRequired):
        registration.annul(store, told.entry, "", draft=b"annul")
    assert drafts.kept(store, "annul") == [(b"annul", b"half a form")]
    registration.answer_dispute(store, told.entry, "Платено е", draft=b"answer")
    filing = village.filing(sheets=5)
    registration.correct(store, village.lists, told.entry, filing, "Листове", draft=b"correct")
    registration.annul(store, told.entry, "Двойно", draft=b"annul")
    assert [drafts.kept(store, name) for name in ("answer", "correct", "annul")] == [[], [], []]


def test_both_ends_hold_the_same_after_a_correction(town: Town) -> None:
    village = town.village
    told = village.register()
    correct(village, told.entry, subject="Друго", sheets=2)
    town.settle()
    columns: list[sa.ColumnClause[object]] = [
        sa.column("entry"),
        sa.column("subject"),
        sa.column("sheets"),
        sa.column("standing"),
    ]
    query = sa.select(*columns).select_from(sa.table("entries"))
    for ledger in (village.store.ledger, town.centre.ledger):
        with ledger.reading() as connection:
            assert [tuple(row) for row in connection.execute(query)] == [(told.entry, "Друго", 2, "corrected")]


def test_particulars_travel_with_the_content_and_go_with_it(town: Town) -> None:
    village = town.village
    said = Particulars(values=(Particular("act_number", "РД-09-12"),), papers=(PaperSeen("id", PaperState.PRESENT),))
    entry = village.register(particulars=said).entry
    assert held(village, entry).particulars == said
    correct(village, entry, particulars=Particulars(before_closing=True))
    assert held(village, entry).particulars == Particulars(before_closing=True)
    correct(village, entry, subject="Друго", particulars=Particulars())
    assert held(village, entry).particulars.empty
    before = facts(village)
    correct(village, entry, particulars=Particulars())
    assert facts(village) == before


def test_the_history_tells_what_stood_beside_the_content_and_a_correction_without_it_takes_it_back(town: Town) -> None:
    said = Particulars(before_closing=True, values=(Particular("law", "ЗГР"),))
    told = town.village.register(kind="deklaratsiya", service=None, speed=None, particulars=said)
    other = Particulars(values=(Particular("law", "ЗМДТ"),), papers=(PaperSeen("zayavlenie", PaperState.MISSING),))
    correct(town.village, told.entry, particulars=other)
    correct(town.village, told.entry, particulars=Particulars())
    with town.village.store.ledger.reading() as connection:
        registered, first, last = (
            {change.field: (change.before, change.after) for change in one.changes}
            for one in book.timeline(connection, told.entry)
            if one.code in {MomentCode.REGISTERED, MomentCode.CORRECTED}
        )
    assert registered == {}
    assert {name: pair for name, pair in first.items() if not name.startswith("due")} == {
        "particulars.law": ("ЗГР", "ЗМДТ"),
        "papers.zayavlenie": (None, "missing"),
        "before_closing": (True, None),
    }
    assert last == {"particulars.law": ("ЗМДТ", None), "papers.zayavlenie": ("missing", None)}
