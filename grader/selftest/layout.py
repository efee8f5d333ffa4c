"""Lays out a class: honest neighbours, and the attackers between them; and the same neighbours alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from grader.selftest.attack import COURSE, EXERCISE, Attack
from grader.selftest.places import FILE, NAMES, PLACES, RIGHT, WRONG, Ground
from grader.selftest.witness import Witnesses

STUB = RIGHT.replace("return x * x * x", "raise NotImplementedError")
NEIGHBOURS = (RIGHT, WRONG, STUB)


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
    known = {"SOLUTIONS": solutions, "CLASS": made.all, "OUT": made.out, "NEIGHBOUR": neighbour,
             "STUDENT": student.name, "PRELOAD": preload(made)}  # fmt: skip
    source = attack.source
    for key, value in known.items():
        source = source.replace(f"@{key}@", str(value))
    (ground.folder() / FILE).write_text(witnesses.fill_in(attack, source), "utf-8")


def preload(made: Class) -> Path:
    """The library that LD_PRELOAD names."""
    return made.folder / "libgrade-selftest.so"
