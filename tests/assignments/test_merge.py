"""An edited notebook is brought up to date cell by cell: what a person changed, added, moved or took out stays so."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

import nbformat
import pytest

from grader.assignments.merge import Merged, digests_of, merge

Node = dict[str, Any]


def cell(name: str, source: str, kind: str = "code", points: float | None = None, *, nbgrader: bool = True) -> Node:
    own = {"grade_id": name, "grade": points is not None, "solution": False, "locked": True, "schema_version": 3}
    own |= {} if points is None else {"points": points}
    made: Node = {"cell_type": kind, "id": name, "metadata": {"nbgrader": own} if nbgrader else {}, "source": source}
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def book(*cells: Node, **more: Any) -> str:
    whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"grade": {"exercise": "e"}}, "cells": list(cells)}
    return json.dumps(whole | more)


def old(*, nbgrader: bool = True) -> list[Node]:
    return [
        cell("e-statement", "# E", "markdown", nbgrader=nbgrader),
        cell("e-solution", "def f(): ...", nbgrader=nbgrader),
        cell("e-grade", "%grade e", points=4.0 if nbgrader else None, nbgrader=nbgrader),
    ]


NEW = [
    cell("e-statement", "# E, again", "markdown"),
    cell("e-solution", "def f(x): ..."),
    cell("e-solution-2", "def g(): ..."),
    cell("e-grade", "%grade e --lang de", points=5.0),
]
MINE = {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": "My words"}


def merged(edited: list[Node], new: list[Node] | None = None, written: list[Node] | None = None) -> list[Node]:
    """The cells that come of it; the notebook is valid."""
    made = done(edited, new, written)
    found = nbformat.reads(made.text, as_version=4)
    nbformat.validate(found)
    return list(json.loads(made.text)["cells"])


def done(edited: list[Node], new: list[Node] | None = None, written: list[Node] | None = None) -> Merged:
    made = merge(book(*edited).encode(), book(*(NEW if new is None else new)), digests_of(book(*(written or old()))))
    assert made is not None
    return made


def sources(cells: list[Node]) -> list[str]:
    return ["".join(one["source"]) for one in cells]


@pytest.mark.parametrize("nbgrader", [True, False])
def test_what_nobody_changed_is_new_and_an_added_cell_stays_where_it_is(nbgrader: bool) -> None:
    before = old(nbgrader=nbgrader)
    new = [one if nbgrader else one | {"metadata": {}} for one in NEW]
    cells = merged([before[0], MINE, *before[1:]], new, before)
    assert sources(cells) == ["# E, again", "My words", "def f(x): ...", "def g(): ...", "%grade e --lang de"]
    assert [one["id"] for one in cells] == ["e-statement", "mine", "e-solution", "e-solution-2", "e-grade"]


def test_what_was_changed_stays_and_is_told() -> None:
    statement, solution, grade = old()
    made = done([statement | {"source": ["# E\n", "mine"]}, solution, grade])
    assert sources(json.loads(made.text)["cells"])[0] == "# E\nmine" and made.kept == ("e-statement",)


def test_points_that_were_changed_stay_and_the_text_is_new() -> None:
    statement, solution, grade = old()
    grade["metadata"]["nbgrader"]["points"] = 7.0
    new = [*NEW[:-1], cell("e-grade", "new", points=5.0)]
    new[-1]["metadata"]["nbgrader"]["checksum"] = "0" * 32
    last = merged([statement, solution, grade], new)[-1]
    own = last["metadata"]["nbgrader"]
    assert (sources([last]), own["points"]) == (["new"], 7.0) and own["checksum"] not in ("", "0" * 32)


@pytest.mark.parametrize("points", [{}, {"points": None}, {"points": "many"}])
def test_points_that_are_no_number_are_no_notebook(points: Node) -> None:
    """nbgrader's checksum is made of them."""
    grade = cell("e-grade", "%grade e") | {"metadata": {"nbgrader": {"grade_id": "e-grade", "grade": True} | points}}
    new = cell("e-grade", "new", points=5.0)
    new["metadata"]["nbgrader"]["checksum"] = "0" * 32
    assert merge(book(grade).encode(), book(new), digests_of(book(*old()))) is None


def test_a_tag_of_a_cell_stays_and_its_text_is_new() -> None:
    statement, *others = old()
    statement["metadata"]["tags"] = ["mine"]
    first = merged([statement, *others])[0]
    assert sources([first]) == ["# E, again"] and first["metadata"]["tags"] == ["mine"]
    assert first["metadata"]["nbgrader"]["grade_id"] == "e-statement"


def test_a_cell_that_became_text_stays_text() -> None:
    statement, solution, grade = old()
    text = {key: value for key, value in solution.items() if key not in ("outputs", "execution_count")}
    cells = merged([statement, text | {"cell_type": "markdown"}, grade])
    assert [one["cell_type"] for one in cells] == ["markdown", "markdown", "code", "code"]


def test_a_moved_cell_stays_there_and_a_copy_is_the_instructors() -> None:
    statement, solution, grade = old()
    cells = merged([solution, statement, grade, grade | {"id": "copy"}])
    assert sources(cells) == ["def f(x): ...", "def g(): ...", "# E, again", "%grade e --lang de", "%grade e"]


def test_code_that_was_taken_out_comes_back_and_text_does_not() -> None:
    assert [one["id"] for one in merged([MINE])] == ["e-solution", "e-solution-2", "e-grade", "mine"]


def test_what_is_generated_no_more_goes_unless_it_was_changed() -> None:
    statement, solution, grade = old()
    assert [one["id"] for one in merged([statement, solution, grade], [NEW[0], NEW[3]])] == ["e-statement", "e-grade"]
    made = done([statement, solution | {"source": "mine"}, grade], [NEW[0], NEW[3]])
    assert sources(json.loads(made.text)["cells"])[1] == "mine" and made.kept == ("e-solution",)


def test_without_a_record_all_that_differs_stays() -> None:
    made = merge(book(*old()).encode(), book(*NEW), {})
    assert made is not None and made.kept == ("e-statement", "e-solution", "e-grade")


def test_again_is_the_same() -> None:
    once = done([old()[0] | {"source": "mine"}, *old()[1:]])
    again = merge(once.text.encode(), book(*NEW), digests_of(book(*NEW)))
    assert again == once


def test_own_settings_of_the_notebook_stay() -> None:
    edited = book(*old(), metadata={"kernelspec": {"name": "mine", "display_name": "M"}}, nbformat_minor=4)
    made = merge(edited.encode(), book(*NEW), digests_of(book(*old())))
    assert made is not None and json.loads(made.text)["metadata"]["kernelspec"]["name"] == "mine"
    assert json.loads(made.text)["metadata"]["grade"] == {"exercise": "e"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mine",
        "[]",
        "\udcff",
        book(*old())[:-9],
        book(nbformat=3),
        '{"nbformat": 4, "cells": [3]}',
        book({"cell_type": "code"}),
        book({"metadata": {}}),
        book(cell("x", "y") | {"cell_type": "odd"}),
        book(cell("x", "y") | {"cell_type": ["code"]}),
        book(cell("x", "y") | {"id": {"a": 1}}),
        book(cell("x", "y") | {"metadata": {"nbgrader": None}}),
        book(MINE | {"metadata": {"deep": 0}}).replace("0}", "[" * 500 + "]" * 500 + "}"),
        book(MINE | {"metadata": {"deep": 0}}).replace("0}", "[" * 50_000 + "]" * 50_000 + "}"),
    ],
    ids=count(),
)
def test_what_is_no_notebook_is_none(text: str) -> None:
    assert merge(text.encode("utf-8", "surrogateescape"), book(*NEW), digests_of(book(*old()))) is None
