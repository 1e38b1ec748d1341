"""A relay for every test of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.relay.office import PostOffice


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PostOffice]:
    """A relay that admits two villages and their centre."""
    made = PostOffice(tmp_path / "relay")
    assert made.admit().status_code == 200
    yield made
    made.close()
