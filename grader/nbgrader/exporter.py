"""How `nbgrader autograde` reads a notebook: whatever the file holds, there is something to show and to grade."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode, from_dict

from grader.errors import GradeError
from grader.nbgrader.notebook import notebook_of, shown_cells
from grader.nbgrader.shown import plain_cells
from grader.submission.files import MAX_NOTEBOOK, read_regular
from grader.submission.model import HandedInCell
from grader.text import render


class SubmissionExporter(NotebookExporter):
    """Reads cells and their nbgrader metadata, and nothing else: no outputs, no ids, no links to other files.

    `c.Autograde.exporter_class` names it. nbformat refuses a file that is no notebook, and takes seconds and
    gigabytes for one with large outputs.
    """

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> tuple[Any, dict[str, Any]]:
        """The converted notebook, nbformat 4.5. Never raises over what is in the file."""
        resources = ResourcesDict() if resources is None else resources
        path = Path(filename)
        resources["metadata"] = ResourcesDict(name=path.stem, path=str(path.parent))
        convert: Any = self.from_notebook_node  # nbconvert's annotations are not complete
        output, resources = convert(_read(path), resources, **kw)
        return output, resources


def _read(path: Path) -> NotebookNode:
    try:
        cells = shown_cells(read_regular(path, MAX_NOTEBOOK, follow_links=False))
    except GradeError as error:
        cells = (HandedInCell("raw", render(error.message, "en")),)
    made = [
        plain | {"metadata": {"nbgrader": cell.nbgrader} if isinstance(cell.nbgrader, dict) else {}}
        for plain, cell in zip(plain_cells(cells), cells, strict=True)
    ]
    node: Any = from_dict  # nbformat's annotations are not complete
    whole = node(notebook_of(made))
    assert isinstance(whole, NotebookNode)
    return whole
