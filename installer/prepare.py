"""Make the project ready on this computer, then show it or test it.

    python3 installer/prepare.py demo [arguments of `tefter demo`]
    python3 installer/prepare.py test [arguments of pytest]

The script needs nothing but Python 3.11 or newer. On Debian and Ubuntu it installs the system packages that
are missing (as root, or by sudo); everywhere it makes `.venv` in the project's folder and installs the exact
versions of `installer/requirements/` there. What is in place already is left alone, so a second run needs
neither root nor a network. How packages are reached (a mirror, a proxy, certificates) is the machine's own
configuration of apt and pip; nothing here changes it.
"""

from __future__ import annotations  # an older Python shall reach the sentence about its version

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
ON_WINDOWS = os.name == "nt"
PROGRAMS = VENV / ("Scripts" if ON_WINDOWS else "bin")

OLDEST_PYTHON = (3, 11)
COMMANDS = ("demo", "test")

# What Qt's wheels expect of the system: first to draw at all, then to open a window under X.
QT_PACKAGES = [
    "libbrotli1",
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libfreetype6",
    "libgl1",
    "libglib2.0-0",
    "libx11-6",
    "libxkbcommon0",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-sync1",
    "libxcb-util1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
]
SYSTEM_PACKAGES = {
    "demo": ["python3-venv", *QT_PACKAGES],
    # strace: the tests of what reaches the disk. xvfb: a screen for the tests of real windows.
    "test": ["python3-venv", *QT_PACKAGES, "strace", "xauth", "xvfb"],
}

# In this order; all of them run, so that one look at the output shows everything that is wrong.
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports", "--no-cache"),
)


def say(sentence: str) -> None:
    """Tell the person what happens; standard output belongs to the commands that are started."""
    print(f"prepare: {sentence}", file=sys.stderr, flush=True)


def run(command: Sequence[str | Path], environment: dict[str, str] | None = None) -> int:
    """Run a command in the project's folder and return its exit code."""
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def run_or_leave(command: Sequence[str | Path], failure: str) -> None:
    """Run a step that the next ones need; when it fails, say so and leave with its exit code."""
    code = run(command)
    if code != 0:
        say(f"{failure} (exit code {code}). Mend what is said above and run the same command again.")
        sys.exit(code if code > 0 else 1)


# --- system packages ---


def installed_packages() -> set[str]:
    """Names of the installed Debian packages, with the names that they stand for.

    Ubuntu 24.04 and Debian 13 have `libglib2.0-0t64` for `libglib2.0-0` and say so in Provides.
    """
    listing = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${db:Status-Status}\t${Package}, ${Provides}\n"],
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout
    names: set[str] = set()
    for line in listing.splitlines():
        status, _, provided = line.partition("\t")
        if status == "installed":
            names.update(words[0] for name in provided.split(",") if (words := name.split()))
    return names


def install_system_packages(wanted: Sequence[str]) -> None:
    """Install the Debian packages that are missing; on other systems only say what Qt needs."""
    if not sys.platform.startswith("linux"):
        return
    if shutil.which("apt-get") is None or shutil.which("dpkg-query") is None:
        say("this is not Debian or Ubuntu: if Qt does not start, install its libraries (xcb and EGL).")
        return
    have = installed_packages()
    missing = [package for package in wanted if package not in have]
    if not missing:
        return
    # env is a word of the command, because sudo would drop a variable of ours.
    apt_get = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    install = [*apt_get, "install", "--yes", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        if shutil.which("sudo") is None:
            say("system packages are missing. Run this as root, then the same command again:")
            say(shlex.join(install))
            sys.exit(1)
        apt_get = ["sudo", *apt_get]
        install = ["sudo", *install]
    say(f"installing {len(missing)} system packages: {' '.join(missing)}")
    # Old lists may do; whether they did, the installation tells.
    run([*apt_get, "update"])
    run_or_leave(install, "the system packages could not be installed")


# --- the project's own environment ---


def program(name: str) -> Path:
    """Where a program of the environment lies."""
    return PROGRAMS / (f"{name}.exe" if ON_WINDOWS else name)


def stamp(lock: Path) -> Path:
    """The empty file that says: this lock is installed here, by this Python, for this project folder."""
    digest = hashlib.sha256()
    for part in (
        lock.read_bytes(),
        (ROOT / "pyproject.toml").read_bytes(),
        sys.version.encode(),
        bytes(ROOT),
    ):
        digest.update(hashlib.sha256(part).digest())
    return VENV / f".tefter-{digest.hexdigest()[:16]}"


def of_another_python() -> bool:
    """Return whether the environment is of a Python that lies elsewhere: two of them in one folder run neither."""
    settings = VENV / "pyvenv.cfg"
    if not settings.exists():
        return False
    homes = [line.partition("=")[2].strip() for line in settings.read_text("utf-8").splitlines() if "home" in line]
    return not any(Path(home).is_relative_to(sys.base_prefix) for home in homes)


def prepare_environment(command: str) -> None:
    """Make `.venv` and install the locked versions and the project itself, unless that is done."""
    runtime, test = (ROOT / "installer" / "requirements" / name for name in ("runtime.txt", "test.txt"))
    # The versions for the tests include the ones that the program runs on.
    lock, enough = (test, [test]) if command == "test" else (runtime, [runtime, test])
    if any(stamp(each).exists() for each in enough):
        return
    say(f"making {VENV} from {lock.name}")
    anew = ["--clear"] if of_another_python() else []
    run_or_leave([sys.executable, "-m", "venv", *anew, VENV], "the Python environment could not be made")
    pip: list[str | Path] = [
        program("python"),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    run_or_leave(
        [*pip, "--require-hashes", "--only-binary", ":all:", "-r", lock],
        "the Python packages could not be installed",
    )
    run_or_leave([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT], "the project could not be installed")
    stamp(lock).touch()


# --- the two commands ---


def demo(arguments: list[str]) -> int:
    """Run `tefter demo`, without windows where there is no screen for them."""
    screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform.startswith("linux") and not screen and "--headless" not in arguments:
        say("there is no screen here, so the demonstration runs with --headless")
        arguments = [*arguments, "--headless"]
    return run([program("tefter"), "demo", *arguments])


def test(arguments: list[str]) -> int:
    """Run the checks and the tests; return the first exit code that is not 0."""
    environment = dict(os.environ)
    # The programs of the environment find each other by name, as the pre-commit hooks do.
    environment["PATH"] = os.pathsep.join([str(PROGRAMS), environment.get("PATH", os.defpath)])
    # Tests draw without a screen, the same on every machine, unless the person asks for one.
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    failed = 0
    for name, *rest in (*CHECKS, ("pytest", *(arguments or ["-n", "2", "--dist", "worksteal"]))):
        say(shlex.join([name, *rest]))
        code = run([program(name), *rest], environment)
        if code != 0:
            say(f"{name} failed (exit code {code})")
            failed = failed or code
    return failed


def main(arguments: list[str]) -> int:
    """Prepare what the command needs, then run it."""
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 2
    if sys.version_info < OLDEST_PYTHON:
        say("Tefter needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")
        return 1
    command, rest = arguments[0], arguments[1:]
    install_system_packages(SYSTEM_PACKAGES[command])
    prepare_environment(command)
    return demo(rest) if command == "demo" else test(rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
