"""Where installed packages are: the interpreter's own folders, the user's site, what PYTHONPATH names.

What grades must find its modules there and nowhere else: not in the working folder, not beside a submission, not in a
learner's own folder on PYTHONPATH, where a `random.py` may lie. Imports next to nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

_STANDARD = os.path.dirname(os.__file__)
_ZIPPED = f"python{sys.version_info.major}{sys.version_info.minor}.zip"
_NAMES = ("site-packages", "dist-packages")
#: Marks a folder that pip installs into; each distribution in it has one.
_INSTALLED = ".dist-info"


def search_path(path: Iterable[str] | None = None) -> list[str]:
    """What of `path`, by default sys.path, is the standard library, which comes first; a folder of packages; or the
    folder of this package."""
    entries = [entry for entry in dict.fromkeys(sys.path if path is None else path) if os.path.isabs(entry)]
    standard = [entry for entry in entries if _is_standard(entry)]
    ours = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    here = _here()
    found = [
        entry for entry in entries
        if entry not in standard and (entry == ours or (is_packages(entry) and entry != here))
    ]
    return [*standard, *found, *([] if ours in found else [ours])]


def settle() -> None:
    """Have this process look in those folders first. The script's own folder, the working folder for `python -m`, is
    left out; what else was on the path comes last."""
    rest = sys.path if sys.flags.safe_path else sys.path[1:]
    first = search_path(rest)
    sys.path[:] = [*first, *(entry for entry in rest if entry not in first)]


def is_packages(folder: str) -> bool:
    """Whether packages are installed in a folder."""
    return os.path.basename(folder) in _NAMES or any(_distributions(folder))


def granted(folder: str) -> list[str]:
    """What a worker may read of a folder of packages: all of it; where it is not one by its name, and so may hold
    anything, what pip has installed there. What is there by a link is named as itself."""
    if os.path.basename(folder) in _NAMES:
        try:
            with os.scandir(folder) as entries:
                return [folder, *(os.path.realpath(entry.path) for entry in entries if entry.is_symlink())]
        except OSError:
            return []
    names = {name for distribution in _distributions(folder) for name in _owned(os.path.join(folder, distribution))}
    return [path for path in (os.path.join(folder, name) for name in sorted(names)) if os.path.exists(path)]


def _is_standard(entry: str) -> bool:
    inside = entry == _STANDARD or entry.startswith(_STANDARD + os.sep)
    return (inside and os.path.basename(entry) not in _NAMES) or os.path.basename(entry) == _ZIPPED


def _here() -> str:
    try:
        return os.getcwd()
    except OSError:
        return ""


def _distributions(folder: str) -> list[str]:
    try:
        return [name for name in os.listdir(folder) if name.endswith(_INSTALLED)]
    except OSError:
        return []


def _owned(distribution: str) -> set[str]:
    """The first part of every path of a distribution that lies in its folder."""
    try:
        with open(os.path.join(distribution, "RECORD"), encoding="utf-8") as record:
            names = {line.strip('"').replace(",", "/").partition("/")[0].strip() for line in record}
    except (OSError, UnicodeDecodeError):
        return set()
    return names - {"", ".", ".."}
