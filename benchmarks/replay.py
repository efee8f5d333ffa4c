"""Recorded calls, made again on a submission and compared with what the reference gave. Needs only PyTorch and NumPy:
the benchmark's notebook holds the text of this file, so that nbgrader's test cells judge the same as the others.

A case is a dict: target, args, kwargs, requires_grad, upstream, replace, value, gradients, rtol, atol. A probe in it
is {"probe": name, "args": [...], "build": bool}.
"""

from __future__ import annotations

import base64
import functools
import pickle
import types
from typing import Any

import numpy as np
import torch

TOLERANCES = {torch.float16: (1e-3, 1e-5), torch.bfloat16: (1.6e-2, 1e-5), torch.float32: (1.3e-6, 1e-5)}
DOUBLE = (1e-7, 1e-7)


def replay(module: types.ModuleType, probes: dict[str, Any], text: str) -> None:
    """Make the calls of `text`, base64 of pickled cases, on the module. Raises AssertionError at a wrong one."""
    for case in pickle.loads(base64.b64decode(text)):
        value, gradients = call(module, probes, case)
        for got, expected in ((value, case["value"]), (gradients, case["gradients"])):
            assert same(got, expected, case["rtol"], case["atol"]), f"{case['target']} is wrong"


def call(module: types.ModuleType, probes: dict[str, Any], case: dict[str, Any]) -> tuple[Any, Any]:
    """The value of one call, and its gradients: None if none are asked for."""
    args = [resolve(probes, argument) for argument in case["args"]]
    for position in case["requires_grad"]:
        args[position].requires_grad_()
    target, names = case["target"], vars(module)
    before = {name: names.get(name) for name in case["replace"]}
    for name, probe in case["replace"].items():
        names[name] = functools.partial(resolve(probes, probe), before[name])
    try:
        kwargs = {name: resolve(probes, argument) for name, argument in case["kwargs"].items()}
        if isinstance(target, str):
            value = names[target](*args, **kwargs)
        else:
            value = resolve(probes, target)(module, *args, **kwargs)
    finally:
        names.update(before)
    if case["upstream"] is None:
        return value, None
    products = [(tensor * u).sum() for tensor, u in zip(floating(value), case["upstream"], strict=True)]
    total = torch.stack(products).sum()
    wanted = [args[position] for position in case["requires_grad"]]
    return value, torch.autograd.grad(total, wanted, allow_unused=True)


def resolve(probes: dict[str, Any], argument: Any) -> Any:
    """The argument as the function gets it: tensors and arrays as copies, probes as functions."""
    if isinstance(argument, torch.Tensor):
        return argument.clone()
    if isinstance(argument, np.ndarray):
        return argument.copy()
    if isinstance(argument, (list, tuple)):
        return type(argument)(resolve(probes, item) for item in argument)
    if isinstance(argument, dict) and "probe" in argument:
        bound = [resolve(probes, item) for item in argument["args"]]
        function = probes[argument["probe"]]
        return function(*bound) if argument["build"] else functools.partial(function, *bound)
    if isinstance(argument, dict):
        return {key: resolve(probes, item) for key, item in argument.items()}
    return argument


def floating(value: Any) -> list[torch.Tensor]:
    """The floating tensors of a result, in order."""
    if isinstance(value, torch.Tensor):
        return [value] if value.is_floating_point() else []
    if isinstance(value, dict):
        value = list(value.values())
    return [tensor for item in value for tensor in floating(item)] if isinstance(value, (list, tuple)) else []


def same(got: Any, expected: Any, rtol: float | None = None, atol: float | None = None) -> bool:
    """Whether kind, dtype and shape are equal, and the numbers close."""
    if isinstance(expected, np.ndarray) and isinstance(got, np.ndarray):
        got, expected = torch.from_numpy(np.asarray(got)), torch.from_numpy(expected)
    if isinstance(expected, torch.Tensor):
        if not isinstance(got, torch.Tensor) or (got.dtype, got.shape) != (expected.dtype, expected.shape):
            return False
        relative, absolute = TOLERANCES.get(expected.dtype, DOUBLE)
        relative, absolute = relative if rtol is None else rtol, absolute if atol is None else atol
        return bool(torch.isclose(got.detach(), expected, relative, absolute, equal_nan=True).all())
    if isinstance(expected, float):
        alike = isinstance(got, (float, np.floating))
        return alike and same(torch.tensor(float(got)), torch.tensor(expected), rtol, atol)
    if isinstance(expected, (list, tuple)):
        alike = isinstance(got, (list, tuple)) and len(got) == len(expected)
        return alike and all(same(one, other, rtol, atol) for one, other in zip(got, expected, strict=True))
    if isinstance(expected, dict):
        alike = isinstance(got, dict) and got.keys() == expected.keys()
        return alike and all(same(got[key], expected[key], rtol, atol) for key in expected)
    return type(got) is type(expected) and bool(got == expected)
