"""A full disk refuses whole and says so; what was receipted before it stands."""

import sqlalchemy as sa
from sqlalchemy import event

from sync import frame
from tests.relay.office import PostOffice, envelope


def _fill(office: PostOffice) -> sa.Engine:
    """Let the database grow no further, as on a full disk."""
    engine = office.store._engine
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    @event.listens_for(engine, "begin")
    def _no_room(connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    return engine


def test_a_full_disk_answers_503_and_keeps_nothing_half(office: PostOffice) -> None:
    first = envelope(office.mikrevo, office.centre, 1)
    before = office.exchange(office.mikrevo, [first]).receipts
    engine = _fill(office)
    many = [envelope(office.mikrevo, office.centre, number, 60_000) for number in range(2, 12)]
    body = frame.pack_parcels([b"", *many])
    refused = office.send(body, office.headers(office.mikrevo, body))
    assert (refused.status_code, refused.content) == (503, b"")
    assert "tefter-signature" not in refused.headers
    assert office.store.counts() == (1, 1)
    assert office.exchange(office.centre).envelopes == [first]
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    office.restart()
    assert len(office.exchange(office.mikrevo, many).receipts) == 10
    assert office.exchange(office.mikrevo, [first]).receipts == before


def test_a_list_that_does_not_fit_answers_503_and_the_old_one_stands(office: PostOffice) -> None:
    _fill(office)
    members = [office.centre, *[office.ilindentsi._replace(id=number.to_bytes(16, "big")) for number in range(2_000)]]
    assert office.admit(2, members).status_code == 503
    assert office.exchange(office.mikrevo).envelopes == []


def test_healthz_counts_and_asks_for_no_name(office: PostOffice) -> None:
    sent = [envelope(office.mikrevo, office.centre, number) for number in (1, 2, 3)]
    office.exchange(office.mikrevo, sent)
    office.exchange(office.centre, releases=[frame.envelope_id(sent[0])])
    reply = office.client.get("/healthz")
    assert (reply.status_code, reply.json()) == (200, {"stored": 3, "waiting": 2})
