"""The checks of exercise 16. Modules stay beside the submission: probes fill them with values and return numbers.

What the probes say of names, shapes and files only ever takes points: each check judges numbers too.
"""

from __future__ import annotations

from itertools import pairwise

import torch

from grader.checks import check

#: Sums of a few products keep fourteen digits in float64.
DIGITS = {"rtol": 1e-10, "atol": 1e-11}


def parameters(sample, sizes):
    """W1, b1, W2, b2, … for layers of these sizes."""
    shapes = [shape for inputs, outputs in pairwise(sizes) for shape in ((outputs, inputs), (outputs,))]
    return [sample.normal(*shape) for shape in shapes]


def network(sample, sizes):
    """Sizes, parameters, and eight inputs."""
    return sizes, parameters(sample, sizes), sample.normal(8, sizes[0])


def far(sample, *shape):
    """Numbers of both signs, up to 2000."""
    return sample(*shape, low=-2000, high=2000)


def judge(compare, reference, student, probe, scenario, *args, about="MLP"):
    """A scenario of MLP must give the reference's numbers, with a right Linear standing in for the submission's, or
    with its own. It is the first that is judged if neither does."""
    right = reference(probe(scenario), False, *args)
    wanted = torch.tensor(reference(probe("in_numbers"), right), dtype=torch.float64)

    def fits(given):
        return torch.allclose(student(probe("tried"), scenario, given, len(wanted), *args), wanted, **DIGITS)

    compare(probe(scenario), fits(True) or not fits(False), *args, about=about, **DIGITS)


def different(sample, count):
    """So many sizes, no two alike."""
    return [int(size) for size in 3 + sample.permutation(6)[:count]]


def contents(sample, mean):
    """Values of a module to save: weight [3, 4], bias [3], and if asked for a mean [4] and a count."""
    weight, bias = sample.normal(3, 4), sample.normal(3)
    # Counts that no float64 holds.
    return (weight, bias, sample.normal(4), 2**60 + 2 * sample.integer(0, 10**9) + 1) if mean else (weight, bias)


@check(points=1.5, title="Linear: xWᵀ + b and its gradients, with weight and bias as parameters in this order")
def test_linear(compare, sample, probe):
    # First the sizes where a transposed matrix raises nothing: values tell more about a mistake than an exception.
    for inputs, outputs in ((4, 4), (3, 5)):
        for shape in ((6, inputs), (inputs,), (2, 3, inputs)):
            weight, bias = sample.normal(outputs, inputs), sample.normal(outputs)
            compare(probe("linear"), weight, bias, sample.normal(*shape), about="Linear", **DIGITS)
    sizes_and_rows = (
        ((1, 3), (12,)),
        ((3, 1), (2,)),
        ((1, 1), (1,)),
        ((2, 4), (2, 1, 2, 3)),
        ((6, 6), (6,)),
        ((4, 12), ()),
    )
    for (inputs, outputs), rows in sizes_and_rows:
        weight, bias = sample.normal(outputs, inputs), sample.normal(outputs)
        compare(probe("linear"), weight, bias, sample.normal(*rows, inputs), about="Linear", **DIGITS)
    for x in (far(sample, 4, 3), sample.normal(3, 4, 2).transpose(0, 2)):
        compare(probe("linear"), far(sample, 2, 3), far(sample, 2), x, about="Linear", **DIGITS)
    single = {"dtype": torch.float32}
    weight, bias, x = sample.normal(5, 3, **single), sample.normal(5, **single), sample.normal(4, 3, **single)
    compare(probe("linear"), weight, bias, x, about="Linear")


@check(points=0.5, title="Linear with bias=False: bias is None, and xWᵀ comes out")
def test_no_bias(compare, sample, probe):
    compare(probe("linear"), sample.normal(5, 3), None, sample.normal(4, 3), about="Linear", **DIGITS)


@check(points=1.5, title="Linear: weight and bias start uniform within ±1/√in, each entry drawn for itself")
def test_start_values(compare, probe):
    # The bias of the wide layer has 4096 values, the weights of the narrow one 36,000; √9 = 3 keeps the units apart.
    compare(probe("start_values"), 4096, 9, about="Linear")


@check(points=1.5, title="MLP: the values, with a ReLU between each two layers and none after the last")
def test_mlp(compare, reference, student, sample, probe):
    n = sample.integer(4, 7)
    for sizes in ([n, n, n, n], different(sample, 3), different(sample, 5)):
        judge(compare, reference, student, probe, "mlp", *network(sample, sizes))
    for sizes, *rows in (([3, 1, 4], 2, 3), ([1, 5, 1], 12), ([2, 3, 2],), ([n] * 7, 1), ([2, 12, 3], 2, 1, 2)):
        judge(
            compare, reference, student, probe, "mlp", sizes, parameters(sample, sizes), sample.normal(*rows, sizes[0])
        )
    sizes, values, _ = network(sample, [3, 5, 2])
    judge(compare, reference, student, probe, "mlp", sizes, values, far(sample, 3, 6).T)


@check(points=1, title="MLP: parameters() gives W1, b1, W2, b2, … in this order, and they are those of the layers")
def test_order(compare, reference, student, sample, probe):
    n = sample.integer(4, 7)
    for sizes in (different(sample, 4), [n, n, n, n]):
        judge(compare, reference, student, probe, "shapes", sizes)
    # Shapes alone are only what the submission says; a single layer shows none of the ReLUs.
    judge(compare, reference, student, probe, "mlp", *network(sample, different(sample, 2)))


@check(points=1.5, title="training moves every layer, weights and biases")
def test_training(compare, reference, student, sample, probe):
    sizes, values, x = network(sample, different(sample, 3))
    values = [0.5 * value for value in values]
    judge(compare, reference, student, probe, "trained", sizes, values, x, sample.normal(8, sizes[-1]))


@check(points=1, title="count_parameters: what is trainable, at every depth")
def test_count(compare, sample, probe):
    for _ in range(3):
        sizes = [sample.integer(2, 10) for _ in range(4)]
        compare("count_parameters", probe.build("nested", *sizes), effects=True)


@check(points=1, title="save, load: a module gets back what was saved")
def test_save_and_load(compare, sample, probe):
    saved, other = contents(sample, mean=False), contents(sample, mean=False)
    compare(probe("save_and_load"), saved, other, sample.normal(5, 4), about="save, load", **DIGITS)


@check(points=1, title="save, load: buffers too")
def test_buffers(compare, sample, probe):
    saved, other = contents(sample, mean=True), contents(sample, mean=True)
    compare(probe("save_and_load"), saved, other, sample.normal(5, 4), True, about="save, load", **DIGITS)


@check(points=0.5, title="load runs no code from a file")
def test_no_code(compare, sample, probe):
    saved, other = contents(sample, mean=False), contents(sample, mean=False)
    compare(probe("load_a_trap"), saved, other, sample.normal(5, 4), about="save, load", **DIGITS)


@check(points=0.25, hidden=True, title="Linear: two layers don't start from the same values, and compute y = xWᵀ + b")
def test_own_draws(compare, sample, probe):
    compare(probe("correlated"), 9, 4096, about="Linear")
    # Whatever is random differs; only what computes with it is a layer.
    compare(probe("linear"), sample.normal(3, 5), sample.normal(3), sample.normal(4, 5), about="Linear", **DIGITS)


@check(points=0.25, hidden=True, title="MLP: a single layer")
def test_single_layer(compare, reference, student, sample, probe):
    # A second network beside it tells an error in this case from one that every network has.
    networks = network(sample, different(sample, 2)), network(sample, different(sample, 3))
    judge(compare, reference, student, probe, "mlp_twice", *networks)


@check(points=0.5, hidden=True, title="count_parameters: what is shared, once; a scalar; nothing to learn")
def test_count_shared(compare, sample, probe):
    for _ in range(2):
        compare("count_parameters", probe.build("tied", sample.integer(2, 10), sample.integer(2, 10)), effects=True)
    compare("count_parameters", probe.build("Part"), effects=True)
