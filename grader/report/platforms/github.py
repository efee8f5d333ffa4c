"""Results on GitHub: annotations of a workflow run, and its summary.

The formats: "Workflow commands for GitHub Actions" in GitHub's documentation; what has to be escaped, and how:
packages/core/src/command.ts in github.com's actions/toolkit. Both show the learner's view.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from markupsafe import Markup

from grader.report.feedback import explanation, overview, shown_title
from grader.report.layout import visible
from grader.report.views import learner_view
from grader.report.wording import VERDICT_WORDS, checks_ran, in_one_line, line_number, out_of, points, reasons, to_fix
from grader.result import CheckResult, Result
from grader.text import Message, render, say

#: GitHub shows so many annotations of a kind for a step, and no more.
MOST_ANNOTATIONS = 10
#: GitHub drops the whole summary of a step if it is larger than 1 MiB.
MOST_BYTES = 1 << 20
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def to_annotations(results: Sequence[Result], language: str, folder: str = "") -> bytes:
    """An error for each check to fix, in the order of the reports, and a notice with each score; one line each.
    Of more than `MOST_ANNOTATIONS`, the last says how many more.

    folder: where the submissions' paths begin, seen from the repository's root.
    """
    seen = [learner_view(result) for result in results]
    errors = [line for result in seen for line in _errors(result, language, folder)]
    if len(errors) > MOST_ANNOTATIONS:
        rest = say("{count} more to fix: see the summary.", count=len(errors) - MOST_ANNOTATIONS + 1)
        errors = [*errors[: MOST_ANNOTATIONS - 1], _command("error", "grade", render(rest, language))]
    notices = [_command("notice", result.exercise, render(in_one_line(result), language)) for result in seen]
    return "".join(f"{line}\n" for line in errors + notices[:MOST_ANNOTATIONS]).encode()


def _errors(result: Result, language: str, folder: str) -> Iterator[str]:
    file = str(PurePosixPath(folder, result.submission)) if result.submission else ""
    if result.message is not None:
        line = line_number(result.detail, innermost=True)
        yield _command("error", result.exercise, render(result.message, language), file, line)
    for check in to_fix(result):
        line = line_number(check.detail, innermost=check.verdict != "failed")
        text = "\n".join(render(reason, language) for reason in reasons(check) or [VERDICT_WORDS[check.verdict]])
        yield _command("error", shown_title(check, language), text, file, line)


def _command(level: str, title: str, message: str, file: str = "", line: int | None = None) -> str:
    properties = {"file": file, "line": "" if line is None or not file else str(line), "title": title}
    escaped = {name: _data(value).replace(":", "%3A").replace(",", "%2C") for name, value in properties.items()}
    listed = ",".join(f"{name}={value}" for name, value in escaped.items() if value)
    return f"::{level} {listed}::{_data(message)}"


def _data(text: str) -> str:
    return harmless(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def harmless(text: str) -> str:
    """Text that may be printed in a step: no line of it is a command to the runner."""
    return re.sub(r"(?m)^(\s*):(?=:)", r"\1: ", visible(text)).replace("##[", "## [")


def to_summary(works: Sequence[tuple[str, Result]], language: str) -> bytes:
    """Markdown with a table of all scores and a section for each submission, as many as GitHub takes.

    works: the student, "" if there is only one, and the result.
    """
    seen = [(student, learner_view(result)) for student, result in works]
    parts = [_scores(seen, language)] if len(seen) > 1 else []
    parts += (_section(student, result, language) for student, result in seen)
    cut = f"\n{_markdown(render(say('The rest is left out: a summary may have 1 MiB.'), language))}\n".encode()
    room = MOST_BYTES - len(cut)
    summary = b""
    for part in parts:
        if len(summary) + len(part.encode()) > room:
            return summary + cut
        summary += part.encode()
    return summary


def _scores(seen: Sequence[tuple[str, Result]], language: str) -> str:
    rows = [(who, one.exercise, points(one.score), points(one.max_score), one.status) for who, one in seen]
    names = (say("student"), say("exercise"), say("score"), say("of"), say("status"))
    if not any(student for student, _ in seen):
        return _table(names[1:], [row[1:] for row in rows], language)
    return _table(names, rows, language)


def _section(student: str, result: Result, language: str) -> str:
    place = f"{student} · {result.exercise}" if student else result.exercise
    text = f"\n### {_markdown(place)}: {out_of(result.score, result.max_score)}\n\n"
    if result.message is not None or result.notes or result.course_title is not None:
        text += f"{_block(overview(result, language))}\n"
    if not checks_ran(result):
        return text
    names = (say("check"), say("verdict"), say("points"))
    text += _table(names, [_row(check, language) for check in result.checks], language)
    for check in to_fix(result):
        if reason := explanation(check, language):
            text += f"\n#### {_markdown(shown_title(check, language))}\n\n{_block(reason)}"
    return text


def _row(check: CheckResult, language: str) -> tuple[str, str, str]:
    word = render(VERDICT_WORDS[check.verdict], language)
    return (
        shown_title(check, language),
        f"{'✅' if check.passed else '❌'} {word}",
        out_of(check.points, check.max_points),
    )


def _table(names: Sequence[Message], rows: Sequence[Sequence[str]], language: str) -> str:
    head = [render(name, language) for name in names]
    lines = [head, ["---"] * len(names), *(list(map(_markdown, row)) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _markdown(text: str) -> str:
    """The text on one line as itself: Markdown takes a backslash before any punctuation."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(visible(text).split()))


def _block(text: str) -> str:
    return str(Markup("<pre>{}</pre>\n").format(text))
