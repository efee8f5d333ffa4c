"""The private folder in which a worker finds its submission's files, and the only one it may write."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import threading
from pathlib import Path


class Scratch:
    """A folder for one worker at a time, emptied for each: nothing left by one is found by the next.

    path: an empty folder of one's own; made if None. Whatever comes to lie in it is removed.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = new_folder() if path is None else path
        if not self.path.is_absolute() or any(self.path.iterdir()):
            raise ValueError(f"{str(self.path)!r} is no empty folder of its own")
        self._lock = threading.Lock()

    def fill(self, files: dict[str, bytes]) -> None:
        """Make the folder hold exactly these files. Names are plain file names, or paths of such below the folder, made
        by whoever read them."""
        with self._lock:
            remove_folder(self.path)
            # The folder itself is made anew, so that its mode and attributes are ours.
            os.mkdir(self.path, 0o700)
            for name, content in files.items():
                (self.path / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                (self.path / name).write_bytes(content)

    def remove(self) -> None:
        """Remove the folder and all that is in it. The worker must have ended."""
        with self._lock:
            remove_folder(self.path)

    def abandon(self) -> None:
        """Remove it for good: another thread that would fill it waits for the end of this process."""
        self._lock.acquire()
        remove_folder(self.path)


def new_folder() -> Path:
    """An empty folder for temporary files, readable by this user only."""
    return Path(tempfile.mkdtemp(prefix="grade-"))


def remove_folder(path: Path) -> None:
    """Remove a folder that a submission may have made hard to remove; do nothing where there is none."""
    if not path.exists():
        return
    if os.rename not in os.supports_dir_fd:
        shutil.rmtree(path, ignore_errors=True)
        return
    os.chmod(path, 0o700)
    top = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        _empty(top)
    finally:
        os.close(top)
    os.rmdir(path)


def _empty(top: int) -> None:
    """Empty a folder, however deep a submission nested others in it: each folder's folders are first moved to the top,
    so that there is no recursion and no path that grows too long."""
    while entries := _entries(top):
        for name, is_folder in entries:
            if not is_folder:
                os.unlink(name, dir_fd=top)
                continue
            inner = _opened(name, top)
            try:
                _move_folders(inner, top)
            finally:
                os.close(inner)
            os.rmdir(name, dir_fd=top)


def _move_folders(inner: int, top: int) -> None:
    for name, is_folder in _entries(inner):
        if is_folder:
            os.chmod(name, 0o700, dir_fd=inner)  # moving a folder takes the right to write to it
            os.rename(name, secrets.token_hex(16), src_dir_fd=inner, dst_dir_fd=top)
        else:
            os.unlink(name, dir_fd=inner)


def _opened(name: str, place: int) -> int:
    os.chmod(name, 0o700, dir_fd=place)  # a submission may have locked it
    return os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=place)


def _entries(place: int) -> list[tuple[str, bool]]:
    """Names, and whether each is a folder."""
    with os.scandir(place) as entries:
        return [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
