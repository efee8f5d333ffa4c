"""A check without a submission: which calls it makes, worked out once for all submissions of a run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn

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

#: Runs a check with the context that it is given.
Body = Callable[[CheckContext], None]


def plan_for(exercise: LoadedExercise, check: str, seed: int, body: Body) -> Plan | None:
    """The calls of a check that uses nothing of what the submission returns, worked out when first asked for; None
    where each submission's are worked out anew."""
    if not exercise.remember:
        return None
    plans = exercise.plans
    if (check, seed) not in plans:
        planning = Planning(exercise, check=check, seed=seed)
        plans[check, seed] = planning.plan if _runs(body, planning) else None
    return plans[check, seed]


def path_for(exercise: LoadedExercise, check: str, seed: int, body: Body) -> RightPath | None:
    """The calls that a check makes of a submission that gives what the reference gives, worked out when first asked
    for; None where that is not known."""
    if not exercise.remember:
        return None
    paths = exercise.paths
    if (check, seed) not in paths:
        rehearsal = Rehearsal(exercise, check=check, seed=seed)
        paths[check, seed] = rehearsal.path if _runs(body, rehearsal) else None
    return paths[check, seed]


def _runs(body: Body, context: CheckContext) -> bool:
    """Whether it runs to its end. Where not, the check itself will say what is wrong with it."""
    try:
        body(context)
    except KeyboardInterrupt:
        raise
    except BaseException:  # pytest's own for a failed check are not Exceptions
        return False
    return True


class _WithoutSubmission(CheckContext):
    """A check's context that takes note of the calls that the check makes."""

    def __init__(self, exercise: LoadedExercise, *, check: str, seed: int) -> None:
        self.exercise = exercise
        self.sample = Sample(check_seed(seed, exercise.id, check), torch.device(exercise.device))
        self._upstream = Sample(check_seed(seed, exercise.id, check + "/upstream"), torch.device("cpu"))
        self._forbidden = {}
        self.failure = None
        self._calls: list[EncodedCall] = []
        self._digests: list[bytes] = []

    def _note(self, encoded: EncodedCall) -> None:
        self._calls.append(encoded)
        self._digests.append(encoded.digest)

    @property
    def _unchanged(self) -> bool:
        """Whether the inputs of every call are what they were, now that the check has ended."""
        return self._digests == [encoded.present_digest() for encoded in self._calls]


class Planning(_WithoutSubmission):
    """Its calls return nothing."""

    def __init__(self, exercise: LoadedExercise, *, check: str, seed: int) -> None:
        super().__init__(exercise, check=check, seed=seed)
        self._planned: list[PlannedCall] = []

    def made_and_judged(self, planned: PlannedCall) -> Any:
        planned.encoded.replies = RightReplies()
        self._planned.append(planned)
        self._note(planned.encoded)

    @property
    def plan(self) -> Plan | None:
        """The calls, once the check has ended; None where it has changed the inputs of one after that."""
        return tuple(self._planned) if self._unchanged else None


class Rehearsal(_WithoutSubmission):
    """Its calls give what the reference gives."""

    def __init__(self, exercise: LoadedExercise, *, check: str, seed: int) -> None:
        super().__init__(exercise, check=check, seed=seed)
        self._steps: list[Step] = []

    @property
    def path(self) -> RightPath | None:
        """The calls, once the check has ended; None where it has changed the inputs of one after that."""
        return tuple(self._steps) if self._unchanged else None

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
        self._note(encoded)
        self._steps.append(Step(planned, digest, about=about, judged=judged))
        return settled(outcome).value

    def record(self, name: str) -> NoReturn:
        raise _NotKnown


class _NotKnown(Exception):
    """What comes of a call depends on more than the call."""
