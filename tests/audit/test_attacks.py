"""Attacks on checks: each fault shows where its words say, and nowhere else."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import numpy as np
import pytest
import torch

from grader.audit.attack.attacks import attacks_on, facts_in, watching
from grader.audit.mutation.mutants import Mutant
from tests.audit.command import grade
from tests.tiny import TRIPLED, exercise_toml, tiny_course

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


Calls = dict[str, list[tuple[Any, ...]]]  # by function


def attacks(calls: Calls, reference: str = REFERENCE) -> dict[tuple[str, str], Mutant]:
    """The attacks where the checks make these calls."""
    names: dict[str, Any] = {}
    exec(watching(reference), names)
    with redirect_stdout(StringIO()) as printed:
        for name, several in calls.items():
            for args in several:
                names[name](*args)
    return {
        (attack.function, attack.operator): attack for attack in attacks_on(reference, facts_in(printed.getvalue()))
    }


def loaded(attack: Mutant) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(attack.source, names)
    return names


def run(attack: Mutant, *args: Any) -> Any:
    return loaded(attack)[attack.function](*args)


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
    attack = attacks({"double": [(USUAL,)]})["double", fault]
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
    attack = attacks({"double": [(USUAL,)]})["double", "raises for empty inputs"]
    with pytest.raises(ValueError, match="empty"):
        run(attack, torch.ones(2, 0))
    assert torch.equal(run(attack, USUAL), 2 * USUAL)


def test_a_fault_that_is_not_of_the_inputs_shape_spoils_all_numbers_of_the_result() -> None:
    attack = attacks({"largest": [(USUAL,)]})["largest", "wrong for negative inputs"]
    values, [number] = run(attack, torch.tensor([[-1.0, 2.0], [3.0, 4.0]]))
    assert 2.0 not in values and 4.0 not in values and number != 1.0
    values, [number] = run(attack, USUAL)
    assert values.tolist() == [2.0, 4.5] and number == 1.0


def test_equal_entries_matter_where_the_largest_is_looked_for() -> None:
    attack = attacks({"largest": [(USUAL,)]})["largest", "wrong where two entries are equal"]
    assert run(attack, torch.tensor([[3.0, 3.0]]))[0] != 3.0 and run(attack, USUAL)[1] == [1.0]
    assert ("double", "wrong where two entries are equal") not in attacks({"double": [(USUAL,)]})


def test_what_lies_outside_a_functions_inputs_is_no_attack() -> None:
    faults = {fault for function, fault in attacks({"chance": [(USUAL[0] / 3,)]}) if function == "chance"}
    assert faults.isdisjoint(
        {"wrong for negative inputs", "wrong beyond 700", "inputs clamped to 5", "wrong for 0 axes"}
    )


def test_arrays_are_attacked_as_tensors_are() -> None:
    reference = 'import numpy as np\ndef half(x: np.ndarray) -> np.ndarray:\n    """x: [N]."""\n    return x / 2\n'
    found = attacks({"half": [(np.array([1.0, 2.0]),)]}, reference)
    x = np.array([800.0, 2.0])
    assert run(found["half", "wrong beyond 700"], x)[0] != 400 and run(found["half", "wrong beyond 700"], x)[1] == 1
    assert run(found["half", "inputs clamped to 5"], x).tolist() == [2.5, 1.0]
    assert run(found["half", "wrong for inputs with other strides"], x).tolist() == [400.0, 1.0]


BESIDE = """
import torch

def new(x: torch.Tensor) -> torch.Tensor:
    return x * 1

def changed(x: torch.Tensor) -> torch.Tensor:
    return x.add_(1)

def row(x: torch.Tensor) -> torch.Tensor:
    return x[0]

def freeze(module: torch.nn.Module) -> torch.nn.Module:
    return module

def total(sizes: list[int], w: torch.Tensor) -> float:
    return float(sum(sizes))
"""


def of_beside(fault: str, function: str) -> tuple[Any, Any]:
    """The function with the fault and, for those of the whole process, any other of that file."""
    w = torch.ones(2, requires_grad=True)
    ones = torch.ones(2, 2)
    module = torch.nn.Linear(1, 1)
    calls: Calls = {name: [(ones.clone(),)] for name in ("new", "changed", "row")}
    calls |= {"freeze": [(module,)], "total": [([1, 2], w)]}
    return loaded(attacks(calls, BESIDE)["" if "leaves the" in fault else function, fault])[function]


def test_objects_that_are_not_new() -> None:
    x, other = torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0])
    reused = of_beside("one object for all results of a shape", "new")
    first = reused(x)
    assert reused(other) is first and torch.equal(first, other) and reused(torch.ones(1)) is not first
    remembered = of_beside("the object of the last call if the inputs are equal", "new")
    first = remembered(x)
    assert remembered(x.clone()) is first and torch.equal(remembered(other), other)
    with_nan = remembered(x / 0 * 0)
    assert remembered(x / 0 * 0) is with_nan
    assert of_beside("an input itself where it is equal", "new")(x) is x
    view = of_beside("a view of an input where it is equal", "new")(x)
    assert view is not x and view.data_ptr() == x.data_ptr()


def test_objects_that_should_be_the_inputs() -> None:
    x = torch.ones(2, 2)
    copied = of_beside("a copy in place of an input or a view of it", "row")(x)
    assert torch.equal(copied, x[0]) and copied.data_ptr() != x.data_ptr()
    view = of_beside("a view in place of an input itself", "changed")(x)
    assert view is not x and view.data_ptr() == x.data_ptr() and x[0, 0] == 2
    module = torch.nn.Linear(1, 1)
    assert of_beside("a copy in place of an input or a view of it", "freeze")(module) is not module


def test_what_is_left_behind() -> None:
    module, w = torch.nn.Linear(1, 1), torch.ones(2, requires_grad=True)
    of_beside("leaves modules in the other mode", "freeze")(module)
    assert not module.training
    of_beside("adds to .grad", "total")([1], w)
    assert w.grad is not None and w.grad.tolist() == [1.0, 1.0]
    sizes = [1, 2]
    assert of_beside("drops an item of a list or dict it was given", "total")(sizes, w) == 3.0 and sizes == [1]
    result = of_beside("results with a history, although no input has one", "new")(torch.ones(2))
    assert result.requires_grad and result.tolist() == [1.0, 1.0]


def test_faults_that_a_function_cannot_have_are_not_made() -> None:
    w = torch.ones(2, requires_grad=True)
    of_total = {fault for _, fault in attacks({"total": [([1], w)]}, BESIDE)}
    assert of_total == {
        "wrong beyond 700",
        "wrong for negative inputs",
        "wrong for inputs with other strides",
        "wrong for an axis of length 1",
        "adds to .grad",
        "drops an item of a list or dict it was given",
    }
    assert attacks({}, BESIDE) == {}


#: Of the function double, what is declared, and why it is no finding, or one.
DECLARED = {
    "wrong beyond 700": "well: it survives",
    "the last row wrong": "not so: a check fails it",
    "wrong for 7 axes": "not so: there is no such attack",
}


_DOUBLE = '''
def double(x: torch.Tensor) -> torch.Tensor:
    """x: any shape."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION
'''


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], str]:
    """An exercise with a check that is too narrow, and these declarations: the JSON of its audit, and what is shown."""
    narrow = """
from grader.checks import check


@check(points=1, title="the values")
def test_values(compare, sample):
    compare("double", sample(4, 3, low=0.5, high=2))
    compare("double", sample(2, 3, low=-2, high=2).T)


@check(points=1, title="in another range")
def test_range(compare, sample):
    compare("double", sample(4, 3, low=2, high=3))
"""
    declared = "".join(
        f'[[equivalent]]\nfunction = "double"\nbefore = "double(...)"\nafter = "({fault})"\nreason = "{reason}"\n'
        for fault, reason in DECLARED.items()
    )
    history = "(results with a history, although no input has one)"
    declared += f'[[equivalent]]\nfunction = "*"\nbefore = "*"\nafter = "{history}"\nreason = "any"\n'
    reference = f"import torch\n\n\n{_DOUBLE}"
    files = {
        "reference.py": reference,
        "statement.md": "Write `double` in double.py.\n",
        "checks.py": narrow,
        "audit.toml": declared,
    }
    course = tiny_course(
        tmp_path_factory.mktemp("attacked") / "course",
        {"exercise01": {**files, "exercise.toml": exercise_toml("double", 2), "mistakes.py": TRIPLED}},
    )
    run = grade("audit", "--seeds", "1", "-j", "1", "--json", "audit.json", cwd=course)
    assert run.returncode == 1, run.stderr
    (found,) = json.loads((course / "audit.json").read_bytes())
    return found, run.stdout


@pytest.mark.slow
def test_a_check_that_is_too_narrow_and_a_side_effect_are_found(audited: tuple[dict[str, Any], str]) -> None:
    found, told = audited
    survived = {attack["operator"] for attack in found["attacks"] if attack["state"] == "survived"}
    assert survived == {
        "inputs clamped to 5",
        "wrong for 0 axes",
        "wrong for 1 axes",
        "wrong for 3 axes",
        "raises for empty inputs",
        "wrong for an axis of length 1",
        "results clamped to 100",
        "one object for all results of a shape",
        "the object of the last call if the inputs are equal",
    }
    killed = {attack["operator"] for attack in found["attacks"] if attack["state"] == "killed"}
    assert killed == {"wrong for negative inputs", "wrong for 2 axes", "wrong for inputs with other strides"} | {
        "the first row wrong"
    }
    block = 'function = "double"\n  before = "double(...)"\n  after = "(inputs clamped to 5)"\n  reason = "..."'
    assert f"[[equivalent]]\n  {block}" in told


@pytest.mark.slow
def test_a_declared_attack_is_no_finding_and_an_idle_declaration_is_one(audited: tuple[dict[str, Any], str]) -> None:
    found, told = audited
    state = {attack["operator"]: (attack["state"], attack["reason"]) for attack in found["attacks"]}
    assert state["wrong beyond 700"] == ("equivalent", DECLARED["wrong beyond 700"])
    assert state["results with a history, although no input has one"] == ("equivalent", "any")
    assert state["the last row wrong"][0] == "declared_but_killed"
    assert "declared equivalent, and yet values, range told it from the reference" in told
    [fault] = [fault["en"] for fault in found["faults"] if "audit.toml" in fault["en"]]
    assert fault.endswith("audit.toml:11: the audit makes no such mutant and no such attack: remove this")
