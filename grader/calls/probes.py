"""An exercise's probes: functions of the course's that run where the submission does, with its objects."""

from __future__ import annotations

import types
from typing import Any

from grader.fault import PROBES, OwnFault, told


def run_probes(source: str) -> dict[str, Any]:
    """The names of an exercise's probes.py, run in a module of its own. Raises OwnFault."""
    module = types.ModuleType("probes")
    try:
        exec(compile(source, PROBES, "exec", dont_inherit=True), vars(module))
    except Exception as error:
        raise OwnFault(f"probes.py: {told(error)}") from error
    return vars(module)
