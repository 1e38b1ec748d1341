"""The courier's patience: doubling with jitter, capped at half an hour, and calm while all goes well."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.village.courier import CALM, FIRST_RETRY, LONGEST, pause_after


def test_without_a_failure_it_asks_every_few_minutes() -> None:
    assert pause_after(0, lambda: 1.0) == CALM


@pytest.mark.parametrize(("failures", "seconds"), [(1, 15), (2, 30), (3, 60), (7, 960), (8, LONGEST), (400, LONGEST)])
def test_each_failure_doubles_the_pause_up_to_half_an_hour(failures: int, seconds: int) -> None:
    assert pause_after(failures, lambda: 0.0) == seconds


@given(failures=st.integers(1, 100_000), share=st.floats(0, 1))
def test_jitter_never_shortens_the_pause_nor_passes_the_cap(failures: int, share: float) -> None:
    assert FIRST_RETRY <= pause_after(failures, lambda: 0.0) <= pause_after(failures, lambda: share) <= LONGEST
