"""What a check answers: the figure, its limit, and whether it holds."""

from typing import NamedTuple


class Check(NamedTuple):
    """One usability check of the design's twenty."""

    name: str
    what: str
    figure: str
    limit: str
    holds: bool


def at_most(name: str, what: str, figure: float, limit: float, unit: str = "") -> Check:
    """Return a check whose figure must not pass its limit."""
    return Check(name, what, _said(figure, unit), f"≤ {_said(limit, unit)}", figure <= limit)


def none(name: str, what: str, wrong: list[str], looked_at: int) -> Check:
    """Return a check that must find nothing wrong among so many looked at."""
    said = f"{len(wrong)} of {looked_at}" + (f": {'; '.join(wrong[:3])}" if wrong else "")
    return Check(name, what, said, "0", not wrong and looked_at > 0)


def _said(figure: float, unit: str) -> str:
    number = f"{figure:g}" if figure == round(figure) else f"{figure:.1f}"
    return f"{number} {unit}".strip()
