"""``silence``: after one round two idle sides deposit nothing more, and an idle poll is one small turn."""

from pathlib import Path
from typing import Any

import requests

from app import bootstrap
from app.store.station import StationStore
from sync.central import decisions
from sync.central.docflow.embedded import EmbeddedDocflow
from sync.exchange import exchange
from tests.benchmarks.figures import Result, Sizes
from tests.benchmarks.municipality import CountingHttp, Desk, Municipality, Visitors, open_station

ENTRIES = 20


def silence(folder: Path, sizes: Sizes) -> list[Result]:
    """Let both sides work, settle in one round, and count what later rounds deposit."""
    with Municipality(folder, relay=True) as municipality, open_station(municipality.station_folder) as store:
        desk = Desk(store, municipality.lists)
        for visit in Visitors(municipality.lists, seed=3).next(min(ENTRIES, sizes.entries)):
            desk.serve(visit)
        _round(municipality, store)
        decisions.accept_clean(municipality.centre, EmbeddedDocflow(), 1)
        _round(municipality, store)
        settled = _deposited(municipality)
        later = [_round(municipality, store) for _ in range(sizes.silent_rounds)]
        deposits = _deposited(municipality) - settled
    village, centre = later[-1]
    return [
        Result(
            name="silence",
            unit="envelopes",
            ours=deposits,
            against=0,
            bar=0,
            holds=deposits == 0,
            notes=(
                f"{settled} envelopes until all was decided and applied, then {sizes.silent_rounds} idle rounds",
                f"an idle poll of the village: {village[0]} turns, {village[1]} octets with HTTP headers",
                f"an idle poll of the centre: {centre[0]} turns, {centre[1]} octets",
            ),
        )
    ]


def _round(municipality: Municipality, store: StationStore) -> tuple[tuple[int, int], tuple[int, int]]:
    """Let village, centre and village again exchange; return turns and octets of the last poll of each side."""
    village_end, centre_end = bootstrap.village_end(store), municipality.centre_end()
    polls = []
    for centre_turn in (False, True, False):
        http = CountingHttp()
        if centre_turn:
            exchange(centre_end, municipality.centre_link(http))
        else:
            exchange(village_end, municipality.village_link(store, http))
        polls.append((http.turns, http.octets()))
        http.close()
    return polls[2], polls[1]


def _deposited(municipality: Municipality) -> int:
    with requests.Session() as session:
        session.trust_env = False
        answer: dict[str, Any] = session.get(f"{municipality.url}/healthz", timeout=60).json()
    return int(answer["stored"])
