"""What --device means for a command that has other processes grade."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.course.model import Exercise


def device_of_each(wanted: str) -> Callable[[Exercise], str]:
    """Where to grade an exercise. Imports no PyTorch. Raises UsageError where this machine has no such device."""
    from grader.grading.device import another_process_has_device, device_for, require_device

    if wanted != "auto":
        require_device(wanted, another_process_has_device)
    return lambda exercise: device_for(wanted, exercise, another_process_has_device)
