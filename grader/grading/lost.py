"""What is said of top-level statements that were lost: which, why, and what to do, in a notebook or in a file."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence

from grader.boundary.limits import LimitReached
from grader.boundary.loading import Loading, Stopped
from grader.grading.modules import absent_note, near
from grader.submission.model import Prepared, Submission
from grader.text import Message, join, say
from grader.wire.messages import Loaded, Lost
from grader.wire.values import Raised

#: Whose parts are all here.
_OWN = frozenset({"torch", "numpy", *sys.stdlib_module_names})
#: Of the statements that were lost, so many are told.
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
    notes = [note for _, note in sorted(failed, key=lambda one: one[0])]
    if len(notes) > _MOST:
        notes[_MOST:] = [_more(submission.chunks[0].label is not None)]
    return [*notes, *(absent_note(name, packages) for name in loaded.absent)]


def _more(is_notebook: bool) -> Message:
    if is_notebook:
        return say("More cells raised an error; the first {count} are named here.", count=_MOST)
    return say("More lines raised an error or were left out; the first {count} are named here.", count=_MOST)


def why_lost(prepared: Prepared, loading: Loading, loaded: Loaded, function: str) -> Message | None:
    """Why a function that the file does define is not there; None if it does not define it."""
    submission = prepared.submission
    if function in prepared.elsewhere:
        return say(
            "{function} is not defined at the top level of your file, where it is looked for.", function=function
        )
    for stopped in loading.stopped:
        if function in stopped.names:
            return _not_there(function, _where(submission, stopped.chunk, stopped.line))
    for lost in loaded.lost:
        if function in loading.line_names(lost.chunk, lost.line):
            where = _where(submission, lost.chunk, lost.line)
            if lost.error.kind == "absent":
                return say(
                    "{function} is not there: {where}, which defines it, uses {module}, and that module is not "
                    "installed where this is graded.",
                    function=function,
                    where=where,
                    module=_module(lost.error.message),
                )
            return say(
                "{function} is not there: {where}, which defines it, raised {error}.",
                function=function,
                where=where,
                error=_error(lost.error),
            )
    return None


def _not_there(function: str, where: Message) -> Message:
    return say(
        "{function} is not there: {where}, which defines it, was left out, as a note says.",
        function=function,
        where=where,
    )


def _where(submission: Submission, chunk: int, line: int) -> Message:
    label = submission.chunks[chunk].label if 0 <= chunk < len(submission.chunks) else None
    if label is None:
        return say("line {line}", line=line)
    return say("cell {cell}, line {line}", cell=label, line=line)


def _raised(submission: Submission, lost: Sequence[Lost]) -> Iterator[tuple[tuple[int, int], Message]]:
    """One note for each cell of a notebook, and for each statement of a file: what follows from the first is noise."""
    told: set[int] = set()
    unbound: set[str] = set()
    for one in lost:
        if not 0 <= one.chunk < len(submission.chunks):
            continue
        chunk = submission.chunks[one.chunk]
        follows = _UNKNOWN.match(one.error.message) if one.error.type_name == "NameError" else None
        unbound.update(_bound(chunk.source, one.line))
        if (chunk.label is not None and one.chunk in told) or (follows and follows[1] in unbound):
            continue
        told.add(one.chunk)
        line = one.error.frames[0].number if one.error.frames else one.line
        yield (one.chunk, line), _of_raised(chunk.label, line, one.error)


def _bound(source: str, line: int) -> list[str]:
    """The names that a statement was to bind, by its first line."""
    text = source.split("\n", line)[line - 1] if 0 < line <= source.count("\n") + 1 else ""
    if found := _ASSIGNED.match(text):
        return _WORD.findall(found[1])
    return _WORD.findall(text) if text.startswith(("import ", "from ")) else []


def _of_raised(label: str | None, line: int, error: Raised) -> Message:
    if error.type_name in ("SystemExit", "KeyboardInterrupt"):
        return _ends(label, line)
    if error.kind == "absent":
        return _uses_absent(label, line, _module(error.message))
    if error.kind == "memory":
        return _too_large(label, line)
    from grader.checks.advice.advise import advise

    advice = advise(error)
    meant = _meant(error) if advice is None else None
    missing = _NOT_FOUND.match(error.message) if error.type_name == "ModuleNotFoundError" else None
    if missing and meant is None and advice is None and missing[1].partition(".")[0] not in _OWN:
        return _uses_absent(label, line, missing[1])
    if label is None:
        said = say("Line {line} raised {error}; everything else was run.", line=line, error=_error(error))
    else:
        said = say(
            "Cell {cell} raised {error} in line {line}; everything else was run.",
            cell=label,
            line=line,
            error=_error(error),
        )
    if advice is not None:
        return join([said, advice])
    return said if meant is None else say("{note} Is {name} meant?", note=said, name=meant)


def _uses_absent(label: str | None, line: int, module: str) -> Message:
    if label is None:
        return say(
            "Line {line} was left out: it uses {module}, which is not installed where this is graded.",
            line=line,
            module=module,
        )
    return say(
        "Cell {cell}, line {line} was left out: it uses {module}, which is not installed where this is graded.",
        cell=label,
        line=line,
        module=module,
    )


def _too_large(label: str | None, line: int) -> Message:
    if label is None:
        return say("Line {line} asked for more memory than it may; everything else was run.", line=line)
    return say(
        "Cell {cell}, line {line} asked for more memory than it may; everything else was run.", cell=label, line=line
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


def _stopped(submission: Submission, loading: Loading) -> Iterator[tuple[tuple[int, int], Message]]:
    untried: list[Stopped] = []
    for one in loading.stopped:
        if one.limit is None:
            untried.append(one)
        else:
            yield (one.chunk, one.line), _of_limit(submission.chunks[one.chunk].label, one.line, one.limit)
    if untried:
        first = _where(submission, untried[0].chunk, untried[0].line)
        yield (
            (untried[0].chunk, untried[0].line),
            say(
                "Too much of your code was stopped: from {where} on only functions, classes, imports and plain values "
                "were taken. Statements that were not run: {count}.",
                where=first,
                count=len(untried),
            ),
        )


def _of_limit(label: str | None, line: int, limit: LimitReached) -> Message:
    if limit.kind == "exit":
        return _ends(label, line)
    if limit.kind == "time":
        return _too_long(label, line, f"{limit.amount:.2g}")
    from grader.checks.explain import message_for_limit

    reason = message_for_limit(limit.kind, limit.signal or limit.amount, limit.detail)
    if label is None:
        return say("Line {line} was left out, and everything else was run. {reason}", line=line, reason=reason)
    return say(
        "Cell {cell}, line {line} was left out, and everything else was run. {reason}",
        cell=label,
        line=line,
        reason=reason,
    )


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


def _meant(error: Raised) -> str | None:
    """The module that a misspelled import means."""
    found = _NOT_FOUND.match(error.message) if error.type_name == "ModuleNotFoundError" else None
    return near(found[1]) if found else None
