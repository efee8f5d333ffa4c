"""Which sentence an exception gets. Tables hold them: confined.py, python.py, pytorch.py."""

from __future__ import annotations

from grader.checks.advice.confined import of_confinement
from grader.checks.advice.imports import of_import
from grader.checks.advice.python import BY_PYTHON
from grader.checks.advice.pytorch import BY_PYTORCH
from grader.checks.advice.table import find
from grader.text import Message
from grader.wire.values import Raised


def advise(error: Raised) -> Message | None:
    """What the exception means and what to do, where that is sure; None where nothing is."""
    return (
        of_confinement(error.refused)
        or of_import(error.type_name, error.message)
        or find(BY_PYTHON, error.type_name, error.message)
        or find(BY_PYTORCH, error.type_name, error.message)
    )
