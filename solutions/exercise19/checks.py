"""The checks of exercise 19: every tensor after every step, from gradients that are handed in.

What is wrong in a formula is judged once. Where a check asks how an optimizer treats something around it (lr, weight
decay, a missing gradient, the tensor in .grad), it is also right if its steps are those that the submission's own
simpler run gives, as long as these depend on the gradients.
"""

from __future__ import annotations

import torch

from grader.checks import check

#: Some dozen steps keep fourteen digits in float64.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}

#: An eps that counts only where nothing else is in the denominator: where eps belongs is judged once, by itself.
TINY = 1e-20

#: Settings of each kind under which all of its other terms count.
SETTINGS = {
    "SGD": {"lr": 0.1, "momentum": 0.8},
    "RMSprop": {"lr": 0.05, "alpha": 0.8, "eps": TINY},
    "Adam": {"lr": 0.05, "betas": (0.7, 0.9), "eps": TINY},
}

#: Shapes of the tensors: one alone; two that differ; three that agree.
ONE, DIFFERENT, EQUAL = [(2,)], [(3,), (2, 4)], [(2, 2), (2, 2), (2, 2)]


def nonzero(sample, *shape, scale=1.0, dtype=torch.float64):
    """Numbers of both signs, none near 0."""
    sign = 2 * sample.integers(*shape, low=0, high=2) - 1
    return sign * sample(*shape, low=0.3 * scale, high=3 * scale, dtype=dtype)


def run(sample, steps, shapes, scale=1.0, far=1.0, dtype=torch.float64):
    """Where tensors of these shapes start, and their gradients in each step; by name. In the first step the last entry
    of each gradient is negative, and the one before it is positive.

    scale: of the gradients. far: of the start.
    """
    names = "pqr"[: len(shapes)]
    start = {name: nonzero(sample, *shape, scale=far, dtype=dtype) for name, shape in zip(names, shapes, strict=True)}
    gradients = {
        name: nonzero(sample, steps, *shape, scale=scale, dtype=dtype)
        for name, shape in zip(names, shapes, strict=True)
    }
    for gradient in gradients.values():
        first = gradient[0].reshape(-1)
        first[-2:-1].abs_()
        first[-1:].abs_().neg_()
    return start, gradients


def with_zeros(sample, steps, shapes, **sizes):
    """The same, where one entry of the first tensor has no gradient in the first two steps, and no entry of the last
    has one in the fourth."""
    start, gradients = run(sample, steps, shapes, **sizes)
    first, last = (gradients[name] for name in (min(gradients), max(gradients)))
    first[:2, 0] = 0
    last[3] = 0
    return start, gradients


def agree(found, right):
    return all(torch.allclose(found[name], right[name], **TEN_DIGITS) for name in right)


class Judge:
    """Runs of one kind of optimizer."""

    def __init__(self, kind, compare, expect, student, reference, probe):
        self.kind, self.compare, self.expect = kind, compare, expect
        self.student, self.reference, self.probe = student, reference, probe

    def rightly_or_consistently(self, scenario, own, settings, start, gradients, *rest):
        """The scenario must give the reference's numbers, or else those of the submission's own simpler run."""

        def tried(name, *run):
            return self.student(self.probe("tried"), name, self.kind, settings, *run, *rest)

        call = self.probe(scenario), self.kind, settings, start, gradients, *rest
        found = tried(scenario, start, gradients)
        if not agree(found, self.reference(*call)):
            simpler = tried(own, start, gradients)
            others = tried(own, start, {name: -0.7 * value for name, value in gradients.items()})
            if agree(found, simpler) and self._tells(start, simpler, others):
                self.expect(*call, equals=simpler, about=self.kind, **TEN_DIGITS)
                return
        self.compare(*call, about=self.kind, **TEN_DIGITS)

    def _tells(self, start, simpler, others):
        """Whether with other gradients every entry would have been elsewhere, at one time or another."""
        return all(bool(((simpler[name] - others[name]).abs().amax(dim=0) > 1e-6).all()) for name in start)


def compare_steps(compare, probe, kind, settings, *runs, effects=False):
    for each in runs:
        compare(probe("steps"), kind, settings, *each, about=kind, effects=effects, **TEN_DIGITS)


def judge_formula(compare, sample, probe, kind, few, many, far):
    """Few steps with some settings; many, and several tensors, with others; large numbers with a third."""
    compare_steps(compare, probe, kind, few, run(sample, 3, ONE), effects=True)
    several = (with_zeros(sample, 6, shapes) for shapes in (DIFFERENT, EQUAL))
    compare_steps(compare, probe, kind, many, *several, with_zeros(sample, 20, ONE))
    compare_steps(compare, probe, kind, far, run(sample, 4, [(5,)], scale=1000, far=1000))


@check(points=0.5, title="SGD: without momentum p moves by −lr·g")
def test_sgd(compare, sample, probe):
    judge_formula(compare, sample, probe, "SGD", {"lr": 0.1}, {"lr": 0.3}, {"lr": 0.2})


@check(points=1, title="SGD with momentum")
def test_momentum(compare, sample, probe):
    settings = ({"lr": 0.1, "momentum": momentum} for momentum in (0.4, 0.9, 0.8))
    judge_formula(compare, sample, probe, "SGD", *settings)


@check(
    points=1,
    title="SGD with weight decay, with and without momentum (what is wrong in your steps without it does not count "
    "here)",
)
def test_sgd_weight_decay(compare, expect, student, reference, sample, probe):
    judge = Judge("SGD", compare, expect, student, reference, probe).rightly_or_consistently
    for momentum, shapes in ((0.0, ONE), (0.4, ONE), (0.9, DIFFERENT)):
        settings = {"lr": 0.1, "momentum": momentum, "weight_decay": 0.2}
        judge("steps", "own_decay", settings, *run(sample, 6, shapes, far=3))


@check(points=1.5, title="RMSprop: g over the root of a running mean of g²")
def test_rmsprop(compare, sample, probe):
    settings = ({"lr": lr, "alpha": alpha, "eps": TINY} for lr, alpha in ((0.05, 0.8), (0.1, 0.95), (0.5, 0.9)))
    judge_formula(compare, sample, probe, "RMSprop", *settings)


@check(points=0.5, title="RMSprop: eps is added to the root, which shows where eps is 0.01")
def test_rmsprop_eps(compare, sample, probe):
    settings = {"lr": 0.05, "alpha": 0.8, "eps": 0.01}
    compare_steps(compare, probe, "RMSprop", settings, *(run(sample, 5, ONE, scale=s) for s in (0.1, 0.01)))


@check(points=1.5, title="Adam: both means, corrected for their start at 0")
def test_adam(compare, sample, probe):
    given = (0.05, (0.7, 0.9)), (0.1, (0.9, 0.99)), (0.5, (0.9, 0.999))
    judge_formula(compare, sample, probe, "Adam", *({"lr": lr, "betas": betas, "eps": TINY} for lr, betas in given))


@check(points=0.5, title="Adam: eps is added to the root of the corrected mean, which shows where eps is 0.01")
def test_adam_eps(compare, sample, probe):
    settings = {"lr": 0.05, "betas": (0.7, 0.9), "eps": 0.01}
    compare_steps(compare, probe, "Adam", settings, *(run(sample, 5, ONE, scale=s) for s in (0.1, 0.01)))


@check(points=1, title="Adam with weight decay (what is wrong in your steps without it does not count here)")
def test_adam_weight_decay(compare, expect, student, reference, sample, probe):
    judge = Judge("Adam", compare, expect, student, reference, probe).rightly_or_consistently
    for shapes in (ONE, DIFFERENT):
        judge("steps", "own_decay", SETTINGS["Adam"] | {"weight_decay": 0.2}, *run(sample, 6, shapes, far=3))


@check(points=1, title="lr is set anew before each step (what is wrong in your steps with one lr does not count here)")
def test_lr(compare, expect, student, reference, sample, probe):
    for kind, settings in SETTINGS.items():
        judge = Judge(kind, compare, expect, student, reference, probe).rightly_or_consistently
        lrs = [0.1, 0.1, 0.02, 0.05, 0.3]
        judge("steps", "own_lrs", settings, *run(sample, len(lrs), ONE), lrs)


@check(points=1, title="zero_grad: each backward leaves its own gradient in .grad, and nothing of an earlier one")
def test_zero_grad(compare, sample, probe):
    for kind, settings in SETTINGS.items():
        for shapes in (DIFFERENT, [(3,), (3,)]):
            compare(
                probe("backward_after_zero_grad"), kind, settings, *run(sample, 3, shapes), about=kind, **TEN_DIGITS
            )


@check(
    points=0.5,
    title="step leaves .grad and requires_grad as they are, and may find the same tensor in .grad with new values "
    "(what is wrong in your steps otherwise does not count here)",
)
def test_grad_is_kept(compare, expect, student, reference, sample, probe):
    for kind, settings in SETTINGS.items():
        judge = Judge(kind, compare, expect, student, reference, probe).rightly_or_consistently
        for decay in ({}, {"weight_decay": 0.2})[: 1 if kind == "RMSprop" else 2]:
            judge("same_grad_tensor", "own_same_grad_tensor", settings | decay, *run(sample, 4, [(2,), (2,)]))
        compare(probe("requires_grad_after_step"), kind, settings, *run(sample, 1, DIFFERENT), about=kind)


@check(
    points=1,
    hidden=True,
    title=".grad is None: the tensor, its means and its t stay (what is wrong in your steps otherwise does not count "
    "here)",
)
def test_no_gradient(compare, expect, student, reference, sample, probe):
    for kind, settings in SETTINGS.items():
        judge = Judge(kind, compare, expect, student, reference, probe).rightly_or_consistently
        for missing in ({"p": [1, 2]}, {"p": [0], "q": [2, 3]}):
            judge("steps", "own_missing", settings, *run(sample, 6, [(2,), (2,)]), None, missing)


@check(
    points=0.5,
    hidden=True,
    title="two optimizers at once, with zero_grad after each step; an iterator of tensors; default values; tiny "
    "gradients",
)
def test_two_at_once(compare, sample, probe):
    given = (("SGD", [0.1, 0.9]), ("RMSprop", [0.05, 0.8]), ("Adam", [0.05, (0.8, 0.9)]))
    for kind, settings in (*given, ("SGD", [0.1]), ("RMSprop", []), ("Adam", [])):
        runs = [run(sample, 3, ONE, scale=1e-6, far=1e-3) for _ in range(2)]
        compare(probe("two_at_once"), kind, settings, runs, about=kind, **TEN_DIGITS)


@check(points=0.5, hidden=True, title="float32; 0-d, empty and strided tensors; another device")
def test_any_tensor(compare, sample, probe):
    for kind, settings in SETTINGS.items():
        start, gradients = run(sample, 4, [(), (0, 3), (2, 1, 3)])
        start["s"], gradients["s"] = nonzero(sample, 3, 2).T, nonzero(sample, 3, 2, 4).permute(2, 1, 0)
        compare(probe("steps"), kind, settings, start, gradients, about=kind, twin=True, **TEN_DIGITS)
        single = run(sample, 4, [(), (3,)], dtype=torch.float32)
        compare(probe("steps"), kind, settings, *single, about=kind)
