"""The command that adds packages to this installation, however it was made: from a clone, by pip, pipx or uv."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from importlib import metadata

_NAME = "grade-dl"


def install_command(words: Sequence[str]) -> str:
    """What to type in a shell. words: packages as pip takes them, and its options."""
    return shlex.join([*_installer(), *words])


def extra_command(extra: str) -> str:
    """What to type to get what an extra of this package needs.

    A clone is installed again with the extra. Otherwise the command names the packages that the extra stands for: they
    are in an index, where this package need not be.
    """
    clone = _clone()
    if clone is None:
        return install_command(list(_needed(extra)) or [f"{_NAME}[{extra}]"])
    constraints = os.path.join(clone, "constraints.txt")
    pinned = ["-c", constraints] if os.path.isfile(constraints) else []
    return install_command([*pinned, "-e", f"{clone}[{extra}]"])


def _installer() -> list[str]:
    if os.path.isfile(os.path.join(sys.prefix, "pipx_metadata.json")):
        return ["pipx", "runpip", os.path.basename(sys.prefix), "install"]
    if next(iter(metadata.distributions(name="pip")), None) is None:
        return ["uv", "pip", "install", "--python", sys.executable]
    return [sys.executable, "-m", "pip", "install"]


def _clone() -> str | None:
    """The folder that this was installed from with -e; None of any other installation."""
    import json
    from urllib.parse import unquote, urlparse

    try:
        origin = json.loads(metadata.distribution(_NAME).read_text("direct_url.json") or "{}")
        folder = unquote(urlparse(origin["url"]).path) if origin["dir_info"]["editable"] else ""
    except (metadata.PackageNotFoundError, ValueError, KeyError, TypeError):
        return None
    return folder if os.path.isdir(folder) else None


def _needed(extra: str) -> Iterator[str]:
    """The packages behind an extra, as pip takes them."""
    from packaging.requirements import Requirement

    try:
        required = map(Requirement, metadata.requires(_NAME) or [])
    except metadata.PackageNotFoundError:
        return
    for one in required:
        if one.marker is not None and one.marker.evaluate({"extra": extra}) and not one.marker.evaluate({"extra": ""}):
            extras = f"[{','.join(sorted(one.extras))}]" if one.extras else ""
            yield f"{one.name}{extras}{one.specifier}"
