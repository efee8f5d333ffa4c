"""What `grade score --selftest` prints."""

from __future__ import annotations

import msgspec

from grader.cli.output import tell, write_to
from grader.errors import GraderFault
from grader.report.layout import cells, pad, wrap
from grader.scorers.process import CONFINED
from grader.selftest.run import Finding, SelfTest, selftest
from grader.text import Message, in_every_language, join, render, say

_WIDTH = 80


def run_selftest(*, jobs: int | None, allow_unconfined: bool, json_to: str | None, language: str) -> int:
    """Attacks the grader, prints what held, returns the exit status."""
    if json_to != "-":
        tell(say("Attacking the grader on this machine; this takes about a minute."), language)
    found = selftest(jobs=jobs, allow_unconfined=allow_unconfined, language=language)
    if json_to != "-":
        for line in report_lines(found, language):
            tell(line, language)
    if json_to is not None:
        write_to("--json", json_to, to_json(found))
    return 0 if found.held else GraderFault.exit_status


def report_lines(found: SelfTest, language: str) -> list[str]:
    """A line for each attack and each promise, and what follows from them."""
    words = {"stopped": say("stopped"), "not_stopped": say("NOT STOPPED"), "not_tried": say("not tried here")}
    kept = {"stopped": say("kept"), "not_stopped": say("NOT KEPT")}
    shown = [(render(words[finding.outcome], language), finding) for finding in found.attacks]
    promised = [(render(kept[finding.outcome], language), finding) for finding in found.promises]
    first = max(cells(word) for word, _ in (*shown, *promised)) + 2
    lines = [line for word, finding in shown for line in _hanging(pad(word, first), _sentence(finding, language))]
    lines.append("")
    lines += [line for word, finding in promised for line in _hanging(pad(word, first), _sentence(finding, language))]
    return [*lines, "", *wrap(render(_conclusion(found), language), _WIDTH)]


def _sentence(finding: Finding, language: str) -> str:
    title = render(finding.title, language)
    if not finding.why:
        return title
    return render(say("{attack}: {reasons}", attack=title, reasons=join(list(finding.why), "; ")), language)


def _hanging(start: str, text: str) -> list[str]:
    lines = wrap(text, _WIDTH - cells(start))
    return [(start if number == 0 else " " * cells(start)) + line for number, line in enumerate(lines)]


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
    return {
        "name": finding.name,
        "title": in_every_language(finding.title),
        "outcome": finding.outcome,
        "why": [in_every_language(reason) for reason in finding.why],
    }
