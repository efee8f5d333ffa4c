"""On which device to grade: on the CPU, where results agree everywhere, unless one is named or the exercise asks."""

from __future__ import annotations

import functools
import subprocess
import sys
from collections.abc import Callable

from grader.course.model import Exercise
from grader.errors import UsageError
from grader.text import say

#: Asked by processes that avoid importing PyTorch and must not start CUDA, which can't be used on both sides of a fork.
_QUESTION = "import sys; from grader.grading.device import has_device; sys.exit(not has_device(sys.argv[1]))"


def device_for(wanted: str, exercise: Exercise, has: Callable[[str], bool]) -> str:
    """The device for one exercise: the one that is wanted or, of "auto", the exercise's own, if `has` knows it here.

    has: `has_device`, or `another_process_has_device`. Raises UsageError where the one that is wanted isn't there.
    """
    if wanted == "auto":
        return exercise.device if has(exercise.device) else "cpu"
    require_device(wanted, has)
    return wanted


def require_device(name: str, has: Callable[[str], bool]) -> None:
    """Raises UsageError where `has` doesn't know the device."""
    if not has(name):
        raise UsageError(
            say(
                "This machine offers PyTorch no {device} device. `grade doctor` shows what there is; "
                "leave out --device to grade on the CPU.",
                device=name,
            )
        )


def has_device(name: str) -> bool:
    """Whether PyTorch can compute on it here. Imports PyTorch for any but the CPU."""
    if name == "cpu":
        return True
    import torch

    return torch.cuda.is_available() if name == "cuda" else torch.backends.mps.is_available()


@functools.cache
def another_process_has_device(name: str) -> bool:
    """The same, where PyTorch is not to be imported."""
    return name == "cpu" or subprocess.run([sys.executable, "-P", "-c", _QUESTION, name], check=False).returncode == 0
