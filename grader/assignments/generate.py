"""Writes assignments: learners' files, notebooks, or a course folder of nbgrader's. What a person edited is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from grader.assignments.cells import named_cells
from grader.assignments.config import config_text
from grader.assignments.edited import EditedNotebooks
from grader.assignments.notebook import notebook_text
from grader.assignments.settings import has_points_by_function
from grader.course.data import data_files
from grader.course.generated import MOST_BYTES, Plan, plan, write
from grader.course.handout import handed_out
from grader.course.mark import marked
from grader.course.model import Course, Exercise
from grader.course.readme import readme
from grader.course.regular import read_bounded
from grader.errors import UsageError, reason_of
from grader.installing import extra_command
from grader.text import Message, listed, say

#: A site is made by grader/site, practice sheets by grader/practice, a bundle by grader/sealing.
FORMS = ("py", "ipynb", "nbgrader", "practice", "site", "bundle")
#: The packages that a form needs, by the names under which they are imported, and the extra that has them.
_NEEDED = {
    "ipynb": (("jupytext",), "instructor"),
    "nbgrader": (("jupytext", "nbgrader"), "instructor"),
    "site": (("latex2mathml", "markdown_it", "mdit_py_plugins"), "page"),
}
_CONFIG = "nbgrader_config.py"
#: Digests of what was written, a file for each form and exercise: other ones may be added later.
_RECORDS = ".generated"


class Generated(msgspec.Struct, frozen=True):
    """By path relative to the folder. written: new or brought up to date. kept: a configuration that was edited.

    kept_cells: by notebook, the generated cells that stay as they were edited. older: what to do about notebooks of an
    older nbgrader that are there; None where there are none.
    """

    written: tuple[str, ...]
    kept: tuple[str, ...]
    kept_cells: dict[str, tuple[str, ...]] = {}
    older: Message | None = None


def check_form(form: str) -> None:
    """Raises UsageError if there is no such form, or what makes it is not installed. Imports nothing."""
    if form not in FORMS:
        raise UsageError(say("--as is one of {forms}, not {form}.", forms=listed(FORMS), form=form))
    needed, extra = _NEEDED.get(form, ((), ""))
    missing = [name for name in needed if find_spec(name) is None]
    if missing:
        problem = say(
            "--as {form} needs {packages}, not installed here (the extra {extra}): {command}",
            form=form,
            packages=listed(missing),
            extra=extra,
            command=extra_command(extra),
        )
        raise UsageError(problem)


def generate(course: Course, exercises: Sequence[Exercise], folder: Path, form: str, language: str) -> Generated:
    """Write the exercises into `folder` in one of the first three forms; all of them or, where files were edited there,
    none.

    An edited notebook is brought up to date cell by cell. Raises UsageError naming every other edited file, or if the
    folder can't be written; CourseError if an exercise can't be read.
    """
    check_form(form)
    groups = {f"{form}-{exercise.id}": _files(course, exercise, form, language) for exercise in exercises}
    if form == "nbgrader":
        groups["nbgrader"] = {_CONFIG: config_text(course, folder, language)}
    made = write_groups(groups, folder, merging=True)
    older = _older_schema(folder) if form == "nbgrader" else None
    return msgspec.structs.replace(made, older=older)


def write_groups(groups: Mapping[str, dict[str, str]], folder: Path, *, merging: bool = False) -> Generated:
    """Write files (relative path → text) into `folder`; all of them or, where files were edited there, none.

    groups: by the name under which is remembered what was written; what a group has no more is removed. merging:
    whether edited notebooks are brought up to date cell by cell. Raises UsageError naming every edited file, or if the
    folder can't be written.
    """
    try:
        plans = {name: plan(files, folder, _record(folder, name)) for name, files in groups.items()}
        edited = EditedNotebooks(folder, folder / _RECORDS)
        merged = edited.merged(groups, plans) if merging else {}
        _check_unedited(plans, folder, merged)
        for name, files in groups.items():
            for old in plans[name].gone:
                (folder / old).unlink()
            whole = {path: text for path, text in files.items() if path not in merged}
            write(whole, plans[name].stale, folder, _record(folder, name))
        changed = edited.write(merged)
        if merging:
            edited.remember(groups)
    except OSError as error:
        reason = reason_of(error)
        problem = say("{folder} can't be made: {reason}. Choose another folder.", folder=str(folder), reason=reason)
        raise UsageError(problem) from None
    return Generated(
        written=tuple(sorted([*changed, *(name for planned in plans.values() for name in planned.stale)])),
        kept=tuple(name for planned in plans.values() for name in planned.edited if name not in merged),
        kept_cells={path: made.kept for path, made in sorted(merged.items()) if made.kept},
    )


def _files(course: Course, exercise: Exercise, form: str, language: str) -> dict[str, str]:
    """Relative path → text."""
    name = f"{exercise.id}/{exercise.slug}"
    if form == "py":
        stub = marked(handed_out(exercise, (language,)), course.id)
        statement = readme(course, exercise, language, None)
        return {f"{name}.py": stub, f"{exercise.id}/README.md": statement, **data_files(exercise, exercise.id)}
    by_function = form == "nbgrader" and has_points_by_function(course)
    cells = named_cells(exercise, language, course=course.id, by_function=by_function)
    text = partial(notebook_text, exercise, language=language, course=course.id)
    if form == "ipynb":
        return {f"{name}.ipynb": text(cells, nbgrader=False, released=True), **data_files(exercise, exercise.id)}
    solved = named_cells(exercise, language, course=course.id, solved=True, by_function=by_function)
    return {
        f"source/{name}.ipynb": text(solved, nbgrader=True, released=False),
        f"release/{name}.ipynb": text(cells, nbgrader=True, released=True),
        **data_files(exercise, f"source/{exercise.id}"),
        **data_files(exercise, f"release/{exercise.id}"),
    }


def _record(folder: Path, name: str) -> Path:
    return folder / _RECORDS / f"{name}.json"


def _check_unedited(plans: dict[str, Plan], folder: Path, merged: Collection[str]) -> None:
    edited = [name for planned in plans.values() for name in planned.edited if name not in (_CONFIG, *merged)]
    if edited:
        problem = say(
            "These files in {folder} are not as grade generate wrote them: {files}. Nothing was written. Move or "
            "delete them, or choose another folder.",
            folder=str(folder),
            files=listed(sorted(edited)),
        )
        raise UsageError(problem)


class _Notebook(msgspec.Struct):
    cells: list[dict[str, Any]] = []


def _older_schema(folder: Path) -> Message | None:
    """What to do about the first notebook of an older nbgrader that is there: its commands refuse that assignment."""
    for path in sorted((folder / "source").rglob("*.ipynb")):
        try:
            cells = msgspec.json.decode(read_bounded(path, MOST_BYTES, follow_links=True), type=_Notebook).cells
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            # No notebook of ours: should it stand where one is to be written, it is named as edited.
            continue
        schemas = [schema for schema in map(_schema, cells) if isinstance(schema, int) and schema < 3]
        if schemas:
            return say(
                "{file} was made for an older nbgrader (its cells have schema {schema}, not 3). Save a copy of "
                "{folder}, then run there: nbgrader update .",
                file=str(path),
                schema=schemas[0],
                folder=str(folder),
            )
    return None


def _schema(cell: dict[str, Any]) -> Any:
    metadata = cell.get("metadata")
    own = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return own.get("schema_version", 0) if isinstance(own, dict) and own else 3
