"""Grades submissions one after another, with one zygote and checks that are collected once."""

from __future__ import annotations

import functools
import gc
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

import msgspec

from grader.boundary.limit_reached import BoundaryFault
from grader.boundary.scratch import Scratch
from grader.boundary.worker_pool import WorkerPool
from grader.course.bundle import is_bundle
from grader.course.data import data_files
from grader.course.faults import CourseError
from grader.course.model import CheckInfo, Course, Exercise
from grader.course.texts import texts_beside
from grader.errors import GraderFault, SubmissionError, UsageError
from grader.grading.opened import OpenSubmission, Refusal, open_submission
from grader.grading.prepare import expect_course, hidden_folders, prepare, real_names
from grader.grading.results import ResultHeaders, refused, result_of, ungradable
from grader.reader.client import Reader
from grader.result import Result
from grader.submission.model import Prepared
from grader.submission.read import read_submission
from grader.text import say
from grader.worker.zygote import Configure

if TYPE_CHECKING:
    from grader.boundary.submission_run import SubmissionRun
    from grader.checks.context import CheckContext, Watch
    from grader.checks.exercise import LoadedExercise
    from grader.grading.suite import CheckSuite


class Grader:
    """A context manager; inside it, `grade` gives one result after another. PyTorch is imported by `collect`, which the
    first `grade` calls."""

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
        part: str = "",
    ) -> None:
        """part: the only part of the one exercise that is graded; empty for all."""
        self.course = course
        self.exercises = {exercise.id: exercise for exercise in exercises}
        self.seed = seed
        self.device = device
        self.headers = ResultHeaders(course, seed=seed, device=device)
        self.remember = remember  # what the reference gives: worth it for more than one submission
        self.watch = watch  # an audit's: makes of a check's id who is told of its judged calls
        self.part = part
        self.headers.part = part
        self.naming = True  # whether mistakes are named
        self.pictures = False  # whether results have the exercise's pictures, for a page
        self.abandoned = abandoned  # whether nobody wants the result of the present run any more
        self.waiting: Callable[[CheckInfo], None] | None = None  # told now and then which check waits for a worker
        self._check: CheckInfo | None = None
        self.folder = folder  # for the workers' files; one is made if None
        warm = sorted({module for exercise in exercises for module in exercise.warm})
        self.workers = WorkerPool(Configure(hidden=list(hidden_folders(course)), device=device, warm=warm))
        self.reader = Reader()  # looks into submissions for whoever calls `grade`
        self._scratch: Scratch | None = None
        self._loaded: dict[str, LoadedExercise] = {}
        self._suite: CheckSuite | None = None
        self.ends_later = False  # whether a submission's worker may end after its result is there
        self._ending: SubmissionRun | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self.workers.prepare()
        self.reader.prepare()
        self._scratch = Scratch(self.folder)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
        self.reader.stop()  # beside the worker's end
        self._close_run()
        self.workers.close()
        self.reader.close()
        if self._scratch is not None:
            self._scratch.remove()

    def abandon(self) -> None:
        """From another thread, just before this process ends: end the workers, remove their folder."""
        self.workers.close()
        if self._scratch is not None:
            self._scratch.abandon()

    def collect(self) -> None:
        """Import PyTorch and collect the checks, if that has not been done: else the first submission waits for it."""
        if self._suite is None:
            from grader.grading.suite import CheckSuite

            files = [exercise.folder / "checks.py" for exercise in self.exercises.values()]
            self._suite = self._stack.enter_context(CheckSuite(files))

    def settle(self) -> None:
        """Collect the checks now, in a process that lives to grade many submissions."""
        self.collect()
        # What exists by now lives to the end: the collector need not look at a million objects again and again.
        gc.freeze()
        gc.enable()

    def reseed(self, seed: int) -> None:
        """Grade with another seed from here on; what was remembered for the old one is forgotten."""
        self.seed = seed
        self.headers.seed = seed
        for loaded in self._loaded.values():
            loaded.forget()

    def plan(self, exercise: Exercise, stop: Callable[[], bool] = bool) -> None:
        """Work out ahead what is the same for every submission with the present seed, until `stop`."""
        self.collect()
        assert self._suite is not None
        self._suite.plan(self._loaded_exercise(exercise), self.seed, stop)

    def prepare(self, exercise: Exercise, path: Path) -> Prepared:
        """The submission at `path`, read and searched. Raises SubmissionError, and UsageError where there is none."""
        seconds = exercise.limits.total_seconds
        submission = read_submission(path, slug=exercise.slug, parser=self.reader, seconds=seconds)
        try:
            expect_course(submission.course, self.course, exercise, submission.name)
            return prepare(exercise, submission, self.reader)
        except SubmissionError as error:
            error.sha256 = submission.sha256
            raise

    def read(self, exercise: Exercise, path: Path) -> Prepared | Result:
        """The submission at `path`, ready to be graded; its result if it can't be. Raises UsageError."""
        header = self.headers.header(exercise, str(path))
        try:
            return self.prepare(exercise, path)
        except SubmissionError as error:
            return ungradable(header, error)

    def grade(self, exercise: Exercise, name: str, prepared: Prepared) -> Result:
        """The result of one prepared submission. Raises GraderFault where the boundary or the checks fail."""
        self._close_run()
        header = self.headers.header(exercise, name, prepared.submission.sha256, spent=prepared.seconds)
        run = self.run(exercise, prepared)
        try:
            if self._suite is None:
                run.start()  # its worker runs the file while the checks are collected
                self.collect()
            opened = self.open(exercise, prepared, run)
            if isinstance(opened, Refusal):
                return refused(header, self.workers.confinement, opened, run)
            assert self._suite is not None
            judged = self._suite.run(exercise.id, functools.partial(self._context, opened), self.part)
            result = result_of(header, self.workers.confinement, judged, opened)
            return self._with_pictures(exercise, result, opened) if self.pictures else result
        except BoundaryFault as fault:
            raise GraderFault(say("The grader could not start a worker: {reason}", reason=str(fault))) from fault
        finally:
            run.stop()
            self._ending = run
            if not self.ends_later:
                self._close_run()

    def _close_run(self) -> None:
        """Wait for the end of the last submission's worker."""
        if self._ending is not None:
            self._ending.close()
            self._ending = None

    def _with_pictures(self, exercise: Exercise, result: Result, opened: OpenSubmission) -> Result:
        from grader.pictures.run import draw_pictures, read_pictures

        def context(name: str) -> CheckContext:
            # What it prints is printed by none of the learner's calls.
            info = CheckInfo(f"pictures/{name}", {}, 0.0, hidden=True)
            return opened.context(info, seed=self.seed, naming=False)

        try:
            functions = read_pictures(exercise.folder)
        except CourseError:
            return result  # the author's fault, which `grade audit` tells; the learner's result stands
        drawn = draw_pictures(functions, context, texts_beside(exercise.folder))
        return msgspec.structs.replace(result, pictures=tuple(drawn))

    def _abandoned(self) -> bool:
        """Asked about ten times a second while a worker computes."""
        if self.waiting is not None and self._check is not None:
            self.waiting(self._check)
        return self.abandoned()

    def _context(self, opened: OpenSubmission, info: CheckInfo) -> CheckContext:
        self._check = info
        watch = self.watch(info.id) if self.watch else None
        return opened.context(info, seed=self.seed, watch=watch, naming=self.naming)

    def open(self, exercise: Exercise, prepared: Prepared, run: SubmissionRun) -> OpenSubmission | Refusal:
        """Have the worker of `run` run the submission's file. Raises BoundaryFault."""
        return open_submission(prepared, run, functools.partial(self._loaded_exercise, exercise), self.reader)

    def run(self, exercise: Exercise, prepared: Prepared) -> SubmissionRun:
        """What calls the functions of a submission; the caller closes it."""
        from grader.boundary.submission_run import SubmissionRun

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
            abandoned=self._abandoned,
            spent=prepared.seconds,
            steps=prepared.steps,
            real=real_names(self.course),
            data={Path(path).name: text.encode() for path, text in data_files(exercise, "").items()},
        )

    def use(self, loaded: LoadedExercise) -> None:
        """Grade with this copy of an exercise."""
        self._loaded[loaded.id] = loaded

    def _sealed(self, exercise: Exercise) -> LoadedExercise | None:
        if not is_bundle(self.course):
            return None
        if self.device != "cpu":
            raise UsageError(say("A bundle is recorded on the CPU. Leave out --device."))
        from grader.checks.sealed import SealedExercise

        return SealedExercise(exercise.folder, id=exercise.id, seed=self.seed)

    def _loaded_exercise(self, exercise: Exercise) -> LoadedExercise:
        from grader.checks.exercise import LoadedExercise

        if exercise.id not in self._loaded:
            self._loaded[exercise.id] = self._sealed(exercise) or LoadedExercise(
                exercise.folder, id=exercise.id, device=self.device, remember=self.remember
            )
        return self._loaded[exercise.id]
