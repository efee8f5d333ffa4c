"""nbgrader's own formgrader over a course folder in which `nbgrader autograde` took the verdicts from this grader."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.nbgrader.courses import autograde, grades, hand_in, make_course, solved, text_of
from tests.nbgrader.gradebooks import COURSE, GRADES, RIGHT, SLUG, WRONG, ask, formgrader_of, grade, rows
from tests.nbgrader.notebooks import CASES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = make_course(tmp_path_factory.mktemp("formgrader") / "course", "exercise03")
    for student, source in (("anna", RIGHT), ("berta", WRONG)):
        hand_in(course, student, text_of(solved(course, source)))
    hand_in(course, "carl", CASES["broken_off"].content)
    autograde(course, "exercise03")
    return course


@pytest.fixture(scope="module")
def formgrader(course: Path) -> Iterator[str]:
    with formgrader_of(course) as address:
        yield address


def submitted(formgrader: str) -> dict[str, Any]:
    """Student → their notebook, as formgrader's API has it."""
    found = ask(f"{formgrader}/api/submitted_notebooks/exercise03/{SLUG}")
    return {one["student"]: one for one in found}


def secrets(course: Path) -> set[str]:
    """Long lines that only hidden checks of the wrong answer hold: the same inputs, as an instructor sees them."""
    place = course.parent / "class/berta/exercise03"
    place.mkdir(parents=True)
    (place / f"{SLUG}.py").write_text(WRONG, "utf-8")
    grade("score", course.parent / "class", "--out", course.parent / "scored", "--seed", "7")
    result = json.loads((course.parent / "scored/results/berta/exercise03.json").read_text("utf-8"))
    lines: dict[bool, set[str]] = {True: set(), False: set()}
    for check in result["checks"]:
        if check["detail"]:
            texts = (check["message"]["en"], *(check["detail"][part] for part in ("called", "expected", "got")))
            lines[check["hidden"]] |= {line for text in texts if text for line in text.split("\n") if len(line) > 25}
    return lines[True] - lines[False]


def test_scores_and_flags(course: Path, formgrader: str) -> None:
    (assignment,) = ask(f"{formgrader}/api/assignments")
    assert (assignment["name"], assignment["max_score"], assignment["num_submissions"]) == ("exercise03", 10, 3)
    shown = {one["student"]: one for one in ask(f"{formgrader}/api/submissions/exercise03")}
    assert {student: one["score"] for student, one in shown.items()} == {"anna": 10, "berta": 6, "carl": 0}
    assert all(one["autograded"] and not one["needs_manual_grade"] for one in shown.values())
    assert not any(one["failed_tests"] for student, one in submitted(formgrader).items() if student == "anna")


def test_pages_and_comments_show_reasons_and_nothing_hidden(course: Path, formgrader: str) -> None:
    hidden = secrets(course)
    assert len(hidden) >= 8
    for student, reason in (
        ("berta", "Probably this mistake: this is x·(1−x)"),
        ("carl", "breaks off before its end"),
        ("anna", "Score: 10 of 10"),
    ):
        one = submitted(formgrader)[student]
        (graded,) = ask(f"{formgrader}/api/grades?submission_id={one['id']}")
        assert (graded["auto_score"], graded["manual_score"]) == (one["score"], None)
        comments = ask(f"{formgrader}/api/comments?submission_id={one['id']}")
        assert sum(reason in " ".join((each["auto_comment"] or "").split()) for each in comments) == 1
        page = html.unescape(ask(f"{formgrader}/submissions/{one['id']}/"))
        assert reason in " ".join(page.split()), student
        everything = page + json.dumps([graded, comments, one], ensure_ascii=False)
        assert [line for line in hidden if line in everything] == []


def test_what_people_give_there_is_kept_when_autograde_runs_again(course: Path, formgrader: str) -> None:
    one = submitted(formgrader)["berta"]
    (graded,) = ask(f"{formgrader}/api/grades?submission_id={one['id']}")
    ask(f"{formgrader}/api/grade/{graded['id']}", {"manual_score": 8.5, "extra_credit": 1.0})
    first = next(each for each in ask(f"{formgrader}/api/comments?submission_id={one['id']}") if each["auto_comment"])
    ask(f"{formgrader}/api/comment/{first['id']}", {"manual_comment": "come and see me"})
    autograde(course, "exercise03", "--force")
    assert {row[0]: row[1:4] for row in rows(course / "gradebook.db", GRADES)}["berta"] == (6.0, 8.5, 1.0)
    again = ask(f"{formgrader}/api/comments?submission_id={one['id']}")
    assert "come and see me" in [each["manual_comment"] for each in again]
    assert (
        next(each["score"] for each in ask(f"{formgrader}/api/submissions/exercise03") if each["student"] == "berta")
        == 9.5
    )


def test_its_own_autograde_button(course: Path, formgrader: str) -> None:
    """There the steps run inside of the Jupyter server."""
    hand_in(course, "dora", text_of(solved(course, WRONG)))
    answer = ask(f"{formgrader}/api/submission/exercise03/dora/autograde", method="POST")
    assert answer["success"], answer
    assert grades(course)["dora"] == (6.0, False)
    assert (COURSE / "autograded").exists() is False
