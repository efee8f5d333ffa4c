"""A notebook that was handed in, read for showing it: whatever is in it, its cells come out plain and valid."""

from __future__ import annotations

from typing import Any

import msgspec

from grader.errors import GradeError
from grader.submission.ipynb import RawCell, cells_of

_KINDS = frozenset({"code", "markdown", "raw"})
#: What is no notebook is shown as text, as far as a person may want to read it; of a cell's text, so much.
_MOST_TEXT = 100_000
_LONGEST_CELL = 1 << 20

#: What our notebooks run on, whatever was handed in says.
METADATA = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"}}


class HandedInCell(msgspec.Struct):
    """A cell. Outputs are left where they are, unread: nothing that a student put there is a result of this run.

    nbgrader: the metadata of that name, which may be anything.
    """

    cell_type: str
    text: str = ""
    nbgrader: object = None

    @property
    def name(self) -> str | None:
        """The name that nbgrader gave it."""
        name = self.nbgrader.get("grade_id") if isinstance(self.nbgrader, dict) else None
        return name if isinstance(name, str) else None


def read_cells(content: bytes) -> list[HandedInCell]:
    """A notebook's cells of known kinds; one raw cell with the file's text if its cells can't be told apart."""
    try:
        cells = cells_of(content, "")
    except GradeError:
        return [HandedInCell("raw", content[:_MOST_TEXT].decode("utf-8", "backslashreplace"))]
    return [HandedInCell(cell.kind, _text(cell), cell.nbgrader) for cell in cells if cell.kind in _KINDS]


def _text(cell: RawCell) -> str:
    return cell.text() or "" if cell.size <= 6 * _LONGEST_CELL else ""


def plain_cell(cell: HandedInCell, number: int) -> dict[str, Any]:
    """The cell with nothing but its kind and source, as nbformat 4.5 has it. number: makes its id."""
    name = f"cell-{number}"
    if cell.cell_type == "code":
        return code_cell(cell.text, name, {})
    return {"cell_type": cell.cell_type, "id": name, "metadata": {}, "source": cell.text}


def code_cell(source: str, name: str, metadata: dict[str, Any]) -> dict[str, Any]:
    """A code cell without outputs. name: its id."""
    return {"cell_type": "code", "execution_count": None, "id": name, "metadata": metadata, "outputs": [],
            "source": source}


def grade_outputs(report: str, score: float | None) -> list[dict[str, Any]]:
    """A grade cell's outputs, as `nbgrader.utils.determine_grade` reads them. score: None for no automatic one."""
    outputs: list[dict[str, Any]] = [{"output_type": "stream", "name": "stdout", "text": report + "\n"}]
    if score is not None:
        outputs.append({"output_type": "execute_result", "execution_count": 1, "metadata": {},
                        "data": {"text/plain": repr(score)}})
    return outputs
