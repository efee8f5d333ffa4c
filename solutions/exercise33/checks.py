"""The checks of exercise 33.

A choice is one small number, which an error gets right now and then. So many situations are drawn at once, and of them
those are kept in which the choices of typical errors are others; no two arms are nearly as good there. An error in
`update` or `epsilon_greedy` costs its own checks only: where `run` is not right by itself, right ones stand in.
"""

from __future__ import annotations

import torch

from grader.checks import check

#: A mean after a few more rewards keeps fourteen digits in float64.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}

#: An error is told by so many choices, each another arm or in the place of another one.
LEAST = 3
MORE = 5


def drawn(draw, accept):
    """The first draw that is accepted."""
    for _ in range(1000):
        values = draw()
        if accept(*values):
            return values
    raise ValueError("none of 1,000 draws tells mistakes apart")


def telling(right, rivals, arms):
    """Numbers of a few cases in which each rival makes at least LEAST different wrong choices, and no two rivals make
    the same ones in all; and of some more, since there are errors that are none of the rivals.

    right: [K], the arms to choose. rivals: [R, K], what each rival chooses instead.
    """
    pairs = right * (arms + 1) + rivals
    tells = rivals != right
    first, second = torch.triu_indices(len(rivals), len(rivals), 1)
    differ = rivals[first] != rivals[second]
    count, kept = torch.zeros_like(rivals[:, 0]), []
    while tells.any() or differ.any():
        best = int((tells.sum(0) + differ.sum(0)).argmax())
        told = tells[:, best]
        kept.append(best)
        count = count + told
        tells = tells & ~(told[:, None] & (pairs == pairs[:, best : best + 1])) & (count < LEAST)[:, None]
        differ = differ & ~differ[:, best : best + 1]
    if bool((count < LEAST).any()):
        raise ValueError(f"the draws don't tell these rivals: {(count < LEAST).nonzero().flatten().tolist()}")
    return kept + [k for k in range(MORE) if k not in kept]


def lead(scores):
    """By how much the highest of each row is above the second; of rows of one, 1."""
    if scores.shape[-1] == 1:
        return torch.ones_like(scores[..., 0])
    first, second = scores.topk(2, dim=-1).values.unbind(-1)
    return first - second


def last_argmax(scores):
    return scores.shape[-1] - 1 - scores.flip(-1).argmax(-1)


# --- epsilon-greedy


def decisions(sample, k, a):
    """q, eps, u1, u2 of k decisions, none of them close; in a third of them every q is negative."""
    q = sample.normal(k, a, std=2)
    q[: k // 3] = -q[: k // 3].abs() - 0.1
    eps, u1, u2 = sample(k, low=0.2, high=0.8), sample(k), sample(k)
    clear = (u1 - eps).abs() > 0.02
    for place in (u2 * a, u1 * a, u2 * (a - 1)):
        clear = clear & ((place - place.round()).abs() > 0.05)
    clear = clear & ((u2 - eps).abs() > 0.02) & (lead(q) > 0.01)
    return tuple(value[clear] for value in (q, eps, u1, u2))


def other_decisions(q, eps, u1, u2):
    """What errors make of them, [R, K]."""
    a, best = q.shape[1], q.argmax(1)

    def either(explores, arm):
        return torch.where(explores, arm, best)

    arm = (u2 * a).long()
    among_others = (u2 * (a - 1)).long()
    return torch.stack(
        [
            either(u1 > eps, arm),
            either(u1 < 1 - eps, arm),
            either(u1 > 1 - eps, arm),
            either(u2 < eps, (u1 * a).long()),
            either(u1 < eps, (u1 * a).long()),
            either(u2 < eps, arm),
            either(u1 < eps, arm + 1),
            either(u1 < eps, (u2 * a).round().long()),
            either(u1 < eps, (u2 * a).round().long().clamp(max=a - 1)),
            either(u1 < eps, among_others),
            either(u1 < eps, among_others + (among_others >= best)),
            torch.where(u1 < eps, arm, q.argmin(1)),
            torch.where(u1 < eps, arm, q.abs().argmax(1)),
            torch.where(u1 < eps, arm, torch.where(q.amax(1) > 0, best, 0)),
            best,
            arm,
        ]
    )


def decide(compare, cases, keep, effects=False):
    q, eps, u1, u2 = cases
    for k in keep:
        compare("epsilon_greedy", q[k].clone(), eps[k].item(), u1[k].item(), u2[k].item(), effects=effects)
        effects = False


def plain(sample):
    """q and n of four arms, with an arm that has by far the highest mean and was tried least; and two random numbers
    by which this arm is explored. Most errors lead to this arm, too."""
    arm = sample.integer(1, 4)
    q, n = sample(4, low=-2, high=2), sample.integers(4, low=3, high=6)
    q[arm], n[arm] = 6.0, 1
    return q, n, *((arm + sample.number(0.6, 0.9)) / 4 for _ in range(2))


# --- UCB1


def width(n, scale=2.0, shift=0):
    return (scale * (n.sum(1, keepdim=True) + shift).double().log() / n).sqrt()


def other_bounds(q, n):
    """What errors make of the upper bounds q + √(2 ln N / n), [R, K, A]."""
    total = n.sum(1, keepdim=True).double()
    right = width(n)
    return torch.stack(
        [
            q,
            right,
            q - right,
            q + right**2,
            q + width(n, scale=0.5),
            q + width(n, scale=1.0),
            q + width(n, scale=4.0),
            q + (2 * torch.log2(total) / n).sqrt(),
            q + (2 * torch.log10(total) / n).sqrt(),
            q + width(n, shift=1),
            q + (2 * torch.full_like(total, n.shape[1]).log() / n).sqrt(),
            q + (2 * total.log() / (n + 1)).sqrt(),
            q + (2 * (total + 1).log() / (n + 1)).sqrt(),
            q + (2 * n.double().log() / n).sqrt(),
            q + (2 * total / n).sqrt(),
            q + (2 * total.log()).sqrt() / n,
            -n.double(),
        ]
    )


def untried(sample, k, a, others):
    """q and n of k situations: where an arm was tried, it has a good mean. others: whether several were tried."""
    n = sample.integers(k, a, low=1, high=6) * (sample(k, a) < 0.6) if others else torch.zeros_like(sample(k, a)).long()
    if not others:
        n[torch.arange(k), sample.integers(k, low=0, high=a)] = 1
    q = torch.where(n > 0, sample(k, a, low=3, high=9), sample.normal(k, a))
    clear = (n == 0).any(1) & (n > 0).any(1) & (lead(q) > 0.01)
    return q[clear], n[clear]


def other_untried(q, n):
    """What errors choose where some arms were never tried, [R, K]."""
    log = n.sum(1, keepdim=True).double().log()
    tried_at_all = torch.where(n > 0, q + (2 * log / n.clamp(min=1)).sqrt(), -torch.inf)
    return torch.stack(
        [
            q.argmax(1),
            tried_at_all.argmax(1),
            (q + (2 * log / (n + 1)).sqrt()).argmax(1),
            (q + (2 * log / n.clamp(min=1)).sqrt()).argmax(1),
        ]
    )


def other_first(q, n):
    """Which of several untried arms errors choose, [R, K]."""
    zero = n == 0
    return torch.stack([last_argmax(zero.long()), q.masked_fill(~zero, -torch.inf).argmax(1)])


# --- run


def path(rewards, eps, u, start=0.0, step=1, firsts=0, shrinks=0):
    """The arms that are pulled, q to six digits, and the least lead of a best arm, but over equals with exact means.

    What errors do: start: what q begins with. step: −1 takes the last of equal arms. firsts: so many arms are pulled
    once, before all else. shrinks: 1 divides eps by the number of the step.
    """
    arms, least = [], 9.0
    q, n = [start] * len(rewards[0]), [0] * len(rewards[0])
    for t, (row, (u1, u2)) in enumerate(zip(rewards, u, strict=True)):
        best = max(q)
        if t < firsts:
            arm = t
        elif u1 < eps / (1 + shrinks * t):
            arm = int(u2 * len(q))
        else:
            arm = next(arm for arm in range(len(q))[::step] if q[arm] == best)
            for other, mean in enumerate(q):
                exact = mean == best and max(n[other], n[arm]) <= 2
                least = least if exact or other == arm else min(least, best - mean)
        n[arm] += 1
        q[arm] += (row[arm] - q[arm]) / n[arm]
        arms.append(arm)
    return arms, [round(mean, 6) for mean in q], least


def table(sample, steps, a, eps, scale=1, dtype=torch.float64):
    """rewards, eps and u in which nothing is close, arms that are not the first are the best, and typical errors lead
    to other arms or means."""

    def draw():
        return scale * sample.normal(steps, a, mean=0.5, std=2, dtype=dtype), eps, sample(steps, 2, dtype=dtype)

    def accept(rewards, eps, u):
        far = (u[:, 0] - eps).abs().min() > 0.01 and (u[:, 1] * a - (u[:, 1] * a).round()).abs().min() > 0.01
        given = rewards.tolist(), eps, u.tolist()
        *right, least = path(*given)
        explores = (u[:, 0] < eps).tolist()
        greedy = {arm for arm, random in zip(right[0], explores, strict=True) if not random}
        others = (path(*given, start=1.0), path(*given, step=-1), path(*given, firsts=a), path(*given, shrinks=1))
        tells = len(greedy) > 1 and all([*other] != right for *other, _ in others)
        return far and least > 0.01 and (eps == 1 or tells)

    return drawn(draw, accept)


def judge_run(compare, reference, student, probe, rewards, eps, u, effects=False, twin=False):
    """`run` must give the reference's arms and q, by itself or else with right functions in the place of those that it
    may call."""
    arms, q = reference.run(rewards, eps, u)
    right = torch.cat([arms.double(), q.double()]).cpu()
    loose = rewards.dtype == torch.float32
    found = student(probe("tried"), rewards, eps, u)
    stand_ins = {}
    if not torch.allclose(found, right, rtol=1e-5 if loose else 1e-10, atol=1e-5 if loose else 1e-12):
        stand_ins = {name: probe(f"right_{name}") for name in ("update", "epsilon_greedy")}
    digits = {} if loose else TEN_DIGITS
    compare("run", rewards, eps, u, replace=stand_ins, effects=effects, twin=twin, **digits)


def small_rewards(sample, steps, a):
    """Whole rewards from −2 to 1, with which greedy arms come and go; means that tie are exact."""

    def accept(rewards):
        pulled, _, least = path(rewards.tolist(), 0.0, [[0.5, 0.5]] * steps)
        return least > 0.01 and len(set(pulled)) >= 3 and pulled[0] == pulled[1] and rewards[0, 0] == 0

    return drawn(lambda: (sample.integers(steps, a, low=-2, high=2).double(),), accept)[0]


# --- LinUCB


def situations(sample, k, a, d):
    """x, M, v, alpha: what arms have learned from up to five earlier situations each, [K, …]."""
    c = sample.normal(k, a, 5, d) * (sample(k, a, 5, 1) < 0.6)
    M = torch.eye(d, dtype=c.dtype, device=c.device) + c.mT @ c
    v = (sample.normal(k, a, 5, 1, std=2) * c).sum(2)
    return sample.normal(k, d, std=1.5), M, v, sample(k, low=0.3, high=3)


def pulled(v):
    """An arm that has had rewards."""
    return int(v.abs().sum(1).argmax())


def bounds(x, M, v, alpha):
    """θ·x and xᵀM⁻¹x of each arm, and α as a column."""
    inverse = torch.linalg.inv(M)
    z = (inverse @ x[:, None, :, None]).squeeze(-1)
    return (v * z).sum(-1), (x[:, None] * z).sum(-1), alpha[:, None]


def situation(sample, a, d):
    """x, M and v of one situation in which the errors that are typical lead to the right arm, too, for α = 1."""

    def agreeing():
        x, M, v, alpha = situations(sample, 200, a, d)
        alpha = torch.ones_like(alpha)
        mean, square, _ = bounds(x, M, v, alpha)
        right = mean + square.sqrt()
        agree = (other_arms(x, M, v, alpha).argmax(2) == right.argmax(1)).all(0)
        clear = agree & (lead(mean) > 0.1) & (lead(right) > 0.1)
        return x[clear], M[clear], v[clear]

    x, M, v = drawn(agreeing, lambda x, M, v: len(x) > 0)
    return x[0], M[0], v[0]


def other_arms(x, M, v, alpha):
    """What errors make of the upper bounds, [R, K, A]."""
    mean, square, alpha = bounds(x, M, v, alpha)
    x, root = x[:, None], square.sqrt()
    diagonal = M.diagonal(dim1=-2, dim2=-1)
    z = torch.linalg.solve(M, x.expand_as(v).unsqueeze(-1)).squeeze(-1)
    stretched = (M @ x.unsqueeze(-1)).squeeze(-1)
    first = M[:, :1].expand_as(M)
    alone = torch.linalg.solve(first, v.unsqueeze(-1)).squeeze(-1)
    again = torch.linalg.solve(M + torch.eye(x.shape[-1]).to(M), x.expand_as(v).unsqueeze(-1)).squeeze(-1)
    return torch.stack(
        [
            mean,
            root.expand_as(mean),
            mean + root,
            mean - alpha * root,
            mean + alpha * square,
            mean + (alpha * square).sqrt(),
            (v * x).sum(-1) + alpha * root,
            mean + alpha * (stretched * x).sum(-1).sqrt(),
            (v * stretched).sum(-1) + alpha * root,
            (v * x).sum(-1) + alpha * (stretched * x).sum(-1).sqrt(),
            (v * stretched).sum(-1) + alpha * (stretched * x).sum(-1).sqrt(),
            (v * x / diagonal).sum(-1) + alpha * (x**2 / diagonal).sum(-1).sqrt(),
            (v * again).sum(-1) + alpha * (x * again).sum(-1).sqrt(),
            mean + alpha * z.norm(dim=-1),
            (alone * x).sum(-1),
        ]
    )


# --- the checks


@check(points=1, title="update: the new mean and the new count of the arm that was pulled, also for its first reward")
def test_update(compare, sample):
    for a, low, high in ((5, 1, 9), (4, 1, 4), (3, 10, 10**6), (6, 0, 2)):
        q, n = sample.normal(a, std=3), sample.integers(a, low=low, high=high)
        n[sample.integer(0, a)] = low
        arm = int(n.argmin())  # where low is 0, an untried one
        for pulled in (arm, (arm + 1) % a):
            r = q[pulled].item() + sample.number(1, 4)
            compare("update", q, n, pulled, r, effects=a == 5, **TEN_DIGITS)
            compare("update", q, n, pulled, r - sample.number(5, 8), **TEN_DIGITS)
    q = sample.normal(4)
    compare("update", q, sample.integers(4, low=2, high=9), 1, q[1].item(), identity=True, **TEN_DIGITS)


@check(points=1.5, title="epsilon_greedy: u1 decides whether to explore, u2 which arm it is then; eps = 1")
def test_epsilon_greedy(compare, sample):
    cases = decisions(sample, 500, 6)
    q, eps, u1, u2 = cases
    right = torch.where(u1 < eps, (u2 * 6).long(), q.argmax(1))
    decide(compare, cases, telling(right, other_decisions(*cases), 6), effects=True)
    decide(compare, decisions(sample, 40, 3), range(3))
    q, _, u1, u2 = decisions(sample, 300, 5)
    always = q, torch.ones_like(u1), u1, u2
    decide(compare, always, telling((u2 * 5).long(), q.argmax(1)[None], 5))


@check(points=0.5, title="epsilon_greedy: eps = 0 never explores; of equal means the first")
def test_equal_means(compare, sample):
    q = sample.integers(300, 6, low=-3, high=0).double() + 0.5
    best = q.argmax(1)
    cases = q, torch.zeros_like(q[:, 0]), sample(300, low=0.01), sample(300, low=0.01)
    others = torch.stack([last_argmax(q), (cases[3] * 6).long(), torch.zeros_like(best)])
    decide(compare, cases, telling(best, others, 6))


@check(points=1.5, title="ucb1: every arm was tried")
def test_ucb1(compare, sample):
    # Bounds that are near each other, but not very: there a slightly other width leads to another arm.
    few, many = sample.integers(400, 4, low=1, high=5), sample.integers(300, 6, low=30, high=400)
    for n, q in ((few, sample.normal(400, 4, std=0.07) - width(few)), (many, sample.normal(300, 6, std=0.05))):
        right = q + width(n)
        clear = lead(right) > 0.002
        q, counts, right = q[clear], n[clear], right[clear].argmax(1)
        rivals = other_bounds(q, counts).argmax(2) if n is few else torch.stack([q.argmax(1), counts.argmin(1)])
        for number, k in enumerate(telling(right, rivals, n.shape[1])):
            compare("ucb1", q[k].clone(), counts[k].clone(), effects=n is few and number == 0)


@check(points=1, title="ucb1: an arm that was never tried comes first, and of several the first")
def test_untried(compare, sample):
    for others in (True, False):
        q, n = untried(sample, 400, 6, others)
        first = (n == 0).long().argmax(1)
        rivals = other_untried(q, n)
        for k in telling(first, torch.cat([rivals, other_first(q, n)]) if others else rivals, 6):
            compare("ucb1", q[k].clone(), n[k].clone())


@check(
    points=2,
    title="run: the arms and q of epsilon-greedy on a table, from means of 0 (what is wrong in your update and "
    "epsilon_greedy does not count here)",
)
def test_run(compare, reference, student, sample, probe):
    for steps, a, eps in ((5, 5, 0.5), (24, 4, 0.5), (12, 3, 0.25)):
        judge_run(compare, reference, student, probe, *table(sample, steps, a, eps), effects=steps == 5)
    for steps, a in ((8, 4), (6, 6)):
        rewards = small_rewards(sample, steps, a)
        judge_run(compare, reference, student, probe, rewards, 0.0, sample(steps, 2, low=0.01))
    judge_run(compare, reference, student, probe, *table(sample, 9, 4, 1.0))


@check(points=1.5, title="linucb: the highest θ·x + α√(xᵀM⁻¹x)")
def test_linucb(compare, sample):
    for a, d, count in ((5, 3, 250), (4, 4, 30), (3, 5, 30)):
        x, M, v, alpha = situations(sample, count, a, d)
        mean, square, column = bounds(x, M, v, alpha)
        right = mean + column * square.sqrt()
        clear = lead(right) > 0.01
        x, M, v, alpha, right = x[clear], M[clear], v[clear], alpha[clear], right[clear].argmax(1)
        keep = telling(right, other_arms(x, M, v, alpha).argmax(2), a) if count > 30 else range(2)
        for number, k in enumerate(keep):
            compare("linucb", x[k].clone(), M[k].clone(), v[k].clone(), alpha[k].item(), effects=number == 0)
    compare("linucb", *situation(sample, 4, 2), 0.0)


@check(points=1, title="linucb_update: M and v of the arm that was pulled")
def test_linucb_update(compare, sample):
    for a, d in ((4, 3), (3, 3), (2, 5)):
        x, M, v, _ = situations(sample, 1, a, d)
        for arm in (a - 1, 0):
            r = sample.number(1.5, 3) * (-1) ** arm
            compare("linucb_update", M[0], v[0], x[0], arm, r, effects=a == 4, **TEN_DIGITS)


@check(points=0.5, title="ucb1 and linucb: of equal arms the first, and so before any reward")
def test_equal_arms(compare, sample):
    q = sample.integers(60, 5, low=0, high=2).double()
    for k in telling(q.argmax(1), last_argmax(q)[None], 5):
        compare("ucb1", q[k].clone(), 2 - q[k].long())  # the best arms are those that were tried once
    compare("ucb1", torch.zeros_like(q[0]), torch.zeros_like(q[0]).long())
    # Whole numbers and multiples of the identity: the arithmetic is exact.
    eye = torch.eye(3, dtype=torch.float64, device=sample.device)
    for first, second in ((0, 3), (1, 3), (2, 4)):
        x = sample.integers(3, low=1, high=5).double()
        v = -8 * torch.ones(5, 3, dtype=torch.float64, device=sample.device)
        v[first] = v[second] = sample.integers(3, low=-2, high=3).double()
        compare("linucb", x, (4 * eye).repeat(5, 1, 1), v, 0.5)
    compare("linucb", x, eye.repeat(5, 1, 1), torch.zeros_like(v), 1.5)


@check(points=0.5, hidden=True, title="float32 in, float32 out; views of larger tensors; another device")
def test_any_tensor(compare, reference, student, sample, probe):
    for dtype in (torch.float32, torch.float64):
        q, n, u1, u2 = plain(sample)
        q, n = torch.stack([q, q], 1).to(dtype)[:, 0], torch.stack([n, n], 1)[:, 1]
        compare("update", q, n, int(n.argmax()), 2.5, twin=True)
        compare("epsilon_greedy", q, 0.2, u1, u2, twin=True)
        compare("ucb1", q, n, twin=True)
        rewards, eps, u = table(sample, 8, 3, 0.5, dtype=dtype)
        judge_run(compare, reference, student, probe, rewards.T.contiguous().T, eps, u.T.contiguous().T, twin=True)
        x, M, v = (value.to(dtype) for value in situation(sample, 4, 3))
        x, M, v = x.repeat_interleave(2)[::2], M.mT, v.T.contiguous().T
        compare("linucb_update", M, v, x, pulled(v), 0.75, twin=True)
        compare("linucb", x, M, v, 1.0, twin=True)


@check(points=0.5, hidden=True, title="one arm, one number in x, no step, one step")
def test_edges(compare, reference, student, sample, probe):
    one = sample.normal(1)
    compare("update", one, torch.zeros_like(one).long(), 0, 2.5, **TEN_DIGITS)
    compare("epsilon_greedy", one, 0.5, 0.2, 0.9)
    compare("ucb1", one, torch.ones_like(one).long())
    for steps, a in ((0, 3), (0, 1), (3, 1)):
        rewards, u = 1 + sample(steps, a), sample(steps, 2, low=0.01, high=0.99)
        judge_run(compare, reference, student, probe, rewards, 1.0, u)
    q, _, u1, u2 = plain(sample)
    u = torch.tensor([[u1, u2]], dtype=q.dtype, device=q.device)
    judge_run(compare, reference, student, probe, q[None], 1.0, u)
    for a, d in ((1, 2), (3, 1), (1, 1)):
        x, M, v = situation(sample, a, d)
        compare("linucb_update", M, v, x, pulled(v), 1.25, **TEN_DIGITS)
        compare("linucb", x, M, v, 1.0)


@check(points=0.5, hidden=True, title="numbers in the thousands; means that are close")
def test_numbers(compare, reference, student, sample, probe):
    q, n, u1, u2 = plain(sample)
    compare("update", 1000 * q, n, int(n.argmax()), 3000.0, **TEN_DIGITS)
    compare("epsilon_greedy", 1000 * q, 0.2, u1, u2)
    compare("ucb1", 1000 * q, n)
    judge_run(compare, reference, student, probe, *table(sample, 10, 3, 0.5, scale=1000))
    x, M, v = situation(sample, 4, 3)
    compare("linucb_update", 1e6 * M, -1000 * v, -1000 * x, pulled(v), -800.5, **TEN_DIGITS)
    compare("linucb", x, M, 1000 * v, 1000.0)
    for first, second in ((0, 2), (1, 4), (3, 4)):
        best = 2000.0 * (-1) ** first
        q = best - sample(5, low=1, high=2)
        q[first], q[second] = best - 1e-5, best
        compare("epsilon_greedy", q, 0.2, 0.7, 0.5)
        compare("ucb1", q, torch.full_like(q, 3).long())
        x, M, _ = situation(sample, 1, 2)
        times = q - best + 1000  # θ·x is so many times xᵀM⁻¹x
        compare("linucb", x, M.repeat(5, 1, 1), times[:, None] * x, 2.0)
