"""What the centre's tests start from: a desk with its token, and a station whose key is in strange hands."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sync.central.api import Centre, Road, application
from tests.central.forger import Forger
from tests.town import Town


class TownRoad:
    """The postman of a town without a socket."""

    last_success: int | None = None
    last_failure: str | None = None

    def __init__(self, town: Town) -> None:
        self._town = town

    def exchange_now(self) -> None:
        """Exchange with the relay."""
        self._town.centre_exchange()


def desk_of(town: Town, road: Road) -> TestClient:
    """Return the API of a town's centre, with the desk's token in every request."""
    app = application(Centre(town.centre, town.docflow, town.lists, road))
    return TestClient(app, headers={"Authorization": f"Bearer {town.centre.secrets.desk_token}"})


@pytest.fixture
def desk(town: Town) -> Iterator[TestClient]:
    """The centre's API, with the desk's token in every request."""
    with desk_of(town, TownRoad(town)) as client:
        yield client


@pytest.fixture
def neighbours(tmp_path: Path) -> Iterator[Town]:
    """A municipality with two villages, Микрево (17) and Илинденци (18)."""
    with Town(tmp_path / "neighbours", villages=2) as made:
        yield made


@pytest.fixture
def forger(town: Town) -> Forger:
    """The first village's keys in strange hands; its stream so far is at the centre."""
    town.village.register()
    return Forger(town.village)
