"""Outcomes of the trusted side's own functions."""

from __future__ import annotations

import types

import pytest
import torch

from grader.boundary.encoded_call import EncodedCall
from grader.calls.invoke import Space, invoke
from grader.checks.exercise import OutcomeCache, known_outcome
from grader.wire.values import Call

X = torch.tensor([1.0, 2.0])


def space(source: str) -> Space:
    module = types.ModuleType("reference")
    exec(source, vars(module))
    return Space(module)


def test_an_outcome_is_worked_out_once() -> None:
    counting = space("calls = []\ndef double(x):\n    calls.append(1)\n    return 2 * x\n")
    known = OutcomeCache(remember=True)
    for _ in range(3):
        assert torch.equal(known.of(counting, EncodedCall(Call(target="double", args=(X,)))).value, 2 * X)
    known.of(counting, EncodedCall(Call(target="double", args=(X + 1,))))
    assert len(counting.module.calls) == 2


@pytest.mark.parametrize("remember", [False, True])
def test_ctrl_c_is_nobodys_outcome(remember: bool) -> None:
    interrupted = space("def double(x):\n    raise KeyboardInterrupt\n")
    call = Call(target="double", args=(X,))
    with pytest.raises(KeyboardInterrupt):
        OutcomeCache(remember=remember).of(interrupted, EncodedCall(call))
    with pytest.raises(KeyboardInterrupt):
        known_outcome(interrupted, call)
    raised = invoke(interrupted, call).error  # a submission may raise what it likes
    assert raised is not None and raised.type_name == "KeyboardInterrupt"
