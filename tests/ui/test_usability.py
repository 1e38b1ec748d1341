"""The usability checks of the design hold on a small register; ``python -m tests.usability`` runs them at full size."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.town import Town
from tests.usability import searching
from tests.usability.__main__ import CHECKS
from tests.usability.figures import Check, at_most, none

ENTRIES = 3_000


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_check_holds(check: Callable[[Town], list[Check]], town: Town) -> None:
    found = check(town)
    assert found
    assert [one for one in found if not one.holds] == []


def test_five_spellings_find_the_same(tmp_path: Path) -> None:
    found = searching.spellings(tmp_path, ENTRIES, rounds=3)
    assert [one for one in found[:2] if not one.holds] == []


def test_a_figure_past_its_limit_does_not_hold() -> None:
    assert not at_most("U0", "keys", 13, 12).holds
    assert at_most("U0", "keys", 12, 12).holds
    assert not none("U0", "wrong", ["one"], 5).holds
    assert not none("U0", "nothing was looked at", [], 0).holds
