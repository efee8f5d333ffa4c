"""`grade score SUBMISSIONS --out DIR`: a class."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.completion import file_names
from grader.cli.device import device_of_each
from grader.cli.gradebook import gradebook_option, nbgrader_dir_option, open_gradebook, write_gradebook
from grader.cli.options import device_option, jobs_option, json_option, option, seed_option, verb
from grader.cli.output import check_target, complain, tell, write_to
from grader.cli.progress import progress_bar
from grader.cli.spoken import language_of
from grader.errors import GraderFault, UsageError
from grader.intake.names import clipped
from grader.report.formats import FORMATS
from grader.report.wording import course_line
from grader.text import Message, listed, say

if TYPE_CHECKING:
    from grader.course.model import Course, Exercise
    from grader.scorers.engine import MakeEngine
    from grader.scoring.score import Scored


@verb(
    "score",
    say(
        "Grades a class: SUBMISSIONS/<student>/<exercise>/<file> or SUBMISSIONS/<student>/<file>, clones of "
        "repositories called <exercise>-<student>, or the zip (packed or unpacked) in which Moodle, Canvas or "
        "Gradescope export submissions. DIR gets scores.csv and results/<student>/<exercise>.json; exit "
        "status 0 means that every submission got a result, whatever the grades."
    ),
    "grade score submitted --out scored",
    "grade score submitted --out scored -j 8 --seed 2026",
    "grade score export.zip --out scored --exercise 3 --roster class.csv",
    "grade score --selftest",
)
@click.argument("submissions", metavar="SUBMISSIONS", type=Path, required=False, shell_complete=file_names)
@option("--out", metavar="DIR", type=Path, text=say("a new folder for the results"))
@option("--exercise", metavar="EXERCISE", text=say("the exercise that all files are for; otherwise their names tell"))
@option(
    "--roster",
    metavar="FILE.csv",
    type=Path,
    text=say("the class as a table: whose ids to use, and who should have handed in"),
)
@option(
    "--deadlines",
    metavar="FILE.toml",
    type=Path,
    text=say("deadlines, extensions and what late work loses; otherwise deadlines.toml beside course.toml"),
)
@option(
    "--earlier",
    metavar="DIR",
    type=Path,
    multiple=True,
    text=say("the results of an earlier run, whose attempts count, too; may be given again, the oldest first"),
)
@jobs_option
@option("--junit", "junit_to", metavar="FILE", text=say("write all results as JUnit XML to FILE"))
@option(
    "--format",
    "formats",
    metavar="NAME",
    multiple=True,
    text=say(
        "write the results for another program, too, below DIR/formats; may be given again. NAME is one of {names}",
        names=listed(FORMATS),
    ),
)
@seed_option
@option("--per-student", is_flag=True, text=say("draw each student's inputs from a seed of their own"))
@option("--resume", is_flag=True, text=say("continue an earlier run in DIR: what has not changed is not graded again"))
@device_option
@option(
    "--engine",
    metavar="local|ray",
    default="local",
    text=say("grade on this machine, or on every machine of a Ray cluster"),
)
@option(
    "--address", metavar="ADDRESS", text=say("where the Ray cluster is; otherwise RAY_ADDRESS, else one is started")
)
@option(
    "--allow-unconfined",
    is_flag=True,
    text=say("grade although this machine can't confine submissions: only for work that you trust"),
)
@option("--selftest", is_flag=True, text=say("grade nobody: attack the grader on this machine, and show what held"))
@json_option
@gradebook_option
@nbgrader_dir_option
def command(
    *,
    submissions: Path | None,
    out: Path | None,
    exercise: str | None,
    roster: Path | None,
    deadlines: Path | None,
    earlier: tuple[Path, ...],
    jobs: int | None,
    junit_to: str | None,
    formats: tuple[str, ...],
    seed: int | None,
    per_student: bool,
    resume: bool,
    device: str,
    engine: str,
    address: str | None,
    allow_unconfined: bool,
    selftest: bool,
    json_to: str | None,
    gradebook: str | None,
    nbgrader_dir: str | None,
    course: Path | None,
) -> int:
    """Grades all, shows progress, returns the exit status."""
    from grader.cli.declared import packages_trouble
    from grader.course.bundle import require_full
    from grader.course.find import find_course
    from grader.scorers.engine import ScoreSettings
    from grader.scoring.score import read_results, score
    from grader.scoring.write_formats import FOLDER, check_formats, unknown_to_moodle, write_formats

    check_formats(formats)
    check_target("--junit", junit_to)
    check_target("--json", json_to)
    language = language_of()
    if selftest:
        if submissions is not None or out is not None:
            raise UsageError(
                say("--selftest grades nobody; leave out {path}.", path=str(submissions or f"--out {out}"))
            )
        from grader.cli.selftest import run_selftest

        return run_selftest(jobs=jobs, allow_unconfined=allow_unconfined, json_to=json_to, language=language)
    if json_to is not None:
        raise UsageError(say("--json goes with --selftest; for a class's results there is --format json."))
    if submissions is None or out is None:
        ctx = click.get_current_context()
        raise click.MissingParameter(
            ctx=ctx,
            param=next(
                param
                for param in ctx.command.params
                if param.name in ("submissions", "out") and ctx.params[param.name] is None
            ),
        )
    book = open_gradebook(gradebook, nbgrader_dir)
    found = find_course(course)
    require_full(found)
    complain(packages_trouble(found.packages))
    with progress_bar(say("Grading"), language) as progress:
        scored = score(
            submissions,
            out,
            course=found,
            exercise=exercise,
            roster=roster,
            deadlines=deadlines,
            earlier=earlier,
            seed=seed,
            per_student=per_student,
            device=_place(device, engine),
            resume=resume,
            progress=progress,
            engine=_engine(engine, address),
            settings=ScoreSettings(jobs, allow_unconfined, address),
        )
    tell(*scored.manifest.remarks)
    if junit_to is not None:
        from grader.report.junit import to_junit

        write_to("--junit", junit_to, to_junit(read_results(out, scored.rows), language))
    written = write_formats(
        out, scored.rows, scored.manifest, formats=formats, language=language, submissions=str(submissions)
    )
    tell(*_summary(scored, out, found))
    if written:
        tell(say("For other programs: {path}", path=str(out / FOLDER)))
    if "moodle" in formats and (unknown := unknown_to_moodle(scored.manifest)):
        tell(_unknown(unknown, len({row.student for row in scored.rows})))
    whole = book is None or write_gradebook(out, book, course=found)
    if not whole or scored.faults:
        return GraderFault.exit_status
    for trouble in _undecided(scored):
        complain(trouble)
    return UsageError.exit_status if scored.undecided else 0


def _summary(scored: Scored, out: Path, course: Course) -> Iterator[Message]:
    if scored.kept:
        yield say("Kept from the earlier run: {count}", count=scored.kept)
    if scored.retried:
        yield say(
            "The grader failed on some submissions and graded them at another try: {count}; see {path}",
            count=scored.retried,
            path=str(out / "faults.csv"),
        )
    if named := course_line(course.own_title):
        yield named
    # A row without a file counts only if somebody on the list handed in nothing.
    handed_in = [row for row in scored.rows if row.submission or not row.counts]
    graded = sum(row.status == "graded" for row in handed_in)
    yield say(
        "Submissions: {total}; graded: {graded}; with an error or a limit: {rest}. {seconds} s",
        total=len(handed_in),
        graded=graded,
        rest=len(handed_in) - graded,
        seconds=f"{scored.seconds:.1f}",
    )
    if missing := len(scored.rows) - len(handed_in):
        yield say("Nothing was handed in: {count}; they are in scores.csv, too", count=missing)
    if scored.equal:
        yield say("Equal to another submission of the same exercise, and not graded again: {count}", count=scored.equal)
    yield from _late(scored)
    if uncounted := [row for row in scored.rows if not row.counts]:
        names = dict.fromkeys(clipped(f"{row.student}/{row.exercise}") for row in uncounted)
        yield say(
            "Nothing could be graded of {count} of {total}, and no platform's table has a number for them: {names}. "
            "The notes in scores.csv say why.",
            count=len(uncounted),
            total=len(scored.rows),
            names=_first(list(names), 10),
        )
    yield say("Scores: {path}", path=str(out / "scores.csv"))


def _late(scored: Scored) -> Iterator[Message]:
    timed = [row.timing for row in scored.rows if row.timing.due]
    if timed:
        yield say(
            "With a deadline: {count}; late: {late}; with a penalty: {less}; time not known: {unknown}",
            count=len(timed),
            late=sum(timing.late is True for timing in timed),
            less=sum(timing.penalty > 0 for timing in timed),
            unknown=sum(not timing.handed_in for timing in timed),
        )


def _undecided(scored: Scored) -> Iterator[Message]:
    """What to say of work whose penalty could not be told: all is written, and nothing was taken."""
    for student, exercise, reason in scored.undecided[:10]:
        yield say("{name}: {reason}", name=clipped(f"{student}/{exercise}"), reason=reason)
    if len(scored.undecided) > 10:
        yield say("More that are not shown: {count}", count=len(scored.undecided) - 10)


def _unknown(students: Sequence[str], total: int) -> Message:
    return say(
        "{count} of {total} students have no Moodle number: {students}. Moodle's worksheet leaves them out; "
        "its gradebook finds them by email or ID number.",
        count=len(students),
        total=total,
        students=_first(students, 5),
    )


def _first(names: Sequence[str], most: int) -> Message:
    """So many names as a line has room for; scores.csv has them all."""
    return listed([*names[:most], "..."] if len(names) > most else names)


def _place(device: str, engine: str) -> Callable[[Exercise], str]:
    """Where each exercise is graded. Raises UsageError where this machine has no such device."""
    if engine == "ray":  # its machines have what this one may lack; what they all have is a CPU
        return lambda exercise: "cpu" if device == "auto" else device
    return device_of_each(device)


def _engine(name: str, address: str | None) -> MakeEngine:
    """What --engine names. Raises UsageError."""
    if name == "ray":
        from grader.scorers.cluster import Cluster

        return Cluster
    if name != "local":
        raise UsageError(say("--engine is local or ray, not {name}.", name=name))
    if address is not None:
        raise UsageError(say("--address is the Ray cluster's: it goes with --engine ray."))
    from grader.scorers.crew import Crew

    return lambda course, start, settings, failed: Crew(start, settings, failed)
