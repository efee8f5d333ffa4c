"""The files of a bundle's exercise, made of a full one's."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from grader.course.bundle import RECORDS, STUB
from grader.course.faults import parse_toml, read_text
from grader.course.handout import NAME as STARTER
from grader.course.model import CheckInfo, Course, Exercise
from grader.course.stub import sealed_source
from grader.course.texts import course_files, statement_file, texts_file
from grader.sealing.checks_file import only_checks
from grader.sealing.toml import toml_text


def stage(course: Course, exercises: Collection[Exercise], folder: Path) -> None:
    """Copy the course with these exercises into a new folder, solutions included."""
    folder.mkdir(parents=True)
    for file in course_files(course.folder, course.languages):
        shutil.copyfile(file, folder / file.name)
    for exercise in exercises:
        target = folder / "solutions" / exercise.id
        shutil.copytree(exercise.folder, target, ignore=shutil.ignore_patterns("__pycache__", ".*"))


def reduce_checks(exercise: Exercise, checks: Collection[CheckInfo], others: Collection[str]) -> None:
    """Leave only these checks in a staged exercise, and what is said of them.

    others: ids of the bundle's exercises, for the prerequisites.
    """
    path, parts = exercise.folder / "checks.py", {check.part for check in checks}
    source = only_checks(read_text(path), {f"test_{check.id}" for check in checks})
    path.write_text(source, "utf-8")
    values = _toml(exercise.folder / "exercise.toml")
    values["points"] = sum(check.points for check in checks)
    values.pop("device", None)
    if "prerequisites" in values:
        values["prerequisites"] = [name for name in values["prerequisites"] if name in others]
    _restrict(values, "parts", parts)
    (exercise.folder / "exercise.toml").write_text(toml_text(values), "utf-8")
    texts = {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}
    for language in exercise.languages[1:]:
        file = texts_file(exercise.folder, language)
        values = _toml(file)
        for section, names in (("parts", parts), ("checks", {check.id for check in checks}), ("reasons", texts)):
            _restrict(values, section, names)
        file.write_text(toml_text(values), "utf-8")


def remove_solutions(exercise: Exercise) -> None:
    """Put the stub in the place of a staged exercise's reference, and remove all that no learner runs."""
    folder = exercise.folder
    reference = folder / "reference.py"
    (folder / STUB).write_text(sealed_source(read_text(reference), reference), "utf-8")
    for language in exercise.languages[1:]:
        file = texts_file(folder, language)
        kept = {key: value for key, value in _toml(file).items() if key not in ("mistakes", "pictures")}
        file.write_text(toml_text(kept), "utf-8")
    own = ["exercise.toml", "checks.py", "probes.py", STUB, STARTER, RECORDS, *exercise.data]
    own += [texts_file(folder, language).name for language in exercise.languages[1:]]
    own += [statement_file(folder, exercise.languages, language).name for language in exercise.languages]
    for path in folder.iterdir():
        if path.name in own:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _restrict(values: dict[str, Any], section: str, names: Collection[Any]) -> None:
    if isinstance(table := values.get(section), Mapping):
        values[section] = {name: text for name, text in table.items() if name in names}


def _toml(file: Path) -> dict[str, Any]:
    return parse_toml(file, read_text(file))
