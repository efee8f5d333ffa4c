"""The twin device: good code passes there with the CPU's values, code for the CPU does not. On CUDA it is the same."""

from __future__ import annotations

import copy
import io
import textwrap
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from grader.calls.probes import run_probes
from grader.twin import DEVICE, Twin, is_twin, on_twin_device, put_on_twin

PIECES = run_probes((Path(__file__).parent / "pieces.py").read_text("utf-8"))
GOOD: dict[str, str] = PIECES["GOOD"]
BAD: dict[str, str] = PIECES["BAD"]

#: Where pieces run beside the CPU: on its twin, and on a real device where there is one.
PLACES = [
    "twin",
    pytest.param(
        "cuda", marks=[pytest.mark.gpu, pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device here")]
    ),
]


def function(body: str) -> Callable[..., Any]:
    names: dict[str, Any] = {"torch": torch, "np": np, "nn": nn, "F": torch.nn.functional, "copy": copy, "io": io}
    exec("def piece(x, w, y):\n" + textwrap.indent(body, "    "), names)
    return names["piece"]  # type: ignore[no-any-return]


def inputs() -> tuple[torch.Tensor, ...]:
    gen = torch.Generator().manual_seed(3)
    return torch.randn(4, 3, generator=gen), torch.randn(3, 2, generator=gen), torch.tensor([0, 2, 1, 2])


def run(body: str, place: str) -> list[torch.Tensor]:
    """Every tensor that the piece returns."""
    torch.manual_seed(0)
    at = [put_on_twin(x) if place == "twin" else x.to(place) for x in inputs()]
    with on_twin_device() if place == "twin" else nullcontext():
        return list(tensors(function(body)(*at)))


def tensors(value: Any) -> Iterator[torch.Tensor]:
    if isinstance(value, torch.Tensor):
        yield value
    else:
        for item in value.values() if isinstance(value, dict) else value:
            yield from tensors(item)


def test_there_are_enough_pieces() -> None:
    assert len(GOOD) >= 27
    assert len(BAD) >= 12


@pytest.mark.filterwarnings("ignore:.*cuDNN")
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", GOOD)
def test_good_code_passes(name: str, place: str) -> None:
    got = run(GOOD[name], place)
    assert got
    assert {x.device for x in got} == {DEVICE}
    if place == "cuda" and ("rand" in GOOD[name] or "bernoulli" in GOOD[name]):
        return  # another generator's numbers
    if name in ("get_device and is_cuda", "printing"):
        return  # which can't run, or says otherwise, on the CPU
    for x, expected in zip(got, run(GOOD[name], "cpu"), strict=True):
        torch.testing.assert_close(x.detach().cpu(), expected.detach())


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", BAD)
def test_code_for_the_cpu_fails(name: str, place: str) -> None:
    if name == "the device of this machine" and torch.cuda.is_available():
        return  # it is good there
    run(BAD[name], "cpu") if name != "a module taken back" else None
    try:
        got = run(BAD[name], place)
    except (RuntimeError, TypeError) as error:
        assert "device" in str(error)
    else:
        assert any(x.device.type == "cpu" for x in got)


def test_a_twin_is_a_tensor_on_another_device() -> None:
    x = put_on_twin(torch.ones(2, 3))
    assert isinstance(x, torch.Tensor) and isinstance(x, Twin) and is_twin(x) and not is_twin(torch.ones(2))
    assert (x.device, x.is_cuda, x.is_cpu, x.get_device()) == (DEVICE, True, False, 0)
    assert (x.shape, x.dtype, x.stride()) == ((2, 3), torch.float32, (3, 1))
    assert repr(x).endswith("device='cuda:0')")
    assert type(x) == torch.Tensor and torch.Tensor == type(x) and type(x) != np.ndarray  # noqa: E721
    assert type(torch.ones(1)) != nn.Parameter  # noqa: E721


def test_what_goes_in_keeps_its_layout_and_its_kind() -> None:
    model = nn.BatchNorm1d(3)
    strided = torch.arange(12.0).reshape(3, 4).T
    value = put_on_twin({"a": [strided, (model, 1.5)], "b": np.ones(2), "c": "cpu"})
    assert is_twin(value["a"][0]) and value["a"][0].stride() == (1, 4)
    assert value["a"][1] == (model, 1.5) and type(value["b"]) is np.ndarray and value["c"] == "cpu"
    assert all(is_twin(x) for x in (*model.parameters(), *model.buffers()))
    assert all(isinstance(p, nn.Parameter) for p in model.parameters())
    assert {p.device for p in model.parameters()} == {DEVICE}


def test_moving_makes_a_copy_and_staying_does_not() -> None:
    x = put_on_twin(torch.ones(3))
    with on_twin_device():
        here = x.cpu()
        here += 1
        assert x.tolist() == [1, 1, 1] and type(here) is torch.Tensor and here.device.type == "cpu"
        there = here.to(DEVICE)
        there += 1
        assert here.tolist() == [2, 2, 2] and is_twin(there)
        assert x.to(DEVICE) is x and x.cuda() is x and here.cpu() is here and x.to(there) is x


def test_pinned_memory_is_the_cpus() -> None:
    x = put_on_twin(torch.ones(3))
    with on_twin_device():
        here = torch.zeros(3)
        pinned = here.pin_memory()
        assert pinned is not here and is_twin(pinned.to(x.device, non_blocking=True))
        with pytest.raises(RuntimeError, match="only dense CPU tensors can be pinned"):
            x.pin_memory()


@pytest.mark.parametrize("device", [DEVICE, "cuda", "cuda:0", 0])
def test_a_module_follows_its_device_whatever_names_it(device: torch.device | str | int) -> None:
    with on_twin_device():
        for model in (nn.Linear(3, 2).to(device), nn.Linear(3, 2).to(device=device), nn.Linear(3, 2).cuda(device)):
            assert all(is_twin(p) for p in model.parameters())
            assert not any(is_twin(p) for p in model.to(device="cpu").parameters())


def test_views_share_memory_and_autograd_passes() -> None:
    x = put_on_twin(torch.ones(2, 3)).requires_grad_()
    with on_twin_device():
        row = (x * 2)[0]
        assert is_twin(row) and row._base is not None
        (row**2).sum().backward()
        assert is_twin(x.grad) and x.grad is not None and x.grad.tolist() == [[8, 8, 8], [0, 0, 0]]
        flat = x.detach().view(-1)
        flat[0] = 7
        assert x[0, 0].item() == 7
        away = x.cpu().sum() + (x * 2).to("cpu").sum()
        away.backward()
    assert x.grad.tolist() == [[11, 11, 11], [3, 3, 3]]


def test_outside_nothing_has_changed() -> None:
    before = torch.Generator, torch.load
    with on_twin_device(), pytest.raises(ZeroDivisionError):
        1 / 0  # noqa: B018
    with pytest.raises(ZeroDivisionError), on_twin_device():
        1 / 0  # noqa: B018
    assert (torch.Generator, torch.load) == before
    assert type(torch.ones(2).to("cpu") + 1) is torch.Tensor


@pytest.mark.parametrize("device", ["meta"])
def test_a_third_device_is_left_alone(device: str) -> None:
    x = torch.ones(2, device=device)
    assert put_on_twin(x) is x and not is_twin(x)
