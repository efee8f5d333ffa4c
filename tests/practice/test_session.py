"""Practice as a learner lives it: a sheet with a bug that the checks see, a check of it, and when it comes again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import msgspec
import pytest

from grader.course.find import find_course
from grader.course.learner import journal_path
from grader.course.model import Course
from grader.errors import UsageError
from grader.practice.memory import Sheet, load_practice, practice_path
from grader.practice.schedule import AGAIN, EASY, HARD
from grader.practice.session import Practice
from tests.practice.tiny_practice import course_in, learner_in

pytestmark = pytest.mark.slow

NOW = 1_800_000_000
DAY = 86_400


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return course_in(tmp_path_factory.mktemp("course"))


@pytest.fixture
def learner(tmp_path: Path) -> Path:
    return learner_in(tmp_path / "mine", "quarter")


def new_sheet(course: Course, learner: Path, *, now: int = NOW, seed: int = 1) -> Sheet:
    sheet = Practice(course, learner, now=now).new_sheet(None, language="en", seed=seed)
    assert sheet is not None
    return sheet


def edit(learner: Path, sheet: Sheet, old: str, new: str) -> None:
    path = learner / sheet.file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_what_the_learner_got_wrong_comes_first_and_is_fixed(course: Course, learner: Path) -> None:
    sheet = new_sheet(course, learner)
    text = (learner / sheet.file).read_text("utf-8")
    assert (sheet.bug, sheet.function, sheet.file) == ("quarter", "half", "practice/exercise04-1.py")
    assert "x / 4" in text and "SOLUTION" not in text and "one half" not in text
    assert text.startswith("# grade course: ") and "# To check: grade practice practice/exercise04-1.py" in text

    practice = Practice(course, learner, now=NOW + 60)
    assert practice.open_sheet(None) == sheet and practice.is_untouched(sheet)
    edit(learner, sheet, "x / 4", "x / 2")
    assert not practice.is_untouched(sheet)
    checked = practice.check(sheet, seed=3)
    assert checked.result.passed and (checked.changed, checked.fewest, checked.unchanged) == (1, 1, False)
    assert (checked.sheet.rating, checked.sheet.changed, checked.sheet.checks) == (EASY, 1, ())
    assert checked.sheet.due > NOW + DAY and practice.open_sheet(None) is None
    assert load_practice(learner).sheets == {sheet.file: checked.sheet}

    # The other function is new; after that nothing is, until this one is due.
    other = new_sheet(course, learner, now=NOW + 120)
    assert other.function == "double" and other.bug in ("thrice", "squared")
    later = Practice(course, learner, now=NOW + 180)
    given_up = later.give_up(other)
    assert given_up.rating == AGAIN and given_up.due < checked.sheet.due
    assert later.new_sheet(None, language="en", seed=1) is None
    assert new_sheet(course, learner, now=given_up.due).function == "double"
    asked = Practice(course, learner, now=NOW + 180).new_sheet(course.exercises[0], language="en", seed=1)
    assert asked is not None  # it was asked for by name


def test_several_checks_are_hard_and_an_edit_elsewhere_fixes_nothing(course: Course, learner: Path) -> None:
    sheet = new_sheet(course, learner)
    practice = Practice(course, learner, now=NOW)
    edit(learner, sheet, "x / 4", "x / 3")
    for _ in range(2):  # the same text twice is one check
        checked = practice.check(practice.memory.sheets[sheet.file], seed=1)
    assert not checked.result.passed and len(checked.sheet.checks) == 1 and checked.was_open
    edit(learner, sheet, "x / 3", "x / 2")
    checked = practice.check(checked.sheet, seed=1)
    assert checked.result.passed and checked.sheet.rating == HARD
    again = practice.check(checked.sheet, seed=1)
    assert not again.was_open and again.sheet == checked.sheet


def test_the_whole_solution_in_its_place_is_more_lines_than_needed(course: Course, learner: Path) -> None:
    sheet = new_sheet(course, learner)
    shutil.copy(course.exercises[0].folder / "reference.py", learner / sheet.file)
    checked = Practice(course, learner, now=NOW).check(sheet, seed=1)
    assert checked.result.passed and checked.changed > checked.fewest + 2 and checked.sheet.rating == HARD


def test_a_sheet_that_passes_as_it_was_handed_out_is_not_fixed(course: Course, learner: Path) -> None:
    sheet = new_sheet(course, learner)
    practice = Practice(course, learner, now=NOW)
    # As if the checks had missed the bug: the sheet says that it is the right answer.
    sheet = msgspec.structs.replace(sheet, hunks=())
    edit(learner, sheet, "x / 4", "x / 2")
    checked = practice.check(sheet, seed=1)
    assert checked.result.passed and checked.unchanged and not checked.sheet.rating


def test_functions_that_were_deleted_and_files_that_are_gone(course: Course, learner: Path) -> None:
    sheet = new_sheet(course, learner)
    (learner / sheet.file).write_text("x = (\n", "utf-8")
    checked = Practice(course, learner, now=NOW).check(sheet, seed=1)
    assert checked.result.status == "error" and not checked.sheet.checks and not checked.sheet.rating
    (learner / sheet.file).write_text("def double(x):\n    return 2 * x\n", "utf-8")
    checked = Practice(course, learner, now=NOW).check(sheet, seed=1)
    assert not checked.result.passed and not checked.sheet.rating
    (learner / sheet.file).unlink()
    practice = Practice(course, learner, now=NOW)
    assert practice.open_sheet(None) is None
    with pytest.raises(UsageError, match=r"practice/exercise04-1\.py"):
        practice.check(sheet, seed=1)
    assert new_sheet(course, learner, seed=2).file == "practice/exercise04-2.py"


def test_the_same_seed_hands_out_the_same_sheet(course: Course, tmp_path: Path) -> None:
    def handed(name: str, seed: int) -> bytes:
        learner = learner_in(tmp_path / name)
        return (learner / new_sheet(course, learner, seed=seed).file).read_bytes()

    assert handed("one", 7) == handed("two", 7)
    assert len({handed(f"seed{seed}", seed) for seed in range(4)}) > 1


def test_mutants_come_when_the_mistakes_are_used_up(course: Course, learner: Path) -> None:
    used = [
        Sheet(file=f"practice/{bug}.py", exercise="exercise04", function="none", bug=bug)
        for bug in ("thrice", "squared", "quarter")
    ]
    practice_path(learner).write_bytes(b"".join(msgspec.json.encode(sheet) + b"\n" for sheet in used))
    sheet = new_sheet(course, learner)  # not the mistake `unseen`: it was graded, and no check sees it
    assert sheet.why is None and sheet.bug not in {other.bug for other in used}


def test_what_can_not_be_practised_is_said(course: Course, learner: Path, tmp_path: Path) -> None:
    beginner = tmp_path / "beginner"
    (beginner / ".grade").mkdir(parents=True)
    with pytest.raises(UsageError, match="nothing to practise yet"):
        Practice(course, beginner, now=NOW).new_sheet(None, language="en", seed=1)
    with pytest.raises(UsageError, match="exercise05 can be practised once"):
        Practice(course, learner, now=NOW).new_sheet(course.exercises[1], language="en", seed=1)
    with pytest.raises(UsageError, match="no practice sheet of this folder"):
        Practice(course, learner, now=NOW).sheet_at(learner / "practice/exercise04-1.py")
    (learner / "practice").symlink_to(tmp_path)
    with pytest.raises(UsageError, match="can't be written: Too many levels of symbolic links"):
        new_sheet(course, learner)
    # Whose solution was shown gives nothing away either.
    journal_path(beginner).write_text(json.dumps({"exercise": "exercise05", "solution_at": NOW}) + "\n")
    assert new_sheet(course, beginner).exercise == "exercise05"


def test_a_sheet_of_an_exercise_that_changed(tmp_path: Path, learner: Path) -> None:
    course = course_in(tmp_path / "course")
    sheet = new_sheet(course, learner)
    reference = course.exercises[0].folder / "reference.py"
    reference.write_text(reference.read_text("utf-8").replace("2 * x  #", "x + x  #"), "utf-8")
    practice = Practice(find_course(course.folder), learner, now=NOW)
    assert practice.open_sheet(None) is None
    with pytest.raises(UsageError, match=r"exercise04 has changed since .*exercise04-1\.py was made"):
        practice.sheet_at(learner / sheet.file)


def test_a_memory_that_leads_out_of_the_folder_is_not_followed(course: Course, learner: Path, tmp_path: Path) -> None:
    sheet = new_sheet(course, learner)
    (tmp_path / "out.py").write_text("secret = 1\n", "utf-8")
    outside = msgspec.structs.replace(sheet, file="../out.py")
    practice_path(learner).write_bytes(msgspec.json.encode(outside) + b"\n")
    assert Practice(course, learner, now=NOW).open_sheet(None) is None
