"""How hard a password is to guess (сила на паролата): said to whoever chooses one, forced only where it is too short.

After NIST SP 800-63B: length counts, rules of composition do not; what repeats or runs on counts as short.
"""

from enum import StrEnum
from itertools import pairwise

SHORTEST = 8
FAIR_FROM, STRONG_FROM = 10, 14
"""Signs that count."""


class Strength(StrEnum):
    """Сила на паролата."""

    TOO_SHORT = "too_short"
    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


def strength(password: str) -> Strength:
    """Return how strong a password is; below ``SHORTEST`` signs it is not taken."""
    if len(password) < SHORTEST:
        return Strength.TOO_SHORT
    counted = _counted(password)
    if counted < FAIR_FROM:
        return Strength.WEAK
    return Strength.STRONG if counted >= STRONG_FROM else Strength.FAIR


def _counted(password: str) -> int:
    """Return how many signs count: one that repeats its neighbour, or follows it in order, adds nothing."""
    steps = [abs(ord(second) - ord(first)) for first, second in pairwise(password)]
    return 1 + sum(step > 1 for step in steps)
