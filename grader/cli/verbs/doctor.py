"""`grade doctor`: is this machine ready, and what to do where it is not."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from grader.cli.fact import Fact
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
    """Prints the facts; the status is 0 unless one of them makes grading impossible."""
    check_target("--json", json_to)
    facts = examine(environ=os.environ, course=course)
    if json_to != "-":
        tell(*report_lines(facts, language_of()))
    if json_to is not None:
        write_to("--json", json_to, to_json(facts))
    return GraderFault.exit_status if any(fact.blocking for fact in facts) else 0


def report_lines(facts: list[Fact], language: str) -> list[str]:
    """A row for each fact; under a faulty one, the fault and what to do about it."""
    first = max(cells(render(fact.name, language)) for fact in facts)
    lines: list[str] = []
    for fact in facts:
        sign = "  " if fact.fault is None else "! "
        name = pad(render(fact.name, language), first)
        lines += hanging(f"{sign}{name}  ", fact.value, language)
        for text in (fact.fault, fact.fix):
            lines += hanging(" " * (first + 4), text, language) if text is not None else []
    return [*lines, "", render(_conclusion(facts), language)]


def _conclusion(facts: list[Fact]) -> Message:
    if any(fact.blocking for fact in facts):
        return say("Nothing can be graded yet: fix what is marked with ! first.")
    if faults := sum(fact.fault is not None for fact in facts):
        return say("Ready to grade; {count} of the points above could be better (marked with !).", count=faults)
    return say("All is well: ready to grade.")


def to_json(facts: list[Fact]) -> bytes:
    """The facts as a JSON list, with every text in every language."""
    plain = []
    for fact in facts:
        texts = {
            key: in_every_language(value) if isinstance(value, Message) else value
            for key, value in msgspec.structs.asdict(fact).items()
        }
        plain.append(texts | {"name": render(fact.name, "en")})
    return msgspec.json.format(msgspec.json.encode(plain), indent=2) + b"\n"
