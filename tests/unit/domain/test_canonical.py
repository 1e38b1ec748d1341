"""A fact has exactly one spelling: golden bytes and digests, and everything else refused in one of two ways."""

import hashlib
import json
import struct
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain import canonical, facts
from app.domain.errors import BadContent, RuleViolation, UnknownFact
from app.domain.facts import Fact
from tests.unit.domain import samples

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "facts.json").read_text(encoding="utf-8"))
GOLDEN = [bytes.fromhex(row["canonical"]) for row in VECTORS["facts"]]
DIGESTS = [bytes.fromhex(row["digest"]) for row in VECTORS["facts"]]
NUMBERED = list(enumerate(samples.FACTS))
ANNULMENT = next(fact for fact in samples.FACTS if fact.kind == "EntryAnnulled")
PLAIN = canonical.encode(ANNULMENT)


def refused(octets: bytes) -> bool:
    """Return whether bytes are refused in one of the two ways; any other error fails the test."""
    try:
        canonical.decode(octets)
    except (BadContent, UnknownFact):
        return True
    return False


# --- golden ------------------------------------------------------------------------------------------------------


def test_the_golden_facts_cover_every_kind_and_version() -> None:
    stored = {(row["kind"], row["version"]) for row in VECTORS["facts"]}
    assert stored == set(facts.BODIES)
    assert {(fact.kind, fact.version) for fact in samples.FACTS} == set(facts.BODIES)


def test_the_catalogue_divides_kinds_between_village_and_centre() -> None:
    kinds = {kind for kind, _ in facts.BODIES}
    assert kinds >= facts.CENTRE_KINDS
    assert kinds - facts.CENTRE_KINDS >= facts.BOOKKEEPING
    assert all(body.__name__ == kind and body.version == version for (kind, version), body in facts.BODIES.items())


def test_the_golden_genesis_is_recomputed() -> None:
    station, epoch, enrolment = (bytes.fromhex(VECTORS[name]) for name in ("station", "epoch", "enrolment"))
    assert canonical.genesis(station, epoch, enrolment).hex() == VECTORS["genesis"]
    plain = hashlib.sha256(b"tefter/genesis/1" + station + epoch + enrolment).hexdigest()
    assert plain == VECTORS["genesis"]


@pytest.mark.parametrize(("place", "fact"), NUMBERED, ids=[f"{n + 1}-{fact.kind}" for n, fact in NUMBERED])
def test_the_literal_fact_still_has_its_golden_bytes_and_digest(place: int, fact: Fact) -> None:
    assert canonical.encode(fact) == GOLDEN[place]
    previous = DIGESTS[place - 1] if place else bytes.fromhex(VECTORS["genesis"])
    assert canonical.digest(previous, GOLDEN[place]) == DIGESTS[place]
    assert hashlib.sha256(b"tefter/fact/1" + previous + GOLDEN[place]).digest() == DIGESTS[place]


@pytest.mark.parametrize(("place", "fact"), NUMBERED, ids=[f"{n + 1}-{fact.kind}" for n, fact in NUMBERED])
def test_the_golden_bytes_still_read_as_the_literal_fact(place: int, fact: Fact) -> None:
    read = canonical.decode(GOLDEN[place])
    assert type(read.body) is type(fact.body)
    assert msgspec.structs.astuple(read) == msgspec.structs.astuple(fact)


def test_golden_bytes_are_an_array_of_nine_that_any_messagepack_reader_understands() -> None:
    for octets, fact in zip(GOLDEN, samples.FACTS, strict=True):
        plain = msgspec.msgpack.decode(octets)
        assert plain[:3] == [fact.sequence, fact.kind, fact.version]
        assert plain[3:8] == [fact.recorded_at, "2026-11-20", fact.clock_doubt, 1, fact.salt]
        assert isinstance(plain[8], list)


def test_personal_facts_carry_their_salt_and_the_others_none() -> None:
    for fact in samples.FACTS:
        assert len(fact.salt) == (16 if fact.body.personal else 0)


# --- refused -----------------------------------------------------------------------------------------------------


def plainly(octets: bytes) -> list[Any]:
    """Return a fact as bare MessagePack values, to be written back in some other way."""
    values = msgspec.msgpack.decode(octets)
    assert isinstance(values, list)
    return values


def respelled(place: int, value: Any) -> bytes:  # noqa: ANN401 - any value at all
    """Return the annulment with one part of the head replaced."""
    values = plainly(PLAIN)
    values[place] = value
    return msgspec.msgpack.encode(values)


def test_the_respelling_helper_gives_the_fact_back_where_nothing_changes() -> None:
    assert respelled(0, ANNULMENT.sequence) == PLAIN
    assert canonical.decode(respelled(0, 77)).sequence == 77


SEQUENCE = bytes([ANNULMENT.sequence])
assert PLAIN[1:2] == SEQUENCE


@pytest.mark.parametrize(
    "longer",
    [
        b"\xcc" + SEQUENCE,
        b"\xcd" + struct.pack(">H", ANNULMENT.sequence),
        b"\xce" + struct.pack(">I", ANNULMENT.sequence),
        b"\xcf" + struct.pack(">Q", ANNULMENT.sequence),
        b"\xd0" + SEQUENCE,
        b"\xd1" + struct.pack(">h", ANNULMENT.sequence),
        b"\xd2" + struct.pack(">i", ANNULMENT.sequence),
        b"\xd3" + struct.pack(">q", ANNULMENT.sequence),
        b"\xca" + struct.pack(">f", ANNULMENT.sequence),
        b"\xcb" + struct.pack(">d", ANNULMENT.sequence),
        b"\xcb" + struct.pack(">d", float("nan")),
        b"\xcb" + struct.pack(">d", float("inf")),
    ],
)
def test_a_whole_number_in_any_longer_or_broken_spelling_is_refused(longer: bytes) -> None:
    with pytest.raises(BadContent):
        canonical.decode(PLAIN[:1] + longer + PLAIN[2:])


@pytest.mark.parametrize("header", [b"\xdc\x00\x09", b"\xdd\x00\x00\x00\x09"])
def test_a_longer_header_of_the_array_is_refused(header: bytes) -> None:
    with pytest.raises(BadContent):
        canonical.decode(header + PLAIN[1:])


def test_longer_headers_of_text_and_octets_are_refused() -> None:
    kind = bytes([0xA0 | len("EntryAnnulled")]) + b"EntryAnnulled"
    assert kind in PLAIN
    with pytest.raises(BadContent):
        canonical.decode(PLAIN.replace(kind, b"\xd9" + bytes([13]) + b"EntryAnnulled"))
    salt = b"\xc4\x10" + ANNULMENT.salt
    assert salt in PLAIN
    with pytest.raises(BadContent):
        canonical.decode(PLAIN.replace(salt, b"\xc5\x00\x10" + ANNULMENT.salt))
    with pytest.raises(BadContent):
        canonical.decode(PLAIN.replace(salt, b"\xb0" + ANNULMENT.salt))


def test_a_map_with_the_names_of_the_fields_is_refused() -> None:
    values = dict(zip(Fact.__struct_fields__, plainly(PLAIN), strict=True))
    with pytest.raises(BadContent):
        canonical.decode(msgspec.msgpack.encode(values))
    body = dict(zip(("entry", "reason", "replaced_by"), plainly(PLAIN)[8], strict=True))
    with pytest.raises(BadContent):
        canonical.decode(respelled(8, body))


@pytest.mark.parametrize("trailing", [b"\x00", b"\xc0", PLAIN, b"\x00" * 1_000])
def test_trailing_octets_are_refused(trailing: bytes) -> None:
    with pytest.raises(BadContent):
        canonical.decode(PLAIN + trailing)


def test_a_part_too_many_or_too_few_is_refused() -> None:
    values = plainly(PLAIN)
    for odd in ([*values, None], values[:-1], [], [*values[:8], [*values[8], None]], [*values[:8], values[8][:-1]]):
        with pytest.raises(BadContent):
            canonical.decode(msgspec.msgpack.encode(odd))


def test_a_default_left_out_is_refused_although_it_means_the_same() -> None:
    fact = next(one for one in samples.FACTS if one.kind == "EntryRegistered")
    values = plainly(canonical.encode(fact))
    last = values[8][-1][-1]
    assert last == ["clock_doubt", ""]
    last.pop()
    with pytest.raises(BadContent):
        canonical.decode(msgspec.msgpack.encode(values))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (0, "1"),
        (0, None),
        (0, 1.0),
        (0, float("nan")),
        (0, True),
        (2, "1"),
        (3, 1.5),
        (4, "20.11.2026"),
        (4, "2026-02-30"),
        (4, "2026-11-20T00:00:00"),
        (4, 20261120),
        (4, None),
        (5, 0),
        (5, 1),
        (5, None),
        (6, "1"),
        (7, "salt"),
        (7, None),
        (8, None),
        (8, []),
        (8, ["x" * 16, "причина", None]),
        (8, [b"\xe2" * 16, b"octets", None]),
        (8, [b"\xe2" * 16, 5, None]),
        (8, [b"\xe2" * 16, "причина", False]),
        (8, {"entry": 1}),
    ],
)
def test_a_part_of_another_type_is_refused(place: int, value: object) -> None:
    with pytest.raises(BadContent):
        canonical.decode(respelled(place, value))


@pytest.mark.parametrize(
    ("kind", "version"),
    [("EntryAnnulled", 2), ("EntryAnnulled", 0), ("EntryAnnulled", -1), ("Fact", 1), ("", 1), ("entryannulled", 1)],
)
def test_a_kind_or_version_of_a_newer_program_says_so(kind: str, version: int) -> None:
    values = plainly(PLAIN)
    values[1], values[2] = kind, version
    with pytest.raises(UnknownFact) as caught:
        canonical.decode(msgspec.msgpack.encode(values))
    assert caught.value.facts == {"kind": kind, "version": version}


def test_a_known_kind_with_the_body_of_another_is_refused() -> None:
    with pytest.raises(BadContent):
        canonical.decode(respelled(1, "DayOpened"))


def test_an_endless_name_of_a_kind_is_cut_in_the_error() -> None:
    with pytest.raises(UnknownFact) as caught:
        canonical.decode(respelled(1, "x" * 100_000))
    assert caught.value.facts["kind"] == "x" * 40


@pytest.mark.parametrize("member", ["", "paper", "BY_HAND", "by_hand "])
def test_a_code_that_is_not_in_its_closed_list_is_refused(member: str) -> None:
    fact = next(one for one in samples.FACTS if one.kind == "EntryRegistered")
    values = plainly(canonical.encode(fact))
    assert values[8][6] == "by_hand"
    values[8][6] = member
    with pytest.raises(BadContent):
        canonical.decode(msgspec.msgpack.encode(values))


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"\x99",
        b"\xc1",
        b"\x91" * 100_000,
        PLAIN[:-1] + b"\x91" * 100_000 + b"\xc0",
        PLAIN[:-1] + b"\x81\xc0" * 100_000,
        b"\xdd\xff\xff\xff\xff" + PLAIN[1:],
        PLAIN[:1] + b"\xcf\xff\xff\xff\xff\xff\xff\xff\xff" + PLAIN[2:-1] + b"\xd4\x05\x00",
        b"\xc6\xff\xff\xff\xff",
        b"\xdb\xff\xff\xff\xff",
    ],
    ids=["empty", "only a header", "no code", "deep", "deep body", "deep maps", "huge array", "ext", "bin", "str"],
)
def test_nothing_that_a_stranger_writes_breaks_the_reader(octets: bytes) -> None:
    with pytest.raises(BadContent):
        canonical.decode(octets)


@pytest.mark.parametrize("text", [b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xd0"])
def test_text_that_is_no_utf_8_is_refused(text: bytes) -> None:
    reason = "причина".encode()
    octets = canonical.encode(_annulled("причина"))
    assert reason in octets
    with pytest.raises(BadContent):
        canonical.decode(octets.replace(reason, text + b"a" * (len(reason) - len(text))))


def _annulled(reason: str) -> Fact:
    body = facts.EntryAnnulled(samples.ENTRY, reason, None)
    return Fact(
        1, "EntryAnnulled", 1, samples.MORNING, samples.DAY, clock_doubt=False, actor=1, salt=samples.salt(1), body=body
    )


@given(octets=st.binary(max_size=200))
def test_random_octets_are_refused_in_one_of_the_two_ways(octets: bytes) -> None:
    assert refused(octets)


@given(
    reason=st.text(max_size=60),
    sequence=st.integers(-(2**63), 2**64 - 1),
    actor=st.integers(-(2**63), 2**64 - 1),
    at=st.integers(0, 2**40),
    doubt=st.booleans(),
)
def test_what_is_written_is_read_again_and_written_the_same(
    *, reason: str, sequence: int, actor: int, at: int, doubt: bool
) -> None:
    body = facts.EntryAnnulled(samples.ENTRY, reason, None)
    fact = Fact(sequence, "EntryAnnulled", 1, at, samples.DAY, doubt, actor, b"", body)
    octets = canonical.encode(fact)
    read = canonical.decode(octets)
    assert msgspec.structs.astuple(read) == msgspec.structs.astuple(fact)
    assert canonical.encode(read) == octets


# --- what may be written ---------------------------------------------------------------------------------------------


def test_a_new_fact_is_composed_in_its_canonical_bytes() -> None:
    for fact, octets in zip(samples.FACTS, GOLDEN, strict=True):
        assert canonical.compose(fact) == octets


@pytest.mark.parametrize("reason", ["я" * 40_000, "x" * 60_001, "половин \ud83d знак"], ids=["long", "longer", "half"])
def test_a_text_that_no_envelope_carries_is_refused_before_it_is_recorded(reason: str) -> None:
    with pytest.raises(RuleViolation):
        canonical.compose(_annulled(reason))


def test_a_number_beyond_64_bits_is_refused_before_it_is_recorded() -> None:
    body = facts.RecoveryUsed(2**64)
    with pytest.raises(RuleViolation):
        canonical.compose(Fact(1, "RecoveryUsed", 1, 0, samples.DAY, clock_doubt=False, actor=1, salt=b"", body=body))


def test_the_longest_fact_that_may_be_written_is_written() -> None:
    bare = len(canonical.compose(_annulled("")))
    longest = canonical.compose(_annulled("x" * (canonical.MOST_OCTETS - bare - 2)))
    assert len(longest) == canonical.MOST_OCTETS
    with pytest.raises(RuleViolation):
        canonical.compose(_annulled("x" * (canonical.MOST_OCTETS - bare - 1)))


# --- any change shows ----------------------------------------------------------------------------------------------


@given(place=st.integers(0, len(GOLDEN) - 1), data=st.data(), new=st.integers(0, 255))
@example(place=0, data=None, new=0xDD)
def test_any_changed_octet_is_refused_or_another_fact_with_another_digest(
    place: int, data: st.DataObject | None, new: int
) -> None:
    octets = GOLDEN[place]
    positions = range(len(octets)) if data is None else [data.draw(st.integers(0, len(octets) - 1))]
    for at in positions:
        changed = octets[:at] + bytes([new]) + octets[at + 1 :]
        _assert_shows(octets, changed)


def test_every_changed_octet_of_one_fact_is_refused_or_another_fact() -> None:
    for at in range(len(PLAIN)):
        for new in range(256):
            _assert_shows(PLAIN, PLAIN[:at] + bytes([new]) + PLAIN[at + 1 :])


def _assert_shows(octets: bytes, changed: bytes) -> None:
    if changed == octets or refused(changed):
        return
    assert msgspec.structs.astuple(canonical.decode(changed)) != msgspec.structs.astuple(canonical.decode(octets))
    previous = bytes(32)
    assert canonical.digest(previous, changed) != canonical.digest(previous, octets)


@given(place=st.integers(0, len(GOLDEN) - 1), data=st.data())
def test_every_cut_fact_is_refused(place: int, data: st.DataObject) -> None:
    octets = GOLDEN[place]
    assert refused(octets[: data.draw(st.integers(0, len(octets) - 1))])


def test_the_digest_depends_on_everything_before_it() -> None:
    other = canonical.digest(bytes(32), PLAIN)
    assert canonical.digest(bytes([1]) + bytes(31), PLAIN) != other
    assert len(other) == 32


@pytest.mark.parametrize("part", [0, 1, 2])
def test_the_genesis_binds_station_epoch_and_enrolment(part: int) -> None:
    whole = [samples.STATION, samples.EPOCH, samples.ENROLMENT]
    changed = list(whole)
    changed[part] = bytes(len(changed[part]))
    assert canonical.genesis(*changed) != canonical.genesis(*whole)
