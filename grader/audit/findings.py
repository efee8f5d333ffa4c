"""What an audit finds in one exercise. Plain frozen data: the table, the JSON document and the exit status are made
of it."""

from __future__ import annotations

from typing import Literal

import msgspec

from grader.audit.mutation.mutants import Mutation
from grader.text import Text

#: Of all mutants that are not declared equivalent, the share that the checks must tell from the reference.
KILLED = 0.95

#: Of all named mistakes, the share that must be named as what they are.
NAMED = 0.95


class Rejected(msgspec.Struct, frozen=True):
    """A right answer that failed: which, on which seed and device, and what the report said."""

    answer: str
    seed: int
    device: str
    reasons: tuple[str, ...]


class MistakeFinding(msgspec.Struct, frozen=True):
    """One named mistake over all seeds.

    killers: the checks that it failed on every seed. passed: seeds on which it got all points. unnamed: seeds on which
    no mistake was named. wrongly: other mistakes' names that it was given. elsewhere: it failed, but in no check of the
    function that it stands for. scores: on each seed; where they differ, chance decides on them.
    """

    name: str
    of: str
    killers: tuple[str, ...]
    passed: tuple[int, ...]
    unnamed: tuple[int, ...]
    wrongly: tuple[str, ...]
    elsewhere: bool
    scores: tuple[float, ...] = ()

    @property
    def by_chance(self) -> bool:
        """Whether its score depends on the seed."""
        return len(set(self.scores)) > 1

    @property
    def fine(self) -> bool:
        """Whether it failed where it should, under its own name and no other, with one score."""
        return not (self.passed or self.unnamed or self.wrongly or self.elsewhere or self.by_chance)


MutantState = Literal["killed", "survived", "equivalent", "declared_but_killed"]


class MutantFinding(Mutation, frozen=True):
    """One mutant: killed by which checks, or alive, or declared equivalent (reason)."""

    state: MutantState
    killers: tuple[str, ...] = ()
    reason: str = ""


class SlackFinding(msgspec.Struct, frozen=True):
    """An error that is near a check's tolerance: a right answer's above a tenth of it, or a wrong one's below ten
    times it. declared: the reason in audit.toml; "" if there is none."""

    answer: str
    check: str
    right: bool
    declared: str = ""


class IdleFinding(msgspec.Struct, frozen=True):
    """A check that no mistake and no mutant fails alone, and the reason in audit.toml why it stays."""

    check: str
    reason: str = ""


class TrivialFinding(msgspec.Struct, frozen=True):
    """A check that paid points for a trivial file, in which every function only does what `answer` says; and the reason
    in audit.toml why that is right."""

    answer: str
    check: str
    points: float
    reason: str = ""


class ExerciseAudit(msgspec.Struct, frozen=True, kw_only=True):
    """All that was found in one exercise. faults: what is wrong with its texts and files, each a sentence in every
    language; rejected holds at most twenty."""

    exercise: str
    seeds: int
    devices: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    faults: tuple[Text, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    mistakes: tuple[MistakeFinding, ...] = ()
    mutants: tuple[MutantFinding, ...] = ()
    attacks: tuple[MutantFinding, ...] = ()
    idle: tuple[IdleFinding, ...] = ()
    slack: tuple[SlackFinding, ...] = ()
    trivial: tuple[TrivialFinding, ...] = ()
    graded: int = 0
    seconds: float = 0.0

    @property
    def judged(self) -> int:
        """How many mutants count: those that nobody declares equivalent."""
        return sum(mutant.state != "equivalent" for mutant in self.mutants)

    @property
    def survivors(self) -> tuple[MutantFinding, ...]:
        """The mutants that pass every check."""
        return tuple(mutant for mutant in self.mutants if mutant.state == "survived")

    @property
    def open_attacks(self) -> tuple[MutantFinding, ...]:
        """The attacks that pass every check, without a reason."""
        return tuple(attack for attack in self.attacks if attack.state == "survived")

    @property
    def mutation_score(self) -> float:
        """The share of the mutants that count which some check told from the reference; 1.0 where there are none."""
        return 1.0 if not self.judged else 1 - len(self.survivors) / self.judged

    @property
    def named(self) -> int:
        """How many mistakes were named as what they are, on every seed."""
        return sum(mistake.fine for mistake in self.mistakes)

    @property
    def open_idle(self) -> tuple[IdleFinding, ...]:
        """Checks that do nothing alone and give no reason."""
        return tuple(check for check in self.idle if not check.reason)

    @property
    def open_slack(self) -> tuple[SlackFinding, ...]:
        """Errors near a tolerance without a reason."""
        return tuple(error for error in self.slack if not error.declared)

    @property
    def open_trivial(self) -> tuple[TrivialFinding, ...]:
        """Points for nothing, without a reason."""
        return tuple(check for check in self.trivial if not check.reason)

    @property
    def falls_short(self) -> tuple[str, ...]:
        """The columns of the table in which the exercise falls short; empty where all is well."""
        misjudged = any(m.wrongly or m.passed or m.elsewhere or m.by_chance for m in self.mistakes)
        declared_wrongly, attack_too = (
            any(mutant.state == "declared_but_killed" for mutant in some) for some in (self.mutants, self.attacks)
        )
        short = {
            "texts": bool(self.faults),
            "right": bool(self.rejected),
            "mistakes": misjudged or self.named < NAMED * len(self.mistakes),
            "mutants": declared_wrongly or self.mutation_score < KILLED,
            "attacks": attack_too or bool(self.open_attacks),
            "idle": bool(self.open_idle),
            "slack": bool(self.open_slack),
            "trivial": bool(self.open_trivial),
        }
        return tuple(column for column, is_short in short.items() if is_short)
