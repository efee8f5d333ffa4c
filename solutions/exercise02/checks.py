"""The checks of exercise 02.

Numbers are such that rounding can't change an answer: mostly whole, with weights and learning rates multiples of 1/4,
so that a point on the line is there exactly; else no point is near the line. An error in `predict` or `update` costs
its own checks only: where another function is judged, a right one stands in.
"""

from __future__ import annotations

from itertools import pairwise
from operator import mul

import torch

from grader.checks import check

#: In an order in which errors that cancel, rows judged after their update, and weights that return mislead differently.
XOR = torch.tensor([[0.0, 1.0], [1.0, 1.0], [0.0, 0.0], [1.0, 0.0]], dtype=torch.float64)

#: Sums of a few products keep fourteen digits in float64; what went through float32 on the way keeps seven.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}


def whole(sample, *shape, size=4):
    """Whole numbers from -size to size, as floats."""
    return sample.integers(*shape, low=-size, high=size + 1).double()


def drawn(draw, accept):
    """The first draw that is accepted."""
    while True:
        values = draw()
        if accept(*values):
            return values


# --- inputs of predict


def points(sample, n, d):
    """Points off the line, on both sides, some close to it, and some where the bias decides."""

    def draw():
        return whole(sample, n, d), whole(sample, d) / 2, 3 * whole(sample, size=1) + 0.25

    def accept(X, w, b):
        z = X @ w
        decided = (z > 0) != (z + b > 0)
        close = (z + b > 0) & (z + b < 0.5)
        return bool((decided & ~close).any() and close.any() and (z + b < 0).any())

    return drawn(draw, accept)


def beside_the_line(X, w, b):
    """X, the same points moved to the one side of the line, and moved to the other: z is 0, 1 and −1 there."""
    step = torch.zeros_like(w)
    step[-1] = 2
    return torch.cat([X, X + step, X - step]), w, b


def points_on_the_line(sample, n, d):
    """Points with Xw + b = 0: the last coordinate, with the weight 1/2, sees to that."""
    X, w, b = whole(sample, n, d), whole(sample, d) / 2, sample.integers(low=1, high=4).double() + 0.5
    w[-1] = 0.5
    X[:, -1] = -2 * (X[:, :-1] @ w[:-1] + b)
    return X, w, b


def close_to_the_line(sample, d):
    """Points 2⁻⁹ to 2⁻⁴⁰ from the line, on either side: sums of these numbers are exact in float64."""
    X, w, b = points_on_the_line(sample, 8, d)
    near = 2.0 ** torch.tensor([-9, -31, -36, -40], dtype=torch.float64)
    X[:, -1] += 2 * torch.cat([near, -near]).to(X)
    return X, w, b


def balanced(sample, firsts):
    """Points of two numbers, the second nearly −4 times the first, and their opposites; the first has the weight 2, the
    second 1/2, so that they are on the other side if only one of the numbers is cut off. In columns of a matrix."""
    rows = torch.tensor([[first, -4 * first + off] for first in firsts for off in (1, -1)], dtype=torch.float64)
    sign = 2 * sample.integers(2, low=0, high=2) - 1
    return (torch.cat([rows, -rows]).to(sign.device) * sign).T.contiguous().T, sign * 2.0 ** (
        1 - 2 * torch.arange(2)
    ).double().to(sign.device)


# --- inputs of update


def row(sample, d, y, predicted, bias_decides):
    """w, b, x, y with xw + b not near 0, and so near that a step turns the answer."""

    def draw():
        return whole(sample, d) / 2, whole(sample, size=12) / 2 + 0.25, whole(sample, d), y

    def accept(w, b, x, y):
        z, scalar = (x @ w).item(), b.item()
        answer, without_bias = z + scalar > 0, z > 0
        near = 1.5 < abs(z + scalar) < 0.25 * (x @ x).item()
        return near and answer == predicted and (answer != without_bias) == bias_decides

    return drawn(draw, accept)


# --- inputs of fit


#: Where weights and bias start that begin with ones, in units of the learning rates 1 and 1/2.
STARTS = (1, 0), (0, 1), (1, 1), (2, 0), (0, 2), (2, 2)
#: What else makes another path.
OTHERS = {"at_once": True}, {"constant": 0}, {"on_the_line": 1}


def walk(rows, labels, start=0, bias=0, constant=1, at_once=False, on_the_line=0, breaks=False):
    """The perceptron's path in plain Python, in units of the learning rate: of each epoch the errors y − ŷ, the weights
    after it, the bias last, and the least |z| by weights that are not all 0.

    start, bias: what the weights and the bias are at the beginning. constant: the bias's input; 0 is no bias. at_once:
    every row is judged by the weights at the epoch's start. on_the_line: the answer where z is 0. breaks: an epoch
    ends with its first mistake.
    """
    inputs, weights, path = [[*row, constant] for row in rows], [*[start] * len(rows[0]), bias], []
    while len(path) < 12 and (not path or any(path[-1][0])):
        errors, judge, least = [], weights, 9.0
        for x, label in zip(inputs, labels, strict=True):
            z = sum(map(mul, judge, x))
            least = min(least, abs(z)) if any(judge) else least
            errors.append(label - (z > 0 if z else on_the_line))
            if errors[-1]:
                weights = [v + errors[-1] * c for v, c in zip(weights, x, strict=True)]
                if breaks:
                    break
            judge = judge if at_once else weights
        path.append((errors, weights, least))
    return path


def epochs_judged_after(rows, labels):
    """How many epochs there are for who asks for each row's answer after its own update."""
    inputs, weights, wrong, epochs = [[*row, 1] for row in rows], [0] * (len(rows[0]) + 1), True, 0
    while wrong and epochs < 12:
        wrong, epochs = False, epochs + 1
        for x, label in zip(inputs, labels, strict=True):
            error = label - (sum(map(mul, weights, x)) > 0)
            if error:
                weights = [v + error * c for v, c in zip(weights, x, strict=True)]
                wrong |= (sum(map(mul, weights, x)) > 0) != label
    return epochs


def tells_by_weights(rows, labels):
    """Whether fit comes to an end, without a row near the line on its way and without errors that cancel, and to
    another end, also after as many epochs, where it starts elsewhere, goes through the rows from the last to the first
    or leaves the last out, judges all at once, answers 1 on the line, breaks off at a mistake, has no bias, or stops
    once the last row is right or all are after their updates. An epoch before
    the last one with mistakes has as few of them, and they are more than the epochs."""
    path = walk(rows, labels)
    if any(path[-1][0]) or not 4 <= len(path) <= 8 or min(least for _, _, least in path) < 0.05:
        return False
    if not all(sum(errors) for errors, _, _ in path[:-1]):
        return False
    counts = [sum(map(abs, errors)) for errors, _, _ in path[:-1]]
    if counts[-1] < min(counts[:-1]) or sum(counts) <= len(path):
        return False
    if epochs_judged_after(rows, labels) >= len(path) - 1:  # the last epoch moves nothing
        return False

    def others():
        yield path[: last_row_right(path)]
        yield walk(rows[::-1], labels[::-1])
        for other in OTHERS:
            yield walk(rows, labels, **other)
        yield walk(rows[:-1], labels[:-1])
        yield walk(rows, labels, breaks=True)
        for start, bias in STARTS:
            yield walk(rows, labels, start=start, bias=bias)

    ends = (end[1] for other in others() for end in (other[-1], other[: len(path)][-1]))
    return all(max(abs(a - b) for a, b in zip(end, path[-1][1], strict=True)) > 0.1 for end in ends)


def last_row_right(path):
    """The number of the first epoch that ends with a right answer."""
    return next(epoch for epoch, (errors, _, _) in enumerate(path, 1) if errors[-1] == 0)


def ends_plainly(rows, labels):
    """Whether fit comes to an end, and no epoch before looks like the last one by its weights or its errors' sum, and
    one does by the answers after the updates."""
    *unclean, (errors, _, _) = walk(rows, labels)
    if any(errors) or not 3 <= len(unclean) <= 7 or not all(sum(errors) for errors, _, _ in unclean):
        return False
    moved = all(before[1] != after[1] for before, after in pairwise(unclean))
    return moved and epochs_judged_after(rows, labels) <= len(unclean)


def tells_by_epochs(rows, labels):
    """Whether the number of epochs tells: who starts elsewhere, has no bias, judges all rows at once, judges each after
    its update, answers 1 on the line, breaks off at a mistake, leaves out the last row or looks at it only gets other
    numbers."""
    if not ends_plainly(rows, labels):
        return False
    path = walk(rows, labels)
    by_last_row = last_row_right(path)
    if epochs_judged_after(rows, labels) == by_last_row or len(walk(rows, labels, breaks=True)) == len(path):
        return False

    def counts():
        yield by_last_row
        for start, bias in STARTS[3:]:
            yield len(walk(rows, labels, start=start, bias=bias))
        for other in OTHERS:
            yield len(walk(rows, labels, **other))
        yield len(walk(rows[:-1], labels[:-1]))

    most = min(len(path) + 5, 12)
    return all(count < most and count != len(path) for count in counts())


def lesson(sample, n, d, tells, noise=0.0, scale=1, dtype=torch.float64):
    """X, y, and the number of epochs that fit needs for them. noise: how far X is from whole numbers, at most, times
    scale."""

    def draw():
        X = scale * (whole(sample, n, d) + sample(n, d, low=-noise, high=noise))
        return X, (X @ whole(sample, d) + 0.5 > 0).long()

    X, y = drawn(draw, lambda X, y: tells(X.tolist(), y.tolist()))
    return X.to(dtype), y, len(walk(X.tolist(), y.tolist()))


def judge_fit(compare, probe, scenario, *args, **options):
    right = {"predict": probe("right_predict"), "update": probe("right_update")}
    target = "fit" if scenario == "fit" else probe(scenario)
    compare(target, *args, replace=right, about="fit", **options)


@check(points=1, title="predict: 1 on one side of the line, 0 on the other")
def test_predict(compare, sample):
    for n, d in ((12, 12), (15, 4), (10, 2)):
        compare("predict", *points(sample, n, d), effects=True)
    # Numbers up to 1000: of the points, of the weights, and a bias.
    X, w = balanced(sample, (sample.integer(3, 9), sample.integer(30, 60), sample.integer(200, 250)))
    compare("predict", X, w, whole(sample, size=1) / 4)
    X, w = balanced(sample, (1, 2))
    compare("predict", X, 400 * w, whole(sample, size=1))
    far = whole(sample, size=200) + torch.tensor([700.0, -700.0], dtype=torch.float64, device=X.device)
    for b in far:
        compare("predict", torch.stack([-b - 1, -b + 1])[:, None], torch.ones_like(far[:1]), b)


@check(points=1, title="predict: exactly on the line, the answer is 0; to one side of it, 1")
def test_on_the_line(compare, sample):
    compare("predict", *beside_the_line(*points_on_the_line(sample, 6, 3)))
    compare("predict", *close_to_the_line(sample, 3))


@check(points=1.5, title="update: a row that was answered wrongly moves w and b, each class in its own direction")
def test_wrong_row(compare, sample, probe):
    # With weights times s, a row times t, and a bias times both, the answer is the same.
    for d, y, lr, bias_decides, s, t in (
        (4, 0, 0.3, False, 1, 1),  # float32 has no 0.3
        (3, 1, 0.5, True, 1, 1),
        (1, 1, 0.125, False, 1, 1),
        (5, 1, 0.7, False, 900, 1),
        (4, 0, 2.0, True, 1, 250),
    ):
        w, b, x, _ = row(sample, d, y, not y, bias_decides)
        w, x = s * (w + sample(d, low=-0.01, high=0.01)), t * (x + sample(d, low=-0.01, high=0.01))
        x = torch.stack([x, x], 1)[:, 0]  # as the row of a view may be: not contiguous
        answer = {"predict": probe("right_predict")}
        compare(
            "update", w, s * t * (b + sample.number(-0.01, 0.01)), x, y, lr, replace=answer, effects=True, **TEN_DIGITS
        )


@check(points=0.5, title="update: a row that was answered rightly moves nothing, as a wrong answer would")
def test_right_row(compare, sample, probe):
    for d, y, right in ((4, 1, True), (3, 0, True), (4, 1, False)):
        answered = row(sample, d, y, right == bool(y), False)
        compare("update", *answered, 0.25, replace={"predict": probe("right_predict")})


@check(points=1.5, title="fit: the weights, from zeros, row by row in the order of X")
def test_weights(compare, sample, probe):
    for n, d, scale in ((5, 5, 1), (7, 3, 1), (6, 3, 200)):
        X, y, needed = lesson(sample, n, d, tells_by_weights, noise=0.2, scale=scale)
        X = X if scale == 1 else X.T.contiguous().T
        for max_epochs in (20, needed - 1):
            judge_fit(compare, probe, "learned_weights", X, y, 0.5, max_epochs, **TEN_DIGITS)


@check(points=1, title="fit: counts its epochs up to and including the first one without mistakes")
def test_epochs(compare, sample, probe):
    numbers: set[int] = set()
    while len(numbers) < 3:
        X, y, needed = lesson(sample, 12, 4, tells_by_epochs)
        if needed not in numbers:
            numbers.add(needed)
            for max_epochs in (needed + 5, needed, needed - 1)[: 5 - len(numbers)]:
                judge_fit(compare, probe, "epochs_and_converged", X, y, 0.5, max_epochs)


@check(points=1, title="fit: XOR is never learned, so the answer is (…, max_epochs, False); what can be learned is")
def test_xor(compare, sample, probe):
    y = torch.tensor([1, 0, 0, 1])
    judge_fit(compare, probe, "epochs_and_converged", XOR, y, 0.5, sample.integer(6, 12))
    X, y, needed = lesson(sample, 7, 3, tells_by_weights)
    judge_fit(compare, probe, "learned_weights", X, y, 0.5, needed + 3)


@check(points=0.5, hidden=True, title="predict: batches of one row")
def test_one_row(compare, sample):
    for _ in range(6):  # of a single answer every other guess is right
        w, b, x, _ = row(sample, 3, 1, True, False)
        compare("predict", x[None], w, b + 1)
        w, b, x, _ = row(sample, 3, 0, False, False)
        compare("predict", x[None], w, b - 1)


@check(points=0.5, hidden=True, title="update: a row exactly on the line")
def test_row_on_the_line(compare, sample, probe):
    X, w, b = points_on_the_line(sample, 2, 4)
    for x, y in zip(X, (1, 0), strict=True):
        compare("update", w, b, x, y, 0.25, replace={"predict": probe("right_predict")})


@check(points=0.5, hidden=True, title="fit: no epoch more than max_epochs, whether they are enough or not")
def test_limit(compare, sample, probe):
    X, y, needed = lesson(sample, 6, 4, ends_plainly)
    for max_epochs in (needed - 1, needed):
        judge_fit(compare, probe, "epochs_and_converged", X, y, 0.5, max_epochs)
    X, y, needed = lesson(sample, 7, 3, tells_by_weights)
    judge_fit(compare, probe, "learned_weights", X, y, 0.5, needed)


@check(
    points=0.5,
    hidden=True,
    title="fit: no mistake in the first epoch already, or in a later one; a single row, a single epoch",
)
def test_first_epoch(compare, sample, probe):
    X = whole(sample, 4, 4)
    for max_epochs in (6, 1):
        judge_fit(compare, probe, "fit", X, torch.zeros_like(X[0]).long(), 0.5, max_epochs, effects=True)
    x = sample(1, 1, low=1, high=4)
    for max_epochs in (4, 1):
        judge_fit(compare, probe, "fit", x, torch.ones_like(x[0]).long(), 0.5, max_epochs, **TEN_DIGITS)
    X, y, needed = lesson(sample, 7, 3, tells_by_weights)
    judge_fit(compare, probe, "fit", X, y, 0.5, needed + 2)


@check(points=0.5, hidden=True, title="update and fit: float32 in, float32 out")
def test_float32(compare, sample, probe):
    w, b, x, y = row(sample, 4, 1, False, False)
    compare("update", w.float(), b.float(), x.float(), y, 0.25, replace={"predict": probe("right_predict")})
    X, y, _ = lesson(sample, 6, 3, tells_by_weights, dtype=torch.float32)
    judge_fit(compare, probe, "learned_weights", X, y, 1.0, 20)
