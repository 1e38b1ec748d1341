"""What a station may say: only of itself. Batches signed with a stolen key are set aside whole, before any effect."""

import hashlib
from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa

from app.domain.cash import MOST_CENTS
from app.domain.errors import BadAmount
from app.domain.facts import (
    AttachmentAdded,
    Body,
    DayClosed,
    DayOpened,
    DefectsNoticed,
    DefectsRepaired,
    DeliveryNoted,
    DisputeAnswered,
    Due,
    EntryAccepted,
    EntryAnnulled,
    EntryCorrected,
    EntryDisputed,
    EntryEnded,
    Fee,
    NoteAdded,
    ParticularsNoted,
    ReceiptLine,
    ReceiptVoided,
    RegisterGrant,
    ResultAnnulled,
    ResultIssued,
    StationAdmitted,
    StationEnrolled,
    StationIntroduced,
    StationRevoked,
    TermExtended,
    TillTotals,
)
from app.domain.terms import (
    AttachmentSource,
    BatchState,
    DecidedBy,
    DeliveryState,
    DeliveryWay,
    DisputeReason,
    Ending,
    Outcome,
)
from app.ledger.tables import outbox
from app.ledger.verify import verify_ledger
from sync.central import decisions
from sync.central.waiting import Line, waiting_lines
from sync.messages import PeerHead, Totals
from sync.transport.relay import Participant
from tests.central.forger import Forger, entry, new_id, receipt
from tests.town import TestVillage, Town

DAY = date(2026, 11, 16)
TOTALS = TillTotals(0, 0, 0)


def _held(town: Town) -> str:
    """Return a digest of the centre's whole journal."""
    with town.centre.ledger.reading() as connection:
        rows = connection.execute(sa.text("SELECT digest FROM journal ORDER BY position")).all()
    return hashlib.sha256(b"".join(bytes(row[0]) for row in rows)).hexdigest()


def _close(till: int) -> DayClosed:
    return DayClosed(till, DAY, "EUR", 0, 0, 0, 0, 0, 0, 0, (), 0, "", 0, 0, bytes(32), TOTALS)


def _voided(village: TestVillage, what: bytes, till: int | None = None) -> ReceiptVoided:
    return ReceiptVoided(
        new_id("сторно"), till or village.number, 2026, 2, DAY, what, 500, "EUR", "Погрешна услуга", TOTALS
    )


def _issued(of: bytes, register: int = 17) -> ResultIssued:
    said = (Outcome.DOCUMENT, "Удостоверение", "", 1, 1)
    return ResultIssued(new_id("резултат"), of, register, 2026, 1, "", *said)


def _attached(of: bytes) -> AttachmentAdded:
    told = ("скица.pdf", "application/pdf", 3, 1, AttachmentSource.SCAN)
    return AttachmentAdded(of, new_id("скица"), bytes(32), *told)


def _corrected(what: bytes, cents: int = 0) -> EntryCorrected:
    other = entry(17, 1, "поправено")
    content = {name: getattr(other, name) for name in EntryCorrected.__struct_fields__ if hasattr(other, name)}
    return EntryCorrected(**content | {"entry": what, "reason": "Грешка", "fee": Fee(cents, "EUR", 1, "")})


def _of_the_centre(village: TestVillage) -> list[Body]:
    me = village.store.identity
    return [
        EntryAccepted(new_id("x"), "94-000001/16.11.2026", DecidedBy.PERSON),
        EntryDisputed(new_id("x"), DisputeReason.OTHER, ""),
        StationRevoked(me.station, 1, 1, ""),
        StationAdmitted(me.station, "", me.epoch, bytes(32), bytes(32), bytes(1_216), (), ()),
        StationIntroduced(new_id("x"), "", bytes(32), ()),
    ]


@pytest.mark.parametrize("which", range(5))
def test_a_village_cannot_write_what_only_the_centre_writes(town: Town, forger: Forger, which: int) -> None:
    before = _held(town)
    taken = forger.give(_of_the_centre(town.village)[which])
    assert (taken.state, taken.code) == ("set_aside", "bad_content")
    assert _held(town) == before


MADE_UP: dict[str, Callable[[TestVillage], list[Body]]] = {
    "an entry in a register that is not its own": lambda _: [entry(18, 1, "чужд регистър")],
    "a day opened in a till that is not its own": lambda _: [DayOpened(18, DAY, 0, "EUR")],
    "a receipt of a till that is not its own": lambda one: [_in_till(one, 18)],
    "a storno in a till that is not its own": lambda one: [
        receipt(one, 1, "първа"),
        _voided(one, new_id("първа"), 18),
    ],
    "a close of a till that is not its own": lambda _: [_close(18)],
    "a close of a day that was never opened": lambda _: [_close(17)],
    "an entry whose id was used before": lambda _: [entry(17, 2, "същото"), entry(17, 3, "същото")],
    "a receipt whose id was used before": lambda one: [receipt(one, 1, "същата"), receipt(one, 2, "същата")],
    "an annulment of an entry that is not there": lambda _: [EntryAnnulled(new_id("няма"), "Грешка", None)],
    "a replacement that is not there": lambda _: [
        entry(17, 2, "второ"),
        EntryAnnulled(new_id("второ"), "Грешка", new_id("няма")),
    ],
    "a correction of an entry that is not there": lambda _: [_corrected(new_id("няма"))],
    "a correction to a fee that no sum can hold": lambda _: [
        entry(17, 2, "второ"),
        _corrected(new_id("второ"), MOST_CENTS + 1),
    ],
    "an explanation of an entry that is not there": lambda _: [DisputeAnswered(new_id("няма"), "Платено е")],
    "an extension of an entry that is not there": lambda _: [
        TermExtended(new_id("няма"), "other_body", Due(DAY, "АПК чл.57(7)", 1), "Иска се съгласие", None)
    ],
    "defects of an entry that is not there": lambda _: [DefectsNoticed(new_id("няма"), ("подпис",), None, None)],
    "a repair of an entry that is not there": lambda _: [DefectsRepaired(new_id("няма"), DAY, None)],
    "a result of a register that is not its own": lambda _: [entry(17, 2, "второ"), _issued(new_id("второ"), 18)],
    "a result of an entry that is not there": lambda _: [_issued(new_id("няма"))],
    "a result whose id was used before": lambda _: [
        entry(17, 2, "второ"),
        _issued(new_id("второ")),
        _issued(new_id("второ")),
    ],
    "a delivery of a result that is not there": lambda _: [
        entry(17, 2, "второ"),
        DeliveryNoted(new_id("няма"), new_id("второ"), DeliveryState.SENT, DeliveryWay.POST, DAY, "Иван", "", "", ""),
    ],
    "an annulment of a result that is not there": lambda _: [
        entry(17, 2, "второ"),
        ResultAnnulled(new_id("няма"), new_id("второ"), "Грешка", None),
    ],
    "an ending of an entry that is not there": lambda _: [
        EntryEnded(new_id("няма"), Ending.WITHDRAWN, "", with_envelope=False, told_on=None, reason="Оттегли се")
    ],
    "a note on an entry that is not there": lambda _: [NoteAdded(new_id("няма"), "Донесе скица")],
    "particulars of an entry that is not there": lambda _: [
        ParticularsNoted(new_id("няма"), before_closing=False, values=(), papers=())
    ],
    "an attachment of an entry that is not there": lambda _: [_attached(new_id("няма"))],
    "an attachment whose id was used before": lambda _: [
        entry(17, 2, "второ"),
        _attached(new_id("второ")),
        _attached(new_id("второ")),
    ],
    "a receipt that pays for an entry that is not there": lambda one: [receipt(one, 1, "първа", pays=new_id("няма"))],
    "a storno of a receipt that is not there": lambda one: [_voided(one, new_id("няма"))],
    "a second enrolment": lambda one: [_enrolled(one, one.store.identity.enrolment_digest)],
    "an enrolment with another register": lambda one: [_enrolled(one, bytes(32))],
    "a day opened twice": lambda _: [DayOpened(17, DAY, 0, "EUR"), DayOpened(17, DAY, 0, "EUR")],
    "a number that no database counts": lambda _: [entry(17, 2**64 - 1, "безкрай")],
    "an amount that no total holds": lambda one: [receipt(one, 1, "много", 2**63)],
    "a good entry beside a bad one": lambda _: [entry(17, 2, "добро"), entry(18, 1, "чуждо")],
}


def _in_till(village: TestVillage, till: int) -> Body:
    other = receipt(village, 1, "първа")
    return type(other)(**({name: getattr(other, name) for name in other.__struct_fields__} | {"till": till}))


def _enrolled(village: TestVillage, enrolment: bytes) -> StationEnrolled:
    me = village.store.identity
    registers = (RegisterGrant(18, (), "BLG49-12", "Микрево"),)
    return StationEnrolled(me.municipality, me.station, me.name, enrolment, registers, (), me.answers, 1)


@pytest.mark.parametrize("made_up", MADE_UP.values(), ids=MADE_UP.keys())
def test_what_a_station_may_not_say_is_set_aside_whole(
    town: Town, forger: Forger, made_up: Callable[[TestVillage], list[Body]]
) -> None:
    before = _held(town)
    taken = forger.give(*made_up(town.village))
    assert (taken.state, taken.code) == ("set_aside", "bad_content")
    assert _held(town) == before
    assert verify_ledger(town.centre.ledger)[0] == []


def test_an_id_of_an_earlier_batch_cannot_be_used_again(forger: Forger) -> None:
    assert forger.give(entry(17, 2, "второ")).code is None
    assert forger.give(entry(17, 3, "второ")).code == "bad_content"


@pytest.mark.parametrize("cents", [-1, MOST_CENTS + 1, 2**62])
def test_an_amount_that_no_sum_can_hold_is_set_aside_although_the_totals_hide_it(
    town: Town, forger: Forger, cents: int
) -> None:
    """Two receipts of 2^62 cents made every sum of the centre overflow: no list, no decision, for any village."""
    lied = Totals(0, 1, 0, 0)
    assert forger.give(entry(17, 2, "второ")).code is None
    paid = receipt(town.village, 1, "първа", cents, pays=new_id("второ"))
    assert forger.give(paid, totals=lied).code == "bad_content"
    decisions.accept(town.centre, town.docflow, new_id("второ"), 1)


def test_the_desk_takes_no_amount_that_the_centre_would_not(town: Town) -> None:
    line = ReceiptLine(None, None, None, "Такса", 1, MOST_CENTS, MOST_CENTS)
    town.village.receive((line,), MOST_CENTS)
    with pytest.raises(BadAmount):
        town.village.receive((line, line), 2 * MOST_CENTS)
    town.village.exchange()
    assert [one.code for one in town.centre_exchange().taken] == [None]


def test_the_own_records_may_be_named(town: Town, forger: Forger) -> None:
    assert forger.give(entry(17, 2, "второ"), receipt(town.village, 1, "първа", pays=new_id("второ"))).code is None
    annulled = EntryAnnulled(new_id("второ"), "Грешка", None)
    corrected, answered = _corrected(new_id("второ")), DisputeAnswered(new_id("второ"), "Платено е")
    assert forger.give(corrected, answered, annulled, _voided(town.village, new_id("първа"))).code is None


def test_a_correction_sent_after_an_annulment_does_not_put_the_entry_in_force(town: Town, forger: Forger) -> None:
    annulled = EntryAnnulled(new_id("второ"), "Грешка", None)
    assert forger.give(entry(17, 2, "второ"), annulled, _corrected(new_id("второ"))).code is None
    with town.centre.ledger.reading() as connection:
        standings = connection.exec_driver_sql("SELECT standing FROM entries WHERE number = 2").scalars().all()
    assert standings == ["annulled"]


def test_the_records_of_another_village_cannot_be_touched(neighbours: Town) -> None:
    mikrevo, ilindentsi = neighbours.villages
    theirs = ilindentsi.register()
    paid = ilindentsi.pay(theirs.entry)
    ilindentsi.exchange()
    mikrevo.register()
    for body in (
        EntryAnnulled(theirs.entry, "Грешка", None),
        _corrected(theirs.entry),
        DisputeAnswered(theirs.entry, "Платено е"),
        _voided(mikrevo, paid.receipt),
        receipt(mikrevo, 1, "чужда такса", pays=theirs.entry),
        entry(18, 2, "в чужд регистър"),
    ):
        assert Forger(mikrevo).give(body).code == "bad_content"
    with neighbours.centre.ledger.reading() as connection:
        assert decisions.status(connection).entries == 2
    assert neighbours.accept_clean() == 1


def test_a_village_that_sends_poison_holds_up_no_other(neighbours: Town) -> None:
    """A batch that the tables cannot hold ended the round, for every village, at every exchange."""
    mikrevo, ilindentsi = neighbours.villages
    mikrevo.register()
    forger = Forger(mikrevo)
    poison = forger.batch(DayOpened(17, DAY, 0, "EUR"), DayOpened(17, DAY, 0, "EUR"))
    neighbours.link(_participant(mikrevo)).exchange([poison], [])
    done = ilindentsi.register()
    ilindentsi.pay(done.entry)
    ilindentsi.exchange()
    taken = neighbours.centre_exchange().taken
    assert [one.code for one in taken] == ["bad_content", None]
    assert neighbours.accept_clean() == 1
    assert neighbours.centre_exchange().taken == []


def _participant(village: TestVillage) -> Participant:
    me = village.store.identity
    return Participant(me.municipality, me.station, me.signing_key)


def test_a_village_cannot_say_that_another_has_its_answers(neighbours: Town) -> None:
    """It could name any stream's head, and the centre would have sent that village nothing more."""
    mikrevo, ilindentsi = neighbours.villages
    for village in (mikrevo, ilindentsi):
        village.register()
    forger = Forger(mikrevo)
    ilindentsi.exchange()
    neighbours.centre_exchange()
    entries = [line.row.entry for line in _lines(neighbours)]
    for one in entries:
        decisions.accept(neighbours.centre, neighbours.docflow, one, 1)
    neighbours.centre_exchange()
    answers = ilindentsi.store.identity.answers
    with neighbours.centre.act() as act:
        head = act.writing.head(answers)
    assert head is not None
    assert forger.give(entry(17, 2, "второ"), heads=(PeerHead(answers, head.sequence, head.digest),)).code is None
    with neighbours.centre.ledger.reading() as connection:
        states = connection.execute(sa.select(outbox.c.state).where(outbox.c.stream == answers)).scalars().all()
    assert set(states) == {BatchState.HELD}


def test_a_head_that_is_not_the_centres_own_counts_for_nothing(town: Town, forger: Forger) -> None:
    [line] = _lines(town)
    decisions.accept(town.centre, town.docflow, line.row.entry, 1)
    town.centre_exchange()
    answers = town.village.store.identity.answers
    assert forger.give(entry(17, 2, "второ"), heads=(PeerHead(answers, 2, bytes(32)),)).code is None
    with town.centre.ledger.reading() as connection:
        states = connection.execute(sa.select(outbox.c.state).where(outbox.c.stream == answers)).scalars().all()
    assert BatchState.RECEIVED not in states


def _lines(town: Town) -> list[Line]:
    with town.centre.ledger.reading() as connection:
        return list(waiting_lines(connection))
