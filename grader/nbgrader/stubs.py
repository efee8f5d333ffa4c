"""The step of `nbgrader generate_assignment` that is ours: the solutions come out as our own stubs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import ClearSolutions
from nbgrader.utils import is_solution

from grader.course.stub import cut_source, has_marks
from grader.errors import UsageError
from grader.text import render, say


class CutStub(ClearSolutions):  # type: ignore[misc]
    """In place of ClearSolutions: our cells lose what is between the marks, the function's name stays in the error.

    Our cells without marks, such as the imports, stay as they are. Any other author's cells are cleared as
    ClearSolutions does.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Cut every cell. Raises UsageError where a solution would be handed out, CourseError where marks are wrong."""
        file = _file(resources)
        ours = [cell for cell in nb.cells if _is_ours(cell, resources)]
        if ours and not any(has_marks(cell.source) for cell in ours):
            problem = say(
                "{notebook}: no cell has ### BEGIN SOLUTION, so the solution would be handed out.", notebook=file
            )
            self._refuse(problem)
        nb, resources = super().preprocess(nb, resources)
        if any(mark in cell.source for cell in nb.cells for mark in ("BEGIN SOLUTION", "END SOLUTION")):
            problem = say(
                "{notebook}: a mark was not understood, so the solution would be handed out. It is a line of "
                "its own: ### BEGIN SOLUTION or ### END SOLUTION",
                notebook=file,
            )
            self._refuse(problem)
        return nb, resources

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Cut one cell."""
        if not _is_ours(cell, resources):
            cleared: tuple[NotebookNode, dict[str, Any]] = super().preprocess_cell(cell, resources, cell_index)
            return cleared
        if has_marks(cell.source):
            cell.source = cut_source(cell.source, Path(_file(resources)))
        return cell, resources

    def _refuse(self, message: Any) -> None:
        self.log.error(render(message, "en"))
        raise UsageError(message)


def _is_ours(cell: NotebookNode, resources: dict[str, Any]) -> bool:
    """Whether it is a solution cell that `grade generate` made."""
    if cell.cell_type != "code" or not is_solution(cell):
        return False
    return str(cell.metadata.nbgrader["grade_id"]).startswith(f"{resources['nbgrader']['assignment']}-solution")


def _file(resources: dict[str, Any]) -> str:
    return f"{resources['nbgrader']['notebook']}.ipynb"
