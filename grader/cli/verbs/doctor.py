"""`grade doctor`: is this machine ready, and what mends what is not."""

from __future__ import annotations

import os
from pathlib import Path

import click
import msgspec

from grader.cli.finding import Finding
from grader.cli.health import examine
from grader.cli.options import course_option, json_option, lang_option
from grader.cli.output import check_target, tell, write_to
from grader.cli.spoken import SpokenCommand, language_of
from grader.cli.table import VERBS
from grader.errors import GraderFault
from grader.report.layout import cells, pad, wrap
from grader.text import Message, Text, in_every_language, render, say

_WIDTH = 80


@click.command(
    cls=SpokenCommand,
    usage=VERBS["doctor"].usage,
    text=say("Looks at what grading needs of this machine, and says how to mend what is missing."),
    examples=("grade doctor", "grade doctor --json -"),
)
@json_option
@lang_option
@course_option
@click.pass_context
def command(ctx: click.Context, *, json_to: str | None, course: Path | None) -> int:
    """Prints the findings; the status is 0 unless one of them makes grading impossible."""
    check_target("--json", json_to)
    language = language_of(ctx)
    findings = examine(environ=os.environ, course=course)
    if json_to != "-":
        for line in report_lines(findings, language=language):
            tell(line, language)
    if json_to is not None:
        write_to("--json", json_to, to_json(findings))
    return GraderFault.exit_status if any(finding.blocking for finding in findings) else 0


def report_lines(findings: list[Finding], *, language: str) -> list[str]:
    """A row for each finding; under a faulty one, the fault and what mends it."""
    first = max(cells(render(finding.name, language)) for finding in findings)
    lines: list[str] = []
    for finding in findings:
        sign = "  " if finding.fault is None else "! "
        name = pad(render(finding.name, language), first)
        lines += _hanging(f"{sign}{name}  ", render(finding.value, language))
        for text in (finding.fault, finding.mend):
            lines += _hanging(" " * (first + 4), render(text, language)) if text is not None else []
    return [*lines, "", render(_conclusion(findings), language)]


def _hanging(start: str, text: str) -> list[str]:
    """The text after `start`, its further lines below its first."""
    lines = wrap(text, _WIDTH - cells(start))
    return [(start if number == 0 else " " * cells(start)) + line for number, line in enumerate(lines)]


def _conclusion(findings: list[Finding]) -> Message:
    faults = sum(finding.fault is not None for finding in findings)
    if any(finding.blocking for finding in findings):
        return say("Nothing can be graded yet: mend what is marked with ! first.")
    if faults:
        return say("Ready to grade; {count} of the points above could be better (marked with !).", count=faults)
    return say("All is well: ready to grade.")


def to_json(findings: list[Finding]) -> bytes:
    """The findings as a JSON list, with every text in every language."""
    plain = [
        {
            "name": render(finding.name, "en"),
            "value": _text(finding.value),
            "fault": _text(finding.fault),
            "mend": _text(finding.mend),
            "blocking": finding.blocking,
        }
        for finding in findings
    ]
    return msgspec.json.format(msgspec.json.encode(plain), indent=2) + b"\n"


def _text(text: Message | str | None) -> Text | str | None:
    return in_every_language(text) if isinstance(text, Message) else text
