"""`grade generate`: assignments for a class, in the form that it works with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli.options import exercises_argument, option, seed_option_saying, verb, whole_number
from grader.cli.output import complain, tell, tell_written
from grader.cli.progress import progress_bar
from grader.cli.spoken import language_of
from grader.errors import UsageError
from grader.text import Message, join, listed, say

if TYPE_CHECKING:
    from grader.course.model import Course, Exercise


@verb(
    "generate",
    say(
        "Writes exercises, all of them if none is named, into DIR in one language: Python files, notebooks, a "
        "course folder in which nbgrader's commands run, or practice sheets, each with a bug to find; or, in all "
        "languages, pages to publish, or a bundle, which grades without the solutions. Run again, it brings DIR up to "
        "date and never overwrites what you edited."
    ),
    "grade generate --out handout --as ipynb",
    "grade generate exercise03 --out course --as nbgrader",
    "grade generate exercise03 --out practice --as practice --students roster.csv --seed 1",
    "grade generate --out public --as site",
    "grade generate exercise03 --out bundle --as bundle --seeds 10",
)
@exercises_argument
@option("--out", metavar="DIR", text=say("the folder to write into"))
@option(
    "--as", "form", metavar="py|ipynb|nbgrader|practice|site|bundle", default="py", text=say("the form; py if left out")
)
@option("--students", metavar="ROSTER|N", text=say("for practice: a roster, or how many students"))
@seed_option_saying(say("for practice: the same seed writes the same sheets; for bundle: it records the same seeds"))
@option(
    "--seeds",
    metavar="N",
    callback=whole_number(1, 1000, say("--seeds takes a number of seeds, from 1 to 1000, not {value}.", value="")),
    text=say("for bundle: on how many seeds it can grade; 10 if left out"),
)
@option("--hidden", is_flag=True, text=say("for bundle: put the hidden checks in, for learners to read"))
def command(
    *,
    exercises: tuple[str, ...],
    out: str | None,
    form: str,
    students: str | None,
    seed: int | None,
    seeds: int | None,
    hidden: bool,
    course: Path | None,
) -> int:
    """Writes, and says what was written."""
    from grader.assignments.generate import check_form, generate
    from grader.course.bundle import require_full
    from grader.course.exercises import raise_broken, some_exercises
    from grader.course.find import find_course

    if out is None:
        raise UsageError(say("Which folder? For example: --out handout"))
    check_form(form)
    _check_options(form, students, seed, bundled=seeds is not None or hidden)
    found = find_course(course)
    require_full(found)
    chosen = some_exercises(found, exercises)
    folder = Path(out)
    if form == "practice":
        _practice(found, tuple(chosen.values()), folder, students, seed)
        if not exercises:
            raise_broken(found)
        return 0
    if form == "bundle":
        _bundle(found, tuple(chosen.values()), folder, seeds or 10, hidden, seed)
        if not exercises:
            raise_broken(found)
        return 0
    if form == "site":
        from grader.site.generate import generate_site

        made = generate_site(found, tuple(chosen.values()), folder)
    else:
        made = generate(found, tuple(chosen.values()), folder, form, language_of())
    tell_written(out, made.written, made.kept)
    for notebook, cells in made.kept_cells.items():
        tell(say("{file}: cells kept as you changed them: {cells}", file=notebook, cells=listed(cells)))
    problems = [] if made.older is None else [made.older]
    if form == "nbgrader":
        problems += _problem_of_gradebook(folder)
    if problems:
        raise UsageError(join(problems, "\n"))
    if not exercises:  # the others have been written
        raise_broken(found)
    return 0


def _check_options(form: str, students: str | None, seed: int | None, *, bundled: bool) -> None:
    """Raises UsageError where an option is not one of this form. bundled: whether one of a bundle's is given."""
    if form != "practice" and students is not None:
        raise UsageError(say("--students is for --as practice."))
    if form not in ("practice", "bundle") and seed is not None:
        raise UsageError(say("--seed is for --as practice and --as bundle."))
    if form != "bundle" and bundled:
        raise UsageError(say("--seeds and --hidden are for --as bundle."))


def _bundle(
    course: Course, exercises: tuple[Exercise, ...], folder: Path, seeds: int, hidden: bool, seed: int | None
) -> None:
    from grader.sealing.generate import generate_bundle

    with progress_bar(say("Recording"), language_of()) as recorded:
        made = generate_bundle(course, exercises, folder, seeds=seeds, hidden=hidden, seed=seed, recorded=recorded)
    for name, sealed in made.sealed.items():
        for check in sealed.left_out:
            tell(say("{exercise}, graded at school only: {title}", exercise=name, title=check.title))
    if made.not_sealed:
        tell(say("Graded at school only, as a whole: {exercises}", exercises=listed(made.not_sealed)))
    size = f"{made.size / 2**20:.1f}"
    tell(say("{folder}: {count} files, {size} MiB", folder=str(folder), count=made.files, size=size))


def _practice(
    course: Course, exercises: tuple[Exercise, ...], folder: Path, students: str | None, seed: int | None
) -> None:
    from grader.practice.classroom import KEY, SHEETS, generate_practice, students_of

    if students is None:
        raise UsageError(say("For which students? For example: --students roster.csv, or --students 20"))
    if seed is None:
        raise UsageError(say("Which seed? The same one writes the same sheets again. For example: --seed 1"))
    ids, problems = students_of(students)
    for problem in problems:
        complain(problem)
    made = generate_practice(course, exercises, folder, ids, language=language_of(), seed=seed)
    tell_written(str(folder), made.written, made.kept)
    tell(say("For the students: {folder}", folder=str(folder / SHEETS)))
    tell(say("For you alone, what is wrong in each: {file}", file=str(folder / KEY)))


def _problem_of_gradebook(folder: Path) -> list[Message]:
    """What is wrong with the folder's gradebook: an older nbgrader's, say, or none."""
    file = folder / "gradebook.db"
    if not file.exists():
        return []
    from grader.nbgrader.address import read_address
    from grader.nbgrader.database import check_database

    try:
        check_database(read_address(str(file), str(folder)))
    except UsageError as error:
        return [error.message]
    return []
