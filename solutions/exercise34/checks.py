"""The checks of exercise 34.

Every function is judged by itself: where what the submission's own functions make of it is not right, right ones stand
in for those that it may call. Actions are judged where the best is clearly better than the second, and where what a
typical error takes for the best is another one in several states.
"""

from __future__ import annotations

from itertools import pairwise

import torch

from grader.checks import check

#: Closer than float32's seven digits: what is computed in less than float64 is not right in float64.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}
#: For a policy's values, which some may get by iterating until nothing changes.
NINE_DIGITS = {"rtol": 1e-9, "atol": 1e-9}
TOL = 1e-11

#: How many numbers each scenario gives, by the function's arguments; its trial has `_alone` at the end of its name.
SIZES = {
    "both": lambda P, R, end, gamma, tol: 2 * len(end),
    "values": lambda P, R, end, gamma, tol: len(end),
    "actions": lambda P, R, end, gamma, tol: int((~end).sum()),
    "policy_evaluation": lambda pi, P, R, end, gamma: len(end),
}
#: What a function may be built on.
BUILT_ON = {"value_iteration": ("bellman_backup", "policy_evaluation"), "policy_evaluation": ("bellman_backup",)}


def drawn(draw, accept):
    """The first draw that is accepted."""
    for _ in range(10_000):
        values = draw()
        if accept(*values):
            return values
    raise ValueError("none of 10,000 draws tells mistakes apart")


def numbers(sample, *values):
    return torch.tensor(values, dtype=torch.float64, device=sample.device)


def from_last_axis(block):
    """The same numbers, the first axis the fastest in memory."""
    axes = tuple(reversed(range(block.ndim)))
    return block.permute(axes).contiguous().permute(axes)


# --- inputs: processes


def shares(sample, *shape, sharp=3):
    """Probabilities along the last axis, the more unequal the sharper."""
    weights = sample(*shape, low=0.05, high=1) ** sharp
    return weights / weights.sum(dim=-1, keepdim=True)


def process(sample, S, A, ends=0, mean=0.0, std=1.0):
    """P, R, end, with numbers of any kind in the rows of end states. mean, std: of the rewards."""
    R = sample.normal(S, A, mean=mean, std=std)
    return shares(sample, S, A, S), R, sample.permutation(S) < ends


def certain(sample, S, A):
    """P of moves that leave nothing to chance."""
    return torch.eye(S, dtype=torch.float64, device=sample.device)[sample.integers(S, A, low=0, high=S)]


def solved(P, R, end, gamma):
    """The best policy's Q, [S, A], by policy iteration."""
    S, rows = len(R), torch.arange(len(R), device=R.device)
    policy = R.argmax(dim=1)
    going = (~end).to(R)[:, None]
    one = torch.eye(S, dtype=R.dtype, device=R.device)
    for _ in range(50):
        V = torch.linalg.solve(one - gamma * going * P[rows, policy], (going * R)[rows, policy])
        Q = R + gamma * (P @ V)
        if torch.equal(policy, Q.argmax(dim=1)):
            break
        policy = Q.argmax(dim=1)
    return Q


def clear(Q, end, least):
    """Whether the best action is better than the second by that much, outside end states."""
    first, second = Q[~end].topk(2, dim=1).values.T
    return bool((first - second).min() > least)


def tells(right, other):
    """Whether labels differ in three places, and hold three different ones there."""
    places = right != other
    return int(places.sum()) >= 3 and len(right[places].unique()) >= 3


def choices(sample, S, A, ends, gamma):
    """P, R, end by which neither the reward alone, nor what comes after it alone, nor the worst action leads to the
    best one, in several states. No reward is negative, and end states are such that nobody needs to know of them: there
    nothing is earned, and nothing moves."""

    def draw():
        P, R, end = shares(sample, S, A, S, sharp=6), *process(sample, S, A, ends)[1:]
        R = R + 2 * sample.normal(S, 1)
        P[end] = torch.eye(S).to(P)[end][:, None]
        return P, (R - R.min()).masked_fill(end[:, None], 0), end

    def accept(P, R, end):
        Q = solved(P, R, end, gamma)
        V = Q.amax(dim=1).masked_fill(end, 0)
        wrong = [R.argmax(dim=1), (P @ V).argmax(dim=1), Q.argmin(dim=1)]
        right = Q.argmax(dim=1)
        return clear(Q, end, 0.01) and all(tells(right[~end], other[~end]) for other in wrong)

    return drawn(draw, accept)


def gains(sample, S, A, ends=0, gamma=0.5):
    """P, R, end with one best action in each state, of three different ones if there are so many, and with no reward
    below 0."""

    def draw():
        P, R, end = process(sample, S, A, ends)
        return P, R.abs(), end

    def accept(P, R, end):
        if A == 1 or end.all():
            return True
        Q = solved(P, R, end, gamma)
        return clear(Q, end, 0.05) and len(Q.argmax(dim=1).unique()) >= min(S, A, 3)

    return drawn(draw, accept)


# --- inputs: experience


def episodes(sample, T):
    """done, of three episodes or more that have ended and one that has not; one of one step, one of several."""

    def accept(done):
        ended = done.nonzero()[:, 0].tolist()
        lengths = [b - a for a, b in pairwise([-1, *ended])]
        return 1 in lengths and max(lengths) > 2 and not done[-1] and not done[0]

    return drawn(lambda: (sample.permutation(T) < 4,), accept)[0]


def experience(sample, T, A, std=2.0, dtype=torch.float64):
    """logits, actions, returns, baseline, a tensor. One action is taken twice."""

    def accept(actions):
        return T == 1 or len(actions.unique()) < T

    (actions,) = drawn(lambda: (sample.integers(T, low=0, high=A),), accept)
    logits = sample.normal(T, A, std=std, dtype=dtype)
    return logits, actions, sample.normal(T, mean=2, std=3, dtype=dtype), sample.normal(T, mean=-1, dtype=dtype)


# --- judging


def judge(compare, student, reference, probe, name, scenario, *args, **options):
    """The scenario, which is about this function, must give the reference's result. Right functions stand in where the
    submission's own do not lead to it."""
    trial = probe(f"{scenario}_alone"), SIZES[scenario](*args), *args
    right, own = reference(*trial), student(*trial)
    built_on = () if torch.allclose(own, right, rtol=options["rtol"], atol=options["atol"]) else BUILT_ON[name]
    stand_ins = {other: probe(f"right_{other}") for other in built_on}
    compare(probe(scenario), *args, about=name, replace=stand_ins, **options)


def judge_iteration(compare, student, reference, probe, scenario, P, R, end, gamma, tol=TOL, **options):
    """Where a loop ends that stops by `tol` is its own affair: V may be off by a few times tol/(1 − gamma)."""
    options = {"rtol": 1e-10, "atol": 20 * tol / (1 - gamma), **options}
    judge(compare, student, reference, probe, "value_iteration", scenario, P, R, end, gamma, tol, **options)


def judge_evaluation(compare, student, reference, probe, *args, **options):
    options = {**NINE_DIGITS, **options}
    judge(compare, student, reference, probe, "policy_evaluation", "policy_evaluation", *args, **options)


# --- bellman_backup


@check(points=1, title="bellman_backup, no end states: R + gamma · the mean of V over the next states")
def test_backup(compare, sample):
    for S, A in ((4, 4), (5, 3), (3, 6)):
        compare("bellman_backup", sample.normal(S, std=2), *process(sample, S, A), 0.9, effects=True, **TEN_DIGITS)
    P, R, end = process(sample, 4, 2)
    for V, rewards, gamma in ((2000 * sample.normal(4), R, 0.7), (sample.normal(4), 2000 * R, 1.0)):
        compare("bellman_backup", V, from_last_axis(P), from_last_axis(rewards), end, gamma, **TEN_DIGITS)
    compare("bellman_backup", sample.normal(4), P, R, end, 0.0, identity=True, **TEN_DIGITS)


@check(points=1, title="bellman_backup: V counts as 0 at end states, whatever it is there, and their rows are 0")
def test_backup_ends(compare, sample):
    for S, A, ends in ((4, 4, 1), (6, 3, 2), (5, 2, 3)):
        V = sample.normal(S, mean=5, std=3)
        compare("bellman_backup", V, *process(sample, S, A, ends, mean=2), 0.8, effects=True, **TEN_DIGITS)


# --- value_iteration


@check(
    points=1,
    title="value_iteration, no end states: V, also where all rewards are negative (what is wrong in your "
    "bellman_backup does not count here)",
)
def test_values(compare, student, reference, sample, probe):
    # From V = 0 on, positive rewards let every value rise, negative ones fall.
    for S, A, gamma, mean in ((5, 3, 0.9, 2), (4, 4, 0.8, -4), (3, 5, 0.7, 0)):
        args = *process(sample, S, A, mean=mean), gamma
        judge_iteration(compare, student, reference, probe, "values", *args)
    P, R, end = process(sample, 4, 2)
    judge_iteration(compare, student, reference, probe, "values", P, 2000 * R, end, 0.5, tol=1e-8)


@check(
    points=1,
    title="value_iteration with end states, where V is 0 (what is wrong in your bellman_backup does not count here)",
)
def test_values_with_ends(compare, student, reference, sample, probe):
    for S, A, ends, mean in ((4, 4, 1, 2), (6, 3, 2, -3), (7, 2, 3, 1)):
        args = *process(sample, S, A, ends, mean=mean), 0.7
        judge_iteration(compare, student, reference, probe, "values", *args)


@check(points=1, title="value_iteration: the best actions (what is wrong in your bellman_backup does not count here)")
def test_actions(compare, student, reference, sample, probe):
    for S, A, ends, gamma in ((8, 4, 0, 0.8), (9, 5, 2, 0.7)):
        args = *choices(sample, S, A, ends, gamma), gamma
        judge_iteration(compare, student, reference, probe, "actions", *args)


# --- policy_evaluation


@check(
    points=1,
    title="policy_evaluation, no end states: the mean over actions and next states (what is wrong in your "
    "bellman_backup does not count here)",
)
def test_evaluation(compare, student, reference, sample, probe):
    for S, A, gamma in ((5, 3, 0.9), (4, 4, 0.8), (3, 6, 0.5)):
        args = shares(sample, S, A, sharp=2), *process(sample, S, A, mean=1), gamma
        judge_evaluation(compare, student, reference, probe, *args, effects=True)
    P, R, end = process(sample, 4, 3)
    args = from_last_axis(shares(sample, 4, 3)), from_last_axis(P), from_last_axis(2000 * R), end, 0.7
    judge_evaluation(compare, student, reference, probe, *args)


@check(
    points=1,
    title="policy_evaluation with end states, where V is 0 (what is wrong in your bellman_backup does not count here)",
)
def test_evaluation_with_ends(compare, student, reference, sample, probe):
    for S, A, ends in ((4, 4, 1), (6, 3, 2), (7, 2, 3)):
        args = shares(sample, S, A, sharp=2), *process(sample, S, A, ends, mean=-2), 0.6
        judge_evaluation(compare, student, reference, probe, *args)


# --- discounted_returns


@check(points=1, title="discounted_returns of one episode")
def test_returns(compare, sample):
    # Large, so that it does not show which small number somebody adds to a standard deviation.
    for T, gamma in ((6, 0.9), (7, 0.5), (5, 1.0)):
        done = torch.arange(T, device=sample.device) == T - 1
        compare("discounted_returns", 1000 * sample.normal(T, mean=1), done, gamma, effects=True, **TEN_DIGITS)
    compare("discounted_returns", sample.normal(4, std=2000), torch.zeros_like(done[:4]), 0.8, **TEN_DIGITS)


@check(
    points=1, title="discounted_returns of several episodes: nothing is carried over, and the last may be unfinished"
)
def test_episodes(compare, sample):
    for T, gamma in ((10, 0.9), (12, 0.6), (9, 1.0)):
        compare("discounted_returns", 1000 * sample.normal(T, mean=1), episodes(sample, T), gamma, **TEN_DIGITS)


# --- reinforce_loss


@check(points=1, title="reinforce_loss: minus the mean of (G − b) log π(a), b a number or a tensor")
def test_loss(compare, sample):
    for T, A in ((4, 4), (6, 3), (5, 7)):
        logits, actions, returns, baseline = experience(sample, T, A)
        for b in (baseline, sample.number(0.5, 2)):
            compare("reinforce_loss", logits, actions, returns, b, effects=True, **TEN_DIGITS)


@check(points=0.5, title="reinforce_loss: the gradient goes to the logits, and none to the returns")
def test_loss_gradient(compare, sample):
    for T, A in ((4, 4), (6, 3)):
        logits, actions, returns, baseline = experience(sample, T, A)
        for b in (sample.number(0.5, 2), baseline):
            compare("reinforce_loss", logits, actions, returns, b, gradient=(0, 2), effects=True, **TEN_DIGITS)


# --- hidden


@check(points=0.5, hidden=True, title="gamma = 0 and small ones in long episodes; logits and returns in the thousands")
def test_extremes(compare, student, reference, sample, probe):
    P, R, end = gains(sample, 5, 3, gamma=0.0)
    judge_iteration(compare, student, reference, probe, "both", P, R, end, 0.0)
    args = shares(sample, 5, 3), P, R, end, 0.0
    judge_evaluation(compare, student, reference, probe, *args)
    done = torch.arange(300, device=sample.device) == 299
    compare("discounted_returns", sample.normal(300, mean=1), done, 0.002, **TEN_DIGITS)
    compare("discounted_returns", sample.normal(6), done[:6], 0.0, identity=True, **TEN_DIGITS)
    logits = numbers(sample, [0, 1000, 0], [-1000, 0, 1000], [1000, 1000, 0], [0, -2000, 0]) + sample.normal(4, 3)
    actions = torch.tensor([0, 0, 1, 1], device=sample.device)
    for returns in (sample.normal(4, mean=2, std=3), sample.normal(4, mean=2000, std=2000)):
        compare("reinforce_loss", logits, actions, returns, 0.5, gradient=(0, 2), rtol=1e-10, atol=1e-10)
    # Here exponentials overflow, and no probability underflows.
    logits, returns = sample.normal(4, 3, mean=1000), sample.normal(4, mean=2, std=3)
    compare("reinforce_loss", logits, actions, returns, 0.5, gradient=(0, 2), rtol=1e-10, atol=1e-10)


@check(
    points=0.5,
    hidden=True,
    title="few: one state, one action, nothing but end states, one step, none; views of larger tensors",
)
def test_few(compare, student, reference, sample, probe):
    for S, A, ends in ((1, 1, 0), (1, 3, 0), (3, 1, 0), (3, 2, 3)):
        P, R, end = gains(sample, S, A, ends)
        compare("bellman_backup", sample.normal(S), P, R, end, 0.9, **TEN_DIGITS)
        # Which action is best at an end state is nobody's question.
        for part in ("values", "actions") if ends else ("both",):
            judge_iteration(compare, student, reference, probe, part, P, R, end, 0.5)
        args = shares(sample, S, A), P, R, end, 0.5
        judge_evaluation(compare, student, reference, probe, *args)
    # A process whose moves are certain; its blocks lie across their memory, as all that follow do.
    R, end = choices(sample, 8, 4, 0, 0.5)[1:]
    (P,) = drawn(lambda: (certain(sample, 8, 4),), lambda P: clear(solved(P, R, end, 0.5), end, 0.01))
    P, R, end = from_last_axis(P), from_last_axis(R), torch.stack([end, end], dim=1)[:, 0]
    judge_iteration(compare, student, reference, probe, "both", P, R, end, 0.5, effects=True)
    compare("bellman_backup", sample.normal(16)[::2], P, R, end, 0.5, **TEN_DIGITS)
    done = torch.arange(20, device=sample.device) > 17
    compare("discounted_returns", sample.normal(20)[::2], done[::2], 0.7, **TEN_DIGITS)
    for T, ended in ((0, True), (1, True), (1, False)):
        compare("discounted_returns", sample.normal(T), torch.full((T,), ended, device=sample.device), 0.7)
    for T, A in ((1, 3), (3, 1), (5, 3)):
        logits, actions, returns, baseline = experience(sample, T, A)
        actions, returns = (torch.stack([each, each], dim=1)[:, 1] for each in (actions, returns))
        compare("reinforce_loss", from_last_axis(logits), actions, returns, baseline, **TEN_DIGITS)


@check(points=0.5, hidden=True, title="float32 in, float32 out; another device than the CPU")
def test_float32_and_devices(compare, student, reference, sample, probe):
    P, R, end = choices(sample, 8, 4, 0, 0.5)
    P, R = P.float(), R.float()
    compare("bellman_backup", sample.normal(8).float(), P, R, end, 0.5, twin=True, rtol=1e-5)
    judge_iteration(compare, student, reference, probe, "both", P, R, end, 0.5, tol=1e-5, twin=True, rtol=1e-5)
    args = shares(sample, 8, 4).float(), P, R, end, 0.5
    judge_evaluation(compare, student, reference, probe, *args, rtol=1e-4, atol=1e-4, twin=True)
    compare("discounted_returns", sample.normal(8).float(), end, 0.7, twin=True, rtol=1e-5)
    logits, actions, returns, baseline = experience(sample, 5, 3, dtype=torch.float32)
    for b in (baseline, 0.5):
        compare("reinforce_loss", logits, actions, returns, b, gradient=(0,), twin=True, rtol=1e-5)
