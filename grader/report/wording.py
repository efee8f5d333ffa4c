"""How a report words a result: verdicts, confinement, what to do next."""

from __future__ import annotations

import os
from pathlib import PurePath

from grader.report.layout import unbroken, visible
from grader.result import CheckResult, Detail, Result, Verdict
from grader.source_line import SourceLine
from grader.text import Message, Text, join, render, say

#: Where a submission runs with nothing left open.
FULL_CONFINEMENT = "landlock+seccomp"

#: A sign for each verdict, for those who do not see its colour.
SIGNS: dict[Verdict, str] = {
    "passed": "✓",
    "failed": "✗",
    "not_implemented": "○",
    "error": "!",
    "limit": "!",
    "skipped": "–",
    "grader_error": "?",
}


def verdict_word(verdict: Verdict) -> Message:
    """The verdict in a word or two, as a column of a table shows it."""
    return {
        "passed": say("passed"),
        "failed": say("failed"),
        "not_implemented": say("not written"),
        "error": say("error"),
        "limit": say("limit"),
        "skipped": say("skipped"),
        "grader_error": say("grader error"),
    }[verdict]


def points(value: float) -> str:
    """2 for 2.0, 2.5 for 2.5."""
    return f"{round(value, 2):g}"


def confinement_note(confinement: str) -> Message | None:
    """What the reader should know of how their code was confined; nothing where it was fully, or did not run."""
    if confinement in ("", FULL_CONFINEMENT):
        return None
    if confinement == "none":
        return say("Your code ran unconfined here: it could read and write whatever you can. `grade doctor` says why.")
    return say("Your code ran only partly confined here ({tier}). `grade doctor` says why.", tier=confinement)


def near(file: str) -> str:
    """The path as it reads from the working folder, where it is below that."""
    try:
        return str(PurePath(file).relative_to(os.getcwd()))
    except (OSError, ValueError):
        return file


def located(message: Text, detail: Detail | None, file: str, *, innermost: bool) -> Message | Text:
    """The message, led by the place in the learner's file that it is about, in the form that editors make links of.

    innermost: of several lines, take the one nearest to where an exception was raised, not the function's own.
    A notebook's cells have no such form.
    """
    if detail is None or not detail.lines or detail.lines[0].cell is not None:
        return message
    line = detail.lines[-1 if innermost else 0].number
    # A syntax error's message says where in words.
    said = say("{file}, line {line}", file=PurePath(file).name, line=line)
    rest = {language: _after(text, render(said, language)) for language, text in message.items()}
    return say("{file}:{line}: {message}", file=unbroken(visible(file)), line=line, message=rest)


def _after(text: str, lead: str) -> str:
    """The text without these words and the colon after them, if it begins with them."""
    return text.removeprefix(lead).lstrip(":： ") if text.startswith(lead) else text


def checks_ran(result: Result) -> bool:
    """False where the whole submission failed first, so that its checks have nothing of their own to say."""
    return result.status == "graded" or any(check.passed or check.message is not None for check in result.checks)


def to_mend(result: Result) -> list[CheckResult]:
    """The checks that need work, those that can be explained before the hidden ones, else in their order."""
    if not checks_ran(result):
        return []
    wrong = [check for check in result.checks if check.verdict not in ("passed", "skipped")]
    return sorted(wrong, key=lambda check: check.hidden)


def course_line(title: Text | None) -> Message | None:
    """Names the course that a result is of; nothing for the one that comes with the grader."""
    return None if title is None else say("Course: {course}", course=title)


def in_one_line(result: Result) -> Message:
    """The result as `-q` prints it: the score, what to mend first, and the course if it is not the built-in one."""
    course = course_line(result.course_title)
    return _in_one_line(result) if course is None else join([_in_one_line(result), course], "  ")


def _in_one_line(result: Result) -> Message:
    if result.status == "grader_error":
        return say("{exercise}: not graded, by a fault of the grader.", exercise=result.exercise)
    score = say(
        "{exercise}: {score} of {most}",
        exercise=result.exercise,
        score=points(result.score),
        most=points(result.max_score),
    )
    if result.message is not None and not checks_ran(result):
        return say("{score}. {reason}", score=score, reason=result.message)
    if not (wrong := to_mend(result)):
        return say("{score}. Every check passes.", score=score)
    first = wrong[0]
    if first.mistake_text is not None:
        return say(
            "{score}. To mend first: {title}: {reason}", score=score, title=first.title, reason=first.mistake_text
        )
    return say(
        "{score}. To mend first: {title} ({verdict})",
        score=score,
        title=first.title,
        verdict=verdict_word(first.verdict),
    )


def next_steps(result: Result, *, command: str, following: str | None) -> list[Message]:
    """What the reader does now. command: what they typed; following: the exercise that comes after this one."""
    if result.status == "grader_error":
        return [say("This is a fault of the grader, not of your work."), say("To look for its cause: grade doctor")]
    if result.passed:
        return [say("Next: grade {exercise}", exercise=following)] if following else []
    if not result.submission_sha256:
        return []  # nothing was read that could be judged; the message says why, and what to do
    return [_mend(result, command), say("For a hint: grade hint {exercise}", exercise=result.exercise)]


def _mend(result: Result, command: str) -> Message:
    file = visible(PurePath(result.submission).name)
    wrong = to_mend(result)
    line = _last_line(result, wrong)
    if line is not None and wrong and wrong[0].verdict == "failed":
        return _function_at(line, file, command)
    if line is not None and line.cell is not None:
        return say(
            "Next: open {file}, code cell {cell}, line {number}, then: {command}",
            file=file,
            cell=visible(line.cell),
            number=line.number,
            command=command,
        )
    if line is not None:
        return say(
            "Next: open {file} at line {number}, then: {command}", file=file, number=line.number, command=command
        )
    if wrong and wrong[0].function and wrong[0].verdict == "not_implemented":
        return say("Next: write {name} in {file}, then: {command}", name=wrong[0].function, file=file, command=command)
    if wrong and wrong[0].function:
        return say("Next: mend {name} in {file}, then: {command}", name=wrong[0].function, file=file, command=command)
    return say("Next: mend {file}, then: {command}", file=file, command=command)


def _function_at(line: SourceLine, file: str, command: str) -> Message:
    if line.cell is not None:
        return say(
            "Next: mend {name} in {file}, code cell {cell}, line {number}, then: {command}",
            name=line.function,
            file=file,
            cell=visible(line.cell),
            number=line.number,
            command=command,
        )
    return say(
        "Next: mend {name} in {file}, line {number}, then: {command}",
        name=line.function,
        file=file,
        number=line.number,
        command=command,
    )


def _last_line(result: Result, wrong: list[CheckResult]) -> SourceLine | None:
    """The learner's line nearest to where the first trouble was raised; of a wrong value, its function's first."""
    details = [result.detail, *(check.detail for check in wrong[:1])]
    lines = [line for detail in details if detail is not None for line in detail.lines]
    not_written = wrong and wrong[0].verdict == "not_implemented"
    if not lines or not_written:
        return None
    return lines[0] if wrong and wrong[0].verdict == "failed" else lines[-1]
