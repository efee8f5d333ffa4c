"""Where installed packages are: the interpreter's own folders, the user's site, what PYTHONPATH names.

What grades must find its modules there and nowhere else: not in the working folder, not beside a submission, not in a
learner's own folder on PYTHONPATH, where a `random.py` may lie. Imports next to nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

_STANDARD = os.path.dirname(os.__file__)
_ZIPPED = f"python{sys.version_info[0]}{sys.version_info[1]}.zip"
_NAMES = ("site-packages", "dist-packages")
#: Marks a folder that pip installs into; each distribution in it has one.
_INSTALLED = ".dist-info"


def search_path(path: Iterable[str] | None = None) -> list[str]:
    """What of `path`, by default sys.path, is the standard library, which comes first; a folder of packages; or the
    folder of this package."""
    entries = dict.fromkeys(entry for entry in (sys.path if path is None else path) if os.path.isabs(entry))
    standard = [entry for entry in entries if _is_standard(entry)]
    ours = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    here = _here()
    others = [entry for entry in entries if entry == ours or (entry != here and is_packages(entry))]
    return list(dict.fromkeys([*standard, *others, ours]))


def settle() -> None:
    """Have this process look in those folders first; what else was on the path, such as the script's own folder, comes
    last."""
    first = search_path()
    sys.path[:] = [*first, *(entry for entry in sys.path if entry not in first)]


def is_packages(folder: str) -> bool:
    """Whether packages are installed in a folder."""
    return os.path.basename(folder) in _NAMES or any(_distributions(folder))


def contents(folder: str) -> list[str]:
    """What a worker may read of a folder of packages: all of it; where it is not one by its name, and so may hold
    anything, what pip has installed there."""
    if os.path.basename(folder) in _NAMES:
        return [folder]
    return [path for path in _installed(folder) if os.path.exists(path) and not os.path.islink(path)]


def linked(folder: str) -> list[str]:
    """Where the packages are that lie in a folder by a link; not one around the folder itself, such as a home."""
    named = os.path.basename(folder) in _NAMES
    entries = [os.path.join(folder, name) for name in _listed(folder)] if named else _installed(folder)
    found = [os.path.realpath(path) for path in entries if os.path.islink(path)]
    around = os.path.join(os.path.realpath(folder), "")
    return [path for path in found if not around.startswith(os.path.join(path, ""))]


def _is_standard(entry: str) -> bool:
    inside = entry == _STANDARD or entry.startswith(_STANDARD + os.sep)
    return (inside and os.path.basename(entry) not in _NAMES) or os.path.basename(entry) == _ZIPPED


def _here() -> str:
    try:
        return os.getcwd()
    except OSError:
        return ""


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _distributions(folder: str) -> list[str]:
    return [name for name in _listed(folder) if name.endswith(_INSTALLED)]


def _installed(folder: str) -> list[str]:
    """What pip has installed in a folder: the paths just below it."""
    names = {name for distribution in _distributions(folder) for name in _owned(os.path.join(folder, distribution))}
    return [os.path.join(folder, name) for name in sorted(names)]


def _owned(distribution: str) -> set[str]:
    """The first part of every path of a distribution that lies in its folder."""
    try:
        with open(os.path.join(distribution, "RECORD"), encoding="utf-8") as record:
            names = {line.replace('"', "").replace(",", "/").partition("/")[0].strip() for line in record}
    except (OSError, UnicodeDecodeError):
        return set()
    return names - {"", ".", ".."}
