"""`python -m benchmarks.alone EXERCISE CALLS FILE`: what a grader without workers does, a process for each submission.

It imports PyTorch, makes the recorded calls on submission and reference, and compares. Exit status 0: all are alike.
"""

from __future__ import annotations

import pickle
import sys
import types
from pathlib import Path

from benchmarks.replay import same
from grader.calls.invoke import Space, invoke
from grader.worker.child import run_probes


def alike(exercise: Path, calls: Path, submission: Path) -> bool:
    """Whether the submission answers every call as the reference does. exercise: its folder."""
    probes = exercise / "probes.py"
    scenarios = run_probes(probes.read_text("utf-8")) if probes.exists() else {}
    reference = Space(_run(exercise / "reference.py"), scenarios)
    submitted = Space(_run(submission), scenarios)
    for call, rtol, atol in pickle.loads(calls.read_bytes()):
        expected, got = invoke(reference, call), invoke(submitted, call)
        if got.error is not None or got.modified:
            return False
        if not (same(got.value, expected.value, rtol, atol) and same(got.gradients, expected.gradients, rtol, atol)):
            return False
    return True


def _run(path: Path) -> types.ModuleType:
    module = types.ModuleType(path.stem)
    exec(compile(path.read_bytes(), str(path), "exec", dont_inherit=True), vars(module))
    return module


if __name__ == "__main__":
    sys.exit(0 if alike(*map(Path, sys.argv[1:4])) else 1)
