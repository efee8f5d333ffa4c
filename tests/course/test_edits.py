"""Mistakes as edits: what an edit replaces, two at once, and what does not fit."""

from __future__ import annotations

from typing import Any

import pytest

from grader.course.edits import Edit, EditError, definition_with, edited, stretches_of
from grader.course.source import Source

SOURCE = Source('''"""A reference."""


def total(items, start=0):
    """The sum of items: start + items."""
    found = start
    for item in items:
        if item:
            found += item
    return found


class Net:
    def forward(self, x):
        return 2 * x

    def backward(self, x):
        return 3 * x
''')


def run(*edits: Edit) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(edited(SOURCE, *edits), names)
    return names


@pytest.mark.parametrize(
    ("changes", "given"),
    [
        ({"start + items": "x", "found = start": "found = 1"}, None),  # the first is in the docstring alone
        ({"found = start": "found = 1"}, 7),
        ({"found += item": ""}, None),  # nothing is left of the if
        ({"if item:\n    found += item": ""}, None),
        ({"found += item": "found += item\nfound += 1"}, 9),
        ({"if item:\n    found += item": "found = item"}, 0),
        ({"found = start": "found = 10", "found += item": "found -= item"}, 4),
        ("return 5", 5),
        ("found = 4\nreturn found", 4),
    ],
)
def test_what_is_replaced(changes: dict[str, str] | str, given: int | None) -> None:
    edit = Edit("total", changes, "why")
    if given is None:
        with pytest.raises((EditError, SyntaxError)):
            run(edit)
    else:
        assert run(edit)["total"]([1, 2, 3, 0]) == given


def test_a_method_is_edited_and_no_other() -> None:
    net = run(Edit("Net.backward", {"* x": "+ x"}, "why"))["Net"]()
    assert (net.forward(5), net.backward(5)) == (10, 8)


def test_two_edits_make_one_wrong_function() -> None:
    """Each on its own, and both: whatever their order, and where one has more lines than before."""
    first = Edit("total", {"found = start": "found = 1\nfound += 1"}, "")
    second = Edit("total", {"found += item": "found -= item"}, "")
    results = [run(*edits)["total"]([1, 2]) for edits in ((first,), (second,), (first, second), (second, first))]
    assert results == [5, -3, -1, -1]
    stretches = [stretch for edit in (first, second) for stretch in stretches_of(SOURCE, edit)]
    text, line = definition_with(SOURCE, "total", stretches)
    assert (line, text.split("\n")[0], text.split("\n")[-1]) == (4, "def total(items, start=0):", "    return found")


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ([Edit("absent", {}, "")], "reference.py has no absent"),
        ([Edit("Net.absent", {}, "")], "reference.py has no Net.absent"),
        ([Edit("Net", {"* x": "x"}, "")], "Net holds '* x' 2 times; an edit replaces what is there once"),
        ([Edit("total", {"nothing": ""}, "")], "total holds 'nothing' 0 times"),
        ([Edit("total", {"found = start": ""}, ""), Edit("total", {"= start": "= 1"}, "")], "touch the same place"),
        ([Edit("total", "return 1", ""), Edit("total", {"= start": "= 1"}, "")], "touch the same place"),
    ],
)
def test_an_edit_that_does_not_fit(edits: list[Edit], told: str) -> None:
    with pytest.raises(EditError) as caught:
        edited(SOURCE, *edits)
    assert told in str(caught.value)
