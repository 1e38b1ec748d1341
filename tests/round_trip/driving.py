"""Drives a window that runs as a process of its own (``tests.ui.driven``): keys in, texts out."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.faults.municipality import ROOT, surroundings

PATIENCE = 60


class Driven:
    """A window of the program in its own process."""

    def __init__(self, *words: str | Path, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.driven", *map(str, words)],
            cwd=ROOT,
            env=surroundings(QT_QPA_PLATFORM="offscreen", **environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        """Use it in a ``with`` block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self.kill()

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()

    def _ask(self, **command: object) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the window has gone"
        answer: dict[str, Any] = json.loads(line)
        return answer

    def press(self, *keys: str) -> dict[str, Any]:
        """Press keys, in order."""
        return self._ask(press=keys)

    def type(self, text: str) -> dict[str, Any]:
        """Type text into what has the keyboard."""
        return self._ask(type=text)

    def until_kept(self) -> dict[str, Any]:
        """Wait until the store has all that was typed."""
        return self._ask(kept=True)

    def look(self) -> dict[str, Any]:
        """Return what is shown."""
        return self._ask(look=True)

    def has(self, words: str, seconds: float) -> bool:
        """Return whether words are shown within so many seconds."""
        return bool(self._ask(wait=words, seconds=seconds)["found"])

    def wait(self, words: str, seconds: float = 20) -> dict[str, Any]:
        """Wait until words are shown."""
        seen = self._ask(wait=words, seconds=seconds)
        assert seen["found"], f"not shown: {words}; shown on {seen['page']}: {seen['texts']}"
        return seen
