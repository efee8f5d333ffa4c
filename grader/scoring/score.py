"""`grade score`: a class, graded by several scorers at once. This process imports no PyTorch and runs no check."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from grader import __version__
from grader.atomic import write_whole
from grader.course.find import find_exercise
from grader.course.model import Course, Exercise
from grader.errors import GradeError, Interrupted, SubmissionError, UsageError
from grader.grading.results import ResultHeaders, ungradable
from grader.intake.manifest import Manifest, Work
from grader.reader.client import Reader
from grader.report.jsonfile import to_json
from grader.report.scores import Row, to_csv
from grader.result import Result, read_result
from grader.scorers.crew import Crew, unsaved
from grader.scorers.engine import Engine, Failed, Fault, MakeEngine, ScoreSettings
from grader.scorers.fingerprint import fingerprint, grader_digest
from grader.scorers.scorer import Done, Start, Task, result_path, summary
from grader.scoring.earlier import earlier_result, is_there, withdraw
from grader.scoring.folder import Run, claimed, write_run
from grader.scoring.gather import handed_in
from grader.seed import fresh_seed
from grader.submission.read import read_submission
from grader.table import to_table
from grader.text import Message, in_every_language, say

#: Told how many are done and how many there are.
Progress = Callable[[int, int], None]


class Scored(msgspec.Struct, frozen=True):
    """What came of a run.

    manifest: the class. rows: one per submission, sorted. faults: submissions on which the grader itself failed;
    retried: those on which it did not fail again. kept: how many results an earlier run had left.
    """

    manifest: Manifest
    rows: tuple[Row, ...]
    seconds: float
    confinement: str
    faults: int
    retried: int = 0
    kept: int = 0


def score(
    submissions: Path,
    out: Path,
    *,
    course: Course,
    exercise: str | None = None,
    roster: Path | None = None,
    seed: int | None = None,
    device: Callable[[Exercise], str] = lambda exercise: "cpu",
    resume: bool = False,
    engine: MakeEngine = lambda course, start, settings, failed: Crew(start, settings, failed),
    settings: ScoreSettings | None = None,
    progress: Progress = lambda done, total: None,
) -> Scored:
    """Grade SUBMISSIONS/<student>/<exercise>/<file> into out/scores.csv and out/results/<student>/<exercise>.json.

    submissions: that folder, or an export of a learning platform; its files are then put into out/submissions.
    exercise: the one that all files are for. roster: a table of the class. seed: fresh if None, and in
    out/run.json either way. device: where to grade an exercise. resume: keep the results in `out` that grading again
    would give again. engine: what grades, this machine by default. progress: called with how many are done and how
    many there are.
    Raises UsageError (folders, exports, the roster), GraderFault (unconfined and not allowed; scorers that can't
    start; results that can't be written), Interrupted.
    """
    begun = time.monotonic()
    with (
        handed_in(submissions, course=course, exercise=exercise, roster=roster) as place,
        claimed(out, resume=resume) as earlier,
    ):
        manifest = place(out)
        devices = {exercise.id: device(exercise) for exercise in course.exercises}
        starts = _starts(course, manifest, out, _seed(seed, earlier), devices)
        run = _run(course, starts, "" if manifest.root == submissions else str(submissions.resolve()))
        _save(out, lambda: write_run(out, run))
        headers = ResultHeaders(course, seed=run.seed, device="cpu", devices=devices)

        def make(start: Start, failed: Failed) -> Engine:
            return engine(course, start, settings or ScoreSettings(), failed)

        return _scored(course, manifest, headers, starts, begun, earlier is not None, make, progress)


def read_results(out: Path, rows: Sequence[Row]) -> list[Result]:
    """The results on disk, in the rows' order."""
    paths = (result_path(out, row.student, row.exercise) for row in rows)
    return [read_result(path.read_bytes()) for path in paths if path.exists()]


def _starts(course: Course, manifest: Manifest, out: Path, seed: int, devices: Mapping[str, str]) -> tuple[Start, ...]:
    """One for each device that something is graded on, one at least."""
    by_device: dict[str, set[str]] = {}
    for one in manifest.works:
        if one.path is not None:
            by_device.setdefault(devices[one.exercise], set()).add(one.exercise)
    folders = (course.folder, manifest.root, out)
    course_folder, root, results = (str(folder.resolve()) for folder in folders)
    return tuple(
        Start(course_folder, root, results, tuple(sorted(exercises)), seed, device)
        for device, exercises in sorted(by_device.items()) or [("cpu", set[str]())]
    )


def _run(course: Course, starts: Sequence[Start], source: str) -> Run:
    """What stands in out/run.json."""
    exercises = tuple(sorted(name for start in starts for name in start.exercises))
    device = ", ".join(start.device for start in starts)
    return Run(
        __version__,
        starts[0].seed,
        starts[0].course,
        starts[0].submissions,
        device,
        exercises,
        source,
        course.id,
        course.own_title,
    )


def _seed(given: int | None, earlier: Run | None) -> int:
    """The run's seed: the earlier run's, the one that was asked for, or a fresh one."""
    if earlier is None:
        return fresh_seed() if given is None else given
    if given not in (None, earlier.seed):
        raise UsageError(
            say("The run to take up has seed {seed}. Leave --seed out, or give --out a new folder.", seed=earlier.seed)
        )
    return earlier.seed


def _scored(
    course: Course,
    manifest: Manifest,
    headers: ResultHeaders,
    starts: Sequence[Start],
    begun: float,
    resumed: bool,
    engine: Callable[[Start, Failed], Engine],
    progress: Progress,
) -> Scored:
    start, confinement = starts[0], ""
    out = Path(start.out)
    tasks = [Task(one.student, one.exercise, one.path) for one in manifest.works if one.path is not None]
    done = _kept(course, headers, start, tasks) if resumed else {}
    kept, faults = len(done), list[Fault]()
    progress(kept, len(tasks))

    def finish(task: Task, one: Done) -> None:
        done[task] = one
        progress(len(done), len(tasks))

    def failed(fault: Fault) -> None:
        faults.append(fault)
        _save(out, lambda: _note(out / "faults.csv", fault))

    for place in starts:
        with engine(place, failed) as running:
            try:
                running.grade([task for task in tasks if task.exercise in place.exercises and task not in done], finish)
            except KeyboardInterrupt:
                raise Interrupted(
                    say(
                        "Stopped; graded and kept: {done} of {total}. To go on: the same command with --resume",
                        done=len(done),
                        total=len(tasks),
                    )
                ) from None
        confinement = running.confinement or confinement
    rows = tuple(_row(course, headers, start, one, done) for one in manifest.works)
    _save(out, lambda: withdraw(out, rows))
    _save(out, lambda: write_whole(out / "scores.csv", to_csv(rows)))
    failures = {(row.student, row.exercise) for row in rows if row.status == "grader_error"}
    retried = {(fault.task.student, fault.task.exercise) for fault in faults} - failures
    return Scored(manifest, rows, time.monotonic() - begun, confinement, len(failures), len(retried), kept)


def _kept(course: Course, headers: ResultHeaders, start: Start, tasks: Sequence[Task]) -> dict[Task, Done]:
    """What an earlier run left that grading again would give again."""
    digest = grader_digest()
    kept = {}
    with closing(Reader()) as reader:
        for task in tasks:
            done = _kept_one(find_exercise(course, task.exercise), headers, start, task, digest, reader)
            if done is not None:
                kept[task] = done
    return kept


def _kept_one(
    exercise: Exercise, headers: ResultHeaders, start: Start, task: Task, digest: str, reader: Reader
) -> Done | None:
    path, root = result_path(Path(start.out), task.student, task.exercise), Path(start.submissions)
    try:
        result = read_result(path.read_bytes())
        submission = read_submission(
            Path(task.path), slug=exercise.slug, parser=reader, seconds=exercise.limits.total_seconds, root=root
        )
    except (OSError, msgspec.DecodeError):
        return None  # not there, or not ours: graded again
    except (SubmissionError, UsageError) as error:
        # Graded again, and told as for the first time, unless it can't be read: then what was graded stands.
        earlier = earlier_result(path, headers.header(exercise, task.path))
        if earlier is None or is_there(root, Path(task.path)):
            return None
        return _standing(earlier, error.message)
    header = headers.header(exercise, task.path, submission.sha256)
    same = result.status != "grader_error" and result.fingerprint == fingerprint(digest, header, submission)
    return summary(result) if same else None


def _standing(earlier: Result, reason: Message) -> Done:
    """An earlier grade of what can't be read today."""
    note = in_every_language(say("graded in an earlier run; now: {reason}", reason=reason))
    return msgspec.structs.replace(summary(earlier), message=note)


def _row(course: Course, headers: ResultHeaders, start: Start, found: Work, done: dict[Task, Done]) -> Row:
    """A submission's line; what could not be graded gets a result on disk too, if its exercise exists."""
    if found.path is not None:
        task = Task(found.student, found.exercise, found.path)
        return Row.of(found.student, found.exercise, found.path, done[task], found.note)
    assert found.problem is not None
    try:
        exercise = find_exercise(course, found.exercise)
    except GradeError:
        return Row.missing(found.student, found.exercise, found.problem)
    out, header = Path(start.out), headers.header(exercise, "")
    path = result_path(out, found.student, found.exercise)
    earlier = None if found.clash else earlier_result(path, header)
    if earlier is not None:
        return Row.of(found.student, found.exercise, earlier.submission, _standing(earlier, found.problem), None)
    # Nothing ran, so it took no time: the same result in every run.
    result = msgspec.structs.replace(ungradable(header, SubmissionError(found.problem)), seconds=0.0)
    _save(out, lambda: write_whole(path, to_json(result)))
    row = Row.of(found.student, found.exercise, "", summary(result), None)
    return msgspec.structs.replace(row, counts=found.absent)


def _note(path: Path, fault: Fault) -> None:
    """Add a fault of the grader's to its table, where the next ones and later runs add theirs."""
    rows = [] if path.exists() else [("student", "exercise", "attempt", "reason")]
    rows.append((fault.task.student, fault.task.exercise, str(fault.attempt), fault.reason))
    with open(path, "ab") as file:
        file.write(to_table(rows))
        file.flush()
        os.fsync(file.fileno())


def _save(out: Path, write: Callable[[], None]) -> None:
    """Write something below `out`. Raises GraderFault if that fails."""
    try:
        write()
    except OSError as error:
        raise unsaved(error.filename or str(out), error.strerror or str(error)) from error
