"""How many scorers a GPU has room for. PyTorch is not imported here: NVIDIA's own program is asked."""

from __future__ import annotations

import os
import subprocess

#: MiB of a GPU's memory that a scorer takes besides a worker's tensors (calls/cuda.py): PyTorch's contexts, about half
#: a GB each, for the reference, the worker and the next worker.
CONTEXTS_MB = 2 * 1024
_QUERY = ("nvidia-smi", "--query-gpu=index,uuid,memory.free", "--format=csv,noheader,nounits")
_ANSWER_SECONDS = 20


def scorers_that_fit(memory_mb: int) -> int:
    """How many fit on the first GPU that this process may use, beside what runs there; 1 where that is unknown.

    memory_mb: what a submission may use.

    A process that starts too many would see some of them fail for want of memory, and blame the submissions.
    """
    free = free_mb(os.environ.get("CUDA_VISIBLE_DEVICES", ""))
    return 1 if free is None else max(1, free // (CONTEXTS_MB + memory_mb))


def free_mb(visible: str) -> int | None:
    """Free memory of the first GPU that `visible`, in the form of CUDA_VISIBLE_DEVICES, names; None if unknown."""
    try:
        answer = subprocess.run(_QUERY, text=True, check=True, capture_output=True, timeout=_ANSWER_SECONDS).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    first = visible.split(",")[0].strip()
    for line in answer.splitlines():
        index, uuid, free = ([part.strip() for part in line.split(",")] + ["", "", ""])[:3]
        if first in ("", index) or uuid.startswith(first):
            return int(free) if free.isdigit() else None
    return None
