"""A number typed where an entry is named: whole, short, or its last part alone."""

import pytest

from app.ui.village.annul import typed_number


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("17-000042/20.11.2026", (17, 2026, 42)),
        ("17-000042", (17, 2025, 42)),
        ("1017-42/3.1.2024", (1017, 2024, 42)),
        (" 42 ", (5, 2025, 42)),
        ("", None),
        ("17-", None),
        ("четиридесет", None),
        ("17-42/2026", None),
    ],
)
def test_a_number_is_read_as_it_is_told(typed: str, expected: tuple[int, int, int] | None) -> None:
    assert typed_number(typed, register=5, year=2025) == expected
