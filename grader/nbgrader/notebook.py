"""A notebook that was handed in, read for showing it: whatever is in it, its cells come out plain and valid."""

from __future__ import annotations

from typing import Any

import msgspec

_KINDS = frozenset({"code", "markdown", "raw"})
#: What is no notebook is shown as text, as far as a person may want to read it.
_MOST_TEXT = 100_000

#: What our notebooks run on, whatever was handed in says.
METADATA = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"}}


class _Metadata(msgspec.Struct):
    nbgrader: Any = None


class HandedInCell(msgspec.Struct):
    """A cell. Outputs are left where they are, unread: nothing that a student put there is a result of this run."""

    cell_type: str
    source: str | list[str] = ""
    metadata: _Metadata = msgspec.field(default_factory=_Metadata)

    @property
    def name(self) -> str | None:
        """The name that nbgrader gave it."""
        found = self.metadata.nbgrader
        name = found.get("grade_id") if isinstance(found, dict) else None
        return name if isinstance(name, str) else None

    @property
    def text(self) -> str:
        """Its source, as one string."""
        return self.source if isinstance(self.source, str) else "".join(self.source)


class _Notebook(msgspec.Struct):
    cells: list[HandedInCell]


def read_cells(content: bytes) -> list[HandedInCell]:
    """A notebook's cells of known kinds; one raw cell with the file's text if it is no notebook of format 4."""
    try:
        cells = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"), type=_Notebook).cells
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return [HandedInCell("raw", content[:_MOST_TEXT].decode("utf-8", "backslashreplace"))]
    return [cell for cell in cells if cell.cell_type in _KINDS]


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
