"""A check without a submission: which calls it makes, worked out once for all submissions of a run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Generic, NoReturn, TypeVar

import torch

from grader.boundary.encoded_call import EncodedCall
from grader.boundary.right_replies import RightReplies
from grader.calls.invoke import settled
from grader.checks.context import CheckContext, holds_object
from grader.checks.digests import value_digest
from grader.checks.exercise import LoadedExercise
from grader.checks.judge import judge
from grader.checks.plan import Plan, PlannedCall, RightPath, Step
from grader.checks.reference import expect_valid
from grader.checks.render import function_name
from grader.checks.seeds import Sample, check_seed
from grader.wire.values import Call, Outcome, Probe

#: What is kept of each call.
T = TypeVar("T")

#: Runs a check with the context that it is given.
Body = Callable[[CheckContext], None]


def plan_for(exercise: LoadedExercise, check: str, seed: int, body: Body) -> Plan | None:
    """The calls of a check that uses nothing of what the submission returns, worked out when first asked for; None
    where each submission's are worked out anew."""
    if not exercise.remember:
        return None
    if (check, seed) not in exercise.plans:
        exercise.plans[check, seed] = Planning(exercise, check=check, seed=seed).worked_out(body)
    return exercise.plans[check, seed]


def path_for(exercise: LoadedExercise, check: str, seed: int, body: Body) -> RightPath | None:
    """The calls that a check makes of a submission that gives what the reference gives, worked out when first asked
    for; None where that is not known."""
    if not exercise.remember:
        return None
    if (check, seed) not in exercise.paths:
        exercise.paths[check, seed] = Rehearsal(exercise, check=check, seed=seed).worked_out(body)
    return exercise.paths[check, seed]


class _WithoutSubmission(CheckContext, Generic[T]):
    """A check's context that takes note of the calls that the check makes."""

    def __init__(self, exercise: LoadedExercise, *, check: str, seed: int) -> None:
        self.exercise = exercise
        self.sample = Sample(check_seed(seed, exercise.id, check), torch.device(exercise.device))
        self._upstream = Sample(check_seed(seed, exercise.id, check + "/upstream"), torch.device("cpu"))
        self._forbidden = {}
        self.failure = None
        self._made: list[T] = []
        self._encoded: list[tuple[EncodedCall, bytes]] = []

    def worked_out(self, body: Body) -> tuple[T, ...] | None:
        """Run the check: its calls. None where it does not end well, of which the check itself will say more, or where
        it has changed the inputs of a call after that."""
        try:
            body(self)
        except KeyboardInterrupt:
            raise
        except BaseException:  # pytest's own for a failed check are not Exceptions
            return None
        unchanged = all(encoded.present_digest() == digest for encoded, digest in self._encoded)
        return tuple(self._made) if unchanged else None

    def _note(self, encoded: EncodedCall, made: T) -> None:
        self._encoded.append((encoded, encoded.digest))
        self._made.append(made)


class Planning(_WithoutSubmission[PlannedCall]):
    """Its calls return nothing."""

    def made_and_judged(self, planned: PlannedCall) -> Any:
        planned.encoded.replies = RightReplies()
        self._note(planned.encoded, planned)


class Rehearsal(_WithoutSubmission[Step]):
    """Its calls give what the reference gives."""

    def made_and_judged(self, planned: PlannedCall) -> Any:
        function = planned.about or function_name(planned.encoded.call)
        return self._step(planned, self._expected(planned.encoded), about=function, judged=True)

    def call(self, space: Any, target: str | Probe, *args: Any, **kwargs: Any) -> Any:
        if space is not None:
            return super().call(space, target, *args, **kwargs)
        encoded = EncodedCall(Call(target=target, args=args, kwargs=kwargs))
        expected = expect_valid(self._expected(encoded), encoded.call)
        judging = partial(judge, form_only=True, parameter_names=self._parameter_names(target))
        planned = PlannedCall(encoded, expected, judging, None, True)
        return self._step(planned, expected, about="", judged=False)

    def _step(self, planned: PlannedCall, outcome: Outcome, *, about: str, judged: bool) -> Any:
        """What the reference gives, as a value of the check's own. Raises _NotKnown."""
        encoded = planned.encoded
        digest = value_digest(outcome.value)
        if encoded.callbacks or digest is None or holds_object([outcome.value, *encoded.call.args]):
            raise _NotKnown
        if planned.judging(encoded.call, planned.expected, outcome) is not None:
            raise _NotKnown
        self._note(encoded, Step(planned, digest, about=about, judged=judged))
        return settled(outcome).value

    def record(self, name: str) -> NoReturn:
        raise _NotKnown


class _NotKnown(Exception):
    """What comes of a call depends on more than the call."""
