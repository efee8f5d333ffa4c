"""Grades submissions one after another, with one zygote and checks that are collected once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec

from grader.boundary.limits import BoundaryFault, LimitReached, WorkerFault
from grader.boundary.scratch import Scratch
from grader.boundary.source import WorkerSource
from grader.course.model import CheckInfo, Course, Exercise
from grader.errors import GraderFault, SubmissionError
from grader.grading.lost import why_lost
from grader.grading.prepare import hidden_folders, prepare, real_names
from grader.grading.results import Frames, Graded, failed_to_load, not_judged, refused, result_of, ungradable
from grader.grading.whose import expect_course
from grader.reader.client import Reader
from grader.result import Result
from grader.submission.model import Prepared
from grader.submission.read import read_submission
from grader.text import say
from grader.worker.zygote import Configure

if TYPE_CHECKING:
    from grader.boundary.run import SubmissionRun
    from grader.checks.context import CheckContext, Suspects, Watch
    from grader.checks.exercise import LoadedExercise
    from grader.checks.runner import Checks


class Grader:
    """A context manager; inside it, `grade` gives one result after another. PyTorch is imported by `begin`."""

    def __init__(
        self,
        course: Course,
        exercises: Sequence[Exercise],
        *,
        seed: int,
        device: str = "cpu",
        remember: bool = False,
        watch: Callable[[str], Watch] | None = None,
        abandoned: Callable[[], bool] = bool,
        folder: Path | None = None,
    ) -> None:
        self.course = course
        self.exercises = {exercise.id: exercise for exercise in exercises}
        self.seed = seed
        self.device = device
        self.frames = Frames(course, seed=seed, device=device)
        self.remember = remember  # what the reference gives: worth it for more than one submission
        self.watch = watch  # an audit's: makes of a check's id who is told of its judged calls
        self.abandoned = abandoned  # whether nobody wants the result of the present run any more
        self.folder = folder  # for the workers' files; one is made if None
        self.workers = WorkerSource(self._configuration())
        self.reader = Reader()  # looks into submissions for whoever calls `grade`
        self._scratch: Scratch | None = None
        self._loaded: dict[str, LoadedExercise] = {}
        self._checks: Checks | None = None

    def _configuration(self) -> Configure:
        warm = sorted({module for exercise in self.exercises.values() for module in exercise.warm})
        return Configure(hidden=list(hidden_folders(self.course)), device=self.device, warm=warm)

    def __enter__(self) -> Self:
        self.workers.prepare()
        self.reader.prepare()
        self._scratch = Scratch(self.folder)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.workers.close()
        self.reader.close()
        if self._scratch is not None:
            self._scratch.remove()

    def abandon(self) -> None:
        """From another thread, just before this process ends: end the workers, remove their folder."""
        self.workers.close()
        if self._scratch is not None:
            self._scratch.abandon()

    def check_files(self) -> list[Path]:
        """The files whose checks the caller collects (runner.with_checks) before it grades."""
        return [exercise.folder / "checks.py" for exercise in self.exercises.values()]

    def begin(self, checks: Checks) -> None:
        """Take the collected checks."""
        self._checks = checks

    def reseed(self, seed: int) -> None:
        """Grade with another seed from here on; what was remembered for the old one is forgotten."""
        self.seed = seed
        self.frames.seed = seed
        for loaded in self._loaded.values():
            loaded.forget()

    def read(self, exercise: Exercise, path: Path) -> Prepared | Result:
        """The submission at `path`, ready to be graded; its result if it can't be. Raises UsageError."""
        frame = self.frames.frame(exercise, str(path))
        try:
            submission = read_submission(
                path, slug=exercise.slug, parser=self.reader, seconds=exercise.limits.total_seconds
            )
            frame = msgspec.structs.replace(frame, sha256=submission.sha256)
            expect_course(submission.course, self.course, exercise, submission.name)
            return prepare(exercise, submission, self.reader)
        except SubmissionError as error:
            return ungradable(frame, error)

    def open(self, exercise: Exercise, prepared: Prepared) -> SubmissionRun:
        """Start on a submission: its worker runs the file while this process does something else."""
        run = self._run(exercise, prepared)
        run.start()
        return run

    def grade(self, exercise: Exercise, name: str, prepared: Prepared, run: SubmissionRun | None = None) -> Result:
        """The result of one prepared submission, of which `run` was opened before.

        Raises GraderFault where the boundary itself fails.
        """
        frame = self.frames.frame(exercise, name, prepared.submission.sha256, spent=prepared.seconds)
        run = run or self._run(exercise, prepared)
        try:
            return self._graded(frame, exercise, prepared, run)
        except BoundaryFault as fault:
            raise GraderFault(say("The grader could not start a worker: {reason}", reason=str(fault))) from fault
        finally:
            run.close()

    def _graded(self, frame: Graded, exercise: Exercise, prepared: Prepared, run: SubmissionRun) -> Result:
        try:
            loaded = run.load()
        except LimitReached as limit:
            return refused(frame, self.workers.confinement, limit, run)
        except WorkerFault as fault:
            return not_judged(frame, self.workers.confinement, fault, run)
        if loaded.broken is not None:
            return failed_to_load(frame, self.workers.confinement, loaded.broken, run)
        assert self._checks is not None
        with run.paused():
            loaded_exercise = self._loaded_exercise(exercise)
        suspects: Suspects = {}

        def make_context(_: str, info: CheckInfo) -> CheckContext:
            from grader.checks.context import CheckContext

            run.hidden = info.hidden
            return CheckContext(
                loaded_exercise,
                run,
                check=info.id,
                seed=self.seed,
                forbidden=prepared.forbidden,
                loops=lambda function: self.reader.loops(prepared.submission, function),
                suspects=suspects,
                watch=self.watch(info.id) if self.watch else None,
                why_lost=lambda function: why_lost(prepared, run.loading, loaded, function),
            )

        judged = self._checks.judge(exercise.id, make_context)
        mistakes = loaded_exercise.named_mistakes()
        return result_of(frame, self.workers.confinement, judged, mistakes, prepared, loaded, run)

    def _run(self, exercise: Exercise, prepared: Prepared) -> SubmissionRun:
        from grader.boundary.run import SubmissionRun

        assert self._scratch is not None
        probes = exercise.folder / "probes.py"
        return SubmissionRun(
            self.workers.start,
            self._scratch,
            prepared.submission,
            exercise.limits,
            slug=exercise.slug,
            probes=probes.read_text(encoding="utf-8") if probes.exists() else None,
            device=self.device,
            abandoned=self.abandoned,
            spent=prepared.seconds,
            steps=prepared.steps,
            real=real_names(self.course),
        )

    def _loaded_exercise(self, exercise: Exercise) -> LoadedExercise:
        from grader.checks.exercise import LoadedExercise

        if exercise.id not in self._loaded:
            self._loaded[exercise.id] = LoadedExercise(
                exercise.folder, id=exercise.id, device=self.device, remember=self.remember
            )
        return self._loaded[exercise.id]
