"""One process at a time: a lock beside a SQLite file, held for as long as `huddle run` works on it.

The system lets go of it when the process ends, however it ends. Commands that read, or write once, do not take it.
"""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from bot.errors import StorageError

SUFFIX = ".lock"


class DatabaseLock:
    """The right to work on a file alone."""

    def __init__(self, path: Path) -> None:
        real = path.resolve()  # the same file by another way is the same file
        self.path = path
        self._lock = FileLock(real.with_name(real.name + SUFFIX), is_singleton=False)

    def take(self, patience: float = 0) -> DatabaseLock:
        """Hold it until `free`; raises `StorageError` when another process still has it after `patience` seconds."""
        if not self.path.resolve().parent.is_dir():
            raise StorageError(f"The folder {self.path.parent} does not exist; make it or set HUDDLE_DATABASE.")
        try:
            self._lock.acquire(timeout=patience, poll_interval=0.05)
        except Timeout:
            raise StorageError(
                f"Another process is working on {self.path}. Stop it first: two would do everything twice."
            ) from None
        except (OSError, NotImplementedError) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            raise StorageError(f"{self.path} cannot be locked ({reason}). Make its folder writable.") from None
        return self

    def free(self) -> None:
        """Let go of it."""
        self._lock.release()

    def __enter__(self) -> DatabaseLock:
        return self.take()

    def __exit__(self, *_: object) -> None:
        self.free()
