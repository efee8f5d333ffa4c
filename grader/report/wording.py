"""How a report words a result: verdicts, confinement, what to do next."""

from __future__ import annotations

import os
import re
from pathlib import PurePath
from typing import Any

from grader.report.layout import unbroken, visible
from grader.result import CheckResult, Detail, PartScore, Result, Verdict
from grader.source_line import SourceLine
from grader.text import Message, Text, join, listed, render, say

#: Where a submission runs with nothing left open.
_FULL_CONFINEMENT = "landlock+seccomp"

#: What `join` makes of several sentences, a line each.
_LINES = re.compile(r"\{m0\}(?:\n\{m\d+\})+")

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


#: A verdict in a word or two, as a column of a table shows it.
VERDICT_WORDS: dict[Verdict, Message] = {
    "passed": say("passed"),
    "failed": say("failed"),
    "not_implemented": say("not written"),
    "error": say("error"),
    "limit": say("limit"),
    "skipped": say("skipped"),
    "grader_error": say("grader error"),
}


def points(value: float) -> str:
    """2 for 2.0, 2.5 for 2.5."""
    return f"{round(value, 2):g}"


def out_of(earned: float, most: float) -> str:
    """Points and how many there are to get."""
    return f"{points(earned)} / {points(most)}"


def near(file: str) -> str:
    """The path as it reads from the working folder, where it is below that."""
    try:
        return str(PurePath(file).relative_to(os.getcwd()))
    except (OSError, ValueError):
        return file


def located(message: Message | Text, detail: Detail | None, file: str, *, innermost: bool) -> Message | Text:
    """The message, led by the place in the learner's file that it is about, in the form that editors make links of.

    innermost: as in `line_number`. A sentence of our own, a `Message`, is about no place.
    """
    line = line_number(detail, innermost=innermost)
    if line is None or isinstance(message, Message):
        return message
    # A syntax error's message says where in words.
    lead = say("{file}, line {line}", file=PurePath(file).name, line=line)
    leads = {language: render(lead, language) for language in message}
    rest = {
        language: text.removeprefix(leads[language]).lstrip(":： ") if text.startswith(leads[language]) else text
        for language, text in message.items()
    }
    return say("{file}:{line}: {message}", file=unbroken(visible(file)), line=line, message=rest)


def line_number(detail: Detail | None, *, innermost: bool) -> int | None:
    """Where an editor would go; None for a notebook, whose cells have no such place.

    innermost: of several lines, the one nearest to where an exception was raised, not the function's own.
    """
    if detail is None or not detail.lines or detail.lines[0].cell is not None:
        return None
    return detail.lines[-1 if innermost else 0].number


def place_of(line: SourceLine) -> Message | str:
    """Its number; in a notebook with its cell."""
    if line.cell is None:
        return str(line.number)
    return say("cell {cell}, line {number}", cell=visible(line.cell), number=line.number)


def code_of(detail: Detail, submission: str) -> list[str | Message]:
    """The lines of the code to run, for a file of this name: it imports from that, and in a notebook from nothing."""
    lines = visible(detail.code).split("\n") if detail.code else []
    shown: list[str | Message] = [*_importing_from(submission, lines)]
    if shown and detail.prints:
        shown[-1] = say("{code}  # should be {value}", code=shown[-1], value=visible(detail.prints))
    return shown


def _importing_from(submission: str, lines: list[str]) -> list[str]:
    file = PurePath(submission)
    if file.suffix != ".ipynb" and not file.stem.isidentifier():
        return lines
    own = [] if file.suffix == ".ipynb" else [file.stem]
    found = []
    for line in lines:
        _, is_import, names = line.partition(" import ")
        if not line.startswith("from ") or not is_import:
            found.append(line)
        elif own:
            found.append(f"from {own[0]} import {names}")
    return found


def by_part(result: Result) -> list[tuple[PartScore | None, list[CheckResult]]]:
    """The checks of each part, in its order; all of them, of no part, where the exercise has none."""
    if not result.parts:
        return [(None, [*result.checks])]
    return [(part, [check for check in result.checks if check.part == part.id]) for part in result.parts]


def part_line(part: PartScore) -> Message:
    """A part's title, with the name that `--part` takes."""
    return say("{title} (--part {part})", title=part.title, part=part.id)


def titled(check: CheckResult) -> Message | Text:
    """The check's title, with a word if it is hidden."""
    return say("{title} (hidden)", title=check.title) if check.hidden else check.title


def reason_of(check: CheckResult) -> Message | Text | None:
    """Why a check did not pass, in words; of a hidden one, why there is nothing to say."""
    return say("This check is hidden: it shows neither inputs nor values.") if check.hidden else check.message


def mistakes_in(check: CheckResult) -> list[Message]:
    """The mistakes that were recognised, a sentence each."""
    first, *further = check.mistake_texts or (None,)
    if first is None:
        return []
    also = [say("And this one: {text}", text=text) for text in further if text is not None]
    return [say("Probably this mistake: {text}", text=first), *also]


def whole(result: Result) -> list[Text]:
    """Why the submission as a whole was not graded, or not as it is: one sentence, or those that were joined line by
    line, such as one for each missing function."""
    if result.message is None:
        return []
    lines = {language: text.split("\n") for language, text in result.message.items()}
    # What an exception says may have several lines, and is one sentence.
    joined = result.message_data is not None and _LINES.fullmatch(result.message_data.template)
    counts = {len(own) for own in lines.values()}
    if not joined or len(counts) != 1:
        return [result.message]
    return [{language: own[number] for language, own in lines.items()} for number in range(counts.pop())]


def reasons(check: CheckResult) -> list[Message | Text]:
    """All there is to say of a check in words."""
    return [text for text in (reason_of(check), *mistakes_in(check)) if text is not None]


def score_line(result: Result) -> Message:
    """The score in a sentence."""
    if result.part:
        fields = {"part": result.part, "score": points(result.score), "most": points(result.max_score)}
        return say("Score of the part {part}: {score} of {most}", **fields)
    return say("Score: {score} of {most}", score=points(result.score), most=points(result.max_score))


def notes_of(result: Result) -> list[Message]:
    """Remarks on the submission; and on how it was confined, unless that was fully, or it did not run."""
    notes: list[Message | Text] = [*result.notes]
    if result.confinement == "none":
        notes.append(
            say("Your code ran unconfined here: it could read and write whatever you can. `grade doctor` says why.")
        )
    elif result.confinement not in ("", _FULL_CONFINEMENT):
        tier = result.confinement
        notes.append(say("Your code ran only partly confined here ({tier}). `grade doctor` says why.", tier=tier))
    return [say("Note: {note}", note=note) for note in notes]


def checks_ran(result: Result) -> bool:
    """False where the whole submission failed first, so that its checks have nothing of their own to say."""
    return result.status == "graded" or any(check.passed or check.message is not None for check in result.checks)


def to_fix(result: Result) -> list[CheckResult]:
    """The checks that need work, those that can be explained before the hidden ones, else in their order."""
    if not checks_ran(result):
        return []
    wrong = [check for check in result.checks if check.verdict not in ("passed", "skipped")]
    return sorted(wrong, key=lambda check: check.hidden)


def course_line(title: Text | None) -> Message | None:
    """Names the course that a result is of; nothing for the one that comes with the grader."""
    return None if title is None else say("Course: {course}", course=title)


def in_one_line(result: Result) -> Message:
    """The result as `-q` prints it: the score, what to fix first, and the course if it is not the built-in one."""
    course = course_line(result.course_title)
    return _in_one_line(result) if course is None else join([_in_one_line(result), course], "  ")


def _in_one_line(result: Result) -> Message:
    if result.status == "grader_error":
        return say("{exercise}: not graded, by a fault of the grader.", exercise=result.exercise)
    score, most = points(result.score), points(result.max_score)
    graded = f"{result.exercise} --part {result.part}" if result.part else result.exercise
    line = say("{exercise}: {score} of {most}", exercise=graded, score=score, most=most)
    if result.message is not None and not checks_ran(result):
        return say("{score}. {reason}", score=line, reason=result.message)
    if not (wrong := to_fix(result)):
        return say("{score}. Every check passes.", score=line)
    title, mistakes, verdict = wrong[0].title, wrong[0].mistake_texts, VERDICT_WORDS[wrong[0].verdict]
    if mistakes:
        return say("{score}. To fix first: {title}: {reason}", score=line, title=title, reason=mistakes[0])
    return say("{score}. To fix first: {title} ({verdict})", score=line, title=title, verdict=verdict)


def next_steps(result: Result, *, command: str, following: str | None) -> list[Message]:
    """What the reader does now. command: what they typed; following: the exercise that comes after this one."""
    if result.status == "grader_error":
        return [say("This is a fault of the grader, not of your work."), say("To look for its cause: grade doctor")]
    if result.passed:
        return [say("Next: grade {exercise}", exercise=following)] if following else []
    if not result.submission_sha256:
        return []  # nothing was read that could be judged; the message says why, and what to do
    return [_fix(result, command), say("For a hint: grade hint {exercise}", exercise=result.exercise)]


def _fix(result: Result, command: str) -> Message:
    wrong = to_fix(result)
    first = wrong[0] if wrong else None
    fields: dict[str, Any] = {"file": visible(PurePath(result.submission).name), "command": command}
    if (line := _where_to_look(result, first)) is not None:
        fields |= {"name": line.function, "cell": visible(line.cell or ""), "number": line.number}
        if first is not None and first.verdict == "failed":
            if line.cell is None:
                return say("Next: fix {name} in {file}, line {number}, then: {command}", **fields)
            return say("Next: fix {name} in {file}, code cell {cell}, line {number}, then: {command}", **fields)
        if line.cell is None:
            return say("Next: open {file} at line {number}, then: {command}", **fields)
        return say("Next: open {file}, code cell {cell}, line {number}, then: {command}", **fields)
    if first is None or not first.function:
        return say("Next: fix {file}, then: {command}", **fields)
    fields["name"] = listed(first.function.split(", "))
    if first.verdict == "not_implemented":
        return say("Next: write {name} in {file}, then: {command}", **fields)
    return say("Next: fix {name} in {file}, then: {command}", **fields)


def _where_to_look(result: Result, first: CheckResult | None) -> SourceLine | None:
    """The learner's line nearest to where the first trouble was raised; of a wrong value, its function's first."""
    details = (result.detail, first.detail if first else None)
    lines = [line for detail in details if detail is not None for line in detail.lines]
    verdict = first.verdict if first else None
    if not lines or verdict == "not_implemented":
        return None
    return lines[0] if verdict == "failed" else lines[-1]
