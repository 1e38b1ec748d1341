"""Every flipped bit and every truncation of an envelope is refused at the intake before any effect.

And whoever signs with a genuine key still says nothing that is not theirs to say.

``TEFTER_FLIP_STRIDE=n`` flips only every n-th bit and cuts at every n-th octet; by default all of them.
"""

import functools
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from app import bootstrap
from app.domain import canonical, errors
from app.domain.facts import (
    AccountOpened,
    Body,
    Correspondent,
    EntryAccepted,
    EntryAnnulled,
    EntryDisputed,
    EntryRegistered,
    ReceiptIssued,
    ReceiptLine,
    ReceiptVoided,
    RecoveryUsed,
    StationAdmitted,
    StationEnrolled,
    StationRevoked,
    TillTotals,
)
from app.domain.terms import AccountRole, Channel, CorrespondentKind, DecidedBy, DisputeReason
from app.ledger.tables import acknowledgements, entries
from app.ledger.verify import verify_ledger
from app.services import registration
from sync import batch as batches
from sync import envelope, frame, messages
from sync.central import decisions
from sync.central import stations as enrolled
from sync.ends import End
from sync.exchange import import_from
from sync.frame import HEADER
from sync.intake import take
from sync.outgoing import header_to, seal_waiting
from tests.faults import forging
from tests.town import PASSWORD, TestVillage, Town

STRIDE = int(os.environ.get("TEFTER_FLIP_STRIDE", "1"))
TOGETHER = 1_024
"""So many refused envelopes are looked at together, before their evidence is dropped."""


class Sample(NamedTuple):
    """An envelope and the end it is for."""

    octets: bytes
    end: End[Any]


def _village_batch(town: Town) -> Sample:
    return Sample(forging.first_batch(town.village), town.centre_end())


def _answers(town: Town) -> Sample:
    return Sample(forging.answers_and_letter(town)[0], town.village.end())


def _letter(town: Town) -> Sample:
    return Sample(forging.answers_and_letter(town)[1], town.village.end())


SAMPLES: dict[str, Callable[[Town], Sample]] = {
    "village batch": _village_batch,
    "answers of the centre": _answers,
    "letter of the centre": _letter,
}


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest, town: Town, monkeypatch: pytest.MonkeyPatch) -> Sample:
    """One sample envelope of each type.

    For speed alone the store it comes to does not wait for the disk, and the public half of its one key is kept.
    """
    monkeypatch.setattr(envelope, "public_key", functools.cache(envelope.public_key))
    made = SAMPLES[request.param](town)
    _writer(made.end).execute("PRAGMA synchronous = OFF")
    return made


def _writer(end: End[Any]) -> Any:  # noqa: ANN401 - the driver's own untyped connection
    """Return the one connection through which a store is written."""
    with end.ledger.writing() as writing:
        return writing.connection.connection.driver_connection


# --- every bit, every length ----------------------------------------------------------------------------------------

_REGIONS: tuple[tuple[int, frozenset[str]], ...] = (
    (4, frozenset({"malformed"})),  # magic
    (5, frozenset({"unknown_suite"})),  # protocol
    (6, frozenset({"unknown_suite"})),  # suite
    (7, frozenset({"malformed", "misdirected"})),  # direction
    (8, frozenset({"malformed", "altered"})),  # content
    (16, frozenset({"malformed", "misdirected"})),  # municipality
    (32, frozenset({"unknown_station"})),  # sender
    (48, frozenset({"misdirected"})),  # recipient
    (64, frozenset({"unknown_suite"})),  # recipient key
    (80, frozenset({"altered"})),  # epoch
    (88, frozenset({"altered", "malformed"})),  # number (one beyond 63 bits has no form)
    (HEADER.size, frozenset({"truncated", "malformed"})),  # length
)


def _expected(place: int) -> frozenset[str]:
    """Return the classes that a change of this octet may have."""
    return next((codes for end, codes in _REGIONS if place < end), frozenset({"altered"}))


def _flips(octets: bytes) -> Iterator[tuple[bytes, frozenset[str]]]:
    for bit in range(0, 8 * len(octets), STRIDE):
        place, mask = bit // 8, 1 << bit % 8
        changed = bytearray(octets)
        changed[place] ^= mask
        yield bytes(changed), _expected(place)


def _cuts(octets: bytes) -> Iterator[tuple[bytes, frozenset[str]]]:
    for length in range(0, len(octets), STRIDE):
        yield octets[:length], frozenset({"truncated"})


def _changes(end: End[Any]) -> int:
    """Return how many rows the store's one connection ever touched, taken back or not."""
    return int(_writer(end).total_changes)


def _assert_refused(end: End[Any], altered: Iterator[tuple[bytes, frozenset[str]]]) -> int:
    """Give every altered envelope to the intake; return how many there were.

    Each may touch two rows, its evidence: a row more, even one taken back, would show in the count of changes.
    """
    before, done = forging.contents(end.ledger), 0
    group: list[bytes] = []
    touched = _changes(end)
    for octets, codes in altered:
        taken = take(end, octets, "file")
        assert taken.state == "set_aside", octets.hex()
        assert taken.code in codes, (taken.code, octets.hex())
        group.append(taken.envelope)
        done += 1
        if len(group) == TOGETHER:
            _assert_only_evidence(end, group, touched)
            group, touched = [], _changes(end)
    _assert_only_evidence(end, group, touched)
    assert forging.contents(end.ledger) == before
    return done


def _assert_only_evidence(end: End[Any], group: list[bytes], touched: int) -> None:
    assert _changes(end) - touched == 2 * len(group)
    kept = [one for one in forging.arrivals(end.ledger) if one[1] != "recorded"]
    assert [one[0] for one in kept] == group
    forging.forget_evidence(end.ledger)


def test_every_flipped_bit_is_refused_before_any_effect(sample: Sample) -> None:
    assert _assert_refused(sample.end, _flips(sample.octets)) == -(-8 * len(sample.octets) // STRIDE)
    assert take(sample.end, sample.octets, "file").state == "recorded"
    assert verify_ledger(sample.end.ledger)[0] == []


def test_every_truncation_is_refused_before_any_effect(sample: Sample) -> None:
    assert _assert_refused(sample.end, _cuts(sample.octets)) == -(-len(sample.octets) // STRIDE)
    assert take(sample.end, sample.octets, "file").state == "recorded"
    assert verify_ledger(sample.end.ledger)[0] == []


def test_an_envelope_with_more_octets_behind_it_is_refused(sample: Sample) -> None:
    longer = iter([(sample.octets + b"\0", frozenset({"malformed"})), (sample.octets * 2, frozenset({"malformed"}))])
    assert _assert_refused(sample.end, longer) == 2


def test_an_envelope_above_the_limit_is_refused_and_only_as_much_is_kept_as_is_allowed(sample: Sample) -> None:
    too_long = sample.octets + bytes(frame.MAX_ENVELOPE)
    assert take(sample.end, too_long, "file").code == "envelope_too_large"
    assert len(forging.arrivals(sample.end.ledger)) >= 1
    assert take(sample.end, sample.octets, "file").state == "recorded"


def test_every_class_that_sets_aside_has_a_code_of_its_own() -> None:
    def below(kind: type[errors.SetAside]) -> Iterator[type[errors.SetAside]]:
        yield kind
        for one in kind.__subclasses__():
            yield from below(one)

    codes = [one.code for one in below(errors.SetAside)]
    assert len(set(codes)) == len(codes)
    assert {code for _, region in _REGIONS for code in region} <= set(codes)


# --- what is refused leaves everything as it was -------------------------------------------------------------------


def assert_set_aside(end: End[Any], octets: bytes, code: str) -> None:
    """Give an envelope to the intake: it is set aside with this code, its octets are kept, nothing else changes."""
    before, arrived = forging.contents(end.ledger), forging.arrivals(end.ledger)
    taken = take(end, octets, "relay")
    assert (taken.state, taken.code) == ("set_aside", code)
    assert forging.contents(end.ledger) == before
    assert forging.arrivals(end.ledger) == [*arrived, (taken.envelope, "set_aside", code)]


# --- the same again -------------------------------------------------------------------------------------------------


def _signatures(town: Town) -> list[bytes]:
    with town.centre.ledger.reading() as connection:
        return [bytes(row.signature) for row in connection.execute(acknowledgements.select())]


def test_the_same_envelope_twice_is_recorded_once_and_acknowledged_the_same(town: Town) -> None:
    octets, end = forging.first_batch(town.village), town.centre_end()
    assert take(end, octets, "relay").state == "recorded"
    end.seal_letters()
    before, signed = forging.contents(end.ledger), _signatures(town)
    assert take(end, octets, "file").state == "recorded"
    after = forging.contents(end.ledger)
    assert len(after.pop("replies")) == 1
    assert after == {name: rows for name, rows in before.items() if name != "replies"}
    assert _signatures(town) == signed
    assert len(signed) == 1


def test_a_letter_twice_changes_nothing_more(town: Town) -> None:
    _, letter = forging.answers_and_letter(town)
    end = town.village.end()
    assert take(end, letter, "relay").state == "recorded"
    before = forging.contents(end.ledger)
    assert take(end, letter, "file").state == "recorded"
    assert forging.contents(end.ledger) == before


def test_eight_threads_with_the_same_envelope_record_it_once(town: Town) -> None:
    octets, end = forging.first_batch(town.village), town.centre_end()
    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(lambda _: take(end, octets, "relay"), range(8)))
    assert {one.state for one in taken} == {"recorded"}
    assert len(_signatures(town)) == 1
    with town.centre.ledger.reading() as connection:
        assert decisions.status(connection).entries == 1
    assert [one[1] for one in forging.arrivals(end.ledger)] == ["recorded"]
    assert verify_ledger(end.ledger)[0] == []


def test_eight_threads_with_the_same_answers_apply_them_once(town: Town) -> None:
    answers, _ = forging.answers_and_letter(town)
    end = town.village.end()
    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(lambda _: take(end, answers, "relay"), range(8)))
    assert {one.state for one in taken} == {"recorded"}
    facts = forging.held_facts(end, town.village.store.identity.epoch)
    assert [one.kind for one in facts].count("AnswerApplied") == 1
    assert verify_ledger(end.ledger)[0] == []


def test_an_old_batch_under_a_new_number_is_replayed(town: Town) -> None:
    village = town.village.end()
    first = forging.first_batch(town.village)
    assert town.carry(first, town.centre_end()).state == "recorded"
    facts = forging.held_facts(village, town.village.store.identity.epoch)
    header = batches.check_chain(_opened(town, first)).copy()
    again = forging.cover(village, facts, _opened(town, first).inner.previous, 2)
    assert len(header) == len(facts)
    assert_set_aside(town.centre_end(), again, "replayed")


def _opened(town: Town, octets: bytes) -> messages.Batch:
    end = town.centre_end()
    with end.ledger.reading() as connection:
        message = envelope.open_(octets, end.keyring(connection)).message
    assert isinstance(message, messages.Batch)
    return message


# --- to somebody else -----------------------------------------------------------------------------------------------


@pytest.fixture
def two_villages(tmp_path: Path) -> Iterator[Town]:
    """A municipality with two villages."""
    with Town(tmp_path, villages=2) as made:
        yield made


def test_answers_for_another_village_are_misdirected(two_villages: Town) -> None:
    answers, letter = forging.answers_and_letter(two_villages)
    other = two_villages.villages[1].end()
    assert_set_aside(other, answers, "misdirected")
    assert_set_aside(other, letter, "misdirected")
    assert take(two_villages.village.end(), answers, "relay").state == "recorded"


def test_a_stick_with_envelopes_of_two_villages_gives_each_its_own(two_villages: Town, tmp_path: Path) -> None:
    answers, _ = forging.answers_and_letter(two_villages)
    other = two_villages.villages[1]
    stick = tmp_path / "stick"
    stick.mkdir()
    mark = other.store.identity.station.hex()[:8]
    (stick / f"{mark}-00000000-b00000001-0.tefter").write_bytes(answers)
    assert [one.code for one in import_from(other.end(), other.store.world.disk, stick)] == ["misdirected"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"municipality": "SFO46"}, "misdirected"),
        ({"direction": frame.DOWN}, "misdirected"),
        ({"recipient": bytes(16)}, "misdirected"),
        ({"recipient_key": bytes(16)}, "unknown_suite"),
        ({"suite": 2}, "unknown_suite"),
        ({"sender": bytes(16)}, "unknown_station"),
        ({"epoch": bytes(16)}, "altered"),
        ({"number": 7}, "altered"),
        ({"content": frame.LETTER}, "altered"),
    ],
)
def test_a_changed_header_is_refused_even_under_the_stations_own_signature(
    town: Town, change: dict[str, Any], code: str
) -> None:
    octets = forging.sign_again(forging.first_batch(town.village), town.village.end().own.signing_key, **change)
    assert_set_aside(town.centre_end(), octets, code)


def test_an_envelope_resealed_into_another_stations_stream_is_misdirected(two_villages: Town) -> None:
    village, other = two_villages.village, two_villages.villages[1]
    forging.first_batch(village)
    facts = forging.held_facts(village.end(), village.store.identity.epoch)
    octets = forging.cover(village.end(), facts, bytes(32), 1, epoch=other.store.identity.epoch)
    assert_set_aside(two_villages.centre_end(), octets, "misdirected")


# --- unknown and revoked stations -----------------------------------------------------------------------------------


def test_a_station_that_was_never_admitted_is_unknown(town: Town, tmp_path: Path) -> None:
    stranger = _strange_town(tmp_path / "elsewhere")
    octets = forging.sign_again(forging.first_batch(town.village), stranger, sender=b"\x51" * 16)
    assert_set_aside(town.centre_end(), octets, "unknown_station")


def _strange_town(_folder: Path) -> bytes:
    """Return a signing key that nobody here knows."""
    return bytes(range(32))


def test_a_known_station_under_a_strange_key_is_altered(town: Town) -> None:
    octets = forging.sign_again(forging.first_batch(town.village), bytes(range(32)))
    assert_set_aside(town.centre_end(), octets, "altered")


def test_a_revoked_stations_next_batch_is_refused_and_what_was_recorded_stays(town: Town) -> None:
    end = town.centre_end()
    first = forging.first_batch(town.village)
    assert town.carry(first, end).state == "recorded"
    enrolled.revoke(town.centre, town.village.store.identity.station, "Откраднат компютър")
    assert_set_aside(end, forging.first_batch(town.village), "revoked_station")
    assert take(end, first, "file").state == "recorded"
    with town.centre.ledger.reading() as connection:
        assert decisions.status(connection).entries == 1
    assert verify_ledger(end.ledger)[0] == []


def test_a_revoked_station_cannot_write_further_facts_under_an_old_batch_number(town: Town) -> None:
    """Who holds the stolen keys may choose the number, but the sequence of the facts gives him away."""
    end = town.centre_end()
    assert town.carry(forging.first_batch(town.village), end).state == "recorded"
    enrolled.revoke(town.centre, town.village.store.identity.station, "Откраднат компютър")
    octets = forging.forge(town.village.end(), [RecoveryUsed(1)], number=1)
    assert_set_aside(end, octets, "revoked_station")


# --- two stores under one name --------------------------------------------------------------------------------------


@pytest.fixture
def twins(town: Town, tmp_path: Path) -> Iterator[tuple[TestVillage, TestVillage]]:
    """Two copies of one store, after a first batch that the centre holds."""
    village = town.village
    assert town.carry(forging.first_batch(village), town.centre_end()).state == "recorded"
    village.close()
    copied = tmp_path / "copied"
    shutil.copytree(village.store.folder, copied)
    village.reopen()
    second = TestVillage(town, bootstrap.open_station(copied, PASSWORD, village.store.world), village.number)
    second._made = 1_000
    yield village, second
    second.close()


def test_the_second_of_two_copies_is_set_aside_as_a_fork_and_the_first_stands(
    town: Town, twins: tuple[TestVillage, TestVillage]
) -> None:
    first, second = twins
    told = first.register(subject="В първото копие")
    second.register(subject="Във второто копие")
    one, other = forging.seal(first.end()), forging.seal(second.end())
    end = town.centre_end()
    assert town.carry(one, end).state == "recorded"
    assert_set_aside(end, other, "forked")
    with end.ledger.reading() as connection:
        row = connection.execute(entries.select().where(entries.c.entry == told.entry)).one()
        assert row.subject == "В първото копие"
        assert decisions.status(connection).entries == 2
    assert verify_ledger(end.ledger)[0] == []


def test_a_fork_shows_although_the_copies_cut_their_batches_elsewhere(
    town: Town, twins: tuple[TestVillage, TestVillage]
) -> None:
    first, second = twins
    end = town.centre_end()
    for subject in ("Първо", "Второ"):
        first.register(subject=subject)
        assert town.carry(forging.seal(first.end()), end).state == "recorded"
    for subject in ("Трето", "Четвърто", "Пето"):
        second.register(subject=subject)
    facts = forging.held_facts(second.end(), second.store.identity.epoch)
    head = forging.held_facts(second.end(), second.store.identity.epoch)[-4]
    octets = forging.cover(second.end(), facts[-3:], head.digest, 9)
    assert_set_aside(end, octets, "forked")


def test_a_fork_that_goes_on_after_its_own_history_shows_by_the_digest_before_it(
    town: Town, twins: tuple[TestVillage, TestVillage]
) -> None:
    first, second = twins
    end = town.centre_end()
    first.register(subject="Първо")
    assert town.carry(forging.seal(first.end()), end).state == "recorded"
    second.register(subject="Друго първо")
    forging.seal(second.end())
    second.register(subject="Друго второ")
    assert_set_aside(end, forging.seal(second.end()), "forked")


# --- too early ------------------------------------------------------------------------------------------------------


def test_the_second_batch_waits_visibly_for_the_first_and_then_both_stand(town: Town) -> None:
    end = town.centre_end()
    first, second = forging.first_batch(town.village), forging.first_batch(town.village)
    before = forging.contents(end.ledger)
    taken = take(end, second, "relay")
    assert (taken.state, taken.code) == ("waiting", "gap")
    assert forging.contents(end.ledger) == before
    with end.ledger.reading() as connection:
        assert decisions.set_aside(connection) == [(taken.envelope, "waiting", "gap")]
    assert take(end, first, "relay").state == "recorded"
    with end.ledger.reading() as connection:
        assert decisions.set_aside(connection) == []
        assert decisions.status(connection).entries == 2
    assert len(_signatures(town)) == 2
    assert verify_ledger(end.ledger)[0] == []


def test_a_long_row_of_batches_in_reverse_order_is_recorded_once_the_first_comes(town: Town) -> None:
    end = town.centre_end()
    sealed = [forging.first_batch(town.village) for _ in range(12)]
    assert {take(end, one, "file").state for one in reversed(sealed[1:])} == {"waiting"}
    assert take(end, sealed[0], "file").state == "recorded"
    with end.ledger.reading() as connection:
        assert decisions.status(connection).entries == 12
        assert decisions.set_aside(connection) == []


def test_a_waiting_batch_holds_up_no_other_village(two_villages: Town) -> None:
    end = two_villages.centre_end()
    forging.first_batch(two_villages.village)
    assert take(end, forging.first_batch(two_villages.village), "relay").state == "waiting"
    assert take(end, forging.first_batch(two_villages.villages[1]), "relay").state == "recorded"


# --- genuine keys, foreign records ----------------------------------------------------------------------------------


def _entry(**changes: Any) -> EntryRegistered:  # noqa: ANN401 - any field of an entry
    fields: dict[str, Any] = {
        "entry": b"\x11" * 16,
        "case_file": b"\x11" * 16,
        "register": 17,
        "year": 2026,
        "number": 1,
        "kind": "signal",
        "channel": Channel.BY_HAND,
        "correspondents": (Correspondent(CorrespondentKind.ANONYMOUS, ""),),
        "subject": "Чуждо",
        "service": None,
        "speed": None,
        "sheets": 1,
        "signed": True,
        "result_way": None,
        "sender_number": "",
        "sender_date": None,
        "received": None,
        "due": None,
        "fee": None,
        "findings": (),
    }
    return EntryRegistered(**(fields | changes))


def _receipt(**changes: Any) -> ReceiptIssued:  # noqa: ANN401 - any field of a receipt
    fields: dict[str, Any] = {
        "receipt": b"\x22" * 16,
        "till": 17,
        "year": 2026,
        "number": 1,
        "day": date(2026, 11, 16),
        "payer": Correspondent(CorrespondentKind.PERSON, "Иван Стоянов Абаджиев"),
        "lines": (ReceiptLine(None, None, None, "Такса", 1, 100, 100),),
        "currency": "EUR",
        "cents": 100,
        "given": 100,
        "change": 0,
        "tariff": 1,
        "totals": TillTotals(100, 0, 100),
        "findings": (),
    }
    return ReceiptIssued(**(fields | changes))


def _void(voided: bytes, **changes: Any) -> ReceiptVoided:  # noqa: ANN401 - any field of a storno
    fields: dict[str, Any] = {
        "receipt": b"\x33" * 16,
        "till": 17,
        "year": 2026,
        "number": 2,
        "day": date(2026, 11, 16),
        "voided": voided,
        "cents": 100,
        "currency": "EUR",
        "reason": "Чуждо",
        "totals": TillTotals(100, 100, 0),
    }
    return ReceiptVoided(**(fields | changes))


class Neighbour(NamedTuple):
    """What another village holds at the centre: an entry and its receipt."""

    entry: bytes
    receipt: bytes


FOREIGN: dict[str, Callable[[Neighbour], list[Body]]] = {
    "an entry in another village's register": lambda _: [_entry(register=18)],
    "an entry in a spare register of another village": lambda _: [_entry(register=1018)],
    "a receipt at another village's till": lambda _: [_receipt(till=18)],
    "a storno at another village's till": lambda one: [_void(one.receipt, till=18)],
    "an annulment of another village's entry": lambda one: [EntryAnnulled(one.entry, "Чуждо", None)],
    "an own entry replaced by another village's": lambda one: [
        _entry(),
        EntryAnnulled(b"\x11" * 16, "Чуждо", one.entry),
    ],
    "a receipt for another village's entry": lambda one: [
        _receipt(lines=(ReceiptLine(one.entry, None, None, "Такса", 1, 100, 100),))
    ],
    "a storno of another village's receipt": lambda one: [_void(one.receipt)],
    "an entry under the id of another village's": lambda one: [_entry(entry=one.entry)],
    "a receipt under the id of another village's": lambda one: [_receipt(receipt=one.receipt)],
    "two entries under one id": lambda _: [_entry(), _entry(number=2)],
    "an annulment of an entry that nobody has": lambda _: [EntryAnnulled(b"\x99" * 16, "Няма го", None)],
    "an own fact before a foreign one": lambda one: [_entry(), EntryAnnulled(one.entry, "Чуждо", None)],
}


@pytest.mark.parametrize("what", FOREIGN)
def test_a_village_cannot_reach_for_another_villages_records(two_villages: Town, what: str) -> None:
    village, other = two_villages.villages
    end = two_villages.centre_end()
    done = other.register()
    paid = other.pay(done.entry)
    assert take(end, forging.seal(other.end()), "relay").state == "recorded"
    assert take(end, forging.seal(village.end()), "relay").state == "recorded"
    bodies = FOREIGN[what](Neighbour(done.entry, paid.receipt))
    assert_set_aside(end, forging.forge(village.end(), bodies), "bad_content")
    village.register()
    assert take(end, forging.seal(village.end()), "relay").state == "recorded"


def _enrolled_again(village: TestVillage, **changes: Any) -> StationEnrolled:  # noqa: ANN401 - any field of it
    facts = forging.held_facts(village.end(), village.store.identity.epoch)
    first = canonical.decode(facts[0].canonical).body
    assert isinstance(first, StationEnrolled)
    return msgspec.structs.replace(first, **changes)


def test_a_station_is_enrolled_once(town: Town) -> None:
    end = town.centre_end()
    assert take(end, forging.first_batch(town.village), "relay").state == "recorded"
    octets = forging.forge(town.village.end(), [_enrolled_again(town.village)])
    assert_set_aside(end, octets, "bad_content")


@pytest.mark.parametrize("change", ["registers", "tills", "enrolment", "station"])
def test_a_first_fact_that_claims_more_than_was_granted_is_refused(town: Town, change: str) -> None:
    village, end = town.village, town.centre_end()
    wrong: dict[str, Any] = {"registers": (), "tills": (), "enrolment": bytes(32), "station": bytes(16)}
    first = _enrolled_again(village, **{change: wrong[change]})
    fact = canonical.decode(forging.held_facts(village.end(), village.store.identity.epoch)[0].canonical)
    octets = canonical.encode(msgspec.structs.replace(fact, body=first))
    me = village.store.identity
    genesis = canonical.genesis(me.station, me.epoch, me.enrolment_digest)
    one = batches.Recorded(1, octets, canonical.digest(genesis, octets), "StationEnrolled")
    assert_set_aside(end, forging.cover(village.end(), [one], genesis, 1), "bad_content")
    assert take(end, forging.first_batch(village), "relay").state == "recorded"


CENTRAL: dict[str, Callable[[TestVillage, bytes], Body]] = {
    "acceptance": lambda _, entry: EntryAccepted(entry, "1", DecidedBy.PERSON),
    "dispute": lambda _, entry: EntryDisputed(entry, DisputeReason.OTHER, ""),
    "revocation": lambda village, _: StationRevoked(village.store.identity.station, 9, 99, "Само"),
    "admission": lambda village, _: StationAdmitted(
        village.store.identity.station, "Аз", bytes(16), bytes(32), bytes(32), bytes(32), (), ()
    ),
}


@pytest.mark.parametrize("what", CENTRAL)
def test_a_village_does_not_write_what_only_the_town_writes(town: Town, what: str) -> None:
    village, end = town.village, town.centre_end()
    done = village.register()
    assert take(end, forging.seal(village.end()), "relay").state == "recorded"
    octets = forging.forge(village.end(), [CENTRAL[what](village, done.entry)])
    assert_set_aside(end, octets, "bad_content")


@pytest.mark.parametrize(
    "body",
    [_entry(), _receipt(), AccountOpened(2, "Кмет", AccountRole.MAYOR), RecoveryUsed(1)],
    ids=lambda b: type(b).__name__,
)
def test_the_town_does_not_write_what_only_a_village_writes(town: Town, body: Body) -> None:
    answers, _ = forging.answers_and_letter(town)
    end = town.village.end()
    assert take(end, answers, "relay").state == "recorded"
    assert_set_aside(end, forging.forge(town.centre_end(), [body]), "bad_content")


def test_a_station_writes_no_letters(town: Town) -> None:
    village, end = town.village.end(), town.centre_end()
    outlet = forging.outlet_of(village)
    header = header_to(village.own, outlet, frame.LETTER, outlet.stream, 1)
    packed = batches.pack_bound(messages.Letter(bytes(32), 0, ()), header)
    octets = envelope.seal(header, packed, outlet.recipient_key, village.own.signing_key)
    assert_set_aside(end, octets, "bad_content")


def test_an_acknowledgement_that_the_centre_did_not_sign_is_refused(town: Town) -> None:
    """A letter is sealed by the centre, but each acknowledgement carries a signature of its own."""
    centre, end = town.centre_end(), town.village.end()
    outlet = forging.outlet_of(centre)
    header = header_to(centre.own, outlet, frame.LETTER, outlet.stream, 1)
    false = messages.Acknowledgement("received", town.village.store.identity.epoch, 1, 2, bytes(32), bytes(64))  # type: ignore[arg-type]
    packed = batches.pack_bound(messages.Letter(bytes(32), 0, (false,)), header)
    octets = envelope.seal(header, packed, outlet.recipient_key, centre.own.signing_key)
    assert_set_aside(end, octets, "bad_content")


def test_a_chain_that_was_bent_is_refused(town: Town) -> None:
    """The facts are sound and signed, but the last digest stated is not theirs."""
    village, end = town.village, town.centre_end()
    forging.first_batch(village)
    facts = forging.held_facts(village.end(), village.store.identity.epoch)
    me = village.store.identity
    genesis = canonical.genesis(me.station, me.epoch, me.enrolment_digest)
    bent = [*facts[:-1], facts[-1]._replace(digest=bytes(32))]
    assert_set_aside(end, forging.cover(village.end(), bent, genesis, 1), "wrong_chain")


def test_a_first_batch_that_starts_from_another_genesis_is_refused(town: Town) -> None:
    village, end = town.village, town.centre_end()
    forging.first_batch(village)
    facts = forging.held_facts(village.end(), village.store.identity.epoch)
    before, forged = bytes(32), []
    for one in facts:
        before = canonical.digest(before, one.canonical)
        forged.append(one._replace(digest=before))
    assert_set_aside(end, forging.cover(village.end(), forged, bytes(32), 1), "wrong_chain")


def test_a_filing_pressed_twice_leaves_no_second_entry_in_a_batch(town: Town) -> None:
    village = town.village
    filing = village.filing()
    registration.register(village.store, town.lists, filing)
    registration.register(village.store, town.lists, filing)
    assert seal_waiting(village.end()) == 1
    batch = _opened(town, forging.sealed(village.store.ledger)[0])
    assert batch.inner.totals.entries == 1
