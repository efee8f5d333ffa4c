"""Runs in a step of a GitHub workflow: grades the repository that was checked out.

Annotations go to the step's output, the summary to $GITHUB_STEP_SUMMARY.
Nothing that a submission prints is printed here.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

import msgspec

from grader.course.find import course_in
from grader.errors import GradeError
from grader.pack.contents import COURSE, SETTINGS, PackSettings, not_started
from grader.pack.handed_in import grade_handed_in
from grader.report.platforms.github import harmless, to_annotations, to_summary
from grader.report.views import exit_status
from grader.text import render


def main(source: Path, repository: Path) -> int:
    """The worst exit status of an exercise, as `grade EXERCISE` has it."""
    language = msgspec.json.decode((source / SETTINGS).read_bytes(), type=PackSettings).language
    try:
        results = grade_handed_in(repository, course_in(source / COURSE))
    except Exception as error:
        # Learners read this log, and a traceback would show lines of the course.
        frame = traceback.extract_tb(error.__traceback__)[-1]
        reason = f"{type(error).__name__}, {Path(frame.filename).name}:{frame.lineno}"
        reason = render(error.message, language) if isinstance(error, GradeError) else reason
        print(harmless(f"{render(not_started(), language)}\n{reason}"))
        return GradeError.exit_status
    sys.stdout.buffer.write(to_annotations(results, language))
    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        with open(path, "ab") as file:
            file.write(to_summary([("", result) for result in results], language))
    return max(map(exit_status, results))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
