"""What a call does beside giving its value, as `invoke` attests it and `judge` tells it."""

from __future__ import annotations

import types
from typing import Any

import numpy as np
import pytest
import torch

from grader.calls.effects import settings_kept
from grader.calls.invoke import Space, invoke
from grader.checks.findings import effect
from grader.checks.findings.finding import Called, Finding
from grader.checks.judge import judge, same
from grader.text import render
from grader.wire.values import Call, Effects, Outcome, Probe

X = torch.tensor([3.0, 1.0, 2.0])
PROBES = """
import torch

class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = torch.nn.BatchNorm1d(3)
    def forward(self, x): return self.inner(x)

def net(): return Net().eval()
"""
NET = Probe("net", build=True)


def space(source: str) -> Space:
    module, probes = types.ModuleType("submission"), types.ModuleType("probes")
    exec("import random\nimport numpy as np\nimport torch\n" + source, vars(module))
    exec(PROBES, vars(probes))
    return Space(module, vars(probes))


def outcome(source: str, *args: Any, **options: Any) -> Outcome:
    """Of f, as it is in this source."""
    with settings_kept():
        made = invoke(space(source), Call(target="f", args=args, effects=True, **options))
    assert made.error is None, made.error
    return made


def found(source: str, reference: str, *args: Any, **options: Any) -> Finding | None:
    call = Call(target="f", args=args, effects=True, **options)
    expected, got = outcome(reference, *args, **options), outcome(source, *args, **options)
    return judge(call, expected, got, parameter_names=("x", "y"))


DOUBLE = "def f(x): return x * 2"
CASES: dict[str, tuple[str, str, tuple[Any, ...], type[Finding], str]] = {
    "a cached tensor": (
        "R = []\ndef f(x):\n    if not R: R.append(x * 2)\n    return R[0]",
        DOUBLE, (X,), effect.HandsOutAgain, "two results in the same memory",
    ),
    "a view of a buffer": (
        "B = torch.empty(3)\ndef f(x): return torch.mul(x, 2, out=B)[:2]",
        "def f(x): return x[:2] * 2", (X,), effect.HandsOutAgain, "changes the other",
    ),
    "a cached array": (
        "B = np.zeros(3)\ndef f(x):\n    B[:] = x\n    return {'a': [B]}",
        "def f(x): return {'a': [x.copy()]}", (np.ones(3),), effect.HandsOutAgain, "Make the result anew",
    ),
    "one and the same dict": ("D = {}\ndef f(): return D", "def f(): return {}", (), effect.HandsOutAgain, "f() retur"),
    "a list as a default": (
        "def f(x, found=[]):\n    found.append(x)\n    return found",
        "def f(x): return [x]", (3.0,), effect.ChangesEarlierResult, "changed what the first call had returned",
    ),
    "a graph": (
        "W = torch.ones(3, requires_grad=True)\ndef f(x): return {'loss': (x * W).sum()}",
        "def f(x): return {'loss': x.sum()}", (X,), effect.KeepsHistory, "['loss'] of the result of f(x) requires grad",
    ),
    "requires_grad": (
        "def f(x):\n    x.requires_grad_()\n    return (x * 2).detach()", DOUBLE, (X,), effect.RequiresGradChanged,
        "f(x) changed requires_grad of its input: x.",
    ),
    "requires_grad in a list": (
        "def f(x):\n    x[0].requires_grad_()\n    return 1", "def f(x): return 1", ([X],), effect.RequiresGradChanged,
        "of its input: x.",
    ),
    "requires_grad of a module": (
        "def f(x):\n    x.requires_grad_(False)\n    return 1", "def f(x): return 1", (NET,),
        effect.RequiresGradChanged, "f(x) changed requires_grad of parameters of its input: x.",
    ),
    "grad of a module": (
        "def f(x):\n    sum(p.sum() for p in x.parameters()).backward()\n    return 1", "def f(x): return 1", (NET,),
        effect.GradChanged, ".grad of parameters of its input: x.",
    ),
    "the mode": (
        "def f(x, y):\n    x.inner.train()\n    return x(y).detach()",
        "def f(x, y):\n    x.train()\n    out = x(y).detach()\n    x.eval()\n    return out",
        (NET, torch.randn(4, 3)), effect.ModeChanged, "another mode, training or evaluation, than it was in: x.",
    ),
    "buffers": (
        "def f(x, y):\n    x.train()\n    x(y)\n    x.eval()\n    return 1", "def f(x, y): return 1",
        (NET, torch.randn(4, 3)), effect.ContentsChanged, "changed parameters or buffers of its input: x.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_an_effect_is_told_and_excused_where_the_reference_has_it(name: str) -> None:
    source, reference, args, kind, text = CASES[name]
    finding = found(source, reference, *args)
    assert type(finding) is kind
    call = Called("f", "f()" if not args else "f(x)")
    assert text in " ".join(render(sentence, "en") for sentence in finding.sentences(call))
    assert found(source, source, *args) is None
    assert not same(outcome(reference, *args), outcome(source, *args))


@pytest.mark.filterwarnings("ignore:.*[Ss]parse")
@pytest.mark.parametrize(
    ("source", "args"),
    [
        (DOUBLE, (X,)),
        ("def f(x): return x", (X,)),
        ("def f(x): return x[1:]", (X,)),
        ("def f(x): return (x, [x], {'x': x})", (X,)),
        ("def f(x): return x.inner.weight", (NET,)),
        ("def f(x): return x", ([1, 2.0],)),
        ("def f(x): return 3, 'text', None, (), torch.float32, torch.device('cpu'), f, int, torch.empty(0)", (X,)),
        ("def f(x): return torch.nn.Parameter(x.clone())", (X,)),
        ("def f(x): return torch.rand(3) + random.random() + np.random.rand()", (X,)),
        (
            "def f(x):\n    with torch.random.fork_rng(devices=[]):\n        torch.manual_seed(0)\n    return x * 2",
            (X,),
        ),
        ("def f(x):\n    with torch.no_grad(): return x * 2", (X,)),
        ("def f(x):\n    torch.manual_seed(0)\n    return x * 2", (X,)),
        ("C = {}\ndef f(x): return C.setdefault(len(x), torch.ones(3)) * x", (X,)),
        ("def f(x):\n    x.train()\n    x.eval()\n    return [p.detach().clone() for p in x.parameters()]", (NET,)),
        ("def f(x): return torch.nn.Linear(2, 3), torch.nn.LSTM(2, 3), torch.nn.ReLU()", (X,)),
        ("def f(x): return torch.ones(2).to_sparse(), torch.ones(2, device='meta')", (X,)),
        ("class T(torch.Tensor): pass\ndef f(x): return (x * 2).as_subclass(T)", (X,)),
    ],
)
def test_nothing_is_said_of_an_honest_call(source: str, args: tuple[Any, ...]) -> None:
    assert outcome(source, *args).effects == Effects()


def test_gradients_that_were_asked_for_are_no_history() -> None:
    leaf = {"requires_grad": (0,), "upstream": (torch.ones(3),)}
    assert found(DOUBLE, "def f(x): return (x * 2).detach()", X) is None
    got = outcome(DOUBLE, X, **leaf)
    assert got.effects == Effects() and got.gradients is not None


def test_what_a_second_call_changed_is_judged_as_it_was() -> None:
    got = outcome("L = []\ndef f(x):\n    L.append(x.tolist())\n    return L", X)
    assert got.value == [[3, 1, 2]] and got.effects == Effects(again="changed")


def test_a_second_call_that_raises_says_nothing_and_costs_nothing() -> None:
    half_done = "L = []\ndef f(x):\n    L.append(1)\n    assert len(L) < 2\n    return L"
    assert outcome(half_done, X).value == [1]
    got = outcome("N = []\ndef f(x):\n    N.append(x)\n    assert len(N) < 2\n    return x * 2", X)
    assert got.effects == Effects() and got.value.tolist() == [6, 2, 4]


def test_without_effects_there_is_one_call() -> None:
    there = space("N = []\ndef f(x):\n    N.append(1)\n    return len(N)")
    assert invoke(there, Call(target="f", args=(X,))).value == 1
    assert invoke(there, Call(target="f", args=(X,), effects=True)).value == 2
    assert invoke(there, Call(target="f", args=(X,))).value == 4


@pytest.mark.parametrize("source", ["[0] * 1_000_000", "torch.zeros(1).expand(1 << 40)", "DEEP"])
def test_a_huge_result_costs_no_second_call(source: str) -> None:
    deep = "DEEP = []\nfor _ in range(900): DEEP = [DEEP]\n"
    got = outcome(f"{deep}N = []\ndef f(x):\n    N.append(1)\n    assert len(N) < 2\n    return {source}", X)
    assert got.error is None and got.effects == Effects()


def test_on_the_twin_device_as_well() -> None:
    assert outcome(DOUBLE, X, twin=True).effects == Effects()
    cached = "R = []\ndef f(x):\n    R.append(x * 2)\n    return R[0]"
    assert outcome(cached, X, twin=True).effects == Effects(again="shared")


IDENTITIES = {
    "itself": "def f(x): return x",
    "view": "def f(x): return x.view_as(x)",
    "copy": "def f(x): return x.clone()",
}


@pytest.mark.parametrize("reference", IDENTITIES)
@pytest.mark.parametrize("got", IDENTITIES)
def test_itself_a_view_and_a_copy_are_told_apart(reference: str, got: str) -> None:
    call = Call(target="f", args=(X,), identity=True)
    expected, had = (invoke(space(IDENTITIES[name]), call) for name in (reference, got))
    finding = judge(call, expected, had, parameter_names=("x",))
    assert (finding is None) is (reference == got) is same(expected, had)
    if finding is not None:
        words = {"itself": "x itself", "view": "in the memory of x, as a view is", "copy": "an object of its own"}
        text = render(finding.sentences(Called("f", "f(x)"))[0], "en")
        assert text == f"The result of f(x) is {words[got]}, and should be {words[reference]}."
    plain = Call(target="f", args=(X,))
    assert judge(plain, invoke(space(IDENTITIES[reference]), plain), invoke(space(IDENTITIES[got]), plain)) is None


@pytest.mark.parametrize("value", [[3, 1, 2], {"a": 1}, np.arange(3.0)])
def test_identity_of_other_containers(value: Any) -> None:
    call = Call(target="f", args=(value,), identity=True)
    itself, copied = space("def f(x): return x"), space("import copy\ndef f(x): return copy.copy(x)")
    assert type(judge(call, invoke(itself, call), invoke(copied, call))) is effect.WrongIdentity
    assert judge(call, invoke(copied, call), invoke(copied, call)) is None


def test_views_of_arrays_are_facts_of_both_sides() -> None:
    made = invoke(space("def f(x): return {'a': (x[1:], x + 1)}"), Call(target="f", args=(np.ones(3),)))
    assert made.facts["a", 0].shares == (0,) and made.facts["a", 1].shares == ()


@pytest.mark.parametrize(
    ("value", "change"),
    [
        ([3, 1, 2], "x.sort()"),
        ([1.5, "a"], "x[1] = 'b'"),
        ([1, None], "x[0] = True"),
        ({"a": 1}, "x['a'] = 2"),
        ({"a": [1, (2, [3])]}, "x['a'][1][1][0] = 4"),
        ([X.clone()], "x[0].add_(1)"),
        ([[np.ones(2)]], "x[0][0][0] = 3"),
        ([1, 2], "x[0] = None"),
        ([float("nan")], "x[0] = 1.0"),
    ],
)
def test_changed_lists_and_dicts_are_found(value: Any, change: str) -> None:
    for args, kwargs in (((value,), {}), ((), {"x": value})):
        call = Call(target="f", args=args, kwargs=kwargs)
        assert invoke(space(f"def f(x):\n    {change}\n    return 1"), call).modified == (0,)
        assert invoke(space("def f(x):\n    list(x)\n    return 1"), call).modified == ()
