"""Attacks on checks: each fault shows where its words say, and nowhere else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from grader.audit.attack.attacks import attacks_on
from grader.audit.mutation.mutants import Mutant

#: Inputs that no fault is about.
USUAL = torch.tensor([[0.5, 1.0, 2.0], [3.0, 4.0, 4.5]], dtype=torch.float64)

REFERENCE = '''
import torch

def double(x: torch.Tensor) -> torch.Tensor:
    """2·x. x: floats of any shape."""
    return 2 * x

def largest(x: torch.Tensor) -> tuple[torch.Tensor, list]:
    """x: [N, D]."""
    return x.max(dim=1).values, [1.0]

def chance(p: torch.Tensor) -> torch.Tensor:
    """p: [N], probabilities."""
    return 1 - p
'''


def attacks(reference: str = REFERENCE) -> dict[tuple[str, str], Mutant]:
    return {(attack.function, attack.operator): attack for attack in attacks_on(reference)}


def run(attack: Mutant, *args: Any) -> Any:
    names: dict[str, Any] = {}
    exec(attack.source, names)
    return names[attack.function](*args)


@pytest.mark.parametrize(
    ("fault", "met", "given"),
    [
        ("inputs clamped to 5", torch.tensor([1.0, 7.0, -9.0]), [2.0, 10.0, -10.0]),
        ("wrong beyond 700", torch.tensor([1.0, 701.0]), [2.0, None]),
        ("wrong for negative inputs", torch.tensor([-1.0, 3.0]), [None, 6.0]),
        ("wrong for 0 axes", torch.tensor(3.0), None),
        ("wrong for 1 axes", torch.tensor([3.0, 4.0]), [None, None]),
        ("wrong for 3 axes", torch.ones(1, 1, 2), [[[None, None]]]),
        ("wrong for inputs with other strides", torch.tensor([[1.0, 2.0], [3.0, 4.0]]).T, [[None, None]] * 2),
        ("wrong for an axis of length 1", torch.tensor([3.0]), [None]),
        ("the first row wrong", torch.tensor([1.0, 2.0, 3.0]), [None, 4.0, 6.0]),
        ("the last row wrong", torch.tensor([1.0, 2.0, 3.0]), [2.0, 4.0, None]),
    ],
)
def test_a_fault_for_some_inputs(fault: str, met: torch.Tensor, given: Any) -> None:
    """given: what comes out, None where it is wrong."""
    attack = attacks()["double", fault]
    x = met.double()
    result = run(attack, x)
    expected = torch.tensor(_filled(given, float("nan")), dtype=torch.float64)
    assert result.dtype == torch.float64 and result.shape == x.shape
    wrong = expected.isnan()
    assert torch.equal(result[~wrong], expected[~wrong]) and not (result == 2 * x)[wrong].any()
    if "row" not in fault:
        assert torch.equal(run(attack, USUAL), 2 * USUAL)


def _filled(value: Any, nothing: float) -> Any:
    return (
        [_filled(item, nothing) for item in value] if isinstance(value, list) else nothing if value is None else value
    )


def test_a_fault_for_empty_inputs() -> None:
    attack = attacks()["double", "raises for empty inputs"]
    with pytest.raises(ValueError, match="empty"):
        run(attack, torch.ones(2, 0))
    assert torch.equal(run(attack, USUAL), 2 * USUAL)


def test_a_fault_that_is_not_of_the_inputs_shape_spoils_all_numbers_of_the_result() -> None:
    attack = attacks()["largest", "wrong for negative inputs"]
    values, [number] = run(attack, torch.tensor([[-1.0, 2.0], [3.0, 4.0]]))
    assert 2.0 not in values and 4.0 not in values and number != 1.0
    values, [number] = run(attack, USUAL)
    assert values.tolist() == [2.0, 4.5] and number == 1.0


def test_equal_entries_matter_where_the_largest_is_looked_for() -> None:
    attack = attacks()["largest", "wrong where two entries are equal"]
    assert run(attack, torch.tensor([[3.0, 3.0]]))[0] != 3.0 and run(attack, USUAL)[1] == [1.0]
    assert ("double", "wrong where two entries are equal") not in attacks()


def test_what_lies_outside_a_functions_inputs_is_no_attack() -> None:
    faults = {fault for function, fault in attacks() if function == "chance"}
    assert faults.isdisjoint(
        {"wrong for negative inputs", "wrong beyond 700", "inputs clamped to 5", "wrong for 0 axes"}
    )


def test_arrays_are_attacked_as_tensors_are() -> None:
    reference = 'import numpy as np\ndef half(x: np.ndarray) -> np.ndarray:\n    """x: [N]."""\n    return x / 2\n'
    found = attacks(reference)
    x = np.array([800.0, 2.0])
    assert run(found["half", "wrong beyond 700"], x)[0] != 400 and run(found["half", "wrong beyond 700"], x)[1] == 1
    assert run(found["half", "inputs clamped to 5"], x).tolist() == [2.5, 1.0]
    assert run(found["half", "wrong for inputs with other strides"], x).tolist() == [400.0, 1.0]
