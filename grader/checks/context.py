"""What a check works with: the fixtures' objects, for one check of one submission."""

from __future__ import annotations

import inspect
from collections import deque
from collections.abc import Callable, Mapping
from functools import cache, partial
from types import MappingProxyType
from typing import Any, NamedTuple

import torch
from msgspec import structs

from grader.boundary.encoded_call import EncodedCall
from grader.boundary.limit_reached import LimitReached
from grader.boundary.submission_run import SubmissionRun
from grader.calls.invoke import Space, floating_tensors, settled
from grader.checks.again import Again
from grader.checks.bounded import TooLong
from grader.checks.clues import failed
from grader.checks.digests import value_digest
from grader.checks.evidence import JudgedCall, Judging
from grader.checks.exercise import LoadedExercise, NotRecorded, known_outcome
from grader.checks.explanation import Explanation
from grader.checks.failure import CallFailed, CheckFailed
from grader.checks.findings.call import MissingFunction
from grader.checks.findings.effect import TooManyOperations
from grader.checks.findings.finding import Finding
from grader.checks.judge import judge
from grader.checks.limit_sentences import LIKE_THIS
from grader.checks.namings import explanations
from grader.checks.plan import Plan, PlannedCall, RightPath
from grader.checks.records import Asking, RecordOutcome
from grader.checks.reference import expect_valid
from grader.checks.render import function_name
from grader.checks.scenarios import mentions
from grader.checks.seeds import Sample, check_seed
from grader.source_line import SourceLine
from grader.text import Message
from grader.wire.values import Call, Opaque, Outcome, Probe, Remote

#: Told of each judged call whether it passed, and a function that judges it again by tolerances scaled by a factor.
Watch = Callable[[bool, Callable[[float], bool]], None]

#: What a call is to raise: one exception, or any of several.
Raises = type[BaseException] | tuple[type[BaseException], ...]

#: Of a submission's time so much is used at most for calls that come after a check's first wrong one, and for further
#: calls that tell mistakes apart: the rest is for its checks.
_SHARE_OF_EVIDENCE = 0.5

#: So many right calls are remembered.
_MOST_RIGHT = 300


class _Answered(NamedTuple):
    """What a call gave, or raised, that the check has not asked for yet. digest: the call's."""

    digest: bytes
    got: Outcome | Exception


class Probes:
    """Code of the exercise's probes.py, to hand to a call: `probe(name, *args)` is the function with its first
    arguments bound, `probe.build(name, *args)` what it returns."""

    def __call__(self, name: str, *args: Any) -> Probe:
        return Probe(name, args)

    def build(self, name: str, *args: Any) -> Probe:
        return Probe(name, args, build=True)


class CheckContext:
    """One check of one submission: makes the calls, compares, and names the mistakes that explain what went wrong.

    failure: the first wrong call's. A check goes on after it, with the right values, so that there is more to tell
        mistakes apart by; it has failed all the same.
    made: what records.py has made of the submission; shared by its checks.
    right: the calls that were right; shared by a submission's checks, since a mistake that fails them is not made.
    naming: whether mistakes are asked for. goes_on: whether a check goes on after its first wrong call, which only
        naming has any use for.
    watch: for an audit, which asks how near to the tolerances answers come.
    loops: the lines on which loops begin in a function of the submission.
    why_lost: why a function that the file defines is not there all the same.
    """

    def __init__(
        self,
        exercise: LoadedExercise,
        run: SubmissionRun,
        *,
        check: str,
        seed: int,
        forbidden: Mapping[str, Message] = MappingProxyType({}),
        naming: bool = True,
        goes_on: bool = True,
        right: list[JudgedCall] | None = None,
        made: dict[str, RecordOutcome] | None = None,
        watch: Watch | None = None,
        loops: Callable[[str], tuple[SourceLine, ...]] = lambda function: (),
        why_lost: Callable[[str], Message | None] = lambda function: None,
    ) -> None:
        self.exercise = exercise
        self.run = run
        self.made = {} if made is None else made
        self.seed = seed
        self.sample = Sample(check_seed(seed, exercise.id, check), torch.device(exercise.device))
        self._upstream = Sample(check_seed(seed, exercise.id, check + "/upstream"), torch.device("cpu"))
        self.failure: CallFailed | None = None
        self._wrong: list[JudgedCall] = []
        self._right = [] if right is None else right
        self._before = len(self._right)  # of these, how many are of other checks
        self._further = torch.Generator().manual_seed(check_seed(seed, exercise.id, check + "/further"))
        self._forbidden = forbidden
        self._naming = naming
        self._may_go_on = naming and goes_on
        self._answered: deque[_Answered] = deque()
        self._watch = watch
        self._loops = loops
        self._why_lost = why_lost

    def compare(
        self,
        target: str | Probe,
        *args: Any,
        gradient: bool | tuple[int, ...] = False,
        rtol: float | None = None,
        atol: float | None = None,
        replace: dict[str, Probe] | None = None,
        about: str | None = None,
        numpy_scalars: bool = False,
        twin: bool = False,
        raises: Raises = (),
        max_operations: int | None = None,
        effects: bool = False,
        identity: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Call submission and reference on the same inputs and judge the difference; the submission's value.

        gradient: also compare vᵀ·∂output/∂input for a random v, for every floating tensor among the positional
            arguments (True) or for those at the given positions.
        rtol, atol: instead of the dtype's own tolerance.
        replace: names of the submission's module that stand for a probe during the call.
        about: the function that a probe's scenario is about, for naming mistakes; a function's own name by default.
        numpy_scalars: a NumPy floating scalar is as good as a Python float.
        twin: the inputs are on another device than the CPU, and the result has to be there as well; on a machine
            without one it is simulated (grader/twin). In a run on a real device the call is made there, too.
        raises: exceptions of which the call is to raise one, on both sides.
        max_operations: how many operations PyTorch may dispatch for a right result: a vectorised answer needs few,
            however large the input is. What NumPy does is not counted.
        effects: beside giving its value the call may do nothing that the reference's does not (calls/effects.py); it
            is made twice.
        identity: the result must be an argument itself, share memory with one or have its own, as the reference's.
        Raises CheckFailed; ReferenceFailed where the reference raises anything else than it is to.
        """
        self._refuse_forbidden(target, *args, *kwargs.values())
        counted = max_operations is not None
        call = Call(target=target, args=args, kwargs=kwargs, replace=replace or {}, twin=twin, counted=counted)
        call = structs.replace(call, effects=effects, identity=identity)
        if gradient is not False:
            call = self._with_gradient(call, gradient)
        names = tuple(error.__name__ for error in (raises if isinstance(raises, tuple) else (raises,)))
        judging = partial(judge, rtol=rtol, atol=atol, numpy_scalars=numpy_scalars, raises=names)
        judging = partial(judging, max_operations=max_operations)
        value = None
        on_devices = [call, structs.replace(call, twin=False)] if twin and self.exercise.device != "cpu" else [call]
        for encoded in map(EncodedCall, on_devices):
            if self.exercise.known.is_quick:
                self.run.begin_call(encoded)
            expected = expect_valid(self._expected(encoded), encoded.call, names)
            value = self._judged(encoded, expected, judging, about)
        return value

    def expect(
        self,
        target: str | Probe,
        *args: Any,
        equals: Any,
        rtol: float | None = None,
        atol: float | None = None,
        replace: dict[str, Probe] | None = None,
        about: str | None = None,
        numpy_scalars: bool = False,
    ) -> Any:
        """Call the submission and judge its value against one that the check worked out itself, by autograd, say.

        equals: the right value; its kind, dtype and shape count, a dict's items are judged in its order.
        The rest, and what is raised and returned, as in `compare`. Mistakes are tried in the same way.
        """
        self._refuse_forbidden(target, *args)
        expected = settled(Outcome(value=equals))
        encoded = EncodedCall(Call(target=target, args=args, replace=replace or {}))
        judging = partial(judge, rtol=rtol, atol=atol, numpy_scalars=numpy_scalars)
        return self._judged(encoded, expected, judging, about, tried=False)

    def _expected(self, encoded: EncodedCall) -> Outcome:
        """What the reference gives."""
        return self.exercise.known.of(self.exercise.reference, encoded)

    def _judged(
        self, encoded: EncodedCall, expected: Outcome, judging: Judging, about: str | None, *, tried: bool = True
    ) -> Any:
        """As `made_and_judged`."""
        judging = partial(judging, parameter_names=self._parameter_names(encoded.call.target))
        return self.made_and_judged(PlannedCall(encoded, expected, judging, about, tried))

    def replay(self, plan: Plan) -> None:
        """Make and judge a check's calls. Raises what `compare` does."""
        for planned in plan:
            call = planned.encoded.call
            self._refuse_forbidden(call.target, *call.args, *call.kwargs.values())
            self.made_and_judged(planned)

    def follow(self, path: RightPath) -> bool:
        """Make the calls that the check makes of a right submission, as long as each gives the very value that the
        reference gives. Whether all have: then the check has passed. Else the check is to be run, and gets what these
        calls have given."""
        answered: deque[_Answered] = deque()
        for step in path:
            call = step.planned.encoded.call
            try:
                self._refuse_forbidden(call.target, *call.args, *call.kwargs.values())
                got: Outcome | Exception = self._asked(step.planned.encoded, call.target, step.about)
            except (LimitReached, CheckFailed) as error:
                got = error
            answered.append(_Answered(step.planned.encoded.digest, got))
            if isinstance(got, Exception) or not step.is_right(got):
                self._answered = answered
                return False
        for step, (_, got) in zip(path, answered, strict=True):
            if step.judged and not isinstance(got, Exception):
                self._passed(step.planned, step.about, got)
        return True

    def _passed(self, planned: PlannedCall, function: str, got: Outcome) -> None:
        """Take note of a right call."""
        encoded, expected = planned.encoded, planned.expected
        judging = partial(planned.judging, encoded.call, expected)
        self.run.right = True
        if self._watch is not None:
            self._watch(True, lambda scale: judging(got, scale=scale) is None)
        if len(self._right) < _MOST_RIGHT:
            self._right.append(JudgedCall(function, encoded, expected, got, judging, None, planned.tried))

    def made_and_judged(self, planned: PlannedCall) -> Any:
        """The submission's value if it is right, else the right one; CheckFailed where the check can't go on."""
        encoded, expected = planned.encoded, planned.expected
        call = encoded.call
        judging = partial(planned.judging, call, expected)
        function = planned.about or function_name(call)
        got = self._asked(encoded, call.target, function)
        if got.error and got.error.kind == "exception" and not got.error.frames and not planned.tried:
            # No line of the submission: the scenario itself may be what does not work here.
            expect_valid(self._expected(encoded), call)
        replies = encoded.replies
        known = replies is not None and replies.is_right(got)
        finding = None if known else judging(got)
        if finding is None:
            if replies is not None and not known:
                replies.keep(got)
            self._passed(planned, function, got)
            return got.value
        self.run.right = False
        if self._watch is not None:
            self._watch(False, lambda scale: judging(got, scale=scale) is None)
        self._wrong.append(JudgedCall(function, encoded, expected, got, judging, finding, planned.tried))
        goes_on = self._goes_on(finding, expected)
        if self.failure is None or not goes_on:
            failure = self._failed(call, finding, expected, got, function, self._again(planned.judging))
            self.failure = self.failure or failure
            if not goes_on:
                raise failure
        return expected.value

    def _asked(
        self, call: Call | EncodedCall, target: str | Probe, about: str, *, seconds: float | None = None
    ) -> Outcome:
        """What the submission gives. A limit is told of the function that a scenario is about, not of the scenario."""
        if self._answered and isinstance(call, EncodedCall):
            digest, got = self._answered.popleft()
            if digest == call.digest:
                if isinstance(got, Exception):
                    raise got
                return got
            self._answered.clear()
        try:
            return self.run.call(call, seconds=seconds)
        except LimitReached as limit:
            if isinstance(target, Probe):
                limit.function = about if about != target.name else ""
                if limit.kind == "not_run" and limit.detail:
                    limit.detail = limit.function or LIKE_THIS
            raise

    def _again(self, judging: Judging) -> Again | None:
        """For the report of a failure: nothing that a learner may see is worked out in a hidden check."""
        if self.run.hidden or not self._naming:
            return None

        def got(call: Call) -> Outcome | None:
            return self._trial(EncodedCall(call))

        def expected(call: Call) -> Outcome | None:
            try:
                return self.exercise.known.once(self.exercise.reference, call)
            except (TooLong, NotRecorded):
                return None

        return Again(self.run.slug, expected, got, judging)

    def _goes_on(self, finding: Finding, expected: Outcome) -> bool:
        """Whether the check's next calls can be made, with the right value in the place of the wrong one, and would
        tell something. An object that stays in the worker has no right one there."""
        useful = self._may_go_on and finding.may_be_a_mistake and not holds_object(expected.value)
        return useful and self._has_time()

    def _has_time(self) -> bool:
        return self.run.left > self.run.limits.total_seconds * (1 - _SHARE_OF_EVIDENCE)

    def explanations(self) -> tuple[Explanation, ...]:
        """The mistakes that explain the check's wrong calls, by function; for after its end."""
        wrong = self._wrong
        if not self._naming or not all(call.finding and call.finding.may_be_a_mistake for call in wrong):
            return ()
        with self.run.paused():
            return explanations(self.exercise, self._trial, self._further, wrong, self._right)

    def _trial(self, encoded: EncodedCall) -> Outcome | None:
        return self.run.try_call(encoded) if self._has_time() else None

    def _failed(
        self,
        call: Call,
        finding: Finding,
        expected: Outcome,
        got: Outcome,
        about: str | None = None,
        again: Again | None = None,
    ) -> CallFailed:
        """The finding with what only the submission's source tells."""
        match finding:
            case MissingFunction():
                finding = structs.replace(finding, lost=self._why_lost(finding.name))
            case TooManyOperations():
                finding = structs.replace(finding, loops=self._loops(about or function_name(call)))
        names = self._parameter_names(call.target)
        right = [judged.encoded.call for judged in self._right[self._before :]]
        more: dict[str, Any] = {"about": about, "again": again, "passed": right}
        if isinstance(call.target, Probe):
            words = self.exercise.words
            more |= {"words": words.names, "scenario": words.scenario(call.target.name)}
        return failed(call, finding, expected, got, parameter_names=names, **more)

    def call(self, space: Space | None, target: str | Probe, *args: Any, **kwargs: Any) -> Any:
        """The plain value of one call, of the submission (None) or in a space of the trusted side."""
        call = Call(target=target, args=args, kwargs=kwargs)
        if space is not None:
            return self._given(space, call)
        self._refuse_forbidden(target, *args, *kwargs.values())
        encoded = EncodedCall(call)
        outcome = self._asked(encoded, target, "")
        return self._of_form(call, outcome, expect_valid(self._expected(encoded), call))

    def _given(self, space: Space, call: Call) -> Any:
        """What the call gives in a space of the trusted side, as a value that the check may change."""
        try:
            outcome = self.exercise.known.of(space, EncodedCall(call))
        except TypeError:  # an argument that could not be sent to a submission
            return expect_valid(known_outcome(space, call), call).value
        if value_digest(outcome.value) is None:  # an object may have changed since
            outcome = known_outcome(space, call)
        return settled(expect_valid(outcome, call)).value

    def ask(self, target: Probe, *args: Any, like: Any, about: str = "") -> Any:
        """The plain value of one call of the submission, for records.py: it may take `record_seconds`, and instead of
        the reference's value `like` says of what kind, dtype and shape it must be."""
        self._refuse_forbidden(target, *args)
        call = Call(target=target, args=args)
        outcome = self._asked(call, target, about, seconds=self.run.limits.record_seconds)
        return self._of_form(call, outcome, settled(Outcome(value=like)), about)

    def record(self, name: str) -> Any:
        """What the function `name` of records.py gives of this submission: made by the first check that asks. Where
        that raises, every check that asks meets the same exception."""
        if name not in self.made:
            sample = Sample(check_seed(self.seed, self.exercise.id, f"records/{name}"), self.sample.device)
            asking = Asking(self.ask, self.run.close)
            self.made[name] = RecordOutcome.of(self.exercise.records[name], asking, sample, self.record)
        return self.made[name].value

    def _of_form(self, call: Call, outcome: Outcome, expected: Outcome, about: str | None = None) -> Any:
        """The outcome's value. A check goes on with it, so it must be of the expected one's kind, dtype and shape."""
        target = call.target
        finding = judge(call, expected, outcome, form_only=True, parameter_names=self._parameter_names(target))
        if finding is not None:
            self.failure = self.failure or self._failed(call, finding, expected, outcome, about or None)
            raise self.failure
        return outcome.value

    def _refuse_forbidden(self, target: str | Probe, *arguments: Any) -> None:
        """A function that reaches a ready-made answer is not asked, nor is a scenario that names it."""
        refusal = self._forbidden.get("")
        if isinstance(target, str):
            refusal = self._forbidden.get(target, refusal)
        else:
            source = self.exercise.probes_source or ""
            named = (name for name in self._forbidden if name and mentions(source, target, arguments, name))
            refusal = next((self._forbidden[name] for name in named), refusal)
        if refusal is not None:
            raise CheckFailed(refusal)

    def _with_gradient(self, call: Call, gradient: bool | tuple[int, ...]) -> Call:
        positions = gradient if isinstance(gradient, tuple) else _positions_of_floats(call.args)
        value = self._expected(EncodedCall(call)).value
        upstream = tuple(self._upstream.like(tensor) for tensor in floating_tensors(value))
        return structs.replace(call, requires_grad=positions, upstream=upstream)

    def _parameter_names(self, target: str | Probe) -> tuple[str, ...]:
        space = self.exercise.reference
        skipped = 0 if isinstance(target, str) else 1 + len(target.args)  # the module, and what is bound
        function = space.probes[target.name] if isinstance(target, Probe) else vars(space.module)[target]
        return parameters_of(function)[skipped:]


class Implementation:
    """`student.sigmoid(x)`, `reference.sigmoid(x)`: plain calls with plain values."""

    def __init__(self, context: CheckContext, space: Space | None) -> None:
        self._context = context
        self._space = space

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return partial(self, name)

    def __call__(self, target: str | Probe, *args: Any, **kwargs: Any) -> Any:
        """Call a function, or run a probe's scenario, on this implementation."""
        return self._context.call(self._space, target, *args, **kwargs)


@cache
def parameters_of(function: Callable[..., Any]) -> tuple[str, ...]:
    """The names of a function's parameters."""
    return tuple(inspect.signature(function).parameters)


def holds_object(value: Any) -> bool:
    """Whether it is, or holds, an object that stays where it was made."""
    if isinstance(value, dict):
        return any(map(holds_object, value.values()))
    return any(map(holds_object, value)) if isinstance(value, (list, tuple)) else isinstance(value, (Remote, Opaque))


def _positions_of_floats(args: tuple[Any, ...]) -> tuple[int, ...]:
    return tuple(i for i, value in enumerate(args) if isinstance(value, torch.Tensor) and value.is_floating_point())
