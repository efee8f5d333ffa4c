"""Lays out a class: honest neighbours, and the attackers between them; and the same neighbours alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import msgspec

from grader.selftest.attack import COURSE, EXERCISE, SLUG, Attack
from grader.selftest.places import FILE, NAMES, PLACES, RIGHT, WRONG, Ground
from grader.selftest.sources import HOSTILE
from grader.selftest.witness import Witnesses

STUB = RIGHT.replace("return x * x * x", "raise NotImplementedError")
NEIGHBOURS = (RIGHT, WRONG, STUB)
#: What is forbidden in the course that sources are searched for.
_SOUGHT = ("torch.sigmoid", ".sigmoid", "torch.special.*", "torch.nn.functional.sigmoid")


class Class(msgspec.Struct, frozen=True):
    """What is to be scored, all below one folder.

    neighbours, attackers: the students' names, as rows of the table of scores have them; an attack's by its name.
    """

    folder: Path
    neighbours: tuple[str, ...]
    attackers: dict[str, str]

    @property
    def course(self) -> Path:
        """The course, with a canary in it."""
        return self.folder / "course"

    @property
    def alone(self) -> Path:
        """The neighbours' folders."""
        return self.folder / "alone"

    @property
    def all(self) -> Path:
        """Everybody's folders."""
        return self.folder / "class"

    @property
    def sources(self) -> Path:
        """The folders of those whose sources take long to read."""
        return self.folder / "sources"

    @property
    def searching(self) -> Path:
        """The course with names that are forbidden, so that submissions are searched for them."""
        return self.folder / "searching"

    @property
    def out(self) -> Path:
        """Where everybody's results go."""
        return self.folder / "out"

    @property
    def scratch(self) -> Path:
        """Where the grader makes temporary files."""
        return self.folder / "tmp"


def lay_out(folder: Path, attacks: Sequence[Attack], neighbours: int, witnesses: Witnesses) -> Class:
    """Make the class's folders below `folder`."""
    places: list[Attack | None] = [*attacks, *[None] * neighbours]
    places.sort(key=_spread(len(attacks), neighbours))
    names = [f"{number:05d}-{_name(attack)}" for number, attack in enumerate(places)]
    honest = [name for name, attack in zip(names, places, strict=True) if attack is None]
    hostile = {attack.name: name for name, attack in zip(names, places, strict=True) if attack is not None}
    made = Class(folder, tuple(honest), {attack: _as_text(name) for attack, name in hostile.items()})
    _course(made.course, witnesses.canary)
    made.scratch.mkdir()
    for place in (made.alone, made.all):
        for number, name in enumerate(honest):
            home = place / name / EXERCISE
            home.mkdir(parents=True)
            source = f"# {witnesses.canary}\n{NEIGHBOURS[number % len(NEIGHBOURS)]}"
            (home / FILE).write_text(source, "utf-8")
    for attack in attacks:
        _attacker(attack, made, made.all / hostile[attack.name], witnesses)
    return made


def _spread(attackers: int, neighbours: int) -> Callable[[Attack | None], float]:
    """A sorting key that mixes both evenly, whatever their numbers."""
    seen = [0, 0]

    def key(attack: Attack | None) -> float:
        honest = attack is None
        seen[honest] += 1
        return (seen[honest] - 0.5) / (neighbours if honest else attackers)

    return key


def _name(attack: Attack | None) -> str:
    if attack is None:
        return "neighbour"
    return os.fsdecode(NAMES.get(attack.name, attack.name.encode()))[: 255 - 6]


def _as_text(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()


def _course(folder: Path, canary: str) -> None:
    shutil.copytree(COURSE, folder)
    for path in folder.rglob("*.py"):
        path.write_text(path.read_text("utf-8").replace("@CANARY@", canary), "utf-8")


def _attacker(attack: Attack, made: Class, student: Path, witnesses: Witnesses) -> None:
    solutions = made.course / "solutions" / EXERCISE
    # The last one: it has not been graded yet when most attacks run.
    neighbour = made.all / made.neighbours[-1] / EXERCISE / FILE
    ground = Ground(student, solutions / "reference.py", neighbour, witnesses.made(attack))
    if attack.source is None:
        PLACES[attack.name](ground)
        return
    known = {
        "SOLUTIONS": solutions,
        "CLASS": made.all,
        "OUT": made.out,
        "NEIGHBOUR": neighbour,
        "STUDENT": student.name,
        "PRELOAD": preload(made),
    }
    source = attack.source
    for key, value in known.items():
        source = source.replace(f"@{key}@", str(value))
    (ground.folder() / FILE).write_text(witnesses.fill_in(attack, source), "utf-8")


def lay_out_sources(made: Class, sizes: Sequence[int]) -> int:
    """Make the folders of a second class, in which everybody but a few neighbours hands in a source that is made to
    take long to read, and of the course that it is graded with; how many hand in such a source.

    sizes: in bytes, of each source.
    """
    shutil.copytree(made.course, made.searching)
    config = made.searching / "solutions" / EXERCISE / "exercise.toml"
    lines = config.read_text("utf-8").splitlines()
    forbids = [f"forbidden = {list(_SOUGHT)}" if line.startswith("forbidden") else line for line in lines]
    config.write_text("\n".join(forbids) + "\n", "utf-8")
    for number, source in enumerate(NEIGHBOURS):
        _hand_in(made.sources / f"neighbour-{number}", FILE, source.encode())
    count = 0
    for shape in HOSTILE:
        for size in sizes:
            files = shape.render(size)
            name = f"{SLUG}{Path(files.name).suffix}"
            _hand_in(made.sources / f"source-{count:04d}", name, files.content, files.companions)
            count += 1
    return count


def _hand_in(student: Path, name: str, content: bytes, companions: Mapping[str, bytes] = MappingProxyType({})) -> None:
    folder = student / EXERCISE
    folder.mkdir(parents=True)
    for file, data in {name: content, **companions}.items():
        (folder / file).write_bytes(data)


def preload(made: Class) -> Path:
    """The library that LD_PRELOAD names."""
    return made.folder / "libgrade-selftest.so"
