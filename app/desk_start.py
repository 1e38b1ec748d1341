"""Puts the desk's window together (централно бюро): Qt and a client of the centre's API; no store, no road."""

from app.ui.application import tell_unexpected
from app.ui.central_desk.client import DeskClient
from app.ui.central_desk.window import DeskWindow
from resources.speech import Speech


def open_desk(speech: Speech, *, address: str = "", token: str | None = None) -> DeskWindow:
    """Open the desk; with an access code it signs in at once."""
    window = DeskWindow(speech, DeskClient, address=address)
    tell_unexpected(speech, window.fail_unexpectedly)
    window.appear_on_screen()
    if token is not None and address:
        window.unlock.token.setText(token)
        window.unlock.go()
    return window
