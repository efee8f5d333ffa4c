"""Which known mistakes a check's wrong outputs come of.

A mistake is named if it gives all the wrong outputs of the check, is right where the submission is, and agrees on
further calls that are made to tell it from others. Where no mistake does so alone, two are tried together. A single
wrong kind or flag that no further call confirms names nothing, nor does an exception alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

import numpy as np
import torch
from msgspec import structs

from grader.boundary.encoded_call import EncodedCall
from grader.calls.invoke import Space, floating_tensors
from grader.checks.bounded import TooLong
from grader.checks.evidence import JudgedCall, is_finite, numbers_in, weight
from grader.checks.exercise import LoadedExercise, Mistake, NotRecorded
from grader.checks.explanation import Explanation
from grader.checks.findings.value import WrongNumber
from grader.checks.judge import same
from grader.checks.variations import Kind, variations
from grader.wire.values import Call, Outcome

#: One mistake, or two that are made at once.
Suspect = tuple[Mistake, ...]

#: Makes one further call of the submission; None where it gives nothing.
Trial = Callable[[EncodedCall], Outcome | None]

#: So many further calls confirm a suspect, of so many that are made at most.
_CONFIRMING, _MOST_TRIALS = 4, 10

#: The weight of the evidence from which on a mistake is sure, or two at once: two measured numbers, say, or three small
#: whole ones; for two mistakes, four measured numbers.
_ENOUGH, _ENOUGH_FOR_TWO = 3, 8

#: So many operations of PyTorch, some microseconds each, are spent on the pairs for one function in one check. To
#: compose a pair takes as long as so many of them.
_MOST_OPERATIONS, _OPERATIONS_TO_COMPOSE = 80_000, 100

#: In this order. Those of the second row are made only to tell suspects apart: what they leave may be outside of what
#: the function is for.
_CONFIRMS: tuple[Kind, ...] = ("values", "rows", "shorter", "longer", "sizes", "counts")
_TELLS_APART: tuple[Kind, ...] = (*_CONFIRMS, "negated", "larger", "smaller")
_CONFIRMS_OVERFLOW: tuple[Kind, ...] = ("smaller", "rows", "values")


class Namer:
    """Names the mistakes of one submission's checks. generator: what further calls are drawn from.

    timely: whether nothing was given up because it took too long.
    """

    def __init__(self, exercise: LoadedExercise, trial: Trial, generator: torch.Generator) -> None:
        self._exercise = exercise
        self._trial = trial
        self._generator = generator
        self.timely = True
        self._outcomes: dict[tuple[tuple[str, ...], EncodedCall], Outcome | None] = {}

    def explanations(self, wrong: Sequence[JudgedCall], right: Sequence[JudgedCall]) -> tuple[Explanation, ...]:
        """What explains a check's wrong calls, function by function in the order in which they failed.

        right: calls that the submission got right, of this check and others.
        """
        explanations = []
        with np.errstate(all="ignore"):  # mistakes overflow by design; NumPy would warn on the learner's terminal
            for function in dict.fromkeys(call.function for call in wrong):
                own = [call for call in wrong if call.function == function]
                # Each function's further calls are the same, whatever else is wrong.
                self._generator.manual_seed(self._generator.initial_seed())
                try:
                    explanations.append(Explanation(function, self._of_function(function, own, right)))
                except (TooLong, NotRecorded):  # a further call made a loop endless, or is in no record of a bundle
                    explanations.append(Explanation(function))
                    self.timely = False
        return tuple(explanations)

    def _of_function(self, function: str, wrong: list[JudgedCall], right: Sequence[JudgedCall]) -> tuple[str, ...]:
        if not any(call.telling for call in wrong):
            return ()
        shown = wrong[0]
        # What tells most first: there most suspects give another output already.
        wrong.sort(key=lambda call: -call.telling)
        mistakes = self._exercise.mistakes_showing_in(wrong[0].encoded.call.target, function)
        for suspects in (((mistake,) for mistake in mistakes), self._pairs(mistakes, wrong, right)):
            reproducing = [suspect for suspect in suspects if self._reproduces(suspect, wrong)]
            fitting = [suspect for suspect in reproducing if self._is_right_where(suspect, function, right)]
            agreeing, sure = self._confirmed(fitting, wrong) if fitting else ([], False)
            if agreeing:
                agreeing = self._not_refuted(agreeing, right)
                # Several that agree in all are rivals, and two at once no better than one of them.
                common = set.intersection(*({mistake.name for mistake in suspect} for suspect in agreeing))
                named = [mistake for mistake in agreeing[0] if sure and mistake.name in common]
                named.sort(key=lambda mistake: self._distance(mistake, shown))
                return tuple(mistake.name for mistake in named)
        return ()

    def _pairs(
        self, mistakes: Sequence[Mistake], wrong: list[JudgedCall], right: Sequence[JudgedCall]
    ) -> Iterator[Suspect]:
        """Pairs of mistakes of which each changes some wrong output, and none where the submission is right."""
        shown = [mistake for mistake in mistakes if any(self._shows(mistake, call) for call in wrong)]
        possible = [mistake for mistake in shown if self._is_right_where((mistake,), mistake.of, right)]
        pairs = list(combinations(possible, 2))
        # All or none: of some of the pairs the wrong one could be the only one that fits.
        if len(pairs) * (_OPERATIONS_TO_COMPOSE + self._operations(wrong[0])) <= _MOST_OPERATIONS:
            yield from pairs

    def _operations(self, judged: JudgedCall) -> int:
        """How many operations the reference needs for a call: what a pair costs, whatever else the machine does."""
        call = structs.replace(judged.encoded.call, counted=True)
        return self._known(self._exercise.reference, EncodedCall(call)).operations

    def _shows(self, mistake: Mistake, call: JudgedCall) -> bool:
        """Whether the mistake changes the output. One that raises where the submission does not can't be part of it."""
        outcome = self._outcome((mistake,), call.encoded)
        if outcome is None or (outcome.error is not None and call.got.error is None):
            return False
        return not same(outcome, call.expected)

    def _reproduces(self, suspect: Suspect, wrong: list[JudgedCall]) -> bool:
        """Whether it gives all wrong outputs."""
        outcomes = ((call, self._outcome(suspect, call.encoded)) for call in wrong)
        return all(outcome is not None and call.reproduced_by(outcome) for call, outcome in outcomes)

    def _distance(self, mistake: Mistake, shown: JudgedCall) -> int:
        """How far from explaining the call that the report shows: 0 if it does so alone, 1 if it fails in the same way,
        2 otherwise."""
        outcome = self._outcome((mistake,), shown.encoded)
        if outcome is None:
            return 2
        if shown.reproduced_by(outcome):
            return 0
        return 1 if type(shown.judging(outcome)) is type(shown.finding) else 2

    def _is_right_where(self, suspect: Suspect, function: str, right: Sequence[JudgedCall]) -> bool:
        """Whether it is right in the calls of a function in which the submission is.

        What is right only beside other values of the submission, as a step that is judged from its own last one, says
        nothing of a mistake: there the reference itself is not right.
        """
        calls = [call for call in right if call.function == function and self._is_right_for_all(call)]
        outcomes = ((call, self._outcome(suspect, call.encoded)) for call in calls)
        return all(outcome is not None and call.judging(outcome) is None for call, outcome in outcomes)

    def _is_right_for_all(self, call: JudgedCall) -> bool:
        return call.of_reference or call.judging(self._known(self._exercise.reference, call.encoded)) is None

    def _not_refuted(self, rivals: list[Suspect], right: Sequence[JudgedCall]) -> list[Suspect]:
        """Of several, without those of a called function that the submission gets right where they don't; all where
        that leaves none. One alone stays: a learner's function may do by itself what the reference's calls."""
        if len(rivals) == 1:
            return rivals
        possible = [
            suspect
            for suspect in rivals
            if all(self._is_right_where((mistake,), mistake.of, right) for mistake in suspect)
        ]
        return possible or rivals

    def _outcome(self, suspect: Suspect, encoded: EncodedCall) -> Outcome | None:
        """What the call gives with these mistakes; None for two that can't be made at once."""
        key = (tuple(mistake.name for mistake in suspect), encoded)
        if key not in self._outcomes:
            space = self._exercise.space_with(suspect)
            self._outcomes[key] = None if space is None else self._known(space, encoded)
        return self._outcomes[key]

    def _known(self, space: Space, encoded: EncodedCall) -> Outcome:
        return self._exercise.known.of(space, encoded, bounded=True)

    # -- further calls

    def _confirmed(self, suspects: list[Suspect], wrong: list[JudgedCall]) -> tuple[list[Suspect], bool]:
        """The suspects that agree with the submission on further calls, and whether these are enough to be sure."""
        overflow = all(call.shows_overflow for call in wrong)
        kinds = _CONFIRMS_OVERFLOW if overflow else _CONFIRMS
        if len(suspects) > 1 and not _with_a_common_mistake(suspects):
            kinds = _TELLS_APART
        # Of an overflow it has to show where it begins: within one result, or in a smaller call if that is one number.
        one_number = overflow and all(isinstance(call.finding, WrongNumber) for call in wrong)
        made = confirming = 0
        seen = [] if overflow else [(call.expected, call.got) for call in wrong]
        for encoded, expected in self._further_calls(wrong, kinds):
            outcomes = [self._outcome(suspect, encoded) for suspect in suspects]
            begins = one_number and not confirming and outcomes[0] is not None and is_finite(outcomes[0])
            if not begins and not _tells(outcomes, expected, enough=confirming >= _CONFIRMING):
                continue
            got, made = self._trial(encoded), made + 1
            if got is None or made > _MOST_TRIALS:
                return suspects, False
            agreeing = [outcome is not None and same(outcome, got) for outcome in outcomes]
            suspects = [suspect for suspect, agrees in zip(suspects, agreeing, strict=True) if agrees]
            if not suspects:
                return [], False
            if begins or not overflow or _is_mixed(got):
                confirming += 1
                seen.append((expected, got))
        two = min(map(len, suspects)) > 1
        enough = 1 if overflow else _ENOUGH_FOR_TWO if two else _ENOUGH
        return suspects, weight(seen, two=two and not overflow) >= enough

    def _further_calls(self, wrong: list[JudgedCall], kinds: tuple[Kind, ...]) -> Iterator[tuple[EncodedCall, Outcome]]:
        """Variations of the wrong calls on which the reference gives something finite, and that."""
        for judged in wrong[:2]:
            for _, call in variations(judged.encoded.call, self._generator, kinds):
                varied = self._with_upstream(call)
                encoded = EncodedCall(varied)
                expected = self._known(self._exercise.reference, encoded)
                if expected.error is None and is_finite(expected):
                    yield encoded, expected

    def _with_upstream(self, call: Call) -> Call:
        """The call with upstream gradients where it asks for gradients and lost them."""
        if not call.requires_grad or call.upstream is not None:
            return call
        without = EncodedCall(structs.replace(call, requires_grad=()))
        value = self._known(self._exercise.reference, without).value
        drawn = (
            torch.rand(tensor.shape, generator=self._generator, dtype=torch.float64)
            for tensor in floating_tensors(value)
        )
        upstream = tuple(u.to(tensor.dtype) for u, tensor in zip(drawn, floating_tensors(value), strict=True))
        return structs.replace(call, upstream=upstream)


def _with_a_common_mistake(suspects: list[Suspect]) -> bool:
    return bool(set.intersection(*({mistake.name for mistake in suspect} for suspect in suspects)))


def _tells(outcomes: list[Outcome | None], expected: Outcome, *, enough: bool) -> bool:
    """Whether the suspects differ, or, where that is not all that is still asked for, one of them shows."""
    first, *others = outcomes
    if any((first is None) != (other is None) or (first and other and not same(first, other)) for other in others):
        return True
    return not enough and first is not None and not same(first, expected)


def _is_mixed(outcome: Outcome) -> bool:
    """Whether some numbers are finite and others are not."""
    blocks = [*numbers_in(outcome.value), *numbers_in(outcome.gradients)]
    some = any(bool(numbers.isfinite().any()) for numbers in blocks)
    return some and not all(bool(numbers.isfinite().all()) for numbers in blocks)
