"""What the lists, the details and the histories of a desk say."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.errors import UnknownEntry, UnknownReceipt
from app.domain.facts import Correspondent
from app.domain.terms import (
    BatchState,
    CorrespondentKind,
    DisputeReason,
    Ending,
    FindingCode,
    IdentifierKind,
    MomentCode,
    ReceiptKind,
    Standing,
    TownState,
    View,
)
from app.services import book, endings, proceedings, registration
from app.services.endings import EndingSaid
from app.services.proceedings import Noticing
from app.store.search import question
from sync.central import decisions
from tests.town import START, TestVillage, Town

TODAY = START.date()


def ask(village: TestVillage, function: Any, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - any of the book
    """Ask the book of a village as it is now."""
    with village.store.ledger.reading() as connection:
        return function(connection, *arguments, **options)


def listed(village: TestVillage, view: View, today: date = TODAY, **options: Any) -> list[str]:  # noqa: ANN401
    """Return the told numbers of a view."""
    rows = ask(village, book.page, village.store.identity.epoch, village.number, view, today, **options)
    return [row.told.partition("/")[0][-6:].lstrip("0") for row in rows]


def counted(village: TestVillage, today: date = TODAY) -> dict[View, int]:
    """Return the counts of all views."""
    found: dict[View, int] = ask(village, book.counts, village.store.identity.epoch, village.number, today)
    return found


def person(name: str, egn: str = "", settlement: str = "49686") -> Correspondent:
    """Return a person."""
    kind = IdentifierKind.EGN if egn else None
    return Correspondent(CorrespondentKind.PERSON, name, identifier_kind=kind, identifier=egn, settlement=settlement)


# --- lists --------------------------------------------------------------------------------------------------------


def test_a_list_is_newest_first_and_paged_by_the_last_row_shown(town: Town) -> None:
    village = town.village
    for _ in range(5):
        village.register()
    town.clock.tick(days=1)
    for _ in range(3):
        village.register()
    first = ask(village, book.page, village.store.identity.epoch, 17, View.ALL, TODAY, limit=3)
    assert [row.number for row in first] == [8, 7, 6]
    assert listed(village, View.ALL, before=first[-1].position, limit=3) == ["5", "4", "3"]
    assert listed(village, View.ALL, before=first[-1].position) == ["5", "4", "3", "2", "1"]


def test_a_register_without_entries_is_an_empty_list(town: Town) -> None:
    assert listed(town.village, View.ALL) == []
    assert counted(town.village) == dict.fromkeys(View, 0)
    assert ask(town.village, book.page, town.village.store.identity.epoch, 99, View.ALL, TODAY) == []


def test_each_view_shows_what_it_is_named_after_and_counts_the_same(town: Town) -> None:
    village = town.village
    paid = village.register()
    village.pay(paid.entry)
    village.register()
    free = village.register(kind="signal", service=None, speed=None, subject="Сигнал")
    gone = village.register()
    village.annul(gone.entry)
    village.exchange()
    town.centre_exchange()
    town.clock.tick(days=2)
    village.exchange()
    village.register()
    today = TODAY + timedelta(days=2)
    assert listed(village, View.ALL, today) == ["5", "4", "3", "2", "1"]
    assert listed(village, View.TODAY, today) == ["5"]
    assert listed(village, View.DUE_SOON, today) == ["5", "2", "1"]
    assert listed(village, View.UNPAID, today) == ["5", "2"]
    assert listed(village, View.WAITING, today) == ["5"]
    assert listed(village, View.LATE, today) == []
    for view, count in counted(village, today).items():
        assert count == len(listed(village, view, today)), view
    far = TODAY + timedelta(days=9)
    assert listed(village, View.LATE, far) == ["2", "1"]
    assert counted(village, far)[View.LATE] == 2
    assert ask(village, book.details, free.entry).row.fee_cents is None


def test_a_voided_receipt_leaves_its_entry_unpaid_and_another_one_pays_it_again(town: Town) -> None:
    village = town.village
    told = village.register()
    first = village.pay(told.entry)
    assert listed(village, View.UNPAID) == []
    village.void(first.receipt)
    assert listed(village, View.UNPAID) == ["1"]
    second = village.pay(told.entry)
    third = village.pay(told.entry)
    village.void(second.receipt)
    assert listed(village, View.UNPAID) == []
    village.void(third.receipt)
    assert listed(village, View.UNPAID) == ["1"]


def test_a_row_says_who_what_and_how_it_stands(town: Town) -> None:
    village = town.village
    told = village.register(sheets=0)
    village.pay(told.entry)
    (row,) = ask(village, book.page, village.store.identity.epoch, 17, View.ALL, TODAY)
    assert (row.who, row.subject) == ("Иван Стоянов Абаджиев", "Удостоверение за настоящ адрес")
    assert (row.fee_cents, row.paid_cents, row.findings) == (102, 102, 1)
    assert (row.standing, row.town, row.acknowledged) == (Standing.IN_FORCE, TownState.NEW, False)
    town.settle()
    (row,) = ask(village, book.page, village.store.identity.epoch, 17, View.ALL, TODAY)
    assert (row.town, row.acknowledged) == (TownState.ACCEPTED, True)
    assert row.central_number


def test_what_is_accepted_is_not_late_and_what_is_disputed_waits_for_the_clerk(town: Town) -> None:
    village = town.village
    accepted, doubtful, slow = (village.register() for _ in range(3))
    village.pay(accepted.entry)
    town.settle()
    decisions.dispute(town.centre, doubtful.entry, DisputeReason.FEE_MISSING, "", 1)
    town.centre_exchange()
    town.clock.tick(seconds=5)
    village.exchange()
    far = TODAY + timedelta(days=30)
    assert listed(village, View.LATE, far) == ["3", "2"]
    rows = ask(village, book.awaits_clerk, 17, far)
    assert [row.entry for row in rows] == [doubtful.entry, slow.entry]
    assert rows[0].dispute_reason is DisputeReason.FEE_MISSING
    assert [row.entry for row in ask(village, book.awaits_clerk, 17, TODAY)] == [doubtful.entry]


def stopped_ones(town: Town) -> dict[str, bytes]:
    """Register entries whose terms were stopped, and tell what became of each; the accepted one is over too."""
    village = town.village
    names = ("in time", "over", "on its way", "mended", "ended", "annulled", "accepted")
    told = {name: village.register() for name in names}
    village.pay(told["accepted"].entry)
    town.settle()
    town.clock.tick(days=1)
    for name, one in told.items():
        reached = {"on its way": None, "in time": TODAY + timedelta(days=40)}.get(name, TODAY)
        proceedings.notice_defects(village.store, village.lists, one.entry, Noticing(("няма подпис",), reached))
    proceedings.repair(village.store, village.lists, told["mended"].entry, TODAY + timedelta(days=1))
    endings.end(village.store, told["ended"].entry, EndingSaid(Ending.NOT_MENDED))
    village.annul(told["annulled"].entry)
    return {name: one.entry for name, one in told.items()}


def test_where_nobody_mended_in_time_the_clerk_is_awaited_whatever_the_town_decided(town: Town) -> None:
    entry = stopped_ones(town)
    with town.village.store.ledger.reading() as connection:
        until = book.details(connection, entry["over"]).row.mend_by
    assert until is not None
    last_day = ask(town.village, book.awaits_clerk, 17, until)
    assert [row.entry for row in last_day] == [], "the last day is still the applicant's"
    after = ask(town.village, book.awaits_clerk, 17, until + timedelta(days=1))
    assert [row.entry for row in after] == [entry["accepted"], entry["over"]]
    assert all(row.is_not_mended(until + timedelta(days=1)) and row.due_on is None for row in after)


def test_a_row_says_how_its_term_stands(town: Town) -> None:
    entry = stopped_ones(town)
    page = ask(town.village, book.page, town.village.store.identity.epoch, 17, View.ALL, TODAY)
    rows = {row.entry: row for row in page}
    assert {name for name, one in entry.items() if rows[one].stopped} == set(entry) - {"mended"}
    assert (rows[entry["on its way"]].mend_by, rows[entry["mended"]].mend_by) == (None, None)
    assert rows[entry["ended"]].ended is Ending.NOT_MENDED


def test_what_has_ended_is_not_late(town: Town) -> None:
    village = town.village
    open_, over = village.register().entry, village.register().entry
    endings.end(village.store, over, EndingSaid(Ending.WITHDRAWN, reason="Оттеглено"))
    far = TODAY + timedelta(days=60)
    assert [row.entry for row in ask(village, book.awaits_clerk, 17, far)] == [open_]
    assert counted(village, far)[View.LATE] == 1


def test_what_nobody_mended_is_found_by_its_index(town: Town) -> None:
    statement = book._NOT_MENDED._statement.compile(town.village.store.ledger.engine)
    values = tuple({"limit": 5}.get(name, statement.params.get(name) or "x") for name in statement.positiontup)
    with town.village.store.ledger.reading() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    assert any("entries_stopped" in str(step[3]) for step in plan), plan


@pytest.mark.parametrize("view", [View.TODAY, View.LATE, View.UNPAID, View.DUE_SOON, View.WAITING, View.ALL])
def test_every_view_is_answered_by_its_index(town: Town, view: View) -> None:
    """Without one, a page over a hundred thousand entries would read them all."""
    index = {
        View.ALL: "entries_by_day",
        View.TODAY: "entries_by_day",
        View.LATE: "entries_undecided",
        View.UNPAID: "entries_unpaid",
        View.DUE_SOON: "entries_by_due",
        View.WAITING: "entries_by_road",
    }[view]
    for prepared in (book._PAGES[view], *([book._COUNTS[view]] if view in book._COUNTS else [])):
        statement = prepared._statement.compile(town.village.store.ledger.engine)
        values = tuple({"limit": 5}.get(name, statement.params.get(name) or "x") for name in statement.positiontup)
        with town.village.store.ledger.reading() as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
        assert any(index in str(step[3]) for step in plan), plan
        assert not any(str(step[3]).startswith("SCAN entries") and "INDEX" not in str(step[3]) for step in plan)


def test_a_page_deep_in_the_register_begins_where_the_last_row_stands(town: Town) -> None:
    """Else it would read its way there past all that is newer: a quarter of a second deep in a million entries."""
    statement = book._PAGES[View.ALL]._statement.compile(town.village.store.ledger.engine)
    values = tuple({"limit": 5}.get(name, statement.params.get(name) or "x") for name in statement.positiontup)
    with town.village.store.ledger.reading() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    assert any("entries_by_day (register=? AND office_date<?)" in str(step[3]) for step in plan), plan


# --- search -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["иваново", "ИВАНОВО", "ivanovo", "Ivano", "ивано", "187", "000187", "17-000187", "9130", "чешма иванов", "1997"],
)
def test_one_entry_is_found_whatever_is_typed_of_it(town: Town, typed: str) -> None:
    village = town.village
    with village.store.ledger.writing() as writing:
        writing.connection.exec_driver_sql(
            "INSERT INTO series (kind, number_index, year, last) VALUES ('register', 17, 2026, 186)"
        )
    sought = village.register(
        correspondents=(person("Петър Иванов Иваново", "9130051150"),), subject="Чешма на площада"
    )
    village.register(subject="Друго", correspondents=(person("Мария Колева"),), service=None, speed=None)
    found = ask(village, book.find, village.store.identity.epoch, 17, typed)
    assert [row.entry for row in found] == [sought.entry]


@pytest.mark.parametrize(
    "typed",
    [
        "\u0043тоян",
        "\u0043",
        "\u0043\u0054",
        "\u0043т\u006fян рек\u0061",
        "\u0050\u0045\u004b\u0041 стоян",
        "HABA",
        "нава",
    ],
)
def test_an_entry_is_found_by_letters_that_only_look_like_its_own(town: Town, typed: str) -> None:
    village = town.village
    sought = village.register(
        correspondents=(person("Стоян Река"), person("HABA")), subject="Писмо", service=None, speed=None
    )
    village.register(subject="Друго", correspondents=(person("Мария Колева"),), service=None, speed=None)
    found = ask(village, book.find, village.store.identity.epoch, 17, typed)
    assert [row.entry for row in found] == [sought.entry]


def test_a_person_comes_back_by_letters_that_only_look_right(town: Town) -> None:
    village = town.village
    village.register(correspondents=(person("Стоян Река"), person("Мария Колева")))
    for typed in ("\u0043т", "\u0043\u0054", "\u0043\u0054\u004fян", "\u0050\u0045\u004b\u0041"):
        assert [one.correspondent.name for one in ask(village, book.recall, typed)] == ["Стоян Река"], typed


@pytest.mark.parametrize("typed", ["", "  ", "…", "!?*\"'", "няма такова", "17 няма"])
def test_what_is_not_there_is_not_found_and_signs_ask_nothing(town: Town, typed: str) -> None:
    town.village.register()
    assert ask(town.village, book.find, town.village.store.identity.epoch, 17, typed) == []


def test_the_newest_are_found_first_up_to_the_limit_and_in_this_register_only(town: Town) -> None:
    village = town.village
    for _ in range(6):
        village.register()
    found = ask(village, book.find, village.store.identity.epoch, 17, "и", limit=4)
    assert [row.number for row in found] == [6, 5, 4, 3]
    assert ask(village, book.find, village.store.identity.epoch, 18, "и") == []


def test_a_long_beginning_is_asked_as_the_words_that_begin_so_until_they_are_many(town: Town) -> None:
    village = town.village
    names = ["Иван Иванов", "Иванка Иванчева", "Иво Иваз", "Ивайло"]
    told = [
        village.register(correspondents=(person(name),), subject="Писмо", service=None, speed=None) for name in names
    ]
    assert ask(village, question, "ива") == '"iva"*'
    assert ask(village, question, "иван") == '("ivan" OR "ivancheva" OR "ivanka" OR "ivanov")'
    assert ask(village, question, "писмо", "who") == '{who} : ("pismo")'
    assert ask(village, question, "ивански") == '"ivanski"*'
    found = ask(village, book.find, village.store.identity.epoch, 17, "иван")
    assert [row.entry for row in found] == [told[1].entry, told[0].entry]
    for number in range(70):
        village.register(subject=f"Ивано{number:02}", service=None, speed=None)
    assert ask(village, question, "иван") == '"ivan"*'
    assert len(ask(village, book.find, village.store.identity.epoch, 17, "иван")) == 72


@pytest.mark.parametrize("typed", ["andr", "андр", "stra"])
def test_words_with_letters_of_further_alphabets_are_among_those_that_begin_so(town: Town, typed: str) -> None:
    village = town.village
    for name in ("Andrey Stratiev", "Andr\u00e9 Stra\u00dfe", "Andr\u03b1 Stra\u03b1"):
        village.register(correspondents=(person(name),), subject="Писмо", service=None, speed=None)
    assert len(ask(village, book.find, village.store.identity.epoch, 17, typed)) == 3


def test_no_typed_text_breaks_the_question(town: Town) -> None:
    village = town.village
    village.register(subject="„Кавички“ и [скоби] {още} \u03b1_\u03b2 Ѝ")
    for typed in ('"', "a OR b", "NEAR(", "who:", "\u03b1_\u03b2", "кавички скоби", "{", "a*b^c", "\U0001f600", "ﬁ"):
        ask(village, book.find, village.store.identity.epoch, 17, typed)
        ask(village, book.recall, typed)
    assert ask(village, question, "") == ""


# --- who came before ----------------------------------------------------------------------------------------------


def test_a_person_comes_back_by_two_letters_of_a_name_or_by_the_identifier(town: Town) -> None:
    village = town.village
    known = person("Петя Колева Станкова", "9130051150")
    village.register(correspondents=(person("Стефан Петров"),))
    town.clock.tick(days=1)
    village.register(correspondents=(known, person("Станка Лазарова")), subject="Петиция")
    for typed in ("пе", "ПЕТЯ", "petya", "кол стан", "913005"):
        found = ask(village, book.recall, typed)
        assert found[0].correspondent == known, typed
        assert found[0].last_visit == TODAY + timedelta(days=1)
    assert [one.correspondent.name for one in ask(village, book.recall, "ст")] == [
        "Петя Колева Станкова",
        "Станка Лазарова",
        "Стефан Петров",
    ]


def test_a_person_comes_back_once_as_at_the_last_visit(town: Town) -> None:
    village = town.village
    village.register(correspondents=(person("Петя Колева", "9130051150", settlement="49686"),))
    village.register(correspondents=(person("Петя Колева-Илиева", "9130051150", settlement="32665"),))
    village.register(correspondents=(person("Петя Колева"),))
    names = [(one.correspondent.name, one.correspondent.settlement) for one in ask(village, book.recall, "петя")]
    assert names == [("Петя Колева", "49686"), ("Петя Колева-Илиева", "32665")]


def test_one_letter_an_anonymous_signal_and_a_subject_recall_nobody(town: Town) -> None:
    village = town.village
    village.register(
        correspondents=(Correspondent(CorrespondentKind.ANONYMOUS, ""),), kind="signal", subject="Анонимен сигнал"
    )
    assert ask(village, book.recall, "а") == []
    assert ask(village, book.recall, "ан") == []
    assert ask(village, book.recall, "сигнал") == []


def test_many_visits_of_one_firm_do_not_hide_another_that_begins_the_same(town: Town) -> None:
    village = town.village
    village.register(correspondents=(person("Евгения Илиева"),))
    for _ in range(250):
        village.register(correspondents=(person("Евро Строй"),), service=None, speed=None)
    assert [one.correspondent.name for one in ask(village, book.recall, "ев")] == ["Евро Строй", "Евгения Илиева"]


def test_as_last_time_gives_the_last_content_and_opens_no_old_case(town: Town) -> None:
    village = town.village
    assert ask(village, book.last_filing, 17) is None
    told = village.register(subject="Последно", case_file=b"c" * 16)
    filing = ask(village, book.last_filing, 17)
    assert (filing.entry, filing.subject, filing.case_file) == (told.entry, "Последно", None)
    assert ask(village, book.filing_of, told.entry).case_file == b"c" * 16


# --- details and history ------------------------------------------------------------------------------------------


def test_the_details_hold_everything_that_was_filed(town: Town) -> None:
    village = town.village
    filing = village.filing(sender_number="АБ-1", sender_date=date(2026, 11, 2), sheets=0)
    village.register(**{name: getattr(filing, name) for name in filing.__struct_fields__})
    found = ask(village, book.details, filing.entry)
    assert ask(village, book.filing_of, filing.entry) == village.filing(
        **{name: getattr(filing, name) for name in filing.__struct_fields__} | {"case_file": filing.entry}
    )
    assert [one.code for one in found.findings] == [FindingCode.SHEETS_MISSING]
    assert (found.actor, found.road, found.receipts) == ("Служител", None, ())


def test_the_details_follow_the_entry_along_the_road_and_over_its_mistakes(town: Town) -> None:
    village = town.village
    told, instead = village.register(), village.register()
    voided = village.pay(told.entry)
    village.void(voided.receipt)
    village.annul(told.entry)
    found = ask(village, book.details, told.entry)
    assert [one.standing for one in found.receipts] == [Standing.VOIDED]
    assert found.annulled_because == "Вписано два пъти"
    village.exchange()
    assert ask(village, book.details, instead.entry).road is BatchState.HELD
    town.centre_exchange()
    town.clock.tick(seconds=1)
    village.exchange()
    assert ask(village, book.details, instead.entry).road is BatchState.RECEIVED


def test_the_history_tells_the_acts_in_order_and_the_steps_of_the_road_between_them(town: Town) -> None:
    village = town.village
    told = village.register()
    receipt = village.pay(told.entry)
    town.clock.tick(minutes=1)
    village.void(receipt.receipt)
    town.clock.tick(minutes=1)
    village.exchange()
    town.centre_exchange()
    decisions.dispute(town.centre, told.entry, DisputeReason.FEE_MISSING, "Къде е?", 1)
    town.centre_exchange()
    town.clock.tick(minutes=1)
    village.exchange()
    moments = ask(village, book.timeline, told.entry)
    assert [one.code for one in moments] == [
        MomentCode.REGISTERED,
        MomentCode.PAID,
        MomentCode.VOIDED,
        MomentCode.SEALED,
        MomentCode.DISPUTED,
        MomentCode.RECEIVED,
    ]
    assert moments[1].values["number"] == receipt.number
    assert moments[2].values["reason"] == "Погрешна услуга"
    assert moments[4].values == {"reason": "fee_missing", "note": "Къде е?"}
    assert moments[5].at > moments[4].at
    codes = [one.code for one in ask(village, book.timeline, receipt.receipt)]
    assert codes == [MomentCode.PAID, MomentCode.VOIDED, MomentCode.SEALED, MomentCode.RECEIVED]


def test_the_town_tells_the_same_acts_by_the_same_code(town: Town) -> None:
    village = town.village
    told = village.register()
    village.pay(told.entry)
    town.settle()
    with town.centre.ledger.reading() as connection:
        codes = [one.code for one in book.timeline(connection, told.entry)]
    assert codes[:3] == [MomentCode.REGISTERED, MomentCode.PAID, MomentCode.ACCEPTED]


def test_the_history_keeps_the_order_of_the_acts_when_the_clock_goes_back(town: Town) -> None:
    village = town.village
    told = village.register()
    town.clock.tick(days=-1)
    registration.annul(village.store, told.entry, "Двойно", confirmed=TODAY)
    assert [one.code for one in ask(village, book.timeline, told.entry)] == [
        MomentCode.REGISTERED,
        MomentCode.ANNULLED,
    ]


def test_an_entry_that_stands_instead_of_another_says_so(town: Town) -> None:
    village = town.village
    wrong, right = village.register(), village.register()
    registration.annul(village.store, wrong.entry, "Двойно", right.entry)
    assert ask(village, book.timeline, wrong.entry)[-1].values["number"] == right.number
    assert ask(village, book.timeline, right.entry)[-1].code is MomentCode.REPLACES
    assert ask(village, book.details, wrong.entry).replaced_by_number == right.number


def test_what_is_not_there_has_no_details(town: Town) -> None:
    with pytest.raises(UnknownEntry):
        ask(town.village, book.details, bytes(16))
    with pytest.raises(UnknownReceipt):
        ask(town.village, book.receipt_details, bytes(16))
    assert ask(town.village, book.timeline, bytes(16)) == []


# --- receipts and the road ------------------------------------------------------------------------------------------


def test_receipts_are_listed_with_their_stornos_and_tell_their_lines(town: Town) -> None:
    village = town.village
    told = village.register()
    issued = village.pay(told.entry)
    storno = village.void(issued.receipt)
    again = village.pay(told.entry)
    rows = ask(village, book.receipts_page, 17)
    assert [row.receipt for row in rows] == [again.receipt, storno.receipt, issued.receipt]
    assert [row.kind for row in rows] == [ReceiptKind.SALE, ReceiptKind.STORNO, ReceiptKind.SALE]
    assert [row.standing for row in rows] == [Standing.IN_FORCE, Standing.IN_FORCE, Standing.VOIDED]
    assert ask(village, book.receipts_page, 17, rows[0].position, 1)[0].receipt == storno.receipt
    found = ask(village, book.receipt_details, issued.receipt)
    assert [(one.entry_number, one.cents) for one in found.lines] == [(told.number, 102)]
    assert found.storno.receipt == storno.receipt
    assert (found.given, found.change) == (2000, 1898)


def test_what_the_town_has_not_acknowledged_is_told_with_where_it_is(town: Town) -> None:
    village = town.village
    stream = village.store.identity.epoch
    told = village.register()
    village.pay(told.entry)
    village.exchange()
    late = village.register(subject="След пакета")
    rows = ask(village, book.unacknowledged, stream)
    assert [(row.kind, row.where) for row in rows] == [
        ("entry", BatchState.HELD),
        ("sale", BatchState.HELD),
        ("entry", None),
    ]
    assert (rows[2].subject, rows[2].text) == (late.entry, "След пакета")
    town.centre_exchange()
    town.clock.tick(seconds=1)
    village.exchange()
    town.centre_exchange()
    town.clock.tick(seconds=1)
    village.exchange()
    assert ask(village, book.unacknowledged, stream) == []
