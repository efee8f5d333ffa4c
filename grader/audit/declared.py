"""audit.toml: what an exercise's author declares, each with a reason that a reader can judge."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

from grader.course.faults import Faults, read_text
from grader.course.model import Exercise
from grader.text import Message, listed, say

FILE = "audit.toml"

#: Table → its keys, all of them strings.
_KEYS = {
    # Mutants and attacks that behave as the reference, or as a right answer may.
    "equivalent": ("function", "before", "after", "reason"),
    # Checks that are nobody's only killer, and stay.
    "idle": ("check", "reason"),
    # Answers whose error is near a tolerance.
    "slack": ("answer", "reason"),
    # Trivial files that truly do what the check pays for.
    "trivial": ("answer", "check", "reason"),
}

#: In place of a function and of `before`: the same of every function.
EVERY = "*"

#: A table's name and the values of its keys, blanks in them drawn together → the reason.
Reasons = dict[tuple[str, ...], str]


def read_reasons(exercise: Exercise) -> Reasons:
    """The exercise's audit.toml; nothing where there is none. Raises CourseError with every fault of the file."""
    path = exercise.folder / FILE
    if not path.exists():
        return {}
    text = read_text(path)
    faults = Faults(path, text)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        faults.at(1, say("not valid TOML: {reason}", reason=str(error)))
        faults.raise_any()
    items = [(name, item) for name in _KEYS for item in _items(name, tables, faults)]
    for name in tables.keys() - _KEYS.keys():
        faults.key((name,), say("unknown key {key}; known here: {known}", key=name, known=listed(_KEYS)))
    faults.raise_any()
    return {(name, *_values(name, item)): item["reason"] for name, item in items}


def equivalence(reasons: Reasons, function: str, before: str, after: str) -> str:
    """Why a change is well: of this function, or of every one; "" where nothing is said."""
    every = reasons.get(("equivalent", EVERY, EVERY, after), "")
    return reasons.get(("equivalent", function, before, after), every)


def idle_equivalents(exercise: Exercise, changes: Iterable[tuple[str, str, str]]) -> list[Message]:
    """A fault for each [[equivalent]] that is about none of these changes, each a function, `before` and `after`."""
    path = exercise.folder / FILE
    if not path.exists():
        return []
    text = read_text(path)
    faults = Faults(path, text)
    made = set()
    for function, before, after in changes:
        made |= {(function, before, after), (EVERY, EVERY, after)}
    for i, item in enumerate(_items("equivalent", tomllib.loads(text), faults)):
        if _values("equivalent", item) not in made:
            faults.key(("equivalent", i), say("the audit makes no such mutant and no such attack: remove this"))
    return faults.found


def _values(name: str, item: dict[str, str]) -> tuple[str, ...]:
    """What a table says, but for the reason."""
    return tuple(" ".join(item[key].split()) for key in _KEYS[name][:-1])


def _items(name: str, tables: dict[str, Any], faults: Faults) -> Iterator[dict[str, str]]:
    """The whole ones."""
    items = tables.get(name, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        faults.key((name,), say("write {key} as tables, each headed [[{key}]]", key=name))
        return
    for i, item in enumerate(items):
        wrong = [key for key in _KEYS[name] if not isinstance(item.get(key), str)]
        wrong += [key for key in item if key not in _KEYS[name]]
        if not wrong and not item["reason"].strip():
            wrong.append("reason")
        fields = {"table": f"[[{name}]]", "keys": listed(_KEYS[name])}
        for key in wrong:
            problem = say("{table} takes these keys, each a text: {keys}; {key} is wrong or missing", **fields, key=key)
            faults.key((name, i), problem)
        if not wrong:
            yield item
