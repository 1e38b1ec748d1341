"""The one module for what differs between Windows and the rest: durable renames, private files, locks, places."""

import os
import sys
from pathlib import Path

WINDOWS = sys.platform == "win32"

NO_CONSOLE = 0x08000000 if WINDOWS else 0
"""``CREATE_NO_WINDOW``: a process of ours opens no console of its own."""


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable. Windows does so with the rename itself and cannot open a folder."""
    if WINDOWS:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_private_folder(folder: Path) -> None:
    """Make a folder that only this user may enter; Windows profiles are private by inheritance."""
    folder.mkdir(parents=True, exist_ok=True)
    if not WINDOWS:
        folder.chmod(0o700)


def open_private(path: Path) -> int:
    """Return a descriptor of a new or existing file that only this user may read, for writing without truncation."""
    flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
    return os.open(path, flags, 0o600)


def default_store() -> Path:
    """Return where a station's store lies on this computer: the user's own folder for local data."""
    if WINDOWS:
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "Tefter" / "store"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "tefter" / "store"


def stop_at_once() -> None:
    """End this process as a power cut would: no handlers, no flushing."""
    if WINDOWS:
        os._exit(137)
    import signal  # noqa: PLC0415 - SIGKILL does not exist on Windows

    os.kill(os.getpid(), signal.SIGKILL)


_BEFORE_PLACES = 8
"""By so much X11 and Wayland count the places of keys further than the hardware does."""


def key_place(native: int) -> int:
    """Return the place of a key on the keyboard, whatever its layout: its code of the hardware (set 1), 0 unknown.

    ``native`` is what the window system tells of the key.
    """
    return native if WINDOWS or not native else native - _BEFORE_PLACES


_REMOVABLE_ON_WINDOWS = 2
"""``DRIVE_REMOVABLE`` of ``GetDriveTypeW``."""
_MOUNTED_BY_DESKTOPS = ("/media/", "/run/media/")


def is_removable(root: str, device: str) -> bool:
    """Return whether a mounted volume (its folder and its device) is one that people plug in and pull out."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only Windows has the call

        return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == _REMOVABLE_ON_WINDOWS)
    if root.startswith(_MOUNTED_BY_DESKTOPS):
        return True
    block = Path("/sys/class/block") / Path(device).name
    if not device.startswith("/dev/") or not block.exists():
        return False
    whole = block.resolve()
    return any(_says_removable(place) for place in (whole, whole.parent))


def _says_removable(place: Path) -> bool:
    try:
        return (place / "removable").read_text("ascii").strip() == "1"
    except OSError:
        return False


def limit_this_process(memory: int, seconds: int) -> None:
    """Let this process have so many octets of memory and seconds of work, no file to write and no core to leave.

    Windows has no such limits; there whoever started the process ends it in time.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Windows does not have it

    limits = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for what, most in limits:
        resource.setrlimit(what, (most, most))
