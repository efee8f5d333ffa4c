"""An audit as text: one table, and below it what falls short, survivors as a diff."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import msgspec

from grader.audit.findings import ExerciseAudit, MistakeFinding, MutantFinding
from grader.report.layout import cells, pad
from grader.text import Message, listed, render, say

#: In the table's order.
_HEADINGS = {
    "exercise": say("exercise"),
    "texts": say("texts"),
    "right": say("right answers"),
    "mistakes": say("mistakes"),
    "mutants": say("mutants killed"),
    "attacks": say("attacks"),
    "idle": say("idle"),
    "slack": say("slack"),
    "trivial": say("for nothing"),
    "seconds": say("seconds"),
}


def audit_lines(audits: Sequence[ExerciseAudit], language: str, *, verbose: bool = False) -> list[str]:
    """The lines to print. verbose: declared mutants with their reasons, too."""
    rows = [[render(heading, language) for heading in _HEADINGS.values()], *map(_row, audits)]
    widths = [max(cells(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["  ".join(pad(text, width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    for audit in audits:
        details = [line for message in _details(audit, verbose) for line in render(message, language).split("\n")]
        if details:
            lines += ["", audit.exercise, *(f"  {line}" for line in details)]
    return lines


def _row(audit: ExerciseAudit) -> list[str]:
    """A cross before each number that falls short."""
    killed = audit.judged - len(audit.survivors)
    texts = {
        "texts": str(len(audit.faults)),
        "right": f"{len(audit.answers)} x {audit.seeds}",
        "mistakes": f"{audit.named}/{len(audit.mistakes)}",
        "mutants": f"{killed}/{audit.judged} {audit.mutation_score:.1%}" if audit.mutants else "-",
        "attacks": _fended_off(audit) if audit.attacks else "-",
        "idle": _of_which(audit.open_idle, audit.idle),
        "slack": _of_which(audit.open_slack, audit.slack),
        "trivial": _of_which(audit.open_trivial, audit.trivial),
    }
    short = audit.falls_short
    marked = [f"{'✗' if column in short else '✓'} {text}" for column, text in texts.items()]
    return [audit.exercise, *marked, f"{audit.seconds:.0f}"]


def _fended_off(audit: ExerciseAudit) -> str:
    """Those that some check fails, of those that nobody declares to be well; and how many are declared."""
    declared = sum(attack.state == "equivalent" for attack in audit.attacks)
    judged = len(audit.attacks) - declared
    return f"{judged - len(audit.open_attacks)}/{judged}" + (f" (+{declared})" if declared else "")


def _of_which(without: Sequence[object], findings: Sequence[object]) -> str:
    """Those without a reason, and with one."""
    declared = len(findings) - len(without)
    return f"{len(without)} (+{declared})" if declared else f"{len(without)}"


def _details(audit: ExerciseAudit, verbose: bool) -> Iterator[Message]:
    for text in audit.faults:
        yield say("{reason}", reason=text)
    for rejected in audit.rejected:
        fields = msgspec.structs.asdict(rejected) | {"reasons": "; ".join(rejected.reasons)}
        yield say("right, but rejected: {answer}, seed {seed}, {device}: {reasons}", **fields)
    for mistake in audit.mistakes:
        if not mistake.fine:
            yield say("mistake {name}: {problem}", name=mistake.name, problem=_problem(mistake))
    for mutant in (*audit.mutants, *audit.attacks):
        if mutant.state == "survived":
            yield _diff(say("survived"), mutant)
            yield _declaration(mutant)
        elif mutant.state == "declared_but_killed":
            checks = listed(mutant.killers)
            yield _diff(say("declared equivalent, and yet {checks} told it from the reference", checks=checks), mutant)
        elif mutant.state == "equivalent" and verbose:
            yield _diff(say("equivalent: {reason}", reason=mutant.reason), mutant)
    for check in audit.open_idle:
        yield say(
            "idle: without test_{check}, all wrong answers that fail now would still fail. Remove it, or say in "
            'audit.toml why it stays: [[idle]], check = "{check}", reason = "..."',
            check=check.check,
        )
    for paid in audit.open_trivial:
        yield say(
            "for nothing: {check} pays {points} points for a file in which every function does nothing but "
            "`{answer}`. Let this half of the check count only together with one that such a file fails",
            check=paid.check,
            points=f"{paid.points:g}",
            answer=paid.answer,
        )
    for near in audit.open_slack:
        ids = {"answer": near.answer, "check": near.check}
        yield (
            say("slack: the error of {answer}, which is right, is above a tenth of what {check} tolerates", **ids)
            if near.right
            else say("slack: the error of {answer}, which is wrong, is below ten times what {check} tolerates", **ids)
        )


def _problem(mistake: MistakeFinding) -> Message:
    if mistake.passed:
        return say("it gets all points, so it behaves like the reference (seeds: {seeds})", seeds=_few(mistake.passed))
    if mistake.wrongly:
        return say("it is taken for {others}", others=listed(mistake.wrongly))
    if mistake.elsewhere:
        return say("no check of {function} fails", function=mistake.of)
    if mistake.by_chance:
        scores = listed(f"{score:g}" for score in mistake.scores)
        return say(
            "its score depends on the seed: {scores}. Draw inputs on which it fails each time, or never", scores=scores
        )
    return say("no mistake is named (seeds: {seeds})", seeds=_few(mistake.unnamed))


def _few(seeds: tuple[int, ...]) -> str:
    return ", ".join(map(str, seeds[:5])) + (", …" if len(seeds) > 5 else "")


def _diff(state: Message, mutant: MutantFinding) -> Message:
    fields = msgspec.structs.asdict(mutant) | {"state": state, "function": mutant.function or "-"}
    return say("{state}: line {line}, {function}, {operator}\n- {before}\n+ {after}", **fields)


def _declaration(mutant: MutantFinding) -> Message:
    """What audit.toml would say of it: text to copy, the same in every language."""
    keys = {"function": mutant.function, "before": mutant.before, "after": mutant.after, "reason": "..."}
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items())
    return say("{text}", text="\n".join(["[[equivalent]]", *lines]))
