"""What `grade doctor` finds out about this machine; PyTorch is only imported for the trial, at the end."""

from __future__ import annotations

import locale
import platform
import shutil
import sys
import tempfile
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from grader import __version__
from grader.cli.declared import packages_facts
from grader.cli.fact import Fact
from grader.cli.nvidia import gpu_fact, torch_build
from grader.cli.output import can_print
from grader.course.bundle import is_bundle
from grader.course.find import find_course
from grader.course.handout import handed_out
from grader.course.model import Course, Exercise
from grader.errors import GradeError
from grader.floors import Old, too_old, update
from grader.grading.grade_files import grade_files
from grader.installing import install_command
from grader.result import Result
from grader.scorers.cores import usable_cores
from grader.text import Message, listed, render, say

#: Below this much free memory (GiB), torch and a submission do not fit side by side.
_FREE_GIB = 1.5
_FULL_CONFINEMENT = "landlock+seccomp"
_GIB = 2**30


def examine(*, environ: Mapping[str, str], course: Path | None) -> list[Fact]:
    """Everything that grading depends on, in the order in which a reader wants it."""
    facts = [
        Fact("grade", __version__),
        Fact("Python", f"{platform.python_version()} ({sys.executable})"),
        Fact(say("system"), f"{platform.system()} {platform.release()}, {platform.machine()}"),
        *map(_package, ("torch", "numpy", "pytest")),
        *map(_outdated, too_old()),
        gpu_fact(torch_build()),
        Fact(say("CPU cores"), str(usable_cores())),
        _threads(environ),
        _memory(),
        _confinement(),
        _warm_server(environ),
        _course(course),
        *packages_facts(course),
        _language(environ),
        _encoding(),
        _terminal(environ),
    ]
    if any(fact.blocking for fact in facts):
        return facts
    return [*facts, *_trial(course)]


def _package(name: str) -> Fact:
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        fault = say("Without {name} nothing can be graded.", name=name)
        return Fact(name, say("not installed"), fault, install_command([name]), blocking=True)
    value = f"{version} ({torch_build()})" if name == "torch" else version
    wanted = _requirement(name)
    is_old = name in (old.name for old in too_old())  # which has a row of its own
    if is_old or wanted is None or wanted.specifier.contains(version, prereleases=True):
        return Fact(name, value)
    fault = say("This version is untested: {wanted} is asked for.", wanted=str(wanted))
    return Fact(name, value, fault, install_command([str(wanted)]))


def _outdated(old: Old) -> Fact:
    fault = say("Too old: grade takes {floor} or newer, and grades nothing with this one.", floor=old.floor)
    return Fact(old.name, old.version, fault, update([old]), blocking=True)


def _requirement(name: str) -> Requirement | None:
    """What this program asks for; None where it is run without being installed."""
    try:
        required = map(Requirement, metadata.requires("grade-dl") or [])
    except metadata.PackageNotFoundError:
        return None
    return next((requirement for requirement in required if requirement.name == name), None)


def _threads(environ: Mapping[str, str]) -> Fact:
    """Each submission gets one thread, so a class shares the cores and numbers don't depend on their number."""
    given = environ.get("OMP_NUM_THREADS", "")
    value = say("one for each submission; outside the grader, torch takes {count}", count=given or str(usable_cores()))
    if not given or given.replace(",", "").isdigit():
        return Fact(say("threads"), value)
    fault = say("OMP_NUM_THREADS is {value}, which is no number: torch warns, or ignores it.", value=repr(given))
    return Fact(say("threads"), value, fault, "unset OMP_NUM_THREADS")


def _memory() -> Fact:
    total, free = memory_gib()
    if total is None or free is None:
        return Fact(say("memory"), say("unknown"))
    value = say("{free} GiB free of {total} GiB", free=f"{free:.1f}", total=f"{total:.1f}")
    if free >= _FREE_GIB:
        return Fact(say("memory"), value)
    fault = say("Grading may run out of memory; it takes about {need} GiB.", need=_FREE_GIB)
    return Fact(say("memory"), value, fault, say("Close other programs, browsers first."))


def memory_gib() -> tuple[float | None, float | None]:
    """Total and free memory in GiB, within the control group's limit where there is one; None where unknown."""
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:
        return None, None
    kib = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    total, free = kib["MemTotal"] * 1024, kib.get("MemAvailable", kib["MemFree"]) * 1024
    limit, used = (_control_group(name) for name in ("memory.max", "memory.current"))
    if limit is not None and used is not None:
        total, free = min(total, limit), min(free, limit - used)
    return total / _GIB, free / _GIB


def _control_group(name: str) -> int | None:
    """A number of the control group (version 2) that a container sees as its own."""
    try:
        text = Path("/sys/fs/cgroup", name).read_text("ascii").strip()
    except OSError:
        return None
    return int(text) if text.isdigit() else None


def _confinement() -> Fact:
    from grader.confine import tier

    if (found := tier()) == _FULL_CONFINEMENT:
        return Fact(say("confinement"), found)
    fix = say("It takes Linux 5.13 or newer with Landlock and seccomp; in a container, ask who runs it.")
    if platform.system() != "Linux":
        fix = say("Full confinement needs Linux; your own code is safe to grade here, strangers' is not.")
    return Fact(say("confinement"), found, say("A submission can reach more of this machine than it should."), fix)


def _warm_server(environ: Mapping[str, str]) -> Fact:
    from grader.warm.client import state
    from grader.warm.place import allowed

    value = say("not used here (GRADE_WARM=0, root, CI, or not Linux)")
    if found := state():
        value = say(
            "runs as process {pid}, for {minutes} min, used {runs} times; to end it: grade stop",
            pid=found.get("pid", "?"),
            minutes=int(found.get("seconds", "0")) // 60,
            runs=found.get("runs", "?"),
        )
    elif allowed(environ):
        value = say("none now; the next graded run leaves one behind")
    return Fact(say("warm server"), value)


def _course(option: Path | None) -> Fact:
    try:
        course = find_course(option)
    except GradeError as error:
        return Fact(say("course"), say("none"), error.message, "grade doctor --course DIR", blocking=True)
    value = say("{folder}, exercises: {count}", folder=str(course.folder), count=len(course.exercises))
    broken = [folder.name for folder, _ in course.broken]
    if not broken:
        return Fact(say("course"), value)
    fault = say("These can't be read: {names}", names=listed(broken))
    return Fact(say("course"), value, fault, f"grade {broken[0]}")


def _language(environ: Mapping[str, str]) -> Fact:
    """The locale as the C library takes it, and whether it knows that locale: else it reads bytes, not characters."""
    given = next((environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(name)), "C")
    try:
        locale.setlocale(locale.LC_CTYPE, "")
    except locale.Error:
        return Fact(say("locale"), given, say("This machine has no such locale."), "export LC_ALL=C.UTF-8")
    return Fact(say("locale"), given)


def _encoding() -> Fact:
    encoding = sys.stdout.encoding
    if can_print("✓ 中文"):
        return Fact(say("encoding"), encoding)
    fault = say("It can't show Chinese, nor the signs in reports.")
    return Fact(say("encoding"), encoding, fault, "export PYTHONIOENCODING=utf-8 LC_ALL=C.UTF-8")


def _terminal(environ: Mapping[str, str]) -> Fact:
    kind = environ.get("TERM", "") if sys.stdout.isatty() else ""
    columns = shutil.get_terminal_size().columns
    if not kind:
        return Fact(say("terminal"), say("none (output goes to a file or another program)"))
    value = say("{kind}, {columns} columns", kind=kind, columns=columns)
    if columns >= 60:
        return Fact(say("terminal"), value)
    return Fact(say("terminal"), value, say("Reports need 60 columns to read well."), say("Widen the window."))


def _trial(option: Path | None) -> list[Fact]:
    """A reference and an untouched stub, graded as anybody's submission is: of the first exercise of the course that
    asks for nothing special."""
    try:
        course = find_course(option)
    except GradeError:
        return []  # `_course` says so
    if is_bundle(course):
        return []  # there is no answer to try
    simple = [exercise for exercise in course.exercises if not exercise.warm]
    return [_try(course, exercise) for exercise in (*simple, *course.exercises)[:1]]


def _try(course: Course, exercise: Exercise) -> Fact:
    value = say("{exercise} could not be graded", exercise=exercise.id)
    try:
        with tempfile.TemporaryDirectory(prefix="grade-trial-") as folder:
            stub = Path(folder, f"{exercise.slug}.py")
            stub.write_text(handed_out(exercise, exercise.languages[:1]), "utf-8")
            right, untouched = grade_files(course, [(exercise, exercise.folder / "reference.py"), (exercise, stub)])
    except GradeError as error:
        return _failed(exercise, value, error.message)
    except Exception as error:  # whatever it is, this machine can't grade, and this is where the reader learns it
        return _failed(exercise, value, f"{type(error).__name__}: {error}")
    value = say(
        "{exercise} graded for real ({tier}): the reference {right} of {most}, the untouched stub {stub}",
        exercise=exercise.id,
        tier=right.confinement,
        right=f"{right.score:g}",
        most=f"{right.max_score:g}",
        stub=f"{untouched.score:g}",
    )
    if not right.passed:
        return _failed(exercise, value, _reason(right))
    if untouched.score or untouched.status == "grader_error":
        return _failed(exercise, value, _reason(untouched))
    return Fact(say("trial"), value)


def _reason(result: Result) -> str:
    """The result's first message; the same in every language, for a report."""
    messages = [result.message, *(check.message for check in result.checks if not check.passed)]
    return next((render(text, "en") for text in messages if text), f"{result.score:g} of {result.max_score:g}")


def _failed(exercise: Exercise, value: Message, reason: Message | str) -> Fact:
    fault = say("Grading a right answer and an untouched stub does not come out as it should: {reason}", reason=reason)
    command = f"grade {exercise.id} {exercise.folder / 'reference.py'} -v"
    return Fact(say("trial"), value, fault, command, blocking=True)
