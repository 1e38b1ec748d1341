"""U5, U6, U11, U13 once more, over every screen of both windows, with sheets, faults and the first run among them."""

from pathlib import Path

from tests.town import Town
from tests.ui import walk
from tests.ui.eyes import Eyes
from tests.usability.figures import Check, none


def every_screen(folder: Path) -> list[Check]:
    """Look at every screen of the village's and of the desk's window."""
    eyes = Eyes()
    for name, way in (("village", walk.villages), ("desk", walk.desks)):
        place = folder / name
        place.mkdir()
        with Town(place, villages=2) as town:
            for seen in way(town, place, "bg"):
                eyes.look(seen)
    screens = f"on {eyes.screens} screens"
    return [
        none(
            "U5",
            f"controls that Tab misses, visits twice or against the eye, {screens}",
            eyes.found("tab"),
            eyes.controls,
        ),
        none(
            "U6",
            f"controls without name, role, label or own mnemonic, {screens}",
            eyes.found("name", "label", "mnemonic"),
            eyes.controls,
        ),
        none("U11", f"texts cut at 100 and 150 %, {screens}", eyes.found("cut"), eyes.sizes),
        none("U13", f"targets below 24×24 pixels, {screens}", eyes.found("target"), eyes.controls),
    ]
