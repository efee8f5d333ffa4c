"""`grade doctor`: is this machine ready, and what to do where it is not."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from grader.cli.finding import Finding
from grader.cli.health import examine
from grader.cli.options import json_option, verb
from grader.cli.output import check_target, hanging, tell, write_to
from grader.cli.spoken import language_of
from grader.errors import GraderFault
from grader.report.layout import cells, pad
from grader.text import Message, in_every_language, render, say


@verb(
    "doctor",
    say("Looks at what grading needs of this machine, and says how to fix what is missing."),
    "grade doctor",
    "grade doctor --json -",
)
@json_option
def command(*, json_to: str | None, course: Path | None) -> int:
    """Prints the findings; the status is 0 unless one of them makes grading impossible."""
    check_target("--json", json_to)
    findings = examine(environ=os.environ, course=course)
    if json_to != "-":
        tell(*report_lines(findings, language_of()))
    if json_to is not None:
        write_to("--json", json_to, to_json(findings))
    return GraderFault.exit_status if any(finding.blocking for finding in findings) else 0


def report_lines(findings: list[Finding], language: str) -> list[str]:
    """A row for each finding; under a faulty one, the fault and what to do about it."""
    first = max(cells(render(finding.name, language)) for finding in findings)
    lines: list[str] = []
    for finding in findings:
        sign = "  " if finding.fault is None else "! "
        name = pad(render(finding.name, language), first)
        lines += hanging(f"{sign}{name}  ", finding.value, language)
        for text in (finding.fault, finding.fix):
            lines += hanging(" " * (first + 4), text, language) if text is not None else []
    return [*lines, "", render(_conclusion(findings), language)]


def _conclusion(findings: list[Finding]) -> Message:
    if any(finding.blocking for finding in findings):
        return say("Nothing can be graded yet: fix what is marked with ! first.")
    if faults := sum(finding.fault is not None for finding in findings):
        return say("Ready to grade; {count} of the points above could be better (marked with !).", count=faults)
    return say("All is well: ready to grade.")


def to_json(findings: list[Finding]) -> bytes:
    """The findings as a JSON list, with every text in every language."""
    plain = []
    for finding in findings:
        facts = {
            key: in_every_language(value) if isinstance(value, Message) else value
            for key, value in msgspec.structs.asdict(finding).items()
        }
        plain.append(facts | {"name": render(finding.name, "en")})
    return msgspec.json.format(msgspec.json.encode(plain), indent=2) + b"\n"
