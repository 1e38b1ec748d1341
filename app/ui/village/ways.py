"""The ways between the pages (преходи): what a page may ask of the window that holds it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from app.domain.errors import TefterError
from app.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.services.details import EntryDetails
    from app.services.registration import Registered


class Ways(Protocol):
    """Where a page can lead."""

    def to_entries(self, entry: bytes | None = None) -> None:
        """Show the register, with this entry as the current one."""

    def to_new_document(self) -> None:
        """Show the form, as it was left or empty."""

    def to_case(self, number: str) -> None:
        """Show the form for a later paper of the case of an entry with this number."""

    def to_correction(self, entry: bytes) -> None:
        """Show the form with what stands in an entry, to correct it."""

    def to_saved(self, registered: "Registered") -> None:
        """Show the number just given, large."""

    def to_fee(self, entry: bytes | None = None) -> None:
        """Take a fee: of an entry, or one that is chosen there."""

    def to_till(self, receipt: bytes | None = None) -> None:
        """Show the till, with this receipt as the current one."""

    def to_day_close(self) -> None:
        """Count the till and close the day."""

    def to_road(self) -> None:
        """Show how the road to the town stands."""

    def to_village(self, register: int, then: Callable[[], object]) -> None:
        """Go to the desk of a village by its register, and do something there; it may be the one at work."""

    def annul(self, entry: "EntryDetails") -> None:
        """Show what annulling an entry does, and ask for the reason."""

    def answer(self, entry: "EntryDetails") -> None:
        """Show what the town disputes, and the three ways to answer."""

    def change_case(self, entry: "EntryDetails") -> None:
        """Issue, deliver or annul a result of an entry, end it without one, note on it."""

    def change_term(self, entry: "EntryDetails") -> None:
        """Extend, stop or restart the term of an entry."""

    def show_attachments(self, entry: "EntryDetails", files: "Sequence[Path]" = ()) -> None:
        """Show what is attached to an entry, and attach these files to it."""

    def papers(self, entry: "EntryDetails") -> None:
        """Show the papers of an entry, to print one of them."""

    def print_slip(self, entry: bytes, number: str) -> None:
        """Print the citizen's slip of an entry, whose number names the paper."""

    def save_slip(self, entry: bytes, number: str) -> None:
        """Save the citizen's slip of an entry as PDF."""

    def lay(self, sheet: Sheet) -> None:
        """Lay a sheet over the page."""

    def take_away(self) -> None:
        """Take the sheet away."""

    def fail(self, error: TefterError) -> None:
        """Say in a sheet what happened, what is safe and what to do."""

    def say(self, sentence: str) -> None:
        """Say quietly, once, that something is done."""
