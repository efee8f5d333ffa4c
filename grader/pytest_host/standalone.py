"""`pytest solutions/exercise03/checks.py --submission FILE`: checks under plain pytest, with all that it can do.

Each pytest process (xdist has several) drives a zygote of its own; they share the run's seed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.boundary.limits import LimitReached
from grader.boundary.run import SubmissionRun
from grader.boundary.scratch import Scratch
from grader.boundary.source import WorkerSource
from grader.checks.context import CheckContext
from grader.checks.exercise import LoadedExercise
from grader.checks.explain import message_for_limit
from grader.checks.failure import CheckFailed
from grader.checks.plugin import GradePlugin, judged_of
from grader.checks.verdict import Judged, NamedMistake, conclude
from grader.course.find import find_course, find_exercise
from grader.course.model import CheckInfo, Course, Exercise
from grader.errors import SubmissionError, UsageError
from grader.floors import sentence, too_old
from grader.grading.lost import why_lost
from grader.grading.prepare import hidden_folders, prepare, real_names
from grader.grading.whose import expect_course
from grader.reader.client import Reader
from grader.seed import fresh_seed
from grader.submission.model import Prepared
from grader.submission.read import read_submission
from grader.text import Message, render, say
from grader.wire.messages import Loaded
from grader.worker.zygote import Configure

_SEED = "grade_seed"


class _Open(msgspec.Struct, frozen=True):
    """One exercise's submission while its checks run. `refusal`: why none of them can; `ran`: how its file ran."""

    prepared: Prepared
    run: SubmissionRun
    loaded: LoadedExercise
    refusal: Message | None
    ran: Loaded | None


class StandaloneHost:
    """Opens an exercise's submission at its first check, and shows the scores at the end."""

    shows_tracebacks = True

    def __init__(self, config: pytest.Config) -> None:
        self.device: str = config.getoption("--grade-device")
        worker_input: dict[str, Any] | None = getattr(config, "workerinput", None)
        given = config.getoption("--grade-seed")
        self.seed: int = worker_input[_SEED] if worker_input else fresh_seed() if given is None else given
        self._submissions: list[str] = config.getoption("--submission")
        self._open: dict[Path, _Open] = {}
        self._judged: dict[Path, list[Judged]] = {}
        self._printed: dict[Path, int] = {}
        self._workers: list[tuple[WorkerSource, Scratch]] = []
        self._reader = Reader()

    # -- grading -------------------------------------------------------------------------------------------------

    def context(self, item: pytest.Item, info: CheckInfo) -> CheckContext:
        """The check's context. Raises CheckFailed or a GradeError where the submission can't be graded."""
        opened = self._opened(item.path.parent)
        if opened.refusal is not None:
            raise CheckFailed(opened.refusal)
        opened.run.hidden = info.hidden
        return CheckContext(
            opened.loaded,
            opened.run,
            check=info.id,
            seed=self.seed,
            forbidden=opened.prepared.forbidden,
            loops=lambda function: self._reader.loops(opened.prepared.submission, function),
            why_lost=lambda function: _why_lost(opened, function),
        )

    def _opened(self, folder: Path) -> _Open:
        if folder not in self._open:
            course = find_course(_course_of(folder))
            exercise = find_exercise(course, folder.name)
            try:
                submission = read_submission(
                    self._file(exercise), slug=exercise.slug, parser=self._reader, seconds=exercise.limits.total_seconds
                )
                expect_course(submission.course, course, exercise, submission.name)
                prepared = prepare(exercise, submission, self._reader)
            except SubmissionError as error:
                raise CheckFailed(error.message) from None
            self._open[folder] = self._start(course, exercise, prepared)
        return self._open[folder]

    def _start(self, course: Course, exercise: Exercise, prepared: Prepared) -> _Open:
        workers = WorkerSource(
            Configure(hidden=list(hidden_folders(course)), device=self.device, warm=list(exercise.warm))
        )
        scratch = Scratch()
        self._workers.append((workers, scratch))
        loaded = LoadedExercise(exercise.folder, id=exercise.id, device=self.device)
        run = SubmissionRun(
            workers.start,
            scratch,
            prepared.submission,
            exercise.limits,
            slug=exercise.slug,
            probes=loaded.probes_source,
            device=self.device,
            spent=prepared.seconds,
            steps=prepared.steps,
            real=real_names(course),
        )
        run.clock_stops = True
        return _Open(prepared, run, loaded, *_load(run))

    def _file(self, exercise: Exercise) -> Path:
        """The submission of this exercise: `exercise03=FILE`, or by its file's or folder's name, or the only one."""
        for given in self._submissions:
            name, found, path = given.partition("=")
            if found and name in (exercise.id, exercise.slug):
                return Path(path)
        plain = [Path(given) for given in self._submissions if "=" not in given or os.path.exists(given)]
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

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        """Show what the submission has printed since the last check, like any other captured output."""
        opened = self._open.get(item.path.parent)
        if opened is not None and call.when == "call":
            printed = bytes(opened.run.visible_output + opened.run.hidden_output)
            new = printed[self._printed.get(item.path.parent, 0) :].decode("utf-8", "backslashreplace")
            self._printed[item.path.parent] = len(printed)
            if new:
                item.add_report_section("call", "submission", new)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Collect the verdicts, here or in xdist's controller."""
        judged = judged_of(report)
        if judged is not None:
            self._judged.setdefault(Path(report.grade_folder), []).append(judged)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Points per exercise, the mistakes that are certain, and the seed that repeats the run."""
        if self._judged:
            terminalreporter.section("grade")
        for folder, judged in sorted(self._judged.items()):
            for line in self._summary(folder, judged):
                terminalreporter.line(line)

    def _summary(self, folder: Path, judged: list[Judged]) -> Iterator[str]:
        results = conclude(judged, _mistakes(folder, judged))
        score, most = sum(r.points for r in results), sum(r.max_points for r in results)
        yield f"{folder.name}: {score:g} of {most:g} points; --grade-seed {self.seed} repeats these inputs"
        named: dict[str, list[str]] = {}
        for result in results:
            if result.mistake and result.mistake_text:
                line = f"{result.mistake}: {render(result.mistake_text, 'en')}"
                named.setdefault(line, []).append(result.id)
        for line, ids in named.items():
            yield f"  {line} ({', '.join(ids)})"

    def pytest_unconfigure(self) -> None:
        """End every worker and zygote."""
        for opened in self._open.values():
            opened.run.close()
        self._reader.close()
        for workers, scratch in self._workers:
            workers.close()
            scratch.remove()


def _load(run: SubmissionRun) -> tuple[Message | None, Loaded | None]:
    """Run the submission's file: why it can't be graded, if so, else how it ran."""
    try:
        loaded = run.load()
    except LimitReached as limit:
        reason = message_for_limit(limit.kind, limit.signal or limit.amount, limit.detail)
        return say("Your file could not be loaded. {reason}", reason=reason), None
    if loaded.broken is not None:
        from grader.checks.advice.loading import load_sentence

        return load_sentence(loaded.broken), None
    return None, loaded


def _why_lost(opened: _Open, function: str) -> Message | None:
    if opened.ran is None:
        return None
    return why_lost(opened.prepared, opened.run.loading, opened.ran, function)


def _mistakes(folder: Path, judged: list[Judged]) -> dict[str, NamedMistake]:
    if not any(one.evidence for one in judged):
        return {}
    loaded = LoadedExercise(folder, id=folder.name)
    return {mistake.name: NamedMistake(mistake.of, mistake.text) for mistake in loaded.mistakes}


def _course_of(folder: Path) -> Path | None:
    """The course that an exercise's folder lies in; None where only the general search can tell."""
    return next((parent for parent in folder.parents if (parent / "course.toml").exists()), None)


def register(config: pytest.Config) -> None:
    """Turn the plugin on for this pytest session. Raises pytest.UsageError where what is installed is too old."""
    if old := too_old():
        raise pytest.UsageError(render(sentence(old), "en"))
    # Every exercise has a checks.py: with any other mode the second would be taken for the first.
    config.option.importmode = "importlib"
    host = StandaloneHost(config)
    config.pluginmanager.register(GradePlugin(host), "grade")
    config.pluginmanager.register(host, "grade-host")
