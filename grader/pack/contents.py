"""What goes to a platform: the files of a pack, as data, and how they are written."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from grader.course.exercises import learner_files
from grader.course.model import Course, Exercise
from grader.course.texts import course_files
from grader.errors import UsageError, reason_of
from grader.pack.wheel import constraints, wheel, wheel_name, zipped
from grader.report.platforms.gradescope import not_graded
from grader.text import Message, listed, say

_FILES = Path(__file__).with_name("files")
_SCRIPTS = ("setup.sh", "run_autograder", "run_workflow")
#: Where the scripts find the course, beside them.
COURSE = "course"
SETTINGS = "pack.json"
#: What the course declares, as pip reads it; there only where it declares something.
PACKAGES = "packages.txt"


class PackSettings(msgspec.Struct, frozen=True):
    """pack.json. language: of what learners read."""

    language: str


def not_started() -> Message:
    """What a learner reads if the grader did not run to its end."""
    return say(
        "Not graded: the grader itself failed. This says nothing about your work. Please tell your instructor; "
        "the reason is in the log."
    )


def pack(course: Course, exercises: Sequence[Exercise], target: Path, *, platform: str, language: str) -> None:
    """Write the pack into `target`, a new folder, or a zip if its name ends so.

    Raises UsageError if there is no such platform, or the target can't be written or exists.
    """
    check_platform(platform)
    files = PLATFORMS[platform](course, exercises, language)
    try:
        _write(files, target)
    except OSError as error:
        raise UsageError(say("{path} can't be written: {reason}", path=str(target), reason=reason_of(error))) from None


def check_platform(name: str) -> None:
    """Raises UsageError if there is none of this name."""
    if name not in PLATFORMS:
        raise UsageError(say("--for is one of {platforms}, not {name}.", platforms=listed(PLATFORMS), name=name))


def _gradescope(course: Course, exercises: Sequence[Exercise], language: str) -> dict[str, bytes]:
    return _grader(course, exercises, language, "run_autograder") | {
        "not_graded.json": not_graded(not_started(), language),
        "Dockerfile": (_FILES / "Dockerfile").read_bytes(),
    }


def _github(course: Course, exercises: Sequence[Exercise], language: str) -> dict[str, bytes]:
    """The grader, for a private repository, and the template of learners' repositories: workflow, stubs, statements."""
    files = {f"grader/{name}": data for name, data in _grader(course, exercises, language, "run_workflow").items()}
    for exercise in exercises:
        own = learner_files(course, exercise, language, alone=True)
        files |= {f"template/{name}": text.encode() for name, text in own.items()}
    return files | {"template/.github/workflows/grade.yml": _workflow()}


def _workflow() -> bytes:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return (_FILES / "grade.yml").read_bytes().replace(b'"PYTHON"', f'"{version}"'.encode())


PLATFORMS: dict[str, Callable[[Course, Sequence[Exercise], str], dict[str, bytes]]] = {
    "gradescope": _gradescope,
    "github": _github,
}


def _grader(course: Course, exercises: Sequence[Exercise], language: str, script: str) -> dict[str, bytes]:
    """Path → content. Whole exercises, so that their digest is the same there as here."""
    files = {name: (_FILES / name).read_bytes() for name in ("setup.sh", script)}
    files |= {SETTINGS: msgspec.json.encode(PackSettings(language)) + b"\n", wheel_name(): wheel()}
    files["constraints.txt"] = constraints()
    files |= {f"{COURSE}/{path.name}": path.read_bytes() for path in course_files(course.folder, course.languages)}
    if course.packages:
        files[PACKAGES] = "".join(f"{package}\n" for package in course.packages).encode()
    for exercise in exercises:
        for path in sorted(exercise.folder.rglob("*")):
            place = path.relative_to(exercise.folder)
            if path.is_file() and "__pycache__" not in place.parts:
                files[f"{COURSE}/solutions/{exercise.id}/{place.as_posix()}"] = path.read_bytes()
    return files


def _write(files: dict[str, bytes], target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(say("{path} is already there; name a new one.", path=str(target)))
    if target.suffix == ".zip":
        target.write_bytes(zipped(files, _mode))
        return
    for name, content in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(_mode(name))


def _mode(name: str) -> int:
    return 0o755 if Path(name).name in _SCRIPTS else 0o644
