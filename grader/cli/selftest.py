"""What `grade score --selftest` prints."""

from __future__ import annotations

import msgspec

from grader.cli.output import hanging, paragraph, tell, write_to
from grader.errors import GraderFault
from grader.report.layout import cells, pad
from grader.scorers.process import CONFINED
from grader.selftest.run import Finding, SelfTest, selftest
from grader.text import Message, Text, in_every_language, join, render, say


def run_selftest(*, jobs: int | None, allow_unconfined: bool, json_to: str | None, language: str) -> int:
    """Attacks the grader, prints what held, returns the exit status."""
    if json_to != "-":
        tell(say("Attacking the grader on this machine; this takes about a minute."))
    found = selftest(jobs=jobs, allow_unconfined=allow_unconfined, language=language)
    if json_to != "-":
        tell(*report_lines(found, language))
    if json_to is not None:
        write_to("--json", json_to, to_json(found))
    return 0 if found.held else GraderFault.exit_status


def report_lines(found: SelfTest, language: str) -> list[str]:
    """A line for each attack and each promise, and what follows from them."""
    words = {"stopped": say("stopped"), "not_stopped": say("NOT STOPPED"), "not_tried": say("not tried here")}
    kept = {"stopped": say("kept"), "not_stopped": say("NOT KEPT")}
    tables = [
        [(render(outcomes[finding.outcome], language), finding) for finding in findings]
        for outcomes, findings in ((words, found.attacks), (kept, found.promises))
    ]
    first = max(cells(word) for rows in tables for word, _ in rows) + 2
    lines = []
    for rows in tables:
        for word, finding in rows:
            lines += hanging(pad(word, first), _sentence(finding), language)
        lines.append("")
    return [*lines, *paragraph(_conclusion(found), language)]


def _sentence(finding: Finding) -> Message | Text:
    if not finding.why:
        return finding.title
    return say("{attack}: {reasons}", attack=finding.title, reasons=join(list(finding.why), "; "))


def _conclusion(found: SelfTest) -> Message:
    tried = sum(finding.outcome != "not_tried" for finding in found.attacks)
    if found.held:
        return say(
            "All {count} attacks that could be tried here were stopped (confinement: {tier}).",
            count=tried,
            tier=found.confinement,
        )
    broken = sum(finding.outcome == "not_stopped" for finding in (*found.attacks, *found.promises))
    if found.confinement == CONFINED:
        return say(
            "{count} of these did not hold, although submissions are confined here ({tier}). Grade only work "
            "that you trust here, and please report it.",
            count=broken,
            tier=found.confinement,
        )
    return say(
        "{count} of these did not hold: submissions are not fully confined here ({tier}). Grade only work that "
        "you trust here.",
        count=broken,
        tier=found.confinement,
    )


def to_json(found: SelfTest) -> bytes:
    """All of it, with every text in every language."""
    plain = {
        "held": found.held,
        "confinement": found.confinement,
        "attacks": list(map(_plain, found.attacks)),
        "promises": list(map(_plain, found.promises)),
        "measured": msgspec.to_builtins(found.measured),
    }
    return msgspec.json.format(msgspec.json.encode(plain), indent=2) + b"\n"


def _plain(finding: Finding) -> dict[str, object]:
    texts = {"title": in_every_language(finding.title), "why": list(map(in_every_language, finding.why))}
    return msgspec.structs.asdict(finding) | texts
