"""An exercise as a Jupyter notebook, made through jupytext's py:percent text; the same input gives the same bytes."""

from __future__ import annotations

from typing import Any

from grader.assignments.cells import Cell, Cells
from grader.course.faults import CourseError, fault
from grader.course.model import Exercise
from grader.text import say


def notebook_text(
    exercise: Exercise, cells: Cells, language: str, *, course: str, nbgrader: bool, released: bool
) -> str:
    """The .ipynb, nbformat 4.5, valid; cell ids are the cells' names.

    course: the id of the exercise's course. nbgrader: whether cells carry nbgrader's metadata. released: whether locked
    cells are locked in Jupyter too, and, for nbgrader, have the checksums that its generate_assignment adds. Raises
    CourseError where a cell would read differently once it is in a notebook.
    """
    import jupytext
    import nbformat

    notebook = jupytext.reads(percent_text(cells), fmt="py:percent")
    for node, cell in zip(notebook.cells, cells.all, strict=False):
        if (node.cell_type, node.source) != (cell.kind, cell.source):
            break
        node["id"] = cell.name
        node["metadata"] = nbformat.from_dict(_metadata(cell, nbgrader, released))  # type: ignore[no-untyped-call]
        if nbgrader and released:
            from nbgrader.utils import compute_checksum

            node.metadata.nbgrader["checksum"] = compute_checksum(node)
    else:
        notebook["metadata"] = nbformat.from_dict(_notebook_metadata(exercise, language, course))  # type: ignore[no-untyped-call]
        notebook["nbformat"], notebook["nbformat_minor"] = 4, 5
        nbformat.validate(notebook)
        return str(nbformat.writes(notebook)) + "\n"  # type: ignore[no-untyped-call]
    problem = say(
        "{cell} can't be put into a notebook: a line in it begins like a cell mark or a magic of Jupyter "
        "(# %% or # %). Word it otherwise.",
        cell=cell.name,
    )
    raise CourseError((fault(exercise.folder / "reference.py", 1, problem),))


def percent_text(cells: Cells) -> str:
    """The cells as py:percent text."""
    return "\n\n".join(map(_percent_cell, cells.all)) + "\n"


def _percent_cell(cell: Cell) -> str:
    if cell.kind == "markdown":
        return "# %% [markdown]\n" + "\n".join(f"# {line}".rstrip() for line in cell.source.split("\n"))
    # A magic is no Python: in the text it stands as a comment.
    lines = (f"# {line}" if line.startswith("!") else line for line in cell.source.split("\n"))
    return "# %%\n" + "\n".join(lines)


def _metadata(cell: Cell, nbgrader: bool, released: bool) -> dict[str, Any]:
    made: dict[str, Any] = {"nbgrader": cell.metadata()} if nbgrader else {}
    made |= {"deletable": False} if released and (cell.locked or nbgrader) else {}
    return made | ({"editable": False} if released and cell.locked else {})


def _notebook_metadata(exercise: Exercise, language: str, course: str) -> dict[str, Any]:
    return {
        "grade": {"course": course, "exercise": exercise.id, "language": language},
        # Without it jupytext drops what it does not know on the way to text and back.
        "jupytext": {"cell_metadata_filter": "all", "notebook_metadata_filter": "grade"},
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
