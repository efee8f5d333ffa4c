"""The map of a course in its README."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course import exercises
from tests.tiny import DOUBLING, exercise_toml, tiny_course

STUBBED = DOUBLING.replace("    return 2 * x\n", "    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION\n")
CHECKS = """
from grader.checks import check


@check(points=1, title="doubles")
def test_double(compare, sample):
    compare("double", sample(8))
"""
BEGIN, END = "<!-- map of the course: generated -->\n", "<!-- end of the map -->\n"
MAP = (
    "| Unit | Exercises |\n|---|---|\n"
    "| **Unit 1: One**<br>90 min | 01 [First](exercises/exercise01/README.md) · 30 min<br>"
    "02 [Second](exercises/exercise02/README.md) · 60 min · after 01 |\n"
)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    plain = {"reference.py": STUBBED, "checks.py": CHECKS}
    first = exercise_toml("first", 1, "minutes = 30\n")
    second = exercise_toml("second", 1, 'minutes = 60\nprerequisites = ["exercise01"]\n')
    made = {"exercise01": {"exercise.toml": first, **plain}, "exercise02": {"exercise.toml": second, **plain}}
    return tiny_course(tmp_path, made)


def test_the_map_is_written_between_its_marks_and_checked(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (course / "README.md").write_text(f"# Mine\n{BEGIN}old\n{END}more\n", "utf-8")
    words = ["--course", str(course)]
    assert exercises.main(["--check", *words]) == 1
    assert "../README.md" in capsys.readouterr().err
    assert exercises.main(words) == 0
    assert (course / "README.md").read_text("utf-8") == f"# Mine\n{BEGIN}{MAP}{END}more\n"
    assert exercises.main(["--check", *words]) == 0


@pytest.mark.parametrize("text", ["# Mine\n", f"# Mine\n{BEGIN}no end\n", None])
def test_a_readme_without_a_place_for_it_is_left_alone(course: Path, text: str | None) -> None:
    if text is not None:
        (course / "README.md").write_text(text, "utf-8")
    assert exercises.main(["--course", str(course)]) == 0
    assert exercises.main(["--check", "--course", str(course)]) == 0
    assert text is None or (course / "README.md").read_text("utf-8") == text


def test_a_readme_says_what_an_exercise_takes_builds_on_and_is_needed_in(course: Path) -> None:
    assert exercises.main(["--course", str(course)]) == 0
    first, second = (course / f"exercises/exercise0{number}/README.md" for number in (1, 2))
    needed = "You will need it in [02](../exercise02/README.md)."
    assert first.read_text("utf-8") == f"# Tiny\n\nAbout 30 minutes. {needed}\n"
    assert second.read_text("utf-8") == "# Tiny\n\nAbout 60 minutes. It builds on [01](../exercise01/README.md).\n"
