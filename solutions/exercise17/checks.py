"""The checks of exercise 17.

Where another function is judged, right ones stand in for those that it may call: an error costs its own checks only.
Labels, ranks and one-hot blocks are drawn until each usual error shows in them.
"""

from __future__ import annotations

from functools import partial

import torch

from grader.checks import check

#: Some steps of a descent keep twelve digits in float64; what went through float32 on the way keeps six.
NINE_DIGITS = {"rtol": 1e-9, "atol": 1e-12}

#: Functions that others may call.
STAND_INS = ("predict_proba", "predict_proba_multilabel", "fit", "fit_multilabel")

#: Values of the categories; two have one in common.
VALUES = {
    "site": ("news", "shop", "music", "other", "video"),
    "device": ("phone", "desktop", "tablet", "other", "watch"),
    "age": ("young", "middle", "older", "unknown"),
}


def drawn(draw, accept):
    """The first draw that is accepted."""
    while True:
        values = draw()
        if accept(*values):
            return values


def judge(compare, probe, name, *args, scenario=None, **options):
    """Compares one function, or a scenario with it, with right ones in the place of those that it may call."""
    right = {other: probe(f"right_{other}") for other in STAND_INS if other != name}
    options = options if args[0].dtype == torch.float32 else {**NINE_DIGITS, **options}
    if scenario is None:
        compare(name, *args, replace=right, **options)
    else:
        compare(probe(scenario), name, *args, replace=right, about=name, **options)


def numbers(sample, *values):
    return torch.tensor(values, dtype=torch.float64, device=sample.device)


# --- inputs of features


def shuffled(sample, items):
    items = list(items)
    return [items[i] for i in sample.permutation(len(items)).tolist()]


def click_log(sample, n, counts, numeric):
    """Rows, categories and numeric: categories as in `counts`, each with so many values.

    Neither categories, values, numbers nor keys of the rows are in alphabetical order, or in that of first use. The
    last value of every category occurs nowhere, the others all do. Of three categories, two have one in common; of
    fewer, none.
    """

    def draw():
        categories = {name: shuffled(sample, VALUES[name])[: counts[name]] for name in shuffled(sample, counts)}
        rows = [row_of(sample, categories, numeric) for _ in range(n)]
        return rows, categories, shuffled(sample, numeric)

    def accept(rows, categories, numeric):
        used = {name: list(dict.fromkeys(row[name] for row in rows)) for name in categories}
        complete = all(set(used[name]) == set(values[:-1]) for name, values in categories.items())
        orders = [list(categories), numeric, *categories.values()]
        unordered = all(order != sorted(order) for order in orders if len(order) > 1)
        late = all(used[name] != values[:-1] for name, values in categories.items() if len(values) > 2)
        having = sum("other" in values for values in categories.values())
        using = sum("other" in values for values in used.values())
        return complete and unordered and late and (using == 2 if len(categories) == 3 else having < 2)

    return drawn(draw, accept)


def row_of(sample, categories, numeric):
    row = {name: sample.choice(values[:-1]) for name, values in categories.items()}
    row |= {name: round(sample.number(-3, 3), 3) for name in numeric}
    if "views" in row:
        row["views"] = sample.integer(2, 5000)
    row["id"] = f"shown-{sample.integer(100, 999)}"
    return {name: row[name] for name in shuffled(sample, row)}


def with_gaps(rows, names, gaps):
    """The same rows: in row i the entry of names[i] is gaps[i]; it is absent where that is `...`."""
    found = []
    for row, name, gap in zip(rows, names, gaps, strict=False):
        rest = {key: value for key, value in row.items() if key != name}
        found.append(rest if gap is ... else {**rest, name: gap})
    return found


# --- inputs of the other functions


def labels(sample, n, positives=None):
    """0. and 1., shuffled, and not as many of one as of the other."""
    ones = n // 2 + 1 if positives is None else positives
    return (sample.permutation(n) < ones).to(torch.float64)


def many_labels(sample, n, count):
    """[n, count], 0. and 1.: the first row has no label, the second one has all, the columns differ."""

    def draw():
        return (sample.integers(n, count, low=0, high=2).double(),)

    def accept(Y):
        Y[0], Y[1] = 0, 1
        sums = Y[2:].sum(dim=0)
        return len({tuple(column) for column in Y.T.tolist()}) == count and bool(((sums > 0) & (sums < n - 2)).all())

    return drawn(draw, accept)[0]


def strided(X):
    """The same, column by column in memory."""
    return X.T.contiguous().T


def two_places(sample):
    """Five samples at two places, at each of them both labels: the steps shrink by a third each time, or so."""
    order = sample.permutation(5)
    left, right = sample.number(0.8, 1.2), sample.number(0.8, 1.2)
    X, y = numbers(sample, -left, -left, -left, right, right), numbers(sample, 0, 0, 1, 0, 1)
    return X[order, None], y[order]


def far_inputs(sample, n, d, labelled, lr, steps):
    """X up to some thousands, and labels that `labelled` draws: after the first step no logit is close to 0, where
    rounding errors of such inputs would grow."""

    def accept(X, Y):
        W, b, least = X.new_zeros(1, d), X.new_zeros(1), []
        Y = Y.reshape(n, -1)
        for _ in range(steps):
            Z = X @ W.T + b
            least.append(float(Z.abs().min()))
            error = (Z.sigmoid() - Y) / Y.numel()
            W, b = W - lr * error.T @ X, b - lr * error.sum(dim=0)
        return min(least[1:]) > 50

    return drawn(lambda: (1000 * sample.normal(n, d, mean=0.5), labelled()), accept)


def to_be_decided(sample, n, d, threshold):
    """X, w and b: samples on both sides of the threshold, none close to it, and three or more that each usual error
    would put on the other side."""

    def draw():
        return (sample.normal(n, d), 2 * d**-0.5 * sample.normal(d), sample.number(0.5, 1.5) * numbers(sample, 1)[0])

    def accept(X, w, b):
        z = X @ w
        p, right = (z + b).sigmoid(), (z + b).sigmoid() >= threshold
        others = (p >= 0.5, z + b >= threshold, 1 - p >= threshold, z.sigmoid() >= threshold, p < threshold)
        clear = min(float((p - threshold).abs().min()), float((z + b - threshold).abs().min())) > 1e-3
        return clear and all(int((other != right).sum()) >= 3 for other in others)

    return drawn(draw, accept)


def offers(sample, m, k, high=5.0):
    """p and bid: the order of p·bid is well apart from others, and no two products are close. The two smallest of
    p are equal, and of bid."""

    def draw():
        p, bid = sample(m, low=0.01, high=0.3), sample(m, low=0.1, high=high)
        last, cheapest = p.argsort(), bid.argsort()
        p[last[1]], bid[cheapest[1]] = p[last[0]], bid[cheapest[0]]
        return p, bid

    def accept(p, bid):
        value = p * bid
        sure = value.sort().values
        order = value.argsort(descending=True)
        best = order[:k]
        others = p, bid, -value, p / bid, bid / p, -p, p + bid
        differ = [int((other.argsort(descending=True)[:k] != best).sum()) for other in others]
        differ += [int((best.sort().values != best).sum()), int((order.argsort()[:k] != best).sum())]
        # Large bids drown p in p + bid; else the order of that is not that of the bids.
        apart = high > 5 or not torch.equal(bid.argsort()[-k:], (p + bid).argsort()[-k:])
        likely = set(p.argsort()[-k:].tolist()) != set(best.tolist())
        return bool((sure[1:] > 1.01 * sure[:-1]).all()) and min(differ) >= min(3, k) and apart and likely

    return drawn(draw, accept)


@check(points=2, title="features: one-hot blocks in the order of categories and of their values, then the numbers")
def test_features(compare, sample):
    for n, counts, numeric in (
        (4, {"site": 3, "device": 2}, ["score", "trend"]),
        (9, {"device": 4, "age": 3, "site": 5}, ["score", "views", "change"]),
    ):
        compare("features", *click_log(sample, n, counts, numeric), effects=True)


@check(points=1, title="features: zeros for an unknown value and for none; 0 for a number that is absent or None")
def test_gaps(compare, sample):
    counts, numeric = {"site": 3, "device": 3}, ["score", "trend"]
    rows, categories, order = click_log(sample, 4, counts, numeric)
    compare(
        "features", with_gaps(rows, ["site", "device"] * 2, ["radio", "radio", "fridge", "fridge"]), categories, order
    )
    for n in (5, 8):
        rows, categories, order = click_log(sample, n, counts, numeric)
        names = ["score", "site", "trend", "device", "score", "trend", "site", "device"][:n]
        compare("features", with_gaps(rows, names, [...] * n), categories, order)
        compare("features", with_gaps(rows, names, [None] * n), categories, order)
        compare("features", with_gaps(rows, order * 4, [0, 0.0] * 4), categories, order)


@check(points=1, title="predict_proba: the sigmoid of Xw + b, also for large numbers")
def test_proba(compare, sample, probe):
    for n, d in ((4, 4), (6, 3)):
        judge(compare, probe, "predict_proba", sample.normal(n, d), sample.normal(d), sample.normal(1)[0], effects=True)
    # Xw + b is near 0, ±20, ±800 and ±3000; what tells of large numbers alone stands beside others.
    X = numbers(sample, -3000, -800, -20, 0.5, 20, 800, 3000)[:, None] + sample(7, 2, low=0.1, high=0.9)
    w = numbers(sample, 1, 0) + numbers(sample, 0, 1) * sample.number(0.1, 0.5)
    judge(compare, probe, "predict_proba", strided(X), w, sample.normal(1)[0])


@check(
    points=1,
    title="predict: 1 where the probability is at least the threshold "
    "(what is wrong in your predict_proba does not count here)",
)
def test_predict(compare, sample, probe):
    for n, d, threshold in ((14, 3, 0.3), (16, 16, 0.8), (15, 4, 0.2)):
        X, w, b = to_be_decided(sample, n, d, threshold)
        judge(compare, probe, "predict", strided(X), w, b, threshold, effects=True)
    # Where Xw + b is exactly 0, the probability is exactly ½: so in four rows here.
    w = sample.integers(3, low=1, high=5).double() / 4
    b = numbers(sample, sample.integer(1, 5) / 4)[0]
    X = sample.integers(7, 3, low=-4, high=5).double()
    w[-1] = 0.25
    X[:, -1] = -4 * (X[:, :-1] @ w[:-1] + b) + numbers(sample, 0, 0, 4, 0, -4, 0, -8)
    judge(compare, probe, "predict", X, w, b, 0.5)


@check(points=2, title="fit: full-batch descent from zeros on the mean cross-entropy")
def test_fit(compare, sample, probe):
    for n, d, steps in ((3, 3, 4), (9, 4, 7)):
        X = sample.normal(n, d, mean=0.3)
        judge(compare, probe, "fit", strided(X), labels(sample, n), sample.number(0.4, 0.9), steps, effects=True)
    # A longer way, at another rate; and one that soon settles, of which all steps are to be made.
    judge(compare, probe, "fit", sample.normal(8, 2, mean=-1), labels(sample, 8, 3), 0.3, 40)
    judge(compare, probe, "fit", *two_places(sample), 1.5, 40)


@check(points=1, title="fit, pos_weight: the samples with y = 1 count so many times, where they are 2% of all, too")
def test_pos_weight(compare, sample, probe):
    for n, d, positives, pos_weight in ((6, 3, 2, 3.5), (50, 2, 1, 49.0), (100, 3, 2, 20.5), (7, 2, 4, 0.25)):
        X, y = sample.normal(n, d), labels(sample, n, positives)
        X += y[:, None]
        judge(compare, probe, "fit", X, y, sample.number(0.2, 0.4), 6, pos_weight)


@check(points=1, title="fit, l2: half of l2 times the squared weights is added; the bias is not penalised")
def test_l2(compare, sample, probe):
    for n, d, l2, pos_weight in ((3, 3, 0.4, 1.0), (8, 4, 1.5, 1.0), (9, 2, 0.7, 2.5)):
        X, y = sample.normal(n, d, mean=1), labels(sample, n)
        judge(compare, probe, "fit", X, y, sample.number(0.2, 0.4), 6, pos_weight, l2=l2)


@check(points=0.5, title="predict_proba_multilabel: a probability for each label, each by itself")
def test_proba_multilabel(compare, sample, probe):
    name = "predict_proba_multilabel"
    for n, d, count in ((3, 3, 3), (5, 3, 2), (3, 2, 6)):
        judge(compare, probe, name, sample.normal(n, d), sample.normal(count, d), sample.normal(count), effects=True)
    far = numbers(sample, -3000, -800, 1, 20, 800, 3000)[:, None] + sample(6, 2, low=0.1, high=0.9)
    W = numbers(sample, 1, 0.1).repeat(3, 1) * sample(3, 1, low=0.9, high=1.1)
    judge(compare, probe, name, far, strided(W), sample.normal(3))


@check(points=1.5, title="fit_multilabel: the mean over all N·L; samples with no label and with all of them")
def test_fit_multilabel(compare, sample, probe):
    for n, d, count, steps in ((6, 6, 6, 4), (8, 2, 3, 6), (6, 4, 3, 25)):
        X, Y = sample.normal(n, d, mean=0.3), many_labels(sample, n, count)
        judge(compare, probe, "fit_multilabel", strided(X), Y, sample.number(1, 3), steps, effects=True)


@check(points=1, title="rank: the k largest of p·bid, falling")
def test_rank(compare, sample):
    for m, k, high in ((8, 4, 5.0), (9, 5, 2000.0)):
        compare("rank", *offers(sample, m, k, high), k, effects=True)
    both = torch.stack(offers(sample, 8, 4), dim=1)
    compare("rank", both[:, 0], both[:, 1], 4)  # as columns of a table


@check(points=0.5, hidden=True, title="features: no rows; categories alone, or numbers alone")
def test_no_rows(compare, sample):
    _, categories, numeric = click_log(sample, 6, {"site": 3, "device": 2}, ["score", "views"])
    compare("features", [], categories, numeric)
    rows, categories, _ = click_log(sample, 6, {"age": 3, "device": 4}, ["score"])
    compare("features", rows, categories, [])
    rows, _, numeric = click_log(sample, 5, {"site": 3}, ["score", "trend", "views"])
    compare("features", rows, {}, numeric)
    compare("features", [], {}, numeric)


@check(points=0.5, hidden=True, title="fit and fit_multilabel: inputs up to some thousands; no step at all")
def test_large(compare, sample, probe):
    # After each step: of what overflows it shows where it begins.
    alike = {"scenario": "after_each_step", "rtol": 1e-7}
    for n, d in ((6, 2), (7, 3)):
        lr = sample.number(0.4, 0.9)
        X, y = far_inputs(sample, n, d, partial(labels, sample, n), lr, 4)
        judge(compare, probe, "fit", X, y, lr, 4, **alike)
    lr = sample.number(1, 2)
    X, Y = far_inputs(sample, 7, 2, partial(many_labels, sample, 7, 3), lr, 4)
    judge(compare, probe, "fit_multilabel", X, Y, lr, 4, **alike)
    judge(compare, probe, "fit", X, Y[:, 0], 0.5, 0)
    judge(compare, probe, "fit_multilabel", X, Y, 0.5, 0)


@check(points=0.5, hidden=True, title="one sample, one input, one label; k larger than M, and 0")
def test_one(compare, sample, probe):
    for n, d in ((1, 1), (1, 3), (5, 1)):
        X, w, b = sample.normal(n, d, mean=1), sample.normal(d), sample.normal(1)[0]
        judge(compare, probe, "predict_proba", X, w, b)
        judge(compare, probe, "predict", X, 0 * w, abs(b), 0.4)
        judge(compare, probe, "predict", X, 0 * w, -abs(b), 0.6)
        judge(compare, probe, "fit", X, torch.ones_like(X[:, 0]), 0.5, 4)
        for count in (1, 2):
            W, Y = (sample.normal(count, d), torch.ones(n, count, dtype=X.dtype, device=X.device))
            judge(compare, probe, "predict_proba_multilabel", X, W, sample.normal(count))
            judge(compare, probe, "fit_multilabel", X, Y, 0.5, 4)
    for m, k in ((5, 8), (5, 5), (5, 0), (6, 0), (1, 1)):
        compare("rank", *(values[:m] for values in offers(sample, 8, 4)), k)


@check(points=0.5, hidden=True, title="float32 in, float32 out")
def test_float32(compare, sample, probe):
    X, w, b = (sample.normal(*shape).float() for shape in ((6, 3), (3,), ()))
    judge(compare, probe, "predict_proba", X, w, b)
    y, Y = labels(sample, 6).float(), many_labels(sample, 6, 3).float()
    judge(compare, probe, "fit", X, y, 0.5, 5)
    judge(compare, probe, "fit_multilabel", X, Y, 0.5, 5)
    judge(compare, probe, "predict_proba_multilabel", X, sample.normal(2, 3).float(), sample.normal(2).float())
    for threshold in (0.3, 0.8):
        X, w, b = to_be_decided(sample, 12, 3, threshold)
        judge(compare, probe, "predict", X.float(), w.float(), b.float(), threshold)
    compare("rank", *(values.float() for values in offers(sample, 8, 4)), 4)
