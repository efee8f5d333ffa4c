"""`pytest solutions/exercise03/checks.py --submission FILE`: checks under plain pytest, with all that it can do.

Each pytest process (xdist has several) drives a zygote of its own; they share the run's seed.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.checks.exercise import LoadedExercise, NamedMistake
from grader.checks.failure import CheckFailed
from grader.checks.plugin import CONTEXT, JUDGED, GradePlugin, check_info
from grader.checks.verdict import Judged, conclude
from grader.course.bundle import require_full
from grader.course.find import find_course, find_exercise
from grader.course.model import Exercise
from grader.errors import SubmissionError, UsageError
from grader.floors import sentence, too_old
from grader.grading.grader import Grader
from grader.grading.opened import OpenSubmission, Refusal
from grader.pytest_host.traceback import explained, representation, within
from grader.seed import fresh_seed
from grader.text import Message, render, say

_SEED = "grade_seed"


class StandaloneHost:
    """Opens an exercise's submission at its first check, and shows the scores at the end."""

    def __init__(self, config: pytest.Config) -> None:
        self.device: str = config.getoption("--grade-device")
        worker_input: dict[str, Any] | None = getattr(config, "workerinput", None)
        wanted = config.getoption("--grade-seed")
        self.seed: int = worker_input[_SEED] if worker_input else fresh_seed() if wanted is None else wanted
        self._submissions: list[str] = config.getoption("--submission")
        self._opened: dict[Path, OpenSubmission | Message] = {}
        self._judged: dict[Path, list[Judged]] = {}
        self._printed: dict[Path, int] = {}
        self._stack = ExitStack()  # closes what was opened

    # -- grading -------------------------------------------------------------------------------------------------

    def _submission(self, folder: Path) -> OpenSubmission:
        """The submission of an exercise. Raises CheckFailed where no check of it can run, and UsageError."""
        opened = self._opened[folder] = self._opened.get(folder) or self._open(folder)
        if isinstance(opened, OpenSubmission):
            return opened
        raise CheckFailed(opened)

    def _open(self, folder: Path) -> OpenSubmission | Message:
        """The submission, or why none of its checks can run."""
        own = next((parent for parent in folder.parents if (parent / "course.toml").exists()), None)
        course = find_course(own)
        require_full(course)
        exercise = find_exercise(course, folder.name)
        file = self._file(exercise)
        with ExitStack() as stack:
            grader = stack.enter_context(Grader(course, [exercise], seed=self.seed, device=self.device))
            try:
                prepared = grader.prepare(exercise, file)
            except SubmissionError as error:
                return error.message
            run = grader.run(exercise, prepared)
            stack.callback(run.close)
            self._stack.push(stack.pop_all())
        run.clock_stops = True
        opened = grader.open(exercise, prepared, run)
        return opened.message if isinstance(opened, Refusal) else opened

    def _file(self, exercise: Exercise) -> Path:
        """The submission of this exercise: `exercise03=FILE`, or by its file's or folder's name, or the only one."""
        for option in self._submissions:
            name, _, path = option.partition("=")
            if path and name in (exercise.id, exercise.slug):
                return Path(path)
        plain = [Path(option) for option in self._submissions if "=" not in option or os.path.exists(option)]
        for candidate in plain:
            if candidate.stem == exercise.slug or candidate.parent.name == exercise.id:
                return candidate
        if len(self._submissions) == 1 and plain:
            return plain[0]
        raise UsageError(
            say("No --submission is for {exercise}: write --submission {exercise}=FILE.", exercise=exercise.id)
        )

    # -- hooks ---------------------------------------------------------------------------------------------------

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """xdist: every worker process draws the same inputs."""
        node.workerinput[_SEED] = self.seed

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """A project that turns warnings into errors would turn a mistake's overflow into another outcome."""
        for item in items:
            if check_info(item) is not None:
                item.add_marker(pytest.mark.filterwarnings("ignore"))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Give the check its context. What is raised where the submission can't be graded is the check's outcome."""
        info = check_info(item)
        if info is not None:
            # A check ends with its first wrong call: pytest shows that line, and a debugger opens there.
            item.stash[CONTEXT] = self._submission(item.path.parent).context(info, seed=self.seed, goes_on=False)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
        """Report a check with its own line, the explanation, and what the submission printed."""
        if call.when == "call":
            self._show_printed(item)
        text = self._trimmed(item, call)
        report = yield
        if text is not None and call.excinfo is not None:
            report.longrepr = representation(call.excinfo, item.path, text, item.config.getoption("tbstyle", "auto"))
        judged = item.stash.get(JUDGED, None)
        if judged is not None and call.when != "teardown":
            # As plain data, so that it survives xdist's way from a worker to its controller.
            report.grade = msgspec.to_builtins(judged)
            report.grade_folder = str(item.path.parent)
        return report

    def _trimmed(self, item: pytest.Item, call: pytest.CallInfo[None]) -> str | None:
        """The sentences of an error that explains itself, whose traceback is cut to the check's own lines."""
        if check_info(item) is None or call.excinfo is None or call.when == "teardown":
            return None
        text = explained(call.excinfo.value)
        if text is None or item.config.getoption("fulltrace", False):
            return None
        # Before the report is made, because a debugger opens where the traceback ends.
        call.excinfo = within(item.path, call.excinfo)
        return text

    def _show_printed(self, item: pytest.Item) -> None:
        """What the submission has printed since the last check, like any other captured output."""
        opened = self._opened.get(item.path.parent)
        if isinstance(opened, OpenSubmission):
            printed = bytes(opened.run.visible_output + opened.run.hidden_output)
            new = printed[self._printed.get(item.path.parent, 0) :].decode("utf-8", "backslashreplace")
            self._printed[item.path.parent] = len(printed)
            if new:
                item.add_report_section("call", "submission", new)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Collect the verdicts, here or in xdist's controller."""
        judged = getattr(report, "grade", None)
        if judged is not None:
            folder = Path(vars(report)["grade_folder"])
            self._judged.setdefault(folder, []).append(msgspec.convert(judged, Judged))

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Points per exercise, the mistakes that are certain, and the seed that repeats the run."""
        if self._judged:
            terminalreporter.section("grade")
        for folder, judged in sorted(self._judged.items()):
            for line in self._summary(folder, judged):
                terminalreporter.line(line)

    def _summary(self, folder: Path, judged: list[Judged]) -> Iterator[str]:
        mistakes: dict[str, NamedMistake] = {}
        if any(verdict.explanations for verdict in judged):
            loaded = LoadedExercise(folder, id=folder.name)
            mistakes = {mistake.name: NamedMistake(mistake.of, mistake.text) for mistake in loaded.mistakes}
        results = conclude(judged, mistakes)
        score, most = sum(r.points for r in results), sum(r.max_points for r in results)
        yield f"{folder.name}: {score:g} of {most:g} points; --grade-seed {self.seed} repeats these inputs"
        named: dict[str, list[str]] = {}
        for result in results:
            for name in result.mistakes:
                line = f"{name}: {render(mistakes[name].text, 'en')}"
                named.setdefault(line, []).append(result.id)
        for line, ids in named.items():
            yield f"  {line} ({', '.join(ids)})"

    def pytest_unconfigure(self) -> None:
        """End every worker and zygote."""
        self._stack.close()


def register(config: pytest.Config) -> None:
    """Turn the plugin on for this pytest session. Raises pytest.UsageError where what is installed is too old."""
    if old := too_old():
        raise pytest.UsageError(render(sentence(old), "en"))
    # Every exercise has a checks.py: with any other mode the second would be taken for the first.
    config.option.importmode = "importlib"
    host = StandaloneHost(config)
    config.pluginmanager.register(GradePlugin(), "grade")
    config.pluginmanager.register(host, "grade-host")
