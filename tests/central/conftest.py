"""What the centre's tests start from: a desk with its token, and a station whose key is in strange hands."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sync.central.api import application
from tests.central.forger import Forger
from tests.town import Town


@pytest.fixture
def desk(town: Town) -> Iterator[TestClient]:
    """The centre's API, with the desk's token in every request."""

    def exchange_now() -> None:
        town.centre_exchange()

    app = application(town.centre, town.docflow, exchange_now)
    token = town.centre.secrets.desk_token
    with TestClient(app, headers={"Authorization": f"Bearer {token}"}) as client:
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
