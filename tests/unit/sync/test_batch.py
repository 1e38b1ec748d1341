"""A batch: facts sealed in runs that fit, a chain that is recomputed, and its life as a table."""

import base64
from collections.abc import Iterable
from itertools import pairwise

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain import canonical
from app.domain.errors import BadAmount, BadContent, EnvelopeTooLarge, RuleViolation, UnknownFact, WrongChain
from app.domain.facts import EntryAnnulled, Fact, ReceiptLine
from app.domain.terms import BatchState
from app.ledger import engine as engines
from app.ledger import post
from app.ledger.tables import metadata, outbox
from sync import batch, envelope, frame, messages
from sync.batch import Recorded, Sealed
from tests.town import Town
from tests.unit.domain import samples
from tests.unit.sync import parts

KEYRING = parts.StationsKeyring()


def annulments(reasons: Iterable[str]) -> list[Recorded]:
    """Return a chain of annulments with these reasons: facts of any size."""
    made = []
    for number, reason in enumerate(reasons, start=1):
        body = EntryAnnulled(number.to_bytes(16, "big"), reason, None)
        salt = parts.octets(f"salt {number}", 16)
        made.append(
            Fact(
                number,
                "EntryAnnulled",
                1,
                samples.MORNING,
                samples.DAY,
                clock_doubt=False,
                actor=1,
                salt=salt,
                body=body,
            )
        )
    return parts.chain(made, parts.UP_GENESIS)


def opened(sealed: Sealed) -> messages.Batch:
    """Return the batch in a sealed envelope."""
    message = envelope.open_(sealed.octets, KEYRING).message
    assert isinstance(message, messages.Batch)
    return message


def assert_covers(facts: list[Recorded], batches: list[Sealed]) -> None:
    """Check that batches are small enough, hold exactly the facts in order, and continue each other."""
    assert [one.number for one in batches] == list(range(1, len(batches) + 1))
    assert batches[0].first == 1
    assert batches[-1].last == len(facts)
    assert all(later.first == one.last + 1 for one, later in pairwise(batches))
    carried = []
    previous = parts.UP_GENESIS
    for one in batches:
        assert len(frame.parse(one.octets).sealed) <= 65_536 + envelope.SEALED_OVERHEAD
        assert len(one.octets) <= frame.MAX_ENVELOPE
        message = opened(one)
        assert (message.inner.first, message.inner.last, message.inner.previous) == (one.first, one.last, previous)
        checked = batch.check_chain(message)
        carried += [fact.canonical for fact in checked]
        assert checked[-1].digest == one.digest
        previous = one.digest
    assert carried == [one.canonical for one in facts]


def test_a_few_facts_are_one_batch() -> None:
    batches = list(batch.seal_all(parts.UP_FACTS, parts.UP_GENESIS, parts.cover()))
    assert len(batches) == 1
    assert_covers(parts.UP_FACTS, batches)
    assert opened(batches[0]).heads == parts.cover().heads


def test_no_facts_are_no_batch() -> None:
    assert list(batch.seal_all([], parts.UP_GENESIS, parts.cover())) == []


def test_a_thousand_facts_that_do_not_compress_are_split_so_that_every_batch_fits() -> None:
    facts = annulments(parts.octets(f"reason {n}", 200).hex() for n in range(1_000))
    batches = list(batch.seal_all(facts, parts.UP_GENESIS, parts.cover()))
    assert 3 <= len(batches) <= 8
    assert_covers(facts, batches)


def test_facts_of_very_different_sizes_are_split_too() -> None:
    facts = annulments(parts.octets(f"reason {n}", 20_000 if n % 7 == 3 else 20).hex() for n in range(60))
    assert_covers(facts, list(batch.seal_all(facts, parts.UP_GENESIS, parts.cover())))


def test_text_that_repeats_is_split_before_it_unfolds_to_more_than_a_recipient_takes() -> None:
    """Compressed it would all fit one envelope, which nobody would then open."""
    facts = annulments("един и същ дълъг текст " * 200 for _ in range(1_300))
    assert sum(len(one.canonical) for one in facts) > envelope.MAX_PLAINTEXT
    batches = list(batch.seal_all(facts, parts.UP_GENESIS, parts.cover()))
    assert len(batches) > 1
    assert_covers(facts, batches)


def test_more_facts_than_a_batch_may_hold_are_split() -> None:
    facts = annulments("" for _ in range(batch.MAX_FACTS + 1))
    batches = list(batch.seal_all(facts, parts.UP_GENESIS, parts.cover()))
    assert_covers(facts, batches)
    assert max(one.last - one.first + 1 for one in batches) <= batch.MAX_FACTS


def test_a_fact_too_large_for_any_batch_says_so_after_the_facts_before_it_are_sealed() -> None:
    facts = annulments(["малък", parts.octets("huge", 40_000).hex() * 2 + parts.octets("more", 60_000).hex()])
    sealing = batch.seal_all(facts, parts.UP_GENESIS, parts.cover())
    assert next(sealing).last == 1
    with pytest.raises(EnvelopeTooLarge):
        next(sealing)


def test_the_longest_fact_that_may_be_written_fits_a_batch_whatever_its_text() -> None:
    reason = parts.octets("incompressible", 44_000)
    facts = annulments([base64.b85encode(reason).decode()])
    assert canonical.MOST_OCTETS - 6_000 < len(facts[0].canonical) < canonical.MOST_OCTETS
    assert_covers(facts, list(batch.seal_all(facts, parts.UP_GENESIS, parts.cover())))
    assert envelope.padded_size(canonical.MOST_OCTETS + 2_000) <= envelope.MAX_PADDED


def test_the_numbers_go_on_from_the_cover() -> None:
    cover = parts.cover(header=parts.header(number=41))
    (sealed,) = batch.seal_all(parts.UP_FACTS, parts.UP_GENESIS, cover)
    assert sealed.number == frame.parse(sealed.octets).header.number == 41


@settings(max_examples=25)
@given(sizes=st.lists(st.integers(0, 4_000), min_size=1, max_size=60))
@example(sizes=[194, 310, 233, 48, 224, 1173])  # its two size classes led to each other, whatever the second
def test_any_run_of_facts_is_covered_whole(sizes: list[int]) -> None:
    facts = annulments(parts.octets(f"reason {n}", size).hex() for n, size in enumerate(sizes))
    assert_covers(facts, list(batch.seal_all(facts, parts.UP_GENESIS, parts.cover())))


def test_the_control_totals_count_entries_receipts_and_cents() -> None:
    bodies = [one.body for one in samples.FACTS]
    assert batch.totals(bodies) == messages.Totals(entries=2, receipts=2, cents_in=153, cents_out=153)
    assert batch.totals([]) == messages.Totals(0, 0, 0, 0)
    (sealed,) = batch.seal_all(parts.UP_FACTS, parts.UP_GENESIS, parts.cover())
    assert opened(sealed).inner.totals == messages.Totals(2, 2, 153, 153)


def test_two_size_classes_that_lead_to_each_other_do_not_keep_the_desk_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """One message in some twenty thousand: packed for one size it takes the other, and packed for that, the first."""
    header = parts.header_down(content=frame.LETTER)
    for_small = envelope.outer_digest(header, bytes(1_024))
    asked = []

    def pack(plaintext: bytes, least: int = envelope.MIN_PADDED) -> bytes:
        asked.append(plaintext)
        assert len(asked) < 50, "it would go on for ever"
        wants = 2_048 if messages.decode_letter(plaintext).outer == for_small else 1_024
        return real(plaintext, max(wants, least))

    real = envelope.pack
    monkeypatch.setattr(envelope, "pack", pack)
    packed = batch.pack_bound(parts.letter(), header)
    letter = messages.decode_letter(envelope.unpack(packed))
    assert len(packed) == 2_048
    assert letter.outer == envelope.outer_digest(header, packed)
    assert msgspec.structs.replace(letter, outer=bytes(32)) == parts.letter()


def test_a_thousand_messages_of_every_size_are_all_bound_to_their_header() -> None:
    one = parts.acknowledgement()
    for number in range(1_000):
        header = parts.header_down(content=frame.LETTER, number=number)
        many = tuple(
            msgspec.structs.replace(one, signature=parts.octets(f"{number} {n}", 64 + number % 7))
            for n in range(number % 60)
        )
        packed = batch.pack_bound(messages.Letter(bytes(32), parts.SEALED_AT, many), header)
        letter = messages.decode_letter(envelope.unpack(packed))
        assert letter.outer == envelope.outer_digest(header, packed)


# --- the chain ------------------------------------------------------------------------------------------------------


def whole() -> messages.Batch:
    """Return a batch of all facts of the station."""
    facts = parts.UP_FACTS
    inner = messages.Inner(
        bytes(32),
        1,
        len(facts),
        parts.UP_GENESIS,
        facts[-1].digest,
        len(facts),
        messages.Totals(0, 0, 0, 0),
        parts.SEALED_AT,
        (),
    )
    return messages.Batch(inner, (), tuple(msgspec.Raw(one.canonical) for one in facts))


def with_inner(**changes: object) -> messages.Batch:
    """Return the batch with another inner header."""
    return msgspec.structs.replace(whole(), inner=msgspec.structs.replace(whole().inner, **changes))


def with_facts(facts: list[bytes]) -> messages.Batch:
    """Return the batch with other facts."""
    return msgspec.structs.replace(whole(), facts=tuple(msgspec.Raw(one) for one in facts))


def test_a_whole_chain_is_recomputed_to_its_digests() -> None:
    checked = batch.check_chain(whole())
    assert [one.digest for one in checked] == [one.digest for one in parts.UP_FACTS]
    assert [one.canonical for one in checked] == [one.canonical for one in parts.UP_FACTS]
    assert [one.fact.kind for one in checked] == [one.kind for one in parts.UP_FACTS]


@pytest.mark.parametrize(
    "wrong",
    [
        with_inner(previous=bytes(32)),
        with_inner(digest=bytes(32)),
        with_inner(first=2),
        with_inner(first=0),
        with_facts([one.canonical for one in parts.UP_FACTS[:-1]]),
        with_facts([one.canonical for one in parts.UP_FACTS[1:]]),
        with_facts([one.canonical for one in [*parts.UP_FACTS[1::-1], *parts.UP_FACTS[2:]]]),
        with_facts([one.canonical for one in [*parts.UP_FACTS, parts.UP_FACTS[-1]]]),
        with_facts([]),
    ],
    ids=["previous", "last digest", "first", "first 0", "cut", "beheaded", "swapped", "doubled", "empty"],
)
def test_a_chain_that_is_not_what_it_claims_is_refused(wrong: messages.Batch) -> None:
    with pytest.raises(WrongChain):
        batch.check_chain(wrong)


def test_a_changed_fact_breaks_the_chain() -> None:
    facts = [one.canonical for one in parts.UP_FACTS]
    name = "Микрево".encode()
    assert name in facts[0]
    with pytest.raises(WrongChain):
        batch.check_chain(with_facts([facts[0].replace(name, "Микрово".encode()), *facts[1:]]))


def test_a_fact_that_cannot_be_read_says_why() -> None:
    facts = [one.canonical for one in parts.UP_FACTS]
    with pytest.raises(BadContent):
        batch.check_chain(with_facts([facts[0] + b"\0", *facts[1:]]))
    newer = msgspec.msgpack.decode(facts[1])
    newer[2] = 2
    with pytest.raises(UnknownFact):
        batch.check_chain(with_facts([facts[0], msgspec.msgpack.encode(newer), *facts[2:]]))


# --- its life --------------------------------------------------------------------------------------------------------


def life_in_the_outbox(state: BatchState, event: str) -> BatchState:
    """Return the state of a batch in the outbox after what the exchange does on an event."""
    engine = engines.open_engine(None, None)
    try:
        metadata.create_all(engine, tables=[outbox])
        with engine.begin() as connection:
            kept = post.Outgoing(bytes(32), parts.CENTRE, parts.EPOCH, 1, 1, 5, bytes(32), b"sealed", 0)
            post.keep(connection, kept)
            connection.execute(sa.update(outbox).values(state=state))
            if event == "held":
                post.mark_held(connection, [bytes(32)], 1_795_161_600)
            else:
                post.mark_received(connection, parts.EPOCH, 5, 1_795_161_600)
            return BatchState(connection.execute(sa.select(outbox.c.state)).scalar_one())
    finally:
        engine.dispose()


@pytest.mark.parametrize("event", ["held", "received"])
@pytest.mark.parametrize("state", list(BatchState))
def test_the_outbox_does_what_the_table_says_and_leaves_alone_what_it_does_not_name(
    state: BatchState, event: str
) -> None:
    assert life_in_the_outbox(state, event) == batch.TRANSITIONS.get((state, event), state)


def test_the_table_leads_from_sealed_to_every_state_and_never_back() -> None:
    order = list(BatchState)
    assert all(order.index(after) >= order.index(before) for (before, _), after in batch.TRANSITIONS.items())
    reached = {BatchState.SEALED}
    for _ in order:
        reached |= {after for (before, _), after in batch.TRANSITIONS.items() if before in reached}
    assert reached == set(BatchState)


def test_what_the_relay_holds_is_received_only_by_the_centres_word() -> None:
    events = {event for (_, event), after in batch.TRANSITIONS.items() if after is BatchState.RECEIVED}
    first = {event for (before, event), after in batch.TRANSITIONS.items() if after is BatchState.RECEIVED != before}
    assert events == {"received", "held"}
    assert first == {"received"}


def test_a_batch_is_received_only_up_to_the_last_fact_acknowledged() -> None:
    engine = engines.open_engine(None, None)
    try:
        metadata.create_all(engine, tables=[outbox])
        with engine.begin() as connection:
            for number in (1, 2):
                span = (number, 5 * number - 4, 5 * number, bytes(32), b"sealed", 0)
                identity = bytes([number]) * 32
                post.keep(connection, post.Outgoing(identity, parts.CENTRE, parts.EPOCH, *span))
            post.mark_received(connection, parts.EPOCH, 9, 1_795_161_600)
            post.mark_received(connection, parts.ANSWERS, 10, 1_795_161_600)
            states = connection.execute(sa.select(outbox.c.state).order_by(outbox.c.number)).scalars().all()
    finally:
        engine.dispose()
    assert states == [BatchState.RECEIVED, BatchState.SEALED]


def test_a_chain_is_of_one_stream_only() -> None:
    digests = [one.digest for one in parts.UP_FACTS]
    elsewhere = parts.chain(parts.numbered(samples.FACTS[:2]), canonical.genesis(bytes(16), bytes(16), bytes(32)))
    assert elsewhere[0].canonical == parts.UP_FACTS[0].canonical
    assert elsewhere[0].digest not in digests


def test_a_text_that_no_envelope_carries_is_refused_at_the_desk_and_the_road_stays_open(town: Town) -> None:
    """Recorded, it would keep every later entry of the village from the town."""
    endless = parts.octets("endless", 40_000).hex()
    with pytest.raises(RuleViolation):
        town.village.register(subject=endless)
    entry = town.village.register()
    assert entry.number == "17-000001/16.11.2026"
    assert town.village.exchange().held == 1
    assert [one.code for one in town.centre_exchange().taken] == [None]


def test_an_amount_that_no_batch_can_state_is_refused_at_the_desk(town: Town) -> None:
    entry = town.village.register().entry
    with pytest.raises(BadAmount):
        town.village.pay(entry, given=2**60)
    with pytest.raises(BadAmount):
        town.village.receive((ReceiptLine(None, None, None, "Такса", 1, 2**60, 2**60),), 2**60)
    town.village.pay(entry)
    town.village.exchange()
    assert [one.code for one in town.centre_exchange().taken] == [None]
