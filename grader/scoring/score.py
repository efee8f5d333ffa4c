"""`grade score`: a class, graded by several scorers at once. This process imports no PyTorch and runs no check."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from grader import __version__
from grader.atomic import write_whole
from grader.course.find import find_exercise
from grader.course.model import Course, Exercise
from grader.deadlines.read import find_deadlines
from grader.errors import GradeError, Interrupted, SubmissionError, UsageError
from grader.grading.results import ResultHeader, ResultHeaders, ungradable
from grader.intake.manifest import Manifest, Work
from grader.reader.client import Reader
from grader.report.scores import Row, to_csv
from grader.result import Result, read_result
from grader.scorers.crew import Crew, saving
from grader.scorers.engine import Engine, Fault, MakeEngine, ScoreSettings
from grader.scorers.fingerprint import fingerprint, grader_digest
from grader.scorers.scorer import Done, Start, Task, read_task, result_path, save_result, summary
from grader.scoring.attempts import Attempts
from grader.scoring.earlier import earlier_result, is_there, withdraw
from grader.scoring.equal import first_of_equals, taken_over
from grader.scoring.folder import Run, claimed, write_run
from grader.scoring.gather import handed_in
from grader.scoring.outcome import read_times
from grader.scoring.settling import settled, write_timing
from grader.seed import fresh_seed, students_seed
from grader.table import to_table
from grader.text import Message, in_every_language, say

#: Told how many are done and how many there are.
Progress = Callable[[int, int], None]


class Scored(msgspec.Struct, frozen=True):
    """What came of a run.

    manifest: the class. rows: one per submission, sorted. faults: submissions on which the grader itself failed;
    retried: those on which it did not fail again. kept: how many results an earlier run had left. equal: how many were
    not graded themselves, since an equal one was. undecided: of whom it can't be told whether there is a penalty, and
    why.
    """

    manifest: Manifest
    rows: tuple[Row, ...]
    seconds: float
    confinement: str
    faults: int
    retried: int = 0
    kept: int = 0
    equal: int = 0
    undecided: tuple[tuple[str, str, Message], ...] = ()


def score(
    submissions: Path,
    out: Path,
    *,
    course: Course,
    exercise: str | None = None,
    roster: Path | None = None,
    deadlines: Path | None = None,
    earlier: Sequence[Path] = (),
    seed: int | None = None,
    per_student: bool = False,
    device: Callable[[Exercise], str] = lambda exercise: "cpu",
    resume: bool = False,
    engine: MakeEngine = lambda course, start, settings, failed: Crew(start, settings, failed),
    settings: ScoreSettings | None = None,
    progress: Progress = lambda done, total: None,
) -> Scored:
    """Grade SUBMISSIONS/<student>/<exercise>/<file> into out/scores.csv and out/results/<student>/<exercise>.json.

    submissions: that folder, or an export of a learning platform; its files are then put into out/submissions.
    exercise: the one that all files are for. roster: a table of the class. deadlines: their file, if not the course's
    own. earlier: folders of runs whose attempts count, too, the first one first. seed: fresh if None, and in
    out/run.json either way. per_student: draw each student's inputs from a seed of their own. device: where to grade
    an exercise. resume: keep the results in `out` that grading again would give again. engine: what grades, this
    machine by default. progress: called with how many are done and how many there are.
    Raises UsageError (folders, exports, the roster), GraderFault (unconfined and not allowed; scorers that can't
    start; results that can't be written), Interrupted.
    """
    begun = time.monotonic()
    policy = find_deadlines(course, deadlines)
    attempts = Attempts(earlier, course, policy)
    with (
        handed_in(submissions, course=course, exercise=exercise, roster=roster, deadlines=policy) as put,
        claimed(out, resume=resume) as begun_before,
    ):
        attempts.put_back(out)
        times_before = read_times(out)
        manifest = put(out)
        devices = {exercise.id: device(exercise) for exercise in course.exercises}
        starts = _starts(course, manifest, out, _seed(seed, begun_before), devices)
        per_student = _per_student(per_student, begun_before)
        run = _run(course, starts, "" if manifest.root == submissions else str(submissions.resolve()))
        with saving(out):
            write_run(out, msgspec.structs.replace(run, per_student=per_student))
        scoring = _Scoring(course, manifest, starts, devices, progress, per_student=per_student)
        if begun_before is not None:
            scoring.keep()
        kept, confinement = len(scoring.done), ""
        progress(kept, len(scoring.tasks))
        for start in starts:
            with engine(course, start, settings or ScoreSettings(), scoring.failed) as running:
                scoring.grade(running, start)
            confinement = running.confinement or confinement
        now = datetime.now(UTC)
        times = settled(scoring.rows(), manifest.works, policy, now, times_before)
        times = attempts.choose(out, times, now)
        rows = scoring.write(times.rows)
        left_behind = tuple(attempts.left_behind(rows))
        manifest = msgspec.structs.replace(manifest, remarks=(*manifest.remarks, *left_behind))
        failures = {(row.student, row.exercise) for row in rows if row.status == "grader_error"}
        retried = {(fault.task.student, fault.task.exercise) for fault in scoring.faults} - failures
        seconds = time.monotonic() - begun
        counts = (len(failures), len(retried), kept, scoring.equal)
        return Scored(manifest, rows, seconds, confinement, *counts, times.undecided)


def read_results(out: Path, rows: Sequence[Row]) -> list[Result]:
    """The results on disk, in the rows' order."""
    paths = (result_path(out, row.student, row.exercise) for row in rows)
    return [read_result(path.read_bytes()) for path in paths if path.exists()]


def _starts(course: Course, manifest: Manifest, out: Path, seed: int, devices: Mapping[str, str]) -> tuple[Start, ...]:
    """One for each device that something is graded on, one at least."""
    by_device: dict[str, set[str]] = {}
    for work in manifest.works:
        if work.path is not None:
            by_device.setdefault(devices[work.exercise], set()).add(work.exercise)
    course_folder, root, results = (str(folder.resolve()) for folder in (course.folder, manifest.root, out))
    return tuple(
        Start(course_folder, root, results, tuple(sorted(exercises)), seed, device)
        for device, exercises in sorted(by_device.items()) or [("cpu", set[str]())]
    )


def _run(course: Course, starts: Sequence[Start], source: str) -> Run:
    """What stands in out/run.json."""
    exercises = tuple(sorted(name for start in starts for name in start.exercises))
    device = ", ".join(start.device for start in starts)
    start = starts[0]
    facts = (__version__, start.seed, start.course, start.submissions, device, exercises, source, course.id)
    titles = {exercise.id: exercise.title for exercise in course.exercises}
    return Run(*facts, course.own_title, course.title, titles)


def _seed(given: int | None, earlier: Run | None) -> int:
    """The run's seed: the earlier run's, the one that was asked for, or a fresh one."""
    if earlier is None:
        return fresh_seed() if given is None else given
    if given not in (None, earlier.seed):
        raise UsageError(
            say("The earlier run has seed {seed}. Leave --seed out, or give --out a new folder.", seed=earlier.seed)
        )
    return earlier.seed


def _per_student(wanted: bool, earlier: Run | None) -> bool:
    """Whether each student has a seed of their own: as in the earlier run, or as was asked for."""
    if earlier is None:
        return wanted
    if wanted and not earlier.per_student:
        raise UsageError(
            say("The earlier run has one seed for all. Leave --per-student out, or give --out a new folder.")
        )
    return earlier.per_student


class _Scoring:
    """One run's tasks, and what has come of them. done: with those that an earlier run left."""

    def __init__(
        self,
        course: Course,
        manifest: Manifest,
        starts: Sequence[Start],
        devices: Mapping[str, str],
        progress: Progress,
        *,
        per_student: bool,
    ) -> None:
        self._run_seed, self._per_student = starts[0].seed, per_student
        self.done: dict[Task, Done] = {}
        self.faults: list[Fault] = []
        self.equal = 0
        self.tasks = [self._task(work) for work in manifest.works if work.path is not None]
        self._course = course
        self._works = manifest.works
        self._root = starts[0].submissions
        self._out = Path(starts[0].out)
        self._headers = ResultHeaders(course, seed=self._run_seed, device="cpu", devices=devices)
        self._progress = progress

    def grade(self, engine: Engine, start: Start) -> None:
        """Grade what is left of the exercises of `start`. Raises GraderFault, Interrupted."""
        tasks = [task for task in self.tasks if task.exercise in start.exercises]
        firsts = first_of_equals(tasks, Path(self._root))
        left = [task for task in tasks if task not in self.done]
        try:
            engine.grade([task for task in left if task not in firsts], self._finish)
            others = {task: firsts[task] for task in left if task in firsts}
            if others and (unequal := [*self._not_equal(others)]):
                engine.grade(unequal, self._finish)
        except KeyboardInterrupt:
            raise Interrupted(
                say(
                    "Stopped; graded and kept: {done} of {total}. To go on: the same command with --resume",
                    done=len(self.done),
                    total=len(self.tasks),
                )
            ) from None

    def _not_equal(self, firsts: Mapping[Task, Task]) -> Iterator[Task]:
        """Give tasks the results of those that they are equal to; the tasks that have to be graded themselves."""
        digest = grader_digest()
        with closing(Reader()) as reader:
            for task, first in firsts.items():
                exercise = find_exercise(self._course, task.exercise)
                # What hit a limit may be slow to read, too: that is for the scorers, which are several.
                result = self._equal_result(exercise, task, first, digest, reader) if self._is_graded(first) else None
                if result is None:
                    yield task
                    continue
                with saving(self._out):
                    done = save_result(self._out, task.student, task.exercise, result)
                self.equal += 1
                self._finish(task, done)

    def _is_graded(self, task: Task) -> bool:
        return self.done[task].status == "graded"

    def _equal_result(self, exercise: Exercise, task: Task, first: Task, digest: str, reader: Reader) -> Result | None:
        try:
            graded = read_result(result_path(self._out, first.student, first.exercise).read_bytes())
            submission = read_task(task, exercise, reader, self._root)
        except (OSError, msgspec.DecodeError, SubmissionError, UsageError):
            return None
        return taken_over(graded, task, self._headers, exercise, submission, digest)

    def _task(self, work: Work) -> Task:
        assert work.path is not None
        seed = students_seed(self._run_seed, work.student) if self._per_student else None
        return Task(work.student, work.exercise, work.path, seed)

    def _header(self, student: str, exercise: Exercise, path: str, sha256: str = "") -> ResultHeader:
        header = self._headers.header(exercise, path, sha256)
        seed = students_seed(self._run_seed, student) if self._per_student else self._run_seed
        return msgspec.structs.replace(header, seed=seed)

    def _finish(self, task: Task, done: Done) -> None:
        self.done[task] = done
        self._progress(len(self.done), len(self.tasks))

    def failed(self, fault: Fault) -> None:
        """Add a fault of the grader's to its table, where the next ones and later runs add theirs."""
        self.faults.append(fault)
        path = self._out / "faults.csv"
        rows = [] if path.exists() else [("student", "exercise", "attempt", "reason")]
        rows.append((fault.task.student, fault.task.exercise, str(fault.attempt), fault.reason))
        with saving(path), open(path, "ab") as file:
            file.write(to_table(rows))
            file.flush()
            os.fsync(file.fileno())

    def keep(self) -> None:
        """Take over what an earlier run left that grading again would give again."""
        digest = grader_digest()
        with closing(Reader()) as reader:
            for task in self.tasks:
                done = self._kept(find_exercise(self._course, task.exercise), task, digest, reader)
                if done is not None:
                    self.done[task] = done

    def _kept(self, exercise: Exercise, task: Task, digest: str, reader: Reader) -> Done | None:
        path = result_path(self._out, task.student, task.exercise)
        try:
            result = read_result(path.read_bytes())
            submission = read_task(task, exercise, reader, self._root)
        except (OSError, msgspec.DecodeError):
            return None  # not there, or not ours: graded again
        except (SubmissionError, UsageError) as error:
            # Graded again, and told as for the first time, unless it can't be read: then what was graded stands.
            earlier = earlier_result(path, self._header(task.student, exercise, task.path))
            if earlier is None or is_there(Path(self._root), Path(task.path)):
                return None
            return _standing(earlier, error.message)
        header = self._header(task.student, exercise, task.path, submission.sha256)
        same = result.status != "grader_error" and result.fingerprint == fingerprint(digest, header, submission)
        return summary(result) if same else None

    def rows(self) -> tuple[Row, ...]:
        """A line for each submission, once all tasks are done."""
        return tuple(map(self._row, self._works))

    def write(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """Write the table of scores, and of times; returns its rows."""
        with saving(self._out):
            withdraw(self._out, rows)
            write_timing(self._out, rows)
            write_whole(self._out / "scores.csv", to_csv(rows))
        return rows

    def _row(self, work: Work) -> Row:
        """A submission's line; what could not be graded gets a result on disk too, if its exercise exists."""
        student = work.student
        if work.path is not None:
            done = self.done[self._task(work)]
            return Row.of(student, work.exercise, work.path, done, work.note)
        assert work.problem is not None
        try:
            exercise = find_exercise(self._course, work.exercise)
        except GradeError:
            return Row.missing(student, work.exercise, work.problem)
        header = self._header(student, exercise, "")
        if not work.clash and (earlier := earlier_result(result_path(self._out, student, work.exercise), header)):
            return Row.of(student, work.exercise, earlier.submission, _standing(earlier, work.problem), None)
        # Nothing ran, so it took no time: the same result in every run.
        result = msgspec.structs.replace(ungradable(header, SubmissionError(work.problem)), seconds=0.0)
        with saving(self._out):
            done = save_result(self._out, student, work.exercise, result)
        return msgspec.structs.replace(Row.of(student, work.exercise, "", done, None), counts=work.absent)


def _standing(earlier: Result, reason: Message) -> Done:
    """An earlier grade of what can't be read today."""
    note = in_every_language(say("graded in an earlier run; now: {reason}", reason=reason))
    return msgspec.structs.replace(summary(earlier), message=note)
