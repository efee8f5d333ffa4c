"""Whose a file is in an export: numbers and names are kept apart, and what can be read in two ways is nobody's zero."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.find import find_course
from grader.course.model import Course
from grader.intake.collect import open_export, plan
from grader.intake.extract import extract
from grader.intake.identity import sameness
from grader.intake.manifest import Work
from grader.intake.roster import read_roster
from grader.text import render
from tests.intake.exports import COURSE, NAME, RIGHT, WRONG, Files, export, grade_score, moodle, packed, rows_of
from tests.intake.test_exports import METADATA


@pytest.fixture(scope="module")
def course() -> Course:
    return find_course(COURSE)


def taken(course: Course, folder: Path, files: Files, roster: str = "", *, unpack: bool = False) -> dict[str, Work]:
    """Student → what was taken of their work on exercise 3."""
    source = export(folder / ("export" if unpack else "export.zip"), files)
    listed = None
    if roster:
        (folder / "class.csv").write_text(roster, "utf-8")
        listed = read_roster(folder / "class.csv")
    with open_export(source) as opened:
        assert opened is not None
        planned = plan(opened, course, None, listed)
        found = extract(planned, folder / "taken")
    assert len({sameness(one.student) for one in found}) == len(found)
    return {one.student: one for one in found}


def content(folder: Path, one: Work) -> str:
    assert one.path is not None
    return (folder / "taken" / one.path).read_text("utf-8")


def said(one: Work) -> str:
    assert one.path is None and one.problem is not None
    return render(one.problem, "en")


@pytest.mark.parametrize("unpack", [False, True])
def test_a_team_called_like_a_number_is_no_participant(course: Course, tmp_path: Path, unpack: bool) -> None:
    found = taken(
        course,
        tmp_path,
        {
            "Ada_111_assignsubmission_file_work.zip": packed({NAME: RIGHT}),
            f"111_assignsubmission_file_{NAME}": WRONG,
            f"name-111_assignsubmission_file_{NAME}": WRONG + "# 3",
        },
        unpack=unpack,
    )
    assert content(tmp_path, found["111"]) == RIGHT
    assert sorted(found) == ["111", "name-111", "name-name-111"]


def test_a_name_that_looks_like_anothers_file(course: Course, tmp_path: Path) -> None:
    """Eve calls herself like the beginning of a file of Ada's, and of one who handed in nothing."""
    found = taken(
        course,
        tmp_path,
        {
            f"Ada_111_assignsubmission_file_{NAME}": RIGHT,
            f"Eve_111_assignsubmission_file_x_222_assignsubmission_file_{NAME}": WRONG,
            f"Eve_333_assignsubmission_file_x_444_assignsubmission_file_{NAME}": WRONG,
        },
    )
    assert sorted(found) == ["111", "222", "333", "444"]
    assert content(tmp_path, found["111"]) == RIGHT and found["111"].note is None
    for number in ("222", "333", "444"):
        assert "could be of" in said(found[number]) and not found[number].absent


def test_one_number_under_two_names(course: Course, tmp_path: Path) -> None:
    found = taken(course, tmp_path, {moodle("Ada", 1): RIGHT, moodle("Bob", 1): WRONG, moodle("Cy", 2): RIGHT})
    assert found["1"].clash and found["2"].path
    assert not (tmp_path / "taken/1").exists()


def test_canvas_name_that_ends_in_anothers_number(course: Course, tmp_path: Path) -> None:
    found = taken(
        course,
        tmp_path,
        {
            f"ada_111_9001_{NAME}": RIGHT,
            f"eve_111_222_9002_{NAME}": WRONG,
            f"cy_333_9003_3_{NAME}": RIGHT,
            f"anon_AbC_9004_{NAME}": RIGHT,
            f"anon_aBc_9005_{NAME}": WRONG,
        },
    )
    assert content(tmp_path, found["111"]) == RIGHT and content(tmp_path, found["222"]) == WRONG
    # A file of one's own that begins with a number is more likely than a name that ends in one.
    assert "333" in found and "9003" not in found
    # Ids of which a file system that ignores case would make one.
    assert content(tmp_path, found["anon_AbC"]) == RIGHT
    assert content(tmp_path, found["anonymous-anon_aBc"]) == WRONG


def test_digits_of_other_scripts_are_no_numbers(course: Course, tmp_path: Path) -> None:
    found = taken(course, tmp_path, {moodle("Ada", 111): RIGHT, moodle("Ada", "١١١"): WRONG})
    assert content(tmp_path, found["111"]) == RIGHT and len(found) == 2


GRADESCOPE = {f"submission_{number}/{NAME}": text for number, text in ((7001, RIGHT), (7002, WRONG), (7003, RIGHT))}


def test_two_entries_of_gradescopes_with_one_id(course: Course, tmp_path: Path) -> None:
    metadata = METADATA.replace(":sid: '102'", ":sid: '101'")
    found = taken(course, tmp_path, {"submission_metadata.yml": metadata, **GRADESCOPE})
    assert found["101"].clash and found["103"].path and "102" not in found
    assert "the id 101 goes with more than one person: Ada Lovelace (101), 王小明 (101)" in said(found["101"])


def test_one_folder_twice_in_gradescopes_metadata(course: Course, tmp_path: Path) -> None:
    metadata = METADATA.replace("submission_7002", "submission_7001")
    found = taken(course, tmp_path, {"submission_metadata.yml": metadata, **GRADESCOPE})
    for number in ("101", "102"):
        assert "speaks of submission_7001 more than once" in said(found[number])
    assert found["103"].path


def test_two_submissions_of_one_person_clash(course: Course, tmp_path: Path) -> None:
    metadata = METADATA.replace(":sid: '102'", ":sid: '101'").replace("王小明", "Ada Lovelace")
    metadata = metadata.replace("wang@example.org", "ada@example.org")
    found = taken(course, tmp_path, {"submission_metadata.yml": metadata, **GRADESCOPE})
    assert found["101"].clash and "more than one file to grade" in said(found["101"])


def test_who_is_absent_for_certain(course: Course, tmp_path: Path) -> None:
    roster = "student,name,Identifier\na,Ada,1\nb,Bob,2\nc,Cy,\nd,Dan,\n"
    found = taken(course, tmp_path, {moodle("Ada", 1): RIGHT, moodle("Cy Coder", 9): RIGHT}, roster)
    # Nine is not Bob's number, and Cy Coder's name is neither Cy's nor Dan's.
    assert {name: found[name].absent for name in "bcd"} == {"b": True, "c": True, "d": True}
    team = taken(course, tmp_path / "team", {"Cy_assignsubmission_file_x.zip": packed({NAME: RIGHT})}, roster)
    assert team["c"].path and team["b"].absent


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> None:
    (tmp_path / "team").mkdir()


def test_an_unpacked_export_in_which_folders_are_hostile(course: Course, tmp_path: Path) -> None:
    root = export(tmp_path / "export", {moodle("Ada", 1): RIGHT, moodle("Bob", 2): RIGHT})
    (root / "Cy_3_assignsubmission_file_").symlink_to("Ada_1_assignsubmission_file_")
    many = root / "Dan_4_assignsubmission_file_/deep"
    many.mkdir(parents=True)
    for number in range(2001):
        (many / f"{number}.py").touch()
    deep = root / "Eve_5_assignsubmission_file_" / Path(*["d"] * 60)
    deep.mkdir(parents=True)
    (deep / NAME).write_text(RIGHT)
    found = taken(course, tmp_path, {}, unpack=True)
    assert found["1"].path and found["2"].path
    assert "is a link" in said(found["3"]) and "holds more than 2000 files" in said(found["4"])
    assert "folders deep" in said(found["5"])


@pytest.mark.slow
def test_a_zip_of_ten_thousand_students(course: Course, tmp_path: Path) -> None:
    files = {moodle(f"Student {number}", number): f"# {number}\n" for number in range(10_000)}
    found = taken(
        course,
        tmp_path,
        files,
        "student,name,Identifier\n" + "".join(f"s{number},Student {number},{number}\n" for number in range(10_000)),
    )
    assert len(found) == 10_000 and all(one.path == f"{name}/exercise03/{NAME}" for name, one in found.items())


@pytest.mark.slow
def test_the_command_keeps_a_team_and_a_number_apart(tmp_path: Path) -> None:
    source = export(
        tmp_path / "export.zip",
        {f"Ada_111_assignsubmission_file_{NAME}": RIGHT, f"111_assignsubmission_file_{NAME}": WRONG},
    )
    grade_score(source, "--out", tmp_path / "out", "--format", "moodle")
    rows = rows_of(tmp_path / "out")
    assert {name: row["score"] for name, row in rows.items()} == {"111": "10", "name-111": "6"}
