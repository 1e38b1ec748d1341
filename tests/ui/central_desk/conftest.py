"""What the desk's tests start from, beside the town of one village."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.town import Town


@pytest.fixture
def neighbours(tmp_path: Path) -> Iterator[Town]:
    """A municipality with two villages, registers 17 and 18."""
    with Town(tmp_path / "neighbours", villages=2) as made:
        yield made
