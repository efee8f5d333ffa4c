"""What is said of top-level statements that were lost: which, why, and what to do, in a notebook or in a file."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence

from grader.boundary.limit_reached import LimitReached
from grader.boundary.loading import At, Loading, Stopped
from grader.grading.modules import absent_note, near
from grader.submission.model import Prepared, Submission
from grader.text import Message, join, say
from grader.wire.messages import Loaded, Lost
from grader.wire.values import Raised

#: Packages that are whole on every machine: a part of theirs that is missing is a slip.
_OWN = frozenset({"torch", "numpy", *sys.stdlib_module_names})
#: The most statements that are named.
_MOST = 8
_NOT_FOUND = re.compile(r"No module named '([\w.]{1,100})'")
_UNKNOWN = re.compile(r"name '(\w{1,100})' is not defined")
_ASSIGNED = re.compile(r"([\w, ]{1,200})(?::[^=]{0,200})?=(?!=)")
_WORD = re.compile(r"\w+")


def loading_notes(
    submission: Submission, loading: Loading, loaded: Loaded, *, packages: Sequence[str] = ()
) -> list[Message]:
    """All that is to be said of how the file ran. packages: those that the course declares and this machine lacks."""
    failed = [*_raised(submission, loaded.lost), *_stopped(submission, loading)]
    notes = [note for _, note in sorted(failed, key=lambda item: item[0])]
    if len(notes) > _MOST:
        notes[_MOST:] = [
            say("More lines raised an error or were left out; the first {count} are named here.", count=_MOST)
            if submission.chunks[0].label is None
            else say("More cells raised an error; the first {count} are named here.", count=_MOST)
        ]
    return [*notes, *(absent_note(name, packages) for name in loaded.absent)]


def why_lost(prepared: Prepared, loading: Loading, loaded: Loaded, function: str) -> Message | None:
    """Why a function that the file does define is not there; None if it does not define it."""
    submission = prepared.submission
    if function in prepared.elsewhere:
        return say(
            "{function} is not defined at the top level of your file, where it is looked for.", function=function
        )
    for stopped in loading.stopped:
        if function in stopped.names:
            return say(
                "{function} is not there: {where}, which defines it, was left out, as a note says.",
                function=function,
                where=_where(submission, stopped.chunk, stopped.line),
            )
    for lost in loaded.lost:
        if function in loading.line_names(lost.chunk, lost.line):
            return _defined_by(function, _where(submission, lost.chunk, lost.line), lost.error)
    return None


def _defined_by(function: str, where: Message, error: Raised) -> Message:
    if error.kind == "absent":
        return say(
            "{function} is not there: {where}, which defines it, uses {module}, and that module is not "
            "installed where this is graded.",
            function=function,
            where=where,
            module=_module(error.message),
        )
    return say(
        "{function} is not there: {where}, which defines it, raised {error}.",
        function=function,
        where=where,
        error=_error(error),
    )


def _where(submission: Submission, chunk: int, line: int) -> Message:
    """A place in the middle of a sentence."""
    label = submission.chunks[chunk].label if 0 <= chunk < len(submission.chunks) else None
    return say("line {line}", line=line) if label is None else say("cell {cell}, line {line}", cell=label, line=line)


def _place(label: str | None, line: int) -> Message:
    """A place that begins a sentence."""
    return say("Line {line}", line=line) if label is None else say("Cell {cell}, line {line}", cell=label, line=line)


def _raised(submission: Submission, lost: Sequence[Lost]) -> Iterator[tuple[At, Message]]:
    """One note for each cell of a notebook, and for each statement of a file: what follows from the first is noise."""
    noted: set[int] = set()
    unbound: set[str] = set()
    for statement in lost:
        number, error = statement.chunk, statement.error
        if not 0 <= number < len(submission.chunks):
            continue
        chunk = submission.chunks[number]
        follows = _UNKNOWN.match(error.message) if error.type_name == "NameError" else None
        unbound.update(_bound(chunk.source, statement.line))
        if (chunk.label is not None and number in noted) or (follows and follows[1] in unbound):
            continue
        noted.add(number)
        line = error.frames[0].number if error.frames else statement.line
        yield (number, line), _of_raised(chunk.label, line, error)


def _bound(source: str, line: int) -> list[str]:
    """The names that a statement was to bind, by its first line."""
    text = source.split("\n", line)[line - 1] if 0 < line <= source.count("\n") + 1 else ""
    if assignment := _ASSIGNED.match(text):
        return _WORD.findall(assignment[1])
    return _WORD.findall(text) if text.startswith(("import ", "from ")) else []


def _of_raised(label: str | None, line: int, error: Raised) -> Message:
    if error.type_name in ("SystemExit", "KeyboardInterrupt"):
        return _ends(label, line)
    where = _place(label, line)
    if error.kind == "absent":
        return _uses_absent(where, _module(error.message))
    if error.kind == "memory":
        return say("{where} asked for more memory than it may; everything else was run.", where=where)
    from grader.checks.advice.advise import advise

    advice = advise(error)
    missing = _NOT_FOUND.match(error.message) if error.type_name == "ModuleNotFoundError" else None
    meant = near(missing[1]) if missing and advice is None else None
    if missing and meant is None and advice is None and missing[1].partition(".")[0] not in _OWN:
        return _uses_absent(where, missing[1])
    said = (
        say("Line {line} raised {error}; everything else was run.", line=line, error=_error(error))
        if label is None
        else say(
            "Cell {cell} raised {error} in line {line}; everything else was run.",
            cell=label,
            line=line,
            error=_error(error),
        )
    )
    if advice is not None:
        return join([said, advice])
    return said if meant is None else say("{note} Is {name} meant?", note=said, name=meant)


def _uses_absent(where: Message, module: str) -> Message:
    return say(
        "{where} was left out: it uses {module}, which is not installed where this is graded.",
        where=where,
        module=module,
    )


def _ends(label: str | None, line: int) -> Message:
    if label is None:
        return say(
            "Your file ends the program while it is being loaded, in line {line} (sys.exit or exit). That line "
            "was left out and everything else was run; remove it, or put it under "
            '`if __name__ == "__main__":`.',
            line=line,
        )
    return say(
        "Cell {cell}, line {line} ends the program (sys.exit or exit). It was left out and everything else was "
        "run; delete that line.",
        cell=label,
        line=line,
    )


def _stopped(submission: Submission, loading: Loading) -> Iterator[tuple[At, Message]]:
    untried: list[Stopped] = []
    for stopped in loading.stopped:
        if stopped.limit is None:
            untried.append(stopped)
        else:
            label = submission.chunks[stopped.chunk].label
            yield (stopped.chunk, stopped.line), _of_limit(label, stopped.line, stopped.limit)
    if untried:
        chunk, line = untried[0].chunk, untried[0].line
        note = say(
            "Too much of your code was stopped: from {where} on only functions, classes, imports and plain values "
            "were taken. Statements that were not run: {count}.",
            where=_where(submission, chunk, line),
            count=len(untried),
        )
        yield (chunk, line), note


def _of_limit(label: str | None, line: int, limit: LimitReached) -> Message:
    if limit.kind == "exit":
        return _ends(label, line)
    if limit.kind == "time":
        return _too_long(label, line, f"{limit.amount:.2g}")
    from grader.checks.limit_sentences import message_for_limit

    reason = message_for_limit(limit.kind, limit.signal or limit.amount, limit.detail)
    where = _place(label, line)
    return say("{where} was left out, and everything else was run. {reason}", where=where, reason=reason)


def _too_long(label: str | None, line: int, seconds: str) -> Message:
    if label is None:
        return say(
            "Line {line} took longer than {seconds} s and was stopped; everything else was run. Put code that "
            'trains or tries things out under `if __name__ == "__main__":`.',
            line=line,
            seconds=seconds,
        )
    return say(
        "Cell {cell}, line {line} took longer than {seconds} s and was stopped; everything else was run. "
        "Code that trains or tries things out is not needed here: delete that cell before you hand in, or let "
        "it stop sooner.",
        cell=label,
        line=line,
        seconds=seconds,
    )


def _error(error: Raised) -> str:
    from grader.checks.advice.quote import raised_text

    return raised_text(error).rstrip(".")


def _module(name: str) -> str:
    return name[:60]
