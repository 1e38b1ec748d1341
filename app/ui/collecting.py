"""The garbage collector (събиране на отпадъци) at work on the window's thread only.

Python collects on whatever thread happens to ask for memory. What it finds may be objects of Qt, whose end takes locks
that the window holds while it waits for Python: once in some five thousand windows both waited for each other for ever.
"""

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MILLISECONDS = 500


class Collector(QObject):
    """Looks now and then whether there is enough to collect, by Python's own measure, and collects that here."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looks = QTimer(self)
        self._looks.setInterval(LOOK_MILLISECONDS)
        self._looks.timeout.connect(self.look)

    def begin(self) -> None:
        """Let no other thread collect from now on."""
        gc.disable()
        self._looks.start()

    def end(self) -> None:
        """Collect everything, and leave collecting to Python again."""
        self._looks.stop()
        gc.collect()
        gc.enable()

    def look(self) -> None:
        """Collect the youngest objects where they are many; the older ones as often as Python would."""
        counts, enough = gc.get_count(), gc.get_threshold()
        if counts[0] <= enough[0]:
            return
        generation = 0
        while generation < len(counts) - 1 and counts[generation + 1] > enough[generation + 1]:
            generation += 1
        gc.collect(generation)
