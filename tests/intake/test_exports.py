"""`grade score` on the exports of Moodle, Canvas and Gradescope, packed and unpacked: the real command."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.forked import run_forked
from tests.intake.exports import (
    COURSE,
    NAME,
    RIGHT,
    SLUG,
    WRONG,
    Files,
    export,
    grade_score,
    moodle,
    notes,
    packed,
    rows_of,
    table,
)

HTML = "<p>x * (1 - x)</p>"
MOODLE: Files = {
    moodle("Ada Lovelace", 101): RIGHT,
    moodle("Ada Lovelace", 101, "helper.py"): "unused = 1\n",
    moodle("王 小明", 102, f"week 3/{SLUG} (1).py"): WRONG,
    "Eve Typed_103_assignsubmission_onlinetext_/onlinetext.html": HTML,
    moodle("Gus Guest", 104, "notes.txt"): "none",
    "__MACOSX/._x": "",
}
MOODLE_FLAT: Files = {
    f"Ada Lovelace_101_assignsubmission_file_{NAME}": RIGHT,
    f"王 小明_102_assignsubmission_file_{NAME}": WRONG,
    "Eve Typed_103_assignsubmission_onlinetext_onlinetext.html": HTML,
    "Gus Guest_104_assignsubmission_file_notes.txt": "none",
}
CANVAS: Files = {
    f"lovelaceada_101_9001_{SLUG}-1.py": RIGHT,
    f"王小明_LATE_102_9002_{NAME}": WRONG,
    "typedeve_103_text.html": HTML,
    "guestgus_104_9004_notes.txt": "none",
}
METADATA = """---
submission_7001:
  :submitters:
  - :name: Ada Lovelace
    :sid: '101'
    :email: ada@example.org
  :created_at: 2026-03-01 10:00:00.000000000 Z
  :score: 0.0
submission_7002:
  :submitters:
  - :name: 王小明
    :sid: '102'
    :email: wang@example.org
submission_7003:
  :submitters:
  - :name: Eve Typed
    :sid: '103'
    :email: eve@example.org
submission_7004:
  :submitters:
  - :name: Gus Guest
    :sid: '104'
    :email: gus@example.org
"""
_TOP = "assignment_55_export"
GRADESCOPE: Files = {
    f"{_TOP}/submission_metadata.yml": METADATA,
    f"{_TOP}/submission_7001/{NAME}": RIGHT,
    f"{_TOP}/submission_7002/{NAME}": WRONG,
    f"{_TOP}/submission_7003/page.html": HTML,
    f"{_TOP}/submission_7004/notes.txt": "none",
}
FORMS = {"Moodle": MOODLE, "Moodle, flat": MOODLE_FLAT, "Canvas": CANVAS, "Gradescope": GRADESCOPE}
ROSTERS = {
    "Moodle": "Identifier,Full name,Email address,Grade\nParticipant 101,Ada Lovelace,ada@example.org,\n"
    "Participant 102,王 小明,wang@example.org,\nParticipant 105,Tom Truant,tom@example.org,\n",
    "Canvas": "Student,ID,SIS User ID,SIS Login ID,Section,Exercise (7)\n,,,,,Manual Posting\n"
    '    Points Possible,,,,,10\n"Lovelace, Ada",101,s1,ada,A,\n小明,102,s2,wang,A,\n'
    '"Truant, Tom",105,s3,tom,A,\n',
    "Gradescope": "First Name,Last Name,SID,Email,Role\nAda,Lovelace,101,ada@example.org,Student\n"
    "小明,王,102,wang@example.org,Student\nTom,Truant,105,tom@example.org,Student\n"
    "Pia,Prof,900,pia@example.org,Instructor\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_each_export_is_graded(form: str, tmp_path: Path) -> None:
    source = export(tmp_path / "export.zip", FORMS[form])
    before = _digests(source)
    done = grade_score(source, "--out", tmp_path / "out")
    rows = rows_of(tmp_path / "out")
    assert list(rows) == ["101", "102", "103", "104"]
    assert (rows["101"]["status"], rows["101"]["score"], rows["101"]["note"]) == ("graded", "10", "")
    assert rows["102"]["status"] == "graded"
    assert 0 < float(rows["102"]["score"]) < 10
    assert ("late, says Canvas" in rows["102"]["note"]) == (form == "Canvas")
    assert rows["103"]["status"] == rows["104"]["status"] == "error"
    assert ("typed into" in rows["103"]["note"]) == (form != "Gradescope")
    assert "no .py or .ipynb file" in rows["104"]["note"]
    assert f"Read as an export of {form.split(',')[0]}; files to grade: 2; students: 4" in done.stdout
    # Nothing of the export changed, and the files lie where nbgrader's layout has them.
    assert _digests(source) == before
    assert (tmp_path / "out/submissions/101/exercise03" / NAME).read_text("utf-8") == RIGHT
    assert rows["102"]["submission"] == f"102/exercise03/{NAME}"
    students = {row["student"]: row["handed_in_as"] for row in table(tmp_path / "out/students.csv")}
    assert list(students) == ["101", "102", "103", "104"]
    assert "101" in students["101"]
    kind = {"Moodle": "moodle", "Canvas": "canvas", "Gradescope": "sid"}[form.split(",")[0]]
    assert [row[kind] for row in table(tmp_path / "out/students.csv")] == list(students)


def _digests(source: Path) -> dict[str, str]:
    files = [source] if source.is_file() else sorted(path for path in source.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.slow
@pytest.mark.parametrize("form", ROSTERS)
def test_an_unpacked_export_with_a_roster(form: str, tmp_path: Path) -> None:
    source = export(tmp_path / "unpacked", FORMS[form])
    before = _digests(source)
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTERS[form], "utf-8-sig")
    done = grade_score(source, "--out", tmp_path / "out", "--roster", roster, "--exercise", "3")
    said = notes(tmp_path / "out")
    assert list(said) == ["101", "102", "103", "104", "105"]
    assert said["101"] == ""
    assert said["105"] == "nothing handed in"
    assert "not in the roster" in said["103"]
    assert "not in the roster" in said["104"]
    strangers = next(line for line in done.stdout.splitlines() if "roster" in line)
    assert "104" in strangers
    assert "101" not in strangers
    assert _digests(source) == before
    # The lines that Canvas and Gradescope add for themselves are no students, and no mistakes either.
    assert "line" not in done.stdout


@pytest.mark.slow
def test_a_roster_of_ones_own_renames_by_name_and_keeps_namesakes_apart(tmp_path: Path) -> None:
    source = export(
        tmp_path / "export.zip",
        {
            moodle("Ada Lovelace", 101): RIGHT,
            moodle("Bob Twin", 7): WRONG,
            moodle("Bob Twin", 8): RIGHT,
            moodle("Cy Coder", 9): RIGHT,
        },
    )
    roster = tmp_path / "class.csv"
    # Cy's number in the export is, by chance, somebody's id here.
    roster.write_text("学号;姓名\n20260001;Lovelace, Ada\n20260002;Bob Twin\n9;Dan Dormant\n", "utf-8")
    done = grade_score(source, "--out", tmp_path / "out", "--roster", roster)
    rows = rows_of(tmp_path / "out")
    assert rows["20260001"]["score"] == "10"
    assert rows["20260001"]["submission"] == f"20260001/exercise03/{NAME}"
    # Bob's work is there, under one of two numbers: no zero is his.
    assert rows["20260002"]["note"].startswith("one of Bob Twin_7, Bob Twin_8, it seems")
    assert rows["20260002"]["counts"] == "false"
    assert rows["7"]["note"] == rows["8"]["note"] == "in the roster, Bob Twin_7, Bob Twin_8 could all be 20260002"
    assert rows["9"]["note"] == "nothing handed in"
    assert rows["export-9"]["note"] == "not in the roster"
    assert rows["export-9"]["score"] == "10"
    assert "Bob Twin_7, Bob Twin_8, Cy Coder_9" in done.stdout


@pytest.mark.slow
def test_the_plain_layout_with_a_roster(tmp_path: Path) -> None:
    submitted = export(
        tmp_path / "submitted",
        {f"ada/exercise03/{NAME}": RIGHT, f"ada/exercise01/{NAME}": RIGHT, f"zoe/exercise03/{NAME}": RIGHT},
    )
    roster = tmp_path / "class.csv"
    roster.write_text("id,username,name\n1,ada,Ada\n2,bob,Bob\n", "utf-8")
    done = grade_score(submitted, "--out", tmp_path / "out", "--roster", roster, "--exercise", SLUG)
    rows = rows_of(tmp_path / "out")
    assert {student: (row["exercise"], row["note"]) for student, row in rows.items()} == {
        "1": ("exercise03", ""),
        "2": ("exercise03", "nothing handed in"),
        "zoe": ("exercise03", "not in the roster"),
    }
    assert rows["1"]["submission"] == f"ada/exercise03/{NAME}"
    assert (tmp_path / "out/results/1/exercise03.json").is_file()
    assert not (tmp_path / "out/submissions").exists()
    assert "zoe" in done.stdout


@pytest.mark.slow
def test_which_exercise_by_name_folder_or_option(tmp_path: Path) -> None:
    files: Files = {
        moodle("A", 1): RIGHT,
        moodle("B", 2, "Exercise03/Sigmoid-Derivative.PY"): RIGHT,
        moodle("C", 3, "exercise03/mine.py"): RIGHT,
        moodle("D", 4, "homework.py"): RIGHT,
        moodle("E", 5, "one.py"): RIGHT,
        moodle("E", 5, "two.py"): RIGHT,
    }
    source = export(tmp_path / "export.zip", files)
    grade_score(source, "--out", tmp_path / "told")
    rows = rows_of(tmp_path / "told")
    assert [rows[name]["score"] for name in "123"] == ["10"] * 3
    assert "the file is called mine.py" in rows["3"]["note"]
    assert "homework.py is for can't be told from its name" in rows["4"]["note"]
    grade_score(source, "--out", tmp_path / "chosen", "--exercise", "3")
    rows = rows_of(tmp_path / "chosen")
    assert rows["4"]["score"] == "10"
    assert "the file is called homework.py" in rows["4"]["note"]
    assert rows["5"]["note"] == "more than one file to grade: one.py, two.py; keep one"


def test_no_exercise_to_be_told_is_said_before_anything_is_written(tmp_path: Path) -> None:
    source = export(tmp_path / "export.zip", {moodle("A", 1, "homework.py"): RIGHT})
    done = grade_score(source, "--out", tmp_path / "out", status=2)
    assert "homework.py" in done.stderr
    assert "--exercise EXERCISE" in done.stderr
    assert not (tmp_path / "out").exists()
    assert "exercise99" in grade_score(source, "--out", tmp_path / "out", "--exercise", "exercise99", status=2).stderr


@pytest.mark.slow
def test_teams_zips_of_students_notebooks_and_files_beside(tmp_path: Path) -> None:
    # The second and third submission's people join the first one's team.
    first, second, third, fourth = METADATA.split("submission_")[1:]
    people = "".join(one.split(":submitters:\n")[1] for one in (second, third))
    team = "".join(f"submission_{one}" for one in (first.replace("  :created_at", f"{people}  :created_at"), fourth))
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": RIGHT}
    notebook = json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [cell]})
    helped = RIGHT + "\nimport parts\nassert parts.unused == 1\n"
    source = export(
        tmp_path / "export.zip",
        {
            f"{_TOP}/submission_metadata.yml": team,
            f"{_TOP}/submission_7001/{SLUG}.ipynb": notebook,
            f"{_TOP}/submission_7004/mine.zip": packed(
                {f"work/{NAME}": helped, "work/parts.py": "unused = 1\n", "work/inner.zip": packed({NAME: WRONG})}
            ),
            f"{_TOP}/submission_7005/{NAME}": RIGHT,
        },
    )
    done = grade_score(source, "--out", tmp_path / "out")
    rows = rows_of(tmp_path / "out")
    assert {name: row["score"] for name, row in rows.items()} == dict.fromkeys(
        ("101", "102", "103", "104", "submission_7005"), "10"
    )
    assert "handed in together by Ada Lovelace (101), 王小明 (102), Eve Typed (103)" in rows["103"]["note"]
    assert "does not say who" in rows["submission_7005"]["note"]
    assert (tmp_path / "out/submissions/104/exercise03/parts.py").is_file()
    assert not list((tmp_path / "out/submissions").rglob("*.zip"))
    assert "students: 5" in done.stdout


@pytest.mark.slow
def test_grade_record_takes_what_was_scored_from_an_export(tmp_path: Path) -> None:
    source = export(tmp_path / "export.zip", {moodle("Ada", 101): RIGHT, moodle("Bob", 102): WRONG})
    grade_score(source, "--out", tmp_path / "out")
    source.unlink()
    run = json.loads((tmp_path / "out/run.json").read_text("utf-8"))
    assert (run["source"], run["submissions"]) == (str(source), str(tmp_path / "out/submissions"))
    words = ("--gradebook", tmp_path / "gradebook.db", "--nbgrader-dir", tmp_path, "--course", COURSE, "--lang", "en")
    done = run_forked("grader", "record", tmp_path / "out", *words)
    assert done.returncode == 0, done.stderr
    graded = tmp_path / f"autograded/101/exercise03/{SLUG}.ipynb"
    assert "no longer there" not in graded.read_text("utf-8")
    assert "sigmoid_grad" in graded.read_text("utf-8")
