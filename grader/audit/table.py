"""An audit as text: one table, and below it what falls short, survivors as a diff."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.audit.findings import ExerciseAudit, MistakeFinding, MutantFinding
from grader.report.layout import cells, pad
from grader.text import Message, render, say

_COLUMNS = ("texts", "right", "mistakes", "mutants", "idle", "slack", "trivial")


def audit_lines(audits: Sequence[ExerciseAudit], language: str, *, verbose: bool = False) -> list[str]:
    """The lines to print. verbose: declared mutants with their reasons, too."""
    rows = [_heading(language), *(_row(found) for found in audits)]
    widths = [max(cells(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["  ".join(pad(text, width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    for found in audits:
        details = [line for message in _details(found, verbose) for line in render(message, language).split("\n")]
        if details:
            lines += ["", found.exercise, *(f"  {line}" for line in details)]
    return lines


def _heading(language: str) -> list[str]:
    words = (
        say("exercise"),
        say("texts"),
        say("right answers"),
        say("mistakes"),
        say("mutants killed"),
        say("idle"),
        say("slack"),
        say("for nothing"),
        say("seconds"),
    )
    return [render(word, language) for word in words]


def _row(found: ExerciseAudit) -> list[str]:
    """A cross before each number that falls short."""
    killed = found.judged - len(found.survivors)
    texts = {
        "texts": str(len(found.faults)),
        "right": f"{len(found.answers)} x {found.seeds}",
        "mistakes": f"{found.named}/{len(found.mistakes)}",
        "mutants": f"{killed}/{found.judged} {found.mutation_score:.1%}" if found.mutants else "-",
        "idle": _of_which(len(found.open_idle), len(found.idle)),
        "slack": _of_which(len(found.open_slack), len(found.slack)),
        "trivial": _of_which(len(found.open_trivial), len(found.trivial)),
    }
    short = found.falls_short
    marked = [f"{'✗' if column in short else '✓'} {texts[column]}" for column in _COLUMNS]
    return [found.exercise, *marked, f"{found.seconds:.0f}"]


def _of_which(open_ones: int, all_ones: int) -> str:
    """Those without a reason, and with one."""
    return f"{open_ones}" if open_ones == all_ones else f"{open_ones} (+{all_ones - open_ones})"


def _details(found: ExerciseAudit, verbose: bool) -> Iterator[Message]:
    for text in found.faults:
        yield say("{reason}", reason=text)
    for answer in found.rejected:
        yield say(
            "right, but rejected: {answer}, seed {seed}, {device}: {reasons}",
            answer=answer.answer,
            seed=answer.seed,
            device=answer.device,
            reasons="; ".join(answer.reasons),
        )
    for mistake in found.mistakes:
        if not mistake.fine:
            yield say("mistake {name}: {problem}", name=mistake.name, problem=_problem(mistake))
    for mutant in found.mutants:
        if mutant.state == "survived":
            yield _diff(say("survived"), mutant)
        elif mutant.state == "declared_but_killed":
            yield _diff(
                say(
                    "declared equivalent, and yet {checks} told it from the reference", checks=", ".join(mutant.killers)
                ),
                mutant,
            )
        elif mutant.state == "equivalent" and verbose:
            yield _diff(say("equivalent: {reason}", reason=mutant.reason), mutant)
    for check in found.open_idle:
        yield say(
            "idle: without test_{check}, all wrong answers that fail now would still fail. Remove it, or say in "
            'audit.toml why it stays: [[idle]], check = "{check}", reason = "..."',
            check=check.check,
        )
    for paid in found.open_trivial:
        yield say(
            "for nothing: {check} pays {points} points for a file in which every function does nothing but "
            "`{answer}`. Let this half of the check count only together with one that such a file fails",
            check=paid.check,
            points=f"{paid.points:g}",
            answer=paid.answer,
        )
    for near in found.open_slack:
        if near.right:
            yield say(
                "slack: the error of {answer}, which is right, is above a tenth of what {check} tolerates",
                answer=near.answer,
                check=near.check,
            )
        else:
            yield say(
                "slack: the error of {answer}, which is wrong, is below ten times what {check} tolerates",
                answer=near.answer,
                check=near.check,
            )


def _problem(mistake: MistakeFinding) -> Message:
    if mistake.passed:
        return say("it gets all points, so it behaves like the reference (seeds: {seeds})", seeds=_few(mistake.passed))
    if mistake.wrongly:
        return say("it is taken for {others}", others=", ".join(mistake.wrongly))
    if mistake.elsewhere:
        return say("no check of {function} fails", function=mistake.of)
    if mistake.by_chance:
        return say(
            "its score depends on the seed: {scores}. Draw inputs on which it fails each time, or never",
            scores=", ".join(f"{score:g}" for score in mistake.scores),
        )
    return say("no mistake is named (seeds: {seeds})", seeds=_few(mistake.unnamed))


def _few(seeds: tuple[int, ...]) -> str:
    return ", ".join(map(str, seeds[:5])) + (", …" if len(seeds) > 5 else "")


def _diff(state: Message, mutant: MutantFinding) -> Message:
    return say(
        "{state}: line {line}, {function}, {operator}\n- {before}\n+ {after}",
        state=state,
        line=mutant.line,
        function=mutant.function or "-",
        operator=mutant.operator,
        before=mutant.before,
        after=mutant.after,
    )
