"""A course folder that an older nbgrader made: what must be upgraded is told with the command, all else is done."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.nbgrader.courses import autograde, grades, hand_in, make_course, released, solved, text_of
from tests.nbgrader.gradebooks import COURSE, RIGHT, SLUG, WRONG, exported, grade, nbgrader

pytestmark = pytest.mark.slow


def aged(cells: list[dict[str, Any]], schema: int | None) -> list[dict[str, Any]]:
    """The cells with metadata as nbgrader wrote them then: no tasks before 3, no cell types before 2."""
    for cell in cells:
        found = cell["metadata"].get("nbgrader", {})
        for name in ("schema_version", "task", *(("cell_type",) if schema != 2 else ())):
            found.pop(name, None)
        if schema and found:
            found["schema_version"] = schema
    return cells


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """With one graded submission."""
    course = make_course(tmp_path / "course", "exercise03")
    hand_in(course, "anna", text_of(solved(course, RIGHT)))
    autograde(course, "exercise03")
    return course


#: Undoes nbgrader's last two migrations: no courses, no ids of learning management systems.
AGE = """
    CREATE TABLE earlier (id VARCHAR(32) NOT NULL PRIMARY KEY, name VARCHAR(128) NOT NULL UNIQUE, duedate DATETIME);
    INSERT INTO earlier SELECT id, name, duedate FROM assignment;
    DROP TABLE assignment;
    ALTER TABLE earlier RENAME TO assignment;
    DROP TABLE course;
    ALTER TABLE student DROP COLUMN lms_user_id;
    UPDATE alembic_version SET version_num = '167914646830';
"""


def age_database(course: Path) -> Path:
    with sqlite3.connect(course / "gradebook.db") as connection:
        connection.executescript(AGE)
    connection.close()
    return course / "gradebook.db"


def test_an_older_database(course: Path, tmp_path: Path) -> None:
    """Every command names the one that upgrades it; what is in it stays, and files are written all the same."""
    hand_in(course, "berta", text_of(solved(course, WRONG)))
    gradebook = age_database(course)
    assert "nbgrader db upgrade" in autograde(course, "exercise03", status=1)
    before = gradebook.read_bytes()
    out = tmp_path / "out"
    done = grade("score", course / "submitted", "--out", out, "--gradebook", gradebook, status=2)
    assert "made by an older nbgrader" in done.stderr and "nbgrader db upgrade" in done.stderr
    assert not out.exists()
    (course / f"source/exercise03/{SLUG}.ipynb").unlink()
    done = grade("generate", "exercise03", "--out", course, "--as", "nbgrader", status=2)
    assert "files written: 1" in done.stdout and "nbgrader db upgrade" in done.stderr
    assert (course / f"source/exercise03/{SLUG}.ipynb").is_file()
    assert gradebook.read_bytes() == before

    nbgrader(course, "db", "upgrade")
    autograde(course, "exercise03")
    assert grades(course) == {"anna": (10.0, False), "berta": (6.0, False)}
    grade("score", course / "submitted", "--out", out, "--gradebook", gradebook)
    assert float(exported(course)["berta", "exercise03"]["score"]) == 6


@pytest.mark.parametrize("schema", [None, 1, 2])
def test_notebooks_with_older_metadata_are_graded(course: Path, schema: int | None) -> None:
    """Handed in from a release of then: the cells are known by their names."""
    hand_in(course, "berta", text_of(aged(solved(course, RIGHT), schema)))
    hand_in(course, "carl", text_of(aged(solved(course, WRONG), schema)))
    autograde(course, "exercise03")
    assert grades(course) == {"anna": (10.0, False), "berta": (10.0, False), "carl": (6.0, False)}
    nbgrader(course, "generate_feedback", "exercise03")
    assert (course / f"feedback/carl/exercise03/{SLUG}.html").is_file()


@pytest.mark.parametrize("schema", [1, 2])
def test_an_older_assignment_beside_ours(course: Path, schema: int) -> None:
    """It is named with what upgrades it; our assignment is made, graded and exported."""
    place = course / "source/ps1/p.ipynb"
    place.parent.mkdir()
    place.write_text(text_of(aged(released(course), schema)), "utf-8")
    (course / f"source/exercise03/{SLUG}.ipynb").unlink()
    done = grade("generate", "exercise03", "--out", course, "--as", "nbgrader", status=2)
    assert "files written: 1" in done.stdout
    assert str(place) in done.stderr and "nbgrader update ." in done.stderr
    hand_in(course, "berta", text_of(solved(course, WRONG)))
    nbgrader(course, "generate_assignment", "exercise03")
    autograde(course, "exercise03")
    assert float(exported(course)["berta", "exercise03"]["score"]) == 6
    for path in course.rglob("*.ipynb"):
        path.chmod(0o644)  # autograde leaves what it wrote read-only, and update writes it
    nbgrader(course, "update", ".")
    schemas = [cell["metadata"]["nbgrader"]["schema_version"] for cell in json.loads(place.read_text("utf-8"))["cells"]]
    assert set(schemas) == {3}
    grade("generate", "exercise03", "--out", course, "--as", "nbgrader")
    assert not (COURSE / "source").exists()
