"""Which functions of a submission a scenario names."""

from __future__ import annotations

from typing import Any

import pytest

from grader.checks.scenarios import mentions
from grader.wire.values import Probe

SOURCE = '''
import types

import torch

TABLE = {"one": lambda module: module.through_a_table}


def own(function):
    return function


@own
def direct(module: types.ModuleType, x):
    """It compares f, by torch.relu."""
    swish = torch.relu(x.tanh())
    return module.f(x) + swish


def through(mod: types.ModuleType, x):
    return direct(mod, x) * helper(mod)


def helper(mod: types.ModuleType):
    return helper(mod) if mod.g else through(mod, 1)


def by_name(module, function, x):
    return getattr(module, function)(x)


def by_parts(module, kind):
    return getattr(module, f"{kind}_grad")


def tabled(module):
    return TABLE["one"](module)


def plain(it):
    return it.f
'''


@pytest.mark.parametrize(
    ("probe", "arguments", "names"),
    [
        (Probe("direct"), (), "f"),
        (Probe("through"), (), "f g"),
        (Probe("helper"), (), "f g"),
        (Probe("by_name"), ("f", 1), "f"),
        (Probe("by_name"), ([{"swish": 2}],), "swish"),
        (Probe("by_name", ("g",)), (Probe("direct"),), "f g"),
        (Probe("by_parts"), ("relu",), "relu relu_grad g_grad"),
        (Probe("tabled"), (), "through_a_table"),
        (Probe("plain"), (), "f"),
        (Probe("unknown"), ("x",), ""),
    ],
)
def test_what_a_scenario_names(probe: Probe, arguments: tuple[Any, ...], names: str) -> None:
    all_names = ("f", "g", "relu", "relu_grad", "g_grad", "tanh", "swish", "through_a_table", "direct")
    assert [name for name in all_names if mentions(SOURCE, probe, arguments, name)] == names.split()
