"""Notebooks as people hand them in: what each file holds, and what must come of it, whichever way it is graded."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from tests.nbgrader.gradebooks import RIGHT, WRONG


class Case(NamedTuple):
    """exit: of `grade exercise03 FILE`. told: a part of what is said in English, and in Chinese; the message of what
    can't be graded, else one of the notes."""

    content: bytes
    exit: int
    score: float
    told: tuple[str, str] = ("", "")


def cell(source: object, kind: str = "code", **more: Any) -> dict[str, Any]:
    """One of nbformat 4.5."""
    made = {"cell_type": kind, "id": "x", "metadata": {}, "source": source}
    return (made | {"outputs": [], "execution_count": None} if kind == "code" else made) | more


def book(*cells: object, **changes: Any) -> bytes:
    """A notebook's file."""
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": list(cells)} | changes
    return json.dumps({name: part for name, part in whole.items() if part is not ...}).encode()


FIRST, SECOND = (part + "\n" for part in RIGHT.split("\n\n\ndef tanh(", 1))
SECOND = "def tanh(" + SECOND
_OUT = {"output_type": "stream", "name": "stdout", "text": "x" * 1000}
PLOTS = f"""
import matplotlib.pyplot as plt, seaborn as sns
from mpl_toolkits.mplot3d import Axes3D
from IPython.display import clear_output
%matplotlib inline
plt.rcParams["figure.dpi"] = 2 * plt.rcParams["figure.dpi"]
fig, (left, right) = plt.subplots(1, 2)
n, bins, patches = plt.hist([1, 2])
for axis in fig.axes:
    axis.plot([1, 2])
with plt.style.context("dark"):
    left[0].set_title("sigmoid"); plt.show()
{RIGHT.replace("from __future__ import annotations", "")}
"""


def _metadata(**found: Any) -> dict[str, Any]:
    return {"metadata": found}


def _cases() -> dict[str, Case]:
    whole, damaged = book(cell(RIGHT)), ("damaged notebook", "已损坏")
    kernel = {"name": "ir", "display_name": "R"}
    readable = {
        "in_order": book(cell(WRONG), cell("notes", "markdown"), cell(FIRST), cell(SECOND)),
        "lines_as_list": book(cell(RIGHT.splitlines(keepends=True))),
        "null_metadata": book(cell(RIGHT), metadata=None),
        "no_metadata": book(cell(RIGHT), metadata=...),
        "odd_metadata": book(cell(RIGHT, metadata=3), metadata={"kernelspec": [1], "language_info": {"name": 7}}),
        "no_kernel": book(cell(RIGHT), metadata={}),
        "own_kernel": book(cell(RIGHT), **_metadata(kernelspec={"name": "deep-learning", "display_name": "DL"})),
        "same_ids": book(cell(FIRST, id="a"), cell(SECOND, id="a")),
        "outputs": book(cell(RIGHT, outputs=[_OUT] * 2000)),
        "odd_outputs": book(cell(RIGHT, outputs={"a": [None, 1.5]}), cell("1", outputs=None)),
        "mark": b"\xef\xbb\xbf" + whole,
        "plots": book(cell(PLOTS)),
        "null_source": book(cell(None), cell(RIGHT)),
    }
    partly = {
        "error_in_a_cell": (
            book(cell("1 / 0"), cell(RIGHT), cell("undefined()")),
            ("Cell 1 raised ZeroDivisionError", "ZeroDivisionError"),
        ),
        "no_python": (book(cell("def broken(:"), cell(RIGHT)), ("a cell was left out", "跳过了一个单元格")),
        "number_as_source": (book(cell(7), cell(RIGHT)), ("code cell 1 was left out", "第 1 个代码单元格")),
        "list_with_number": (book(cell(["x = 1", 7]), cell(RIGHT)), ("code cell 1 was left out", "第 1 个代码单元格")),
    }
    refused = {
        "kernel_r": (book(cell(RIGHT), **_metadata(kernelspec=kernel)), ("is a notebook for R", "R")),
        "kernel_julia": (book(cell(RIGHT), **_metadata(kernelspec={"name": "julia-1.10"})), ("for Julia", "Julia")),
        "language_r": (book(cell(RIGHT), **_metadata(language_info={"name": "R"})), ("is a notebook for R", "R")),
        "format_3": (
            json.dumps({"nbformat": 3, "worksheets": [{"cells": []}]}).encode(),
            ("old format 3", "旧格式（第 3 版）"),
        ),
        "format_5": (book(cell(RIGHT), nbformat=5), ("of format 5; this grader reads format 4", "第 5 版格式")),
        "format_missing": (book(cell(RIGHT), nbformat=...), ("does not say which format", "nbformat")),
        "format_text": (book(cell(RIGHT), nbformat="4"), ("does not say which format", "nbformat")),
        "cell_is_number": (book(cell(RIGHT), 3), (damaged[0] + ": cells[1] is", damaged[1])),
        "cell_without_type": (book(cell(RIGHT), {"source": ""}), ("cells[1].cell_type", "cells[1].cell_type")),
        "cells_null": (book(cells=None), (damaged[0] + ": cells is", damaged[1])),
        "broken_off": (whole[:-40], ("breaks off before its end", "不完整")),
        "merge_conflict": (whole.replace(b'"cells"', b'\n<<<<<<< HEAD\n"cells"'), ("line 2 is no JSON", "第 2 行")),
        "utf16": (whole.decode().encode("utf-16"), ("saved as UTF-16", "UTF-16")),
        "utf16_without_mark": (whole.decode().encode("utf-16-le"), ("saved as UTF-16", "UTF-16")),
        "gbk": (
            whole.replace(b'"Python 3"', '"导数"'.encode("gbk")).replace(b"}", b"},,", 1),
            ("is saved as GBK", "GBK"),
        ),
        "gbk_source": (
            book(cell(RIGHT)).replace(b"import torch", "# 导数\\nimport torch".encode("gbk"), 1),
            ("is saved as GBK", "GBK"),
        ),
        "python": (RIGHT.encode(), ("rename Python code to .py", ".py")),
        "json": (b'{"a": 1}', ("is JSON, but no notebook", "JSON")),
        "no_cells": (book(), ("has no code cell", "代码单元格")),
        "empty": (b"\n", ("is empty", "空")),
        "syntax": (book(cell("def sigmoid(:")), ("code cell 1", "第 1 个代码单元格")),
    }
    return (
        {name: Case(content, 0, 10) for name, content in readable.items()}
        | {name: Case(content, 0, 10, told) for name, (content, told) in partly.items()}
        | {name: Case(content, 3, 0, told) for name, (content, told) in refused.items()}
        | {"wrong": Case(book(cell(WRONG)), 1, 6)}
    )


CASES = _cases()
