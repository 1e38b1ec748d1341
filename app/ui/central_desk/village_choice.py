"""The choice of a village (филтър по кметство): all, or one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.ui.widgets.fields import Choice
from app.ui.widgets.text import Role, Text
from resources.speech import Speech
from sync.central import answers

_LETTERS = 16


class VillageChoice(QWidget):
    """A label and the villages by name; ``chosen`` gives a station, empty for all."""

    chosen = Signal(str)

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self._all = speech.say("desk.frame.all_villages")
        self._wanted = ""
        self.choice = Choice([("", self._all)])
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(_LETTERS)
        label = Text(speech.say("desk.frame.village"), Role.QUIET, wrap=False)
        label.setBuddy(self.choice)
        self.choice.setAccessibleName(label.text().replace("&", ""))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.choice)
        self.choice.activated.connect(self._activated)

    def _activated(self, _place: int) -> None:
        self._wanted = self.choice.value()
        self.chosen.emit(self._wanted)

    def offer(self, found: answers.Villages | None) -> None:
        """Offer these villages; the chosen one stays."""
        villages = sorted((one.name, one.station) for one in found.villages) if found is not None else []
        options = [("", self._all), *((station, name) for name, station in villages)]
        if [self.choice.itemData(at) for at in range(self.choice.count())] != [station for station, _ in options]:
            self.choice.clear()
            for station, name in options:
                self.choice.addItem(name, station)
        self.choice.choose(self._wanted)

    def show_station(self, station: str | None) -> None:
        """Show a village as chosen."""
        self._wanted = station or ""
        self.choice.choose(self._wanted)
