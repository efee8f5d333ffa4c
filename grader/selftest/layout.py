"""Lays out a class: honest neighbours, and the attackers between them; and the same neighbours alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from grader.selftest.attack import COURSE, EXERCISE, SLUG, Attack
from grader.selftest.places import FILE, NAMES, PLACES, RIGHT, WRONG, Ground
from grader.selftest.sources import HOSTILE
from grader.selftest.witness import Witnesses, filled_in

STUB = RIGHT.replace("return x * x * x", "raise NotImplementedError")
NEIGHBOURS = (RIGHT, WRONG, STUB)
#: What is forbidden in the course that sources are searched for.
_SOUGHT = ("torch.sigmoid", ".sigmoid", "torch.special.*", "torch.nn.functional.sigmoid")


class Class:
    """What is to be scored, all below one folder.

    neighbours, attackers: the students' names, as rows of the table of scores have them; an attack's by its name.
    """

    def __init__(self, folder: Path, neighbours: Sequence[str], attackers: dict[str, str]) -> None:
        self.folder = folder
        self.neighbours = neighbours
        self.attackers = attackers
        self.course = folder / "course"  # with a canary in it
        self.alone = folder / "alone"  # the neighbours' folders
        self.all = folder / "class"  # everybody's folders
        self.sources = folder / "sources"  # the folders of those whose sources take long to read
        self.searching = folder / "searching"  # the course with names that are forbidden, and so searched for
        self.out = folder / "out"  # everybody's results
        self.scratch = folder / "tmp"  # the grader's temporary files
        self.preload = folder / "libgrade-selftest.so"  # the library that LD_PRELOAD names


def lay_out(folder: Path, attacks: Sequence[Attack], neighbours: int, witnesses: Witnesses) -> Class:
    """Make the class's folders below `folder`."""
    students: list[Attack | None] = [*attacks, *[None] * neighbours]
    students.sort(key=_spread(len(attacks), neighbours))
    names = [f"{number:05d}-{_name(attack)}" for number, attack in enumerate(students)]
    honest = [name for name, attack in zip(names, students, strict=True) if attack is None]
    hostile = {attack.name: name for name, attack in zip(names, students, strict=True) if attack is not None}
    as_text = {attack: name.encode("utf-8", "backslashreplace").decode() for attack, name in hostile.items()}
    made = Class(folder, honest, as_text)
    shutil.copytree(COURSE, made.course)
    for path in made.course.rglob("*.py"):
        path.write_text(path.read_text("utf-8").replace("@CANARY@", witnesses.canary), "utf-8")
    made.scratch.mkdir()
    for number, name in enumerate(honest):
        source = f"# {witnesses.canary}\n{NEIGHBOURS[number % len(NEIGHBOURS)]}".encode()
        _hand_in(made.alone / name, {FILE: source})
        _hand_in(made.all / name, {FILE: source})
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
        "PRELOAD": made.preload,
    }
    source = filled_in(attack.source, known)
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
        _hand_in(made.sources / f"neighbour-{number}", {FILE: source.encode()})
    hostile = [shape.render(size) for shape in HOSTILE for size in sizes]
    for number, files in enumerate(hostile):
        name = f"{SLUG}{Path(files.name).suffix}"
        _hand_in(made.sources / f"source-{number:04d}", {name: files.content, **files.companions})
    return len(hostile)


def _hand_in(student: Path, files: Mapping[str, bytes]) -> None:
    folder = student / EXERCISE
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
