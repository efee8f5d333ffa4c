"""How naming went for one submission, for the next one that gives the same: a class makes few mistakes, many times.

What is named depends on the wrong replies, on which calls were right, and on what the further calls give. For the same
wrong replies and right calls these further calls are made again; as long as each gives what it gave before, nothing
is worked out anew.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Sequence

import torch

from grader.boundary.encoded_call import EncodedCall
from grader.checks.digests import outcome_digest
from grader.checks.evidence import JudgedCall
from grader.checks.exercise import LoadedExercise
from grader.checks.explanation import Explanation, Naming
from grader.checks.naming import Namer, Trial
from grader.wire.values import Outcome

#: So many are remembered.
_MOST = 10_000


def explanations(
    exercise: LoadedExercise,
    trial: Trial,
    generator: torch.Generator,
    wrong: Sequence[JudgedCall],
    right: Sequence[JudgedCall],
) -> tuple[Explanation, ...]:
    """As `Namer.explanations`. generator: what further calls are drawn from, seeded for this check of this run."""
    if not exercise.remember:
        return Namer(exercise, trial, generator).explanations(wrong, right)
    key, known = _key(generator, wrong, right), None
    answered = deque[Outcome]()
    if key is not None and (known := exercise.namings.get(key)) and _goes_as_before(known, trial, answered):
        return known.explanations
    made: list[tuple[EncodedCall, bytes | None]] = []
    complete = True

    def noted(encoded: EncodedCall) -> Outcome | None:
        nonlocal complete
        got = answered.popleft() if answered else trial(encoded)
        complete &= got is not None
        made.append((encoded, None if got is None else outcome_digest(got)))
        return got

    namer = Namer(exercise, noted, generator)
    found = namer.explanations(wrong, right)
    if key is not None and known is None and complete and namer.timely and len(exercise.namings) < _MOST:
        exercise.namings[key] = Naming(tuple(made), found)
    return found


def _goes_as_before(known: Naming, trial: Trial, answered: deque[Outcome]) -> bool:
    """Whether the further calls give what they gave before. answered: gets what they give, until one does not."""
    for encoded, digest in known.trials:
        got = trial(encoded)
        if got is None:
            return False
        answered.append(got)
        if digest is None or outcome_digest(got) != digest:
            return False
    return True


def _key(generator: torch.Generator, wrong: Sequence[JudgedCall], right: Sequence[JudgedCall]) -> bytes | None:
    """What naming depends on, but for further calls; None where that can't be told."""
    state = hashlib.blake2b(b"%d" % generator.initial_seed(), digest_size=16)
    for call in (*wrong, *right):
        state.update(
            b"%b %b %b\n" % (call.function.encode(), call.encoded.digest, repr(call.judging.keywords).encode())
        )
        outcomes = [] if call.of_reference else [call.expected]
        outcomes += [] if call.finding is None else [call.got]
        for digest in map(outcome_digest, outcomes):
            if digest is None:
                return None
            state.update(digest)
    return state.digest()
