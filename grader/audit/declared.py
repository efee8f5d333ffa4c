"""audit.toml: what an exercise's author declares, each with a reason that a reader can judge."""

from __future__ import annotations

import tomllib
from typing import Any

import msgspec

from grader.audit.mutation.mutants import Mutant
from grader.course.faults import CourseError, Faults, read_text
from grader.course.model import Exercise
from grader.text import say

FILE = "audit.toml"

#: Table → its keys, all of them strings.
_KEYS = {
    "equivalent": ("function", "before", "after", "reason"),
    "idle": ("check", "reason"),
    "slack": ("answer", "reason"),
    "trivial": ("answer", "check", "reason"),
}


class Declared(msgspec.Struct, frozen=True):
    """equivalent: (function, before, after) of mutants that behave as the reference, and why. idle: checks that are
    nobody's only killer, and why they stay. slack: answers whose error is near a tolerance, and why. trivial: (answer,
    check) of trivial files that truly do what the check pays for, and why."""

    equivalent: dict[tuple[str, str, str], str] = {}
    idle: dict[str, str] = {}
    slack: dict[str, str] = {}
    trivial: dict[tuple[str, str], str] = {}

    def reason(self, mutant: Mutant) -> str | None:
        """Why the mutant behaves as the reference; None where nobody says so."""
        return self.equivalent.get((mutant.function, mutant.before, mutant.after))


def read_declared(exercise: Exercise) -> Declared:
    """The exercise's audit.toml; nothing where there is none. Raises CourseError with every fault of the file."""
    path = exercise.folder / FILE
    if not path.exists():
        return Declared()
    text = read_text(path)
    faults = Faults(path, text)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        faults.at(1, say("not valid TOML: {reason}", reason=str(error)))
        raise CourseError(tuple(faults.found)) from None
    items = {name: _items(name, tables, faults) for name in _KEYS}
    for name in tables.keys() - _KEYS.keys():
        faults.key((name,), say("unknown key {key}; known here: {known}", key=name, known=", ".join(_KEYS)))
    faults.raise_any()
    return Declared(
        equivalent={
            (item["function"], _flat(item["before"]), _flat(item["after"])): item["reason"]
            for item in items["equivalent"]
        },
        idle={item["check"]: item["reason"] for item in items["idle"]},
        slack={item["answer"]: item["reason"] for item in items["slack"]},
        trivial={(item["answer"], item["check"]): item["reason"] for item in items["trivial"]},
    )


def _items(name: str, tables: dict[str, Any], faults: Faults) -> list[dict[str, str]]:
    given = tables.get(name, [])
    if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
        faults.key((name,), say("write {key} as tables, each headed [[{key}]]", key=name))
        return []
    whole = []
    for i, item in enumerate(given):
        wrong = [key for key in _KEYS[name] if not isinstance(item.get(key), str)]
        wrong += [key for key in item if key not in _KEYS[name]]
        if not wrong and not item["reason"].strip():
            wrong.append("reason")
        for key in wrong:
            faults.key(
                (name, i),
                say(
                    "{table} takes these keys, each a text: {keys}; {key} is wrong or missing",
                    table=f"[[{name}]]",
                    keys=", ".join(_KEYS[name]),
                    key=key,
                ),
            )
        if not wrong:
            whole.append(item)
    return whole


def _flat(line: str) -> str:
    return " ".join(line.split())
