"""`grade score --gradebook` into SQLite: nbgrader's own export, feedback and formgrader read what was written."""

from __future__ import annotations

import html
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.assignments.cells import named_cells
from grader.course.find import find_course, find_exercise
from tests.nbgrader.gradebooks import (
    COMMENTS,
    COURSE,
    GRADES,
    RIGHT,
    SLUG,
    WRONG,
    ask,
    command,
    environment,
    exported,
    formgrader_of,
    grade,
    hand_in,
    nbgrader,
    notebook,
    rows,
    scored_class,
    started,
)

pytestmark = pytest.mark.slow
STAMP = "2026-01-02 03:04:05.000000 UTC"
HOSTILE = RIGHT.replace(
    "    s = sigmoid(x)\n", "    raise ValueError('<script>alert(1)</script>\\n\\n# <b>A</b> $$x$$ \\x00 ```')\n", 1
)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course folder whose class was graded once, with one student for each kind of submission."""
    course = tmp_path_factory.mktemp("gradebook") / "course"
    submitted = course / "submitted"
    hand_in(submitted, "anna", RIGHT)
    (hand_in(submitted, "berta 张", WRONG) / "timestamp.txt").write_text(STAMP)
    meta = {"nbgrader": {"grade_id": "exercise03-grade", "grade": True, "points": 99}}
    cells = [
        {"source": "print('hello')"},
        {"source": WRONG},
        {"source": "10.0", "metadata": meta},
        {"cell_type": "markdown", "source": "my notes"},
    ]
    hand_in(submitted, "carl", notebook(*cells), ".ipynb")
    hand_in(submitted, "dora", "def sigmoid(x:\n")
    hand_in(submitted, "hal", HOSTILE)
    (submitted / "emil").mkdir()
    done = grade("score", submitted, "--out", course.parent / "out", "--gradebook", course / "gradebook.db")
    assert "results written: 5" in done.stdout
    assert "No file to grade, so no result in the gradebook: emil/exercise03" in done.stdout
    return course


def results(course: Path) -> dict[str, Any]:
    """The results of those who handed something in."""
    found = (course.parent / "out/results").glob("*/*.json")
    read = {path.parent.name: json.loads(path.read_text("utf-8")) for path in found}
    return {student: result for student, result in read.items() if result["submission_sha256"]}


def test_export_shows_the_scores(course: Path) -> None:
    table = exported(course)
    assert {student for student, _ in table} == {"anna", "berta 张", "carl", "dora", "emil", "hal"}
    for student, result in results(course).items():
        row = table[student, "exercise03"]
        assert (float(row["raw_score"]), float(row["max_score"])) == (result["score"], 10), student
    assert 0 < float(table["carl", "exercise03"]["score"]) == float(table["berta 张", "exercise03"]["score"]) < 10
    assert table["berta 张", "exercise03"]["timestamp"] == "2026-01-02 03:04:05"


def test_feedback_pages_show_the_reasons_and_nothing_hidden(course: Path) -> None:
    said = nbgrader(course, "generate_feedback", "exercise03", "--force")
    assert "ERROR" not in said
    for student, result in results(course).items():
        page = (course / f"feedback/{student}/exercise03/{SLUG}.html").read_text("utf-8")
        assert f"(Score: {result['score']} / 10.0)" in page
        words = " ".join(html.unescape(page).split())
        wrong = [check for check in result["checks"] if check["message"] and not check["passed"]]
        visible = {check["message"]["en"] for check in wrong if not check["hidden"]}
        for message in (check["message"]["en"] for check in wrong):
            assert (" ".join(message.split()) in words) == (message in visible), (student, message)
    carl = (course / f"feedback/carl/exercise03/{SLUG}.html").read_text("utf-8")
    assert "Probably this mistake: this is x·(1−x)" in carl
    assert "This check is hidden" in carl
    assert "my notes" in carl
    assert "<b>Comments:</b> <pre>" in carl


def test_what_a_submission_raises_is_text_in_the_feedback(course: Path) -> None:
    nbgrader(course, "generate_feedback", "exercise03", "--student", "hal", "--force")
    page = (course / f"feedback/hal/exercise03/{SLUG}.html").read_text("utf-8")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
    assert "<b>A</b>" not in page


def test_autograded_notebooks_are_valid_and_the_same_cells_are_in_the_database(course: Path) -> None:
    script = """
import sys
from nbgrader.nbgraderformat import read
from nbgrader.utils import determine_grade, is_grade
for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        notebook = read(file, as_version=4)
    print(*determine_grade(next(cell for cell in notebook.cells if is_grade(cell))))
"""
    paths = sorted((course / "autograded").glob(f"*/exercise03/{SLUG}.ipynb"))
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, *paths],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
        env=environment(course),
    ).stdout.splitlines()
    by_student = dict(zip([path.parts[-3] for path in paths], said, strict=True))
    assert by_student == {student: f"{result['score']} 10.0" for student, result in results(course).items()}
    names = {name for (name,) in rows(course / "gradebook.db", "SELECT name FROM base_cell")}
    solutions = ["exercise03-solution", *(f"exercise03-solution-{number}" for number in range(2, 7))]
    assert names == {*solutions, "exercise03-grade"}
    for path in paths:
        found = nbformat.read(path, as_version=4)
        nbformat.validate(found)
        marked = [cell.metadata.nbgrader.grade_id for cell in found.cells if "nbgrader" in cell.metadata]
        assert marked == ["exercise03-solution", "exercise03-grade"], path
    carl = nbformat.read(course / f"autograded/carl/exercise03/{SLUG}.ipynb", as_version=4)
    assert [cell.source for cell in carl.cells[:3]] == ["print('hello')", WRONG, "my notes"]
    assert "autograded/berta 张/exercise03/timestamp.txt" in {str(p.relative_to(course)) for p in course.rglob("*.txt")}


@pytest.fixture(scope="module")
def formgrader(course: Path) -> Iterator[str]:
    with formgrader_of(course) as address:
        yield address


def test_formgrader_shows_scores_and_what_people_give_there_is_kept(course: Path, formgrader: str) -> None:
    shown = {one["student"]: one for one in ask(f"{formgrader}/api/submissions/exercise03")}
    assert {student: one["score"] for student, one in shown.items()} == {
        student: result["score"] for student, result in results(course).items()
    }
    assert all(one["autograded"] and not one["needs_manual_grade"] for one in shown.values())
    carl = next(
        one for one in ask(f"{formgrader}/api/submitted_notebooks/exercise03/{SLUG}") if one["student"] == "carl"
    )
    page = ask(f"{formgrader}/submissions/{carl['id']}/")
    assert "exercise03-grade" in page and "my notes" in page

    grades = ask(f"{formgrader}/api/grades?submission_id={carl['id']}")
    ask(f"{formgrader}/api/grade/{grades[0]['id']}", {"manual_score": 8.5, "extra_credit": 1.0})
    comments = ask(f"{formgrader}/api/comments?submission_id={carl['id']}")
    assert "Probably this mistake" in comments[0]["auto_comment"]
    ask(f"{formgrader}/api/comment/{comments[0]['id']}", {"manual_comment": "come and see me"})

    before = {row[0]: row for row in rows(course / "gradebook.db", GRADES)}
    assert "review" not in grade("record", course.parent / "out", "--gradebook", course / "gradebook.db").stdout
    assert {row[0]: row for row in rows(course / "gradebook.db", GRADES)} == before
    assert before["carl"][2:] == (8.5, 1.0, 0)

    path = course.parent / "out/results/carl/exercise03.json"
    changed = json.loads(path.read_text("utf-8")) | {"score": 9.0, "notes": [{"en": "regraded", "zh-CN": "重评"}]}
    kept = path.read_bytes()
    path.write_text(json.dumps(changed), "utf-8")
    done = grade("record", course.parent / "out", "--gradebook", course / "gradebook.db")
    path.write_bytes(kept)
    assert "review: carl/exercise03" in done.stdout
    assert {row[0]: row for row in rows(course / "gradebook.db", GRADES)}["carl"] == ("carl", 9.0, 8.5, 1.0, 1)
    auto, manual = {row[0]: row[1:] for row in rows(course / "gradebook.db", COMMENTS)}["carl"]
    assert "regraded" in auto and manual == "come and see me"
    assert float(exported(course)["carl", "exercise03"]["score"]) == 9.5


def test_a_new_submission_is_regraded_and_the_old_files_stay(course: Path, tmp_path: Path) -> None:
    """From another folder than nbgrader's submitted/: that is not written, but for a time that it lacks."""
    hand_in(tmp_path / "late", "berta 张", RIGHT)
    (hand_in(tmp_path / "late", "zoe", RIGHT) / "timestamp.txt").write_text("2026-03-04 05:06:07 UTC")
    old = (course / f"submitted/berta 张/exercise03/{SLUG}.py").read_bytes()
    grade("score", tmp_path / "late", "--out", tmp_path / "out", "--gradebook", course / "gradebook.db", lang="zh-CN")
    table = exported(course)
    assert float(table["berta 张", "exercise03"]["score"]) == 10
    assert table["zoe", "exercise03"]["timestamp"] == "2026-03-04 05:06:07"
    assert (course / f"submitted/berta 张/exercise03/{SLUG}.py").read_bytes() == old
    assert (course / "submitted/berta 张/exercise03/timestamp.txt").read_text() == STAMP
    assert os.listdir(course / "submitted/zoe/exercise03") == ["timestamp.txt"]
    comments = {row[0]: row[1] for row in rows(course / "gradebook.db", COMMENTS)}
    assert "得分：10 / 10" in comments["berta 张"]
    assert "Score: 10 of 10" in comments["anna"]


def test_a_fault_of_the_grader_is_no_score(course: Path, tmp_path: Path) -> None:
    result = results(course)["anna"] | {"status": "grader_error", "score": 0.0}
    (tmp_path / "r.json").write_text(json.dumps(result))
    out = scored_class(tmp_path, {"anna": tmp_path / "r.json", "new": tmp_path / "r.json"}, "out")
    grade("record", out, "--gradebook", tmp_path / "gradebook.db")
    assert rows(tmp_path / "gradebook.db", GRADES) == [("anna", None, None, None, 1), ("new", None, None, None, 1)]


def test_items_that_can_not_be_written_are_told_and_the_rest_is_written(course: Path, tmp_path: Path) -> None:
    source = course.parent / "out/results/anna/exercise03.json"
    out = scored_class(tmp_path, {"anna": source, "n" * 129: source, "broken": source}, "out")
    (out / "results/broken/exercise03.json").write_text("{")
    done = grade("record", out, "--gradebook", tmp_path / "gradebook.db", status=4)
    assert "results written: 1" in done.stdout
    assert "nbgrader's names have at most 128 characters" in done.stdout
    assert "broken/exercise03.json can't be read" in done.stdout
    moved = nbformat.read(tmp_path / f"autograded/anna/exercise03/{SLUG}.ipynb", as_version=4)
    assert "is no longer there" in moved.cells[0].source


def test_another_authors_assignment_is_left_alone(course: Path, tmp_path: Path) -> None:
    source = course.parent / "out/results/anna/exercise03.json"
    out = scored_class(tmp_path, {"anna": source}, "out")
    gradebook = tmp_path / "gradebook.db"
    grade("record", out, "--gradebook", gradebook)
    with sqlite3.connect(gradebook) as connection:
        connection.execute("UPDATE base_cell SET name = 'q1' WHERE name = 'exercise03-grade'")
        connection.execute("DELETE FROM grade")
    connection.close()
    done = grade("record", out, "--gradebook", gradebook, status=4)
    assert "has graded cells of its own (q1)" in done.stdout and "results written: 0" in done.stdout
    assert rows(gradebook, "SELECT count(*) FROM grade") == [(0,)]


def test_two_graders_at_once_lose_nothing(course: Path, tmp_path: Path) -> None:
    """Both make the gradebook, the assignment and some of the same students, and each writes its own."""
    anna, carl = (course.parent / f"out/results/{name}/exercise03.json" for name in ("anna", "carl"))
    gradebook = tmp_path / "gradebook.db"
    outs = []
    for number in range(3):
        own = {f"s{number}{count:02}": anna for count in range(25)}
        outs.append(scored_class(tmp_path, own | {f"both{count}": carl for count in range(5)}, f"out{number}"))
    running = {out: started("record", out, "--gradebook", gradebook, told=out / "told") for out in outs}
    assert [(one.wait(120), (out / "told").read_text("utf-8")) for out, one in running.items()] == [(0, "")] * 3
    found = rows(gradebook, GRADES)
    assert [row[0] for row in found] == sorted({row[0] for row in found})
    assert len(found) == 3 * 25 + 5
    assert {row[1] for row in found if row[0].startswith("s")} == {10.0}
    assert len(rows(gradebook, COMMENTS)) == len(found)
    assert rows(gradebook, "SELECT count(*) FROM alembic_version") == [(1,)]


@pytest.mark.parametrize("recorded_first", [True, False])
def test_nbgraders_generate_assignment_means_the_same_cells(course: Path, tmp_path: Path, recorded_first: bool) -> None:
    """Before the first results or after them: it refuses an assignment with submissions whose cells are others."""
    out = scored_class(tmp_path, {"anna": course.parent / "out/results/anna/exercise03.json"}, "out")
    cells = [
        {"cell_type": cell.kind, "source": cell.source, "metadata": {"nbgrader": cell.metadata()}}
        for cell in named_cells(find_exercise(find_course(COURSE), "exercise03"), "en").all
    ]
    source = tmp_path / f"source/exercise03/{SLUG}.ipynb"
    source.parent.mkdir(parents=True)
    source.write_text(notebook(*cells), "utf-8")
    record = ("record", out, "--gradebook", tmp_path / "gradebook.db")
    if recorded_first:
        grade(*record)
    said = nbgrader(tmp_path, "generate_assignment", "exercise03")
    assert "ERROR" not in said and (tmp_path / f"release/exercise03/{SLUG}.ipynb").is_file()
    before = rows(tmp_path / "gradebook.db", "SELECT name, cell_type, locked FROM source_cell ORDER BY name")
    if not recorded_first:
        grade(*record)
    assert before == [
        ("exercise03-grade", "code", 1),
        ("exercise03-solution", "code", 0),
        *((f"exercise03-solution-{number}", "code", 0) for number in range(2, 7)),
        ("exercise03-statement", "markdown", 1),
    ]
    assert rows(tmp_path / "gradebook.db", "SELECT name, cell_type, locked FROM source_cell ORDER BY name") == before
    assert float(exported(tmp_path)["anna", "exercise03"]["score"]) == 10


def test_it_waits_for_a_writer_that_is_not_a_grader(course: Path, tmp_path: Path) -> None:
    """nbgrader in the middle of adding one of our students: what it commits stays."""
    anna = course.parent / "out/results/anna/exercise03.json"
    gradebook = tmp_path / "gradebook.db"
    grade("record", scored_class(tmp_path, {"anna": anna}, "first"), "--gradebook", gradebook)
    out = scored_class(tmp_path, {"berta": anna, "carl": anna}, "out")
    other = sqlite3.connect(gradebook, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("INSERT INTO student (id, first_name) VALUES ('berta', 'Berta')")
    running = started("record", out, "--gradebook", gradebook, told=tmp_path / "told")
    time.sleep(2)
    assert running.poll() is None
    other.execute("COMMIT")
    other.close()
    assert (running.wait(120), (tmp_path / "told").read_text("utf-8")) == (0, "")
    assert [row[0] for row in rows(gradebook, GRADES)] == ["anna", "berta", "carl"]
    assert rows(gradebook, "SELECT first_name FROM student WHERE id = 'berta'") == [("Berta",)]


def test_nbgrader_is_not_loaded_unless_a_gradebook_is_asked_for(tmp_path: Path) -> None:
    hand_in(tmp_path / "submitted", "anna", RIGHT)
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *command("score", tmp_path / "submitted", "--out", tmp_path / "out")[1:]],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "grader.cli.gradebook" in loaded
    assert not {"nbgrader", "sqlalchemy", "alembic", "nbformat", "torch"} & loaded


def test_the_course_folder_may_be_another_one_than_the_gradebooks(course: Path, tmp_path: Path) -> None:
    out = scored_class(tmp_path, {"anna": course.parent / "out/results/anna/exercise03.json"}, "out")
    for name in ("db", "course"):
        (tmp_path / name).mkdir()
    url = f"sqlite:///{tmp_path}/db/gradebook.db"
    grade("record", out, "--gradebook", url, "--nbgrader-dir", tmp_path / "course")
    assert sorted(path.name for path in (tmp_path / "db").iterdir()) == ["gradebook.db"]
    assert (tmp_path / f"course/autograded/anna/exercise03/{SLUG}.ipynb").is_file()
    assert float(exported(tmp_path / "course", "--db", url)["anna", "exercise03"]["score"]) == 10
    assert COURSE.joinpath("autograded").exists() is False
