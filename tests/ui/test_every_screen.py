"""Every screen of both windows, in both languages: named, labelled, reached by Tab in order, and readable at 150 %."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from resources.speech import Language
from tests.town import Town
from tests.ui import walk
from tests.ui.eyes import Eyes
from tests.ui.walk import Walk


@pytest.fixture
def two_villages(tmp_path: Path) -> Iterator[Town]:
    """A town of two villages that have not begun."""
    with Town(tmp_path, villages=2) as town:
        yield town


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize(("way", "least"), [(walk.villages, 45), (walk.desks, 14)], ids=["village", "desk"])
def test_every_screen_can_be_read_and_reached(
    two_villages: Town, tmp_path: Path, language: Language, way: Walk, least: int
) -> None:
    # The order of Tab is of no language; the words are, and where they fit at 150 % they fit at 100 %.
    eyes = Eyes() if language == "bg" else Eyes((1.5,), tabs=False)
    for seen in way(two_villages, tmp_path, language):
        eyes.look(seen)
    assert eyes.screens >= least
    assert eyes.found() == []
