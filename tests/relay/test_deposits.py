"""What is deposited is kept once, receipted alike every time, and handed only to whom it is for."""

from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from sync import frame, signatures
from sync.relay.app import REPLY_OCTETS
from sync.relay.store import DATABASE, envelopes, open_engine
from sync.relay.verify import altered_envelopes
from tests.relay.office import START, PostOffice, envelope


def test_a_receipt_is_the_relays_signature_over_id_and_time(office: PostOffice) -> None:
    sent = envelope(office.mikrevo, office.centre)
    [(identity, stored_at, signature)] = office.exchange(office.mikrevo, [sent]).receipts
    assert (identity, stored_at) == (frame.envelope_id(sent), START)
    said = identity + stored_at.to_bytes(8, "big")
    assert signatures.verify(signatures.public_key(office.key), signatures.ACK, said, signature)


def test_the_answer_is_signed_over_nonce_and_body(office: PostOffice) -> None:
    body = frame.pack_parcels([b""])
    headers = office.headers(office.mikrevo, body)
    reply = office.send(body, headers)
    said = bytes.fromhex(headers["tefter-nonce"]) + _sha256(reply.content)
    signature = bytes.fromhex(reply.headers["tefter-signature"])
    assert signatures.verify(signatures.public_key(office.key), signatures.REPLY, said, signature)


def test_the_same_envelope_again_gets_the_same_time_and_signature(office: PostOffice) -> None:
    sent = envelope(office.mikrevo, office.centre)
    first = office.exchange(office.mikrevo, [sent]).receipts
    office.now += 86_400
    assert office.exchange(office.mikrevo, [sent]).receipts == first
    assert office.exchange(office.mikrevo, [sent, sent]).receipts == first
    assert office.store.counts() == (1, 1)


def test_a_restarted_relay_gives_the_same_receipt(office: PostOffice) -> None:
    sent = envelope(office.mikrevo, office.centre)
    first = office.exchange(office.mikrevo, [sent]).receipts
    office.restart()
    assert office.exchange(office.mikrevo, [sent]).receipts == first


def test_eight_copies_at_once_are_one_envelope_with_one_receipt(office: PostOffice) -> None:
    sent = envelope(office.mikrevo, office.centre)
    body = frame.pack_parcels([b"", sent])
    orders = [office.headers(office.mikrevo, body) for _ in range(8)]
    with office.client, ThreadPoolExecutor(8) as hands:
        replies = list(hands.map(lambda headers: office.send(body, headers), orders))
    assert {reply.status_code for reply in replies} == {200}
    receipts = {reply.content for reply in replies}
    assert len(receipts) == 1
    assert office.store.counts() == (1, 1)


def test_an_envelope_reaches_its_recipient_and_nobody_else(office: PostOffice) -> None:
    up = envelope(office.mikrevo, office.centre)
    down = envelope(office.centre, office.ilindentsi)
    assert office.exchange(office.mikrevo, [up]).envelopes == []
    assert office.exchange(office.centre, [down]).envelopes == [up]
    assert office.exchange(office.mikrevo).envelopes == []
    assert office.exchange(office.ilindentsi).envelopes == [down]


def test_what_is_not_released_is_handed_out_again(office: PostOffice) -> None:
    up = envelope(office.mikrevo, office.centre)
    office.exchange(office.mikrevo, [up])
    assert [office.exchange(office.centre).envelopes for _ in range(3)] == [[up], [up], [up]]


def test_what_is_released_is_gone_and_a_late_copy_gets_the_first_receipt(office: PostOffice) -> None:
    up = envelope(office.mikrevo, office.centre)
    first = office.exchange(office.mikrevo, [up]).receipts
    assert office.exchange(office.centre, releases=[frame.envelope_id(up)]).envelopes == []
    assert office.exchange(office.centre).envelopes == []
    assert office.store.counts() == (1, 0)
    office.now += 3_600
    assert office.exchange(office.mikrevo, [up]).receipts == first
    assert office.exchange(office.centre).envelopes == []


def test_only_the_recipient_can_release(office: PostOffice) -> None:
    up = envelope(office.mikrevo, office.centre)
    office.exchange(office.mikrevo, [up])
    for stranger in (office.mikrevo, office.ilindentsi):
        office.exchange(stranger, releases=[frame.envelope_id(up)])
    assert office.exchange(office.centre).envelopes == [up]


def test_envelopes_come_in_order_of_arrival(office: PostOffice) -> None:
    sent = [envelope(office.mikrevo, office.centre, number) for number in (3, 1, 2)]
    office.exchange(office.mikrevo, sent)
    assert office.exchange(office.centre).envelopes == sent


def test_a_long_post_comes_in_pages_and_the_flag_says_that_more_waits(office: PostOffice) -> None:
    sent = [envelope(office.mikrevo, office.centre, number, 65_536) for number in range(1, 26)]
    for one in sent:
        office.exchange(office.mikrevo, [one])
    fetched: list[bytes] = []
    pages = []
    releases: list[bytes] = []
    while True:
        page = office.exchange(office.centre, releases=releases)
        pages.append(page.more)
        fetched += page.envelopes
        assert sum(map(len, page.envelopes)) <= REPLY_OCTETS
        releases = [frame.envelope_id(one) for one in page.envelopes]
        if not page.more:
            break
    assert fetched == sent
    assert pages == [True, True, False]


def test_as_many_releases_as_fit_in_a_request_are_heard(office: PostOffice) -> None:
    up = envelope(office.mikrevo, office.centre)
    office.exchange(office.mikrevo, [up])
    unknown = [number.to_bytes(32, "big") for number in range((frame.MAX_REQUEST - 4) // 32 - 1)]
    office.exchange(office.centre, releases=[*unknown, frame.envelope_id(up)])
    assert office.store.counts() == (1, 0)


def test_a_silent_exchange_writes_nothing(office: PostOffice) -> None:
    before = office.store.counts()
    said = office.exchange(office.mikrevo)
    assert (said.more, said.receipts, said.envelopes) == (False, [], [])
    assert office.store.counts() == before


def test_what_lies_altered_in_the_store_is_named_by_verification(office: PostOffice) -> None:
    sent = [envelope(office.mikrevo, office.centre, number) for number in (1, 2)]
    office.exchange(office.mikrevo, sent)
    assert list(altered_envelopes(office.folder)) == []
    engine = open_engine(office.folder / DATABASE)
    bent = sent[0][:-1] + b"\1"
    with engine.begin() as connection:
        chosen = sa.update(envelopes).where(envelopes.c.envelope == frame.envelope_id(sent[0]))
        connection.execute(chosen.values(sealed=bent))
    engine.dispose()
    assert list(altered_envelopes(office.folder)) == [frame.envelope_id(sent[0]).hex()[:16]]


def _sha256(octets: bytes) -> bytes:
    return frame.envelope_id(octets)
