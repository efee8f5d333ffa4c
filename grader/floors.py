"""The oldest versions that grade works with, and which of those installed here are older.

Asked before anything else at every command, so it reads names of folders and imports next to nothing.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # typing's own would cost every warm run its import
if TYPE_CHECKING:
    from grader.text import Message

PYTHON = (3, 11)
#: As pyproject.toml has them; a test compares.
FLOORS = {
    "click": "8.1",
    "fsrs": "6.0",
    "jinja2": "3.1.4",
    "matplotlib": "3.9",
    "msgspec": "0.18.6",
    "numpy": "1.26",
    "packaging": "23",
    "pytest": "8.2",
    "rich": "13.7",
    "torch": "2.6" if sys.version_info >= (3, 13) else "2.4",
    "watchfiles": "1.0",
}
_ENDS = (".dist-info", ".egg-info")


class Old:
    """An installed version that is below its floor."""

    def __init__(self, name: str, version: str, floor: str) -> None:
        self.name, self.version, self.floor = name, version, floor

    def __str__(self) -> str:
        return f"{self.name} {self.version} (>={self.floor})"


def too_old() -> list[Old]:
    """What is installed and below its floor."""
    found = _versions()
    return [
        Old(name, found[name], floor)
        for name, floor in FLOORS.items()
        if name in found and _numbers(found[name]) < _numbers(floor)
    ]


def update(old: list[Old]) -> str:
    """The command that updates them."""
    from grader.installing import install_command

    return install_command([f"{package.name}>={package.floor}" for package in old])


def sentence(old: list[Old]) -> Message:
    """Why nothing is done with them, and what to do."""
    from grader.text import listed, say

    return say("Too old for grade: {found}. To update: {command}", found=listed(map(str, old)), command=update(old))


def python_too_old() -> str:
    """Why this Python can't run grade, in English and Chinese, for one that can't read the catalogue; empty where it
    can."""
    if sys.version_info[:2] >= PYTHON:
        return ""
    version, floor = ".".join(map(str, sys.version_info[:3])), ".".join(map(str, PYTHON))
    locale = next((os.environ[name] for name in ("GRADE_LANG", "LC_ALL", "LANG") if os.environ.get(name)), "")
    if locale.lower().startswith("zh"):
        return (
            f"grade: 需要 Python {floor} 或更高版本，而这里的 {sys.executable} 是 {version}。"
            f"请安装较新的 Python，再用它建一个虚拟环境来安装评分程序。"
        )
    return (
        f"grade: it takes Python {floor} or newer, and {sys.executable} is {version}: install a newer Python, and "
        "grade in a virtual environment made with that."
    )


def _versions() -> dict[str, str]:
    """The version of every package with a floor, from the first folder on sys.path that has it."""
    found: dict[str, str] = {}
    for entry in sys.path:
        here: dict[str, str] = {}
        for info in _names(entry):
            name, _, rest = info.partition("-")
            if name.lower() in FLOORS and info.endswith(_ENDS):
                version = rest.partition("-")[0].removesuffix(".dist").removesuffix(".egg")
                # Where an update has left the older one's folder behind, the newer is meant.
                here[name.lower()] = max(version, here.get(name.lower(), ""), key=_numbers)
        found = {**here, **found}
    return found


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder or ".")
    except OSError:
        return []


def _numbers(version: str) -> tuple[int, ...]:
    """The release's numbers without zeros at the end; a pre-release counts as its release."""
    numbers: list[int] = []
    for part in version.partition("+")[0].split("."):
        digits = part[: len(part) - len(part.lstrip("0123456789"))]
        if digits:  # no `:=`: a Python that is too old reads this file
            numbers.append(int(digits))
        if digits != part:
            break
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
