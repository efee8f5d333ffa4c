"""`nbgrader validate` on the notebook that learners get, and the Validate button of Jupyter's server."""

from __future__ import annotations

import copy
import json
import urllib.request
from pathlib import Path

import pytest

from tests.forked import NBGRADER, run_forked
from tests.nbgrader.courses import make_course, released, solved, text_of
from tests.nbgrader.gradebooks import COURSE, RIGHT, WRONG, environment, formgrader_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its release, and the same notebook as learners fill it in."""
    course = make_course(tmp_path_factory.mktemp("validate") / "course", "exercise03")
    cells = {"stub": copy.deepcopy(released(course)), "half": solved(course, WRONG), "right": solved(course, RIGHT)}
    for name, filled in cells.items():
        (course / f"{name}.ipynb").write_text(text_of(filled), "utf-8")
    return course


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("stub", ["VALIDATION FAILED ON 1 CELL(S)!", "%grade exercise03", "Score: 0 of 10", "not written"]),
        ("right", ["Success! Your notebook passes all the tests."]),
    ],
)
def test_a_grade_cell_fails_unless_every_check_passes(name: str, told: list[str], course: Path) -> None:
    env = environment(course) | {"GRADE_COURSE": str(COURSE), "GRADE_LANG": "en"}
    done = run_forked("nbgrader", "validate", f"{name}.ipynb", cwd=course, env=env, imported=NBGRADER)
    assert done.returncode == 0, done.stderr
    for words in told:
        assert words in done.stdout
    assert "Traceback" not in done.stdout and "..." not in done.stdout  # it cuts long lines so


def test_what_the_button_asks_the_server(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADE_COURSE", str(COURSE))
    with formgrader_of(course, "validate_assignment") as address:
        url = address.removesuffix("formgrader") + "assignments/validate"
        told = ("Score: 6 of 10", "Probably this mistake: this is x·(1−x)")
        for name, failed in (("half", 1), ("right", 0)):
            data = json.dumps({"path": f"{name}.ipynb"}).encode()
            request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method="POST")
            with urllib.request.urlopen(request, timeout=120) as answer:
                said = json.loads(answer.read())
            assert said["success"]
            errors = [one["error"] for one in said["value"].get("failed", [])]
            assert len(errors) == failed and all(words in error for error in errors for words in told), errors
