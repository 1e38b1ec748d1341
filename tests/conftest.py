"""What every test starts from: no screen, no network, a frozen example database for hypothesis."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.town import Town

settings.register_profile(
    "tefter",
    deadline=None,
    derandomize=os.environ.get("CI") is not None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("tefter")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A municipality with a relay, a centre and one enrolled village, in one process and without sockets."""
    with Town(tmp_path) as made:
        yield made
