"""Every exercise on a CUDA device: the references pass there, and a result left on the CPU does not."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from grader.course.find import find_course
from grader.grading.grade_files import grade_exercise

COURSE = Path(__file__).parents[1]
EXERCISES = [exercise.id for exercise in find_course(COURSE).exercises]

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.slow,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device here"),
]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_reference_passes_on_cuda(exercise: str) -> None:
    result = grade_exercise(exercise, COURSE / "solutions" / exercise / "reference.py", course=COURSE, device="cuda")
    assert result.device == "cuda"
    assert [check.id for check in result.checks if not check.passed] == []


def test_memory_of_the_gpu_without_end(tmp_path: Path) -> None:
    source = (COURSE / "solutions/exercise03/reference.py").read_text(encoding="utf-8")
    path = tmp_path / "sigmoid_derivative.py"
    hoard = "    kept = [torch.ones(1 << 26, device=x.device) for _ in range(1000)]\n    return s * kept[0][0]"
    path.write_text(source.replace("    return s * (1 - s)", hoard))
    result = grade_exercise("exercise03", path, course=COURSE, device="cuda")
    verdicts = {check.id: check for check in result.checks}
    assert verdicts["sigmoid"].passed and not verdicts["sigmoid_grad"].passed
    assert verdicts["sigmoid_grad"].message is not None and "memory" in verdicts["sigmoid_grad"].message["en"]


def test_a_result_left_on_the_cpu_fails(tmp_path: Path) -> None:
    source = (COURSE / "solutions/exercise03/reference.py").read_text(encoding="utf-8")
    path = tmp_path / "sigmoid_derivative.py"
    path.write_text(source.replace("    return s * (1 - s)", "    return (s * (1 - s)).cpu()"))
    result = grade_exercise("exercise03", path, course=COURSE, device="cuda")
    failed = {check.id for check in result.checks if not check.passed}
    assert "sigmoid_grad" in failed
    assert "sigmoid" not in failed
