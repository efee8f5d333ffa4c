"""Makes a sealed bundle: a course folder without solutions, with what grading asks of them recorded for some seeds."""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout, suppress
from pathlib import Path

import msgspec

from grader.checks.outcomes import record_bytes
from grader.course.bundle import FILE, RECORDS, Bundle, LeftOut, Sealed, digest_of, read_bundle, require_full, versions
from grader.course.checklist import read_checks
from grader.course.exercises import exercises_files
from grader.course.model import CheckInfo, Course, Exercise
from grader.course.read import read_course
from grader.course.regular import below
from grader.errors import UsageError, reason_of
from grader.grading.grader import Grader
from grader.sealing.answers import answers_of
from grader.sealing.recorder import Recorder, unrecordable
from grader.sealing.staging import reduce_checks, remove_solutions, stage
from grader.text import say

#: Seeds are short enough to type.
_SEEDS_BELOW = 1_000_000


class Made(msgspec.Struct, frozen=True):
    """What was written. sealed: by exercise. not_sealed: exercises of which no check can be run without the reference;
    they are not in the bundle. size: of all files, in bytes."""

    seeds: tuple[int, ...]
    sealed: dict[str, Sealed]
    not_sealed: tuple[str, ...]
    files: int
    size: int


def generate_bundle(
    course: Course,
    exercises: Sequence[Exercise],
    folder: Path,
    *,
    seeds: int,
    hidden: bool = False,
    seed: int | None = None,
    recorded: Callable[[int, int], None] = lambda done, total: None,
) -> Made:
    """Write the exercises as a bundle into `folder`, which is new, empty, or an unedited bundle.

    seeds: how many are recorded. hidden: whether hidden checks are in it. seed: the same one chooses the same seeds.
    recorded: called with how many records are made, one for each exercise and seed, and how many there are to make.
    Raises UsageError and CourseError; then nothing was written.
    """
    require_full(course)
    old = _old_files(folder)
    chosen = tuple(sorted(random.Random(seed).sample(range(1, _SEEDS_BELOW), seeds)))
    with tempfile.TemporaryDirectory(prefix="grade-bundle-") as temporary:
        staged = Path(temporary) / "course"
        stage(course, exercises, staged)
        sealed = {}
        for number, exercise in enumerate(exercises):

            def told(done: int, before: int = number * seeds) -> None:
                recorded(before + done, len(exercises) * seeds)

            told(0)
            with redirect_stdout(sys.stderr):  # what the reference and the mistakes print
                found = _seal(staged, exercise, [other.id for other in exercises], chosen, hidden, told)
            if found:
                sealed[exercise.id] = found
            else:
                shutil.rmtree(staged / "solutions" / exercise.id)
        told(seeds)
        if not sealed:
            raise UsageError(say("No check of these exercises can be run without the reference; nothing was written."))
        files = _finish(staged, chosen, sealed)
        _replace(staged, folder, files, old)
        size = sum((folder / name).stat().st_size for name in files)
    left = tuple(exercise.id for exercise in exercises if exercise.id not in sealed)
    return Made(chosen, sealed, left, len(files), size)


def _seal(
    staged: Path,
    exercise: Exercise,
    others: Sequence[str],
    seeds: tuple[int, ...],
    hidden: bool,
    told: Callable[[int], None],
) -> Sealed | None:
    """Make a staged exercise one of a bundle; what it lacks, or None where nothing is left of it. told: of how many
    seeds are recorded."""
    every = read_checks(exercise)
    wanted = [check for check in every if hidden or not check.hidden]
    if wanted:
        reduce_checks(_staged(staged, exercise)[1], wanted, others)
        unfit = unrecordable(_staged(staged, exercise)[1], seeds)
        wanted = [check for check in wanted if check.id not in unfit]
    if not wanted:
        return None
    reduce_checks(_staged(staged, exercise)[1], wanted, others)
    course, own = _staged(staged, exercise)
    _record(course, own, seeds, told)
    remove_solutions(own)
    return _lacking([check for check in every if check not in wanted])


def _lacking(checks: Sequence[CheckInfo]) -> Sealed:
    visible = tuple(LeftOut(check.title, check.points) for check in checks if not check.hidden)
    return Sealed(visible, sum(check.points for check in checks if check.hidden))


def _staged(folder: Path, exercise: Exercise) -> tuple[Course, Exercise]:
    """The staged course as it is now, and the exercise in it."""
    course = read_course(folder)
    for broken, error in course.broken:
        if broken.name == exercise.id:
            raise error
    return course, next(other for other in course.exercises if other.id == exercise.id)


def _record(course: Course, exercise: Exercise, seeds: Sequence[int], told: Callable[[int], None]) -> None:
    records, made = exercise.folder / RECORDS, dict[int, bytes]()
    with (
        tempfile.TemporaryDirectory(prefix="grade-answers-") as temporary,
        Grader(course, [exercise], seed=seeds[0], remember=True) as grader,
    ):
        answers = []
        for number, source in enumerate(answers_of(exercise)):
            answers.append(Path(temporary, str(number), f"{exercise.slug}.py"))
            answers[-1].parent.mkdir()
            answers[-1].write_text(source, "utf-8")
        recorder = Recorder(grader, exercise)
        for seed in seeds:
            made[seed] = record_bytes(recorder.record(seed, answers))
            told(len(made))
    records.mkdir()
    for seed, content in made.items():
        (records / f"{seed}.bin").write_bytes(content)


def _finish(staged: Path, seeds: tuple[int, ...], sealed: dict[str, Sealed]) -> tuple[str, ...]:
    """Write what learners get, and bundle.json; the names of all files."""
    for name, text in exercises_files(read_course(staged)).items():
        path = staged / "exercises" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    names = sorted(path.relative_to(staged).as_posix() for path in staged.rglob("*") if path.is_file())
    digests = {name: digest_of((staged / name).read_bytes()) for name in names}
    grader, torch = versions()
    bundle = Bundle(grader=grader, torch=torch, seeds=seeds, exercises=sealed, files=digests)
    (staged / FILE).write_bytes(msgspec.json.format(msgspec.json.encode(bundle), indent=1) + b"\n")
    return (*names, FILE)


def _old_files(folder: Path) -> tuple[str, ...]:
    """The files of the bundle that is there. Raises UsageError where anything else is, or it was edited."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return ()
    if not (folder / FILE).is_file():
        problem = say(
            "{folder} is there, and is no bundle. Choose another folder, or an empty one.", folder=str(folder)
        )
        raise UsageError(problem)
    files = read_bundle(folder).files
    for name, digest in files.items():
        path = below(folder, name)
        if path is None or (os.path.lexists(path) and (not path.is_file() or digest_of(path.read_bytes()) != digest)):
            problem = say(
                "{file} in {folder} was edited. Nothing was written. Choose another folder, or move that file away.",
                file=name,
                folder=str(folder),
            )
            raise UsageError(problem)
    return (*files, FILE)


def _replace(staged: Path, folder: Path, files: Sequence[str], old: Sequence[str]) -> None:
    """Copy the files, bundle.json last, and then remove those of the old bundle that are none of them."""
    try:
        for name in files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(staged / name, folder / name)
        for name in {*old} - {*files}:
            (folder / name).unlink(missing_ok=True)
            for parent in Path(name).parents[:-1]:
                with suppress(OSError):  # something else is in it
                    (folder / parent).rmdir()
    except OSError as error:
        reason = reason_of(error)
        problem = say("{folder} can't be made: {reason}. Choose another folder.", folder=str(folder), reason=reason)
        raise UsageError(problem) from None
