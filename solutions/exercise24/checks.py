"""The checks of exercise 24.

No row is nearly as near to a second center as to its own, and no u is near a decision, so that rounding can't change
an answer; where centers are exactly equally near, the numbers are whole. An error in one function costs its own checks
only: where kmeans_plus_plus or fit is not right by itself, right functions stand in for those that it may be built on.
Inputs on which a typical mistake is right by luck are drawn again.
"""

from __future__ import annotations

from functools import partial
from itertools import accumulate

import torch

from grader.checks import check

#: Sums of a few dozen numbers keep thirteen digits in float64; what went through float32 on the way keeps seven.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}
#: The same for numbers in the thousands, and for those far below 1.
TEN_DIGITS_FAR = {"rtol": 1e-10, "atol": 1e-8}
TEN_DIGITS_NEAR = {"rtol": 1e-10, "atol": 1e-16}
#: In float32.
FIVE_DIGITS = {"rtol": 1e-5, "atol": 1e-5}

#: More steps than any run here needs.
MANY = 60

#: Rows, and the numbers of those to start from, with which a cluster loses all its rows after the first update.
DESERTED = (
    ([[-6, 8], [6, 9], [-6, 6], [-3, 5], [-9, -5], [-5, -8], [-8, -7]], [1, 4, 6]),
    ([[-1, -5], [7, -2], [-9, -9], [-3, -8], [-2, 2], [7, -7], [-1, 8], [-4, 7], [-2, 8]], [5, 0, 3, 1]),
)


def drawn(draw, accept):
    """The first draw that is accepted."""
    for _ in range(10_000):
        values = draw()
        if accept(*values):
            return values
    raise ValueError("none of 10,000 draws tells mistakes apart")


def squared_distances(X, centers):
    return ((X[:, None] - centers) ** 2).sum(dim=2)


def clear(squared):
    """Whether each row has one nearest center, and all others are further away by more than rounding."""
    if squared.shape[1] == 1:
        return True
    first, second = squared.topk(2, dim=1, largest=False).values.unbind(1)
    return bool((second - first > 3e-4 * squared.max()).all())


# --- inputs of assign


def by_other_rules(X, centers):
    """The labels by other distances, and by the same one with an error in it."""
    apart = X[:, None] - centers
    products, norms = X @ centers.T, (centers**2).sum(dim=1)
    yield squared_distances(X, centers).argmax(dim=1)
    for other in (apart.abs().sum(dim=2), apart.abs().amax(dim=2), apart.sum(dim=2), apart.sum(dim=2).abs()):
        yield other.argmin(dim=1)
    yield from ((norms - products).argmin(dim=1), products.argmax(dim=1), (products / norms.sqrt()).argmax(dim=1))
    yield apart[:, :, 0].abs().argmin(dim=1)


def rows_and_centers(sample, n, k, d, scale=1.0):
    """X and centers for which each other rule gives another label to at least two rows; where n = k, so does the
    nearest row of each center."""

    def draw():
        return scale * sample.normal(n, d, mean=0.5), scale * sample.normal(k, d, mean=0.5, std=1.5)

    def accept(X, centers):
        squared = squared_distances(X, centers)
        labels = squared.argmin(dim=1)
        others = [*by_other_rules(X, centers), *([squared.argmin(dim=0)] if n == k else [])]
        return clear(squared) and len(labels.unique()) > 1 and all((labels != other).sum() > 1 for other in others)

    return drawn(draw, accept)


def rows_between(sample, n, pairs, d):
    """X and centers, of whole numbers. The centers are in pairs that mirror each other in one coordinate; two of three
    rows lie on the mirror, equally far from both of a pair. Every center with the lower number of a pair has such a
    row, and some of the other rows have one with the higher number."""

    def whole(*shape, size=6):
        return sample.integers(*shape, low=-size, high=size + 1).double()

    def draw():
        side = whole(pairs, d)
        side[:, 0] = sample.integers(pairs, low=1, high=4).double()
        other = side.clone()
        other[:, 0] *= -1
        X = whole(n, d)
        X[torch.arange(n, device=X.device) % 3 > 0, 0] = 0
        order, turned = sample.permutation(2 * pairs), sample.permutation(d)
        return X[sample.permutation(n)][:, turned] + 2, torch.cat([side, other])[order][:, turned] + 2

    def accept(X, centers):
        squared = squared_distances(X, centers)
        nearest = squared == squared.amin(dim=1, keepdim=True)
        ties, labels = nearest.sum(dim=1), squared.argmin(dim=1)
        lowest = labels[ties == 2].unique()
        return bool((ties <= 2).all()) and len(lowest) == pairs and len(labels.unique()) > pairs

    return drawn(draw, accept)


# --- inputs of update


def clusters(sample, sizes, d, scale=1.0):
    """X, labels with so many rows of each cluster, in random order, and centers that say nothing of either. Labels that
    are a permutation of the rows' numbers move every row, and are not their own inverse."""
    each = torch.tensor([k for k, size in enumerate(sizes) for _ in range(size)], device=sample.device)

    def accept(labels):
        moved = labels != torch.arange(len(labels), device=labels.device)
        return max(sizes) > 1 or bool(moved.all() and (labels != labels.argsort()).any())

    (labels,) = drawn(lambda: (each[sample.permutation(len(each))],), accept)
    return scale * sample.normal(len(each), d, mean=1, std=2), labels, scale * sample.normal(len(sizes), d, mean=3)


# --- inputs of kmeans_plus_plus


def picks(table, u, weigh=min, power=1.0, normalised=True):
    """The rows that are drawn, for squared distances `table`; how far u is from another draw, at least. weigh: makes
    one number of the distances to the rows drawn so far. power: the weight's, of the squared distance."""
    n = len(table)
    rows, off = [int(u[0] * n)], abs(u[0] * n - round(u[0] * n)) / n
    for share in u[1:]:
        reached = list(accumulate(weigh([of_row[row] for row in rows]) ** power for of_row in table))
        goal = share * (reached[-1] if normalised else 1)
        rows.append(sum(total <= goal for total in reached[:-1]))
        off = min(off, *(abs(total - goal) / reached[-1] for total in reached))
    return rows, off


def other_picks(table, u):
    """The rows by other weights, or by other numbers of u."""
    yield from (picks(table, u, weigh)[0] for weigh in (max, sum, lambda d: d[0], lambda d: d[-1]))
    yield from (picks(table, u, power=power)[0] for power in (0.5, 0.0, 2.0))
    yield picks(table, u, normalised=False)[0]
    for shares in ([u[0], *u[:-1]], [u[0]] * len(u), [u[0], *(1 - share for share in u[1:])], [u[0], *u[:0:-1]]):
        yield picks(table, shares)[0]
    n, rows = len(table), [int(u[0] * len(table))]
    yield [int(share * n) for share in u]
    while len(rows) < len(u):
        rows.append(max(range(n), key=lambda i: min(table[i][row] for row in rows)))
    yield rows


def first_share(sample, n, up):
    """u₀ for a row that is neither the first nor, if up, the last. Rounded, u₀n is the next row if up, and
    u₀(n − 1) the row before if not; rounded down, that is the row before in either case."""
    part = sample.number(0.55, 0.65) if up else sample.number(0.03, 0.1)
    least = part + (0.02 if up else 0.52)
    row = sample.choice([row for row in range(n - up) if (row + part) / n > least])
    return (row + part) / n


def beginning(sample, make, k, up=None):
    """X as it is made, k, and u that is not near a decision and, unless up is None, leads elsewhere by all other
    weights, the first of them unlike row 0 and the rows beside it. up: as in `first_share`."""

    def draw():
        X, u = make(), sample(k)
        if up is not None:
            u[0] = first_share(sample, len(X), up)
        return X, k, u

    def accept(X, k, u):
        table, u = squared_distances(X, X).tolist(), u.tolist()
        rows, off = picks(table, u)
        if off < 1e-3 or up is None:
            return off > 1e-3
        if not all(table[rows[0]][beside] for beside in (0, rows[0] - 1, (rows[0] + 1) % len(X))):
            return False
        return all(any(table[a][b] for a, b in zip(rows, other, strict=True)) for other in other_picks(table, u))

    return drawn(draw, accept)


def leading_to(sample, X, rows):
    """The u with which kmeans_plus_plus takes these rows: somewhere in the middle of what leads to each."""
    table, u = squared_distances(X, X).tolist(), [(rows[0] + sample.number(0.2, 0.8)) / len(X)]
    for j in range(1, len(rows)):
        weights = [min(of_row[row] for row in rows[:j]) for of_row in table]
        u.append((sum(weights[: rows[j]]) + sample.number(0.2, 0.8) * weights[rows[j]]) / sum(weights))
    return torch.tensor(u).to(X)


# --- inputs of fit


def lloyd(X, centers):
    """The centers after 0, 1, … updates, up to labels that repeat; None if a row is near a border on the way, or a
    cluster without rows."""
    path, before = [centers], None
    while len(path) < MANY:
        squared = squared_distances(X, path[-1])
        labels = squared.argmin(dim=1)
        if not clear(squared) or len(labels.unique()) < len(centers):
            return None
        if before is not None and torch.equal(labels, before):
            return path
        members = (labels == torch.arange(len(centers), device=X.device)[:, None]).to(X)
        path.append(members @ X / members.sum(dim=1, keepdim=True))
        before = labels
    return None


def run(sample, n, d, k, scale=1.0, same_sizes=False):
    """X, K, u and how many updates there are, at least four, each of which moves a center by more than rounding; from
    the first rows, or from rows drawn with the same weight, one comes elsewhere. same_sizes: on the way rows change
    their clusters once, and the clusters' sizes don't."""

    def draw():
        return scale * sample(n, d, low=-3, high=3), k, sample(k)

    def accept(X, k, u):
        rows, off = picks(squared_distances(X, X).tolist(), u.tolist())
        path = lloyd(X, X[rows]) if off > 1e-3 else None
        if path is None or len(path) < 5:
            return False
        sizes = [squared_distances(X, centers).argmin(dim=1).bincount(minlength=k) for centers in path[:-1]]
        if same_sizes and not any(map(torch.equal, sizes, sizes[1:])):
            return False
        far = 1e-3 * scale
        starts = X[:k], X[(u * n).long()]
        others = (other for start in starts for other in (lloyd(X, start) or [path[-1] + 1])[1:])
        return all((other - path[-1]).abs().max() > far for other in (*path[:-1], *others))

    X, k, u = drawn(draw, accept)
    return X, k, u, len(lloyd(X, X[picks(squared_distances(X, X).tolist(), u.tolist())[0]])) - 1


def run_with_deserted(sample, rows, start):
    """X, K and u: the rows turned, mirrored and moved, from where a cluster loses its rows."""
    X = torch.tensor(rows, dtype=torch.float64, device=sample.device)
    X = X[:, sample.permutation(2)] * (2 * sample.integers(2, low=0, high=2) - 1) + sample.normal(2, mean=5)
    return X, len(start), leading_to(sample, X, start)


class Judge:
    """Calls of a function that may be built on others."""

    def __init__(self, compare, reference, student, probe):
        self.compare, self.reference, self.student, self.probe = compare, reference, student, probe

    def fit(self, part, *args, **options):
        scenario = f"{part}_of_fit"
        call = self.probe(scenario)
        stand_ins = self._needed(scenario, self.reference(call, *args), ("assign", "update", "kmeans_plus_plus"), args)
        self.compare(call, *args, replace=stand_ins, about="fit", **options)

    def beginning(self, *args, **options):
        right = self.reference.kmeans_plus_plus(*args)
        stand_ins = self._needed("kmeans_plus_plus", right, ("assign",), args)
        self.compare("kmeans_plus_plus", *args, replace=stand_ins, **options)

    def _needed(self, name, right, before, args):
        """What stands in: nothing, if the submission is right by itself."""
        right = torch.as_tensor(right).cpu()
        found = self.student(self.probe("tried"), name, list(right.shape), not right.is_floating_point(), *args)
        if torch.allclose(found, right.double(), rtol=1e-5, atol=1e-5 * right.abs().max().item()):
            return {}
        return {other: self.probe(f"right_{other}") for other in before}


# --- the checks


@check(points=1, title="assign: the number of the nearest center")
def test_assign(compare, sample):
    for n, k, d in ((20, 5, 3), (8, 8, 8), (12, 12, 2), (15, 4, 4)):
        compare("assign", *rows_and_centers(sample, n, k, d), effects=n == 20)
    for scale in (1000, 1e-4):
        compare("assign", *rows_and_centers(sample, 16, 4, 2, scale))


@check(points=1, title="assign: of equally near centers the one with the lowest number")
def test_ties(compare, sample):
    for n, pairs, d in ((18, 3, 3), (15, 2, 2)):
        X, centers = rows_between(sample, n, pairs, d)
        compare("assign", X, centers)
        compare("assign", 128 * X, 128 * centers)
    X, centers = rows_and_centers(sample, 15, 5, 3)
    compare("assign", X, torch.cat([centers, centers]))


@check(points=1, title="update: the mean of the rows with each label, whichever center is near them")
def test_update(compare, sample):
    for sizes, d in (([5, 3, 4, 7], 3), ([1, 1, 1, 1], 4), ([6, 3], 5)):
        compare("update", *clusters(sample, sizes, d), effects=d == 3, **TEN_DIGITS)
    X, labels, centers = clusters(sample, [3, 4], 3)
    compare("update", torch.cat([X, X[:2]]), torch.cat([labels, labels[:2]]), centers, **TEN_DIGITS)
    compare("update", *clusters(sample, [4, 3, 5], 2, 1000), **TEN_DIGITS_FAR)
    compare("update", *clusters(sample, [4, 3, 5], 2, 1e-7), **TEN_DIGITS_NEAR)


@check(points=1, title="update: the center of a cluster without rows stays; the others are means")
def test_empty_cluster(compare, sample):
    for sizes, d in (([5, 0, 3, 4], 3), ([0, 4, 3, 0, 0], 2), ([0, 0, 5], 4), ([3, 4, 0], 3)):
        compare("update", *clusters(sample, sizes, d), **TEN_DIGITS)


@check(points=0.5, title="kmeans_plus_plus: the first center is row ⌊u₀N⌋, and with K = 1 the only one")
def test_first_row(compare, reference, student, sample, probe):
    judge = Judge(compare, reference, student, probe)
    for n, d in ((7, 3), (5, 5), (12, 2)):
        for u0 in (first_share(sample, n, True), first_share(sample, n, False), 1 - sample.number(0.05, 0.3) / n):
            u = torch.tensor([u0], dtype=torch.float64, device=sample.device)
            judge.beginning(sample.normal(n, d), 1, u, effects=n == 7, identity=n == 7, **TEN_DIGITS)


@check(points=1, title="kmeans_plus_plus: each further row by its squared distance to the nearest one drawn before")
def test_weighted_rows(compare, reference, student, sample, probe):
    judge = Judge(compare, reference, student, probe)
    for n, d, k, scale, digits in (
        (14, 3, 5, 1, TEN_DIGITS),
        (14, 4, 4, 1e-7, TEN_DIGITS_NEAR),
        (20, 2, 6, 1000, TEN_DIGITS_FAR),
    ):
        args = beginning(sample, partial(sample.normal, n, d, mean=scale, std=scale), k, scale != 1000)
        judge.beginning(*args, effects=scale == 1, **digits)
    judge.beginning(*beginning(sample, partial(sample.normal, 5, 5), 5), **TEN_DIGITS)


@check(points=1, title="fit: the centers when the labels repeat (what is wrong in the other three does not count here)")
def test_fit(compare, reference, student, sample, probe):
    judge = Judge(compare, reference, student, probe)
    for n, d, k, scale, digits in (
        (24, 2, 4, 1, TEN_DIGITS),
        (24, 3, 3, 500, TEN_DIGITS_FAR),
        (20, 2, 3, 1e-7, TEN_DIGITS_NEAR),
    ):
        X, k, u, _ = run(sample, n, d, k, scale, same_sizes=scale == 500)
        judge.fit("centers", X, k, u, MANY, effects=scale == 1, **digits)


@check(points=0.5, title="fit: no more than max_iter updates (what is wrong in the other three does not count here)")
def test_max_iter(compare, reference, student, sample, probe):
    judge = Judge(compare, reference, student, probe)
    for n, d, k in ((24, 2, 4), (20, 3, 3)):
        X, k, u, updates = run(sample, n, d, k)
        for max_iter in (1, 2, updates - 1, updates):
            judge.fit("centers", X, k, u, max_iter, **TEN_DIGITS)


@check(points=0.5, title="fit: the labels by the final centers (what is wrong in the other three does not count here)")
def test_labels(compare, reference, student, sample, probe):
    judge = Judge(compare, reference, student, probe)
    for n, d, k in ((24, 2, 4), (20, 3, 3)):
        X, k, u, _ = run(sample, n, d, k)
        for max_iter in (1, 2, MANY):
            judge.fit("labels", X, k, u, max_iter)


@check(
    points=0.5,
    title="fit: the inertia, a sum of squares, by the final centers (what is wrong in the other three does not count "
    "here)",
)
def test_inertia(compare, reference, student, sample, probe):
    judge = Judge(compare, reference, student, probe)
    for n, d, k, scale in ((24, 2, 4, 1), (20, 3, 3, 500)):
        X, k, u, _ = run(sample, n, d, k, scale)
        for max_iter in (1, 2, MANY):
            judge.fit("inertia", X, k, u, max_iter, **TEN_DIGITS)


@check(points=0.5, hidden=True, title="kmeans_plus_plus: rows that occur several times")
def test_duplicates(compare, reference, student, sample, probe):
    judge = Judge(compare, reference, student, probe)

    def repeated(kinds, d):
        which = torch.cat([sample.permutation(kinds), sample.integers(8, low=0, high=kinds)])
        return sample.normal(kinds, d)[which[sample.permutation(len(which))]]

    def each_counts(X, k, u):
        once = torch.tensor([*dict.fromkeys(map(tuple, X.tolist()))], dtype=X.dtype, device=X.device)
        return not torch.equal(reference.kmeans_plus_plus(X, k, u), reference.kmeans_plus_plus(once, k, u))

    for kinds, d, k, up in ((4, 3, 4, True), (6, 2, 4, False)):
        judge.beginning(
            *drawn(partial(beginning, sample, partial(repeated, kinds, d), k, up), each_counts), **TEN_DIGITS
        )


@check(points=0.5, hidden=True, title="one cluster, as many clusters as rows, one row, one column")
def test_one(compare, reference, student, sample, probe):
    judge = Judge(compare, reference, student, probe)
    for n, d, k, up in ((9, 3, 1, None), (5, 2, 5, None), (1, 4, 1, None), (8, 1, 3, True), (9, 1, 4, False)):
        X, k, u = drawn(
            partial(beginning, sample, partial(sample.normal, n, d, std=3), k, up),
            lambda X, k, u: lloyd(X, reference.kmeans_plus_plus(X, k, u)) is not None,
        )
        compare("assign", X, X[:k].clone())
        compare("update", X, torch.arange(n, device=X.device) % k, X[:k].flip(0), **TEN_DIGITS)
        judge.beginning(X, k, u, **TEN_DIGITS)
        judge.fit("centers", X, k, u, MANY, **TEN_DIGITS)
        judge.fit("labels", X, k, u, MANY)


@check(points=0.5, hidden=True, title="fit: a cluster that loses all its rows on the way")
def test_deserted(compare, reference, student, sample, probe):
    judge = Judge(compare, reference, student, probe)
    for rows, start in DESERTED:
        for max_iter in (2, MANY):
            judge.fit("centers", *run_with_deserted(sample, rows, start), max_iter, **TEN_DIGITS)


@check(points=0.5, hidden=True, title="float32; views of larger tensors; another device")
def test_any_tensor(compare, reference, student, sample, probe):
    judge = Judge(compare, reference, student, probe)
    for_float32 = {"twin": True, **FIVE_DIGITS}
    X, centers = rows_and_centers(sample, 16, 4, 3)
    compare("assign", X.float().T.contiguous().T, torch.cat([centers, centers], dim=1).float()[:, :3], twin=True)
    X, labels, centers = clusters(sample, [4, 2, 5, 3], 3)
    two_labels = torch.stack([labels, labels], dim=1)
    compare("update", X.float().T.contiguous().T, two_labels[:, 0], centers.float(), **for_float32)
    X, k, u = beginning(sample, partial(sample.normal, 14, 3), 4, up=True)
    judge.beginning(X.float(), k, torch.stack([u, u], dim=1)[:, 1].float(), **for_float32)
    X, k, u = beginning(sample, partial(sample.normal, 14, 3), 4, up=False)
    judge.beginning(X.T.contiguous().T, k, u, **TEN_DIGITS)
    X, k, u, _ = run(sample, 24, 2, 4)
    judge.fit("centers", X.float(), k, u.float(), MANY, **for_float32)
    judge.fit("centers", X.T.contiguous().T, k, u, MANY, **TEN_DIGITS)
    judge.fit("labels", X.float().T.contiguous().T, k, u.float(), MANY, twin=True)
    judge.fit("inertia", X.float(), k, u.float(), MANY, **for_float32)
