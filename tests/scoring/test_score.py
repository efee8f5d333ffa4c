"""`grade score` on small classes: the real command, real scorers, real confined workers."""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from grader.audit.mistakes import Mistakes
from grader.course.find import find_course
from grader.result import Result
from grader.scoring.scan import scan
from tests.forked import run_forked

COURSE = Path(__file__).parents[2]
RIGHT = (COURSE / "solutions/exercise03/reference.py").read_text(encoding="utf-8")
WRONG = RIGHT.replace("return s * (1 - s)", "return x * (1 - x)")
NAME = "sigmoid_derivative.py"
#: GRADE_SEEDS, set before a release, says that notebooks of all exercises are graded; otherwise so many, at random.
DRAWN = 9


def hand_in(root: Path, student: str, files: dict[str, str], exercise: str = "exercise03") -> Path:
    folder = root / student / exercise
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def grade_score(*words: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    done = run_forked("grader", "score", *words, "--course", COURSE, "--lang", "en")
    if check:
        assert done.returncode == 0, done.stderr
    return done


def test_nothing_is_imported_from_the_working_folder(tmp_path: Path) -> None:
    # The command as it is installed: `python -m` would put the working folder first of its own.
    for name in ("msgspec", "torch", "pytest", "grader"):
        (tmp_path / f"{name}.py").write_text(f"open('{tmp_path}/imported', 'a').write('{name}')\nraise SystemExit")
    work = tmp_path / "submitted/ada/exercise03"
    work.mkdir(parents=True)
    shutil.copy(COURSE / "solutions/exercise03/reference.py", work / "sigmoid_derivative.py")
    command = [Path(sys.executable).with_name("grade"), "score", "submitted", "--out", "out", "--course", COURSE]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "imported").exists()
    assert rows_of(tmp_path / "out")[0]["score"] == "10"


def rows_of(out: Path) -> list[dict[str, str]]:
    with open(out / "scores.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, str]]]:
    """A class with one student for everything that can be wrong with a folder, scored once."""
    root = tmp_path_factory.mktemp("class") / "submitted"
    hand_in(root, "anna", {NAME: RIGHT})
    hand_in(root, "berta 张", {NAME: WRONG})
    (root / "carl").mkdir()
    hand_in(root, "dora", {NAME: RIGHT, "sigmoid_derivative.ipynb": "{}"})
    hand_in(root, "emil", {"my answer.py": RIGHT})
    hand_in(root, "fay", {})
    hand_in(root, "gus", {NAME: "def sigmoid(x:\n"})
    hand_in(root, "hal", {NAME: "import os\nos._exit(0)\n"})
    hand_in(root, "ida", {NAME: RIGHT}, "exercise99")
    folder = hand_in(root, "jo", {})
    (folder / NAME).symlink_to(COURSE / "solutions/exercise03/reference.py")
    (root / "kim").symlink_to(root / "anna")
    out = root.parent / "scored"
    grade_score(root, "--out", out, "-j", "2", "--seed", "7", "--junit", root.parent / "all.xml")
    return out, rows_of(out)


def row(scored: tuple[Path, list[dict[str, str]]], student: str) -> dict[str, str]:
    return next(row for row in scored[1] if row["student"] == student)


def test_right_and_wrong(scored: tuple[Path, list[dict[str, str]]]) -> None:
    assert row(scored, "anna")["passed"] == "true"
    assert row(scored, "anna")["score"] == row(scored, "anna")["max_score"] == "10"
    wrong = row(scored, "berta 张")
    assert 0 < float(wrong["score"]) < 10
    assert wrong["mistakes"] == "sigmoid_grad_input_as_value"


@pytest.mark.parametrize(
    ("student", "says"),
    [
        ("carl", "nothing handed in"),
        ("dora", "more than one file"),
        ("fay", "no .py or .ipynb"),
        ("gus", "line 1"),
        ("hal", "ends the program"),
        ("jo", "link"),
        ("kim", "link"),
    ],
)
def test_what_can_not_be_graded_gets_a_row_that_says_so(
    scored: tuple[Path, list[dict[str, str]]], student: str, says: str
) -> None:
    found = row(scored, student)
    assert found["status"] == "error"
    assert found["score"] == "0"
    assert says in found["note"].lower()
    result = json.loads((scored[0] / "results" / student / "exercise03.json").read_text(encoding="utf-8"))
    assert result["max_score"] == 10
    assert len(result["checks"]) == 12


def test_a_misnamed_file_is_graded_and_said(scored: tuple[Path, list[dict[str, str]]]) -> None:
    assert row(scored, "emil")["passed"] == "true"
    assert "sigmoid_derivative.py was asked for" in row(scored, "emil")["note"]


def test_a_folder_of_no_exercise_is_said(scored: tuple[Path, list[dict[str, str]]]) -> None:
    notes = [row["note"] for row in scored[1] if row["student"] == "ida"]
    assert any("exercise99" in note for note in notes)


def test_rows_are_sorted_and_one_per_submission(scored: tuple[Path, list[dict[str, str]]]) -> None:
    keys = [(row["student"], row["exercise"]) for row in scored[1]]
    assert keys == sorted(set(keys))


@pytest.mark.slow
def test_the_seed_is_written_and_repeats_the_run(scored: tuple[Path, list[dict[str, str]]], tmp_path: Path) -> None:
    out, rows = scored
    assert json.loads((out / "run.json").read_text())["seed"] == 7
    again = tmp_path / "again"
    grade_score(out.parent / "submitted", "--out", again, "-j", "1", "--seed", "7")
    assert rows_of(again) == rows
    for path in sorted(out.glob("results/*/*.json")):
        first = msgspec.json.decode(path.read_bytes(), type=Result)
        second = msgspec.json.decode((again / path.relative_to(out)).read_bytes(), type=Result)
        assert msgspec.structs.replace(first, seconds=0) == msgspec.structs.replace(second, seconds=0)


def test_junit_of_all(scored: tuple[Path, list[dict[str, str]]]) -> None:
    text = (scored[0].parent / "all.xml").read_text(encoding="utf-8")
    assert text.count("<testsuite ") == sum(row["exercise"] == "exercise03" for row in scored[1])


def test_an_output_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    hand_in(tmp_path / "in", "anna", {NAME: RIGHT})
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("keep me")
    done = grade_score(tmp_path / "in", "--out", tmp_path / "out", check=False)
    assert done.returncode == 2
    assert "not empty" in done.stderr
    assert (tmp_path / "out" / "mine.txt").read_text() == "keep me"


def test_a_folder_without_students_is_wrong_use(tmp_path: Path) -> None:
    done = grade_score(tmp_path, "--out", tmp_path / "out", check=False)
    assert done.returncode == 2
    assert "STUDENT/EXERCISE/FILE" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_unconfined_is_refused_unless_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_in(tmp_path / "in", "anna", {NAME: RIGHT})
    monkeypatch.setenv("GRADE_WORKER", "plain")
    refused = grade_score(tmp_path / "in", "--out", tmp_path / "refused", check=False)
    assert refused.returncode == 4
    assert "--allow-unconfined" in refused.stderr
    grade_score(tmp_path / "in", "--out", tmp_path / "allowed", "--allow-unconfined")
    assert rows_of(tmp_path / "allowed")[0]["passed"] == "true"


def children_of(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(stat.parent.name))
    return found


def command_line(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def test_scan_opens_nothing(tmp_path: Path) -> None:
    """A FIFO would block whoever opens it."""
    folder = hand_in(tmp_path, "anna", {})
    os.mkfifo(folder / NAME)
    (found,) = scan(find_course(COURSE), tmp_path).found
    assert found.path == f"anna/exercise03/{NAME}"


def as_notebook(source: str) -> str:
    """The file as a notebook of two cells, a magic and a plot-like extra among them."""
    cells = ["%matplotlib inline\nprint('hello')", source]
    return json.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {"kernelspec": {"name": "python3", "language": "python"}},
            "cells": [
                {
                    "cell_type": "code",
                    "id": f"c{i}",
                    "metadata": {},
                    "execution_count": None,
                    "outputs": [],
                    "source": text,
                }
                for i, text in enumerate(cells)
            ],
        }
    )


@pytest.mark.slow
def test_a_notebook_scores_as_the_same_answer_in_a_file(tmp_path: Path) -> None:
    """Right in each; wrong in every third, since how a mistake is judged does not depend on the file."""
    exercises = find_course(COURSE).exercises
    chosen = exercises if "GRADE_SEEDS" in os.environ else random.SystemRandom().sample(exercises, DRAWN)
    root = tmp_path / "in"
    for number, exercise in enumerate(chosen):
        answers = {"right": (exercise.folder / "reference.py").read_text(encoding="utf-8")}
        if number % 3 == 1:
            mistakes = Mistakes(exercise)
            *_, last = mistakes.by_name
            answers[last] = mistakes.submission(last)
        for name, source in answers.items():
            hand_in(root, f"{name} file", {f"{exercise.slug}.py": source}, exercise.id)
            hand_in(root, f"{name} notebook", {f"{exercise.slug}.ipynb": as_notebook(source)}, exercise.id)
    grade_score(root, "--out", tmp_path / "out", "--seed", "3")
    scores = {(row["student"], row["exercise"]): row for row in rows_of(tmp_path / "out") if row["submission"]}
    files = {key: row for key, row in scores.items() if key[0].endswith(" file")}
    assert len(files) == len(chosen) + len(chosen[1::3])
    for (student, exercise), row in files.items():
        other = scores[student.replace(" file", " notebook"), exercise]
        same = ("score", "max_score", "status", "checks_passed", "mistakes")
        assert {key: row[key] for key in same} == {key: other[key] for key in same}
        assert (row["passed"] == "true") == student.startswith("right")
