"""The figures that statements open with are what the references give."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

SOLUTIONS = Path(__file__).parents[2] / "solutions"


def reference(number: str) -> SimpleNamespace:
    return SimpleNamespace(**runpy.run_path(str(SOLUTIONS / f"exercise{number}/reference.py")))


def perceptron() -> list[str]:
    rows = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    of_or, of_and, of_xor = (torch.tensor(y) for y in ([0, 1, 1, 1], [0, 0, 0, 1], [0, 1, 1, 0]))
    ours = reference("02")
    w, b, epochs, converged = ours.fit(rows, of_xor, 0.5, 1000)
    assert (epochs, converged, int((ours.predict(rows, w, b) != of_xor).sum())) == (1000, False, 2)
    return [str(ours.fit(rows, y, 0.5, 1000)[2]) for y in (of_or, of_and)]


def depth() -> list[str]:
    sigmoids, relus, x = reference("03"), reference("04"), torch.ones((), dtype=torch.float64)
    small = relus.gradient_through_depth(sigmoids.sigmoid, sigmoids.sigmoid_grad, 30, x).item()
    digits, exponent = f"{small:.1e}".split("e")
    assert relus.gradient_through_depth(relus.relu, relus.relu_grad, 30, x).item() == 1
    return [rf"{digits}\cdot 10^{{{int(exponent)}}}"]


def in_place() -> list[str]:
    ours, losses = reference("08"), []
    for step in (ours.add_, ours.add):
        model = torch.nn.Linear(1, 1, bias=False)
        torch.nn.init.zeros_(model.weight)
        weight = model.weight.detach()
        for _ in range(21):
            loss = (ours.run_on(model, torch.ones(1, 1), torch.device("cpu")) - 2).square().mean()
            losses.append(loss.item())
            weight = step(weight, -0.1 * torch.autograd.grad(loss, model.weight)[0])
    assert losses[0] == losses[21] == losses[41] == 4
    return [f"{losses[20]:.4f}"]


def diamonds() -> list[str]:
    root = leaf = reference("11").Value(3.0)
    for _ in range(60):
        root = 0.6 * root + 0.4 * root
    root.backward()
    nodes, waiting = set(), [root]
    while waiting:
        if (node := waiting.pop()) not in nodes:
            nodes.add(node)
            waiting += [operand for operand, _ in node.operands]
    return [str(leaf.grad), str(len(nodes)), str(int(2**60 / 1e9 / 3600 / 24 / 365))]


def stale_gradient() -> list[str]:
    accumulate, found = reference("13").accumulate, []
    for reset in (True, False):
        w = torch.zeros((), dtype=torch.float64, requires_grad=True)
        for _ in range(20):
            if reset:
                accumulate(lambda w, batch: (w - batch) ** 2, w, [2.0])
            else:
                ((w - 2.0) ** 2).backward()
            with torch.no_grad():
                w -= 0.1 * w.grad
        found.append((w.item() - 2) ** 2)
    return [f"{found[0]:.4f}", f"{found[1]:.2f}"]


FIGURES = {"02": perceptron, "04": depth, "08": in_place, "11": diamonds, "13": stale_gradient}


@pytest.mark.parametrize("number", FIGURES)
@pytest.mark.parametrize("file", ["statement.md", "statement.zh-CN.md"])
def test_a_statement_opens_with_true_figures(number: str, file: str) -> None:
    opening = (SOLUTIONS / f"exercise{number}" / file).read_text("utf-8").partition("\n## ")[0]
    for figure in FIGURES[number]():
        assert re.search(rf"(?<![\d.]){re.escape(figure)}(?!\d)", opening), figure
