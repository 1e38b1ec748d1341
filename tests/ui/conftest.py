"""Windows are tested with the program's own look, at 100 % text."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app.ui.collecting import Collector
from app.ui.look.theme import theme


@pytest.fixture(autouse=True, scope="module")
def collected_here(qapp: QApplication) -> Iterator[None]:
    """Collect garbage as the program does: on the window's thread, whatever the town's threads ask for meanwhile."""
    collector = Collector(qapp)
    collector.begin()
    yield
    collector.end()


@pytest.fixture(autouse=True)
def look(qapp: QApplication, tmp_path: Path) -> None:
    """Put the look on, light; what a window remembers goes into the test's own folder."""
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    theme().start(qapp, dark=False, scale=1.0)
