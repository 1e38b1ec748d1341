"""The ways between the desk's pages (преходи): what a page may ask of the window that holds it."""

from typing import Protocol

from app.domain.errors import TefterError
from app.ui.widgets.sheet import Sheet
from resources.speech import Speech


class DeskWays(Protocol):
    """Where a page can lead; ``back`` leads to where one came from."""

    @property
    def speech(self) -> Speech:
        """Return the language of the desk."""

    def back(self) -> None:
        """Go back to the page that led here, else to the villages."""

    def to_lines(self, station: str | None = None) -> None:
        """Show the lines that need a person, of one village or of all."""

    def to_batches(self, station: str | None = None) -> None:
        """Show the batches, of one village or of all."""

    def to_batch(self, envelope: str) -> None:
        """Show one batch with its lines."""

    def to_entries(self, station: str | None = None) -> None:
        """Show the entries, of one village or of all."""

    def find_entries(self, number: str) -> None:
        """Look for a number among the entries of all villages."""

    def to_entry(self, entry: str, number: str) -> None:
        """Show an entry among the entries."""

    def to_receipts(self, station: str | None = None) -> None:
        """Show the receipts, of one village or of all."""

    def to_receipt(self, receipt: str, number: str) -> None:
        """Show a receipt among the receipts."""

    def lay(self, sheet: Sheet) -> None:
        """Lay a sheet over the page."""

    def take_away(self) -> None:
        """Take the sheet away."""

    def fail(self, error: TefterError) -> None:
        """Say in a sheet what happened, what is safe and what to do."""

    def fail_quietly(self, error: TefterError) -> None:
        """Let the status line say what is wrong: a list that could not be read tries again by itself."""

    def say(self, sentence: str) -> None:
        """Say quietly, once, that something is done."""
