"""Files whose names end otherwise than they should are found wherever a submission is looked for."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from grader.course.find import find_course, find_exercise, newest_in
from grader.course.suffixes import code_ending, code_kind, code_stem
from grader.errors import UsageError
from grader.intake.collect import plan_one
from grader.intake.extract import extract
from grader.intake.folder import folder_entries
from grader.intake.model import HandedIn, Person
from grader.scoring.scan import scan
from tests.bad_input import ROOT

#: A file's name, and what it is.
NAMES = {
    "sigmoid_derivative.PY": ".py",
    "sigmoid_derivative.Py": ".py",
    "sigmoid_derivative.IPYNB": ".ipynb",
    "sigmoid_derivative.py.txt": ".py",
    "sigmoid_derivative.PY.TXT": ".py",
    "sigmoid_derivative.ipynb.txt": ".ipynb",
    "sigmoid_derivative.ipynb.json": ".ipynb",
    "sigmoid_derivative.py.py": ".py",
}
NEITHER = ("sigmoid_derivative.txt", "sigmoid_derivative.pyc", "sigmoid_derivative.json", ".py", ".py.txt", "py", "")
COURSE = find_course(ROOT)
EXERCISE = find_exercise(COURSE, "exercise03")


@pytest.mark.parametrize("name", NAMES)
def test_kinds(name: str) -> None:
    assert (code_kind(name), code_stem(name)) == (NAMES[name], "sigmoid_derivative")
    assert code_stem(name) + code_ending(name) == name


@pytest.mark.parametrize("name", NEITHER)
def test_what_is_neither(name: str) -> None:
    assert code_kind(name) is None and code_stem(name) == name


@pytest.mark.parametrize("name", NAMES)
def test_in_a_class(name: str, tmp_path: Path) -> None:
    for place in ("ada/exercise03", "bob", "exercise03-cy"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / name).write_text("x")
    found = scan(COURSE, tmp_path).found
    assert [(one.student, one.path, one.problem, one.note) for one in found] == [
        ("ada", f"ada/exercise03/{name}", None, None),
        ("bob", f"bob/{name}", None, None),
        ("cy", f"exercise03-cy/{name}", None, None),
    ]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("packed", [False, True])
def test_in_an_export(name: str, packed: bool, tmp_path: Path) -> None:
    """As a platform hands it over; it is saved by the name that was asked for."""
    handed_in = tmp_path / "in"
    handed_in.mkdir()
    if packed:
        with zipfile.ZipFile(handed_in / "work.zip", "w") as archive:
            archive.writestr(f"work/{name}", "x")
    else:
        (handed_in / name).write_text("x")
    person = Person("ada", "ada")
    files = [HandedIn(person, entry.parts, entry, entry.problem) for entry in folder_entries(handed_in)]
    taken = {one.exercise: one for one in extract(plan_one(person, files, COURSE), tmp_path / "out")}
    assert taken["exercise03"].path == f"ada/exercise03/sigmoid_derivative{NAMES[name]}"
    assert taken["exercise03"].note is None


def test_without_a_name(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        newest_in([tmp_path], EXERCISE)
    for name in ("sigmoid_derivative.py.txt", "sigmoid_derivative.PY"):
        (tmp_path / name).write_text("x")
        assert newest_in([tmp_path / "none", tmp_path], EXERCISE).name == name
        (tmp_path / name).unlink()
