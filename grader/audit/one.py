"""The audit of one exercise as a process of its own: an order on standard input, an ExerciseAudit as JSON back."""

from __future__ import annotations

import gc
import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

import msgspec

from grader.confine.system import PR_SET_PDEATHSIG, prctl
from grader.course.find import course_in, find_exercise


class Order(msgspec.Struct, frozen=True):
    """What to audit. course: an absolute path; devices: those to grade right answers on, mistakes on the first."""

    course: str
    exercise: str
    seeds: int
    devices: tuple[str, ...]


def main() -> NoReturn:
    """Read the order, audit, answer."""
    answer = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a check or a reference prints is no answer
    if sys.platform == "linux":
        prctl("PR_SET_PDEATHSIG", PR_SET_PDEATHSIG, signal.SIGKILL)  # nobody would read the answer
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    import torch

    from grader.audit.exercise import audit_exercise

    torch.set_num_threads(1)
    gc.freeze()
    course = course_in(Path(order.course))
    exercise = find_exercise(course, order.exercise)
    answer.write(msgspec.json.encode(audit_exercise(course, exercise, seeds=order.seeds, devices=order.devices)))
    os._exit(0)


if __name__ == "__main__":
    main()
