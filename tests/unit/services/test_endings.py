"""Endings without a result: each with what it needs, told to the sender later, and taken back with a reason."""

from datetime import date

import pytest

from app.domain.errors import (
    AlreadyEnded,
    DetailRequired,
    NoDefectsNoticed,
    NotEnded,
    ReasonRequired,
    UnknownEntry,
)
from app.domain.facts import Correspondent
from app.domain.terms import CorrespondentKind, Ending, MomentCode, Outcome
from app.services import book, endings, proceedings, results
from app.services.endings import EndingSaid
from tests.town import TestVillage, Town

DAY = date(2026, 11, 16)


def held(village: TestVillage, entry: bytes) -> book.EntryDetails:
    """Return an entry as it stands."""
    with village.store.ledger.reading() as connection:
        return book.details(connection, entry)


def forward_by(village: TestVillage, entry: bytes) -> tuple[date, str]:
    """Return until when an entry is to be forwarded, and by which article."""
    with village.store.ledger.reading() as connection:
        due = endings.forward_by(connection, village.lists, entry)
    assert due is not None
    return due.on, due.article


def test_a_signal_to_the_wrong_body_is_forwarded_in_seven_days_and_its_sender_told_later(town: Town) -> None:
    village = town.village
    entry = village.register(kind="signal", service=None, speed=None).entry
    assert forward_by(village, entry) == (date(2026, 11, 23), "АПК чл.112")
    endings.end(village.store, entry, EndingSaid(Ending.FORWARDED, "Община Струмяни"))
    endings.end(village.store, entry, EndingSaid(Ending.FORWARDED, "Община Струмяни", told_on=DAY))
    now = held(village, entry).ended
    assert now is not None
    assert (now.ending, now.addressee, now.told_on) == (Ending.FORWARDED, "Община Струмяни", DAY)
    with pytest.raises(AlreadyEnded):
        endings.end(village.store, entry, EndingSaid(Ending.FORWARDED, "Друга община", told_on=DAY))


def test_an_application_for_the_wrong_body_is_forwarded_at_once_and_a_request_for_information_in_fourteen_days(
    town: Town,
) -> None:
    village = town.village
    assert forward_by(village, village.register().entry) == (DAY, "АПК чл.31(2)")
    asked = village.register(kind="zdoi", service=None, speed=None).entry
    assert forward_by(village, asked) == (date(2026, 11, 30), "ЗДОИ чл.32(1)")


def test_an_anonymous_signal_may_end_without_proceeding_and_that_comes_first(town: Town) -> None:
    village = town.village
    nobody = (Correspondent(CorrespondentKind.ANONYMOUS, ""),)
    entry = village.register(kind="signal", service=None, speed=None, correspondents=nobody).entry
    assert endings.endings_of(held(village, entry))[0] is Ending.ANONYMOUS
    endings.end(village.store, entry, EndingSaid(Ending.ANONYMOUS))
    assert held(village, entry).ended is not None


def test_misdelivered_mail_goes_on_with_its_envelope(town: Town) -> None:
    village = town.village
    entry = village.register().entry
    endings.end(village.store, entry, EndingSaid(Ending.SENT_ON, "Община Петрич", with_envelope=True))
    now = held(village, entry).ended
    assert now is not None
    assert now.with_envelope


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (EndingSaid(Ending.FORWARDED), DetailRequired),
        (EndingSaid(Ending.SENT_ON, " "), DetailRequired),
        (EndingSaid(Ending.OFFENSIVE), ReasonRequired),
        (EndingSaid(Ending.TOO_OLD), ReasonRequired),
        (EndingSaid(Ending.NOT_MENDED), NoDefectsNoticed),
    ],
)
def test_an_ending_wants_its_words(town: Town, said: EndingSaid, error: type[Exception]) -> None:
    village = town.village
    entry = village.register().entry
    with pytest.raises(error):
        endings.end(village.store, entry, said)
    assert held(village, entry).ended is None


def test_defects_not_mended_end_the_proceeding_and_that_comes_first(town: Town) -> None:
    village = town.village
    entry = village.register().entry
    proceedings.notice_defects(village.store, village.lists, entry, proceedings.Noticing(("подпис",), DAY))
    assert endings.endings_of(held(village, entry))[0] is Ending.NOT_MENDED
    endings.end(village.store, entry, EndingSaid(Ending.NOT_MENDED))
    assert held(village, entry).ended is not None


def test_a_mistaken_ending_is_taken_back_with_a_reason_and_stands_in_the_history(town: Town) -> None:
    village = town.village
    entry = village.register().entry
    endings.end(village.store, entry, EndingSaid(Ending.WITHDRAWN, reason="Вече не му трябва"))
    with pytest.raises(ReasonRequired):
        endings.reopen(village.store, entry, " ")
    endings.reopen(village.store, entry, "Беше друг човек")
    assert held(village, entry).ended is None
    with village.store.ledger.reading() as connection:
        codes = [one.code for one in book.timeline(connection, entry)]
    assert codes == [MomentCode.REGISTERED, MomentCode.ENDED, MomentCode.REOPENED]
    with pytest.raises(NotEnded):
        endings.reopen(village.store, entry, "Още веднъж")


def test_what_ended_with_a_result_is_not_reopened_but_its_result_annulled(town: Town) -> None:
    village = town.village
    entry = village.register().entry
    results.issue(village.store, results.Issuing(village.new_id(), entry, Outcome.DOCUMENT, "Удостоверение"))
    with pytest.raises(NotEnded):
        endings.reopen(village.store, entry, "Грешка")
    with pytest.raises(AlreadyEnded):
        endings.end(village.store, entry, EndingSaid(Ending.WITHDRAWN, reason="Оттегли се"))


def test_a_note_is_added_even_to_an_annulled_entry(town: Town) -> None:
    village = town.village
    entry = village.register().entry
    village.annul(entry)
    endings.note(village.store, entry, "Донесе и нотариален акт")
    with village.store.ledger.reading() as connection:
        last = book.timeline(connection, entry)[-1]
    assert (last.code, last.values["text"]) == (MomentCode.NOTED, "Донесе и нотариален акт")
    with pytest.raises(UnknownEntry):
        endings.note(village.store, village.new_id(), "Няма такова")
