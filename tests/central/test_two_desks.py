"""Two desks and a village at work at once: every line is decided as somebody saw it, and none is accepted twice."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from random import Random

import msgspec
import sqlalchemy as sa

from app.domain import canonical
from app.domain.facts import EntryAccepted, EntryDisputed
from app.ledger.tables import journal
from app.services import registration
from sync.central import answers
from sync.central.verify import verify_centre
from tests.central.conftest import TownRoad, desk_of
from tests.town import Town

LINES = 24
ACTS = 40
REASONS = ("fee_missing", "wrong_body", "identity_unclear")


def test_two_desks_at_once_lose_nothing_and_decide_nothing_twice(town: Town) -> None:
    entries = [town.village.register().entry for _ in range(LINES)]
    for entry in entries[::3]:
        town.village.pay(entry)
    _carry(town)
    with ThreadPoolExecutor(3) as hands:
        desks = [hands.submit(_work, town, seed) for seed in (1, 2)]
        village = hands.submit(_answer_while_they_work, town, entries)
        statuses = sum((one.result(120) for one in desks), Counter())
        village.result(120)
    assert set(statuses) <= {200, 409}
    assert statuses[200] > 0
    accepted, decided = _decisions(town)
    assert [entry for entry, count in accepted.items() if count > 1] == []
    assert all(entry in entries for entry in decided)
    assert verify_centre(town.centre) == []
    _settle(town)
    assert _states(town.village.store.ledger.engine) == _states(town.centre.ledger.engine)


def _carry(town: Town) -> None:
    town.village.exchange()
    town.centre_exchange()


def _settle(town: Town) -> None:
    """Judge what the village said last, and let both sides hear everything.

    An act of the village may have crossed a dispute on the way; until the line is judged again each side shows the
    state that it heard of last.
    """
    _carry(town)
    desk = desk_of(town, TownRoad(town))
    seen = msgspec.json.decode(desk.get("/v1/lines").content, type=answers.Lines)
    for line in seen.lines:
        assert desk.post(f"/v1/entries/{line.row.entry}/accept", json={"seen": seen.seen}).status_code == 200
    town.centre_exchange()
    town.village.exchange()


def _work(town: Town, seed: int) -> Counter[int]:
    """Look at the lines and decide one by chance, again and again; return how often each status came."""
    random, statuses = Random(seed), Counter[int]()  # noqa: S311 - a reproducible choice
    desk = desk_of(town, TownRoad(town))
    for _ in range(ACTS):
        seen = msgspec.json.decode(desk.get("/v1/lines").content, type=answers.Lines)
        if not seen.lines:
            continue
        if random.random() < 0.1:
            statuses[desk.post("/v1/accept-clean", json={"seen": seen.seen}).status_code] += 1
            continue
        entry = random.choice(seen.lines).row.entry
        verb = random.choice(("accept", "dispute", "dispute"))
        said: dict[str, object] = {"seen": seen.seen}
        if verb == "dispute":
            said |= {"reason": random.choice(REASONS)}
        statuses[desk.post(f"/v1/entries/{entry}/{verb}", json=said).status_code] += 1
    return statuses


def _answer_while_they_work(town: Town, entries: list[bytes]) -> None:
    """Exchange, and answer what was disputed, while the desks go on."""
    for turn in range(4):
        _carry(town)
        town.village.exchange()
        with town.village.store.ledger.reading() as connection:
            rows = connection.execute(sa.text("SELECT entry FROM entries WHERE town = 'disputed'")).all()
        for (entry,) in rows[:3]:
            registration.answer_dispute(town.village.store, bytes(entry), "Проверено на място")
        town.village.annul(entries[-1 - turn], "Вписано два пъти")


def _decisions(town: Town) -> tuple[Counter[bytes], set[bytes]]:
    """Return how often each entry was accepted, and which were decided at all, read from the raw facts."""
    accepted: Counter[bytes] = Counter()
    decided: set[bytes] = set()
    with town.centre.ledger.reading() as connection:
        for (octets,) in connection.execute(sa.select(journal.c.canonical)):
            body = canonical.decode(bytes(octets)).body
            if isinstance(body, EntryAccepted):
                accepted[body.entry] += 1
            if isinstance(body, EntryAccepted | EntryDisputed):
                decided.add(body.entry)
    return accepted, decided


def _states(engine: sa.Engine) -> list[tuple[str, str]]:
    with engine.connect() as connection:
        query = sa.text("SELECT hex(entry), town FROM entries ORDER BY entry")
        return [(row[0], row[1]) for row in connection.execute(query)]
