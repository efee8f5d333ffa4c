"""What an exercise's author imports: checks, mistakes, and how a check says that an answer is wrong."""

from grader.checks.failure import CheckFailed
from grader.checks.marks import check, edit, fail, mistake

__all__ = ["CheckFailed", "check", "edit", "fail", "mistake"]
