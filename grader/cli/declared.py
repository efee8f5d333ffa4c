"""What `grade doctor` says of the packages that a course declares."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.cli.fact import Fact
from grader.course.find import find_course
from grader.course.packages import lacking, version_of
from grader.errors import GradeError
from grader.installing import install_command
from grader.text import Message, join, listed, say


def packages_facts(option: Path | None) -> list[Fact]:
    """One fact if the course declares packages; none if not, or if there is no course, which is told elsewhere."""
    try:
        packages = find_course(option).packages
    except GradeError:
        return []
    if not packages:
        return []
    value = join(list(map(_value, packages)), "; ")
    missing = lacking(packages)
    if not missing:
        return [Fact(say("packages"), value)]
    fault = say(
        "This course declares them (`packages` in course.toml). Submissions that use {names} lose points here "
        "for what is no mistake of theirs.",
        names=listed(missing),
    )
    return [Fact(say("packages"), value, fault, install_command(missing))]


def packages_trouble(packages: Sequence[str]) -> Message | None:
    """What to say before a class is graded on a machine that lacks some of them."""
    missing = lacking(packages)
    if not missing:
        return None
    return say(
        "This course declares packages that are missing here: {names}. Whoever uses them loses points. Install "
        "them, and grade again: {command}",
        names=listed(missing),
        command=install_command(missing),
    )


def _value(package: str) -> Message:
    version = version_of(package)
    if version is None:
        return say("{package}: not installed", package=package)
    return say("{package}: {version}", package=package, version=version)
