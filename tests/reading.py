"""Reading without a process of its own, for tests of what is found in a file and not of who looks for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from grader.submission import read
from grader.submission.examine import InProcess
from grader.submission.model import Submission


def read_submission(path: Path, *, slug: str, **options: Any) -> Submission:
    """As read.read_submission, in this process."""
    return read.read_submission(path, slug=slug, parser=InProcess(), **options)
