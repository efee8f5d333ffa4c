"""What crosses the boundary of a real, confined worker: every kind of value as what it was, functions, objects."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from grader.boundary.limit_reached import LimitReached
from grader.boundary.scratch import Scratch
from grader.boundary.submission_run import SubmissionRun
from grader.boundary.worker_pool import WorkerPool
from grader.course.model import Limits
from grader.wire.values import Call, Callback, Effects, Facts, Opaque, Outcome, Probe, Remote
from grader.worker.zygote import Configure
from tests.reading import read_submission

CODE = """
import numpy as np
import torch

class Counter:
    def __init__(self): self.n = 0

def same(value): return value
def make(): return Counter()
def count(counter):
    counter.n += 1
    return counter.n
def apply(f, x): return f(x)
def repeat(f, times):
    total = 0
    for i in range(times): total += f(i)
    return total
def module(): return torch.nn.Linear(2, 2)
def parameter(): return torch.nn.Parameter(torch.ones(2))
def view(x): return x[1:]
def strange(): return torch.sparse_coo_tensor([[0], [1]], [1.0], (2, 2))
def change(x):
    x += 1
    return x.clone()
def scale(x, w): return x * w
def fill(x): x[1] = 3
def cached(made=[]):
    torch.manual_seed(0)
    return made
"""
PROBES = """
def square(x): return x * x
def shifted(by, x): return x + by
def build(n): return list(range(n))
def scenario(module, x): return [module.same(x), module.scale(x, 2)]
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SubmissionRun]:
    source = WorkerPool(Configure(hidden=[]))
    scratch = Scratch()
    path = tmp_path_factory.mktemp("values") / "s.py"
    path.write_text(CODE)
    submission = read_submission(path, slug="s")
    run = SubmissionRun(source.start, scratch, submission, Limits(call_seconds=5), slug="s", probes=PROBES)
    yield run
    run.close()
    source.close()
    scratch.remove()


def call(run: SubmissionRun, target: str | Probe, *args: Any, **options: Any) -> Outcome:
    return run.call(Call(target=target, args=args, **options))


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        0,
        -(10**30),
        1.5,
        math.inf,
        2 + 3j,
        "ünï 中文",
        "",
        [1, [2.0, "x"]],
        (),
        (1,),
        {"a": [1], 2: None},
        np.float64(0.1),
        np.int32(3),
        np.bool_(True),
    ],
)
def test_data_comes_back_as_the_kind_it_was(run: SubmissionRun, value: Any) -> None:
    got = call(run, "same", value).value
    assert type(got) is type(value)
    assert got == value


@pytest.mark.parametrize(
    "dtype", [torch.float64, torch.float32, torch.bfloat16, torch.int64, torch.bool, torch.complex64]
)
def test_tensors_keep_dtype_shape_and_values(run: SubmissionRun, dtype: torch.dtype) -> None:
    for x in (torch.ones(2, 3).to(dtype), torch.zeros((), dtype=dtype), torch.zeros(0, 4, dtype=dtype)):
        got = call(run, "same", x).value
        assert (got.dtype, got.shape) == (x.dtype, x.shape)
        assert torch.equal(got, x)


def test_arrays_come_back_as_arrays(run: SubmissionRun) -> None:
    got = call(run, "same", np.arange(6.0).reshape(2, 3)).value
    assert isinstance(got, np.ndarray)
    assert got.tolist() == [[0, 1, 2], [3, 4, 5]]


def test_strided_input_arrives_strided(run: SubmissionRun) -> None:
    x = torch.arange(12.0).reshape(3, 4).T
    outcome = call(run, "same", x)
    assert outcome.facts[()].stride == x.stride()
    assert torch.equal(outcome.value, x)


def test_a_strided_array_arrives_strided(run: SubmissionRun) -> None:
    x = np.arange(12.0).reshape(3, 4)[::-1].T
    outcome = call(run, "same", x)
    assert outcome.facts[()].stride == x.strides and np.array_equal(outcome.value, x)


def test_facts_of_a_view_and_of_a_parameter(run: SubmissionRun) -> None:
    assert call(run, "view", torch.arange(4.0)).facts[()].shares == (0,)
    assert call(run, "same", torch.arange(4.0)).facts[()].shares == (0,)
    facts = call(run, "parameter").facts[()]
    assert facts == Facts((1,), "cpu", requires_grad=True, is_leaf=True, is_parameter=True)


def test_effects_and_identity_cross_where_they_are_asked_for(run: SubmissionRun) -> None:
    plain = call(run, "same", torch.zeros(2))
    assert (plain.effects, plain.same_as) == (None, None)
    asked = call(run, "same", torch.zeros(2), effects=True, identity=True)
    assert (asked.effects, asked.same_as) == (Effects(), (0,))
    assert call(run, "cached", effects=True).effects == Effects(again="shared")


def test_a_changed_input_is_noticed(run: SubmissionRun) -> None:
    assert call(run, "fill", [1, 2]).modified == (0,)
    assert call(run, "change", torch.zeros(2)).modified == (0,)
    assert call(run, "same", torch.full((2,), math.nan)).modified == ()


def test_objects_stay_behind_handles(run: SubmissionRun) -> None:
    counter = call(run, "make").value
    assert isinstance(counter, Remote)
    assert counter.type_name == "Counter"
    assert [call(run, "count", counter).value for _ in range(3)] == [1, 2, 3]
    assert call(run, "module").value.type_name == "Linear"
    assert isinstance(call(run, "strange").value, Opaque)


def test_a_probe_lives_in_the_worker_and_autograd_flows_through_it(run: SubmissionRun) -> None:
    x = torch.tensor([1.0, 2.0], dtype=torch.float64)
    outcome = call(run, "apply", Probe("square"), x, requires_grad=(1,), upstream=(torch.ones_like(x),))
    assert outcome.gradients is not None
    assert outcome.gradients[0].tolist() == [2, 4]
    assert call(run, "apply", Probe("shifted", (10,)), 1).value == 11
    assert call(run, "same", Probe("build", (3,), build=True)).value == [0, 1, 2]
    assert call(run, Probe("scenario"), 3).value == [3, 6]


def test_a_function_of_the_trusted_side_is_called_back(run: SubmissionRun) -> None:
    asked: list[Any] = []

    def answer(x: Any) -> Any:
        asked.append(x)
        return x * 2

    assert call(run, "apply", Callback(answer), torch.tensor([1.0])).value.tolist() == [2]
    assert call(run, "repeat", Callback(answer), 5).value == 20
    assert asked[1:] == [0, 1, 2, 3, 4]


def test_what_a_callback_raises_is_raised_in_the_submission(run: SubmissionRun) -> None:
    error = call(run, "apply", Callback(lambda x: 1 / x), 0).error
    assert error is not None
    assert "ZeroDivisionError" in error.message


def test_callbacks_are_bounded(run: SubmissionRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.boundary.worker_handle.MAX_CALLBACKS", 10)
    with pytest.raises(LimitReached) as reached:
        call(run, "repeat", Callback(lambda i: i), 100)
    assert reached.value.kind == "protocol"
    assert call(run, "same", 1).value == 1  # in a fresh worker


def test_only_what_can_cross_is_sent(run: SubmissionRun, tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="PosixPath"):
        call(run, "same", tmp_path)
