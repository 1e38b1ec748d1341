"""Colours and measures (цветове и мерки): one table for light and dark. Every pair was computed by the WCAG formula."""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme, as ``#RRGGBB``."""

    window: str
    surface: str
    panel: str
    hover: str
    selection: str
    text: str
    text2: str
    text3: str
    accent: str
    on_accent: str
    amber: str
    red: str
    green: str
    sign_amber: str
    sign_red: str
    sign_green: str
    tint_amber: str
    tint_red: str
    tint_green: str
    field_border: str
    spark: str
    hairline: str
    strong_hairline: str


LIGHT = Tokens(
    window="#F2F3F1",
    surface="#FFFFFF",
    panel="#FAFAF8",
    hover="#EEF1F4",
    selection="#E7EEF7",
    text="#1A1F26",
    text2="#47505B",
    text3="#5B6570",
    accent="#1D4A86",
    on_accent="#FFFFFF",
    amber="#855000",
    red="#AE1F19",
    green="#1B6638",
    sign_amber="#BC7605",
    sign_red="#C62B24",
    sign_green="#2B8A4E",
    tint_amber="#FFF4DC",
    tint_red="#FDECEA",
    tint_green="#E6F4EA",
    field_border="#858D96",
    spark="#6482AF",
    hairline="#E1E4E6",
    strong_hairline="#CDD2D6",
)

DARK = Tokens(
    window="#14171B",
    surface="#1B1F24",
    panel="#20252B",
    hover="#272D34",
    selection="#22344D",
    text="#E9ECEF",
    text2="#BCC4CD",
    text3="#9AA4AF",
    accent="#8FB8EE",
    on_accent="#10233D",
    amber="#F2BC62",
    red="#FF9A91",
    green="#82CF9C",
    sign_amber="#E3A53A",
    sign_red="#F0766C",
    sign_green="#5DB87C",
    tint_amber="#372C18",
    tint_red="#401F1D",
    tint_green="#1B3425",
    field_border="#79838F",
    spark="#6F93C4",
    hairline="#2C323A",
    strong_hairline="#3C444E",
)

TEXTS = ("text", "text2", "text3", "accent", "amber", "red", "green")
GROUNDS = ("surface", "panel", "window", "hover", "selection")
TINTS = {"amber": "tint_amber", "red": "tint_red", "green": "tint_green"}
PARTS = ("sign_amber", "sign_red", "sign_green", "field_border", "spark")

WORD_CONTRAST = 4.5
PART_CONTRAST = 3.0

_LINEAR_UP_TO = 0.04045


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= _LINEAR_UP_TO else ((share + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#RRGGBB`` (WCAG 2.2)."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, 1.4.3)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def names() -> tuple[str, ...]:
    """Return the names of all colours."""
    return tuple(field.name for field in fields(Tokens))


class Measure:
    """Lengths in pixels at 100 % text; all on a grid of four."""

    RAIL = 104
    VILLAGE_DETAILS = 344
    DESK_DETAILS = 432
    STATUS = 40
    ROW = 36
    DESK_ROW = 32
    BUTTON = 36
    PRIMARY = 48
    MARGIN = 24
    GAP = 12
    LABEL_GAP = 4
    FORM = 540
    NOTE = 280
    RADIUS_FIELD = 4
    RADIUS_BUTTON = 6
    RADIUS_PANEL = 8


STACKED_FROM = 1.75
"""From this text size on what stands side by side stands one under another: there is no room for two long words."""


class Points:
    """Type sizes in points."""

    HELP = 10
    TEXT = 11
    SECTION = 13
    FACT = 16
    TITLE = 20
    NUMBER_TO_COME = 28
    DIFFERENCE = 32
    DUE = 40
    NUMBER = 60
    CHANGE = 68
