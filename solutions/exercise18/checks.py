"""The checks of exercise 18.

Every function is judged by itself: where what the submission's own functions make of it is not right, right ones stand
in for those that it may call, so that an error in one of them is not counted again.
"""

from __future__ import annotations

import torch

from grader.checks import check

#: Closer than float32's seven digits: what is computed in less than float64 is not right in float64.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}
#: The same, and the call leaves nothing behind.
EXACTLY = {**TEN_DIGITS, "effects": True}
#: What a scenario gives where there is no number.
NOTHING = 1e300
#: For each function how many numbers its scenario gives, by its arguments.
SIZES = {
    "predict": lambda X, W, b: len(X),
    "fit": lambda X, y, C, lr, steps: C * (X.shape[1] + 1),
    "hierarchical_log_prob": lambda zg, zf, parent: zf.numel(),
    "hierarchical_loss": lambda zg, zf, parent, y: 1 + zg.numel() + zf.numel(),
}
#: How many classes each group has: groups of one and of four; then every class is its own group, so that N = C = G.
GROUPS = (1, 4, 2), (1, 1, 1, 1)


def numbers(sample, *values):
    return torch.tensor(values, dtype=torch.float64, device=sample.device)


def whole(sample, *shape, size=3):
    """Whole numbers from -size to size, as floats."""
    return sample.integers(*shape, low=-size, high=size + 1).double()


def columns(matrix):
    """Its values, column by column in memory."""
    return matrix.T.contiguous().T


def drawn(draw, accept):
    """The first draw that is accepted."""
    while True:
        values = draw()
        if accept(*values):
            return values


def class_labels(sample, n, c):
    """Labels one of which occurs twice. If N > C, the last class has none."""
    labels = range(n)
    while len(set(labels)) == n:
        y = sample.integers(2 * n, low=0, high=c if n <= c else c - 1)[::2]
        labels = y.tolist()
    return y


# --- judging


def judge(compare, student, reference, probe, name, *args, **options):
    """The result must be the reference's. Right functions stand in where the submission's own do not lead to it."""

    def right_by_itself(name, args):
        scenario, size = probe(f"{name}_by_itself"), SIZES[name](*args)
        right, own = reference(scenario, size, *args), student(scenario, size, *args)
        return torch.allclose(own, right, rtol=options.get("rtol", 1e-7), atol=options.get("atol", 1e-7))

    def runs(stand_ins):
        made = student(probe(f"{name}_by_itself"), SIZES[name](*args), *args, stand_ins=stand_ins)
        return bool((made < NOTHING).all())

    stand_ins = []
    if not right_by_itself(name, args):
        stand_ins = ["logits", "log_sum_exp"]
        # A gradient that is lost on the way through right values is the loss's own.
        if name == "hierarchical_loss" and not right_by_itself("hierarchical_log_prob", args[:3]):
            stand_ins.append("hierarchical_log_prob")
        # What was written for a wrong shape, say, raises only beside right ones: then its own numbers are shown.
        if runs([]) and not runs(stand_ins):
            stand_ins = []
    compare(name, *args, replace={other: probe(f"right_{other}") for other in stand_ins}, **options)


# --- inputs of logits and predict


def linear(sample, n, d, c, dtype=torch.float64):
    return sample.normal(n, d, dtype=dtype), sample.normal(c, d, dtype=dtype), sample.normal(c, std=2, dtype=dtype)


def wrong_labels(X, W, b):
    """What typical errors make of the logits, as labels: the smallest or the farthest from 0, without b or by b
    alone, and, where the shapes agree, W or all not transposed, or b on the other axis."""
    z = X @ W.T + b
    made = [-z, z.abs(), z - b, b.expand_as(z)]
    if z.shape == X.shape and len(X) == len(b):
        made += [X @ W + b, z.T, X @ W.T + b[:, None]]
    return torch.stack([other.argmax(dim=1) for other in made])


def points(sample, n, d, c, far=1):
    """X, W, b with no two largest logits close together; every typical error shows in four samples, in which it gives
    three different labels or more, and so are the right ones. far: how large X and b are; then eᶻ overflows, too."""

    def draw():
        X, W, b = linear(sample, n, d, c)
        return far * X, W, far * b

    def accept(X, W, b):
        first, second = (X @ W.T + b).topk(2, dim=1).values.T
        right = (X @ W.T + b).argmax(dim=1)
        if (first - second).min() < 0.01 or len(right.unique()) < 3:
            return False
        others = list(wrong_labels(X, W, b))
        if far > 1:
            e = torch.exp(X @ W.T + b)
            others.append((e / e.sum(dim=1, keepdim=True)).argmax(dim=1))
        return all(tells(right, other) for other in others)

    return drawn(draw, accept)


def tells(right, other):
    """Whether labels differ in four places, and hold three different ones there."""
    places = right != other
    return int(places.sum()) >= 4 and len(right[places].unique()) >= 3


def tied_points(sample, n, d, c):
    """Whole numbers, by which several classes have exactly the same largest logit in four samples or more; the lowest
    of these is not always the same, nor is it the lowest class."""

    def draw():
        X, W, b = whole(sample, n, d), whole(sample, c, d, size=1), whole(sample, c, size=1)
        return X, W, b

    def accept(X, W, b):
        z = X @ W.T + b
        lowest = z.argmax(dim=1)
        highest = c - 1 - z.flip(1).argmax(dim=1)
        return tells(lowest, highest) and len(highest[lowest != highest].unique()) >= 3

    return drawn(draw, accept)


# --- inputs of fit


def samples(sample, n, d, c, dtype=torch.float64):
    return sample.normal(n, d, mean=0.5, dtype=dtype), class_labels(sample, n, c), c


def steep(sample, reference):
    """Arguments of fit by which after one step eᶻ overflows for one class or two, but not for all."""

    def draw():
        X, y, c = samples(sample, 6, 3, 4)
        return 30 * X, y, c, 3.0, 2

    def accept(X, y, c, lr, steps):
        W, b = reference.fit(X, y, c, lr, 1)
        largest = (X @ W.T + b).amax(dim=0)
        over = int((largest > 720).sum())
        return 1 <= over <= 2 and not bool(((largest > 650) & (largest < 720)).any())

    return drawn(draw, accept)


# --- inputs of the logarithms


def extreme_logits(sample, far=1000):
    """Rows near 1000, near −1000, near 0 and 1000 together, near −1000 and 0 together, and beyond: [6, 3]."""
    at = [[1, 1, 1], [-1, -1, -1], [0, 1, 1], [1, 0, 0], [-1, 0, 0], [-3, 3, 0]]
    return far * numbers(sample, *at) + sample.normal(6, 3)


def parents(sample, sizes):
    """Groups of these sizes in any order, each of two classes or more with another's class between its own. Where every
    class is its own group, the group of a class's group is neither the group nor the class."""
    groups = torch.cat([torch.full((size,), group, device=sample.device) for group, size in enumerate(sizes)])

    def draw():
        return (sample.permutation(len(sizes))[groups][sample.permutation(len(groups))],)

    def accept(parent):
        numbers = parent.tolist()
        if len(sizes) == len(numbers):
            return all(numbers[group] not in (c, group) for c, group in enumerate(numbers))
        places = [[c for c, own in enumerate(numbers) if own == group] for group in range(len(sizes))]
        return all(own[-1] - own[0] >= len(own) > 1 or len(own) == 1 for own in places)

    return drawn(draw, accept)[0]


def hierarchy(sample, sizes, n=None, std=1.5, dtype=torch.float64):
    """zg, zf, parent; where every class is its own group, n is C."""
    parent = parents(sample, sizes)
    n = n or (len(sizes) if len(sizes) == len(parent) else 5)
    return (
        sample.normal(n, len(sizes), std=std, dtype=dtype),
        sample.normal(n, len(parent), std=std, dtype=dtype),
        parent,
    )


def far_hierarchy(sample, far=1000):
    """The same with three groups, whose classes' logits are near far, 0 and −far, in three orders; in the group of
    four, two siblings are far from the others in the last rows. The groups' logits are near far times −1, 0 and 1."""
    parent = parents(sample, GROUPS[0])
    near, rows = far * numbers(sample, 1, 0, -1), torch.arange(6, device=sample.device)[:, None]
    zg = near[(rows + torch.arange(3, device=rows.device)) % 3] + sample.normal(6, 3)
    zf = near[(2 * rows + parent) % 3] + sample.normal(6, 7)
    largest = parent.bincount().argmax()
    two = (parent == largest).nonzero()[1:3, 0]
    zf[3:, two] -= far
    return zg, zf, parent


# --- logits and predict


@check(points=1, title="logits: X Wᵀ + b, one number per sample and class")
def test_logits(compare, sample):
    for n, d, c in ((4, 4, 4), (5, 3, 2), (2, 6, 3)):
        compare("logits", *linear(sample, n, d, c), **EXACTLY)
    # X itself, in numbers: yet a tensor of its own.
    compare("logits", sample.normal(4, 3), torch.eye(3).to(numbers(sample)), numbers(sample, 0, 0, 0), identity=True)
    X, W, b = linear(sample, 4, 2, 3)
    for big in ((2000 * X, W, b), (X, 2000 * W, b), (X, W, 2000 * b)):
        compare("logits", *(columns(part) if part.ndim == 2 else part for part in big))


@check(
    points=1,
    title="predict: the class with the largest logit, of several the one with the lowest number (what is wrong in your "
    "logits does not count here)",
)
def test_predict(compare, student, reference, sample, probe):
    for n, d, c, far in ((12, 4, 5, 1), (8, 8, 8, 1), (20, 3, 5, 2000)):
        X, W, b = points(sample, n, d, c, far)
        judge(compare, student, reference, probe, "predict", columns(X), columns(W), b, effects=True)
    X, W, b = points(sample, 12, 4, 5)
    judge(compare, student, reference, probe, "predict", X, 2000 * W, 2000 * b)
    for n, d, c in ((12, 2, 5), (14, 3, 6)):
        judge(compare, student, reference, probe, "predict", *tied_points(sample, n, d, c))


# --- log_sum_exp


@check(points=1, title="log_sum_exp: along the last axis, which it removes")
def test_log_sum_exp(compare, sample, probe):
    for shape in ((4, 4), (5, 3), (2, 3, 4)):
        compare("log_sum_exp", sample.normal(*shape, mean=-1, std=2), **EXACTLY)
    compare("log_sum_exp", sample.normal(3, 4) - numbers(sample, 0, 15, 15, 15), **TEN_DIGITS)
    first, second = sample.normal(3, 4), sample.normal(3, 4)
    compare(probe("called_again"), "log_sum_exp", first, second, about="log_sum_exp", **TEN_DIGITS)


@check(points=1, title="log_sum_exp: logits near ±1000, row by row; and autograd goes through it")
def test_large(compare, sample):
    compare("log_sum_exp", extreme_logits(sample))
    compare("log_sum_exp", 1000 + sample.normal(2))
    equal = sample.normal(2, 1).expand(2, 3).clone()
    for z in (sample.normal(4, 4), sample.normal(2, 3, 4), extreme_logits(sample), equal):
        compare("log_sum_exp", z, gradient=True, effects=True)


# --- fit


@check(
    points=2, title="fit: W and b after one step and after several (what is wrong in your logits does not count here)"
)
def test_fit(compare, student, reference, sample, probe):
    for n, d, c, steps in ((6, 2, 3, 1), (4, 4, 4, 1), (4, 4, 4, 3), (7, 3, 5, 2)):
        X, y, c = samples(sample, n, d, c)
        judge(compare, student, reference, probe, "fit", X, y, c, sample.number(0.4, 0.9), steps, **TEN_DIGITS)


@check(points=0.5, title="fit: begins from zeros every time, and W and b carry no history")
def test_start(compare, student, reference, sample, probe):
    for n, d, c, steps in ((4, 3, 2, 0), (5, 2, 3, 2)):
        X, y, c = samples(sample, n, d, c)
        judge(compare, student, reference, probe, "fit", columns(X), y, c, 0.75, steps, **EXACTLY)


# --- the hierarchy


@check(
    points=2,
    title="hierarchical_log_prob: the group, and the class among its siblings (what is wrong in your log_sum_exp does "
    "not count here)",
)
def test_hierarchy(compare, student, reference, sample, probe):
    for sizes in (GROUPS[0], GROUPS[1], (2, 3)):
        zg, zf, parent = hierarchy(sample, sizes)
        judge(compare, student, reference, probe, "hierarchical_log_prob", zg, zf, parent, **EXACTLY)
    # One class is all but certain: its logarithm is about −10⁻⁷.
    zg, zf, parent = hierarchy(sample, GROUPS[0])
    zg[0, parent[2]], zf[0, 2] = zg.max() + 17, zf.max() + 17
    judge(compare, student, reference, probe, "hierarchical_log_prob", zg, zf, parent, **TEN_DIGITS)


@check(points=0.5, title="hierarchical_log_prob: logits near ±1000, in every group others")
def test_far_hierarchy(compare, student, reference, sample, probe):
    zg, zf, parent = far_hierarchy(sample)
    for logits in ((sample.normal(6, 3), columns(zf)), (columns(zg), sample.normal(6, 7)), (zg, zf)):
        judge(compare, student, reference, probe, "hierarchical_log_prob", *logits, parent)
    # Here neither of the two probabilities underflows to 0, but some of their products do.
    judge(compare, student, reference, probe, "hierarchical_log_prob", 0.3 * zg, 0.3 * zf, parent)


@check(
    points=1,
    title="hierarchical_loss: the mean, and its gradients (what is wrong in your hierarchical_log_prob does not count "
    "here)",
)
def test_loss(compare, student, reference, sample, probe):
    for sizes in GROUPS:
        zg, zf, parent = hierarchy(sample, sizes)
        args = zg, zf, parent, class_labels(sample, *zf.shape)
        judge(compare, student, reference, probe, "hierarchical_loss", *args, **EXACTLY)
        judge(compare, student, reference, probe, "hierarchical_loss", *args, gradient=True, effects=True)


# --- hidden


@check(points=0.5, hidden=True, title="hierarchical_loss: logits near ±1000, and the gradients there")
def test_far_loss(compare, student, reference, sample, probe):
    zg, zf, parent = far_hierarchy(sample)
    for y in (class_labels(sample, 6, 7), sample.integers(6, low=0, high=7)):
        args = columns(zg), columns(zf), parent, y
        judge(compare, student, reference, probe, "hierarchical_loss", *args)
        judge(compare, student, reference, probe, "hierarchical_loss", *args, gradient=True)


@check(points=0.5, hidden=True, title="fit: a class without samples, a single sample, large inputs, large logits")
def test_fit_elsewhere(compare, student, reference, sample, probe):
    for n, d, c, steps in ((6, 2, 5, 3), (1, 3, 4, 2), (5, 1, 2, 2)):
        X, y, _ = samples(sample, max(n, 2), d, c - 1 if c > 2 else c)
        args = X[:n], y[:n], c, sample.number(0.4, 0.9), steps
        judge(compare, student, reference, probe, "fit", *args, **TEN_DIGITS)
    X, y, c = samples(sample, 6, 3, 4)
    judge(compare, student, reference, probe, "fit", 2000 * X, y, c, 1e-7, 3)
    judge(compare, student, reference, probe, "fit", *steep(sample, reference))


@check(points=0.5, hidden=True, title="no rows, one row; one class, one group; a row alone, many axes; strided inputs")
def test_any_shape(compare, student, reference, sample, probe):
    for n, d, c in ((0, 3, 2), (1, 3, 2), (3, 1, 2), (2, 3, 1)):
        compare("logits", *linear(sample, n, d, c))
    for n, d, c in ((0, 3, 2), (3, 2, 1), (1, 3, 3)):
        judge(compare, student, reference, probe, "predict", *linear(sample, n, d, c))
    judge(compare, student, reference, probe, "predict", *points(sample, 12, 4, 5))
    for shape in ((4,), (1,), (3, 1), (2, 1, 3, 2), (0, 3)):
        compare("log_sum_exp", sample.normal(*shape), **TEN_DIGITS)
    compare("log_sum_exp", sample.normal(5, 3).T, **TEN_DIGITS)
    for sizes, n in (((3,), 4), ((1,), 2), ((1, 2), 1), ((2, 2), 3)):
        zg, zf, parent = hierarchy(sample, sizes, n) if sizes[0] > 1 and len(sizes) > 1 else plain(sample, sizes, n)
        judge(compare, student, reference, probe, "hierarchical_log_prob", columns(zg), columns(zf), parent)
        y = sample.integers(n, low=0, high=len(parent))
        judge(compare, student, reference, probe, "hierarchical_loss", zg, zf, parent, y)


def plain(sample, sizes, n):
    parent = torch.cat([torch.full((size,), group, device=sample.device) for group, size in enumerate(sizes)])
    return sample.normal(n, len(sizes)), sample.normal(n, len(parent)), parent


@check(points=0.5, hidden=True, title="float32 in, float32 out")
def test_float32(compare, student, reference, sample, probe):
    single = torch.float32
    compare("logits", *linear(sample, 4, 3, 2, dtype=single))
    compare("log_sum_exp", sample.normal(4, 3, dtype=single))
    # Beyond 88, where eᶻ overflows in float32.
    compare("log_sum_exp", extreme_logits(sample, 200).float(), rtol=1e-5, atol=2e-4)
    X, y, c = samples(sample, 6, 3, 4, dtype=single)
    judge(compare, student, reference, probe, "fit", X, y, c, 0.5, 3, rtol=1e-4, atol=1e-5)
    zg, zf, parent = hierarchy(sample, GROUPS[0], dtype=single)
    judge(compare, student, reference, probe, "hierarchical_log_prob", zg, zf, parent, rtol=1e-4, atol=1e-5)
    y = class_labels(sample, *zf.shape)
    judge(compare, student, reference, probe, "hierarchical_loss", zg, zf, parent, y, rtol=1e-4, atol=1e-5)
