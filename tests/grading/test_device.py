"""Where an exercise is graded: on the CPU, where somebody says, or where the exercise asks to be."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
import pytest
import torch

from grader.course.find import find_course, find_exercise
from grader.course.model import Course, Exercise
from grader.errors import UsageError
from grader.grading.device import another_process_has_device, device_for, has_device
from grader.scorers.engine import Failed, Finish, ScoreSettings
from grader.scorers.scorer import Done, Start, Task
from grader.scoring.score import score
from tests.scoring.test_score import COURSE, NAME, RIGHT, grade_score, hand_in

without_cuda = pytest.mark.skipif(torch.cuda.is_available(), reason="there is a CUDA device here")


def exercise(device: str) -> Exercise:
    return msgspec.structs.replace(find_exercise(find_course(COURSE), "exercise03"), device=device)


@pytest.mark.parametrize(
    ("wanted", "asks", "present", "place"),
    [
        ("auto", "cpu", ("cpu", "cuda"), "cpu"),
        ("auto", "cuda", ("cpu", "cuda"), "cuda"),
        ("auto", "cuda", ("cpu",), "cpu"),
        ("cpu", "cuda", ("cpu", "cuda"), "cpu"),
        ("cuda", "cpu", ("cpu", "cuda"), "cuda"),
    ],
)
def test_the_device_of_an_exercise(wanted: str, asks: str, present: tuple[str, ...], place: str) -> None:
    assert device_for(wanted, exercise(asks), present.__contains__) == place


@without_cuda
@pytest.mark.parametrize("has", [has_device, another_process_has_device])
def test_a_device_that_is_not_there(has: object) -> None:
    assert has("cpu")  # type: ignore[operator]
    with pytest.raises(UsageError, match="no cuda device"):
        device_for("cuda", exercise("cpu"), has)  # type: ignore[arg-type]
    assert device_for("auto", exercise("cuda"), has) == "cpu"  # type: ignore[arg-type]


@pytest.mark.slow
@without_cuda
def test_nobody_is_graded_on_a_device_that_is_not_there(tmp_path: Path) -> None:
    hand_in(tmp_path / "class", "ada", {NAME: RIGHT})
    done = grade_score(tmp_path / "class", "--out", tmp_path / "out", "--device", "cuda", check=False)
    assert (done.returncode, done.stdout) == (2, "") and "no cuda device" in done.stderr
    assert not (tmp_path / "out").exists()


class Noting:
    """An engine that grades nothing and notes what it was to grade, and where."""

    confinement = ""

    def __init__(self, start: Start, noted: list[tuple[str, tuple[str, ...], list[str]]]) -> None:
        self.start, self.noted = start, noted

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        pass

    def grade(self, tasks: Sequence[Task], finish: Finish) -> None:
        self.noted.append((self.start.device, self.start.exercises, sorted(task.exercise for task in tasks)))
        for task in tasks:
            finish(task, Done(1.0, 1.0, "graded", True, 1, 1, (), None, ""))


def test_a_class_is_graded_on_every_device_that_its_exercises_ask_for(tmp_path: Path) -> None:
    for student in ("ada", "bo"):
        for name in ("exercise03", "exercise12", "exercise15"):
            hand_in(tmp_path / "class", student, {"a.py": f"{RIGHT}\n# {student}\n"}, name)
    noted: list[tuple[str, tuple[str, ...], list[str]]] = []

    def engine(course: Course, start: Start, settings: ScoreSettings, failed: Failed) -> Noting:
        return Noting(start, noted)

    scored = score(
        tmp_path / "class",
        tmp_path / "out",
        course=find_course(COURSE),
        engine=engine,
        device=lambda one: "cuda" if one.number == 12 else "cpu",
    )
    assert noted == [
        ("cpu", ("exercise03", "exercise15"), ["exercise03"] * 2 + ["exercise15"] * 2),
        ("cuda", ("exercise12",), ["exercise12"] * 2),
    ]
    assert len(scored.rows) == 6
    run = json.loads((tmp_path / "out/run.json").read_bytes())
    assert (run["device"], run["exercises"]) == ("cpu, cuda", ["exercise03", "exercise12", "exercise15"])


@pytest.mark.slow
def test_asking_another_process_imports_no_pytorch_here() -> None:
    code = (
        "import sys; from grader.grading.device import another_process_has_device as has; has('cpu'); has('mps'); "
        "sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-P", "-c", code], check=False).returncode == 0
