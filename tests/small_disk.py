"""A disk that is soon full (малък диск): a memory file system of its own, where the machine lets one be mounted."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    """Mount a disk of ``size`` (``1m``) in a folder; a test that may not mount one is skipped."""
    place = folder / "small"
    place.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("only root mounts a small disk")
    command = [mount, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting is forbidden here")
    yield place
    subprocess.run([str(shutil.which("umount")), place], check=True)
