"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def create_whole(path: Path, data: bytes) -> None:
    """Write a new file and sync it; none is left where that fails. Raises FileExistsError where there is one."""
    with open(path, "xb") as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            path.unlink()
            raise


def write_whole(path: Path, data: bytes) -> None:
    """Write a file under a temporary name beside its place, sync it, and put it in place: a crash leaves the old one
    or the new one, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    # The folder may have come from anybody, and hold a link of that name: what it leads to is not to be written.
    temporary.unlink(missing_ok=True)
    create_whole(temporary, data)
    try:
        os.replace(temporary, path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
