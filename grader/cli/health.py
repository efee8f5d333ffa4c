"""What `grade doctor` finds out about this machine; PyTorch is only imported for the trial, at the end."""

from __future__ import annotations

import locale
import platform
import shutil
import sys
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from grader import __version__
from grader.cli.declared import packages_finding
from grader.cli.finding import Finding
from grader.cli.nvidia import gpu_finding, torch_build
from grader.cli.trial import trial
from grader.errors import GradeError
from grader.floors import Old, too_old, update
from grader.scorers.cores import usable_cores
from grader.text import say

#: Below this much free memory (GiB), torch and a submission do not fit side by side.
_FREE_GIB = 1.5
_FULL_CONFINEMENT = "landlock+seccomp"
_GIB = 2**30


def examine(*, environ: Mapping[str, str], course: Path | None) -> list[Finding]:
    """Everything that grading depends on, in the order in which a reader wants it."""
    findings = [
        Finding(name="grade", value=__version__),
        Finding(name="Python", value=f"{platform.python_version()} ({sys.executable})"),
        Finding(name=say("system"), value=f"{platform.system()} {platform.release()}, {platform.machine()}"),
        *(_package(name) for name in ("torch", "numpy", "pytest")),
        *(_outdated(one) for one in too_old()),
        gpu_finding(torch_build()),
        _cores(),
        _threads(environ),
        _memory(),
        _confinement(),
        _warm_server(environ),
        _course(course),
        *packages_finding(course),
        _language(environ),
        _encoding(),
        _terminal(environ),
    ]
    tried = None if any(finding.blocking for finding in findings) else trial(course)
    return findings if tried is None else [*findings, tried]


def _package(name: str) -> Finding:
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Finding(
            name=name,
            value=say("not installed"),
            fault=say("Without {name} nothing can be graded.", name=name),
            mend=f"{sys.executable} -m pip install {name}",
            blocking=True,
        )
    value = f"{version} ({torch_build()})" if name == "torch" else version
    wanted = _requirement(name)
    is_old = name in (old.name for old in too_old())  # told in a row of its own
    if is_old or wanted is None or wanted.specifier.contains(version, prereleases=True):
        return Finding(name=name, value=value)
    return Finding(
        name=name,
        value=value,
        fault=say("This version is untested: {wanted} is asked for.", wanted=str(wanted)),
        mend=f"{sys.executable} -m pip install '{wanted}'",
    )


def _outdated(old: Old) -> Finding:
    return Finding(
        name=old.name,
        value=old.version,
        fault=say("Too old: grade takes {floor} or newer, and grades nothing with this one.", floor=old.floor),
        mend=update([old]),
        blocking=True,
    )


def _requirement(name: str) -> Requirement | None:
    """What this program asks for; None where it is run without being installed."""
    try:
        asked = metadata.requires("grade-dl") or []
    except metadata.PackageNotFoundError:
        return None
    return next((each for each in map(Requirement, asked) if each.name == name), None)


def _cores() -> Finding:
    return Finding(name=say("CPU cores"), value=str(usable_cores()))


def _threads(environ: Mapping[str, str]) -> Finding:
    """Each submission gets one thread, so a class shares the cores and numbers don't depend on their number."""
    name = say("threads")
    given = environ.get("OMP_NUM_THREADS", "")
    value = say("one for each submission; outside the grader, torch takes {count}", count=given or str(usable_cores()))
    if given and not given.replace(",", "").isdigit():
        fault = say("OMP_NUM_THREADS is {value}, which is no number: torch warns, or ignores it.", value=repr(given))
        return Finding(name=name, value=value, fault=fault, mend="unset OMP_NUM_THREADS")
    return Finding(name=name, value=value)


def _memory() -> Finding:
    total, free = memory_gib()
    name = say("memory")
    if total is None or free is None:
        return Finding(name=name, value=say("unknown"))
    value = say("{free} GiB free of {total} GiB", free=f"{free:.1f}", total=f"{total:.1f}")
    if free < _FREE_GIB:
        fault = say("Grading may run out of memory; it takes about {need} GiB.", need=_FREE_GIB)
        return Finding(name=name, value=value, fault=fault, mend=say("Close other programs, browsers first."))
    return Finding(name=name, value=value)


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


def _confinement() -> Finding:
    from grader.confine import tier

    found = tier()
    name = say("confinement")
    if found == _FULL_CONFINEMENT:
        return Finding(name=name, value=found)
    if platform.system() != "Linux":
        mend = say("Full confinement needs Linux; your own code is safe to grade here, strangers' is not.")
    else:
        mend = say("It takes Linux 5.13 or newer with Landlock and seccomp; in a container, ask who runs it.")
    fault = say("A submission can reach more of this machine than it should.")
    return Finding(name=name, value=found, fault=fault, mend=mend)


def _warm_server(environ: Mapping[str, str]) -> Finding:
    from grader.warm.client import state
    from grader.warm.place import allowed

    name = say("warm server")
    if found := state():
        minutes = int(found.get("seconds", "0")) // 60
        value = say(
            "runs as process {pid}, for {minutes} min, used {runs} times; to end it: grade stop",
            pid=found.get("pid", "?"),
            minutes=minutes,
            runs=found.get("runs", "?"),
        )
        return Finding(name=name, value=value)
    if allowed(environ):
        return Finding(name=name, value=say("none now; the next graded run leaves one behind"))
    return Finding(name=name, value=say("not used here (GRADE_WARM=0, root, CI, or not Linux)"))


def _course(option: Path | None) -> Finding:
    from grader.course.find import find_course

    name = say("course")
    try:
        course = find_course(option)
    except GradeError as error:
        return Finding(
            name=name, value=say("none"), fault=error.message, mend="grade doctor --course DIR", blocking=True
        )
    value = say("{folder}, exercises: {count}", folder=str(course.folder), count=len(course.exercises))
    if not course.broken:
        return Finding(name=name, value=value)
    names = ", ".join(folder.name for folder, _ in course.broken)
    mend = f"grade {course.broken[0][0].name}"
    return Finding(name=name, value=value, fault=say("These can't be read: {names}", names=names), mend=mend)


def _language(environ: Mapping[str, str]) -> Finding:
    """The locale as the C library takes it, and whether it knows that locale: else it reads bytes, not characters."""
    given = next((environ[each] for each in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(each)), "C")
    name = say("locale")
    try:
        locale.setlocale(locale.LC_CTYPE, "")
    except locale.Error:
        fault = say("This machine has no such locale.")
        return Finding(name=name, value=given, fault=fault, mend="export LC_ALL=C.UTF-8")
    return Finding(name=name, value=given)


def _encoding() -> Finding:
    encoding = sys.stdout.encoding
    name = say("encoding")
    try:
        "✓ 中文".encode(encoding)
    except UnicodeEncodeError:
        fault = say("It can't show Chinese, nor the signs in reports.")
        return Finding(name=name, value=encoding, fault=fault, mend="export PYTHONIOENCODING=utf-8 LC_ALL=C.UTF-8")
    return Finding(name=name, value=encoding)


def _terminal(environ: Mapping[str, str]) -> Finding:
    kind = environ.get("TERM", "") if sys.stdout.isatty() else ""
    columns = shutil.get_terminal_size().columns
    name = say("terminal")
    if not kind:
        return Finding(name=name, value=say("none (output goes to a file or another program)"))
    value = say("{kind}, {columns} columns", kind=kind, columns=columns)
    if columns < 60:
        return Finding(
            name=name, value=value, fault=say("Reports need 60 columns to read well."), mend=say("Widen the window.")
        )
    return Finding(name=name, value=value)
