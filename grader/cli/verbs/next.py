"""`grade next`: what to do now, and why."""

from __future__ import annotations

import time
from pathlib import Path

from grader.cli.closing import what_next
from grader.cli.options import verb
from grader.cli.output import complain, paragraph, tell
from grader.cli.practice_due import due_lines
from grader.cli.spoken import language_of
from grader.course.find import find_course, find_file, no_exercises
from grader.course.learner import learner_folder
from grader.course.model import Course, Exercise
from grader.errors import UsageError
from grader.learner.progress import Step, next_step
from grader.learner.record import Record, load
from grader.report.wording import near, points
from grader.text import Message, listed, say


@verb(
    "next",
    say(
        "Shows what to do now: the first exercise that is not complete and builds on none that is not. It says "
        "why, and which files to open."
    ),
    "grade next",
)
def command(*, course: Path | None) -> int:
    """Prints the step."""
    found = find_course(course)
    if not found.exercises:
        raise UsageError(no_exercises(found))
    folder = learner_folder(Path.cwd())
    record = load(folder) if folder else None
    tell(*next_lines(found, record, language=language_of()))
    tell(*due_lines(found, folder, language_of()))
    complain(record.trouble if record else None)
    return 0


def next_lines(course: Course, record: Record | None, *, language: str) -> list[str]:
    """The step, line by line. record: None where nothing is remembered."""
    step = next_step(course, record or Record(Path()))
    if step is None and record is not None:
        messages = [what_next(course, record), _summary(course, record), say("All of it on one page: grade report")]
        return [line for message in messages for line in paragraph(message, language)]
    assert step is not None, "nothing is complete where nothing is remembered"
    title = say("{exercise}: {title}", exercise=step.exercise.id, title=step.exercise.title)
    messages = [title, *_reasons(step, record), *_files(course, step.exercise, language, record)]
    return [line for message in messages for line in paragraph(message, language)]


def _summary(course: Course, record: Record) -> Message:
    """What it took to complete the course."""
    entries = [record.of(exercise.id) for exercise in course.exercises if record.complete(exercise.id)]
    days = sorted(time.strftime("%Y-%m-%d", time.localtime(entry.passed_at or 0)) for entry in entries)
    return say(
        "Exercises: {count}, attempts: {attempts}, hints: {hints}, first complete on {first}, last on {last}.",
        count=len(entries),
        attempts=sum(entry.passed_after for entry in entries),
        hints=sum(len(entry.hints) for entry in entries),
        first=days[0],
        last=days[-1],
    )


def _reasons(step: Step, record: Record | None) -> list[Message]:
    exercise = step.exercise
    names = listed(other.id for other in step.after)
    if record is None:
        reason = say("It is the first of the course. Nothing is remembered outside of a folder made by grade init.")
    elif step.after:
        reason = say("It is the first that is not complete, and what it builds on is: {names}.", names=names)
    else:
        reason = say("It is the first that is not complete, and it builds on no other.")
    reasons = [reason]
    if record and (entry := record.of(exercise.id)).attempts:
        begun = say(
            "Begun: best score {score} of {most}, attempts: {attempts}, hints: {hints} of {all}.",
            score=points(entry.best),
            most=points(entry.max_score),
            attempts=entry.attempts,
            hints=len(entry.hints),
            all=len(exercise.hints),
        )
        reasons.append(begun)
    for waiting, unmet in step.waiting:
        names = listed(other.id for other in unmet)
        reasons.append(say("{exercise} comes later: it builds on {names}.", exercise=waiting.id, names=names))
    return reasons


def _files(course: Course, exercise: Exercise, language: str, record: Record | None) -> list[Message]:
    own = record.folder if record else Path.cwd()
    try:
        file = find_file(course, exercise, None)
    except UsageError:
        file = None
    # The course's own copy is not for writing in, unless this is the clone that it belongs to.
    if file is None or not file.is_relative_to(own):
        return [
            say("Its file is missing. To have it again: grade reset {exercise}", exercise=exercise.id)
            if record
            else say("For a folder to work in: grade init my-exercises")
        ]
    names = (f"README.{language}.md", "README.md")
    readme = next((path for name in names if (path := file.parent / name).is_file()), None)
    return [
        *([say("Read: {file}", file=near(str(readme)))] if readme else []),
        say("Write: {file}", file=near(str(file))),
        say("Then: grade {exercise}", exercise=exercise.id),
    ]
