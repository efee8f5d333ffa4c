"""What a class's folder is understood to hold: nothing is graded here, only found, and every student has their line."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from grader.course.find import find_course
from grader.course.model import Course
from grader.errors import UsageError
from grader.intake.identity import Ids, sameness, work_id
from grader.intake.manifest import Work
from grader.intake.roster import Roster, read_roster
from grader.scoring.scan import scan
from grader.text import render

COURSE = Path(__file__).parents[2]
SLUG = "sigmoid_derivative"
NAME = f"{SLUG}.py"


@pytest.fixture(scope="module")
def course() -> Course:
    return find_course(COURSE)


def put(root: Path, *paths: str) -> Path:
    """Files with nothing in particular in them; folders where the path ends in /."""
    for path in paths:
        place = root / path
        (place if path.endswith("/") else place.parent).mkdir(parents=True, exist_ok=True)
        if not path.endswith("/"):
            place.write_text("x = 1\n")
    return root


def roster_of(folder: Path, *ids: str) -> Roster:
    path = folder / "class.csv"
    path.write_text("student,name\n" + "".join(f"{name},{name.title()}\n" for name in ids))
    return read_roster(path)


def found_in(course: Course, root: Path, roster: Roster | None = None, exercise: str = "") -> dict[str, Work]:
    """student/exercise → what was found; every line has a key and a path of its own."""
    chosen = next((one for one in course.exercises if one.id == exercise), None)
    scanned = scan(course, root, roster=roster, exercise=chosen).found
    assert len({work_id(one.student, one.exercise) for one in scanned}) == len(scanned)
    assert len({sameness(one.student) for one in scanned}) == len({one.student for one in scanned})
    return {f"{one.student}/{one.exercise}": one for one in scanned}


def said(found: Work) -> str:
    assert found.path is None and found.problem is not None
    return render(found.problem, "en")


COMPOSED, SPLIT = (unicodedata.normalize(form, "josé") for form in ("NFC", "NFD"))


@pytest.mark.parametrize(
    "twins",
    [
        ("anna", "Anna"),
        (COMPOSED, SPLIT),
        ("anna", "anna "),
        (" anna", "anna"),
        ("li  wei", "li wei"),
        ("anna", "an\u200fna"),
        ("straße", "STRASSE"),
        ("li wei", "li\u00a0wei"),
        ("Ⅰ".lower(), "Ⅰ"),
    ],
)
@pytest.mark.parametrize("listed", [True, False], ids=["roster", "no roster"])
def test_twins_get_one_line_and_nobody_else_is_touched(
    course: Course, tmp_path: Path, twins: tuple[str, str], listed: bool
) -> None:
    root = put(tmp_path / "class", *(f"{name}/exercise03/{NAME}" for name in (*twins, "zoe")))
    roster = roster_of(tmp_path, "zoe", twins[0].strip()) if listed else None
    found = found_in(course, root, roster)
    assert len(found) == 2 and found["zoe/exercise03"].path == f"zoe/exercise03/{NAME}"
    (own,) = (one for key, one in found.items() if not key.startswith("zoe"))
    assert own.clash and not own.absent and "under names that differ in no more than case" in said(own)
    assert own.student in (twins[0].strip(), *twins)


def test_a_name_alone_is_found_in_the_roster_however_it_is_stored(course: Course, tmp_path: Path) -> None:
    root = put(tmp_path / "class", f"{SPLIT} /exercise03/{NAME}")
    assert found_in(course, root, roster_of(tmp_path, COMPOSED))[f"{COMPOSED}/exercise03"].path is not None


@pytest.mark.parametrize(
    "places",
    [
        ("anna/exercise03", "anna/03"),
        ("anna/exercise03", f"anna/{SLUG}"),
        ("anna/exercise03", "anna"),
        ("anna/exercise03", "anna/exercises/exercise03"),
        ("anna/exercise03", "exercise03-anna"),
        ("exercise03-anna", "classroom-exercise03-anna"),
        ("exercise03-anna", "exercise03-anna/exercise03"),
    ],
)
def test_two_places_for_one_exercise_are_one_line(course: Course, tmp_path: Path, places: tuple[str, str]) -> None:
    root = put(tmp_path, *(f"{place}/{NAME}" for place in places), f"bob/exercise03/{NAME}", "anna/exercise05/x.py")
    found = found_in(course, root)
    assert found["anna/exercise03"].clash and "handed in more than once" in said(found["anna/exercise03"])
    assert found["bob/exercise03"].path and found["anna/exercise05"].path


def test_files_in_the_students_folder_and_clones_are_told_by_their_names(course: Course, tmp_path: Path) -> None:
    root = put(
        tmp_path,
        f"ada/{NAME}",
        "ada/README.md",
        "bob/Sigmoid-Derivative (1).PY",
        "cy/exercise03.ipynb",
        f"exercise03-dan/{NAME}",
        "exercise03-dan/.git/config",
        "exercise03-dan/tests/check.py",
        f"dl-2026-exercise03-eve-lovelace/exercises/exercise03/{NAME}",
        "dl-2026-exercise03-eve-lovelace/exercises/exercise05/dense_layer.py",
        f"exercise-03-fay/exercise03/{NAME}",
        "sigmoid-derivative-gus/answer.py",
        "neuron-hal/exercise03/mine.py",
        "ida/exercises/exercise03/mine.py",
    )
    found = found_in(course, root)
    paths = {key: one.path for key, one in found.items() if one.path}
    assert paths == {
        "ada/exercise03": f"ada/{NAME}",
        "bob/exercise03": "bob/Sigmoid-Derivative (1).PY",
        "cy/exercise03": "cy/exercise03.ipynb",
        "dan/exercise03": f"exercise03-dan/{NAME}",
        "eve-lovelace/exercise03": f"dl-2026-exercise03-eve-lovelace/exercises/exercise03/{NAME}",
        "fay/exercise03": f"exercise-03-fay/exercise03/{NAME}",
        "gus/exercise03": "sigmoid-derivative-gus/answer.py",
        "neuron-hal/exercise03": "neuron-hal/exercise03/mine.py",
        "ida/exercise03": "ida/exercises/exercise03/mine.py",
    }
    assert found.keys() == paths.keys()


def test_one_students_clones_of_several_exercises_are_one_students(course: Course, tmp_path: Path) -> None:
    root = put(tmp_path, f"exercise03-ada/{NAME}", "exercise05-ada/dense_layer.py", f"exercise03-bob/{NAME}")
    found = found_in(course, root)
    assert found["ada/exercise05"].path == "exercise05-ada/dense_layer.py"
    assert said(found["bob/exercise05"]) == "nothing handed in"
    assert found_in(course, root, exercise="exercise05").keys() == {"ada/exercise05", "bob/exercise05"}


def test_what_is_not_understood_is_told_and_is_not_nothing(course: Course, tmp_path: Path) -> None:
    root = put(
        tmp_path,
        f"ada/exercise03/{NAME}",
        "bob/homework.py",
        "cy/work/sigmoid.py",
        "dan/",
        "eve/exercise05/mine.py",
        "fay/.git/config",
        "gus/exercise03/essay.pdf",
        "hal/exercise03/",
        "ida/.DS_Store",
        "exercise03-jo/a/b/c.py",
        "exercise03/mine.py",
        "kim/exercise03/.DS_Store",
        "notes.txt",
        "lea.py",
    )
    found = found_in(course, root, roster_of(tmp_path, "ada", "dan", "eve", "hal", "ida", "kim"))
    told = {one.student: said(one) for one in found.values() if one.exercise == "exercise03" and one.problem}
    assert {name: text.partition(";")[0] for name, text in told.items()} == {
        "bob": "nothing in the folder is called like exercise03",
        "cy": "nothing in the folder is called like exercise03",
        "dan": "nothing handed in",
        "eve": "nothing handed in",
        "exercise03": "called like an exercise, not like a student",
        "fay": "nothing in the folder is called like exercise03",
        "gus": "no .py or .ipynb file in exercise03",
        "hal": "no .py or .ipynb file in exercise03",
        "ida": "nothing handed in",
        "jo": "nothing in the folder is called like exercise03",
        "kim": "no .py or .ipynb file in exercise03",
    }
    assert "it holds homework.py" in told["bob"] and "it holds work/" in told["cy"] and "it holds a/" in told["jo"]
    # A zero is only for those who are on the list, and whose place was looked at and is empty.
    assert {key for key, one in found.items() if one.absent} == {
        f"{name}/{exercise}"
        for name in ("ada", "dan", "eve", "hal", "ida", "kim")
        for exercise in ("exercise03", "exercise05")
        if found[f"{name}/{exercise}"].path is None
    }
    assert scan(course, root).loose == ("lea.py",)


def test_without_a_list_nobody_is_absent(course: Course, tmp_path: Path) -> None:
    root = put(tmp_path, f"ada/exercise03/{NAME}", "bob/")
    found = found_in(course, root)
    assert said(found["bob/exercise03"]) == "nothing handed in" and not found["bob/exercise03"].absent


def test_nobody_is_absent_whose_work_may_lie_under_a_name_that_the_roster_does_not_know(
    course: Course, tmp_path: Path
) -> None:
    """As when the folders have logins and the roster has numbers."""
    root = put(tmp_path / "class", f"ada/exercise03/{NAME}")
    roster = roster_of(tmp_path, "1001", "1002")
    assert [one.absent for one in scan(course, root, roster=roster).found] == [False, False, False]
    assert [one.absent for one in scan(course, root, roster=roster_of(tmp_path, "ada", "1002")).found] == [True, False]


@pytest.mark.parametrize(
    ("paths", "says"),
    [
        (["ada/homework.py", "bob/src/x.py"], "it holds ada/homework.py, bob/src/. What is read: STUDENT/EXERCISE"),
        (["ada/homework.py"], "If all files are for one exercise: grade score class --out DIR --exercise EXERCISE"),
        (["submitted/ada/exercise03/x.py"], "one level deeper: grade score class/submitted --out DIR"),
        (["exercise03-submissions/exercise03-ada/x.py"], "deeper: grade score class/exercise03-submissions --out DIR"),
        (["exercise03/ada/x.py", "exercise05/ada/x.py"], "called like exercises, not like students: exercise03"),
        ([f"exercise03/{NAME}"], "If they are one student's, give the folder around theirs."),
        (["exercise03/ada/x.py"], "grade score class/exercise03 --out DIR --exercise exercise03"),
        (["ada/", "bob/"], "The students' folders in class are empty: ada, bob."),
        (["ada/.git/config"], "it holds ada/.git/"),
        ([NAME, "notes.txt"], f"holds files, but no student's folder: {NAME}"),
        ([], "holds no student's folder. What is read: STUDENT/EXERCISE/FILE, STUDENT/FILE, and clones"),
    ],
)
def test_a_class_that_is_not_understood_at_all(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paths: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    put(Path("class"), "./", *paths)
    with pytest.raises(UsageError) as caught:
        scan(course, Path("class"))
    assert says in render(caught.value.message, "en")


def test_the_command_that_is_told_works(course: Course, tmp_path: Path) -> None:
    root = put(tmp_path, "exercise03/ada/work.py", "exercise03/bob/other.py")
    found = found_in(course, root / "exercise03", exercise="exercise03")
    assert [one.path for one in found.values()] == ["ada/work.py", "bob/other.py"]
    with pytest.raises(UsageError, match=r"No folder in .* holds work on exercise05"):
        found_in(course, put(tmp_path / "other", "ada/exercise03/x.py"), exercise="exercise05")


ODD = [
    "a" * 255,
    "张" * 85,
    "\u202eanna",
    "an\nna",
    "an\x1b[2Jna",
    "-rf",
    "=1+1",
    "x;=1+1;y",
    "C:",
    "CON",
    "*",
    "%s",
    "{name}",
    "a" * 254 + "\udcff",
    "\udcff" * 255,
    "\\udcff",
    "\udcff",
    " ",
    "\u200f",
    "exercise03-..",
    "exercise03-.hidden",
]


def test_odd_names_are_ids_that_a_folder_can_have(course: Course, tmp_path: Path) -> None:
    folders = [f"{name}/exercise03" if not name.startswith("exercise03-") else name for name in ODD]
    root = put(tmp_path / "class", *(f"{folder}/{NAME}" for folder in folders))
    found = found_in(course, root)
    # " ", a mark that nobody sees and ".." are one name.
    assert len(found) == len(ODD) - 2
    for one in found.values():
        (tmp_path / "out" / one.student).mkdir(parents=True)
        assert (tmp_path / "out" / one.student).parent == tmp_path / "out" and one.student not in (".", "..")
    unread = [one for one in found.values() if one.problem and not one.clash]
    assert len(unread) == 3 and {said(one) for one in unread} == {"the folder's name is not UTF-8 text; rename it"}


def test_ids_are_given_once() -> None:
    ids = Ids(["Anna"])
    given = [ids.give(name, f"export-{name}") for name in ("anna", "ANNA ", "9", "export-anna", "b" * 300, "b" * 301)]
    assert given[:4] == ["export-anna", "export-ANNA -2", "9", "export-export-anna"]
    assert len({sameness(one) for one in given}) == 6 and max(len(one.encode()) for one in given) <= 255


def test_links_pipes_and_too_many_files_cost_their_own_student(course: Course, tmp_path: Path) -> None:
    root = put(
        tmp_path / "class",
        f"anna/exercise03/{NAME}",
        "cy/exercise03/",
        "dan/",
        "eve/exercise03/",
        "fay/",
        "gus/exercise03/",
        "hal/",
        f"zoe/exercise03/{NAME}",
    )
    (root / "bob").symlink_to("anna")
    (root / "loop").symlink_to("loop")
    (root / "cy/exercise03").rmdir()
    (root / "cy/exercise03").symlink_to("../anna/exercise03")
    os.mkfifo(root / "pipe")
    os.mkfifo(root / "dan/exercise03")
    (root / f"eve/exercise03/{NAME}").symlink_to(f"../../anna/exercise03/{NAME}")
    for number in range(10_001):
        (root / f"fay/{number}").touch()
        (root / f"gus/exercise03/{number}.py").touch()
    for number in range(300):
        (root / f"hal/folder{number}").mkdir()
    found = scan(course, root).found
    told = {one.student: said(one) for one in found if one.problem and one.exercise == "exercise03"}
    assert told["bob"] == told["loop"] == told["cy"] == "a link in place of a folder; links are not followed"
    assert told["pipe"] == told["dan"] == "a pipe, a socket or a device in place of a folder"
    assert told["fay"].endswith(": fay holds more than 10000 files")
    assert told["gus"].endswith(": gus/exercise03 holds more than 10000 files")
    assert told["hal"].endswith("it holds folder0/, folder1/, folder10/, folder100/, folder101/, ...")
    # The file itself is refused when it is read.
    assert [one.student for one in found if one.path] == ["anna", "eve", "zoe"]
    assert len([one for one in found if one.student == "hal"]) == 22
