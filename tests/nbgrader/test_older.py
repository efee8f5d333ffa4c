"""A course folder that an older nbgrader made: what must be upgraded is told with the command, all else is done."""

from __future__ import annotations

import json
import shutil
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


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With one graded submission."""
    course = make_course(tmp_path_factory.mktemp("older") / "course", "exercise03")
    hand_in(course, "anna", text_of(solved(course, RIGHT)))
    autograde(course, "exercise03")
    return course


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(graded, tmp_path / "course"))


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


def test_notebooks_with_older_metadata_are_graded(course: Path) -> None:
    """Handed in from a release of then: the cells are known by their names."""
    schemas = (None, 1, 2)
    for schema in schemas:
        hand_in(course, f"berta {schema}", text_of(aged(solved(course, RIGHT), schema)))
        hand_in(course, f"carl {schema}", text_of(aged(solved(course, WRONG), schema)))
    autograde(course, "exercise03")
    right, wrong = ([f"{name} {schema}" for schema in schemas] for name in ("berta", "carl"))
    assert grades(course) == dict.fromkeys(["anna", *right], (10.0, False)) | dict.fromkeys(wrong, (6.0, False))
    nbgrader(course, "generate_feedback", "exercise03")
    assert all((course / f"feedback/carl {schema}/exercise03/{SLUG}.html").is_file() for schema in schemas)


def test_older_assignments_beside_ours(course: Path) -> None:
    """The first is named with what upgrades all; our assignment is made, graded and exported."""
    theirs = {schema: course / f"source/ps{schema}/p.ipynb" for schema in (1, 2)}
    for schema, place in theirs.items():
        place.parent.mkdir()
        place.write_text(text_of(aged(released(course), schema)), "utf-8")
    (course / f"source/exercise03/{SLUG}.ipynb").unlink()
    done = grade("generate", "exercise03", "--out", course, "--as", "nbgrader", status=2)
    assert "files written: 1" in done.stdout
    assert str(theirs[1]) in done.stderr and "nbgrader update ." in done.stderr
    hand_in(course, "berta", text_of(solved(course, WRONG)))
    nbgrader(course, "generate_assignment", "exercise03")
    autograde(course, "exercise03")
    assert float(exported(course)["berta", "exercise03"]["score"]) == 6
    for path in course.rglob("*.ipynb"):
        path.chmod(0o644)  # autograde leaves what it wrote read-only, and update writes it
    nbgrader(course, "update", ".")
    for place in theirs.values():
        cells = json.loads(place.read_text("utf-8"))["cells"]
        assert {cell["metadata"]["nbgrader"]["schema_version"] for cell in cells} == {3}
    grade("generate", "exercise03", "--out", course, "--as", "nbgrader")
    assert not (COURSE / "source").exists()
