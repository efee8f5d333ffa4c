"""The entry of a reader in a plain subprocess, where there is no zygote."""

from __future__ import annotations

from typing import NoReturn

from grader.reader.serve import serve
from grader.worker.plain import connected, limit


def main() -> NoReturn:
    """Connect back to whoever started this, and answer."""
    trusted = connected()
    limit(trusted.memory_mb, trusted.cpu_seconds)
    serve(trusted.socket, trusted.memory_mb)


if __name__ == "__main__":
    main()
