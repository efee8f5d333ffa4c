"""`grade serve --stdio`: grades what another program sends."""

from __future__ import annotations

from pathlib import Path

from grader.cli.device import device_of_each
from grader.cli.options import device_option, exercises_argument, jobs_option, option, seed_option, verb
from grader.cli.output import complain
from grader.errors import UsageError
from grader.text import say


@verb(
    "serve",
    say(
        "Grades what another program sends: reads a JSON object with a submission from each line of standard input and "
        "answers with one on standard output; docs/judge.md describes both. Exercises that are named are served; all "
        "if none is. Exit status 0 means that every request got a result."
    ),
    "grade serve --stdio < requests.jsonl > answers.jsonl",
    "grade serve --stdio exercise03 exercise12 -j 8 --seed 2026",
)
@exercises_argument
@option("--stdio", is_flag=True, text=say("serve on standard input and output, the only way to serve"))
@jobs_option
@option(
    "--in-order", is_flag=True, text=say("answer in the order of the requests; otherwise each as soon as it is graded")
)
@seed_option
@device_option
@option(
    "--allow-unconfined",
    is_flag=True,
    text=say("grade although this machine can't confine submissions: only for work that you trust"),
)
def command(
    *,
    exercises: tuple[str, ...],
    stdio: bool,
    jobs: int | None,
    in_order: bool,
    seed: int | None,
    device: str,
    allow_unconfined: bool,
    course: Path | None,
) -> int:
    """Serves until standard input ends; returns the exit status."""
    from grader.cli.declared import packages_trouble
    from grader.course.bundle import require_full
    from grader.course.exercises import some_exercises
    from grader.course.find import find_course
    from grader.judge.serve import Settings, serve
    from grader.seed import fresh_seed

    if not stdio:
        raise UsageError(say("Serve how? For example: grade serve --stdio"))
    found = find_course(course)
    require_full(found)
    served = some_exercises(found, exercises)
    complain(packages_trouble(found.packages))
    return serve(
        0,
        1,
        course=found,
        exercises=served,
        settings=Settings(fresh_seed() if seed is None else seed, jobs, in_order, allow_unconfined),
        device=device_of_each(device),
    )
