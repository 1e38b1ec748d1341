"""The type of every paper: Noto Sans in three weights, shipped with the program."""

from functools import cache
from typing import NamedTuple

from PySide6.QtGui import QFont, QFontDatabase

from resources import FOLDER

FAMILY = "Noto Sans"
SMALLEST = 10.0
"""Points; nothing on any paper is set smaller."""

UNITS_PER_MM = 100
"""Papers are drawn in hundredths of a millimetre, so that a line breaks at the same word on every device."""

_MM_PER_POINT = 25.4 / 72
_FACES = ("Regular", "Medium", "SemiBold")


class Style(NamedTuple):
    """How a text is set: size in points, weight, colour."""

    points: float
    weight: QFont.Weight = QFont.Weight.Normal
    colour: str = "#000000"


def label(points: float = SMALLEST) -> Style:
    """Return the style of what is of lesser weight: a dark grey that a laser printer still sets cleanly."""
    return Style(points, colour="#404040")


def plain(points: float) -> Style:
    """Return the style of ordinary text."""
    return Style(points)


def medium(points: float) -> Style:
    """Return the style of what a person looks for."""
    return Style(points, QFont.Weight.Medium)


def strong(points: float) -> Style:
    """Return the style of what must be seen first."""
    return Style(points, QFont.Weight.DemiBold)


@cache
def load_fonts() -> None:
    """Make the shipped fonts known to Qt, once; what is installed on the computer changes nothing."""
    for face in _FACES:
        octets = (FOLDER / "fonts" / f"NotoSans-{face}.ttf").read_bytes()
        if QFontDatabase.addApplicationFontFromData(octets) < 0:
            raise RuntimeError(face)


def font(style: Style) -> QFont:
    """Return the font of a style in the units of a paper; sizes under the smallest are a mistake of ours."""
    if style.points < SMALLEST:
        raise ValueError(style.points)
    load_fonts()
    made = QFont(FAMILY)
    made.setPixelSize(round(style.points * _MM_PER_POINT * UNITS_PER_MM))
    made.setWeight(style.weight)
    made.setFeature(QFont.Tag("liga"), 0)  # a reader of the PDF that searches for "fi" would not find the ligature
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
