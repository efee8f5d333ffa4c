"""The learner's own lines that a report shows beside a wrong value."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.submission.excerpt import excerpts
from grader.submission.syntax import parse
from tests.reading import read_submission

SOURCE = '''\
def short(x):
    """Says what it does."""
    # a comment
    s = x + 1

    return s


def long(x):
    total = 0
    for i in range(3):
        total += i
        total -= 1
        total *= 2
        total += 1
        total += 1
        total += 1
        if total > 5:
            return total
    return x


class Layer:
    def forward(self, x):
        return x


def short(x):
    return x
'''


def shown(path: Path) -> dict[str, list[tuple[int, str]]]:
    found = excerpts(parse(read_submission(path, slug="f")), ("short", "long", "Layer", "f", "g", "none"))
    return {name: [(line.number, line.source) for line in lines] for name, lines in found.items()}


def test_a_short_function_whole_and_a_long_one_by_its_returns(tmp_path: Path) -> None:
    path = tmp_path / "f.py"
    path.write_text(SOURCE.replace("\n\n\ndef short(x):\n    return x\n", "\n"))
    assert shown(path) == {
        "short": [(1, "def short(x):"), (4, "    s = x + 1"), (6, "    return s")],
        "long": [(9, "def long(x):"), (19, "            return total"), (20, "    return x")],
        "Layer": [(23, "class Layer:"), (24, "    def forward(self, x):"), (25, "        return x")],
    }


@pytest.mark.parametrize(("lines", "shown_lines"), [(19, 21), (20, 1)])
def test_a_class_up_to_twenty_lines_whole(lines: int, shown_lines: int, tmp_path: Path) -> None:
    path = tmp_path / "f.py"
    path.write_text("class Layer:\n    def forward(self, x):\n" + "        x += 1\n" * lines)
    assert len(shown(path)["Layer"]) == shown_lines


def test_the_last_definition_counts(tmp_path: Path) -> None:
    path = tmp_path / "f.py"
    path.write_text(SOURCE)
    assert shown(path)["short"] == [(28, "def short(x):"), (29, "    return x")]


def test_only_what_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "f.py"
    path.write_text(SOURCE)
    assert set(excerpts(parse(read_submission(path, slug="f")), ["long"])) == {"long"}


def test_one_line_functions_and_tabs(tmp_path: Path) -> None:
    path = tmp_path / "f.py"
    path.write_text("def f(x): return x\ndef g(x):\n\treturn x\n")
    assert shown(path) == {"f": [(1, "def f(x): return x")], "g": [(2, "def g(x):"), (3, "    return x")]}
