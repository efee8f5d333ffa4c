"""The checks of exercise 32.

Every function is judged by itself: where what the submission's own functions make of it is not right, right ones stand
in for those that it may call, so that an error in one of them is not counted again.
"""

from __future__ import annotations

import torch

from grader.checks import check

#: Sums of a few products keep fourteen digits in float64.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}
#: The number of seen ratings is an int64 tensor, and 2 / seen.sum() is float32, which has seven.
FIVE_DIGITS = {"rtol": 1e-5, "atol": 1e-6}
#: The same for float32 itself, and for numbers in the thousands, where some may cancel.
SINGLE, LARGE = {"rtol": 1e-5, "atol": 3e-5}, {"rtol": 1e-5, "atol": 1e-3}

#: Users, items and factors: all different, twice; then all alike, where an exchange of axes has the right shape.
SIZES = (3, 4, 2), (4, 2, 3), (3, 3, 3)
#: The same for what is judged first: so few numbers that a report can print the whole call.
FEW = 2, 3, 1

#: How many numbers each function gives, by its arguments.
COUNTS = {
    "masked_loss": lambda R, seen, p, lam: 1,
    "fit": lambda R, seen, p, *rest: sum(tensor.numel() for tensor in p.values()),
    "recommend": lambda p, seen, n: len(seen) * n,
}


def drawn(draw, accept):
    """The first draw that is accepted."""
    for _ in range(10_000):
        values = draw()
        if accept(*values):
            return values
    raise ValueError("none of 10,000 draws tells mistakes apart")


def judge(compare, student, reference, probe, name, *args, **options):
    """The result must be the reference's. Right functions stand in where the submission's own do not lead to it."""
    stand_ins = needed(student, reference, probe, name, *args)
    compare(name, *args, replace=stand_ins, **FIVE_DIGITS | options)


def needed(student, reference, probe, name, *args):
    """Stand-ins for what a function may call; none if it is right without them. That asks for more digits: of the
    losses that are wrong, one in some ten thousand has five digits in common with the right one."""
    trial = probe("tried"), name, COUNTS[name](*args), *args
    single = any(value.dtype == torch.float32 for value in args if isinstance(value, torch.Tensor))
    if torch.allclose(student(*trial), reference(*trial), **SINGLE if single else TEN_DIGITS):
        return {}
    return {other: probe(f"right_{other}") for other in ("predict", "masked_loss") if other != name}


# --- inputs


def parameters(sample, users, items, factors, *, level=3.0, size=1.0, dtype=torch.float64):
    """mu close to the level; biases and factors of both signs, of this size."""
    return {
        "mu": sample(low=level - 0.5, high=level + 0.5, dtype=dtype),
        "bu": sample.normal(users, std=size, dtype=dtype),
        "bi": sample.normal(items, std=size, dtype=dtype),
        "P": sample.normal(users, factors, std=size**0.5, dtype=dtype),
        "Q": sample.normal(items, factors, std=size**0.5, dtype=dtype),
    }


def predictions(p):
    """What is predicted, [users, items]."""
    factors = (p["P"][:, None] * p["Q"]).sum(dim=2)
    return p["mu"] + p["bu"][:, None] + p["bi"] + factors


def unevenly_seen(sample, users, items):
    """Every user and every item has a seen rating, two users have different numbers of them, and two items as well;
    not all are seen, and not as many as there are users or items."""

    def accept(seen):
        by_user, by_item = seen.sum(dim=1), seen.sum(dim=0)
        uneven = by_user.min() < by_user.max() and by_item.min() < by_item.max()
        return uneven and min(by_user.min(), by_item.min()) > 0 and int(seen.sum()) not in (users, items, seen.numel())

    return drawn(lambda: (sample(users, items) < 0.6,), accept)[0]


def rated(seen, ratings):
    """The ratings, NaN where they are unseen."""
    return torch.where(seen, ratings, torch.nan)


def log(sample, users, items, factors, *, size=1.0, **options):
    """R, seen, p. The seen ratings miss their predictions by some sizes; one at least is below 0."""
    p = parameters(sample, users, items, factors, size=size, **options)

    def draw():
        return unevenly_seen(sample, users, items), sample.normal(users, items, mean=2, std=2, dtype=p["mu"].dtype)

    seen, ratings = drawn(draw, lambda seen, ratings: ratings[seen].min() < -0.1)
    return rated(seen, size * ratings), seen, p


def in_quarters(sample, users, items, factors):
    """R, seen, p, all in quarters, so that any way to add is exact. Of the seen ratings one is predicted exactly, one
    is 0, and one is below 0."""

    def draw():
        p = {name: (4 * tensor).round() / 4 for name, tensor in parameters(sample, users, items, factors).items()}
        return unevenly_seen(sample, users, items), p, sample.normal(users, items, mean=3, std=1.5).round()

    def accept(seen, p, ratings):
        scores, places = predictions(p), seen.nonzero()
        exact, zero, negative = (tuple(place) for place in places[sample.permutation(len(places))[:3]])
        ratings[exact], ratings[zero], ratings[negative] = scores[exact], 0, -1
        return min(scores[exact], scores[seen].abs().min(), (scores[seen] + 1).abs().min()) > 0

    seen, p, ratings = drawn(draw, accept)
    return rated(seen, ratings), seen, p


def taste(sample, users, items, factors, n, *, level=0.0, size=1.0, dtype=torch.float64):
    """p, seen and n. Each user has seen the best item, and not seen more than n; no two predictions of a user are
    close. Without the factors, or without the items' biases, other items come first."""

    def draw():
        return parameters(sample, users, items, factors, level=level, size=size, dtype=dtype), sample(
            users, items
        ) < 0.3

    def accept(p, seen):
        scores = predictions(p)
        seen[torch.arange(users), scores.argmax(dim=1)] = True
        if (~seen).sum(dim=1).min() <= n or scores.sort(dim=1).values.diff(dim=1).min() < 0.02 * size:
            return False
        right, *others = (
            each.masked_fill(seen, -torch.inf).topk(n, dim=1).indices
            for each in (scores, p["P"] @ p["Q"].T, p["bi"].expand(users, items))
        )
        return all((right != other).sum() > (2 if users > 2 else 0) for other in others)

    return *drawn(draw, accept), n


def below(sample, users, items, factors, n, *, level, size):
    """p, seen and n. The first user has seen the best item, and would still get it among n if it came down by two
    sizes; every other user has seen the second best. All predictions are far below 0, and no two of a user close."""

    def accept(p):
        scores = predictions(p).sort(dim=1, descending=True).values
        return (
            scores.max() < 0.7 * level
            and scores.diff(dim=1).max() < -0.02 * size
            and scores[0, 0] - scores[0, n] > 2 * size
        )

    (p,) = drawn(lambda: (parameters(sample, users, items, factors, level=level, size=size),), accept)
    ranks = predictions(p).argsort(dim=1, descending=True).argsort(dim=1)
    known = torch.tensor([0] + [1] * (users - 1), device=ranks.device)
    return p, ranks == known[:, None], n


def columns(value):
    """The same numbers, column by column in memory, or every other one."""
    if isinstance(value, dict):
        return {key: columns(item) for key, item in value.items()}
    if value.dim() == 2:
        return value.T.contiguous().T
    return torch.stack([value, value], dim=-1)[..., 0]


# --- the checks


@check(points=1.5, title="predict: level, both biases and the product of the factors")
def test_predict(compare, sample):
    for sizes, level in zip(SIZES, (3, -3, -8), strict=True):
        compare("predict", parameters(sample, *sizes, level=level, size=2), effects=True, **TEN_DIGITS)


@check(points=1.5, title="masked_loss with lam = 0: the mean of the squared errors of the seen ratings")
def test_loss(compare, student, reference, sample, probe):
    judge(compare, student, reference, probe, "masked_loss", *log(sample, *FEW, size=1.3), 0.0)
    R, seen, p = log(sample, 3, 4, 2)
    full = torch.where(seen, R, sample.normal(3, 4, mean=3))
    stand_ins = {}
    for table in (R, full):
        stand_ins = stand_ins or needed(student, reference, probe, "masked_loss", table, ~table.isnan(), p, 0.0)
    compare(
        probe("with_gaps_and_without"), R, full, seen, p, 0.0, replace=stand_ins, about="masked_loss", **FIVE_DIGITS
    )
    for sizes in SIZES:
        judge(compare, student, reference, probe, "masked_loss", *log(sample, *sizes, size=1.3), 0.0, effects=True)
    for sizes in SIZES:
        judge(compare, student, reference, probe, "masked_loss", *in_quarters(sample, *sizes), 0.0)


@check(points=1, title="masked_loss where every rating is seen and predicted exactly: the penalty alone")
def test_penalty(compare, student, reference, sample, probe):
    for sizes, lam in zip((FEW, *SIZES), (0.5, 1.0, 0.3, 0.05), strict=True):
        p = parameters(sample, *sizes)
        R = predictions(p)
        judge(compare, student, reference, probe, "masked_loss", R, R == R, p, lam, effects=True)


@check(points=2, title="masked_loss: its gradient by mu, bu, bi, P and Q, where ratings are unseen")
def test_gradient(compare, student, reference, sample, probe):
    for sizes, lam in zip((*SIZES, (2, 4, 1)), (0.0, 0.1, 0.3, 0.05), strict=True):
        R, seen, p = log(sample, *sizes)
        compare(
            probe("loss_of_tensors"),
            *(R, seen, *p.values(), lam),
            gradient=(2, 3, 4, 5, 6),
            replace=needed(student, reference, probe, "masked_loss", R, seen, p, lam),
            about="masked_loss",
            effects=True,
            **FIVE_DIGITS,
        )


@check(points=2, title="fit: one step without penalty (what is wrong in your loss does not count here)")
def test_step(compare, student, reference, sample, probe):
    for sizes, lr in zip(((2, 2, 1), *SIZES), (0.2, 0.5, 0.3, 0.7), strict=True):
        judge(compare, student, reference, probe, "fit", *log(sample, *sizes), lr, 0.0, 1, effects=True)
    judge(compare, student, reference, probe, "fit", *in_quarters(sample, 3, 4, 2), 0.4, 0.0, 1)
    p = parameters(sample, 2, 3, 2)
    R = sample.normal(2, 3, mean=3)
    judge(compare, student, reference, probe, "fit", R, R == R, p, 0.4, 0.0, 1, effects=True)


@check(points=1, title="fit: one step with a penalty (what is wrong in your loss does not count here)")
def test_step_with_penalty(compare, student, reference, sample, probe):
    for sizes, lam in zip(SIZES, (0.2, 0.6, 0.1), strict=True):
        judge(
            compare, student, reference, probe, "fit", *log(sample, *sizes, dtype=torch.float32), 0.4, lam, 1, **SINGLE
        )


@check(points=1, title="fit: several steps, each from where the last one led")
def test_steps(compare, student, reference, sample, probe):
    for sizes, steps in zip(SIZES, (2, 4, 7), strict=True):
        judge(
            compare,
            student,
            reference,
            probe,
            "fit",
            *log(sample, *sizes, dtype=torch.float32),
            0.2,
            0.0,
            steps,
            **SINGLE,
        )


@check(points=1.5, title="recommend: the best unseen items, the best first, also where a seen one is better")
def test_recommend(compare, student, reference, sample, probe):
    for users, items, factors, n in ((*FEW, 1), (4, 6, 2, 3), (5, 5, 5, 2), (6, 9, 1, 4)):
        case = taste(sample, users, items, factors, n, level=30)
        judge(compare, student, reference, probe, "recommend", *case, effects=True)


@check(points=0.5, title="recommend: seen items stay out where every prediction is negative, too")
def test_negative(compare, student, reference, sample, probe):
    for level, size in ((-30, 1), (-15_000, 500)):
        judge(compare, student, reference, probe, "recommend", *below(sample, 4, 7, 2, 3, level=level, size=size))


@check(points=0.5, hidden=True, title="one user, one item, one factor; users and items without ratings; all seen")
def test_few(compare, student, reference, sample, probe):
    for users, items in ((1, 1), (1, 4), (4, 1), (5, 6)):
        p = parameters(sample, users, items, 1, level=30)
        ratings = sample.normal(users, items, mean=30)
        seen = sample(users, items) < 0.5
        seen[0], seen[:, 0] = False, False
        seen[-1, -1] = True
        for given in (seen, seen | True):
            judge(compare, student, reference, probe, "masked_loss", rated(given, ratings), given, p, 0.2)
            judge(compare, student, reference, probe, "fit", rated(given, ratings), given, p, 0.3, 0.2, 1)
        compare("predict", p, **TEN_DIGITS)
        unseen_once = torch.arange(items, device=seen.device) < items - 1
        for known in (torch.zeros_like(seen), unseen_once.expand(users, items)):
            judge(compare, student, reference, probe, "recommend", p, known, 1)


@check(points=0.5, hidden=True, title="recommend: a single item, and every item that is unseen; users without a bias")
def test_all_unseen(compare, student, reference, sample, probe):
    for items, n in ((7, 1), (6, 1)):
        judge(compare, student, reference, probe, "recommend", *taste(sample, 6, items, 2, n, level=30))
    p, _, _ = taste(sample, 6, 6, 2, 1, level=30)
    p["bu"] = torch.zeros_like(p["bu"])
    for n in (2, 4):
        seen = predictions(p).argsort(dim=1).argsort(dim=1) >= n
        judge(compare, student, reference, probe, "recommend", p, seen, n)


@check(points=0.5, hidden=True, title="numbers in the thousands; float32; views; another device")
def test_numbers(compare, student, reference, sample, probe):
    R, seen, p = log(sample, 4, 6, 2, level=2000, size=1500)
    compare("predict", p, **TEN_DIGITS)
    judge(compare, student, reference, probe, "masked_loss", R, seen, p, 0.5, **LARGE)
    judge(compare, student, reference, probe, "fit", R, seen, p, 1e-4, 0.5, 2, **LARGE)
    R, seen, p = map(columns, log(sample, 4, 6, 2, dtype=torch.float32))
    compare("predict", p, twin=True, **SINGLE)
    judge(compare, student, reference, probe, "masked_loss", R, seen, p, 0.2, twin=True, **SINGLE)
    judge(compare, student, reference, probe, "fit", R, seen, p, 0.2, 0.1, 3, twin=True, **SINGLE)
    p, seen, n = taste(sample, 5, 7, 2, 3, level=30, dtype=torch.float32)
    judge(compare, student, reference, probe, "recommend", columns(p), columns(seen), n, twin=True)


@check(
    points=0.5,
    hidden=True,
    title="fit: no step at all; results that stay as they are when p changes later, and that don't require gradients; "
    "PyTorch's settings stay",
)
def test_no_step(compare, student, reference, sample, probe):
    for steps in (0, 1):
        args = *log(sample, 4, 3, 2), 0.3, 0.1, steps
        stand_ins = needed(student, reference, probe, "fit", *args)
        compare(probe("fitted_before_a_change"), *args, replace=stand_ins, about="fit", **FIVE_DIGITS)
        compare(probe("left_by_fit"), *args, replace=stand_ins, about="fit")
