"""What an exercise's author imports: checks, mistakes, and how a check says that an answer is wrong."""

from grader.checks.failure import CheckFailed
from grader.checks.marks import check, fail, mistake

__all__ = ["CheckFailed", "check", "fail", "mistake"]
