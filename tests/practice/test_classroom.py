"""`grade generate --as practice`: a class's sheets, each student's own, and the key to them."""

from __future__ import annotations

import csv
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.practice.classroom import students_of
from tests.forked import run_forked
from tests.practice.tiny_practice import course_in

ROSTER = "student,name\nana,Ana\nben,Ben\nben,Again\n../x,Bad\nzoë,Zoë\n"


def run(folder: Path, *words: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    return run_forked("grader", *words, "--lang", "en", "--course", folder / "course", cwd=folder, check=check)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a course, a roster, and the class's sheets of one exercise in `out`."""
    folder = tmp_path_factory.mktemp("class")
    course_in(folder / "course")
    (folder / "roster.csv").write_text(ROSTER, "utf-8")
    done = generated(folder, "out", 1)
    assert "roster.csv" in done.stderr and "left out" in done.stderr
    assert done.stdout.splitlines()[1:] == [
        "For the students: out/sheets",
        "For you alone, what is wrong in each: out/key.csv",
    ]
    return folder


def generated(folder: Path, out: str, seed: int) -> subprocess.CompletedProcess[str]:
    words = ("--as", "practice", "--students", "roster.csv", "--seed", str(seed))
    return run(folder, "generate", "exercise04", "--out", out, *words)


def sheets(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).parts[0]: path.read_text("utf-8") for path in folder.rglob("doubling.py")}


def key_of(folder: Path) -> list[dict[str, str]]:
    with open(folder / "key.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.slow
def test_every_student_has_a_sheet_with_the_bug_of_the_key(made: Path) -> None:
    found, key = sheets(made / "out/sheets"), key_of(made / "out")
    assert list(found) and set(found) == {"ana", "ben", "zoë"} == {row["student"] for row in key}
    assert len(set(found.values())) == 3  # there are three mistakes that the checks see
    for row in key:
        text = found[row["student"]]
        assert text.splitlines()[int(row["line"]) - 1].strip() == row["wrong"] and row["right"] not in text
        assert row["exercise"] == "exercise04" and row["bug"] in ("thrice", "squared", "quarter")
        assert row["explanation"].startswith("this is") and row["function"] in ("double", "half")
        assert "key" not in text and row["explanation"] not in text


@pytest.mark.slow
def test_the_seed_decides_and_what_was_edited_stays(made: Path) -> None:
    assert generated(made, "again", 1).returncode == 0
    assert sheets(made / "again/sheets") == sheets(made / "out/sheets")
    others = [generated(made, f"seed{seed}", seed) and sheets(made / f"seed{seed}/sheets") for seed in (2, 3, 4)]
    assert any(other != sheets(made / "out/sheets") for other in others)
    edited = made / "again/sheets/ana/exercise04/doubling.py"
    edited.write_text("mine\n", "utf-8")
    words = ("--as", "practice", "--students", "roster.csv", "--seed", "2")
    done = run(made, "generate", "exercise04", "--out", "again", *words, check=False)
    assert done.returncode == 2 and "sheets/ana/exercise04/doubling.py" in done.stderr
    assert edited.read_text("utf-8") == "mine\n"


@pytest.mark.slow
def test_the_sheets_are_scored_as_ordinary_submissions(made: Path) -> None:
    fixed = {row["student"]: row for row in key_of(made / "out")}["ben"]
    path = made / "out/sheets/ben/exercise04/doubling.py"
    before = path.read_text("utf-8")
    path.write_text(before.replace(fixed["wrong"], fixed["right"]), "utf-8")
    assert run(made, "score", "out/sheets", "--out", "scored", "-j", "1").returncode == 0
    path.write_text(before, "utf-8")
    with open(made / "scored/scores.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert Counter(row["passed"] for row in rows) == {"true": 1, "false": 2}
    named = {row["student"]: row["mistakes"] for row in rows}
    assert named == {row["student"]: row["bug"] if row["student"] != "ben" else "" for row in key_of(made / "out")}


def test_students_are_a_roster_or_a_number(tmp_path: Path) -> None:
    assert students_of("3")[0] == ("student1", "student2", "student3")
    assert students_of("12")[0][::11] == ("student01", "student12")
    for wrong in ("0", "10000", "9" * 5000):
        with pytest.raises(UsageError, match="--students takes a roster, or a number from 1 to 9999"):
            students_of(wrong)
    with pytest.raises(UsageError):
        students_of(str(tmp_path / "none.csv"))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--as", "practice", "--seed", "1"), "For which students?"),
        (("--as", "practice", "--students", "3"), "Which seed?"),
        (("--students", "3"), "--students is for --as practice."),
    ],
)
def test_what_is_missing_is_asked_for(tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    course_in(tmp_path / "course")
    done = run(tmp_path, "generate", "exercise04", "--out", "out", *words, check=False)
    assert done.returncode == 2 and says in done.stderr and not (tmp_path / "out").exists()
