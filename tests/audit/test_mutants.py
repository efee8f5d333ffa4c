"""Mutants: every kind of change is made where it should be, and each is a whole Python file of its own."""

from __future__ import annotations

import ast

import pytest

from grader.audit.mutation.mutants import Mutant, mutants_of

_HEAD = 'import torch\n\n\ndef f(x, w=1, lr=0.5):\n    """Text with 1 and mean."""\n'


def mutants(*body: str) -> dict[tuple[str, str], Mutant]:
    source = _HEAD + "".join(f"    {line}\n" for line in body)
    return {(mutant.before, mutant.after): mutant for mutant in mutants_of(source)}


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("y = x * w + lr", ["y = x / w + lr", "y = x * w - lr", "y = (x * w)", "y = lr", "y = x + lr", "y = w + lr"]),
        ("y = (x + lr) * w", ["y = (x - lr) * w", "y = (x + lr) / w", "y = (x) * w"]),
        ("y = x @ w.T", ["y = x @ w", "y = w.T @ x"]),
        ("y = 2 ** x", ["y = 2 * x", "y = (x ** 2)", "y = 3 ** x"]),
        ("y = x - lr", ["y = (lr - x)"]),
        ("y = -x", ["y = x"]),
        (
            "y = x.mean(dim=0, keepdim=True)",
            [
                "y = x.sum(dim=0, keepdim=True)",
                "y = x.mean(dim=1, keepdim=True)",
                "y = x.mean(keepdim=True)",
                "y = x.mean(dim=0)",
                "y = x",
            ],
        ),
        ("y = x.sum(-1)", ["y = x.sum()", "y = x.sum(1)"]),
        ("y = x.sum(dim=-1)", ["y = x.sum(dim=0)"]),
        ("y = torch.exp(x)", ["y = x"]),
        ("y = float(x)", ["y = x"]),
        ("y = x.clone()", ["y = x"]),
        ("y = x.detach() * 1", ["y = x * 1"]),
        (
            "y = torch.where(x > 0, x, w)",
            [
                "y = torch.where(x >= 0, x, w)",
                "y = torch.where(x < 0, x, w)",
                "y = torch.where(x > 0, w, x)",
                "y = torch.where(x > 1, x, w)",
            ],
        ),
        ("y = torch.dot(x, w)", ["y = torch.dot(w, x)"]),
        ("y = torch.maximum(x, w)", ["y = torch.minimum(x, w)"]),
        ("y = x if w else lr", ["y = x", "y = lr"]),
        ("y = x[1:]", ["y = x[:]", "y = x[2:]", "y = x[0:]"]),
        ("y = [a for a in x if a]", ["y = [a for a in x if True]"]),
        ("y = w and lr", ["y = (w or lr)", "y = (lr)", "y = (w)"]),
        ("y = x is None", ["y = x is not None"]),
        ("x += w", ["x = w", "x -= w", "x = x + w", ""]),
        ("x[0] = w", ["", "x[1] = w"]),
        ("x.zero_()", [""]),
        ("x = w", [""]),
        ("return x, w", ["return w, x"]),
        ("y = x.view(3, 2)", ["y = x.reshape(3, 2)", "y = x.view(2, 3)"]),
    ],
)
def test_changes_of_a_line(line: str, changed: list[str]) -> None:
    made = {after for before, after in mutants(line) if before == line}
    assert [after for after in changed if after not in made] == []


def test_changes_of_compound_statements() -> None:
    loop = {after for _, after in mutants("for i in range(w):", "    x = x + i")}
    assert {"for i in range(w - 1):", "for i in range(1, w):"} <= loop
    over = {after for _, after in mutants("for a in x:", "    w = a")}
    assert {"for a in list(x)[:-1]:", "for a in list(x)[1:]:"} <= over
    branch = {after for _, after in mutants("if w > 0:", "    x = w")}
    assert {"if not (w > 0):", "if True:", "if False:", "if w >= 0:", "if w > 1:"} <= branch
    block = {after for _, after in mutants("with torch.no_grad():", "    x = w")}
    assert "if True: x = w" in block
    guard = {(before, after) for before, after in mutants("if w:", "    raise ValueError('no 1')", "x = w")}
    assert ("raise ValueError('no 1')", "") in guard
    assert not any("no 2" in after for _, after in guard)


def test_defaults_change_and_docstrings_do_not() -> None:
    made = {after for _, after in mutants("return x")}
    assert "def f(x, w=2, lr=0.5):" in made and "def f(x, w=1, lr=1.0):" in made
    assert not any("Text" in after for after in made)


def test_a_loop_variable_that_is_changed_in_place_is_also_rebound() -> None:
    made = mutants("for p in x:", "    p -= lr * w")
    assert ("p -= lr * w", "p = p - (lr * w)") in made


def test_what_comes_out_and_what_goes_in_is_changed_with_a_control() -> None:
    around = [mutant for mutant in mutants("return x * w").values() if mutant.control]
    assert {mutant.operator for mutant in around} >= {"float64 cut to float32", "0-d taken for one axis"}
    for mutant in around:
        ast.parse(mutant.source)
        ast.parse(mutant.control)
        assert mutant.source != mutant.control


def test_rounded_results_and_their_control() -> None:
    import torch

    source = "import torch\n\n\ndef f(x):\n    return x, [x]\n"
    rounded = next(mutant for mutant in mutants_of(source) if mutant.operator == "float64 cut to float32")
    names: dict[str, object] = {}
    exec(rounded.source, names)
    x = torch.tensor([1 / 3], dtype=torch.float64)
    first, (second,) = names["f"](x)  # type: ignore[operator]
    assert first.dtype == torch.float64 and 1e-9 < (first - x).abs().item() < 1e-7 and torch.equal(first, second)
    single, _ = names["f"](x.float())  # type: ignore[operator]
    assert torch.equal(single, x.float())
    exec(rounded.control, names)
    assert torch.equal(names["f"](x)[0], torch.zeros(1, dtype=torch.float64))  # type: ignore[operator]


@pytest.mark.slow
def test_every_mutant_of_a_real_reference_is_python_and_none_is_twice() -> None:
    import pathlib

    for path in (pathlib.Path(__file__).parents[2] / "solutions").glob("exercise*/reference.py"):
        reference = path.read_text("utf-8")
        found = mutants_of(reference)
        assert len(found) >= 10
        assert len({mutant.source for mutant in found}) == len(found)
        same = ast.dump(ast.parse(reference))
        assert all(ast.dump(ast.parse(mutant.source)) != same for mutant in found)
        assert all(mutant.before != mutant.after or mutant.control for mutant in found)


def test_comments_are_no_part_of_a_line_and_methods_have_their_class() -> None:
    source = "class A:\n    def go(self, x):\n        return x + 1  # one more\n"
    found = [mutant for mutant in mutants_of(source) if mutant.before == "return x + 1"]
    assert {mutant.function for mutant in found} == {"A.go"}
    assert "return x + 2" in {mutant.after for mutant in found}
