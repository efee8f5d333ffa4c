"""The files of a bundle, without its records."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

from grader.course.checklist import read_checks
from grader.course.exercises import exercises_files
from grader.course.faults import read_text
from grader.course.find import find_course, shipped_course
from grader.course.model import Course
from grader.course.read import read_course
from grader.sealing.checks_file import only_checks
from grader.sealing.staging import reduce_checks, remove_solutions, stage
from grader.sealing.toml import toml_text

CHECKS = '''"""About what is secret."""

from __future__ import annotations

from grader.checks import check

#: Of both.
SIZE = 3
#: Of the secret one
#: alone.
SECRET = {"size": 4}


def numbers(sample):
    return sample(SIZE)


def secret(sample):
    return numbers(sample), SECRET


@check(points=1, title="seen")
def test_seen(compare, sample):
    # Why.
    compare("f", numbers(sample))


# Below: the secret.


@check(points=1, hidden=True, title="secret")
def test_secret(compare, sample):
    compare("f", secret(sample))
'''


@pytest.fixture(scope="module")
def courses(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, Course]:
    """The course that ships, and what a bundle of it has of its visible checks."""
    shipped = shipped_course()
    assert shipped is not None
    course, folder = find_course(shipped), tmp_path_factory.mktemp("staged") / "course"
    stage(course, course.exercises, folder)
    for exercise in read_course(folder).exercises:
        visible = [check for check in read_checks(exercise) if not check.hidden]
        reduce_checks(exercise, visible, [other.id for other in course.exercises])
        remove_solutions(exercise)
    return course, read_course(folder)


def test_only_what_a_check_uses_is_kept() -> None:
    text = only_checks(CHECKS, {"test_seen"})
    assert "secret" not in text.lower() and "alone" not in text
    assert "#: Of both.\nSIZE = 3\n" in text and "    # Why.\n" in text
    assert "test_secret" not in text
    both = only_checks(CHECKS, {"test_seen", "test_secret"})
    assert both.partition("\n")[2] == CHECKS.partition("\n")[2]


def test_an_exercise_is_what_it_was_but_for_its_solution(courses: tuple[Course, Course]) -> None:
    full, sealed = courses
    assert not sealed.broken and len(sealed.exercises) == len(full.exercises)
    assert exercises_files(sealed) == exercises_files(full)
    for exercise, own in zip(full.exercises, sealed.exercises, strict=True):
        assert (own.title, own.hints, own.limits, own.data) == (
            exercise.title, exercise.hints, exercise.limits, exercise.data,
        )  # fmt: skip
        assert read_checks(own) == tuple(check for check in read_checks(exercise) if not check.hidden)


def test_no_line_of_a_solution_is_left(courses: tuple[Course, Course]) -> None:
    for exercise, own in zip(*(course.exercises for course in courses), strict=True):
        secret = _solution(exercise.folder) - _shown(exercise.folder)
        assert secret
        for path in own.folder.rglob("*"):
            lines = {line.strip() for line in path.read_text("utf-8").splitlines()}
            assert not lines & secret, (path, lines & secret)
        assert not {"reference.py", "mistakes.py", "variants"} & {path.name for path in own.folder.iterdir()}


def _solution(folder: Path) -> set[str]:
    """Lines between the marks of the reference, those of its variants, and what mistakes put in their place."""
    parts = read_text(folder / "reference.py").replace("### END", "### BEGIN").split("### BEGIN SOLUTION")
    texts = [*parts[1::2], *map(read_text, (folder / "variants").glob("*.py"))]
    if (folder / "mistakes.py").exists():
        tree = ast.parse(read_text(folder / "mistakes.py"))
        texts += [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and _is_text(node.value)]
    return {line.strip() for text in texts for line in text.splitlines() if len(line.strip()) > 24}


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _shown(folder: Path) -> set[str]:
    """What the course itself shows to learners: statements, hints, probes, visible checks and docstrings."""
    files = [*folder.glob("*.md"), *folder.glob("*.toml"), *folder.glob("probes.py"), folder / "checks.py"]
    texts = [
        *map(read_text, files),
        *read_text(folder / "reference.py").replace("### BEGIN", "### END").split("### END SOLUTION")[::2],
    ]
    return {line.strip() for text in texts for line in text.splitlines()}


@pytest.mark.parametrize(
    "values",
    [
        {"a": 'q"uo\\te\n\x7f', "b": [1, 2.5], "c": True, "t": {"with space": "é"}},
        {"t": {"u": {"v": ["x"]}}, "d.e": 0.5},
    ],
)
def test_toml_comes_back(values: dict[str, object]) -> None:
    assert tomllib.loads(toml_text(values)) == values
