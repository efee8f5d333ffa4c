"""One module per verb; each has a `command`. grader/cli/verb_table.py lists them. This file imports next to nothing."""

from __future__ import annotations

import os

#: Verbs that grade, so that PyTorch is imported beside them from the start.
GRADING = frozenset({"grade", "open", "report", "watch"})
#: Of these, those that stay, and for which no server of its own grades.
STAYING = frozenset({"open", "watch"})
#: Words with which nothing is graded: every other verb.
NOT_GRADING = (
    frozenset(
        {
            "--help",
            "-h",
            "--version",
            *(name.removesuffix(".py") for name in os.listdir(os.path.dirname(__file__)) if name.endswith(".py")),
        }
    )
    - GRADING
    - {"__init__"}
)
