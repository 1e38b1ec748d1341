"""Start ``tefter`` commands as own processes, as people at their desks would."""

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

SECONDS = 600


class CommandFailed(RuntimeError):
    """A command of the demonstration ended badly; its own words follow."""


def run(*words: str | Path) -> dict[str, Any]:
    """Run one command to its end and return its JSON answer."""
    done = subprocess.run(_command(words), capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - our own
    if done.returncode != 0:
        raise CommandFailed(f"{words[:3]}: {done.stderr.decode(errors='replace')}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _command(words: tuple[str | Path, ...]) -> list[str]:
    return [sys.executable, "-m", "app", *map(str, words), "--json"]


class Running:
    """A command that goes on: a station at work, or a service whose first line is its JSON answer."""

    def __init__(self, *words: str | Path) -> None:
        self._words = words
        self._process = subprocess.Popen(_command(words), stdout=subprocess.PIPE)  # noqa: S603 - our own

    def __enter__(self) -> Self:
        """Use it in a ``with`` block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it as an operator would, and wait."""
        self._process.terminate()
        self._process.wait(SECONDS)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def first_line(self) -> dict[str, Any]:
        """Return the answer that a service prints once it listens."""
        if self._process.stdout is None:
            raise CommandFailed(self._words[:3])
        line = self._process.stdout.readline()
        if not line:
            raise CommandFailed(self._words[:3])
        answer: dict[str, Any] = json.loads(line)
        return answer

    def finish(self) -> dict[str, Any]:
        """Wait for a command that ends by itself and return its answer."""
        output, _ = self._process.communicate(timeout=SECONDS)
        if self._process.returncode != 0:
            raise CommandFailed(self._words[:3])
        answer: dict[str, Any] = json.loads(output)
        return answer
