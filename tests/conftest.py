"""For every test: where skipping is forbidden (GRADE_NO_SKIPS=1, as in .ci/run), a skip is a failure.

Only tests marked `gpu` may skip then: a machine without a GPU can't run them, and says so.

GRADE_SLOWEST=25 prints the 25 files that took longest at the end, with the CPU time of the processes that they started.
"""

from __future__ import annotations

import fcntl
import gc
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Generator
from contextlib import contextmanager
from types import ModuleType
from typing import cast

import pytest

from tests import forked, zygotes

gc.disable()  # until all is collected: a quarter of that time
#: Bytecode is kept, whatever whoever runs the tests asked for: each of a thousand processes would compile anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
#: What jsonschema, and with it nbformat, makes 38 grammars for: addresses of a kind that no notebook has. Without it
#: the import takes two seconds less.
sys.modules.setdefault("rfc3987_syntax", cast(ModuleType, None))
#: What tests start must leave nothing behind; those of the warm server ask for one.
os.environ["GRADE_WARM"] = "0"
#: Which courses whoever runs the tests trusts is neither read nor changed.
_STATE = tempfile.TemporaryDirectory(prefix="grade-tests-state-")
os.environ["XDG_STATE_HOME"] = _STATE.name
#: With pytest-xdist each process keeps to its share of the cores. What it starts counts its cores, and would otherwise
#: start a scorer, or a thread, for those of its neighbour as well. Those beyond the number of cores go wherever one is
#: idle, as it is while a neighbour's test waits.
if "PYTEST_XDIST_WORKER" in os.environ and hasattr(os, "sched_setaffinity"):
    _number, _count = int(os.environ["PYTEST_XDIST_WORKER"][2:]), int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
    _cores = sorted(os.sched_getaffinity(0))
    if _number < len(_cores):
        os.sched_setaffinity(0, _cores[_number::_count])
_FORBIDDEN = os.environ.get("GRADE_NO_SKIPS") == "1"
_Reports = Generator[None, pytest.TestReport, pytest.TestReport]


#: How long a test may take, in seconds, and one marked slow, on a machine that is busy with other things: what hangs
#: must end. The full counts of a release take hours in one test.
_MOST_SECONDS, _MOST_SECONDS_IF_SLOW = 180, 1200
if {"GRADE_SEEDS", "GRADE_FUZZ"} & {*os.environ}:
    _MOST_SECONDS = _MOST_SECONDS_IF_SLOW = 24 * 3600


#: The files that take longest, in this order. pytest-xdist gives files out one by one; those begun last must be short.
_LONGEST = (
    "test_exercises.py",
    "test_capstone.py",
    "test_selftest.py",
    "test_benchmarks.py",
    "test_server.py",
    "test_audit.py",
    "test_validate.py",
    "test_notebooks.py",
    "test_watch_drawn.py",
    "test_red_team.py",
    "test_cluster.py",
    "test_nothing_lost.py",
    "test_gradebook.py",
    "test_page.py",
    "test_bad_input.py",
    "test_real_files.py",
    "test_pack.py",
    "test_installed_elsewhere.py",
    "test_magic.py",
    "test_plugin.py",
    "test_answers.py",
    "test_autograde.py",
    "test_older.py",
    "test_shapes.py",
    "test_same_scores.py",
    "test_term.py",
    "test_every_way_in.py",
    "test_generate.py",
    "test_start.py",
    "test_trivial.py",
    "test_score.py",
)


@pytest.fixture(scope="session", autouse=True)
def shared_zygotes() -> Generator[None]:
    """What tests start in this process takes clones of two zygotes; see zygotes.cold."""
    with zygotes.shared():
        yield


@pytest.fixture
def cold_zygotes() -> Generator[None]:
    """For tests of a zygote's start and its end."""
    with zygotes.cold():
        yield


@pytest.fixture
def packages_stay(tmp_path_factory: pytest.TempPathFactory) -> Generator[None]:
    """For tests that see when a folder of packages changes, as a warm server does: no other test changes one then."""
    with _held(tmp_path_factory, fcntl.LOCK_SH):
        yield


@pytest.fixture
def packages_change(tmp_path_factory: pytest.TempPathFactory) -> Generator[None]:
    """For tests that write to a folder of packages."""
    with _held(tmp_path_factory, fcntl.LOCK_EX):
        yield


@contextmanager
def _held(tmp_path_factory: pytest.TempPathFactory, kind: int) -> Generator[None]:
    """Hold a lock that is in one place for all processes of pytest-xdist."""
    with open(tmp_path_factory.getbasetemp().parent / "packages.lock", "w") as file:
        fcntl.flock(file, kind)
        yield


def pytest_configure(config: pytest.Config) -> None:
    """Files in our order, not those with the most tests first."""
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files come first, and every test has a time limit."""
    places = {name: place for place, name in enumerate(_LONGEST)}
    items.sort(key=lambda item: places.get(item.path.name, len(places)))
    for item in items:
        if item.get_closest_marker("timeout") is None:
            slow = item.get_closest_marker("slow") is not None
            item.add_marker(pytest.mark.timeout(_MOST_SECONDS_IF_SLOW if slow else _MOST_SECONDS))


def pytest_collection_finish() -> None:
    """What importing and collecting made stays to the end, so the garbage collector need not look through it again and
    again: half a second each time, in tests that measure several times each. Nor need it meanwhile, see above."""
    gc.freeze()
    gc.enable()
    _cpu_seconds_since_the_last_phase()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item) -> _Reports:
    """A skipped test fails, and so does one that is expected to."""
    report = yield
    report.cpu_seconds = _cpu_seconds_since_the_last_phase()  # pytest-xdist sends it on with the report
    if _FORBIDDEN and report.skipped and item.get_closest_marker("gpu") is None:
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A module that skips itself fails."""
    report = yield
    if _FORBIDDEN and report.skipped:
        _fail(report)
    return report


_measured = {"cpu": 0.0}


def _cpu_seconds_since_the_last_phase() -> float:
    """Of this process, of those below it that have ended, and of forked commands. Zygotes and workers do not count."""
    before, _measured["cpu"] = _measured["cpu"], sum(os.times()[:4]) + sum(forked.spent)
    return _measured["cpu"] - before


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Where GRADE_SLOWEST asks for them: the files that took longest, set-up and all processes included."""
    number = int(os.environ.get("GRADE_SLOWEST", "0"))
    if not number:
        return
    sums: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for report in (report for reports in terminalreporter.stats.values() for report in reports):
        if isinstance(report, pytest.TestReport):
            one = sums[report.nodeid.partition("::")[0]]
            one[0] += report.duration
            one[1] += getattr(report, "cpu_seconds", 0)
    total = [sum(column) for column in zip(*sums.values(), strict=True)] or [0.0, 0.0]
    terminalreporter.section(f"{number} longest of {len(sums)} files: {total[0]:.0f} s, CPU {total[1]:.0f} s")
    for name, (seconds, cpu) in sorted(sums.items(), key=lambda item: -item[1][0])[:number]:
        terminalreporter.line(f"{seconds:7.1f} s  CPU {cpu:7.1f} s  {name}")


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    report.outcome = "failed"
    report.longrepr = f"GRADE_NO_SKIPS=1 forbids skips: {reason}"
